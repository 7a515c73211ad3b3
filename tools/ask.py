"""`ask FILE`: the question of the tweet, put to a file of one's own; nothing is kept or sent."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

import pandas as pd

from helpers import ask, log, read
from helpers.read import netflix, ratings

TOP = 10
CHOICES = ("dates", "profile", "titles", "encoding")
DAYS = 18


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    words = argparse.ArgumentParser(prog="start.py ask", description=__doc__)
    words.add_argument("file", metavar="FILE", help="an export, a zip or a folder of your own")
    words.add_argument("--title", help="the title asked for; without it, the longest daily runs")
    words.add_argument("--days", type=int, help=f"in a row ({DAYS})")
    words.add_argument("--until", metavar="DATE", help="the last of them (the file's last day)")
    words.add_argument("--minutes", type=float, default=0.0, help="a day, at least (0)")
    words.add_argument("--zone", default="local", help="whose midnight: local, UTC, Europe/Berlin")
    words.add_argument(
        "--who",
        default="viewer",
        choices=["viewer", "account"],
        help="who is counted: persons, or households with --who account (viewer, unless said)",
    )
    reader = words.add_argument_group("what the reader of the file can't know")
    reader.add_argument("--dates", help="order of the dates: month-first, day-first, year-first")
    reader.add_argument("--profile", help="only this one of a household: --profile 2, or its name")
    reader.add_argument(
        "--titles", help="--titles whole: with the episode; shows: without (shows, unless said)"
    )
    reader.add_argument("--encoding", help="such as cp1250, where the file is not UTF-8")
    return words


def main(argv: list[str]) -> int:
    """0 after the answer; 2, with one sentence, when the file or the question is no good.

    Parameters
    ----------
    argv : list of str
        The file, and the options that `--help` lists.
    """
    options = parser().parse_args(argv)
    choices = {name: getattr(options, name) for name in CHOICES}
    choices = {name: value for name, value in choices.items() if value is not None}
    try:
        if not options.title:
            _no_title(options)
        plays = read.anything(options.file, **choices)
        check(plays, options)
        lines = answer(plays, options) if options.title else longest(plays, options)
    except (read.ReadError, ask.AskError, log.LogError) as error:
        print(as_options(str(error)), file=sys.stderr)
        return 2
    print("\n".join([*lines, "", "What was read, and what was left out:"]))
    print(plays.attrs["report"])
    return 0


def _no_title(options: argparse.Namespace) -> None:
    for name in ("days", "until"):
        if getattr(options, name) is not None:
            raise ask.AskError(f"--{name} needs --title; without it the longest runs are listed")


def check(plays: pd.DataFrame, options: argparse.Namespace) -> None:
    """Refuse a question that the file cannot answer, for it lacks times, lengths or titles.

    Parameters
    ----------
    plays : DataFrame
        The log, with its report.
    options : Namespace
        From `parser`.
    """
    notes = plays.attrs["report"].notes
    if options.zone != "local" and netflix.DAYS_ONLY in notes:
        raise ask.AskError("the file holds days and no times; --zone does not apply")
    if options.minutes > 0 and plays["minutes"].isna().all():
        raise ask.AskError("this file has no lengths, so --minutes cannot be asked")
    for note in notes:
        if note.startswith(ratings.NO_TITLES) and options.title not in (
            None,
            *plays["title"].cat.categories,
        ):
            raise ask.AskError(f"no play of {options.title!r}. {note}")


def as_options(text: str) -> str:
    """A helper's message in the words of the command: `at_least=0` becomes `--minutes 0`.

    Parameters
    ----------
    text : str
        The message.
    """
    for name in ("days", "until", "zone", "who", "title", "at_least", *CHOICES):
        option = "--minutes" if name == "at_least" else f"--{name}"
        text = re.sub(rf"\b{name}=(?![\w/.\"'-])", option, text)  # no value
        text = re.sub(rf"\b{name}=(?:([\"'])([\w/.-]*)\1)?", rf"{option} \2", text)
    return text.replace("at_least", "--minutes")


def own(plays: pd.DataFrame) -> bool:
    """Whether the log is of one household, so that its titles may be shown to whoever asks.

    Parameters
    ----------
    plays : DataFrame
        A log. Of a file with many accounts only counts are shown, never one person's runs.
    """
    return plays["account"].nunique() == 1


def _many(number: int, one: str) -> str:
    """A count with its noun: "1 viewer", "53 viewers"."""
    return f"{number:,} {one}" + ("" if number == 1 else "s")


def _verb(plays: pd.DataFrame) -> str:
    """What the file tells of each title: "rated" or "watched"."""
    return "rated" if "stars" in plays else "watched"


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    return {"who": options.who, "at_least": options.minutes, "zone": options.zone}


def answer(plays: pd.DataFrame, options: argparse.Namespace) -> list[str]:
    """How many watched the title on each of the days, and its longest run.

    Parameters
    ----------
    plays : DataFrame
        The log.
    options : Namespace
        From `parser`.
    """
    settings = _settings(options)
    until = options.until or str(log.day(plays, options.zone).max().date())
    days = DAYS if options.days is None else options.days
    found = ask.watched_every_day(plays, options.title, days=days, until=until, **settings)
    runs = ask.streaks(plays[plays["title"] == options.title], **settings)
    asked = f"on {until}" if days == 1 else f"on each of the {days} days that end on {until}"
    lines = [f"{_many(len(found), options.who)} {_verb(plays)} {options.title!r} {asked}."]
    if len(runs):
        best = int(runs["days"].max())
        reached = runs.loc[runs["days"] == best, options.who].nunique()
        lines.append(
            f"Its longest daily run: {_many(best, 'day')}, {_dated(plays, runs, reached)}."
        )
    return lines


def _dated(plays: pd.DataFrame, runs: pd.DataFrame, reached: int) -> str:
    """When the longest run was, in a file of one's own; else how many reached it."""
    if not own(plays):
        return f"reached by {reached:,}"
    run = runs.sort_values(["days", "first_day"], ascending=[False, True]).iloc[0]
    return f"{run['first_day']:%Y-%m-%d} to {run['last_day']:%Y-%m-%d}"


def longest(plays: pd.DataFrame, options: argparse.Namespace) -> list[str]:
    """The titles with the longest daily runs, and the longest run of days with any title.

    Parameters
    ----------
    plays : DataFrame
        The log.
    options : Namespace
        From `parser`.
    """
    settings = _settings(options)
    runs = ask.streaks(plays, **settings)
    order = ["days", "first_day", "title"]
    runs = runs.sort_values(order, ascending=[False, True, True])
    best = runs.drop_duplicates("title").head(TOP)
    lines = [f"The longest daily runs among {_many(runs['title'].nunique(), 'title')}:"]
    for title, days in zip(best["title"].astype(str), best["days"], strict=True):
        same = runs[(runs["title"] == title) & (runs["days"] == days)]
        when = _dated(plays, same, same[options.who].nunique())
        lines.append(f"  {_many(int(days), 'day'):>8}  {' '.join(title.split())}  ({when})")
    if len(best) and int(best["days"].max()) == 1:
        lines.append(f"No title was {_verb(plays)} on two days in a row.")
    any_title = ask.streaks(plays, of=None, **settings)
    if len(any_title):
        most = int(any_title["days"].max())
        lines.append(f"The longest run of days with any title at all: {_many(most, 'day')}.")
    return lines

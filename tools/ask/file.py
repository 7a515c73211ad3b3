"""`ask FILE`: the question of the tweet, put to a file of one's own; nothing is kept or sent."""

import argparse

import pandas as pd
from tqdm import tqdm

from helpers import ask, log, read
from helpers.read.files import shown
from helpers.tables import many
from tools.ask import as_typed

TOP, DAYS = 10, 18
ONCE = (
    "this file can't answer it: it has one line per title, dated at its last viewing, so a title "
    "watched on 18 days stands here once. Ask for ViewingActivity.csv at "
    "netflix.com/account/getmyinfo; without --title, runs of days with any title are listed"
)
CHOICES = {  # what the reader of the file can't know
    "zone": "where the viewers live, such as Europe/Berlin (UTC)",
    "dates": "month-first, day-first or year-first, if the file leaves it open",
    "profile": "read only this profile of a household: its number or name",
    "titles": "whole: keep the episode in the title; shows: drop it (shows)",
    "encoding": "such as cp1250, if the file is not UTF-8",
}


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    words = argparse.ArgumentParser(prog="start.py ask", description=__doc__)
    words.add_argument("file", metavar="FILE", help="an export, a zip or a folder of your own")
    words.add_argument("--title", help="the title asked for; without it, the longest daily runs")
    words.add_argument("--days", type=int, help=f"how many in a row ({DAYS}); needs --title")
    words.add_argument("--until", metavar="DATE", help="the last of them (the file's last)")
    words.add_argument("--minutes", type=float, default=0.0, help="this many a day (0)")
    who = "count viewers, or households with --who account (viewer)"
    words.add_argument("--who", default="viewer", choices=["viewer", "account"], help=who)
    return with_choices(words)


def with_choices(words: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser with what the reader of a file may have to be told."""
    for name, what in CHOICES.items():
        words.add_argument(f"--{name}", help=what)
    return words


def main(argv: list[str]) -> int:
    """0 after the answer; an error of one sentence when the file or the question is no good."""
    options = parser().parse_args(argv)
    if not options.title and (options.days is not None or options.until):
        raise ask.AskError("--days and --until need --title; without it, runs are listed")
    plays = opened(options)
    if options.minutes > 0 and plays["minutes"].isna().all():
        raise ask.AskError("this file has no lengths; --minutes can't be asked")
    if options.title and plays.attrs["report"].once:
        raise ask.AskError(ONCE)
    lines = answer(plays, options) if options.title else longest(plays, options)
    report = as_typed(str(plays.attrs["report"]))
    print(*lines, "", "What was read, and what was left out:", report, sep="\n")
    return 0


def opened(options: argparse.Namespace) -> pd.DataFrame:
    """The plays of a file, with a bar in a terminal, when reading takes longer than a second."""
    choices = {name: getattr(options, name) for name in CHOICES if getattr(options, name)}
    with tqdm(unit="B", unit_scale=True, leave=False, delay=1, disable=None) as bar:

        def progress(done: int, size: int) -> None:
            bar.total = size
            bar.update(done - bar.n)

        return read.anything(options.file, progress=progress, **choices)


def answer(plays: pd.DataFrame, options: argparse.Namespace) -> list[str]:
    """How many watched the title on each of the days, and its longest run."""
    titles = plays["title"].cat.categories
    if options.title not in titles:
        near = [title for title in titles if options.title.casefold() in title.casefold()][:3]
        near = near or [log.nearest(options.title, titles) or titles[0]]
        offer = " or ".join(f"'{shown(title)}'" for title in near)
        raise ask.AskError(f"no play of '{shown(options.title)}'; did you mean {offer}?")
    settings = {"who": options.who, "at_least": options.minutes}
    until = options.until or str(log.day(plays).max().date())
    days = DAYS if options.days is None else options.days
    watched = ask.watched_every_day(plays, options.title, days=days, until=until, **settings)
    runs = ask.streaks(plays[plays["title"] == options.title], **settings)
    asked = f"on {until}" if days == 1 else f"on each of the {days} days that end on {until}"
    rated = "viewing" in plays.attrs["report"].unknown and "stars" in plays
    verb = "rated" if rated else "played" if "kind" in plays else "watched"
    title = shown(options.title)
    lines = [f"{many(len(watched), options.who)} {verb} '{title}' {asked}."]
    if len(runs):
        best = runs[runs["days"] == runs["days"].max()]
        days = int(best["days"].iloc[0])
        when = _when(plays, best, options.who)
        lines.append(f"Its longest daily run: {many(days, 'day')}, {when}.")
    return lines


def _when(plays: pd.DataFrame, runs: pd.DataFrame, who: str) -> str:
    """When the first of these runs was, in a file of one household; else how many reached it."""
    if plays["account"].nunique() > 1:
        return f"reached by {runs[who].nunique():,}"
    run = runs.sort_values("first_day").iloc[0]
    return f"{run['first_day']:%Y-%m-%d} to {run['last_day']:%Y-%m-%d}"


def longest(plays: pd.DataFrame, options: argparse.Namespace) -> list[str]:
    """The titles with the longest daily runs, and the longest run of days with any title."""
    settings = {"who": options.who, "at_least": options.minutes}
    if plays.attrs["report"].once:
        runs = ask.streaks(plays, of=None, **settings)
        runs = runs.sort_values(["days", "first_day"], ascending=[False, True]).head(TOP)
        lines = [
            "The longest runs of days with any title. Each may have been longer, since a title"
        ]
        lines += ["that was watched again is missing from its earlier days:"]
        for _, run in runs.iterrows():
            days = many(run["days"], "day")
            lines += [f"  {days:>8}  ({run['first_day']:%Y-%m-%d} to {run['last_day']:%Y-%m-%d})"]
        return lines
    runs = ask.streaks(plays, **settings)
    if runs.empty:
        return ["No title reached that many minutes on any day."]
    best = runs.groupby("title", observed=True)["days"].transform("max")
    runs = runs[runs["days"] == best]
    order = runs.sort_values(["days", "first_day", "title"], ascending=[False, True, True])
    lines = [f"The longest daily runs among {many(order['title'].nunique(), 'title')}:"]
    for title in order["title"].drop_duplicates().head(TOP):
        same = order[order["title"] == title]
        days = many(int(same["days"].iloc[0]), "day")
        lines.append(f"  {days:>8}  {shown(title)}  ({_when(plays, same, options.who)})")
    most = int(ask.streaks(plays, of=None, **settings)["days"].max())
    return [*lines, f"The longest run of days with any title at all: {many(most, 'day')}."]

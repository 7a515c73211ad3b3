"""One's own export: what is in it, what it leaves out, and what to ask for next.

Nothing here writes or keeps a value of a person. Other people's profiles are counted, never named.
"""

import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import ask, facts, log, read
from helpers.read.files import shown

HALF, YEAR = pd.Timedelta(days=184), pd.Timedelta(days=365)
LEAST, MOST = 8, 200  # titles of a half-year; of more than that the latest count
SHORT, SONG = 2, 0.5  # minutes below which a play is no viewing; of music
NOT_THERE = "not in this file"
# GDPR, Article 15(1)(a) to (h): what no file holds.
ASKED = (
    "the purposes for which you process each kind of these data",
    "the categories of data about me that you hold and did not send",
    "who has received or will receive them, by name where known",
    "how long each kind is kept, or what decides that",
    "my rights to correction, erasure, restriction and objection, and how to use them",
    "the authority to which I can complain",
    "the source of any data that I did not give you",
    "whether decisions or profiles are made from them automatically, by what logic, to what effect",
)
GAPS = {
    "length": "how long each play lasted",
    "time": "the time of each play",
    "zone": "the place or time zone that you hold for each play",
    "viewing": "when each title was played",
}
LAWS = {
    "GDPR": "Under Article 15 of the GDPR I ask for",
    "CCPA": "Under sections 1798.110 and 1798.130 of the California Civil Code I ask for",
    "VPPA": "18 U.S.C. 2710 protects what I have watched. With reference to it I ask for",
}


class MineError(ValueError):
    """A file that does not answer what is asked about one person; the text says why."""


def folder() -> Path:
    """Where a reader's own files are."""
    return facts.data_folder() / "mine"


def own_copy() -> bool:
    """Whether a reader works in her own copy of the chapter: elsewhere her files are not read."""
    return Path.cwd().name == "my"


def files() -> list[Path]:
    """A reader's own files, in her own copy of the chapter alone."""
    return sorted(folder().glob("[!.]*")) if own_copy() else []


def logs(
    paths: Iterable[Path], *, zone: str = "UTC", choices: Mapping[str, Any] | None = None
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The plays of each file, by its service and form, and why others could not be read.

    `choices` of a file are given by its name. ReadError: none could be read.
    """
    every: dict[str, pd.DataFrame] = {}
    refused = []
    for place, path in enumerate(paths, start=1):
        try:
            plays = read.anything(path, **(choices or {}).get(path.name, {}))
        except read.ReadError as error:
            refused.append(f"file {place}: {error}")
            continue
        report = plays.attrs["report"]
        if "time" not in report.unknown:
            plays["zone"] = log.zone_info(zone).key
        name = f"{report.service}, {report.form}"
        if name in every:
            name += f" ({len(every) + 1})"
        every[name] = plays
    if not every:
        raise read.ReadError("; ".join(refused))
    return every, refused


def hers(plays: pd.DataFrame, viewer: int | None = None) -> pd.DataFrame:
    """One person's plays with their days, in order of time: of the profile with most, unless said.

    MineError: the file holds many households, and nobody is chosen.
    """
    if viewer is None and plays["account"].nunique() > 1:
        people = plays["viewer"].nunique()
        raise MineError(f"this file holds {people:,} people; give the number of one as viewer=")
    who = plays["viewer"].mode()[0] if viewer is None else viewer
    own = plays[plays["viewer"] == who].sort_values("started_at", kind="stable")
    return own.assign(day=log.day(own))


def summary(plays: pd.DataFrame, own: pd.DataFrame) -> pd.Series:
    """What the service knows, a line a fact; of other profiles only how many there are."""
    unknown = plays.attrs["report"].unknown
    hours = own["started_at"].dt.tz_convert(own["zone"].iloc[0]).dt.hour
    lines = {
        "plays": len(own),
        "titles": own["title"].nunique(),
        "first day": str(own["day"].min().date()),
        "last day": str(own["day"].max().date()),
        "days with a play": own["day"].nunique(),
        "plays from midnight to five": NOT_THERE if "time" in unknown else int((hours < 5).sum()),
        "hours": NOT_THERE if "length" in unknown else round(own["minutes"].sum() / 60),
        "too short to count": NOT_THERE if "length" in unknown else _short(own).sum(),
        "devices": NOT_THERE if own["device"].eq("unknown").all() else own["device"].nunique(),
        "other profiles": plays["viewer"].nunique() - 1,
    }
    for column, what in {"autoplay": "started by itself", "hidden": "hidden, still there"}.items():
        lines[what] = int(own[column].sum()) if column in own else NOT_THERE
    return pd.Series(lines, name="number", dtype=object).rename_axis("what")


def _short(own: pd.DataFrame) -> pd.Series:
    music = own["kind"].eq("music") if "kind" in own else pd.Series(False, own.index)
    return own["minutes"] < music.map({True: SONG, False: SHORT})  # what is missing is not short


def half_years(own: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Title and first day of the last half-year, and of the same half-year a year before.

    Plays under two minutes (music: half a minute) do not count. MineError: too few titles.
    """
    seen, end = own[~_short(own)].astype({"title": "str"}), own["day"].max()

    def half_year(last: pd.Timestamp) -> pd.DataFrame:
        part = seen[seen["day"].between(last - HALF, last, inclusive="right")]
        return part.drop_duplicates("title")[["title", "day"]].tail(MOST).reset_index(drop=True)

    earlier, later = half_year(end - YEAR), half_year(end)
    if len(later) < LEAST:
        raise MineError(f"the file's last half-year has {len(later)} titles; {LEAST} are needed")
    return earlier, later


def runs(plays: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The five longest runs of days with one title; of any, where each is listed only once."""
    once = plays.attrs["report"].once
    found = ask.streaks(own, of=None if once else "title")
    found = found.sort_values(["days", "first_day"], ascending=[False, True], ignore_index=True)
    if once:
        found["title"] = "any title"
    return found[["title", "days", "first_day", "last_day"]].head()


def tweet(run: Any) -> str:
    """What a marketing team could have posted about a run; the last words are left to nobody."""
    title = "something" if run["title"] == "any title" else shown(run["title"])
    return f"To the 1 person who's watched {title} every day for the past {run['days']} days: ..."


def letter(report: Any, *, law: str = "GDPR") -> str:
    """A letter to a service that asks for what its file does not hold. No legal advice."""
    gaps = [GAPS[gap] for gap in GAPS if gap in report.unknown]
    gaps += ["every play of a title, not only one"] * report.once
    asked = [*ASKED, *(f"what your file lacks: {gap}" for gap in gaps)]
    for what, rows in report.still_there.items():
        asked.append(f"why {rows:,} rows are still kept ({shown(what)}), and until when")
    if report.dropped:
        asked.append(f"what you use these for: {shown(', '.join(report.dropped), 300)}")
    numbered = [f"{place}. {text}" for place, text in enumerate(asked, start=1)]
    opening = f"{LAWS[law]} what the file that you offer for download does not answer:"
    lines = [f"To {report.service}", "", textwrap.fill(opening, 88)]
    lines += [textwrap.fill(line, 88, subsequent_indent="   ") for line in numbered]
    lines += ["", "Please send a copy of all data about me that the download does not hold."]
    return "\n".join([*lines, "", "[name, address, date]"])


def downloads() -> pd.Series:
    """Where each service's download is, by the first word of its name."""
    netflix = "netflix.com/account/getmyinfo; the short list: Account, profile, Viewing activity"
    places = {
        "Netflix": netflix,
        "Spotify": "Account, Privacy settings, Download your data (account data: the past year)",
        "YouTube": "takeout.google.com: choose YouTube, history, and JSON",
        "Prime": "amazon.com/hz/privacy-central",
        "Trakt": "Settings, Data",
        "Letterboxd": "Settings, Data",
        "Apple": "privacy.apple.com",
    }
    return pd.Series(places, name="where").rename_axis("service")

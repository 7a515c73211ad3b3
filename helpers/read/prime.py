"""Prime Video: three forms of one history.

    Playback Hour,Title,Marketplace,Operating System,Browser,City,State,Country,ISP,Device Type
    Title,Playback Start Datetime (UTC),Seconds Viewed,...
    Title,Playback Start Datetime (UTC),Seconds Viewed,Material Type Description,Is Autoplay,
        Is Deleted,Deleted from Watch History,City,ISP Name,...; doubled quotes, "Not Available"

What was deleted from the history is still there. No real file could be looked at.
"""

import re

import pandas as pd

from helpers.read.dates import times_of
from helpers.read.files import File
from helpers.read.report import as_log
from helpers.read.rows import sorted_out, table
from helpers.read.titles import title_columns

NOTHING = ("", "not available", "not applicable")
VIEWING = ("full", "feature", "short", "live", "livestreaming")
QUOTED = re.compile(r'^"(.*)"$', re.S)
YES = ("yes", "true", "1", "y")
FLAGS = ("is autoplay", "is deleted", "deleted from watch history")
PRIVATE = {"city": "city", "state": "state", "isp": "provider", "ispname": "provider",
           "country": "country", "countrycode": "country", "devicetype": "devices",
           "devicemodel": "devices", "profiletype": "kinds of profiles"}  # fmt: skip


def plays(
    file: File, *, zone: str = "UTC", titles: str = "shows", dates: str | None = None
) -> pd.DataFrame:
    """The plays, with `autoplay` and `hidden` where the file has them."""
    by_hour = "playbackhour" in file.keys
    when = "playback hour" if by_hour else "playback start datetime (utc)"
    file, rows, bad = table(
        file, (when, "title"), ("seconds viewed", "material type description", *FLAGS)
    )
    rows = rows.apply(lambda column: column.str.strip().str.replace(QUOTED, r"\1", regex=True))
    seconds = pd.to_numeric(rows["seconds viewed"], errors="coerce")
    kind = rows["material type description"].str.lower()
    why = {f"not viewing ({each})": kind == each for each in ("promo", "trailer")}
    why["not viewing (of another kind)"] = ~kind.isin([*VIEWING, *NOTHING])
    why["no title"] = rows["title"].str.lower().isin(NOTHING)
    why["not viewed (no seconds)"] = seconds <= 0
    rows, left_out = sorted_out(rows, why)
    seconds = seconds[rows.index]
    started = pd.to_datetime(rows[when], format="ISO8601", utc=True, errors="coerce")
    columns, notes = title_columns(rows["title"], titles)
    notes += ["Times are those of the hour."] * by_hour
    if started.isna().all():
        started, how = times_of(rows[when], dates, file.name)
        started = started.dt.tz_localize("UTC")
        notes += [how] * bool(how)
    columns |= {"started_at": started.where(seconds.between(0, 1e6) | by_hour)}
    columns |= {"zone": zone, "minutes": seconds / 60}
    flags = rows[list(FLAGS)].apply(lambda column: column.str.lower().isin(YES))
    if "isautoplay" in file.keys:
        columns["autoplay"] = flags["is autoplay"]
    if {"isdeleted", "deletedfromwatchhistory"} & set(file.keys):
        columns["hidden"] = flags[list(FLAGS[1:])].any(axis=1)
    return as_log(
        file, columns, bad=bad, left_out=left_out, notes=notes,
        service="Prime Video", form="viewing history",
        unknown=["length", "zone"] if by_hour else ["zone"],
        dropped=sorted({PRIVATE[name] for name in file.keys if name in PRIVATE}),
    )  # fmt: skip

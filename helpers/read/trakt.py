"""Trakt: what a person's players reported, and what she marked as watched.

    watched-history-1.json, about a thousand rows a file, the newest first:
    [{"watched_at": "2024-01-15T20:30:00.000Z", "action": "scrobble", "type": "episode",
      "episode": {"season": 1, "number": 5, "title": ..}, "show": {"title": ..}}]
    films: "type": "movie", "movie": {"title": .., "year": ..}

With the action "watch" many rows share one instant: a list was marked at once, and none of them
was watched then.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from helpers.read.files import File
from helpers.read.report import as_log
from helpers.read.rows import listed, words

FIRST = datetime(1900, 1, 1)  # whatever day somebody says
TOGETHER = "marked as watched together with others, so not when it was watched"


def history(files: Sequence[File], *, zone: str = "UTC") -> pd.DataFrame:
    """The plays of all files; an episode is a play of its show."""
    names = ["time", "action", "title", "episode"]
    rows, bad, left_out = listed(files, names, _row)
    together = (rows["action"] == "watch") & rows["time"].duplicated(keep=False)
    left_out[TOGETHER] = int(together.sum())
    rows = rows[~together]
    times = pd.to_datetime(rows["time"], format="ISO8601", utc=True, errors="coerce")
    columns = {"title": rows["title"], "episode": rows["episode"], "started_at": times}
    alone = (rows["action"] == "watch").sum()
    return as_log(
        files[0], columns | {"zone": zone}, bad=bad, left_out=left_out, since=FIRST,
        service="Trakt", form="watched history",
        notes=[f"Marked by hand, one by one, at a time that may be another: {alone:,}."],
        unknown=["length", "zone"] + ["viewing"] * bool(alone),
        dropped=["the user name in the folder", "numbers of entries"],
    )  # fmt: skip


def _row(entry: dict[str, Any], file: File) -> tuple[Any, ...] | str:
    time, action = words(entry["watched_at"]), words(entry.get("action"))
    if not time:
        return "no time"
    if entry["type"] == "movie":
        title, year = words(entry["movie"]["title"]), entry["movie"].get("year")
        title += f" ({year})" if isinstance(year, int) else ""
        return (time, action, title, None) if title else "no title"
    if entry["type"] != "episode":
        return "neither a film nor an episode"
    part, title = entry["episode"], words(entry["show"]["title"])
    episode = f"S{int(part['season'])}E{int(part['number'])} {words(part.get('title'))}".strip()
    return (time, action, title, episode) if title else "no title"

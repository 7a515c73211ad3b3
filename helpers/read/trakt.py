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

TOGETHER = "marked as watched together with others, so not when it was watched"


def history(files: Sequence[File], *, zone: str = "UTC") -> pd.DataFrame:
    """The plays of all files; an episode is a play of its show."""
    rows, bad, left_out = listed(files, ["started_at", "action", "title", "episode"], _row)
    by_hand = rows["action"] == "watch"
    together = by_hand & rows["started_at"].duplicated(keep=False)
    left_out[TOGETHER], alone = int(together.sum()), (by_hand & ~together).sum()
    columns = {**rows[~together].drop(columns="action"), "zone": zone}
    return as_log(
        files[0], columns, bad=bad, left_out=left_out, service="Trakt", form="watched history",
        since=datetime(1900, 1, 1),  # whatever day somebody says
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

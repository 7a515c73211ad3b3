"""YouTube, from Google Takeout: `watch-history.json`, or the page `watch-history.html`.

    [{"header": "YouTube", "title": "Watched ..", "titleUrl": "https://www.youtube.com/watch?v=..",
      "subtitles": [{"name": .., "url": ..}], "time": "2021-11-30T03:05:01.123Z",
      "details": [{"name": "From Google Ads"}]}]

The page has local times and the account's language: the English one is read, with `zone=`.
"""

from typing import Any

import pandas as pd

from helpers.read import page
from helpers.read.files import File, ReadError
from helpers.read.report import as_log
from helpers.read.rows import listed, words

ENGLISH = "Watched "


def history(file: File, *, zone: str = "UTC") -> pd.DataFrame:
    """The plays of `watch-history.json`; music is a kind of its own."""
    rows, bad, left_out = listed([file], ["title", "kind", "time"], _row)
    times = pd.to_datetime(rows["time"], format="ISO8601", utc=True, errors="coerce")
    return _log(file, rows, times, bad, left_out, zone)


def history_page(file: File, *, zone: str | None = None) -> pd.DataFrame:
    """The plays of an English `watch-history.html`."""
    rows, bad, left_out = listed([file], ["title", "kind", "time"], _row, page.entries)
    if not rows["title"].str.startswith(ENGLISH).any():
        raise ReadError("the page is not in English; choose JSON at takeout.google.com instead")
    return _log(file, rows, page.times(rows["time"], zone), bad, left_out, zone or "UTC")


def _row(entry: dict[str, Any], file: File) -> tuple[str, str, str] | str:
    title, url = words(entry["title"]).strip(), words(entry.get("titleUrl"))
    details = [words(each.get("name")) for each in entry.get("details") or ()]
    if url.startswith("market:") or any("Google" in each for each in details):
        return "an advertisement"
    if not url:
        return "removed since then, or no video (it has no address)"
    if "watch?v=" not in url:
        return "no video (a post, a search, a survey, a game)"
    if not title.removeprefix(ENGLISH) or title.endswith(url):
        return "a video whose name is gone"
    music = "music.youtube" in url or entry.get("header") == "YouTube Music"
    return title, "music" if music else "video", words(entry["time"])


def _log(
    file: File, rows: pd.DataFrame, times: pd.Series, bad: list[int], left_out: Any, zone: str
) -> pd.DataFrame:
    columns = {"title": rows["title"].str.removeprefix(ENGLISH), "kind": rows["kind"]}
    other = (~rows["title"].str.startswith(ENGLISH)).sum()
    notes = [f"Titles with the word for watched in another language: {other:,}."] * bool(other)
    return as_log(
        file, columns | {"started_at": times, "zone": zone}, bad=bad, left_out=left_out,
        notes=notes, unknown=["length", "zone"],
        service="YouTube", form="watch history", dropped=["channels", "addresses of videos"],
    )  # fmt: skip

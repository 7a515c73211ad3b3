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
from helpers.read.rows import entries, listed, words

ENGLISH = "Watched "


def history(file: File, *, zone: str | None = None) -> pd.DataFrame:
    """The plays of either file; music is a kind of its own."""
    is_page = not file.keys
    reader = page.entries if is_page else entries
    rows, bad, left_out = listed([file], ["title", "kind", "started_at"], _row, reader)
    english = rows["title"].str.startswith(ENGLISH)
    if is_page and not english.any():
        raise ReadError("the page is not in English; choose JSON at takeout.google.com instead")
    if is_page:
        rows["started_at"] = page.times(rows["started_at"], zone)
    rows["title"] = rows["title"].str.removeprefix(ENGLISH)
    other = f"Titles with the word for watched in another language: {(~english).sum():,}."
    return as_log(
        file, {**rows, "zone": zone or "UTC"}, bad=bad, left_out=left_out,
        notes=[] if english.all() else [other], unknown=["length", "zone"],
        service="YouTube", form="watch history", dropped=["channels", "addresses of videos"],
    )  # fmt: skip


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

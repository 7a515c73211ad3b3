"""Spotify: the past year ("account data"), and everything ("extended").

    StreamingHistory_music_0.json (or StreamingHistory0.json), _podcast_, _audiobook_:
        [{"endTime": "2019-03-04 14:22", "artistName": .., "trackName": .., "msPlayed": 313000}]
        podcastName, episodeName; audiobookName, chapterName
    Streaming_History_Audio_2019_1.json, Streaming_History_Video_2019.json (or endsong_0.json):
        [{"ts": "2019-03-04T14:22:05Z", "ms_played": .., "master_metadata_track_name": .., ...}]

Times are UTC, and those of the END of a play.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.read.files import File
from helpers.read.report import as_log
from helpers.read.rows import listed, words

NAMES = (  # what is played, the key of its title, and the key of what is played of it, or of whom
    ("music", "trackName", "artistName"),
    ("podcast", "podcastName", "episodeName"),
    ("audiobook", "audiobookName", "chapterName"),
    ("music", "master_metadata_track_name", "master_metadata_album_artist_name"),
    ("podcast", "episode_show_name", "episode_name"),
    ("audiobook", "audiobook_title", "audiobook_chapter_title"),
)
PRIVATE = {
    "ip_addr": "addresses", "ip_addr_decrypted": "addresses", "username": "the user name",
    "user_agent_decrypted": "user agents", "incognito_mode": "the private-session flag",
    "conn_country": "country", "platform": "models of devices",
}  # fmt: skip
DEVICES = ("android", "ios", "windows", "os x", "macos", "linux", "web", "cast", "tv")


def plays(files: Sequence[File], *, zone: str = "UTC") -> pd.DataFrame:
    """The plays of all files, with `kind`: music, podcast, audiobook or video."""
    there: set[str] = set()

    def row(entry: dict[str, Any], file: File) -> tuple[Any, ...] | str:
        there.update(PRIVATE.keys() & entry)
        ended = words(entry["ts"] if "ts" in entry else entry["endTime"])
        length = entry["ms_played"] if "ts" in entry else entry["msPlayed"]
        if type(length) is not int or not 0 <= length < 1_000_000_000:  # eleven days
            raise ValueError
        device = words(entry.get("platform")).lower()
        device = next((each for each in DEVICES if each in device), "unknown")
        for kind, key, beside in NAMES:
            if title := words(entry.get(key)).strip():
                part = words(entry.get(beside))
                if kind == "music":
                    title, part = f"{part} – {title}", ""
                kind = "video" if "video" in file.name.lower() else kind
                return title, device, kind, part or None, ended, length
        return "without a name (a file of her own, or no longer on Spotify)"

    names = ["title", "device", "kind", "episode", "ended", "length"]
    rows, bad, left_out = listed(files, names, row)
    length = pd.to_timedelta(rows["length"].astype("int64"), unit="ms")
    ended = pd.to_datetime(rows.pop("ended"), format="ISO8601", utc=True, errors="coerce")
    minutes = rows.pop("length") / 60_000
    year = "endtime" in files[0].keys
    columns = {**rows, "started_at": ended - length, "minutes": minutes, "zone": zone}
    return as_log(
        files[0], columns, bad=bad, left_out=left_out, unknown=["zone"], service="Spotify",
        form="account data: the past year, by the minute" if year else "extended history",
        notes=[f"Under 30 seconds: {(minutes < 0.5).sum():,}."],
        dropped=sorted({PRIVATE[key] for key in there}),
    )  # fmt: skip

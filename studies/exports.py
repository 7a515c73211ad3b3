"""Made exports of each service: the grammar of each format, written from plays.

`readers` writes them, well and badly, and counts what comes back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Members = Mapping[str, str | bytes]  # of a folder or a zip


class Play(NamedTuple):
    """What a file is made of, and what should come back."""

    title: str
    start: datetime  # in UTC
    minutes: float


class Format(NamedTuple):
    """How to write a format, and what of a play it can't hold."""

    write: Callable[[list[Play]], Members]
    unit: str = "s"  # to which times come back
    lengths: bool = False
    choices: dict[str, Any] = {}  # what the reader is told
    titled: Callable[[str], str] = str  # what becomes of a title


def table(header: str, rows: list[list[Any]], **how: Any) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows([header.split(","), *rows])
    return text.getvalue()


def netflix_list(plays: list[Play]) -> Members:
    rows = [[play.title, f"{play.start:%Y-%m-%d}"] for play in plays]
    return {"NetflixViewingHistory.csv": table("Title,Date", rows, quoting=csv.QUOTE_ALL)}


def netflix_activity(plays: list[Play]) -> Members:
    header = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,"
    header += "Device Type,Bookmark,Latest Bookmark,Country"
    rows = [
        ["Ann", f"{p.start:%Y-%m-%d %H:%M:%S}", _clock(p.minutes), "", p.title, "", "TV", "", "",
         "DE (Germany)"] for p in plays
    ]  # fmt: skip
    folder = "netflix-report/CONTENT_INTERACTION"
    return {f"{folder}/ViewingActivity.csv": table(header, rows)} | {
        f"{folder}/Ratings.csv": "Profile Name,Title Name,Thumbs Value\nAnn,Up,2\n",
        "netflix-report/ACCOUNT/AccountDetails.csv": "ann@example.org",
    }


def _clock(minutes: float) -> str:
    seconds = round(minutes * 60)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def spotify_year(plays: list[Play]) -> Members:
    rows = [
        {"endTime": f"{_end(p):%Y-%m-%d %H:%M}", "artistName": "Owl", "trackName": p.title,
         "msPlayed": round(p.minutes * 60_000)} for p in plays
    ]  # fmt: skip
    return {"MyData/StreamingHistory_music_0.json": json.dumps(rows, indent=2)}


def spotify_podcast(plays: list[Play]) -> Members:
    rows = [
        {"endTime": f"{_end(p):%Y-%m-%d %H:%M}", "podcastName": p.title, "episodeName": "One",
         "msPlayed": round(p.minutes * 60_000)} for p in plays
    ]  # fmt: skip
    return {"MyData/StreamingHistory_podcast_0.json": json.dumps(rows, ensure_ascii=False)}


def spotify_extended(plays: list[Play]) -> Members:
    rows = [
        {"ts": f"{_end(p):%Y-%m-%dT%H:%M:%SZ}", "username": "ann.secret", "platform": "Android 11",
         "ms_played": round(p.minutes * 60_000), "conn_country": "DE", "ip_addr": "10.9.8.7",
         "master_metadata_track_name": p.title, "master_metadata_album_artist_name": "Owl",
         "episode_name": None, "episode_show_name": None, "reason_end": "", "skipped": None}
        for p in plays
    ]  # fmt: skip
    half = len(rows) // 2
    name = "MyData/Streaming_History_Audio_2017-2019_{}.json"
    first, second = json.dumps(rows[:half]), json.dumps(rows[half:], ensure_ascii=False)
    return {name.format(0): first, name.format(1): second} if half else {name.format(0): second}


def _end(play: Play) -> datetime:
    return play.start + timedelta(minutes=play.minutes)


def youtube_json(plays: list[Play]) -> Members:
    rows = [
        {"header": "YouTube", "title": f"Watched {p.title}",
         "titleUrl": f"https://www.youtube.com/watch?v={at:011}",
         "subtitles": [{"name": "Owl", "url": "https://www.youtube.com/channel/x"}],
         "time": f"{p.start:%Y-%m-%dT%H:%M:%S.000Z}", "products": ["YouTube"]}
        for at, p in enumerate(plays)
    ]  # fmt: skip
    text = json.dumps(rows, ensure_ascii=False).replace("=", "\\u003d")
    return {"Takeout/YouTube and YouTube Music/history/watch-history.json": text}


def youtube_page(plays: list[Play]) -> Members:
    cell = '<div class="outer-cell mdl-cell"><div class="mdl-grid"><p class="mdl-title">YouTube<br>'
    cell += '</p><div class="content-cell mdl-cell">Watched\xa0<a href="{url}">{title}</a><br>'
    cell += '<a href="https://www.youtube.com/channel/x">Owl</a><br>{time}</div><div class='
    cell += (
        '"content-cell mdl-typography--caption"><b>Products:</b><br>&emsp;YouTube</div></div></div>'
    )
    cells = []
    for at, play in enumerate(plays):
        local = play.start.astimezone(ZoneInfo("America/New_York"))
        url = f"https://www.youtube.com/watch?v={at:011}"
        when = f"{local:%b} {local.day}, {local:%Y}, {local:%I:%M:%S}\u202f{local:%p %Z}"
        cells.append(cell.format(url=url, title=escape(play.title), time=when))
    text = f"<html><head><style>.x {{}}</style></head><body>{''.join(cells)}</body></html>"
    return {"Takeout/YouTube and YouTube Music/history/watch-history.html": text}


def prime_hour(plays: list[Play]) -> Members:
    header = "Playback Hour,Title,Marketplace,Operating System,Browser,City,ISP,Device Type"
    rows = [
        [f"{p.start:%m/%d/%Y %H}:00:00", p.title, "x.de", "A", "", "Secretville", "I", "TV"]
        for p in plays
    ]
    name = "Digital.PrimeVideo.ViewingHistory"
    return {f"{name}/{name}.csv": table(header, rows)}


def prime_seconds(plays: list[Play]) -> Members:
    header = "Title,Playback Start Datetime (UTC),Seconds Viewed,Device Model"
    rows = [
        [p.title, f"{p.start:%Y-%m-%d %H:%M:%S}.000", round(p.minutes * 60), "TV"] for p in plays
    ]
    return {"PrimeVideo.ViewingHistory.csv": table(header, rows)}


def prime_2026(plays: list[Play]) -> Members:
    header = "Title,Playback Start Datetime (UTC),Seconds Viewed,Material Type Description,"
    header += "Is Autoplay,Is Deleted,City,ISP Name"
    rows = [
        [f'"{p.title}"', f"{p.start:%Y-%m-%dT%H:%M:%SZ}", round(p.minutes * 60), "Feature", "No",
         "No", "Secretville", "Not Available"] for p in plays
    ]  # fmt: skip
    folder = "Your Prime Video Viewing Activity"
    return {
        f"{folder}/Viewing History.csv": table(header, rows),
        f"{folder}/Watch Events.csv": "Deleted from Watch History,Title Name\nno,Up\n",
    }


def letterboxd(plays: list[Play]) -> Members:
    header = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date"
    rows = [["2020-01-01", p.title, "", "", "4.5", "", "", f"{p.start:%Y-%m-%d}"] for p in plays]
    return {
        "diary.csv": table(header, rows),
        "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n",
        "deleted/diary.csv": table(header, rows),
    }


def trakt(plays: list[Play]) -> Members:
    rows = [
        {"id": at, "watched_at": f"{p.start:%Y-%m-%dT%H:%M:%S.000Z}", "action": "scrobble",
         "type": "movie", "movie": {"title": p.title, "year": None}} for at, p in enumerate(plays)
    ]  # fmt: skip
    folder = "trakt-export-ann.secret"
    return {
        f"{folder}/watched-history-1.json": json.dumps(rows),
        f"{folder}/user-profile.json": "{}",
    }


def ratings(pattern: str, name: str, head: str = "") -> Callable[[list[Play]], Members]:
    """Ratings hold no titles: a film is its place in the list."""

    def write(plays: list[Play]) -> Members:
        times = (round(play.start.timestamp()) for play in plays)
        lines = (pattern.format(at, each) for at, each in enumerate(times, 1))
        return {f"ml/{name}": head + "".join(lines)}

    return write


FORMATS = {
    "netflix list": Format(netflix_list, "D", choices={"titles": "whole"}),
    "netflix activity": Format(netflix_activity, "s", True, {"titles": "whole"}),
    "spotify year": Format(spotify_year, "min", True, titled="Owl – {}".format),
    "spotify podcasts": Format(spotify_podcast, "min", True),
    "spotify extended": Format(spotify_extended, "s", True, titled="Owl – {}".format),
    "youtube": Format(youtube_json),
    "youtube page": Format(youtube_page, "s", False, {"zone": "America/New_York"}),
    "prime by hour": Format(prime_hour, "h", False, {"titles": "whole", "dates": "month-first"}),
    "prime": Format(prime_seconds, "s", True, {"titles": "whole"}),
    "prime 2026": Format(prime_2026, "s", True, {"titles": "whole"}),
    "letterboxd": Format(letterboxd, "D"),
    "trakt": Format(trakt),
    "movielens": Format(
        ratings("1,{},4.0,{}\n", "ratings.csv", "userId,movieId,rating,timestamp\n"), titled=str
    ),
    "movielens 100k": Format(ratings("1\t{}\t3\t{}\n", "u.data")),
    "movietweetings": Format(ratings("1::{}::8::{}\n", "ratings.dat")),
}
LOG = {name: list(each.write([]))[0] for name, each in FORMATS.items()}  # the member that is read
SECRETS = ("ann.secret", "Ann", "10.9.8.7", "Secretville", "ann@example.org", "Owl")
ODD = [
    "Up", "<script>alert(1)</script>", "<b onload=x>", "=cmd|' /C calc'!A1", 'Said "no"',
    "One, two; three", "Fire 🎆 👩‍🚒", "שלום", "\u202eabc", "nan", "007", "a\\b", "2:22", "é", "'",
]  # fmt: skip
PLAYS = [
    Play(title, datetime(2017, 12, 30, 20, 15, 7, tzinfo=UTC) - timedelta(hours=7 * at), 61.5 + at)
    for at, title in enumerate(ODD)
]

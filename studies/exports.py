"""Made exports of each service: the grammar of each format, written from plays.

`readers` writes them, well and badly, and counts what comes back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from string import Template
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Members = Mapping[str, str | bytes]  # of a folder or a zip
NEW_YORK = ZoneInfo("America/New_York")


class Play(NamedTuple):
    """What a file is made of, and what should come back."""

    title: str
    start: datetime  # in UTC
    minutes: float


# What stands in a row for the play at some place of the file.
WORDS: dict[str, Callable[[int, Play], Any]] = {
    "at": lambda at, p: at,
    "number": lambda at, p: at + 1,
    "video": lambda at, p: f"{at:011}",
    "quoted": lambda at, p: p.title.replace('"', '""'),
    "cell": lambda at, p: cell(p.title),
    "json": lambda at, p: json.dumps(p.title)[1:-1],
    "utf8": lambda at, p: json.dumps(p.title, ensure_ascii=False)[1:-1],
    "google": lambda at, p: WORDS["utf8"](at, p).replace("=", "\\u003d"),
    "html": lambda at, p: escape(p.title),
    "day": lambda at, p: f"{p.start:%Y-%m-%d}",
    "clock": lambda at, p: f"{p.start:%H:%M:%S}",
    "hour": lambda at, p: f"{p.start:%m/%d/%Y %H}:00:00",
    "local": lambda at, p: f"{p.start.astimezone(NEW_YORK):%b %d, %Y, %I:%M:%S\u202f%p %Z}",
    "unix": lambda at, p: round(p.start.timestamp()),
    "end": lambda at, p: f"{p.start + timedelta(minutes=p.minutes):%Y-%m-%d %H:%M}",
    "ended": lambda at, p: f"{p.start + timedelta(minutes=p.minutes):%Y-%m-%dT%H:%M:%SZ}",
    "ms": lambda at, p: round(p.minutes * 60_000),
    "seconds": lambda at, p: round(p.minutes * 60),
    "length": lambda at, p: str(timedelta(seconds=round(p.minutes * 60))).zfill(8),
}


class Format(NamedTuple):
    """How a service writes plays, and what of a play it can't hold."""

    name: str  # of the file; with a place for a number, it comes in two parts
    row: str  # with the names of `WORDS`
    frame: tuple[str, str, str] = ("[", ", ", "]")  # before, between and behind the rows
    beside: dict[str, str] = {}  # files that have to stay closed
    unit: str = "s"  # to which times come back
    lengths: bool = False
    choices: dict[str, Any] = {}  # what the reader is told
    titled: Callable[[str], str] = str  # what becomes of a title

    def write(self, plays: list[Play]) -> Members:
        """The files of a download by their names."""
        half = len(plays) // 2 if "{}" in self.name else 0
        parts = [plays[:half], plays[half:]] if half else [plays]
        return {
            self.name.format(at): self.text(part) for at, part in enumerate(parts)
        } | self.beside

    def text(self, plays: list[Play]) -> str:
        row, (before, between, behind) = Template(self.row), self.frame
        names = row.get_identifiers()
        words = ({name: WORDS[name](*each) for name in names} for each in enumerate(plays))
        return before + between.join(map(row.substitute, words)) + behind


def cell(text: str) -> str:
    """A text as a table has it, in quotation marks where it needs them."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if set(',"\r\n') & set(text) else text


def lines(header: str, end: str = "\r\n") -> tuple[str, str, str]:
    """The frame of a table, each of whose rows ends in the same way."""
    return header + end * bool(header), end, end


WHOLE, OWL = {"titles": "whole"}, "Owl – {}".format
NETFLIX, TRAKT = "netflix-report", "trakt-export-ann.secret"
TAKEOUT = "Takeout/YouTube and YouTube Music/history/watch-history"
PRIME, PRIME_2026 = "Digital.PrimeVideo.ViewingHistory", "Your Prime Video Viewing Activity"
DIARY = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date"
FORMATS = {
    "netflix list": Format(
        "NetflixViewingHistory.csv", '"$quoted","$day"', lines('"Title","Date"'),
        unit="D", choices=WHOLE,
    ),
    "netflix activity": Format(
        f"{NETFLIX}/CONTENT_INTERACTION/ViewingActivity.csv",
        "Ann,$day $clock,$length,,$cell,,TV,,,DE (Germany)",
        lines("Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,"
              "Device Type,Bookmark,Latest Bookmark,Country"),
        {f"{NETFLIX}/CONTENT_INTERACTION/Ratings.csv":
             "Profile Name,Title Name,Thumbs Value\nAnn,Up,2\n",
         f"{NETFLIX}/ACCOUNT/AccountDetails.csv": "ann@example.org"},
        lengths=True, choices=WHOLE,
    ),
    "spotify year": Format(
        "MyData/StreamingHistory_music_0.json",
        '  {\n    "endTime": "$end",\n    "artistName": "Owl",\n    "trackName": "$json",\n'
        '    "msPlayed": $ms\n  }',
        ("[\n", ",\n", "\n]"), unit="min", lengths=True, titled=OWL,
    ),
    "spotify podcasts": Format(
        "MyData/StreamingHistory_podcast_0.json",
        '{"endTime": "$end", "podcastName": "$utf8", "episodeName": "One", "msPlayed": $ms}',
        unit="min", lengths=True,
    ),
    "spotify extended": Format(
        "MyData/Streaming_History_Audio_2017-2019_{}.json",
        '{"ts": "$ended", "username": "ann.secret", "platform": "Android 11", "ms_played": $ms, '
        '"conn_country": "DE", "ip_addr": "10.9.8.7", "master_metadata_track_name": "$json", '
        '"master_metadata_album_artist_name": "Owl", "episode_name": null, '
        '"episode_show_name": null, "reason_end": "", "skipped": null}',
        lengths=True, titled=OWL,
    ),
    "youtube": Format(
        f"{TAKEOUT}.json",
        '{"header": "YouTube", "title": "Watched $google", '
        '"titleUrl": "https://www.youtube.com/watch?v\\u003d$video", "subtitles": [{"name": "Owl", '
        '"url": "https://www.youtube.com/channel/x"}], "time": "${day}T$clock.000Z", '
        '"products": ["YouTube"]}',
    ),
    "youtube page": Format(
        f"{TAKEOUT}.html",
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><p class="mdl-title">YouTube<br>'
        '</p><div class="content-cell mdl-cell">Watched\xa0<a href='
        '"https://www.youtube.com/watch?v=$video">$html</a><br><a href='
        '"https://www.youtube.com/channel/x">Owl</a><br>$local</div><div class='
        '"content-cell mdl-typography--caption"><b>Products:</b><br>&emsp;YouTube</div></div>'
        "</div>",
        ("<html><head><style>.x {}</style></head><body>", "", "</body></html>"),
        choices={"zone": "America/New_York"},
    ),
    "prime by hour": Format(
        f"{PRIME}/{PRIME}.csv", "$hour,$cell,x.de,A,,Secretville,I,TV",
        lines("Playback Hour,Title,Marketplace,Operating System,Browser,City,ISP,Device Type"),
        unit="h", choices=WHOLE | {"dates": "month-first"},
    ),
    "prime": Format(
        "PrimeVideo.ViewingHistory.csv", "$cell,$day $clock.000,$seconds,TV",
        lines("Title,Playback Start Datetime (UTC),Seconds Viewed,Device Model"),
        lengths=True, choices=WHOLE,
    ),
    "prime 2026": Format(
        f"{PRIME_2026}/Viewing History.csv",
        '"""$quoted""",${day}T${clock}Z,$seconds,Feature,No,No,Secretville,Not Available',
        lines("Title,Playback Start Datetime (UTC),Seconds Viewed,Material Type Description,"
              "Is Autoplay,Is Deleted,City,ISP Name"),
        {f"{PRIME_2026}/Watch Events.csv": "Deleted from Watch History,Title Name\nno,Up\n"},
        lengths=True, choices=WHOLE,
    ),
    "letterboxd": Format(
        "diary.csv", "2020-01-01,$cell,,,4.5,,,$day", lines(DIARY),
        {"ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n",
         "deleted/diary.csv": f"{DIARY}\nAnn\n"},
        unit="D",
    ),
    "trakt": Format(
        f"{TRAKT}/watched-history-1.json",
        '{"id": $at, "watched_at": "${day}T$clock.000Z", "action": "scrobble", "type": "movie", '
        '"movie": {"title": "$json", "year": null}}',
        beside={f"{TRAKT}/user-profile.json": "{}"},
    ),
    "movielens": Format(
        "ml/ratings.csv", "1,$number,4.0,$unix", lines("userId,movieId,rating,timestamp", "\n")
    ),
    "movielens 100k": Format("ml/u.data", "1\t$number\t3\t$unix", lines("", "\n")),
    "movietweetings": Format("ml/ratings.dat", "1::$number::8::$unix", lines("", "\n")),
}  # fmt: skip
SECRETS = ("ann.secret", "Ann", "10.9.8.7", "Secretville", "ann@example.org", "Owl")
ODD = [
    "Up", "<script>alert(1)</script>", "<b onload=x>", "=cmd|' /C calc'!A1", 'Said "no"',
    "One, two; three", "Fire 🎆 👩‍🚒", "שלום", "\u202eabc", "nan", "007", "a\\b", "2:22", "é", "'",
]  # fmt: skip
PLAYS = [
    Play(title, datetime(2017, 12, 30, 20, 15, 7, tzinfo=UTC) - timedelta(hours=7 * at), 61.5 + at)
    for at, title in enumerate(ODD)
]

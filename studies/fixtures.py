"""Files of each format as services write them, and 100 that are hostile, for the tests to read.

Nobody's real file is used, nor a line of one.
"""

from __future__ import annotations

import io
import json
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from studies.exports import FORMATS, PLAYS, Members, Play

HOSTILE = ["Up\0", "a\nb", "\u2066\x1b[2J\x07", "<!--", "]]>", "x" * 7_000, "é" * 9, "\x85", "''"]


class Case(NamedTuple):
    """A file or folder that is made, and what should come of it."""

    name: str
    make: Callable[[Path], Path]
    choices: dict[str, Any] = {}
    back: list[tuple[Any, ...]] | None = None  # the plays
    ends: str = "plays"  # or "refused", or "either": the file is hostile

    @property
    def hostile(self) -> bool:
        return self.ends != "plays"


def pack(path: Path, members: Members, how: int = zipfile.ZIP_DEFLATED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def lay(folder: Path, members: Members, change: Callable[[str], bytes] = str.encode) -> Path:
    """Write members into a folder; `change` makes the bytes of a text."""
    for name, content in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else change(content))
    return folder


def told(name: str, plays: list[Play]) -> list[tuple[Any, ...]]:
    """What a file of a format tells of plays: title, start, minutes."""
    form = FORMATS[name]
    rows = []
    for at, play in enumerate(plays, start=1):
        title = f"movie {at}" if name.startswith("movie") else form.titled(play.title)
        # Spotify's end is cut to the minute, and the length is not; a day stands for its noon.
        after = timedelta(minutes=play.minutes if form.unit == "min" else 0)
        noon = pd.Timedelta(hours=12 if form.unit == "D" else 0)
        start = pd.Timestamp(play.start + after).floor(form.unit) - after + noon
        rows.append((title, start.round("ms"), round(play.minutes, 3) if form.lengths else None))
    return rows


def cases() -> list[Case]:
    return [*_well(), *_variants(), *_hostile(), *_archives(), *_bytes()]


def _well() -> Iterator[Case]:
    """Every format alone, in a zip, in a folder, and in other encodings."""
    changes: dict[str, Callable[[str], bytes]] = {
        "folder": str.encode, "with a mark": lambda text: text.encode("utf-8-sig"),
        "utf-16": lambda text: text.encode("utf-16"),
        "crlf": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n").encode(),
    }  # fmt: skip
    for name, form in FORMATS.items():
        members, one = form.write(PLAYS), PLAYS[:1]
        makes = {how: _laid(members, change) for how, change in changes.items()}
        for how, make in {**makes, "zip": _packed(members)}.items():
            yield Case(f"{name}, {how}", make, form.choices, told(name, PLAYS))
        yield Case(f"{name}, alone", _written(text_of(name, one)), form.choices, told(name, one))


def _laid(members: Members, change: Any = str.encode, file: str = "") -> Callable[[Path], Path]:
    return lambda folder: lay(folder / "trakt-export-ann.secret", members, change) / file


def _packed(members: Members, how: int = zipfile.ZIP_DEFLATED) -> Callable[[Path], Path]:
    return lambda folder: pack(folder / "letterboxd-ann.secret.zip", members, how)


def _written(content: str | bytes, name: str = "ann.secret.txt") -> Callable[[Path], Path]:
    return _laid({name: content}, file=name)


def text_of(name: str, plays: list[Play] = PLAYS) -> str:
    """The viewing log of a download, or its first part."""
    return str(next(iter(FORMATS[name].write(plays).values())))


def _variants() -> Iterator[Case]:
    """What services and spreadsheets do to a format."""
    whole, one = {"titles": "whole"}, PLAYS[:1]
    styles = {
        "us": "{d.month}/{d.day}/{d:%y}", "german": "{d:%d.%m.%y}", "dutch": "{d:%d-%m-%y}",
        "finnish": "{d.day}.{d.month}.{d:%Y}", "spanish": "{d:%d/%m/%y}", "british": "{d:%d/%m/%Y}",
        "japanese": "{d:%Y/%m/%d}", "spreadsheet": "{d.month}/{d.day}/{d:%y} 0:00",
    }  # fmt: skip
    titles, back = [play.title for play in PLAYS], told("netflix list", PLAYS)
    for how, style in styles.items():
        rows = pd.DataFrame({"Title": titles, "Date": [style.format(d=p.start) for p in PLAYS]})
        for sep in ",;":
            make = _written(rows.to_csv(sep=sep, index=False))
            yield Case(f"netflix list, {how}, {sep}", make, whole, back)
    text, back = text_of("netflix activity"), told("netflix activity", PLAYS)
    yield Case("StartTime", _written(text.replace("Start Time", "StartTime")), whole, back)
    rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    rows = rows.replace({"Start Time": {"2017-12-": "12/", " ": "/17 ", ":07$": ""}}, regex=True)
    for lacks in ([], ["Attributes"], ["Supplemental Video Type"]):
        make = _written(rows.drop(columns=lacks).to_csv(index=False))
        yield Case(f"netflix activity, spreadsheet without {lacks}", make, whole)
    names = ["endsong_0", "Streaming_History_Audio_2024", "Streaming_History_Video_2018-2024"]
    files = dict.fromkeys(names, "spotify extended") | {"StreamingHistory0": "spotify year"}
    for name, form in files.items():
        yield Case(name, _packed({f"x/{name}.json": text_of(form, one)}), {}, told(form, one))
    text, back = text_of("youtube"), told("youtube", PLAYS)
    for name in ("historial/historial-de-reproducciones", "x/z\u030ciu\u0304re\u0307jimo istorija"):
        make = _packed({f"Takeout/YouTube y YouTube Music/{name}.json": text})
        yield Case(f"youtube, {name}", make, {}, back)
    yield Case("youtube, no fraction", _written(text.replace(".000Z", "Z")), {}, back)
    others = text[:-1] + ', {"title": "Visited Ann", "titleUrl": "market://x", "time": "x"}]'
    yield Case("youtube, with advertisements", _written(others), {}, back)
    lists = {"movielens": ("movies.csv", ","), "movielens 100k": ("u.item", "|"),
             "movietweetings": ("movies.dat", "::")}  # fmt: skip
    for name, (beside, sep) in lists.items():
        make = _packed({**FORMATS[name].write(one), f"ml/{beside}": f"1{sep}Up{sep}x\n"})
        yield Case(f"{name} with {beside}", make, {}, [("Up", *told(name, one)[0][1:])])


def _hostile() -> Iterator[Case]:
    """Titles that steer, formats that are cut off or joined, entries of odd types."""
    start = PLAYS[0].start
    odd = [Play(f"{title} {at}", start - timedelta(at), 60) for at, title in enumerate(HOSTILE)]
    for name, form in FORMATS.items():
        if not name.startswith("movie"):
            steers = _laid(form.write(odd))
            yield Case(f"{name}, titles that steer", steers, form.choices, ends="either")
        text = text_of(name)
        cut, ends = _written(text[: len(text) * 2 // 3]), "refused" if text[0] == "[" else "either"
        yield Case(f"{name}, cut off", cut, form.choices, ends=ends)
        joined = _written(text.encode() + "é".encode("latin-1") + b"\xff\n" + text.encode())
        yield Case(f"{name}, joined", joined, form.choices, ends="refused")
    entry = json.loads(text_of("spotify extended"))[0]
    changes: dict[str, Any] = {
        "ms_played": [-1, 1e999, float("nan"), "9", None, 10**400, True, [], 10**12],
        "ts": [None, 5, "soon", "9999-99-99", "", {}, "0001-01-01T00:00:00Z"],
        "master_metadata_track_name": [7, ["x"], "x" * 70_000, "\ud83d" * 9],
    }
    for key, values in changes.items():
        for at, value in enumerate(values):
            make = _written(json.dumps([entry, entry | {key: value}]))
            yield Case(f"{key} {at}", make, ends="either")
    mixed = "Title,Date\nA,19/06/2017\nB,6/12/17\nC,12/05/2017\n"
    yield Case("two orders", _written(mixed), ends="refused")


def _archives() -> Iterator[Case]:
    """Zips and folders that lead out, burst, are locked, or hold another."""
    text = text_of("netflix activity")
    name = "ViewingActivity.csv"
    log, inner = {name: text}, io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(name, text)
    whole, link = inner.getvalue(), struct.pack("<I", (stat.S_IFLNK | 0o777) << 16)
    ways: dict[str, Callable[[Path], Path]] = {
        "bomb": _packed({name: text + "\n" * 30_000_000}),
        "lzma": _packed(log, zipfile.ZIP_LZMA),
        "empty": _packed({}),
        "another zip": _packed({"x.zip": whole}),
        "two logs": _packed({f"a/{name}": text, f"b/{name}": text}),
        "ten gigabytes": changed(log, 24, struct.pack("<I", 4_000_000_000)),
        "locked": changed(log, 8, b"\x01"),
        "a link": changed(log, 38, link),
    }
    for out in (f"../../{name}", f"/etc/{name}", f"C:/x/{name}", f"a/../../{name}"):
        ways[f"out by {out}"] = _packed({out: text})
    for part in (0.2, 0.5, 0.9, 0.999):
        ways[f"cut at {part}"] = _written(whole[: int(part * len(whole))])
    for way, make in ways.items():
        yield Case(f"zip, {way}", make, ends="refused")

    def linked(folder: Path) -> Path:
        (folder / name).write_text(text)
        (folder / "in").mkdir()
        (folder / "in" / name).symlink_to(folder / name)
        return folder / "in"

    yield Case("folder, a link", linked, ends="refused")


def changed(members: Members, at: int, new: bytes) -> Callable[[Path], Path]:
    """A zip with a field of the last member's entry in the directory overwritten."""

    def make(folder: Path) -> Path:
        path = _packed(members)(folder)
        content = bytearray(path.read_bytes())
        start = content.rindex(list(members)[-1].encode()) - 46 + at
        content[start : start + len(new)] = new
        path.write_bytes(content)
        return path

    return make


def _bytes() -> Iterator[Case]:
    """What is no viewing log, and what another service sends."""
    row, time = "Title,Date\nAnn,12/31/17\n", '"time": "2020-01-01T00:00:00Z"'
    texts: dict[str, str | bytes] = {
        "nothing": "", "a mark": "\ufeff", "a header": "Title,Date\n", "spaces": " " * 100_000,
        "a list": "[]", "an object": "{}", "a PDF": "%PDF-1.7 Ann", "NUL": "\0" * 9_000,
        "noise": random.Random(53).randbytes(9_000), "gzip": b"\x1f\x8b\x08",
        "deep": "[" * 100_000, "deep entries": '[{"ts": 1, "ms_played": ' + "[" * 100_000,
        "a long line": "Title,Date\n" + "a" * 4_000_000, "an open mark": 'Title,Date\n"Ann',
        "UTF-16 without a mark": row.encode("utf-16-le"), "UTF-32": row.encode("utf-32"),
        "numbers": "[" + "1," * 1_000_000 + "1]", "a table": "ts,ms_played,Ann\n1,2,3\n",
        "a large number": '[{"ts": "x", "ms_played": 1' + "0" * 99_999,
        "Apple TV": '{"events": [{"stored_event": {"timestamp": 1}}]}',
        "Jellyfin": "2020\tAnn\tDirectPlay",
        "Letterboxd's ratings": "Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Ann,,,5\n",
        "Netflix's thumbs": "Profile Name,Title Name,Thumbs Value\nAnn,Up,2\n",
        "searches": f'[{{"header": "YouTube", "title": "Searched for Ann", {time}}}]',
        "a page in German": text_of("youtube page").replace("Watched", "Angesehen:"),
        "a page of an odd zone": text_of("youtube page").replace(" EST", " E\xadT"),
        "a page without an end": "<html>" + "outer-cell" * 300_000,
        "a tag without an end": "<html><div class='outer-cell'>watch?v=<" + "a" * 3_000_000,
    }  # fmt: skip
    for name, text in texts.items():
        choices = {"zone": "America/New_York"} if "a page" in name else {}
        yield Case(name, _written(text), choices, ends="refused")

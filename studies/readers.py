"""`measure readers`: files made from each format's grammar, well or badly, and what comes of them.

A file ends in plays or in one ReadError: no other exception, no more than 5 seconds or 1 GiB.
Nobody's real file is used, nor a line of one.
"""

from __future__ import annotations

import io
import json
import random
import resource
import stat
import struct
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import studies
from helpers import estimate, log, read
from studies.exports import FORMATS, LOG, PLAYS, SECRETS, Members, Play, table

SECONDS, MEMORY = 5.0, 1 << 20  # that a file may take; kilobytes


HOSTILE = ["Up\0", "a\nb", "\u2066\x1b[2J\x07", "<!--", "]]>", "x" * 70_000, "é" * 9, "\x85", "''"]


class Case(NamedTuple):
    """A file or folder that is made, and what should come of it."""

    name: str
    make: Callable[[Path], Path]
    ends: str  # "plays", "refused" or "either"
    choices: dict[str, Any] = {}
    back: list[tuple[Any, ...]] | None = None  # the plays
    hostile: bool = False


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
    for at, play in enumerate(plays):
        title = form.titled(play.title) if not name.startswith("movie") else f"movie {at + 1}"
        start = pd.Timestamp(play.start).floor(form.unit)
        if form.unit == "min":  # the end is cut to the minute, and the length is not
            start = pd.Timestamp(play.start + timedelta(minutes=play.minutes)).floor(
                "min"
            ) - pd.Timedelta(minutes=play.minutes)
        noon = pd.Timedelta(hours=12 * (form.unit == "D"))
        minutes = round(play.minutes, 3) if form.lengths else None
        rows.append((title, (start + noon).round("ms"), minutes))
    return rows


def came(plays: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The plays of a reader in the same words."""
    minutes = [None if pd.isna(each) else round(each, 3) for each in plays["minutes"]]
    starts = plays["started_at"].dt.round("ms")
    return list(zip(plays["title"].astype(str), starts, minutes, strict=True))


def wrong(case: Case, folder: Path) -> list[str]:
    """What is wrong with what comes of a case; nothing when all is well."""
    path, start = case.make(folder), time.process_time()
    problems, text = [], ""
    try:
        plays = log.check(read.anything(path, **case.choices))
        text, ends = str(plays.attrs["report"]), "plays"
        report = plays.attrs["report"]
        if report.read != len(plays) or report.rows != report.read + sum(report.left_out.values()):
            problems.append("the report does not add up")
        if case.back is not None and came(plays) != case.back:
            problems.append("other plays came back")
    except read.ReadError as error:
        text, ends = str(error), "refused"
        if error.__cause__ or (error.__context__ and not error.__suppress_context__):
            problems.append("the error shows another")
    if case.ends not in (ends, "either"):
        problems.append(f"{ends}: {text}")
    problems += [f"says {secret}" for secret in SECRETS if secret in text]
    if time.process_time() - start > SECONDS:
        problems.append("took too long")
    return problems


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
        members, back = form.write(PLAYS), told(name, PLAYS)
        for how, change in changes.items():
            make = _laid(members, change)
            yield Case(f"{name}, {how}", make, "plays", form.choices, back)
        make = _packed(members)
        yield Case(f"{name}, zip", make, "plays", form.choices, back)
        one = form.write(PLAYS[:1])[LOG[name].replace("_1.json", "_0.json")]
        make = _laid({"of my own.txt": one}, file="of my own.txt")
        yield Case(f"{name}, alone", make, "plays", form.choices, told(name, PLAYS[:1]))


def _laid(members: Members, change: Any = str.encode, file: str = "") -> Callable[[Path], Path]:
    return lambda folder: lay(folder / "trakt-export-ann.secret", members, change) / file


def _packed(members: Members, how: int = zipfile.ZIP_DEFLATED) -> Callable[[Path], Path]:
    return lambda folder: pack(folder / "letterboxd-ann.secret.zip", members, how)


def _written(content: str | bytes, name: str = "file") -> Callable[[Path], Path]:
    return _laid({name: content}, file=name)


def _text(name: str, plays: list[Play] = PLAYS) -> str:
    members = FORMATS[name].write(plays)
    return str(next(content for member, content in members.items() if member == LOG[name]))


def _variants() -> Iterator[Case]:
    """What services and spreadsheets do to a format."""
    whole = {"titles": "whole"}
    back = told("netflix list", PLAYS)
    styles = {
        "us": "{d.month}/{d.day}/{d:%y}", "german": "{d:%d.%m.%y}", "finnish": "{d.day}.{d.month}.{d:%Y}",
        "dutch": "{d:%d-%m-%y}", "spanish": "{d:%d/%m/%y}", "british": "{d:%d/%m/%Y}",
        "japanese": "{d:%Y/%m/%d}", "spreadsheet": "{d.month}/{d.day}/{d:%y} 0:00",
    }  # fmt: skip
    for how, style in styles.items():
        rows = [[play.title, style.format(d=play.start)] for play in PLAYS]
        for sep in ",;":
            text = table("Title,Date", rows).replace(",", sep) if sep == "," else None
            text = text or "\r\n".join(f'"{p[0].replace(chr(34), chr(34) * 2)}";"{p[1]}"' for p in
                                       [["Title", "Date"], *rows])  # fmt: skip
            make = _written(text)
            yield Case(f"netflix list, {how}, {sep}", make, "plays", whole, back)
    text, back = _text("netflix activity"), told("netflix activity", PLAYS)
    yield Case("StartTime", _written(text.replace("Start Time", "StartTime")), "plays", whole, back)
    text = _text("netflix activity").replace("2017-12-", "12/").replace(":07,", ",")
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    clock = frame["Start Time"].str.replace(r"^(12/\d+)", r"\1/17", regex=True)
    make = _written(frame.assign(**{"Start Time": clock}).to_csv(index=False))
    yield Case("netflix activity, spreadsheet", make, "plays", whole)
    for column in ("Attributes", "Supplemental Video Type"):
        make = _written(
            frame.drop(columns=column).assign(**{"Start Time": clock}).to_csv(index=False)
        )
        yield Case(f"netflix activity without {column}", make, "plays", whole)
    for name, old in {"spotify year": "StreamingHistory0", "spotify extended": "endsong_0"}.items():
        text, back = _text(name, PLAYS[:1]), told(name, PLAYS[:1])
        yield Case(old, _packed({f"x/{old}.json": text}), "plays", {}, back)
    names = ("Audio_2024", "Video_2018-2024")
    text = _text("spotify extended", PLAYS[:1])
    for name in names:
        make = _packed({f"x/Streaming_History_{name}.json": text})
        yield Case(name, make, "plays", {}, told("spotify extended", PLAYS[:1]))
    text, back = _text("youtube"), told("youtube", PLAYS)
    for name in (
        "historial/historial-de-reproducciones",
        "historie/z\u030ciu\u0304re\u0307jimo istorija",
    ):
        make = _packed({f"Takeout/YouTube y YouTube Music/{name}.json": text})
        yield Case(f"youtube, {name}", make, "plays", {}, back)
    yield Case("youtube, no fraction", _written(text.replace(".000Z", "Z")), "plays", {}, back)
    others = (
        text[:-1]
        + """, {"title": "Watched a video that has been removed", "time": "x"},
        {"title": "Visited Ann", "titleUrl": "market://x", "time": "x"}, {"title": "Viewed a post",
        "titleUrl": "https://www.youtube.com/post/x", "time": "x"}]"""
    )
    yield Case("youtube, with advertisements", _written(others), "plays", {}, back)
    listed = {"movielens": "movies.csv", "movielens 100k": "u.item", "movietweetings": "movies.dat"}
    for name, beside in listed.items():
        sep = {"u.item": "|", "movies.dat": "::"}.get(beside, ",")
        members = FORMATS[name].write(PLAYS[:1]) | {f"ml/{beside}": f"1{sep}Up{sep}x\n"}
        back = [("Up", *told(name, PLAYS[:1])[0][1:])]
        yield Case(f"{name} with {beside}", _packed(members), "plays", {}, back)


def _hostile() -> Iterator[Case]:
    """Titles that steer, formats that are cut off or joined, entries of odd types."""
    odd = [PLAYS[0]._replace(title=f"{title} {at}") for at, title in enumerate(HOSTILE)]
    odd = [play._replace(start=play.start - timedelta(days=at)) for at, play in enumerate(odd)]
    for name, form in FORMATS.items():
        choices = form.choices
        if not name.startswith("movie"):
            make = _laid(form.write(odd))
            yield Case(f"{name}, titles that steer", make, "either", choices, hostile=True)
        text = _text(name)
        make = _written(text[: len(text) * 2 // 3])
        ends = "refused" if text[0] == "[" else "either"
        yield Case(f"{name}, cut off", make, ends, choices, hostile=True)
        make = _written(text.encode() + "é".encode("latin-1") + b"\xff\n" + text.encode())
        yield Case(f"{name}, joined", make, "refused", choices, hostile=True)
    entry = json.loads(_text("spotify extended"))[0]
    changes: dict[str, Any] = {
        "ms_played": [-1, 1e999, float("nan"), "9", None, 10**400, True, [], 10**12],
        "ts": [None, 5, "soon", "9999-99-99", "", {}, "0001-01-01T00:00:00Z"],
        "master_metadata_track_name": [7, ["x"], "\ud800", "\ud83d" * 9],
    }
    for key, values in changes.items():
        for at, value in enumerate(values):
            make = _written(json.dumps([entry, entry | {key: value}]))
            yield Case(f"{key} {at}", make, "either", {}, hostile=True)
    mixed = [["A", "19/06/2017"], ["B", "6/12/17"], ["C", "12/05/2017"]]
    yield Case("two orders", _written(table("Title,Date", mixed)), "refused", hostile=True)


def _archives() -> Iterator[Case]:
    """Zips and folders that lead out, burst, are locked, or hold another."""
    text = _text("netflix activity")
    name = "ViewingActivity.csv"
    bomb = {name: text + "\n" * 30_000_000}
    ways: dict[str, Callable[[Path], Path]] = {
        "bomb": _packed(bomb), "lzma": _packed({name: text}, zipfile.ZIP_LZMA), "empty": _packed({}),
        "another zip": lambda folder: _packed({"x.zip": _packed({name: text})(folder / "y").read_bytes()})(folder),
        "two logs": _packed({f"a/{name}": text, f"b/{name}": text}),
        "ten gigabytes": _changed({name: text}, 24, struct.pack("<I", 4_000_000_000)),
        "locked": _changed({name: text}, 8, b"\x01"),
        "a link": _changed({name: text}, 38, struct.pack("<I", (stat.S_IFLNK | 0o777) << 16)),
    }  # fmt: skip
    for out in (f"../../{name}", f"/etc/{name}", f"C:/x/{name}", f"a/../../{name}"):
        ways[f"out by {out}"] = _packed({out: text})
    whole = [0.2, 0.5, 0.9, 0.999]
    for part in whole:
        ways[f"cut at {part}"] = lambda folder, part=part: _cut(
            _packed({name: text * 9})(folder), part
        )
    for way, make in ways.items():
        yield Case(f"zip, {way}", make, "refused", hostile=True)

    def linked(folder: Path) -> Path:
        (folder / name).write_text(text)
        (folder / "in").mkdir()
        (folder / "in" / name).symlink_to(folder / name)
        return folder / "in"

    yield Case("folder, a link", linked, "refused", hostile=True)


def _changed(members: Members, at: int, new: bytes) -> Callable[[Path], Path]:
    """A zip with a field of the last member's entry in the directory overwritten."""

    def make(folder: Path) -> Path:
        path = _packed(members)(folder)
        content = bytearray(path.read_bytes())
        start = content.rindex(list(members)[-1].encode()) - 46 + at
        content[start : start + len(new)] = new
        path.write_bytes(content)
        return path

    return make


def _cut(path: Path, part: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    return path


def _bytes() -> Iterator[Case]:
    """What is no viewing log, and what another service sends."""
    head = "ts,ms_played,Ann"
    texts: dict[str, str | bytes] = {
        "nothing": "", "a mark": "\ufeff", "a header": "Title,Date\n", "a list": "[]", "an object": "{}",
        "a PDF": "%PDF-1.7 Ann", "noise": random.Random(53).randbytes(9_000), "gzip": b"\x1f\x8b\x08",
        "deep": "[" * 100_000, "deep entries": '[{"ts": 1, "ms_played": ' + "[" * 100_000,
        "a long line": "Title,Date\n" + "a" * 4_000_000, "an open quotation mark": 'Title,Date\n"Ann',
        "UTF-16 without a mark": "Title,Date\nAnn,12/31/17\n".encode("utf-16-le"),
        "UTF-32": "Title,Date\nAnn,12/31/17\n".encode("utf-32"), "spaces": " " * 100_000, "NUL": "\0" * 9_000,
        "numbers": "[" + "1," * 1_000_000 + "1]", "a large number": '[{"ts": "x", "ms_played": 1' + "0" * 99_999,
        "Apple TV": '{"events": [{"stored_event": {"timestamp": 1}}]}', "Jellyfin": "2020\tAnn\tPlaybackMethod",
        "Letterboxd's ratings": "Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Ann,,,5\n",
        "Netflix's thumbs": "Profile Name,Title Name,Thumbs Value\nAnn,Up,2\n", "a table": head + "\n1,2,3\n",
        "searches": '[{"header": "YouTube", "title": "Searched for Ann", "time": "2020-01-01T00:00:00Z"}]',
        "a page in German": _text("youtube page").replace("Watched", "Angesehen:"),
        "a page that never ends": "<html><div class='outer-cell'>watch?v=<" + "a" * 3_000_000,
    }  # fmt: skip
    for name, text in texts.items():
        choices = {"zone": "America/New_York"} if "German" in name else {}
        yield Case(name, _written(text), "refused", choices, hostile=True)


def fuzz(tries: int, seed: int = 53) -> dict[str, Any]:
    """Files with bytes changed, left out and cut: how many were read, refused, or failed at."""
    rng, count = random.Random(seed), {"tried": 0, "read": 0, "failed": 0}
    with tempfile.TemporaryDirectory() as folder:
        wholes = []
        for name, form in FORMATS.items():
            zipped = pack(Path(folder) / "x.zip", form.write(PLAYS)).read_bytes()
            text = _text(name)
            wholes += [(form, part) for part in (text.encode(), zipped, text.encode("utf-16"))]
        path = Path(folder) / "file"
        for at in range(tries):
            form, whole = wholes[at % len(wholes)]
            path.write_bytes(_mutated(rng, whole))
            start = time.process_time()
            try:
                log.check(read.anything(path, **form.choices))
                count["read"] += 1
            except read.ReadError:
                pass
            except Exception:
                count["failed"] += 1
            count["failed"] += time.process_time() - start > SECONDS
            count["tried"] += 1
    return count


def _mutated(rng: random.Random, whole: bytes) -> bytes:
    content = bytearray(whole)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(content))
        marks = [
            b'"',
            b",",
            b"\n",
            b"\0",
            b"]",
            b"{",
            b"null",
            b"-1",
            b"9" * 30,
            b"\xff",
            b"\\ud800",
        ]
        new = rng.choice([rng.randbytes(rng.randint(0, 3)), rng.choice(marks)])
        content[at : at + rng.randint(0, 3)] = new
    if rng.random() < 0.2:
        content = content[: rng.randrange(len(content))]
    return bytes(content)


def rows(tries: int = 20_000) -> Iterator[dict[str, Any]]:
    """Formats that come back, files that end well, and files with changed bytes."""
    bad, every = [], cases()
    for case in every:
        with tempfile.TemporaryDirectory() as folder:
            bad += [f"{case.name}: {problem}" for problem in wrong(case, Path(folder))]
    if bad:
        raise studies.MeasureError("; ".join(bad))
    found = fuzz(tries)
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY:
        raise studies.MeasureError("more than 1 GiB of memory")
    counts = {"formats": len(FORMATS), "fixtures": len(every)}
    counts |= {"hostile": sum(case.hostile for case in every)}
    counts |= {f"fuzz.{name}": count for name, count in found.items()}
    setting = "files made from the grammar of each format; bytes changed, left out and cut"
    for name, count in counts.items():
        of = estimate.exactly(count, tries if name.startswith("fuzz") else count)
        unit = "formats" if name == "formats" else "files"
        yield studies.row(
            f"readers.{name}", of, unit, setting, source="simulated: no real file", seed=53
        )

"""`measure readers`: files made from each format's grammar, well or badly, and what comes of them.

A file ends in plays or in one ReadError: no other exception, no more than 5 seconds or 1 GiB.
Nobody's real file is used, nor a line of one.
"""

from __future__ import annotations

import random
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

import studies
from helpers import estimate, log, read
from studies import fixtures
from studies.exports import FORMATS, PLAYS, SECRETS

MARKS = rb'" , ] { null -1 \ud800 999999999999999999999999'.split() + [b"\n", b"\0", b"\xff"]
SECONDS, MEMORY = 5.0, 1 << 20  # that a file may take; kilobytes


def came(plays: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The plays of a reader in the same words."""
    minutes = [None if pd.isna(each) else round(each, 3) for each in plays["minutes"]]
    starts = plays["started_at"].dt.round("ms")
    return list(zip(plays["title"].astype(str), starts, minutes, strict=True))


def wrong(case: fixtures.Case, folder: Path) -> list[str]:
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
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in text.replace("\n", "")):
        problems.append("steers a terminal")
    if time.process_time() - start > SECONDS:
        problems.append("took too long")
    return problems


def fuzz(tries: int, seed: int = 53) -> dict[str, Any]:
    """Files with bytes changed, left out and cut: how many were read, refused, or failed at."""
    rng, count = random.Random(seed), {"tried": 0, "read": 0, "failed": 0}
    with tempfile.TemporaryDirectory() as folder:
        wholes = []
        for name, form in FORMATS.items():
            zipped = fixtures.pack(Path(folder) / "x.zip", form.write(PLAYS)).read_bytes()
            text = fixtures.text_of(name)
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
        new = rng.choice([rng.randbytes(rng.randint(0, 3)), rng.choice(MARKS)])
        content[at : at + rng.randint(0, 3)] = new
    if rng.random() < 0.2:
        content = content[: rng.randrange(len(content))]
    return bytes(content)


def rows(tries: int = 20_000) -> Iterator[dict[str, Any]]:
    """Formats that come back, files that end well, and files with changed bytes."""
    import resource  # Windows has none

    bad, every = [], fixtures.cases()
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
    source = {"source": "simulated: made files", "seed": 53}
    for name, count in counts.items():
        of = estimate.exactly(count, tries if name.startswith("fuzz") else count)
        unit = "formats" if name == "formats" else "files"
        yield studies.row(f"readers.{name}", of, unit, setting, **source)

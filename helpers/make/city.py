"""A viewing log of any size, written to Parquet a block of viewers at a time, and opened whole."""

import hashlib
import json
import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from helpers import log

from . import people
from .world import SIZES, MakeError, Plan, frame, plan_of

MANIFEST = "_manifest.json"  # engines leave out files that begin with a line below
_FORMAT: dict[str, Any] = {
    "compression": "none",
    "use_dictionary": ["title", "zone", "device", "viewer", "account", "minutes", "local_day"],
    "column_encoding": {"started_at": "DELTA_BINARY_PACKED"},
    # Of text the least and the greatest cost much time and tell nothing, unless it is in order.
    "write_statistics": ["viewer", "account", "started_at", "minutes", "local_day"],
}
_LARGEST_GROUP = 300_000  # rows, where a table is sorted as a whole
_ROW_GROUP = 2  # blocks of viewers: some 200,000 plays, which DuckDB reads as one piece of work


def write_city(
    folder: str | os.PathLike[str],
    viewers: int = 1_000_000,
    seed: int = 53,
    *,
    chunk: int = 20_000,
    by: str | None = None,
) -> list[Path]:
    """The plays of a city of made viewers, as Parquet files in a folder: their paths, in order.

    The columns are those of `world(...).plays`, and `local_day`. The rows, in the order of the
    files' names, are the same for any chunk; within a thousand viewers they are sorted by start.
    The first 20,000 viewers are those of the classroom world: a larger city holds no more than its
    53 either. The last file, the manifest, says how many rows each part has and its SHA-256.

    MakeError: the folder is not empty, or `viewers`, of whom each has about 100 plays, are fewer
    than 1,000.

    Parameters
    ----------
    chunk : int
        How many viewers a file holds, in whole thousands.
    by : "title" or "local_day", optional
        Lets an engine leave out most of what a question does not need: the rows of a file are in
        order of title; or each day has a folder, local_day=2017-12-10, with a file a chunk.

    >>> import tempfile
    >>> [file.name for file in write_city(tempfile.mkdtemp(), viewers=1_000)]
    ['part-00000.parquet']
    """
    if viewers < SIZES["tiny"]:
        raise MakeError(f"viewers is {viewers!r}; expected at least {SIZES['tiny']:,}.")
    if by not in (None, "title", "local_day"):
        raise MakeError(f"by is {by!r}; expected 'title', 'local_day' or None.")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise MakeError(f"{target} is not empty; give a folder that is new or empty.")
    plan = plan_of(seed, viewers)
    step = math.ceil(chunk / people.BLOCK)  # blocks a file
    numbers = range(len(plan.sizes))
    pieces = [numbers[first : first + step] for first in range(0, len(numbers), step)]
    names = [f"part-{number:05}.parquet" for number in range(len(pieces))]
    try:
        with ThreadPoolExecutor(2) as pool:  # NumPy and Arrow release the interpreter
            written = list(pool.map(partial(_write, plan, target, by), pieces, names))
        parts = {name: part for piece in written for name, part in piece.items()}
        for name in parts:
            (target / f"{name}.part").rename(target / name)
        (target / MANIFEST).write_text(
            json.dumps({"viewers": viewers, "seed": seed, "parts": parts})
        )
    except BaseException:  # half a city would answer like a whole one
        for file in [*target.rglob("*.part"), *target.rglob("*.parquet"), target / MANIFEST]:
            file.unlink(missing_ok=True)
        for empty in target.iterdir():
            empty.rmdir()
        raise
    return [target / name for name in sorted(parts)]


def open_city(folder: str | os.PathLike[str], *, check: bool = True) -> Path:
    """The folder of a city that is whole, to be asked: each part is what the manifest says.

    MakeError names the first part that is missing, damaged, or not of this city. With check=False
    only the rows and columns that a part says it has are compared, and not its SHA-256, which
    takes about a second for two thousand million bytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = Path(folder)
    try:
        parts = json.loads((target / MANIFEST).read_text())["parts"]
    except (OSError, ValueError, KeyError):
        raise MakeError(
            f"{target} holds no whole city: it has no {MANIFEST}; write it again."
        ) from None
    for file in {target / name for name in parts} ^ set(target.rglob("*.parquet")):
        problem = "is not of this city" if file.exists() else "is missing"
        raise MakeError(f"{file} {problem}; write the city again.")
    for name, part in parts.items():
        file = target / name
        try:
            head = pq.read_metadata(file)
            has = {"rows": head.num_rows, "columns": head.schema.to_arrow_schema().names}
        except (OSError, pa.ArrowException):
            has = {}
        if check and has:
            has["sha256"] = _sha256(file)
        if not has or has != {key: part[key] for key in has}:
            raise MakeError(f"{file} is damaged; write the city again.")
    return target


def _write(plan: Plan, folder: Path, by: str | None, numbers: range, name: str) -> dict[str, Any]:
    """What the manifest says of the files of a piece, whose names end in .part as yet."""
    import pyarrow.parquet as pq

    statistics = [*_FORMAT["write_statistics"], "title"] if by == "title" else None
    how = _FORMAT | {"write_statistics": statistics or _FORMAT["write_statistics"]}
    parts = {}
    for place, tables in _files(plan, by, numbers, name):
        file, rows = folder / f"{place}.part", 0
        file.parent.mkdir(exist_ok=True)
        first = next(tables)
        with pq.ParquetWriter(file, first.schema, **how) as writer:
            for table in chain([first], tables):
                writer.write_table(table, row_group_size=min(len(table), _LARGEST_GROUP))
                rows += len(table)
        parts[place] = {"rows": rows, "columns": first.schema.names, "sha256": _sha256(file)}
    return parts


def _files(
    plan: Plan, by: str | None, numbers: range, name: str
) -> Iterator[tuple[str, Iterator[Any]]]:
    """The files of a piece, and the tables that each holds."""
    import pyarrow as pa

    starts = range(0, len(numbers), _ROW_GROUP)
    tables = (_table(plan, numbers[at : at + _ROW_GROUP]) for at in starts)
    if by is None:
        yield name, tables
        return
    table = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    column = table[by].combine_chunks().dictionary_encode()
    values, place = np.unique(column.dictionary.to_numpy(zero_copy_only=False), return_inverse=True)
    code = place.astype(np.int16)[column.indices]  # (rows,), in order of the values
    table = table.take(np.argsort(code, kind="stable"))
    if by == "title":
        yield name, iter([table])
        return
    ends = np.cumsum(np.bincount(code))
    for day, start, end in zip(values, [0, *ends], ends, strict=False):
        yield f"{by}={day}/{name}", iter([table.slice(start, end - start)])


def _table(plan: Plan, numbers: range) -> Any:
    import pyarrow as pa

    tables = []
    for number in numbers:
        block = plan.people(number)
        plays = frame(plan.rows(block), plan.titles, [block])
        table = pa.Table.from_pandas(plays, preserve_index=False)
        tables.append(table.append_column("local_day", pa.array(log.day(plays), pa.date32())))
    return pa.concat_tables(tables).unify_dictionaries()


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

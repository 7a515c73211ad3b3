"""A viewing log of any size, written to Parquet a block of viewers at a time."""

import math
import os
import shutil
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
    53 either.

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
        files = sorted(chain.from_iterable(written))
        for file in files:
            _unfinished(file).rename(file)
    except BaseException:  # half a city would answer like a whole one
        shutil.rmtree(target)
        raise
    return files


def _write(plan: Plan, folder: Path, by: str | None, numbers: range, name: str) -> list[Path]:
    """The files of a piece, unfinished until all pieces are there."""
    import pyarrow.parquet as pq

    statistics = [*_FORMAT["write_statistics"], *(["title"] if by == "title" else [])]
    how = _FORMAT | {"write_statistics": statistics}
    files = []
    for place, tables in _files(plan, by, numbers, name):
        file = folder / place
        file.parent.mkdir(exist_ok=True)
        first = next(tables)
        with pq.ParquetWriter(_unfinished(file), first.schema, **how) as writer:
            for table in chain([first], tables):
                writer.write_table(table, row_group_size=min(len(table), _LARGEST_GROUP))
        files.append(file)
    return files


def _unfinished(file: Path) -> Path:
    """A name that no engine reads: not DuckDB without .parquet, nor Spark with a line below."""
    return file.with_name(f"_{file.name}.part")


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

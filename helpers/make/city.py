"""A viewing log of any size, written to Parquet a block of viewers at a time."""

import math
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from . import people
from .world import SIZES, MakeError, Plan, frame, plan_of

_FORMAT: dict[str, Any] = {
    "compression": "none",
    "use_dictionary": ["title", "zone", "device", "viewer", "account", "minutes"],
    "column_encoding": {"started_at": "DELTA_BINARY_PACKED"},
    # Of text the least and the greatest cost much time and tell nothing.
    "write_statistics": ["viewer", "account", "started_at", "minutes"],
}
_ROW_GROUP = 2  # blocks of viewers: some 200,000 plays, which DuckDB reads as one piece of work


def write_city(
    folder: str | os.PathLike[str], viewers: int = 1_000_000, seed: int = 53, *, chunk: int = 20_000
) -> list[Path]:
    """The plays of a city of made viewers, as Parquet files in a folder: their paths, in order.

    The columns are those of `world(...).plays`. The rows, in the order of the files' names, are
    the same for any chunk; within a thousand viewers they are sorted by start. The first 20,000
    viewers are those of the classroom world: a larger city holds no more than its 53 either.

    MakeError: the folder is not empty, or `viewers`, of whom each has about 100 plays, are fewer
    than 1,000. `chunk` is how many of them a file holds, in whole thousands.

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
    files = [target / f"part-{number:05}.parquet" for number in range(len(pieces))]
    try:
        with ThreadPoolExecutor(2) as pool:  # NumPy and Arrow release the interpreter
            list(pool.map(partial(_write, plan), pieces, files))
    except BaseException:
        for file in files:  # half a city would answer like a whole one
            file.unlink(missing_ok=True)
        raise
    return files


def _write(plan: Plan, numbers: range, file: Path) -> None:
    import pyarrow.parquet as pq

    starts = range(0, len(numbers), _ROW_GROUP)
    tables = (_table(plan, numbers[at : at + _ROW_GROUP]) for at in starts)
    first = next(tables)
    with pq.ParquetWriter(file, first.schema, **_FORMAT) as writer:
        for table in chain([first], tables):
            writer.write_table(table, row_group_size=len(table))


def _table(plan: Plan, numbers: range) -> Any:
    import pyarrow as pa

    tables = []
    for number in numbers:
        block = plan.people(number)
        plays = frame(plan.rows(block), plan.titles, [block])
        tables.append(pa.Table.from_pandas(plays, preserve_index=False))
    return pa.concat_tables(tables).unify_dictionaries()

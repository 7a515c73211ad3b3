"""A viewing log of any size, written to Parquet a block of viewers at a time."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from . import blocks, clock, people
from .errors import MakeError
from .worlds import SIZES, check_seed

_SMALLEST = SIZES["tiny"]  # the film's made audience needs that much room
_TEXT = ("title", "zone", "device")
_ROW_GROUP = 2  # blocks of viewers: some 200,000 plays, which DuckDB reads as one piece of work


@dataclass(frozen=True)
class City:
    """What was written: the folder, its Parquet files in order, the viewers and the plays."""

    folder: Path
    files: tuple[Path, ...]
    viewers: int
    plays: int


def write_city(
    folder: str | os.PathLike[str],
    viewers: int = 1_000_000,
    seed: int = 53,
    *,
    chunk: int = 20_000,
    workers: int = 2,
    progress: Callable[[int], object] | None = None,
) -> City:
    """The plays of a city of made viewers, as Parquet files in a folder.

    The columns are those of `world(...).plays`. The rows, in the order of the files' names, are
    the same for any chunk and any number of workers; within a thousand viewers they are sorted by
    start. The first 20,000 viewers are those of the classroom world of the seed, and with them
    its 53: a larger city holds no more than 53 either.

    Parameters
    ----------
    folder : path
        New or empty; the files are named part-00000.parquet and so on.
    viewers : int
        1,000 or more; each has about 100 plays.
    seed : int
        0 or more.
    chunk : int
        Viewers a file, rounded up to whole thousands.
    workers : int
        Threads that make and write files; each needs some 200 MB.
    progress : callable, optional
        Called with the number of viewers of each file that is done.

    Raises
    ------
    MakeError
        If an argument is out of range, the folder is a file or not empty, or the disk refuses.

    Examples
    --------
    >>> import tempfile
    >>> city = write_city(tempfile.mkdtemp(), viewers=1_000)
    >>> len(city.files), city.plays > 50_000
    (1, True)
    """
    _check(viewers, chunk, workers)
    check_seed(seed)
    target = _empty(Path(folder))
    plan = blocks.plan(int(seed), int(viewers))
    each = -(-int(chunk) // people.BLOCK)
    pieces = [range(len(plan.sizes))[i : i + each] for i in range(0, len(plan.sizes), each)]
    files = [target / f"part-{number:05}.parquet" for number in range(len(pieces))]
    try:
        plays = sum(_write_all(plan, pieces, files, int(workers), progress))
    except BaseException as problem:
        _remove(files)
        if isinstance(problem, OSError):
            raise MakeError(
                f"The city could not be written to {target}: {problem}. What was written of it has "
                "been removed; make room, or choose another folder."
            ) from problem
        raise
    return City(target, tuple(files), int(viewers), plays)


def _check(viewers: object, chunk: object, workers: object) -> None:
    for name, value, least in (
        ("viewers", viewers, _SMALLEST), ("chunk", chunk, 1), ("workers", workers, 1)
    ):  # fmt: skip
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
        if not whole or value < least:  # type: ignore[operator]
            raise MakeError(f"{name} is {value!r}; expected a whole number of at least {least:,}.")


def _empty(folder: Path) -> Path:
    """The folder, made if need be; refused when it holds anything."""
    try:
        if folder.exists() and not folder.is_dir():
            raise MakeError(f"{folder} is a file; give a folder that is new or empty.")
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise MakeError(
                f"{folder} is not empty, and nothing in it is overwritten; give a folder that is "
                "new or empty."
            )
    except OSError as problem:
        raise MakeError(
            f"The folder {folder} can't be used: {problem}. Give one that can be written to."
        ) from problem
    return folder


def _write_all(
    plan: blocks.Plan,
    pieces: list[range],
    files: list[Path],
    workers: int,
    progress: Callable[[int], object] | None,
) -> Iterator[int]:
    # Threads are enough: NumPy and Arrow release the interpreter while they work.
    pool = ThreadPoolExecutor(workers)
    try:
        jobs = [pool.submit(_write, plan, *job) for job in zip(pieces, files, strict=True)]
        for piece, job in zip(pieces, jobs, strict=True):
            yield job.result()
            if progress is not None:
                progress(sum(plan.sizes[number] for number in piece))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _write(plan: blocks.Plan, numbers: range, file: Path) -> int:
    """Write one file and say how many plays it holds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = {
        "title": pa.array(list(plan.catalogue.frame["title"])),
        "zone": pa.array(list(clock.ZONES)),
        "device": pa.array(list(people.DEVICES)),
    }
    rows, writer = 0, None
    try:
        for at in range(0, len(numbers), _ROW_GROUP):
            tables = [_table(plan, number, names) for number in numbers[at : at + _ROW_GROUP]]
            table = pa.concat_tables(tables).unify_dictionaries()
            writer = writer or pq.ParquetWriter(
                file, table.schema, compression="none",
                use_dictionary=[*_TEXT, "viewer", "account", "minutes"],
                column_encoding={"started_at": "DELTA_BINARY_PACKED"},
                # Of text the least and the greatest cost much time and tell nothing.
                write_statistics=["viewer", "account", "started_at", "minutes"],
            )  # fmt: skip
            writer.write_table(table, row_group_size=len(table))
            rows += len(table)
    finally:
        if writer is not None:
            writer.close()
    return rows


def _table(plan: blocks.Plan, number: int, names: dict[str, Any]) -> Any:
    """The plays of a block as an Arrow table."""
    import pyarrow as pa

    who = plan.people(number)
    rows = plan.rows(who)
    codes = {
        "title": rows.title.astype(np.int16),
        "zone": who.zone[rows.viewer].astype(np.int8),
        "device": rows.device.astype(np.int8),
    }
    started = (rows.start + clock.ORIGIN.astype(np.int64)) * 1_000
    return pa.table(
        {
            "viewer": rows.viewer + who.first_viewer,
            "account": (who.first_account + who.account)[rows.viewer],
            **{k: pa.DictionaryArray.from_arrays(v, names[k]) for k, v in codes.items()},
            "started_at": pa.array(started).view(pa.timestamp("ms", "UTC")),
            "minutes": rows.seconds / 60,
        }
    )


def _remove(files: list[Path]) -> None:
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            continue

"""The plays of a world, kept in data/cache as a Parquet file.

A file is named after what made it: the size, the seed and a fingerprint of this package's source,
so a world that an older source made is not found. Pages carry checksums. Whatever is wrong with a
file, or with the folder, the world is made instead, and nobody is told.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd


@cache
def fingerprint() -> str:
    """Twelve letters that change when this package's source, NumPy or pandas does."""
    digest = sha256(f"{np.__version__} {pd.__version__}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        # Line ends differ between systems, the world does not.
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def folder() -> Path:
    """Where worlds are kept."""
    try:
        from ..facts import data_folder
    except ImportError:
        return Path(__file__).parents[2] / "data" / "cache"
    return Path(data_folder()) / "cache"


def plays(size: str, seed: int, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The plays of a world: from the cache when a whole file is there, else made and kept."""
    file = folder() / f"{size}-{seed}-{fingerprint()}.parquet"
    found = _load(file)
    if found is not None:
        return found
    made = make()
    _keep(made, file)
    return made


def _load(file: Path) -> pd.DataFrame | None:
    if not file.is_file():
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(file, page_checksum_verification=True)
        if table.num_rows != int(table.schema.metadata[b"plays"]):
            return None
        frame = table.to_pandas()
        frame["started_at"] = frame["started_at"].dt.as_unit("s")
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return frame


def _keep(frame: pd.DataFrame, file: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"plays": str(len(frame)).encode()}
    )
    part: Path | None = None
    # A full or read-only disk, or another process that holds the file: the world is there anyway.
    with suppress(OSError, pa.ArrowException):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
            part = Path(name)
            with os.fdopen(handle, "wb") as stream:
                pq.write_table(table, stream, compression="lz4", write_page_checksum=True)
            os.replace(part, file)
            part = None
            _forget_older(file)
        finally:
            if part is not None:
                part.unlink(missing_ok=True)


def _forget_older(file: Path) -> None:
    """Remove the same world as an older source made it."""
    world = file.name.rpartition("-")[0]
    for other in file.parent.glob(f"{world}-*.parquet"):
        if other != file:
            with suppress(OSError):
                other.unlink()

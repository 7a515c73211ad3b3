"""`bench make`: how fast worlds and cities are made, against their limits.

The city is written to a temporary folder (about 10 bytes a play) and removed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from helpers import make

PLAYS_A_SECOND = 5e6  # written to Parquet, at least, on two cores
MEMORY = 2.0  # GiB at most, whatever the size of the city
CLASSROOM, CACHED, TINY = 8.0, 1.0, 0.5  # seconds at most


def main(argv: list[str]) -> int:
    """0 when every limit is kept, else 1.

    Parameters
    ----------
    argv : list of str
        ``--viewers`` of the city (100 plays each), ``--workers``.
    """
    parser = argparse.ArgumentParser(prog="python -m tools bench make", description=__doc__)
    parser.add_argument("--viewers", type=int, default=1_000_000, help="about 100 plays each")
    parser.add_argument("--workers", type=int, default=2, help="threads")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        kept = [_city(Path(folder) / "city", chosen.viewers, chosen.workers)]
        os.environ["FIFTY_THREE_DATA"] = folder
        kept += [
            _world("tiny world", TINY, "tiny", cache=False),
            _world("classroom world", CLASSROOM, "classroom", cache=False),
            _world("classroom world, made and kept", CLASSROOM, "classroom"),
            _world("classroom world, from the cache", CACHED, "classroom"),
        ]
    return 0 if all(kept) else 1


def _city(folder: Path, viewers: int, workers: int) -> bool:
    start = time.perf_counter()
    city = make.write_city(folder, viewers, workers=workers)
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for file in city.files)
    print(
        f"city of {viewers:,}: {city.plays:,} plays in {seconds:.1f} s, {size / 1e9:.2f} GB in "
        f"{len(city.files)} files, {workers} workers"
    )
    fast = city.plays / seconds
    kept = _line("plays a second, millions", fast / 1e6, PLAYS_A_SECOND / 1e6, fast >= 5e6)
    memory = _peak()
    if memory is None:
        print("peak memory: this system does not tell")
        return kept
    return _line("peak memory, GiB", memory, MEMORY, memory <= MEMORY) and kept


def _peak() -> float | None:
    """GiB that this process has taken at most, where the system tells."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def _world(name: str, limit: float, size: str, *, cache: bool = True) -> bool:
    start = time.perf_counter()
    make.world(size, cache=cache)
    seconds = time.perf_counter() - start
    return _line(f"{name}, seconds", seconds, limit, seconds <= limit)


def _line(name: str, value: float, limit: float, kept: bool) -> bool:
    print(f"{name:40} {value:8.2f}   limit {limit:5.1f}   {'kept' if kept else 'NOT KEPT'}")
    return kept

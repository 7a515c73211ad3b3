"""`bench prize`: the release of Netflix Prize size, its limits, and its shape beside the published.

With the scale, members and raters a title fall, and what is published of titles is scaled to
stand beside them; ratings a member stay.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np
from numpy.typing import NDArray

from helpers import make

SECONDS, MEMORY = 110.0, 4.0  # at most, at full size on two cores; GiB
# Narayanan and Shmatikov, IEEE S&P 2008: members with at least 1, 5 and 10 titles outside the most
# rated ones, in shares; and Fig. 1, read off: whose nearest neighbour is at least so similar.
OUTSIDE = {100: (1.00, 0.97, 0.93), 500: (0.99, 0.90, 0.80), 1_000: (0.97, 0.83, 0.70)}
NEAREST = {0.1: 0.50, 0.2: 0.20, 0.3: 0.10, 0.4: 0.04, 0.5: 0.025}


def main(argv: list[str]) -> int:
    """0 when both limits are kept, else 1.

    Parameters
    ----------
    argv : list of str
        ``--scale`` from 0.001 to 1, ``--seed``, ``--workers``, ``--naive``, ``--without`` names,
        ``--neighbours`` members whose nearest neighbour is searched.
    """
    parser = argparse.ArgumentParser(prog="python -m tools bench prize", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1, help="1 takes a minute and 3 GB")
    parser.add_argument("--seed", type=int, default=53)
    parser.add_argument("--workers", type=int, default=2, help="threads")
    parser.add_argument("--naive", action="store_true", help="the independent release")
    parser.add_argument("--without", nargs="*", default=(), help="mechanisms to switch off")
    parser.add_argument("--neighbours", type=int, default=0, help="0.2 s each at full size")
    chosen = parser.parse_args(argv)
    start = time.perf_counter()
    made = make.prize(
        chosen.seed, chosen.scale, chosen.naive, without=chosen.without, workers=chosen.workers
    )
    seconds = time.perf_counter() - start
    print(made)
    kept = limit("made, seconds", seconds, SECONDS)
    memory = peak()
    if memory is not None:
        kept &= limit("peak memory, GiB", memory, MEMORY)
    _shape(made, chosen.scale)
    if chosen.neighbours:
        _neighbours(made, chosen.neighbours)
    return 0 if kept else 1


def _shape(made: make.Prize, scale: float) -> None:
    about = made.about
    print(f"{'':40} {'made':>13} {'published':>13}")
    _line("ratings", about["ratings"], 100_480_507 * scale)
    _line("ratings a member, median", about["member_median"], 96)
    _line("ratings a member, mean", about["member_mean"], 209)
    _line("raters a title, median", about["title_median"], 561 * scale)
    _line("raters a title, mean", about["title_mean"], 5_655 * scale)
    _line("raters of the largest title", about["title_most"], 232_944 * scale)
    _line("raters of the smallest title, at least", about["title_least"], 4 if scale == 1 else None)
    counts = made.release.counts()
    _line("members with more than 5,000 ratings", (counts > 5_000).sum(), 43 * scale)
    for top, published in OUTSIDE.items():
        outside = made.outside_top(top)
        for least, value in zip((1, 5, 10), published, strict=True):
            name = f"{least} or more outside the top {top:,}, share"
            _line(name, (outside >= least).mean(), value)


def _neighbours(made: make.Prize, sample: int) -> None:
    """Fig. 1 of the paper for members at random."""
    release, counts = made.release, made.release.counts()
    starts, nearest = release.starts(), []
    for who in np.random.default_rng(1).choice(len(counts), sample, replace=False):
        own = np.zeros(len(made.titles), bool)
        own[release.title[starts[who] : starts[who + 1]]] = True
        nearest.append(_nearest(release.title, starts, counts, own, who))
    for least, value in NEAREST.items():
        name = f"nearest neighbour at least {least:.1f} alike"
        _line(f"{name}, of {sample:,}", float(np.mean(np.array(nearest) >= least)), value)


def _nearest(
    title: NDArray[np.int16], starts: NDArray, counts: NDArray, own: NDArray[np.bool_], who: int
) -> float:
    shared = np.add.reduceat(own[title], starts[:-1], dtype=np.int64)
    alike = shared / (counts + own.sum() - shared)
    alike[who] = 0
    return float(alike.max())


def peak() -> float | None:
    """GiB that this process has taken at most, where the system tells."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def _line(name: str, value: float, published: float | None) -> None:
    shown = [
        "" if x is None else f"{x:,.3f}" if x <= 1 else f"{x:,.1f}" for x in (value, published)
    ]
    print(f"{name:40} {shown[0]:>13} {shown[1]:>13}")


def limit(name: str, value: float, bound: float, *, least: bool = False) -> bool:
    """Print a value beside its limit, and return whether it is kept.

    Parameters
    ----------
    name : str
        What was measured, and in what.
    value, bound : float
        What was seen, and the limit.
    least : bool
        Whether the limit is the least allowed; else it is the most.
    """
    kept = value >= bound if least else value <= bound
    word = "at least" if least else "at most"
    print(f"{name:40} {value:13.2f}   {word} {bound:.1f}: {'kept' if kept else 'NOT KEPT'}")
    return kept

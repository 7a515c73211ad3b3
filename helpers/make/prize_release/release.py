"""All blocks of members, made by threads and put together as one release."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import draw
from . import block, crowded, sizes
from .plan import Plan
from .result import Prize, Release

_PSEUDONYMS = 10_000_000  # labels are drawn from the numbers below


def release(
    plan: Plan, scale: float, workers: int, progress: Callable[[int], object] | None
) -> Prize:
    """The release of a plan."""
    made = _made(plan, workers, progress)
    counts = np.concatenate([each.counts for each in made])
    raters = np.sum([each.raters for each in made], axis=0)
    joined = _joined(plan.seed, made, counts)
    del made  # half a gigabyte at full size
    if scale == 1:
        rng = draw.stream(plan.seed, sizes.FLOOR)
        joined = crowded.with_least(rng, joined, raters, plan.joined, plan.added)
    return Prize(joined, _about(plan, scale, joined))


def _made(
    plan: Plan, workers: int, progress: Callable[[int], object] | None
) -> list[block.Ratings]:
    """The ratings of all blocks, in order."""
    pieces = block.blocks(len(plan.wish))
    made = []
    pool = ThreadPoolExecutor(workers)  # NumPy releases the interpreter while it works
    try:
        done = pool.map(partial(block.ratings, plan), pieces)
        for piece, ratings in zip(pieces, done, strict=True):
            made.append(ratings)
            if progress is not None:
                progress(len(piece))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return made


def _joined(seed: int, made: list[block.Ratings], counts: NDArray[np.int64]) -> Release:
    """One array a column, and the labels."""
    rng = draw.stream(seed, sizes.LABELS)
    labels = rng.choice(_PSEUDONYMS, len(counts), replace=False, shuffle=False)
    return Release(
        np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        np.concatenate([each.title for each in made]),
        np.concatenate([each.day for each in made]),
        np.concatenate([each.stars for each in made]),
        np.sort(labels),
        np.array([f"Made title {number:05}" for number in range(1, sizes.TITLES + 1)]),
    )


def _about(plan: Plan, scale: float, made: Release) -> dict[str, Any]:
    """The shape of a release."""
    counts, raters = made.counts(), made.raters()
    return {
        "seed": plan.seed,
        "scale": scale,
        "naive": not plan.on & set(sizes.NAIVE),
        "mechanisms": tuple(name for name in sizes.MECHANISMS if name in plan.on),
        "members": len(counts),
        "titles": len(raters),
        "ratings": len(made),
        "member_median": float(np.median(counts)),
        "member_mean": len(made) / len(counts),
        "member_most": int(counts.max()),
        "member_least": int(counts.min()),
        "title_median": float(np.median(raters)),
        "title_mean": len(made) / len(raters),
        "title_most": int(raters.max()),
        "title_least": int(raters.min()),
        "first_day": str(sizes.FIRST_DAY),
        "last_day": str(sizes.FIRST_DAY + sizes.DAYS - 1),
    }

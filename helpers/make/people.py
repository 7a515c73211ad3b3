"""The people: households, zones, how much they watch, what they like, and their made-up names."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import clock, draw, words

BLOCK = 1_000  # viewers that share one stream of random numbers, whatever the size of the world
FIRST_ACCOUNT = 100_001
_ACCOUNTS_PER_VIEWER = 0.45
_HOUSEHOLDS = [0.35, 0.30, 0.18, 0.12, 0.05]  # of one to five people: a choice, mean 2.2
_LOG_SD = 1.08  # of plays per viewer
_MEDIAN_PLAYS = 55.0
_MOST = 3.5  # standard deviations: real logs have a lighter tail than a lognormal
DEVICES = ("laptop", "phone", "tablet", "tv")
_DEVICE_SHARES = [0.20, 0.18, 0.12, 0.50]


@dataclass(frozen=True)
class Block:
    """One block of viewers: arrays with a number for each of them."""

    number: int
    account: NDArray[np.int64]  # 0, 1, ... within the block
    place: NDArray[np.int64]  # 0 for the first person of a household
    zone: NDArray[np.int64]
    plays: NDArray[np.float64]  # expected, in the half-year
    genre: NDArray[np.int64]  # the favourite
    device: NDArray[np.int64]
    second_device: NDArray[np.int64]

    @property
    def first_viewer(self) -> int:
        """The id of the first viewer of the block."""
        return self.number * BLOCK + 1

    @property
    def first_account(self) -> int:
        """The id of the first account of the block."""
        return FIRST_ACCOUNT + self.number * round(BLOCK * _ACCOUNTS_PER_VIEWER)


def sizes(viewers: int) -> list[int]:
    """How many viewers each block has, for a world of so many.

    Examples
    --------
    >>> sizes(4_500)
    [1000, 1000, 1000, 1000, 500]
    """
    whole, rest = divmod(viewers, BLOCK)
    return [BLOCK] * whole + [rest] * (rest > 0)


def _households(rng: np.random.Generator, viewers: int) -> NDArray[np.int64]:
    number = max(1, round(viewers * _ACCOUNTS_PER_VIEWER))
    people = draw.spread(_HOUSEHOLDS, number) + 1
    while (lack := viewers - int(people.sum())) != 0:
        # Somebody moves in with the smallest households, or out of the largest.
        chosen = np.arange(min(abs(lack), number))
        people[chosen if lack > 0 else number - 1 - chosen] += np.sign(lack)
    return rng.permutation(people)


def block(seed: int, number: int, viewers: int, genres: NDArray[np.float64]) -> Block:
    """One block of made viewers.

    Parameters
    ----------
    seed, number : int
        They alone decide what the people are like.
    viewers : int
        How many there are in the block.
    genres : array
        The share of viewing that each genre takes; favourites follow it.
    """
    rng = draw.stream(seed, draw.PEOPLE, number)
    people = _households(rng, viewers)
    zones = rng.permutation(draw.spread(list(clock.ZONES.values()), len(people)))
    bell = np.clip(draw.normal(draw.strata(rng, viewers)), -_MOST, _MOST)
    return Block(
        number=number,
        account=np.repeat(np.arange(len(people)), people),
        place=draw.inside(people),
        zone=np.repeat(zones, people),
        plays=_MEDIAN_PLAYS * np.exp(_LOG_SD * bell),
        genre=rng.permutation(draw.spread(genres, viewers)),
        device=rng.permutation(draw.spread(_DEVICE_SHARES, viewers)),
        second_device=rng.permutation(draw.spread(_DEVICE_SHARES, viewers)),
    )


def name(seed: int, viewer: NDArray[np.int64]) -> list[str]:
    """The made-up name of each viewer; no two viewers of a world share one.

    Examples
    --------
    >>> len(set(name(53, np.arange(1, 20_001))))
    20000
    """
    given, first, last = words.GIVEN, words.SURNAME_STARTS, words.SURNAME_ENDS
    total = len(given) * len(first) * len(last)
    start = int(draw.stream(seed, draw.PEOPLE).integers(total))
    # A multiplier without a common factor with the total visits every name once.
    which = (np.asarray(viewer, np.int64) * 48_271 + start) % total
    which, a = np.divmod(which, len(given))
    b, c = np.divmod(which, len(last))
    return [f"{given[i]} {first[j]}{last[k]}" for i, j, k in zip(a, b, c, strict=True)]


def frames(seed: int, blocks: list[Block]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The viewers and the accounts of a world, a row for each."""
    viewer = np.concatenate([b.first_viewer + np.arange(len(b.account)) for b in blocks])
    account = np.concatenate([b.first_account + b.account for b in blocks])
    zone = words.labelled(np.concatenate([b.zone for b in blocks]), tuple(clock.ZONES))
    viewers = pd.DataFrame(
        {"viewer": viewer, "account": account, "name": name(seed, viewer), "zone": zone}
    )
    accounts = viewers.groupby("account", as_index=False).agg(
        viewers=("viewer", "size"), zone=("zone", "first")
    )
    return viewers, accounts

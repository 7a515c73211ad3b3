"""The people: households, zones, how much they watch, what they like, and their made-up names."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import clock, names
from .rng import OfWorld, inside, normal, spread, strata, stream

BLOCK = 1_000  # viewers that share one stream of random numbers, whatever the size of the world
DEVICES = ("laptop", "phone", "tablet", "tv")
_DEVICE_SHARES = [0.20, 0.18, 0.12, 0.50]
_FIRST_ACCOUNT = 100_001
_ACCOUNTS_PER_VIEWER = 0.45
_HOUSEHOLDS = [0.35, 0.30, 0.18, 0.12, 0.05]  # of one to five people: a choice, mean 2.2
# Plays per viewer are lognormal. Real logs have a lighter tail, so it is cut, in deviations.
_MEDIAN_PLAYS, _LOG_SD, _MOST = 55.0, 1.08, 3.5


@dataclass(frozen=True)
class Block:
    """One block of viewers: arrays (viewers,)."""

    number: int
    account: NDArray[np.int64]  # 0, 1, ... within the block
    place: NDArray[np.int64]  # 0 for the first person of a household
    zone: NDArray[np.int64]
    plays: NDArray[np.float64]  # expected, in the half-year
    genre: NDArray[np.int64]  # the favourite
    device: NDArray[np.int64]
    second_device: NDArray[np.int64]

    @property
    def viewer_ids(self) -> NDArray[np.int64]:
        return self.number * BLOCK + 1 + np.arange(len(self.account))

    @property
    def account_ids(self) -> NDArray[np.int64]:
        return _FIRST_ACCOUNT + self.number * round(BLOCK * _ACCOUNTS_PER_VIEWER) + self.account


def block(seed: int, number: int, viewers: int, genres: NDArray[np.float64]) -> Block:
    """One block of made viewers; favourites follow the share of viewing that each genre takes."""
    rng = stream(seed, OfWorld.PEOPLE, number)
    people = _households(rng, viewers)
    zones = rng.permutation(spread(list(clock.ZONES.values()), len(people)))
    bell = np.clip(normal(strata(rng, viewers)), -_MOST, _MOST)
    return Block(
        number=number,
        account=np.repeat(np.arange(len(people)), people),
        place=inside(people),
        zone=np.repeat(zones, people),
        plays=_MEDIAN_PLAYS * np.exp(_LOG_SD * bell),
        genre=rng.permutation(spread(genres, viewers)),
        device=rng.permutation(spread(_DEVICE_SHARES, viewers)),
        second_device=rng.permutation(spread(_DEVICE_SHARES, viewers)),
    )


def _households(rng: np.random.Generator, viewers: int) -> NDArray[np.int64]:
    number = max(1, round(viewers * _ACCOUNTS_PER_VIEWER))
    people = spread(_HOUSEHOLDS, number) + 1
    lack = viewers - int(people.sum())
    while lack:
        # Somebody moves in with the smallest households, or out of the largest.
        chosen = np.arange(min(abs(lack), number))
        people[chosen if lack > 0 else number - 1 - chosen] += np.sign(lack)
        lack = viewers - int(people.sum())
    return rng.permutation(people)


def name(seed: int, viewer: NDArray[np.int64]) -> list[str]:
    """The made-up name of each viewer; no two viewers of a world share one."""
    words = (names.GIVEN, names.SURNAME_STARTS, names.SURNAME_ENDS)
    given, first, last = (text.split() for text in words)
    total = len(given) * len(first) * len(last)
    start = int(stream(seed, OfWorld.PEOPLE).integers(total))
    # A multiplier without a common factor with the total visits every name once.
    which = (np.asarray(viewer, np.int64) * 48_271 + start) % total
    which, a = np.divmod(which, len(given))
    b, c = np.divmod(which, len(last))
    return [f"{given[i]} {first[j]}{last[k]}" for i, j, k in zip(a, b, c, strict=True)]


def columns(blocks: list[Block], *names: str) -> list[NDArray[np.int64]]:
    """Some arrays of several blocks, one block after another."""
    return [np.concatenate([getattr(block, name) for block in blocks]) for name in names]


def frames(seed: int, blocks: list[Block]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The viewers and the accounts of a world, a row for each."""
    viewer, account, zone = columns(blocks, "viewer_ids", "account_ids", "zone")
    viewers = pd.DataFrame({"viewer": viewer, "account": account, "name": name(seed, viewer)})
    viewers["zone"] = names.labelled(zone, clock.ZONES)
    accounts = viewers.groupby("account", as_index=False).agg(
        viewers=("viewer", "size"), zone=("zone", "first")
    )
    return viewers, accounts

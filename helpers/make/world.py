"""A made world. It is put together from blocks of a thousand viewers, each with random numbers of
its own, so that a city can be written a block at a time, and begins with the viewers of the
classroom.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from .. import facts
from . import clock, names, people, viewing
from .catalogue import Catalogue, catalogue
from .people import Block
from .planted import Planted, planted, truth
from .viewing import Rows

SIZES = {"tiny": 1_000, "classroom": 20_000}
_PLANTED = SIZES["classroom"] // people.BLOCK  # blocks: the planted live in the first so many


class MakeError(ValueError):
    """A made world was asked for that can't be made; the text says what to give instead."""


@dataclass(frozen=True, repr=False)
class World:
    """A viewing log of made people, and what is true of them."""

    plays: pd.DataFrame  # viewer, account, title, zone, device, started_at (UTC), minutes; in order
    viewers: pd.DataFrame  # viewer, account, name, zone
    accounts: pd.DataFrame  # account, viewers, zone
    titles: pd.DataFrame  # title, kind, genre, released, minutes
    truth: pd.DataFrame  # the 53, near misses: viewer, account, kind, counted, first_day, ... why
    size: str
    seed: int

    def __repr__(self) -> str:
        return (
            f"World {self.size!r}, seed {self.seed}: {len(self.plays):,} plays by "
            f"{len(self.viewers):,} made viewers in {len(self.accounts):,} accounts, "
            f"{len(self.titles):,} titles, 1 July to 31 December 2017"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>"


def world(size: str = "classroom", seed: int = 53, *, cache: bool = True) -> World:
    """A made world with 53 viewers who played the film on each of 18 days.

    "classroom" has 20,000 viewers and about two million plays, which are kept in data/cache unless
    `cache` is False; "tiny" has 1,000 viewers. Any other size raises MakeError. The same seed, 0 or
    more, gives the same world on every system.

    >>> world("tiny")
    World 'tiny', seed 53: ...
    """
    if size not in SIZES:
        raise MakeError(f"size is {size!r}; expected one of {', '.join(map(repr, SIZES))}.")
    plan = plan_of(seed, SIZES[size])
    who = [plan.people(number) for number in range(len(plan.sizes))]
    viewers, accounts = people.frames(seed, who)

    def make() -> pd.DataFrame:
        parts = []
        for block in who:
            plays = plan.rows(block)
            place = block.viewer_ids[0] - 1 + plays.viewer  # among all viewers
            parts.append(plays._replace(viewer=place))
        rows = viewing.join(parts)
        # Each block is in order, and the lower comes first where two plays start together.
        rows = viewing.pick(rows, np.argsort(rows.start, kind="stable"))
        return frame(rows, plan.titles, who)

    plays = _kept(f"{size}-{seed}", make) if cache and size != "tiny" else make()
    titles = plan.titles.frame.copy()
    return World(plays, viewers, accounts, titles, truth(plan.planted), size, seed)


@dataclass(frozen=True)
class Plan:
    """What all blocks of a world share: their sizes, the titles and the planted viewers."""

    seed: int
    sizes: list[int]
    titles: Catalogue
    planted: Planted

    def people(self, number: int) -> Block:
        return people.block(self.seed, number, self.sizes[number], self.titles.genres)

    def rows(self, who: Block) -> Rows:
        """The plays of a block, sorted by start, then viewer."""
        parts = [
            viewing.natural(self.seed, who, self.titles),
            viewing.casual(self.seed, who, self.planted.account),
            self.planted.in_block(who),
        ]
        return viewing.in_order(viewing.join(parts), who)


def plan_of(seed: int, viewers: int) -> Plan:
    """The sizes of the blocks, of which the last may be smaller, and what they share."""
    sizes = [min(people.BLOCK, viewers - first) for first in range(0, viewers, people.BLOCK)]
    titles = catalogue(seed, viewing.cost())
    first = enumerate(sizes[:_PLANTED])
    blocks = [people.block(seed, number, size, titles.genres) for number, size in first]
    return Plan(seed, sizes, titles, planted(seed, blocks))


def frame(
    rows: Rows, titles: Catalogue, who: list[Block], devices: tuple[str, ...] = people.DEVICES
) -> pd.DataFrame:
    """Plays as a frame; the viewer of a row is a place among those of the blocks."""
    viewer, account, zone = people.columns(who, "viewer_ids", "account_ids", "zone")  # (viewers,)
    started = clock.ORIGIN + rows.start.astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "viewer": viewer[rows.viewer],
            "account": account[rows.viewer],
            "title": names.labelled(rows.title, titles.frame["title"]),
            "zone": names.labelled(zone[rows.viewer], clock.ZONES),
            "device": names.labelled(rows.device, devices),
            "started_at": pd.DatetimeIndex(started).tz_localize("UTC"),
            "minutes": rows.seconds / 60,
        }
    )


def _fingerprint() -> str:
    """Twelve letters that change when this package's source, NumPy or pandas does."""
    digest = sha256(f"{np.__version__} {pd.__version__}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        # Line ends differ between systems, the world does not.
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def _kept(world: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The plays of a world from data/cache when a whole file is there, else made and kept."""
    file = facts.data_folder() / "cache" / f"{world}-{_fingerprint()}.parquet"
    with suppress(Exception):  # pyarrow has many errors for a file that is torn
        plays = pd.read_parquet(file, page_checksum_verification=True)
        return plays.assign(started_at=plays["started_at"].dt.as_unit("s"))
    plays = make()
    part = file.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):  # a full or read-only disk: the world is there anyway
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            plays.to_parquet(part, index=False, compression="lz4", write_page_checksum=True)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
        for other in set(file.parent.glob(f"{world}-*.parquet")) - {file}:
            other.unlink()  # the same world, as an older source made it
    return plays

"""A made world: its plays, its people, its titles, and the truth about the film."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from . import blocks, clock, people, truth, words
from . import cache as kept
from .errors import MakeError
from .plays import Rows
from .titles import Catalogue

SIZES = {"tiny": 1_000, "classroom": 20_000}


@dataclass(frozen=True, repr=False)
class World:
    """A viewing log of made people, and what is true of them.

    Attributes
    ----------
    plays : DataFrame
        viewer, account, title, zone, device, started_at (UTC) and minutes, a row a play, in order.
    viewers, accounts, titles : DataFrame
        viewer, account, name, zone; account, viewers, zone; title, kind, genre, released, minutes.
    truth : DataFrame
        viewer, account, kind, counted, first_day, last_day, why: the 53 and the near misses.
    size, seed : str, int
        What the world was made from.
    """

    plays: pd.DataFrame
    viewers: pd.DataFrame
    accounts: pd.DataFrame
    titles: pd.DataFrame
    truth: pd.DataFrame
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

    Parameters
    ----------
    size : str
        "classroom": 20,000 viewers, about two million plays; "tiny": 1,000 viewers.
    seed : int
        0 or more. The same seed gives the same world on every system.
    cache : bool
        Keep the plays of a classroom world in data/cache, and take them from there.

    Raises
    ------
    MakeError
        If the size is none of the two, or the seed no whole number from 0 on.

    Examples
    --------
    >>> world("tiny")
    World 'tiny', seed 53: ...
    """
    check_seed(seed)
    if size not in SIZES:
        raise MakeError(f"size is {size!r}; expected one of {', '.join(map(repr, SIZES))}.")
    plan = blocks.plan(int(seed), SIZES[size])
    who = [plan.people(number) for number in range(len(plan.sizes))]
    viewers, accounts = people.frames(plan.seed, who)
    make = partial(_plays, plan, who, viewers)
    plays = kept.plays(size, plan.seed, make) if cache and size != "tiny" else make()
    titles, facts = plan.catalogue.frame.copy(), truth.table(plan.planted)
    return World(plays, viewers, accounts, titles, facts, size, plan.seed)


def check_seed(seed: object) -> None:
    """Nothing, or the error that says what a seed is."""
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise MakeError(f"seed is {seed!r}; expected a whole number from 0 on, such as 53.")


def _plays(plan: blocks.Plan, who: list[people.Block], viewers: pd.DataFrame) -> pd.DataFrame:
    rows = blocks.merge([(block.first_viewer - 1, plan.rows(block)) for block in who])
    return frame(rows, plan.catalogue, viewers)


def frame(
    rows: Rows, titles: Catalogue, viewers: pd.DataFrame, devices: tuple[str, ...] = people.DEVICES
) -> pd.DataFrame:
    """Plays as a frame; the viewer of a row is a place in `viewers`."""
    zone = viewers["zone"].cat.codes.to_numpy()[rows.viewer]
    started = clock.ORIGIN + rows.start.astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "viewer": viewers["viewer"].to_numpy()[rows.viewer],
            "account": viewers["account"].to_numpy()[rows.viewer],
            "title": words.labelled(rows.title, tuple(titles.frame["title"])),
            "zone": words.labelled(zone, tuple(clock.ZONES)),
            "device": words.labelled(rows.device, devices),
            "started_at": pd.DatetimeIndex(started).tz_localize("UTC"),
            "minutes": rows.seconds / 60,
        }
    )

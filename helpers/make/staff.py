"""The company's made employees, and whom they look up: five of them look at people they know."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import people
from .rng import OfWorld, inside, stream
from .world import World

ROLES = {"support": 16, "analyst": 9, "engineer": 7, "marketing": 5, "editor": 3}
FIRST = 100_001  # no viewer of a world has this name
START, DAYS = np.datetime64("2017-10-02T00:00:00"), 90  # a Monday
CREEPS, TICKETS = 5, 200  # people who creep; tickets of each employee
# Choices of ours for honest work: the mean shares of tickets not written down and of late work
# (each employee has own ones), of tickets that come back, and of households opened as a whole.
UNWRITTEN, LATE, BACK, ALL = 0.02, 0.05, 0.1, 0.2
HARD, HARD_TIMES = 12, 5  # tickets that come back again and again


def employees(seed: int = 53) -> pd.DataFrame:
    """40 made people and their roles: person, role."""
    roles = np.repeat(list(ROLES), list(ROLES.values()))
    return pd.DataFrame({"person": people.name(seed, FIRST + np.arange(len(roles))), "role": roles})


def lookups(world: World, seed: int = 53) -> pd.DataFrame:
    """Whom employees looked up in 90 days: person, viewer, account, at (office time), ticket.

    Honest work is untidy: customers come back, tickets are forgotten (missing), some work late.
    Five people also look at one household that they know: `.attrs["creeping"]` has their names.
    """
    rng, staff = stream(seed, OfWorld.LOOKUPS), employees(seed)["person"].to_numpy()
    creeps, households = rng.permutation(len(staff))[:CREEPS], len(world.accounts)
    parts = [_honest(rng, len(staff), households), _secret(rng, creeps, households)]
    rows = pd.concat(parts, ignore_index=True)
    # Office hours are 8 to 18 from Monday to Friday; late is any time of any day.
    late, day = rows["late"].to_numpy(), rows["day"].to_numpy()
    day = np.where(late, day, day - np.maximum(day % 7 - 4, 0))
    second = np.where(late, 0, 28_800) + rng.random(len(day)) * np.where(late, 86_400, 36_000)
    rows["at"] = START + (day * 86_400 + second.astype(np.int64)).astype("timedelta64[s]")
    rows["person"] = staff[rows["who"]]
    rows["account"] = world.accounts["account"].to_numpy()[rows["household"]]
    rows["ticket"] = rows["ticket"].astype("Int64").where(rows["ticket"] > 0)
    opened = rows.merge(world.viewers[["account", "viewer"]], on="account")
    opened = opened[opened["whole"] | ~opened.duplicated(["person", "account", "at"])]
    opened = opened.sort_values(["at", "viewer"], ignore_index=True)
    opened = opened[["person", "viewer", "account", "at", "ticket"]]
    opened.attrs["creeping"] = sorted(staff[creeps])
    return opened


def _honest(rng: np.random.Generator, staff: int, households: int) -> pd.DataFrame:
    """Lookups as codes: who, household, whether all of it is opened, day, ticket or 0, late."""
    n = staff * TICKETS
    unwritten, odd = 2 * rng.random((2, staff)) * [[UNWRITTEN], [LATE]]  # shares of each employee
    who = np.arange(n) // TICKETS
    rows = pd.DataFrame({"who": who, "household": rng.integers(households, size=n)})
    rows["ticket"] = np.where(rng.random(n) < unwritten[who], 0, 1 + rng.permutation(n))
    rows["late"] = rng.random(n) < odd[who]
    rows["whole"] = rng.random(n) < ALL
    order = rng.permutation(n)
    times = np.ones(n, np.int64)  # how often each ticket's household is looked up
    times[order[: round(n * BACK)]] += 1
    times[order[-HARD:]] += HARD_TIMES
    rows["day"] = rng.integers(DAYS, size=n)
    rows = rows.loc[rows.index.repeat(times)]
    rows["day"] = (rows["day"] + 7 * inside(times)) % DAYS  # a week later each time
    return rows


def _secret(rng: np.random.Generator, creeps: NDArray, households: int) -> pd.DataFrame:
    """One household each, 3 to 15 times, with no ticket or one that was for others."""
    times = rng.integers(3, 16, size=len(creeps))
    household = np.repeat(rng.integers(households, size=len(creeps)), times)
    rows = pd.DataFrame({"who": np.repeat(creeps, times), "household": household})
    n = len(rows)
    rows["ticket"] = np.where(rng.random(n) < 0.6, 0, rng.integers(1, TICKETS, size=n))
    rows["late"], rows["whole"] = rng.random((2, n)) < 0.6
    rows["day"] = rng.integers(DAYS, size=n)
    return rows

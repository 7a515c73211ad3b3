"""The company's made employees, and whom they look up: five of them look at people they know."""

import numpy as np
import pandas as pd

from . import people
from .rng import stream
from .world import World

LOOKUPS = 103  # the stream's use
ROLES = {"support": 16, "analyst": 9, "engineer": 7, "marketing": 5, "editor": 3}
FIRST = 100_001  # no viewer of a world has this name
START, DAYS = np.datetime64("2017-10-02T00:00:00"), 90  # a Monday
KNOWING = 5
_TICKETS = 200  # of an employee
# Choices of ours, as shares of honest lookups; each employee has own ones, from 0 to twice these:
_UNWRITTEN, _ODD, _BACK, _HOUSEHOLD = 0.02, 0.05, 0.1, 0.2


def employees(seed: int = 53) -> pd.DataFrame:
    """40 made people and their roles: person, role."""
    roles = np.repeat(list(ROLES), list(ROLES.values()))
    return pd.DataFrame({"person": people.name(seed, FIRST + np.arange(len(roles))), "role": roles})


def lookups(world: World, seed: int = 53) -> pd.DataFrame:
    """Whom employees looked up in 90 days: person, viewer, account, at (office time), ticket.

    A row a lookup, in order of time; a ticket is missing where none was given. Most are honest, and
    honest work is untidy: customers come back, tickets are forgotten, some work nights. Five people
    also look at one household that they know; `.attrs["creeping"]` holds their names.

    Parameters
    ----------
    world : World
        Whose viewers are looked up.
    seed : int
        Who works here, who creeps, and what they do.
    """
    rng, staff = stream(seed, LOOKUPS), employees(seed)["person"].to_numpy()
    creeps = rng.permutation(len(staff))[:KNOWING]
    unwritten, odd = (2 * share * rng.random(len(staff)) for share in (_UNWRITTEN, _ODD))
    # Honest: a ticket of one household, which may come back within three weeks.
    n = len(staff) * _TICKETS
    who, account = np.arange(n) // _TICKETS, rng.integers(len(world.accounts), size=n)
    whole, day = rng.random(n) < _HOUSEHOLD, rng.integers(DAYS, size=n)
    ticket = np.where(rng.random(n) < unwritten[who], 0, 1 + rng.permutation(n))
    back = np.flatnonzero(rng.random(n) < _BACK)
    rows = [who, account, whole, day, ticket, rng.random(n) < odd[who]]
    again = [column[back] for column in rows]
    again[3] = (again[3] + 1 + rng.integers(21, size=len(back))) % DAYS
    # Creeping: one household, 5 to 19 times, with no ticket or one that was for others.
    times = rng.integers(5, 20, size=KNOWING)
    creep, total = np.repeat(np.arange(KNOWING), times), int(times.sum())
    given = np.where(rng.random(total) < 0.6, 0, 1 + rng.integers(n, size=total))
    known = rng.integers(len(world.accounts), size=KNOWING)[creep]
    late, all_of_them = rng.random(total) < 0.6, rng.random(total) < 0.6
    secret = [creeps[creep], known, all_of_them, rng.integers(DAYS, size=total), given, late]
    columns = zip(rows, again, secret, strict=True)
    who, account, whole, day, ticket, late = (np.concatenate(each) for each in columns)
    # Office hours are 8 to 18 from Monday to Friday; other times are any time of any day.
    day = np.where(late, day, day - np.maximum(day % 7 - 4, 0))
    second = np.where(late, 0, 28_800) + rng.random(len(day)) * np.where(late, 86_400, 36_000)
    visits = pd.DataFrame(
        {"person": staff[who], "account": world.accounts["account"].to_numpy()[account]}
    )
    visits["at"] = START + (day * 86_400 + second.astype(np.int64)).astype("timedelta64[s]")
    visits["ticket"] = pd.Series(ticket, dtype="Int64").where(ticket > 0)
    opened = visits.assign(whole=whole).merge(world.viewers[["account", "viewer"]], on="account")
    first = ~opened.duplicated(["person", "account", "at"])
    opened = opened[first | opened["whole"]].sort_values(["at", "viewer"], ignore_index=True)
    opened = opened[["person", "viewer", "account", "at", "ticket"]]
    opened.attrs["creeping"] = sorted(staff[creeps])
    return opened

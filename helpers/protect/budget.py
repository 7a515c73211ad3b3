"""A budget for questions: what they may cost together, and a ledger that outlives the program.

    answer a question   only if   cost of all before + its own cost <= the total

Costs add up: the epsilons of questions whose noise is drawn apart, or their rhos under zCDP. The
rule also holds when each question and its cost is chosen after seeing the answers before: it is a
*filter* (Rogers, Roth, Ullman and Vadhan 2016 for epsilon; Feldman and Zrnic 2021 for rho). Each
question is written down, and paid, before it is answered. The ledger is an audit: `audit.check`
and a head that is kept elsewhere show what was done to the file.
"""

import json
import math
import sqlite3
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.protect import audit
from helpers.protect.pseudonyms import ProtectError

MEASURES = {"pure": "epsilon", "zCDP": "rho"}
PARTS = 10**9  # costs are whole billionths, rounded up, so that ten times 0.1 is 1


class Spent(ProtectError):  # noqa: N818 - the name that the chapters use
    """A question costs more than is left; it was written down, and not answered."""


class Budget:
    """What all questions to some data may cost together, for ever.

    `epsilon` is the total, or a rho under the measure "zCDP" (zero-concentrated differential
    privacy); `data` is a name of the log, or the log itself, and then no other is paid for. Without
    a `ledger`, a SQLite file for all programs that ask, the budget ends with this object. What is
    given is fixed when a ledger is opened first: later objects go on where it stands. ProtectError:
    the file is damaged, or is a budget of something else.

    >>> purse = Budget(1)
    >>> purse.spend("how many watched it?", epsilon=0.25)
    >>> purse.left
    0.75
    """

    def __init__(
        self,
        epsilon: float,
        ledger: str | Path | None = None,
        *,
        data: Any = "the log",
        unit: str = "viewer",
        measure: str = "pure",
        neighbours: str = "one unit more or less",
    ) -> None:
        if measure not in MEASURES:
            raise ProtectError(f"{measure=}; give one of {tuple(MEASURES)}")
        self.epsilon, self.unit, self.measure = number("epsilon", epsilon), unit, measure
        self._data = _named(data)
        terms = json.dumps([self.epsilon, measure, unit, neighbours, self._data])
        self._total = int(Decimal(repr(self.epsilon)) * PARTS)
        if ledger is not None and Path(ledger).exists() and not Path(ledger).stat().st_size:
            raise ProtectError(f"{ledger} is damaged: it is there, and empty")
        try:
            self.log = audit.Audit(ledger)
            with self.log.turn():
                first = self.log.frame()["sql"].head(1).tolist()
                if not first:
                    self.log.append("budget", "0", terms, "terms")
            problems = pd.DataFrame() if ledger is None else audit.check(ledger)
        except (sqlite3.Error, TypeError) as error:
            raise ProtectError(f"{ledger} is damaged, or no ledger: {error}") from error
        if len(problems):
            raise ProtectError(f"{ledger} is damaged: {problems['problem'].iloc[0]}")
        if first not in ([], [terms]):
            raise ProtectError(f"{ledger} is a budget of something else: {first[0]}, not {terms}")

    def cost(self, *, epsilon: float | None = None, rho: float | None = None) -> float:
        """What a question will cost, in the budget's measure, before it is asked.

        An epsilon costs epsilon^2 / 2 of a rho (Bun and Steinke 2016, proposition 1.4).
        """
        if (epsilon is None) == (rho is None) or (rho is not None and self.measure == "pure"):
            raise ProtectError(f"{epsilon=}, {rho=}; give one of them, and an epsilon if pure")
        if epsilon is None:
            return number("rho", rho)
        own = number("epsilon", epsilon)
        return own if self.measure == "pure" else own**2 / 2

    @property
    def left(self) -> float:
        with self.log.turn():
            return (self._total - self._spent()) / PARTS

    def spend(
        self, question: str, *, unit: str = "viewer", data: Any = None, **price: float | None
    ) -> None:
        """Pay for a question, or raise `Spent`; it is written down, and only then answered."""
        cost = self.cost(**price)
        if unit != self.unit:
            raise ProtectError(f"{unit=}, but this budget is for a {self.unit}")
        if data is not None and self._data.startswith("sha256:") and _named(data) != self._data:
            raise ProtectError("this budget is for other data")
        parts = int((Decimal(repr(cost)) * PARTS).to_integral_value(ROUND_CEILING))
        with self.log.turn():
            left = self._total - self._spent()
            rule = "" if parts <= left else "spent"
            self.log.append("budget", str(parts), question, rule)
        if rule:
            raise Spent(f"it costs {cost:g}, and {left / PARTS:g} is left")

    def _spent(self) -> int:
        rows = self.log.frame()
        return int(rows.loc[rows["rule"] == "", "purpose"].astype("int64").sum())


def number(name: str, value: Any, *, whole: bool = False) -> Any:
    """A finite number above 0, or ProtectError."""
    try:
        if 0 < value < math.inf and not (whole and value % 1):
            return int(value) if whole else float(value)
    except TypeError:
        pass
    raise ProtectError(f"{name}={value!r}; give a {'whole ' * whole}number above 0")


def _named(data: Any) -> str:
    """A name as it is, and of a log the hash of its rows."""
    if not isinstance(data, pd.DataFrame):
        return str(data)
    rows = pd.util.hash_pandas_object(data, index=False).to_numpy()
    return f"sha256:{sha256(rows.tobytes()).hexdigest()}"

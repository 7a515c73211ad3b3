"""A budget for questions: what they may cost together, and a ledger that outlives the program.

    answer a question   only if   cost of all before + its own cost <= the total

Costs add up: the epsilons of questions whose noise is drawn apart, or their rhos under zCDP. The
rule also holds when each question and its cost is chosen after seeing the answers before: it is a
*filter* (Rogers, Roth, Ullman and Vadhan 2016 for epsilon; Feldman and Zrnic 2021 for rho).
"""

import json
import math
import sqlite3
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256
from numbers import Real
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.protect import audit
from helpers.protect.pseudonyms import ProtectError

PARTS = 10**9  # costs are whole billionths, rounded up, so that ten times 0.1 is 1


class Spent(ProtectError):  # noqa: N818 - the name that the chapters use
    """A question costs more than is left; it was written down, and not answered."""


class Budget:
    """What all questions to some data may cost together, for ever.

    `epsilon` is the total, or a rho under the measure "zCDP"; `data` is a name of the log, or the
    log itself, and then no other is paid for. A `ledger` is a SQLite file for all programs that
    ask; what is given is fixed when it is made, and later objects go on where it stands.
    ProtectError: it is damaged, or a budget of something else.

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
    ) -> None:
        total = number("epsilon", epsilon)
        if measure not in ("pure", "zCDP"):
            raise ProtectError(f"{measure=}; give 'pure' or 'zCDP'")
        self.unit, self.measure, self._data = unit, measure, _named(data)
        self._total = int(Decimal(repr(total)) * PARTS)
        terms = json.dumps([total, measure, unit, "one unit more or less", self._data])
        new = ledger is None or not Path(ledger).exists()
        try:
            self.log = audit.Audit(ledger)
            with self.log.turn():
                if new and self.log.frame().empty:
                    self.log.append("budget", "0", terms, "terms")
                first = self.log.frame()["sql"].tolist()[:1]
            problems = [] if ledger is None else audit.check(ledger)["problem"].tolist()
        except (sqlite3.Error, TypeError) as error:
            raise ProtectError(f"{ledger} is damaged, or no ledger: {error}") from error
        if problems or first != [terms]:
            text = f"{ledger} is damaged, or a budget of something else than {terms}"
            raise ProtectError(f"{text}: {(problems or first)[:1]}")

    def cost(self, *, epsilon: float | None = None, rho: float | None = None) -> float:
        """What a question will cost; under zCDP epsilon^2 / 2 (Bun and Steinke 2016, prop. 1.4)."""
        if (epsilon is None) == (rho is None) or (rho is not None and self.measure == "pure"):
            raise ProtectError(f"{epsilon=}, {rho=}; give one of them, and an epsilon if pure")
        if epsilon is None:
            return number("rho", rho)
        own = number("epsilon", epsilon)
        return own if self.measure == "pure" else own**2 / 2

    @property
    def left(self) -> float:
        rows = self.log.frame()
        spent = rows.loc[rows["rule"] == "", "purpose"].astype("int64").sum()
        return float(self._total - spent) / PARTS

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
            left = self.left
            rule = "" if parts <= round(left * PARTS) else "spent"
            self.log.append("budget", str(parts), question, rule)
        if rule:
            raise Spent(f"it costs {cost:g}, and {left:g} is left")


def number(name: str, value: Any) -> float:
    """A finite number above 0, or ProtectError."""
    if isinstance(value, Real) and 0 < float(value) < math.inf:
        return float(value)
    raise ProtectError(f"{name}={value!r}; give a number above 0")


def _named(data: Any) -> str:
    """A name as it is, and of a log the hash of its rows."""
    if not isinstance(data, pd.DataFrame):
        return str(data)
    rows = pd.util.hash_pandas_object(data, index=False).to_numpy()
    return f"sha256:{sha256(rows.tobytes()).hexdigest()}"

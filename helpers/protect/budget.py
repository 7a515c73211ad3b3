"""A budget for questions: what they may cost together, and a ledger that outlives the program.

    answer a question   only if   cost of all before + its own cost <= the total

Costs add up: the epsilons of questions whose noise is drawn apart, or their rhos under zCDP. The
rule also holds when each question and its cost is chosen after seeing the answers before: it is a
*filter* (Rogers, Roth, Ullman and Vadhan 2016 for epsilon; Feldman and Zrnic 2021 for rho).
"""

import json
import math
import os
import tempfile
from contextlib import suppress
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.protect.audit import Audit, AuditError, check
from helpers.protect.pseudonyms import ProtectError

LEDGER: Any = {"table": "ledger", "columns": ("question", "price", "rule")}
# Neither takes the place of a file that is there.
PUT: Any = os.rename if os.name == "nt" else os.link


class Spent(ProtectError):  # noqa: N818 - the name that the chapters use
    """A question costs more than is left; it was written down, and not answered."""


class Budget:
    """What all questions to some data may cost together, for ever.

    `epsilon` is the total, or a rho under the measure "zCDP"; `data` is a name of the log, or the
    log itself, and then no other is paid for. A `ledger` is a SQLite file for all programs that
    ask; what is given is fixed when it is made, and later objects go on where it stands. A copy of
    the file, a deleted one or a cut end refill it, and without a file so does a forked process:
    a `head` that was kept elsewhere (`.log.head`) shows a ledger that does not hold it.
    ProtectError: it is damaged, locked, or a budget of something else.

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
        head: str | None = None,
    ) -> None:
        total = number("epsilon", epsilon)
        if measure not in ("pure", "zCDP"):
            raise ProtectError(f"{measure=}; give 'pure' or 'zCDP'")
        self.unit, self.measure, self._data = unit, measure, _named(data)
        self._total = exactly(total)
        terms = json.dumps([total, measure, unit, "one unit more or less", self._data])
        try:
            if ledger is None:
                self.log = _begun(None, terms)
                return
            if not Path(ledger).exists():
                _put(Path(ledger), terms)
            self.log = Audit(ledger, **LEDGER)
            first = self.log.frame()["question"].tolist()[:1]
            problems = check(ledger, head, table=LEDGER["table"])["problem"].tolist()
        except AuditError as error:
            raise ProtectError(f"no budget: {error}") from error
        if problems or first != [terms]:
            text = f"{ledger} is damaged, or a budget of something else than {terms}"
            raise ProtectError(f"{text}: {(problems or first)[:1]}")

    def cost(self, *, epsilon: float | None = None, rho: float | None = None) -> float:
        """What a question will cost; under zCDP epsilon^2 / 2 (Bun and Steinke 2016, prop. 1.4)."""
        return float(self._price(epsilon, rho))

    def _price(self, epsilon: float | None, rho: float | None) -> Fraction:
        """The cost without rounding, so that ten times 0.1 is 1."""
        if (epsilon is None) == (rho is None) or (rho is not None and self.measure == "pure"):
            raise ProtectError(f"{epsilon=}, {rho=}; give one of them, and an epsilon if pure")
        if epsilon is None:
            return exactly(number("rho", rho))
        own = exactly(number("epsilon", epsilon))
        return own if self.measure == "pure" else own**2 / 2

    @property
    def left(self) -> float:
        return float(self._left())

    def _left(self) -> Fraction:
        rows = self.log.frame()
        return self._total - sum(map(Fraction, rows.loc[rows["rule"] == "", "price"]))

    def spend(
        self,
        question: str,
        *,
        unit: str = "viewer",
        data: Any = None,
        epsilon: float | None = None,
        rho: float | None = None,
    ) -> None:
        """Pay for a question, or raise `Spent`; it is written down, and only then answered."""
        price = self._price(epsilon, rho)
        if unit != self.unit:
            raise ProtectError(f"{unit=}, but this budget is for a {self.unit}")
        if data is not None and self._data.startswith("sha256:") and _named(data) != self._data:
            raise ProtectError("this budget is for other data")
        try:
            with self.log.turn():
                left = self._left()
                self.log.append(question, str(price), "" if price <= left else "spent")
        except AuditError as error:
            raise ProtectError(f"nothing is spent: {error}") from error
        if price > left:
            raise Spent(f"it costs {float(price):g}, and {float(left):g} is left")


def number(name: str, value: Any) -> float:
    """A finite number above 0, or ProtectError."""
    if not 0 < value < math.inf:
        raise ProtectError(f"{name}={value!r}; give a number above 0")
    return float(value)


def exactly(value: float) -> Fraction:
    """The decimal number that a float is written as: a tenth for 0.1."""
    return Fraction(repr(value))


def _begun(path: Path | None, terms: str) -> Audit:
    """A ledger with its terms in it."""
    log = Audit(path, **LEDGER)
    with log.turn():
        log.append(terms, "0", "terms")
    return log


def _put(path: Path, terms: str) -> None:
    """Make a ledger's file, which nobody sees without its terms; of several makers one succeeds."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / "ledger"
            _begun(made, terms).close()
            with suppress(FileExistsError):
                PUT(made, path)
    except OSError as error:
        raise ProtectError(f"{path} can't be made: {error.strerror}") from error


def _named(data: Any) -> str:
    """A name as it is, of a log the hash."""
    if isinstance(data, pd.DataFrame):
        rows = pd.util.hash_pandas_object(data, index=False).to_numpy()
        return f"sha256:{sha256(rows.tobytes()).hexdigest()}"
    return str(data)

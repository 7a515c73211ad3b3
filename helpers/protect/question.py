"""What may be asked of the gateway, as a few plain values, and which two questions are too near.

A question is one aggregate, conditions joined by AND, and groups. Two questions overlap when one
lies inside the other, since their difference may be one person. Only the questions are compared,
never the answers, so a refusal tells nothing (Kenthapadi, Mishra, Nissim 2005).
"""

import datetime
import operator
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

RULES = {
    "person": "the person is not on the list",
    "purpose": "the role may not ask for this purpose",
    "grammar": "one aggregate, simple conditions joined by AND and groups are read, nothing else",
    "column": "the purpose does not need this column",
    "identifier": "the column stands for a person",
    "fine": "the conditions or groups are so fine that they may stand for one person",
    "overlap": "the question lies inside or around one that was answered; they differ by few",
    "engine": "the question took too long, or the log could not be asked",
    "audit": "the question could not be written down, so it is not answered",
}
KINDS: dict[str, type] = {
    **dict.fromkeys(("title", "device", "zone"), str),
    **dict.fromkeys(("hour", "days_in_a_row", "minutes"), int),
    "local_day": datetime.date,
}
IDENTIFIERS = ("viewer", "account", "name", "started_at")
AGGREGATES = {  # with the name of the answer's column
    "count(*)": "plays",
    "count(DISTINCT viewer)": "viewers",
    "sum(minutes)": "minutes",
    "avg(minutes)": "mean_minutes",
}
LONGEST = 2_000  # characters
CONDITIONS, GROUPS, VALUES, STEP = 5, 2, 20, 5  # the most in a question; minutes by fives
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    **{"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le},
    **{">": operator.gt, ">=": operator.ge},
}

Sets = dict[str, list[frozenset[Any]]]


class Refused(ValueError):
    """A question that is not answered; `rule` is a key of RULES."""

    def __init__(self, rule: str, what: str = "") -> None:
        super().__init__(f"{rule}: {RULES[rule]}" + f" ({what})" * bool(what))
        self.rule = rule


@dataclass(frozen=True)
class Condition:
    """A column, what it is compared by, and the literals: one, or for IN some."""

    column: str
    compared: str
    values: tuple[Any, ...]

    def holds(self, x: Any) -> bool:
        """Whether a play with this value is counted."""
        if self.compared == "IN":
            return x in self.values
        return bool(COMPARED[self.compared](x, self.values[0]))


@dataclass(frozen=True)
class Question:
    """One aggregate of the plays that meet every condition, in each group."""

    aggregate: str
    where: tuple[Condition, ...] = ()
    groups: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse an identifier, and what is so fine that it may stand for one person."""
        for name in self.columns:
            if name in IDENTIFIERS:
                raise Refused("identifier", name)
        # Minutes are cut by fives and from one side each, so no range is shorter than five.
        for each in self.where:
            if each.column == "minutes" and (
                each.compared not in ("<", ">=") or each.values[0] % STEP
            ):
                raise Refused("fine", "minutes take < and >= with multiples of 5")
        if "minutes" in self.groups or len(self.where) > CONDITIONS or len(self.groups) > GROUPS:
            raise Refused("fine", f"{CONDITIONS} conditions and {GROUPS} groups at most")

    @property
    def columns(self) -> list[str]:
        """The columns of its conditions, its groups and its aggregate."""
        of_minutes = ["minutes"] * ("minutes" in self.aggregate)
        return list(dict.fromkeys([*(c.column for c in self.where), *self.groups, *of_minutes]))

    def sql(self, minimum: int) -> tuple[str, list[Any]]:
        """The text that DuckDB runs, made of constants of this module, and the values for it."""
        conditions, values = ["true"], []
        for each in self.where:
            marks = ", ".join("?" * len(each.values))
            conditions.append(f"{each.column} {each.compared} ({marks})")
            values += each.values
        if "minutes" in self.aggregate:  # the people of a cell are those who are in its sum
            conditions.append("minutes IS NOT NULL")
        groups = ", ".join(self.groups)
        by = f" GROUP BY {groups}" * bool(groups)
        answer = f"{self.aggregate} AS {AGGREGATES[self.aggregate]}"
        text = f"SELECT {', '.join([*self.groups, answer])} FROM plays"
        text += f" WHERE {' AND '.join(conditions)}{by}"
        text += f" HAVING count(DISTINCT viewer) >= {minimum:d}"
        return text + f" ORDER BY {groups}" * bool(groups), values


def overlap(a: Question, b: Question) -> bool:
    """Whether a cell or the total of one lies inside one of the other, and is not the same."""
    of_a, of_b = _sets(a, b), _sets(b, a)
    if _same_cells(a, b, of_a, of_b) or _same_cells(b, a, of_b, of_a):
        return False
    return _inside(of_a, of_b) or _inside(of_b, of_a)


def _sets(one: Question, other: Question) -> Sets:
    """For each column of the two, the values that `one` counts, then those of each of its cells.

    Values that neither mentions and that lie side by side are alike: a few stand for all.
    """
    options = {}
    for column in dict.fromkeys(one.columns + other.columns):
        both = [c for c in one.where + other.where if c.column == column]
        points: set[Any] = {v for c in both for v in c.values}
        if points and KINDS[column] is not str:
            step = datetime.timedelta(1) if KINDS[column] is datetime.date else 1
            points |= {v - step for v in points} | {v + step for v in points}
        else:
            points |= {0, 1}  # two that nobody mentions, and no text equals
        own = [c for c in one.where if c.column == column]
        total = frozenset(x for x in points if all(c.holds(x) for c in own))
        cells = [frozenset([x]) for x in total] if column in one.groups else []
        options[column] = [total, *cells]
    return options


def _same_cells(a: Question, b: Question, of_a: Sets, of_b: Sets) -> bool:
    """Whether each cell of b is one of a's or lies apart from all of them."""
    for column in of_a:
        if column in a.groups:
            if column not in b.groups and len(of_b[column][0]) > 1:
                return False
        elif column in b.groups or of_a[column][0] != of_b[column][0]:
            return False
    return True


def _inside(a: Sets, b: Sets) -> bool:
    """Whether a total or a cell of a lies inside one of b, and is smaller."""
    smaller = False
    for column in a:
        pairs = [(x, y) for x, y in product(a[column], b[column]) if x and x <= y]
        if not pairs:
            return False
        smaller |= any(x < y for x, y in pairs)
    return smaller

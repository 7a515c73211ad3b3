"""What may be asked of the gateway: SQL read into plain values, and which two questions overlap.

    SELECT title, count(DISTINCT viewer) FROM plays WHERE device = 'tv' GROUP BY title

One aggregate, conditions joined by AND, groups. The text is parsed and never run. Each node of its
tree must be of a kind named here, with no part that is not: what nobody thought of is refused.
"""

import operator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

RULES = {
    "person": "this person is not on the list",
    "purpose": "this role may not ask for this purpose",
    "grammar": "only one aggregate, conditions joined by AND, and groups are read",
    "column": "this purpose does not need the column",
    "identifier": "the column stands for a person",
    "fine": "conditions or groups so fine may stand for one person",
    "overlap": "it shares plays with an answered question: they may differ by one person",
    "engine": "it took too long, or the log could not be asked",
    "audit": "it could not be written down, so it is not answered",
}
TEXTS, DAYS = ("title", "device", "zone"), "local_day"
NUMBERS = ("hour", "days_in_a_row", "minutes")
IDENTIFIERS = ("viewer", "account", "name", "started_at")
AGGREGATES = {"COUNT(*)": "plays", "COUNT(DISTINCT viewer)": "viewers"}  # the answer's column
AGGREGATES |= {"SUM(minutes)": "minutes", "AVG(minutes)": "mean_minutes"}
SIGNS = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "In": "IN"}
HOLDS = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le}
HOLDS |= {">": operator.gt, ">=": operator.ge, "IN": operator.eq}
LONGEST, CONDITIONS, GROUPS, VALUES, STEP = 2_000, 5, 2, 20, 5  # characters, ..., minutes


class Refused(ValueError):
    """A question that is not answered; `rule` is a key of RULES."""

    def __init__(self, rule: str, what: str = "") -> None:
        super().__init__(f"{rule}: {RULES[rule]}" + f" ({what})" * bool(what))
        self.rule = rule


class Condition(NamedTuple):
    """A column, what it is compared by, and the literals: one, or for IN some."""

    column: str
    compared: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether a play with this value is counted."""
        return any(HOLDS[self.compared](value, each) for each in self.values)


@dataclass(frozen=True)
class Question:
    """One aggregate of the plays that meet every condition, in each group."""

    aggregate: str
    where: tuple[Condition, ...]
    groups: tuple[str, ...]

    @property
    def columns(self) -> set[str]:
        """The columns that it needs."""
        needed = {each.column for each in self.where} | {*self.groups}
        return needed | {"minutes"} if "minutes" in self.aggregate else needed

    def sql(self, minimum: int) -> tuple[str, list[Any]]:
        """The text that DuckDB runs, made of words of this module only, and the values for it."""
        tests = [f"{c} {by} ({', '.join('?' * len(v))})" for c, by, v in self.where]
        # The people of a cell are those who are in its sum.
        tests += ["minutes IS NOT NULL"] * ("minutes" in self.aggregate)
        answer = ", ".join([*self.groups, f"{self.aggregate} AS {AGGREGATES[self.aggregate]}"])
        text = (
            f"SELECT {answer} FROM plays WHERE {' AND '.join(['true', *tests])} GROUP BY ALL "
            f"HAVING count(DISTINCT viewer) >= {minimum:d} ORDER BY ALL"
        )
        return text, [value for each in self.where for value in each.values]


def overlap(a: Question, b: Question) -> bool:
    """Whether two questions count some play in common, unless they count the same cells.

    To refuse only questions inside one another would not do: `hour < 24` hides that they are.
    """
    both = a.where + b.where
    same = (a.where, a.groups) == (b.where, b.groups)
    return not same and all(
        _possible([each for each in both if each.column == column])
        for column in {each.column for each in both}
    )


def _possible(conditions: list[Condition]) -> bool:
    """Whether some value of a column meets them all: one that they name, or one next to it."""
    column, points = conditions[0].column, {v for each in conditions for v in each.values}
    if column in TEXTS:
        points.add(None)  # for any text that they do not name
    else:
        step: Any = timedelta(days=1) if column == DAYS else 1
        points = {v + n * step for v in points for n in (-1, 0, 1)}
    return any(all(each.holds(point) for each in conditions) for point in points)


@lru_cache(10_000)  # the questions of the audit are read again and again
def read(text: str) -> Question:
    """The question that a text asks; Refused whatever else it holds."""
    try:
        _must(len(text) <= LONGEST, f"more than {LONGEST:,} characters")
        from sqlglot.dialects.dialect import Dialect

        dialect = Dialect.get_or_raise("duckdb")
        tokens = dialect.tokenize(text)
        # The parser warns of statements that it does not know: they do not reach it.
        _must(tokens[0].token_type.name == "SELECT", "one SELECT")
        _must(";" not in [each.text for each in tokens], "no semicolon")
        (tree,) = dialect.parser().parse(tokens, text)
        return _question(tree)
    except Refused:
        raise
    except Exception as error:  # whatever a parser can stumble over, its own depth included
        raise Refused("grammar", type(error).__name__) from None


def _must(so: bool, what: str, rule: str = "grammar") -> None:
    if not so:
        raise Refused(rule, what)


def _only(node: Any, kind: str, *names: str) -> list[Any]:
    """These parts of a node, which must be of this very kind and have no others."""
    own = type(node).__name__
    _must(own == kind and {name for name, part in node.args.items() if part} <= {*names}, own)
    return [node.args.get(name) for name in names]


def _written(node: Any) -> str:
    """The one way in which sqlglot writes a node: what reads like `title` is the column title."""
    return str(node.sql("duckdb", normalize=True, comments=False))


def _question(tree: Any) -> Question:
    listed, of, where, group = _only(tree, "Select", "expressions", "from_", "where", "group")
    _must(_written(of) == "FROM plays", "one table, plays")
    tests = _only(where, "Where", "this") if where else []
    if tests and type(tests[0]).__name__ == "And":
        tests = tests[0].flatten()
    (grouped,) = _only(group, "Group", "expressions") if group else [[]]
    groups = tuple(sorted(map(_column, grouped)))
    names = [_written(each.unalias()) for each in listed]  # names for them are read over
    (aggregate,) = {*names} - {*groups}
    _must(aggregate in AGGREGATES, aggregate)
    _must(len(names) == len({*names}) == len(groups) + 1, "list each column of GROUP BY, once")
    where = tuple(dict.fromkeys(condition for each in tests for condition in _conditions(each)))
    few = len(where) <= CONDITIONS and len(groups) <= GROUPS
    _must(few, f"{CONDITIONS} conditions and {GROUPS} groups at most", "fine")
    _must("minutes" not in groups, "no groups by minutes", "fine")
    return Question(aggregate, where, groups)


def _column(node: Any) -> str:
    """A column that can be in a condition or a group."""
    name = _written(node)
    _must(name not in IDENTIFIERS, name, "identifier")
    _must(name in (*TEXTS, *NUMBERS, DAYS), name, "column")
    return name


def _conditions(node: Any) -> list[Condition]:
    kind = type(node).__name__
    parts = {"Between": ("low", "high"), "In": ("expressions",)}.get(kind, ("expression",))
    this, *found = _only(node, kind, "this", *parts)
    column, conditions = _column(this), []
    for side, literals in zip(("GTE", "LTE") if kind == "Between" else (kind,), found, strict=True):
        each = literals if kind == "In" else [literals]
        values = tuple(sorted({_value(column, literal) for literal in each}))
        _must(column not in TEXTS or side in ("EQ", "NEQ", "In"), f"{column} takes =, <> and IN")
        _must(0 < len(values) <= VALUES, f"{VALUES} values at most")
        fives = column != "minutes" or (side in ("LT", "GTE") and values[0] % STEP == 0)
        _must(fives, "minutes take < and >= with multiples of 5", "fine")
        conditions.append(Condition(column, SIGNS[side], values))
    return conditions


def _value(column: str, node: Any) -> Any:
    """A literal of the column's kind: text, a day such as '2017-12-10', or a whole number."""
    if type(node).__name__ == "Cast":
        node, to = _only(node, "Cast", "this", "to")
        _must(column == DAYS and to.sql() == "DATE", "only days may be cast")
    text, is_text = _only(node, "Literal", "this", "is_string")
    _must(bool(is_text) is (column not in NUMBERS), f"a literal of {column}")
    kind: Any = str if column in TEXTS else int if column in NUMBERS else date.fromisoformat
    value = kind(text)
    _must(column not in NUMBERS or value < 10**6, f"a value of {column}")
    _must(column != DAYS or 1970 <= value.year <= 2100, f"a value of {column}")
    return value

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
    "overlap": "it lies inside or around an answered question: they may differ by one person",
    "engine": "it took too long, or the log could not be asked",
    "audit": "it could not be written down, so it is not answered",
}
TEXTS, NUMBERS, DAYS = (
    ("title", "device", "zone"),
    ("hour", "days_in_a_row", "minutes"),
    "local_day",
)
IDENTIFIERS = ("viewer", "account", "name", "started_at")
AGGREGATES = {"count(*)": "plays", "count(DISTINCT viewer)": "viewers"}  # the answer's column
AGGREGATES |= {"sum(minutes)": "minutes", "avg(minutes)": "mean_minutes"}
COMPARED = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "In": "IN"}
HOLDS = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le}
HOLDS |= {">": operator.gt, ">=": operator.ge, "IN": operator.eq}
LONGEST, CONDITIONS, GROUPS, VALUES, STEP = 2_000, 5, 2, 20, 5  # characters; ...; minutes


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
        if "minutes" in self.aggregate:  # the people of a cell are those who are in its sum
            tests.append("minutes IS NOT NULL")
        answer, groups = f"{self.aggregate} AS {AGGREGATES[self.aggregate]}", ", ".join(self.groups)
        text = f"SELECT {', '.join([*self.groups, answer])} FROM plays"
        text += f" WHERE {' AND '.join(tests)}" * bool(tests) + f" GROUP BY {groups}" * bool(groups)
        text += f" HAVING count(DISTINCT viewer) >= {minimum:d}"
        text += f" ORDER BY {groups}" * bool(groups)
        return text, [value for each in self.where for value in each.values]

    def values(self, column: str, other: "Question") -> frozenset[Any]:
        """The values of a column that it counts, of those that tell it and the other apart.

        Values that neither mentions and that lie side by side are alike: a few stand for all.
        """
        points = {v for c in self.where + other.where if c.column == column for v in c.values}
        if points and column not in TEXTS:
            step: Any = timedelta(days=1) if column == DAYS else 1
            points = {v + n * step for v in points for n in (-2, -1, 0, 1, 2)}
        else:
            points |= {0, 1}  # two that nobody mentions, and no text equals
        own = [c for c in self.where if c.column == column]
        return frozenset(p for p in points if all(holds(c, p) for c in own))


def holds(condition: Condition, value: Any) -> bool:
    """Whether a play with this value is counted."""
    return any(HOLDS[condition.compared](value, each) for each in condition.values)


def overlap(a: Question, b: Question) -> bool:
    """Whether a cell, or the whole, of one lies inside one of the other and is not the same."""
    columns = sorted(a.columns | b.columns)
    sets = {c: (a.values(c, b), b.values(c, a)) for c in columns}
    turned = {c: pair[::-1] for c, pair in sets.items()}
    if _same_cells(a, b, sets) or _same_cells(b, a, turned):
        return False
    return _inside(a, sets) or _inside(b, turned)


Sets = dict[str, tuple[frozenset[Any], frozenset[Any]]]


def _same_cells(a: Question, b: Question, sets: Sets) -> bool:
    """Whether each cell of b is a cell of a or apart from all of them."""
    return all(
        c in b.groups or len(of_b) == 1 if c in a.groups else c not in b.groups and of_a == of_b
        for c, (of_a, of_b) in sets.items()
    )


def _inside(a: Question, sets: Sets) -> bool:
    """Whether a, or a cell of it, lies inside the other question."""
    pairs = [(x & y if c in a.groups else x, y, c in a.groups) for c, (x, y) in sets.items()]
    if not all(x and x <= y for x, y, _ in pairs):
        return False
    return any(len(y) > 1 if cells else x < y for x, y, cells in pairs)


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
        question = _question(tree)
    except Refused:
        raise
    except Exception as error:  # whatever a parser can stumble over, its own depth included
        raise Refused("grammar", type(error).__name__) from None
    # Minutes are cut by fives, and so that no range is shorter; a second is not offered at all.
    for column, compared, values in question.where:
        fine = column == "minutes" and (compared not in ("<", ">=") or values[0] % STEP)
        _must(not fine, "minutes take < and >= with multiples of 5", "fine")
    _must("minutes" not in question.groups, "no groups by minutes", "fine")
    _must(len(question.where) <= CONDITIONS, f"more than {CONDITIONS} conditions", "fine")
    _must(len(question.groups) <= GROUPS, f"more than {GROUPS} groups", "fine")
    return question


def _must(so: bool, what: str, rule: str = "grammar") -> None:
    if not so:
        raise Refused(rule, what)


def _only(node: Any, kind: str, *names: str) -> list[Any]:
    """These parts of a node, which must be of this very kind and have no others."""
    own = type(node).__name__
    _must(own == kind and {name for name, part in node.args.items() if part} <= {*names}, own)
    return [node.args.get(name) for name in names]


def _question(tree: Any) -> Question:
    names = ("expressions", "from_", "where", "group")
    listed, source, where, group = _only(tree, "Select", *names)
    table = _only(_only(source, "From", "this")[0], "Table", "this")[0]
    _must(_only(table, "Identifier", "this", "quoted")[0].lower() == "plays", "one table, plays")
    tests = [] if where is None else _only(where, "Where", "this")
    tests = list(tests[0].flatten()) if tests and type(tests[0]).__name__ == "And" else tests
    groups = [
        _column(x) for x in ([] if group is None else _only(group, "Group", "expressions")[0])
    ]
    named = [_column(each) for each in listed if type(each).__name__ == "Column"]
    aggregates = [each for each in listed if type(each).__name__ != "Column"]
    _must(sorted(named) == sorted({*groups}), "list each column of GROUP BY, once")
    _must(len(aggregates) == 1 and len(named) == len(groups), "one aggregate")
    conditions = [condition for each in tests for condition in _conditions(each)]
    where = tuple(dict.fromkeys(conditions))
    return Question(_aggregate(aggregates[0]), where, tuple(sorted(groups)))


def _aggregate(node: Any) -> str:
    """An aggregate as the gateway writes it; a name for it is read over."""
    if type(node).__name__ == "Alias":
        node = _only(node, "Alias", "this", "alias")[0]
    kind = type(node).__name__
    inner = _only(node, kind, "this", "big_int")[0]
    if type(inner).__name__ == "Star":
        counted = "*" if not any(inner.args.values()) else "* EXCEPT"
    elif type(inner).__name__ == "Distinct":
        (column,) = _only(inner, "Distinct", "expressions")[0]
        counted = f"DISTINCT {_name(column)}"
    else:
        counted = _name(inner)
    name = f"{kind.lower()}({counted})"
    _must(name in AGGREGATES, name)
    return name


def _name(node: Any) -> str:
    identifier = _only(node, "Column", "this")[0]
    return str(_only(identifier, "Identifier", "this", "quoted")[0].lower())


def _column(node: Any) -> str:
    """A column that can be in a condition or a group."""
    name = _name(node)
    _must(name not in IDENTIFIERS, name, "identifier")
    _must(name in (*TEXTS, *NUMBERS, DAYS), repr(name), "column")
    return name


def _conditions(node: Any) -> list[Condition]:
    kind = type(node).__name__
    if kind == "Between":
        this, low, high = _only(node, "Between", "this", "low", "high")
        sides: list[tuple[str, list[Any]]] = [("GTE", [low]), ("LTE", [high])]
    else:
        literals = "expressions" if kind == "In" else "expression"
        this, found = _only(node, kind, "this", literals)
        sides = [(kind, found if kind == "In" else [found])]
    column, conditions = _column(this), []
    for side, literals in sides:
        _must(column not in TEXTS or side in ("EQ", "NEQ", "In"), f"{column} takes =, <> and IN")
        values = tuple(sorted({_value(column, each) for each in literals}))
        _must(0 < len(values) <= VALUES, f"{VALUES} values at most")
        conditions.append(Condition(column, COMPARED[side], values))
    return conditions


def _value(column: str, node: Any) -> Any:
    """A literal of the column's kind: text, a day such as '2017-12-10', or a whole number."""
    if type(node).__name__ == "Cast":
        node, to = _only(node, "Cast", "this", "to")
        _must(column == DAYS and to.sql() == "DATE", "only days may be cast")
    text, is_text = _only(node, "Literal", "this", "is_string")
    _must(bool(is_text) is (column not in NUMBERS), f"a literal of {column}")
    if column in TEXTS:
        return text
    value = int(text) if column in NUMBERS else date.fromisoformat(text)
    sane = 0 <= value < 10**6 if column in NUMBERS else 1970 <= value.year <= 2100
    _must(sane, f"a value of {column}")
    return value

"""What may be asked of the gateway: SQL read into plain values, and which two questions overlap.

    SELECT title, count(DISTINCT viewer) FROM plays WHERE device = 'tv' GROUP BY title

One aggregate, conditions joined by AND, groups. The text is parsed and never run. Each node of its
tree must be of a kind named here, with no part that is not: what nobody thought of is refused.
"""

import math
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
    "overlap": "it asks for plays or streaks once more, and may differ by one person",
    "engine": "it took too long, or the log could not be asked",
    "audit": "it could not be written down, so it is not answered",
}
TEXTS, DAY, STREAK = ("title", "device", "zone"), "local_day", "days_in_a_row"
NUMBERS = ("hour", STREAK, "minutes")
IDENTIFIERS = ("viewer", "account", "name", "started_at")
AGGREGATES = {"COUNT(*)": "plays", "COUNT(DISTINCT viewer)": "viewers"}  # the answer's column
AGGREGATES |= {"SUM(minutes)": "minutes", "AVG(minutes)": "mean_minutes"}
SIGNS = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "In": "IN"}
HOLDS = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">=": operator.ge}
HOLDS |= {"IN": operator.eq}
LONGEST, CONDITIONS, GROUPS, VALUES, STEP = 2_000, 5, 2, 20, 5  # characters, ..., minutes
# The kinds of token that the grammar has. Others can keep the parser busy for hours.
TOKENS = {"SELECT", "FROM", "WHERE", "AND", "GROUP_BY", "DISTINCT", "ALIAS", "BETWEEN", "IN"}
TOKENS |= {"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "L_PAREN", "R_PAREN", "COMMA", "STAR"}
TOKENS |= {"VAR", "IDENTIFIER", "STRING", "NUMBER", "DATE"}


class Refused(ValueError):
    """A question that is not answered; `rule` is a key of RULES."""

    def __init__(self, rule: str, what: str = "") -> None:
        super().__init__(f"{rule}: {RULES[rule]}" + (f" ({what})" if what else ""))
        self.rule = rule


class Comparison(NamedTuple):
    """A column, the sign (a key of HOLDS), and the literals in order: one, or for IN some."""

    column: str
    sign: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        return any(HOLDS[self.sign](value, literal) for literal in self.values)


@dataclass(frozen=True)
class Select:
    """One aggregate of the plays that meet every comparison, in each group; both are in order."""

    aggregate: str
    where: tuple[Comparison, ...]
    groups: tuple[str, ...]

    @property
    def columns(self) -> set[str]:
        needed = {comparison.column for comparison in self.where} | {*self.groups}
        return needed | {"minutes"} if "minutes" in self.aggregate else needed

    def sql(self, minimum: int) -> tuple[str, list[Any]]:
        """The text that DuckDB runs, made of words of this module only, and the values for it."""
        tests = [f"{c} {sign} ({', '.join('?' * len(v))})" for c, sign, v in self.where]
        if "minutes" in self.aggregate:  # the people of a cell are those who are in its sum
            tests.append("minutes IS NOT NULL")
        answer = ", ".join([*self.groups, f"{self.aggregate} AS {AGGREGATES[self.aggregate]}"])
        text = (
            f"SELECT {answer} FROM plays WHERE {' AND '.join(['true', *tests])} GROUP BY ALL "
            f"HAVING count(DISTINCT viewer) >= {minimum:d} ORDER BY ALL"
        )
        return text, [value for comparison in self.where for value in comparison.values]


def overlap(a: Select, b: Select) -> bool:
    """Whether two questions share plays or streaks, unless they count the same cells."""
    return shares_plays(a, b) or shares_streaks(a, b)


def shares_plays(a: Select, b: Select) -> bool:
    """Whether some play can be in both, unless they count the same cells."""
    # To refuse only questions inside one another would not do: `hour < 24` hides that they are.
    columns = (*TEXTS, *NUMBERS, DAY)
    return not _same(a, b) and all(_possible(a.where + b.where, column) for column in columns)


def shares_streaks(a: Select, b: Select) -> bool:
    """Whether some streak can be in both, by its title and first day, if one asks for streaks."""
    # 18 days in a row until 10 December and 17 until the 9th are other plays of the same streak.
    if STREAK not in a.columns | b.columns or _same(a, b):
        return False
    (first_a, last_a), (first_b, last_b) = _begun(a), _begun(b)
    same_title = _possible(a.where + b.where, "title")
    return same_title and first_a <= last_b and first_b <= last_a


def _same(a: Select, b: Select) -> bool:
    """Whether they count the same cells of the same plays: all, or only those with a length."""
    lengths = "minutes" in a.columns, "minutes" in b.columns
    return (a.where, a.groups, lengths[0]) == (b.where, b.groups, lengths[1])


def _possible(comparisons: tuple[Comparison, ...], column: str) -> bool:
    """Whether some value of a column meets them all: one that they name, or one next to it."""
    tests = [test for test in comparisons if test.column == column]
    named = {value for test in tests for value in test.values}
    if not named:
        return True
    if column in TEXTS:
        points = named | {None}  # for any text that they do not name
    else:
        points = {value + n * _step(column) for value in named for n in (-1, 0, 1)}
    return any(all(test.holds(point) for test in tests) for point in points)


def _begun(question: Select) -> tuple[float, float]:
    """Between which days, as ordinals, the streaks begin that a question counts."""
    first, last = _ends(question, DAY)
    fewest, most = _ends(question, STREAK)
    return first - most + 1, last - max(fewest, 1) + 1


def _ends(question: Select, column: str) -> tuple[float, float]:
    """The least and the largest number that a column may have, days as ordinals."""
    low, high = -math.inf, math.inf
    for _, sign, values in [test for test in question.where if test.column == column]:
        numbers = [value.toordinal() if column == DAY else value for value in values]
        if sign in ("=", "IN", ">="):
            low = max(low, numbers[0])
        if sign in ("=", "IN"):
            high = min(high, numbers[-1])
        if sign == "<":
            high = min(high, numbers[0] - 1)
    return low, high


def _step(column: str) -> Any:
    return timedelta(days=1) if column == DAY else 1


@lru_cache(10_000)  # the questions of the audit are read again and again
def read(text: str) -> Select:
    """The question that a text asks; Refused whatever else it holds."""
    _must(len(text) <= LONGEST, f"more than {LONGEST:,} characters")
    try:
        text.encode()  # a half of a pair is no text, and the audit could not hold it
        from sqlglot.dialects.dialect import Dialect

        dialect = Dialect.get_or_raise("duckdb")
        tokens = dialect.tokenize(text)
        kinds = [token.token_type.name for token in tokens]
        _must(kinds[:1] == ["SELECT"] and {*kinds} <= TOKENS, "one SELECT, of few words")
        trees = dialect.parser().parse(tokens, text)
        _must(len(trees) == 1, "one text")
        return _select(trees[0])
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


def _select(tree: Any) -> Select:
    listed, table, where, group = _only(tree, "Select", "expressions", "from_", "where", "group")
    _must(_written(table) == "FROM plays", "one table, plays")
    tests = _only(where, "Where", "this") if where else []
    if tests and type(tests[0]).__name__ == "And":
        tests = list(tests[0].flatten())
    comparisons = {comparison for test in tests for comparison in _comparisons(test)}
    grouped = _only(group, "Group", "expressions")[0] if group else []
    groups = {_column(node) for node in grouped}
    names = [_written(node.unalias()) for node in listed]  # names for them are read over
    aggregates = [name for name in names if name not in groups]
    _must(len(aggregates) == 1 and aggregates[0] in AGGREGATES, "one aggregate")
    _must(sorted(names) == sorted({*groups, *aggregates}), "list each column of GROUP BY, once")
    few = len(comparisons) <= CONDITIONS and len(groups) <= GROUPS
    _must(few, f"{CONDITIONS} conditions and {GROUPS} groups at most", "fine")
    _must("minutes" not in groups, "no groups by minutes", "fine")
    question = Select(aggregates[0], tuple(sorted(comparisons)), tuple(sorted(groups)))
    # One streak is in the groups of all of its days, and these may differ by one person.
    one_day = any((test.column, test.sign) == (DAY, "=") for test in comparisons)
    apart = STREAK not in question.columns or not groups & {DAY, STREAK} or one_day
    _must(apart, f"groups by {DAY} or {STREAK} of one {DAY} only", "fine")
    return question


def _column(node: Any) -> str:
    """A column that can be in a condition or a group."""
    name = _written(node)
    _must(name not in IDENTIFIERS, name, "identifier")
    _must(name in (*TEXTS, *NUMBERS, DAY), name, "column")
    return name


def _comparisons(node: Any) -> list[Comparison]:
    """What a condition says; BETWEEN says two things."""
    kind = type(node).__name__
    if kind == "Between":
        this, low, high = _only(node, kind, "this", "low", "high")
        return [_comparison(this, ">=", [low]), _comparison(this, "<=", [high])]
    _must(kind in SIGNS, kind)
    this, literals = _only(node, kind, "this", "expressions" if kind == "In" else "expression")
    return [_comparison(this, SIGNS[kind], literals if kind == "In" else [literals])]


def _comparison(this: Any, sign: str, literals: list[Any]) -> Comparison:
    """A comparison in the one form that stands for it: `hour IN (3)` as = 3, `hour > 3` as >= 4."""
    column = _column(this)
    values = sorted({_value(column, literal) for literal in literals})
    _must(column not in TEXTS or sign in ("=", "<>", "IN"), f"{column} takes =, <> and IN")
    _must(0 < len(values) <= VALUES, f"{VALUES} values at most")
    fives = column != "minutes" or (sign in ("<", ">=") and values[0] % STEP == 0)
    _must(fives, "minutes take < and >= with multiples of 5", "fine")
    if sign == "IN" and len(values) == 1:
        sign = "="
    if sign in (">", "<="):
        sign, values = {">": ">=", "<=": "<"}[sign], [values[0] + _step(column)]
    return Comparison(column, sign, tuple(values))


def _value(column: str, node: Any) -> Any:
    """A literal of the column's kind: text, a day such as '2017-12-10', or a whole number."""
    if type(node).__name__ == "Cast":
        node, to = _only(node, "Cast", "this", "to")
        _must(column == DAY and to.sql() == "DATE", "only days may be cast")
    text, is_text = _only(node, "Literal", "this", "is_string")
    _must(bool(is_text) is (column not in NUMBERS), f"a literal of {column}")
    if column in TEXTS:
        return text
    if column in NUMBERS:
        _must(int(text) < 10**6, f"a value of {column}")
        return int(text)
    day = date.fromisoformat(text)
    # Python reads 20171210, too, and weeks, which DuckDB does not.
    _must(day.isoformat() == text and 1970 <= day.year <= 2100, f"a value of {column}")
    return day

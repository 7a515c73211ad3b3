"""A question in SQL, read into a `Question`. The text is parsed and never run.

    SELECT title, count(DISTINCT viewer) FROM plays WHERE device = 'tv' GROUP BY title

Each node of the tree must be of a kind that stands here, with no part that does not stand here:
what nobody thought of is refused.
"""

import datetime
from functools import lru_cache
from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from helpers.protect.question import (
    AGGREGATES,
    IDENTIFIERS,
    KINDS,
    LONGEST,
    VALUES,
    Condition,
    Question,
    Refused,
)

COMPARED = {**{exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}}
DAYS = datetime.date(1970, 1, 1), datetime.date(2100, 1, 1)


@lru_cache(10_000)  # the audit's questions are read again and again
def read(text: str) -> Question:
    """The question that a text asks; Refused whatever else it holds."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise Refused("grammar", f"text of {LONGEST:,} characters at most")
    try:
        dialect = Dialect.get_or_raise("duckdb")
        tokens = dialect.tokenize(text)
        # The parser warns of what it does not know, so other statements do not reach it.
        if not tokens or tokens[0].token_type.name != "SELECT" or ";" in {t.text for t in tokens}:
            raise Refused("grammar", "one SELECT")
        (tree,) = dialect.parser().parse(tokens, text)
        return _question(tree)
    except Refused:
        raise
    except Exception as error:  # whatever a parser can stumble over, depth and memory included
        raise Refused("grammar", type(error).__name__) from None


def _only(node: Any, kind: Any, *names: str) -> list[Any]:
    """These parts of a node, which must be of this very kind and have no others."""
    if type(node) is not kind or {name for name, part in node.args.items() if part} - {*names}:
        raise Refused("grammar", "" if node is None else type(node).__name__)
    return [node.args.get(name) for name in names]


def _question(tree: Any) -> Question:
    listed, source, where, group = _only(tree, exp.Select, "expressions", "from_", "where", "group")
    (table,) = _only(_only(source, exp.From, "this")[0], exp.Table, "this")
    if table.name.lower() != "plays":
        raise Refused("grammar", "one table, plays")
    each = [] if where is None else _only(where, exp.Where, "this")[0]
    parts = list(each.flatten()) if type(each) is exp.And else [each] * (where is not None)
    grouped = [] if group is None else _only(group, exp.Group, "expressions")[0]
    aggregates = [_aggregate(one) for one in listed if type(one) is not exp.Column]
    groups = [_column(one) for one in grouped]
    named = [_column(one) for one in listed if type(one) is exp.Column]
    if len(aggregates) != 1 or sorted(named) != sorted(set(groups)) or len(groups) != len(named):
        raise Refused("grammar", "list each column of GROUP BY once, and one aggregate")
    conditions = [condition for part in parts for condition in _conditions(part)]
    return Question(aggregates[0], tuple(dict.fromkeys(conditions)), tuple(sorted(groups)))


def _aggregate(node: Any) -> str:
    """An aggregate as the text that the gateway writes; a name for it is read over."""
    if type(node) is exp.Alias:
        node = _only(node, exp.Alias, "this", "alias")[0]
    if type(node) is exp.Count:
        counted = _only(node, exp.Count, "this", "big_int")[0]
        if type(counted) is exp.Distinct:
            (columns,) = _only(counted, exp.Distinct, "expressions")
            name = f"count(DISTINCT {', '.join(map(_column, columns))})"
        else:
            _only(counted, exp.Star)
            name = "count(*)"
    else:
        kind = exp.Sum if type(node) is exp.Sum else exp.Avg
        name = f"{kind.__name__.lower()}({_column(_only(node, kind, 'this')[0])})"
    if name not in AGGREGATES:
        raise Refused("grammar", name)
    return name


def _column(node: Any) -> str:
    (name,) = _only(_only(node, exp.Column, "this")[0], exp.Identifier, "this", "quoted")[:1]
    if name.lower() not in (*KINDS, *IDENTIFIERS):
        raise Refused("column", repr(name))
    return str(name.lower())


def _conditions(node: Any) -> list[Condition]:
    if type(node) is exp.Between:
        this, low, high = _only(node, exp.Between, "this", "low", "high")
        pairs = [(">=", low), ("<=", high)]
    elif type(node) is exp.In:
        this, several = _only(node, exp.In, "this", "expressions")
        name = _column(this)
        values = sorted({_value(name, one) for one in several})
        if not 0 < len(values) <= VALUES:
            raise Refused("grammar", f"IN takes {VALUES} values at most")
        return [Condition(name, "IN", tuple(values))]
    else:
        this, value = _only(
            node, type(node) if type(node) in COMPARED else exp.EQ, "this", "expression"
        )
        pairs = [(COMPARED[type(node)], value)]
    name = _column(this)
    if KINDS.get(name) is str and pairs[0][0] not in ("=", "<>"):
        raise Refused("grammar", f"{name} takes =, <> and IN")
    return [Condition(name, compared, (_value(name, value),)) for compared, value in pairs]


def _value(column: str, node: Any) -> Any:
    """A literal of the column's kind: text, a day such as '2017-12-10', or a whole number."""
    if type(node) is exp.Cast:
        node, to = _only(node, exp.Cast, "this", "to")
        if to.sql() != "DATE":
            raise Refused("grammar", "Cast")
    text, is_text = _only(node, exp.Literal, "this", "is_string")
    kind = KINDS.get(column, str)
    if bool(is_text) is (kind is int):
        raise Refused("grammar", f"{column} takes {kind.__name__}")
    if kind is datetime.date:
        day = datetime.date.fromisoformat(text)
        if not DAYS[0] <= day <= DAYS[1]:
            raise Refused("grammar", "a day from 1970 to 2100")
        return day
    if kind is int and not (text.isdecimal() and len(text) < 7):
        raise Refused("grammar", "a whole number below a million")
    return kind(text)

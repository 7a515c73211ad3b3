"""`measure gateway_fuzz`: random SQL put to the gateway, and the cells that hold too few people.

A text is a tree of sqlglot's: one of TEXTS with parts replaced by parts of the others, or wrapped
in functions and clauses at random. Each is asked by somebody else, so nothing is refused because of
an earlier one. Every cell of every answer is counted again, in pandas.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pandas as pd
import sqlglot
from sqlglot import exp

import studies
from helpers import estimate, make
from helpers.protect import gateway
from helpers.protect.question import HOLDS, Question, read

COLUMNS = ("title", "device", "zone", "local_day", "hour", "minutes", "days_in_a_row")
MINIMUM = 10
AGGREGATES = ("count(*)", "count(DISTINCT viewer)", "sum(minutes)", "avg(minutes)")
CONDITIONS = (
    "title = 'A Christmas Prince'", "device IN ('tv', 'phone')", "zone <> 'Europe/London'",
    "local_day BETWEEN '2017-11-23' AND '2017-12-10'", "local_day = DATE '2017-12-10'",
    "hour >= 22", "days_in_a_row > 16", "minutes >= 5", "minutes < 100", "hour = 3",
)  # fmt: skip
WILD = (
    "SELECT viewer, title FROM plays", "SELECT max(title), viewer FROM plays GROUP BY viewer",
    "SELECT * FROM (SELECT * FROM plays LIMIT 1) p WHERE viewer = 1 OR account IN (SELECT 1)",
    "WITH p AS (SELECT list(viewer) AS v FROM plays) SELECT unnest(v) FROM p UNION SELECT 1",
    "SELECT row_number() OVER (PARTITION BY viewer ORDER BY started_at) FROM plays QUALIFY true",
    "SELECT count(*) FILTER (WHERE viewer = 1) FROM plays HAVING count(*) < 2 ORDER BY 1 LIMIT 1",
    "SELECT CASE WHEN minutes = 1.5 THEN CAST(viewer AS VARCHAR) END FROM read_csv('x') AS plays",
)  # fmt: skip


def texts(seed: int) -> Iterator[str]:
    """Random SQL without end, about half of it in the gateway's grammar before it is changed."""
    rng = random.Random(seed)
    wild = [node for text in WILD for node in sqlglot.parse_one(text, read="duckdb").walk()]
    wrappers = [*exp.ALL_FUNCTIONS, exp.Paren, exp.Not, exp.Neg, exp.Subquery, exp.Distinct]
    while True:
        groups = rng.sample(COLUMNS, rng.choice([0, 0, 1, 1, 2, 3]))
        tests = rng.sample(CONDITIONS, rng.choice([0, 1, 1, 2, 2, 3, 6]))
        text = f"SELECT {', '.join([*groups, rng.choice(AGGREGATES)])} FROM plays"
        text += f" WHERE {' AND '.join(tests)}" * bool(tests)
        text += f" GROUP BY {', '.join(groups)}" * bool(groups)
        tree = sqlglot.parse_one(text, read="duckdb")
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            node = rng.choice([each for each in tree.walk() if each.parent])
            other = rng.choice([*tree.walk(), *wild]).copy()
            node.replace(other if rng.random() < 0.6 else rng.choice(wrappers)(this=node.copy()))
        try:
            yield tree.sql("duckdb")
        except Exception:  # a tree that no text stands for
            continue


def desk(plays: pd.DataFrame, people: int = 1_000) -> gateway.Gateway:
    """A gateway where people "0", "1", ... may ask about every column."""
    who = pd.DataFrame({"person": map(str, range(people)), "role": "all"})
    purposes = pd.DataFrame({"purpose": ["all"], "roles": [("all",)], "columns": [COLUMNS]})
    return gateway.Gateway(plays, gateway.Policy(who, purposes.assign(minimum=MINIMUM)))


def cells(plays: pd.DataFrame, question: Question) -> pd.Series:
    """How many people each cell of a question holds, counted in pandas."""
    for column, sign, values in question.where:
        each = [pd.Timestamp(v) for v in values] if column == "local_day" else [*values]
        rows = plays[column]
        plays = plays[rows.isin(each) if sign == "IN" else HOLDS[sign](rows, each[0])]
    if "minutes" in question.aggregate:
        plays = plays.dropna(subset="minutes")
    if not question.groups:
        return pd.Series([plays["viewer"].nunique()])
    return plays.groupby([*question.groups])["viewer"].nunique()


def tried(tries: int, seed: int = 53) -> tuple[int, int, list[str]]:
    """How many texts were put and answered, and those whose answers hold too small a cell."""
    asked = desk(make.world("tiny").plays, tries)
    plays = asked._con.execute("FROM plays").df()
    answered, leaks = 0, []
    for number, text in zip(range(tries), texts(seed), strict=False):
        try:
            answer = asked.ask(str(number), "all", text)
        except gateway.Refused:
            continue
        answered += 1
        groups, large = [*read(text).groups], cells(plays, read(text))
        large = large[large >= MINIMUM]
        got = answer.set_index(groups).index if groups else answer.index
        if not got.is_unique or set(got) != set(large.index):
            leaks.append(text)
    return tries, answered, leaks


def rows(tries: int = 10_000) -> Iterator[dict[str, Any]]:
    """Texts put, those that were answered, and those whose answer holds too small a cell."""
    put, answered, leaks = tried(tries)
    setting = f"random SQL over sqlglot's trees; tiny world; cells of {MINIMUM} people or more"
    source = "simulated: tiny world, seed 53"
    for name, value in (("tried", put), ("answered", answered), ("leaked", len(leaks))):
        found = estimate.exactly(value, put)
        yield studies.row(f"gateway.sql.{name}", found, "texts", setting, source=source, seed=53)

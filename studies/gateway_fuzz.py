"""`measure gateway_fuzz`: random SQL put to the gateway, and answers that show too few people.

A text is a tree of sqlglot's: one of TEXTS with parts replaced by parts of the others, or wrapped
in functions and clauses at random. Half of the texts are asked by somebody else each; the others
are sequences of up to 20 near a streak, by one person or by two in turn. Every cell of every answer
is counted again, in pandas. Beside an earlier answer to the same person a cell shows too few people
when one of the two must hold all people of the other, and a few more: it holds them in the log, and
in each of OTHERS logs made at random of the same streaks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import sqlglot
from sqlglot import exp

import studies
from helpers import estimate, make
from helpers.protect import gateway
from helpers.protect.question import HOLDS, Select, overlap, read, shares_plays

COLUMNS = ("title", "device", "zone", "local_day", "hour", "minutes", "days_in_a_row")
MINIMUM, MOST, OTHERS = 10, 20, 30
AGGREGATES = ("count(*)", "count(DISTINCT viewer)", "sum(minutes)", "avg(minutes)")
CONDITIONS = (
    "title = 'A Christmas Prince'", "device IN ('tv', 'phone')", "zone <> 'Europe/London'",
    "local_day BETWEEN '2017-11-23' AND '2017-12-10'", "local_day = DATE '2017-12-10'",
    "hour >= 22", "days_in_a_row > 16", "minutes >= 5", "minutes < 100", "hour = 3",
)  # fmt: skip
DAYS = [
    *["local_day = '{day}'"] * 4, "local_day <= '{day}'", "local_day >= '{day}'",
    "local_day BETWEEN '{before}' AND '{day}'", "hour < 22",
]  # fmt: skip
STREAKS = [
    *["days_in_a_row >= {n}"] * 3, "days_in_a_row = {n}", "days_in_a_row < {n}",
    "days_in_a_row BETWEEN {n} AND 17", "device <> 'tv'",
]  # fmt: skip
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
        tree = sqlglot.parse_one(written(rng.choice(AGGREGATES), tests, groups), read="duckdb")
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            node = rng.choice([part for part in tree.walk() if part.parent])
            other = rng.choice([*tree.walk(), *wild]).copy()
            node.replace(other if rng.random() < 0.6 else rng.choice(wrappers)(this=node.copy()))
        try:
            yield tree.sql("duckdb")
        except Exception:  # a tree that no text stands for
            continue


def sequences(seed: int) -> Iterator[list[str]]:
    """Sequences without end of questions about one streak, on others of its days, and lists."""
    rng = random.Random(seed)
    while True:
        yield [_near(rng) for _ in range(rng.randint(2, MOST))]


def _near(rng: random.Random) -> str:
    """A question that often counts the same streaks as 18 days in a row until 10 December."""
    step = rng.randint(-12, 3)
    day = date(2017, 12, 10) + timedelta(days=step)
    number = 18 + step + rng.choice([0, 0, 0, 0, 1, -1])
    tests = [rng.choice([CONDITIONS[0]] * 3 + ["hour >= 4"])]
    tests += [rng.choice(DAYS).format(day=day, before=day - timedelta(days=3))]
    tests += [rng.choice(STREAKS).format(n=number)]
    groups = rng.sample(["title", "local_day", "days_in_a_row"], rng.choice([0, 0, 0, 1, 1, 2]))
    return written(rng.choice([*AGGREGATES, AGGREGATES[1]]), tests, groups)


def written(aggregate: str, tests: list[str], groups: list[str]) -> str:
    text = f"SELECT {', '.join([*groups, aggregate])} FROM plays"
    if tests:
        text += f" WHERE {' AND '.join(tests)}"
    if groups:
        text += f" GROUP BY {', '.join(groups)}"
    return text


def desk(plays: pd.DataFrame, people: int = 1_000, **options: Any) -> gateway.Gateway:
    """A gateway where people "0", "1", ... may ask about every column."""
    who = pd.DataFrame({"person": map(str, range(people)), "role": "all"})
    purposes = pd.DataFrame({"purpose": ["all"], "roles": [("all",)], "columns": [COLUMNS]})
    policy = gateway.Policy(who, purposes.assign(minimum=MINIMUM))
    return gateway.Gateway(plays, policy, **options)


def cells(plays: pd.DataFrame, question: Select, *more: str) -> pd.Series:
    """The viewers in each cell of a question, counted in pandas; `more` are columns to group by."""
    for column, sign, values in question.where:
        literals = [pd.Timestamp(v) for v in values] if column == "local_day" else [*values]
        rows = plays[column]
        plays = plays[rows.isin(literals) if sign == "IN" else HOLDS[sign](rows, literals[0])]
    if "minutes" in question.aggregate:
        plays = plays.dropna(subset="minutes")
    keys = [*question.groups, *more]
    if not keys:
        return pd.Series([frozenset(plays["viewer"])])
    return plays.groupby(keys)["viewer"].agg(frozenset)


def others(plays: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Logs in which a viewer has one of her streaks, often three days of it, or on one device."""
    rng = np.random.default_rng(seed)
    first = plays["local_day"] - pd.to_timedelta(plays["days_in_a_row"], "D")
    plays = plays.assign(streak=plays.groupby(["viewer", "title", first]).ngroup())
    streaks = plays.groupby("streak").agg(viewer=("viewer", "first"), days=("days_in_a_row", "max"))
    logs = []
    for number in range(OTHERS):
        order = rng.exponential(size=len(streaks)) / streaks["days"] ** 2  # long ones come first
        kept = streaks.loc[order.groupby(streaks["viewer"]).idxmin()]
        whole, begin = rng.random(len(kept)) < 0.2, rng.integers(kept["days"])
        chosen = pd.DataFrame({"streak": kept.index, "log": number})
        chosen["begin"] = np.where(whole, 0, begin)
        chosen["end"] = np.where(whole, kept["days"], begin + rng.integers(1, 4, len(kept)))
        log = plays.merge(chosen, on="streak")
        for name in ("device", "hour", "zone"):
            one = rng.choice(plays[name].unique(), len(streaks))[log["streak"]]
            changed = (rng.random(len(streaks)) < 0.3)[log["streak"]]
            log[name] = np.where(changed, one, log[name])
        log = log[log["days_in_a_row"].between(log["begin"] + 1, log["end"])]
        logs.append(log.assign(days_in_a_row=log["days_in_a_row"] - log["begin"]))
    return pd.concat(logs, ignore_index=True)


class Shown:
    """What answers show together of the people in a log."""

    def __init__(self, plays: pd.DataFrame, logs: pd.DataFrame) -> None:
        self.plays, self.logs = plays, logs
        self.seen: list[tuple[frozenset[int], Select, Any]] = []  # viewers, question, cell
        self.by_log: dict[Select, pd.Series] = {}  # cells of the other logs, once a question

    def few(self, question: Select) -> bool:
        """Whether one more answer shows a group of too few people beside those before."""
        own = cells(self.plays, question)
        new = [(who, question, cell) for cell, who in own.items() if len(who) >= MINIMUM]
        shown = [self._nested(a, b) for b in new for a in [*self.seen, *new]]
        shown += [self._nested(b, a) for b in new for a in self.seen]
        self.seen += new
        return any(shown)

    def _nested(self, a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
        """Whether cell `b` holds all of `a` and a few more, and `a` cannot but lie in `b`."""
        if not 0 < len(b[0]) - len(a[0]) < MINIMUM or not a[0] < b[0]:
            return False
        inner, outer = (self._elsewhere(question, cell) for _, question, cell in (a, b))
        return bool(inner) and all(who <= outer.get(log, frozenset()) for log, who in inner.items())

    def _elsewhere(self, question: Select, cell: Any) -> dict[Any, frozenset[int]]:
        """The viewers of a cell in each of the other logs."""
        if question not in self.by_log:
            self.by_log[question] = cells(self.logs, question, "log")
        found = self.by_log[question]
        if question.groups:
            for level, value in enumerate(cell if isinstance(cell, tuple) else [cell]):
                found = found[found.index.get_level_values(level) == value]
        return {key[-1] if isinstance(key, tuple) else key: who for key, who in found.items()}


def tried(
    tries: int, seed: int = 53, overlaps: Callable[[Select, Select], bool] = overlap
) -> tuple[int, list[str], list[str]]:
    """How many texts were answered; those that show too few people; and those that do to two."""
    plays = make.world("tiny").plays
    plays["minutes"] = plays["minutes"].mask(plays["viewer"] % 20 == 0)
    asked = desk(plays, tries, overlaps=overlaps)
    plays = asked._con.execute("FROM plays").df()
    logs, half = others(plays, seed), tries // 2
    answered, leaks, to_two = 0, [], []
    turns = [([text], 1) for text in islice(texts(seed), half)]
    for number, sequence in enumerate(sequences(seed)):
        left = tries - sum(len(these) for these, _ in turns)
        if not left:
            break
        turns.append((sequence[:left], 1 + number % 2))
    person = 0
    for sequence, people in turns:
        together = Shown(plays, logs)
        for number, text in enumerate(sequence):
            try:
                answer = asked.ask(str(person + number % people), "all", text)
            except gateway.Refused:
                continue
            answered += 1
            question = read(text)
            groups, large = [*question.groups], cells(plays, question).map(len)
            got = answer.set_index(groups).index if groups else answer.index
            large = large[large >= MINIMUM]
            small = not got.is_unique or set(got) != set(large.index)
            few = together.few(question)
            if small or (few and people == 1):
                leaks.append(text)
            elif few:
                to_two.append(text)
        person += people
    return answered, leaks, to_two


def rows(tries: int = 10_000) -> Iterator[dict[str, Any]]:
    """Texts put, those that were answered, and those whose answers show too few people."""
    answered, leaks, to_two = tried(tries)
    _, before, _ = tried(tries, overlaps=shares_plays)
    setting = f"random SQL, half of it in sequences of up to {MOST}; tiny world; cells of {MINIMUM}"
    source = "simulated: tiny world, seed 53"
    counts = {"tried": tries, "answered": answered, "leaked": len(leaks)}
    counts |= {"leaked_by_plays": len(before), "leaked_to_two": len(to_two)}
    for name, value in counts.items():
        found = estimate.exactly(value, tries)
        yield studies.row(f"gateway.sql.{name}", found, "texts", setting, source=source, seed=53)

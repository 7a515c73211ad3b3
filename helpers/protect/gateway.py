"""A gateway before the log: who may ask, for what, and in how small a group.

    allowed = person -> role -> purpose -> columns, minimum        else refused
    answer  = cells of at least `minimum` different people         smaller cells are left out

It teaches; a real one adds a login, one history for colleagues who ask together, and noise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import pandas as pd

from helpers import ask, log
from helpers.ask import choose
from helpers.ask.engine import quoted
from helpers.make import staff
from helpers.protect.audit import Audit, AuditError, plain
from helpers.protect.question import Refused, Select, overlap, read

SECONDS, MEMORY = 10, "1GB"  # the most that a question takes
TWEET = ("title", "local_day", "days_in_a_row"), 53  # what the tweet's count needs, and its size
PLAYS = """\
CREATE TABLE plays AS
SELECT days.viewer, days.title::VARCHAR AS title, device::VARCHAR AS device, zone::VARCHAR AS zone,
    local_day, hour, minutes, local_day - first_day::DATE + 1 AS days_in_a_row
FROM (
    SELECT *, hour(started_at AT TIME ZONE zone) AS hour,
        CAST(started_at AT TIME ZONE zone AS DATE) AS local_day
    FROM log
) AS days ASOF JOIN runs
    ON days.viewer = runs.viewer AND days.title = runs.title AND local_day >= first_day::DATE"""
PURPOSES: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "programming": (("analyst", "editor"), ("title", "local_day", "zone", "minutes"), 20),
    "campaign": (("marketing", "analyst"), ("title", "local_day", "days_in_a_row"), 50),
    "streaming quality": (("engineer",), ("device", "zone", "local_day", "hour", "minutes"), 10),
    "outage": (("engineer", "support"), ("device", "zone", "local_day", "hour"), 10),
}


@dataclass(frozen=True)
class Policy:
    """Who works here, and what which role may ask for: all else is denied."""

    people: pd.DataFrame  # person, role
    purposes: pd.DataFrame  # purpose, roles, columns (tuples of names), minimum (people in a cell)


class Gateway:
    """A desk that answers questions about groups of people in a log, and writes all of them down.

    It reads count(*), count(DISTINCT viewer), sum(minutes) or avg(minutes) of the table `plays`,
    conditions joined by AND (=, <>, <, <=, >, >=, BETWEEN, IN), and GROUP BY. Columns: title,
    device, zone, local_day, hour, minutes, and days_in_a_row: on how many days in a row, up to this
    one, the viewer has watched the title. A refusal depends on the question, the policy and earlier
    questions, never on the answer; a cell left out does say that it is small. `audit` is a file;
    by default the audit is kept in memory. `overlaps` says of two questions whether the second is
    refused to whom the first was answered.
    """

    def __init__(
        self,
        plays: pd.DataFrame,
        policy: Policy,
        *,
        audit: str | Path | None = None,
        overlaps: Callable[[Select, Select], bool] = overlap,
    ) -> None:
        import duckdb

        self.policy, self.people, self.purposes = policy, policy.people, policy.purposes
        self.log, self.overlaps = Audit(audit), overlaps
        self._con = duckdb.connect(config={"memory_limit": MEMORY})
        self._con.execute("SET enable_progress_bar = false")
        self._con.register("runs", ask.streaks(log.check(plays)))
        choose.see(self._con, plays, ["viewer", "title", "device", "zone", "started_at", "minutes"])
        self._con.execute(PLAYS).unregister("runs").unregister("given")
        self._con.execute("SET enable_external_access = false")
        self._con.execute("SET lock_configuration = true")

    @property
    def audit(self) -> pd.DataFrame:
        """A row a question, refused ones too: `rule` is empty for one that was answered."""
        return self.log.frame()

    def ask(self, person: str, purpose: str, sql: str) -> pd.DataFrame:
        """The answer: a row a cell that holds enough people. The SQL is read and never run.

        Whatever the text holds, Refused is raised and nothing else; its `.rule` names the rule.
        """
        person, purpose, sql = plain(person), plain(purpose), str(sql)
        refused = None
        try:
            question, minimum = self._allowed(person, purpose, sql)
            answer = self._run(*question.sql(minimum))
        except Refused as no:
            refused = no
        try:
            with self.log.turn():
                refused = refused or self._compared(person, question)
                self.log.append(person, purpose, sql, refused.rule if refused else "")
        except AuditError as error:  # what is not written down is not answered
            refused = Refused("audit", str(error))
        if refused:
            raise refused
        return answer

    def said(self, person: str, purpose: str, sql: str) -> str:
        """The numbers of an answer, or the sentence that refuses it."""
        try:
            answer = self.ask(person, purpose, sql)
        except Refused as refused:
            return f"refused, {refused}"
        return f"answered: {answer.iloc[:, -1].tolist()}"

    def report(self) -> pd.DataFrame:
        """The access report, computed from the policy: a row a role and purpose.

        `tweet` is how many could have written the tweet: 53, by title, day and days in a row.
        """
        people = self.people["role"].value_counts()
        rows = self.purposes.explode("roles").rename(columns={"roles": "role"})
        rows = people.rename("people").reset_index().merge(rows, on="role", how="left", sort=True)
        pairs = zip(rows["columns"], rows["minimum"], strict=True)
        can = [least <= TWEET[1] and {*TWEET[0]} <= {*columns} for columns, least in pairs]
        rows = rows.assign(tweet=rows["people"] * can, columns=rows["columns"].str.join(", "))
        return rows[["role", "purpose", "people", "columns", "minimum", "tweet"]]

    def _compared(self, person: str, question: Select) -> Refused | None:
        """Refused when the question overlaps with one that was answered, or can't be compared."""
        try:
            before = [read(text) for text in self.log.answered(person)]
            if any(self.overlaps(question, other) for other in before):
                return Refused("overlap")
        except Exception as error:  # so that the line is written, whatever happens here
            return Refused("overlap", type(error).__name__)
        return None

    def _allowed(self, person: str, purpose: str, sql: str) -> tuple[Select, int]:
        """The question that the text asks and the smallest cell, when the policy has it so."""
        role = self.people.loc[self.people["person"] == person, "role"]
        if role.empty:
            raise Refused("person")
        row = self.purposes[self.purposes["purpose"] == purpose]
        if row.empty or role.iloc[0] not in row["roles"].iloc[0]:
            raise Refused("purpose")
        question = read(sql)
        if beyond := question.columns - {*row["columns"].iloc[0]}:
            raise Refused("column", ", ".join(sorted(beyond)))
        return question, int(row["minimum"].iloc[0])

    def _run(self, text: str, values: list[Any]) -> pd.DataFrame:
        cursor = self._con.cursor()
        clock = Timer(SECONDS, cursor.interrupt)
        clock.start()
        try:
            answer: pd.DataFrame = cursor.execute(text, values).df()
            return answer
        except Exception as error:
            raise Refused("engine", type(error).__name__) from None
        finally:
            clock.cancel()
            cursor.close()


def example(plays: pd.DataFrame, **options: Any) -> Gateway:
    """The gateway of chapter 07: 40 made employees in 5 roles, 4 purposes; `Gateway`'s options.

    >>> from helpers import make
    >>> desk = example(make.world("tiny").plays)
    >>> tweet = "title = 'A Christmas Prince' AND local_day = '2017-12-10' AND days_in_a_row >= 18"
    >>> marketer = desk.people.query("role == 'marketing'")["person"].iloc[0]
    >>> desk.ask(marketer, "campaign", f"SELECT count(DISTINCT viewer) FROM plays WHERE {tweet}")
       viewers
    0       53
    """
    names = ["purpose", "roles", "columns", "minimum"]
    purposes = pd.DataFrame([(name, *rest) for name, rest in PURPOSES.items()], columns=names)
    return Gateway(plays, Policy(staff.employees(), purposes), **options)


def as_grants(policy: Policy) -> str:
    """The same policy in PostgreSQL: a purpose is a role that people must take on (SET ROLE).

    Row policies show no row to a session that gives no reason (SET gateway.reason). No grant says
    how many people a cell must hold, or counts viewers and hides them: that takes a gateway.
    """
    lines = ["REVOKE ALL ON plays FROM PUBLIC;", "ALTER TABLE plays ENABLE ROW LEVEL SECURITY;"]
    for role in sorted(policy.people["role"].unique()):
        lines.append(f"CREATE ROLE {quoted(role)} NOINHERIT;")
    names = ["purpose", "roles", "columns"]
    for purpose, roles, columns in policy.purposes[names].to_numpy().tolist():
        name = quoted(purpose)
        lines += [
            f"CREATE ROLE {name};",
            f"GRANT {name} TO {', '.join(map(quoted, roles))};",
            f"GRANT SELECT ({', '.join(columns)}) ON plays TO {name};",
            f"CREATE POLICY {name} ON plays FOR SELECT TO {name}",
            "    USING (current_setting('gateway.reason', true) <> '');",
        ]
    return "\n".join(lines)

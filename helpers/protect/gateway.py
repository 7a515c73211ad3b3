"""A gateway before the log: who may ask, for what, and in how small a group.

    allowed = person -> role -> purpose -> columns, minimum        else refused
    answer  = cells of at least `minimum` different people         smaller cells are left out

It shows how such a desk works, and is not one. A real one adds a login, one budget for colleagues
who ask together, and noise: answers that are exact add up, whatever is refused (see `Gateway`).
"""

import datetime
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import pandas as pd

from helpers import ask, duck, log
from helpers.make import staff
from helpers.protect.audit import Audit
from helpers.protect.question import LONGEST, Question, Refused, overlap, read

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
    """A desk that answers one kind of question about a log, and writes down all of them.

    It reads one aggregate (count(*), count(DISTINCT viewer), sum or avg of minutes) of the table
    `plays`, conditions joined by AND (=, <>, <, <=, >, >=, BETWEEN, IN with literals) and GROUP BY.
    Columns: title, device, zone, local_day, hour, minutes, and days_in_a_row: how many days in a
    row, up to this play's day, its viewer has watched its title. A refusal depends on the question,
    the policy and earlier questions, never on the answer. Two things it cannot do: a cell that is
    left out says that it is small; and three answers, each apart from or across the others, may
    still add up to one person, as may the answers of two colleagues.

    Parameters
    ----------
    plays : DataFrame
        A viewing log.
    policy : Policy
        People and purposes.
    audit : str or Path, optional
        The file of the audit; by default it is kept in memory.
    """

    def __init__(
        self, plays: pd.DataFrame, policy: Policy, *, audit: str | Path | None = None
    ) -> None:
        import duckdb

        self.policy, self.people, self.purposes = policy, policy.people, policy.purposes
        self.log = Audit(audit)
        self._con = duckdb.connect(config={"memory_limit": MEMORY})
        runs = ask.streaks(log.check(plays))
        duck.see(self._con, plays, ["viewer", "title", "device", "zone", "started_at", "minutes"])
        self._con.register("runs", runs)
        self._con.execute(PLAYS)
        self._con.unregister("runs").unregister("given")
        for setting in ("enable_external_access = false", "lock_configuration = true"):
            self._con.execute(f"SET {setting}")

    @property
    def audit(self) -> pd.DataFrame:
        """A row a question, refused ones too: `rule` is empty for one that was answered."""
        return self.log.frame()

    def ask(self, person: str, purpose: str, sql: str) -> pd.DataFrame:
        """The answer: a row a cell that holds enough people.

        Parameters
        ----------
        person, purpose : str
            Who asks, and for what.
        sql : str
            The question, which is read and never run.

        Raises
        ------
        Refused
            Whatever the text holds, this and nothing else; `.rule` names the rule.
        """
        answer, rule = pd.DataFrame(), ""
        person, purpose, sql = map(str, (person, purpose, sql))
        try:
            question, minimum = self._allowed(person, purpose, sql)
            answer = self._run(*question.sql(minimum))
        except Refused as refused:
            reason, rule = refused, refused.rule
        try:
            with self.log.turn():
                if not rule and any(overlap(question, each) for each in self._answered(person)):
                    reason, rule = Refused("overlap"), "overlap"
                at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
                words = [each[:LONGEST] for each in (person, purpose, sql)]
                plain = [each.encode("utf-8", "backslashreplace").decode() for each in words]
                self.log.append(at, *plain, rule)
        except sqlite3.Error as error:  # what is not written down is not answered
            reason, rule = Refused("audit", str(error)), "audit"
        if rule:
            raise reason
        return answer

    def report(self) -> pd.DataFrame:
        """The access report, computed from the policy: a row a role and purpose.

        It says how many people, which columns in groups of at least how many (`minimum`), and how
        many of the people could have written the tweet: 53 people, by title, day and days in a row.
        """
        people = self.people["role"].value_counts()
        rows, needed, size = [], set(TWEET[0]), TWEET[1]
        for each in self.purposes.itertuples():
            can = needed <= {*each.columns} and each.minimum <= size
            sees = ", ".join(each.columns)
            for role in each.roles:
                number = people.get(role, 0)
                rows.append((role, each.purpose, number, sees, each.minimum, number * can))
        allowed = {row[0] for row in rows}
        rows += [(role, "", n, "", pd.NA, 0) for role, n in people.items() if role not in allowed]
        names = ["role", "purpose", "people", "columns", "minimum", "tweet"]
        return pd.DataFrame(rows, columns=names).astype({"minimum": "Int64"})

    def _allowed(self, person: str, purpose: str, sql: str) -> tuple[Question, int]:
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

    def _answered(self, person: str) -> list[Question]:
        return [read(text) for text in self.log.answered(person)]

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


def example(plays: pd.DataFrame, *, audit: str | Path | None = None) -> Gateway:
    """The gateway of chapter 07: 40 made employees in 5 roles, 4 purposes.

    >>> from helpers import make
    >>> desk = example(make.world("tiny").plays)
    >>> tweet = "title = 'A Christmas Prince' AND local_day = '2017-12-10' AND days_in_a_row >= 18"
    >>> marketer = desk.people.query("role == 'marketing'")["person"].iloc[0]
    >>> desk.ask(marketer, "campaign", f"SELECT count(DISTINCT viewer) FROM plays WHERE {tweet}")
       viewers
    0       53
    """
    names = ["purpose", "roles", "columns", "minimum"]
    purposes = pd.DataFrame([(each, *rest) for each, rest in PURPOSES.items()], columns=names)
    return Gateway(plays, Policy(staff.employees(), purposes), audit=audit)


def as_grants(policy: Policy) -> str:
    """The same policy in PostgreSQL: a purpose is a role that people must take on (SET ROLE).

    Row policies show no row to a session that gives no reason (SET gateway.reason). No grant says
    how many people a cell must hold, or counts viewers and hides them: that takes a gateway.
    """
    lines = ["REVOKE ALL ON plays FROM PUBLIC;", "ALTER TABLE plays ENABLE ROW LEVEL SECURITY;"]
    for role in sorted(policy.people["role"].unique()):
        lines.append(f"CREATE ROLE {duck.quoted(role)} NOINHERIT;")
    for each in policy.purposes.itertuples():
        name, roles = duck.quoted(each.purpose), ", ".join(map(duck.quoted, each.roles))
        lines += [
            f"CREATE ROLE {name};",
            f"GRANT {name} TO {roles};",
            f"GRANT SELECT ({', '.join(each.columns)}) ON plays TO {name};",
            f"CREATE POLICY {name} ON plays FOR SELECT TO {name}",
            "    USING (current_setting('gateway.reason', true) <> '');",
        ]
    return "\n".join(lines)

"""An audit that only grows: a line a question, each bound to the one before it by a hash.

    hash of line n = SHA-256 of (hash of line n - 1, line n)

A line that is changed, dropped or moved breaks the chain there or at the next line. To cut off the
end, or to write all of it anew, breaks nothing: so the head is kept out of the writer's reach.
`creeping` reads an audit of lookups.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any

import pandas as pd

from helpers.protect.question import LONGEST

QUESTIONS = ("person", "purpose", "sql", "rule")  # what a line of the gateway's audit holds
START = "0" * 64
PATIENCE = 60  # seconds that a writer waits for another
TABLE = """
CREATE TABLE IF NOT EXISTS {table} (number INTEGER PRIMARY KEY, at TEXT, {columns},
    hash TEXT NOT NULL)"""
INDEX = "CREATE INDEX IF NOT EXISTS answered ON {table} ({first}) WHERE rule = ''"
GUARD = """\
CREATE TRIGGER {} BEFORE {} ON {}
    BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"""
GUARDS = {"no_update": "UPDATE", "no_delete": "DELETE"}


class AuditError(ValueError):
    """An audit that can't be read or written; the message says why."""


class Audit:
    """A table in a SQLite file, or in memory, that only grows; one line is written at a time.

    Its columns are those of a line, of which the last is the `rule` by which it was refused, or
    empty. AuditError: the file is damaged, locked or another.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        table: str = "audit",
        columns: Sequence[str] = QUESTIONS,
    ) -> None:
        self._lock, self.path, self._table, self._columns = RLock(), path, table, columns
        name = ":memory:" if path is None else str(path)
        options: Any = {"timeout": PATIENCE, "isolation_level": None, "check_same_thread": False}
        try:
            self._con = sqlite3.connect(name, **options)
            self._con.execute("PRAGMA synchronous = FULL")  # a committed line outlives a power cut
        except sqlite3.Error as error:
            raise AuditError(f"{path}: {error}") from error
        with self.turn():
            listed = ", ".join(f"{column} TEXT" for column in columns)
            self._con.execute(TABLE.format(table=table, columns=listed))
            self._con.execute(INDEX.format(table=table, first=columns[0]))
            self._guard()

    def _guard(self) -> None:
        """The triggers are there, as written here, and no others: one could drop new lines."""
        text = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        there = {row[0] for row in self._con.execute(text)}
        guards = {GUARD.format(name, what, self._table) for name, what in GUARDS.items()}
        if there - guards:
            raise AuditError(f"{self.path}: it has triggers that are not those of an audit")
        for guard in guards - there:
            self._con.execute(guard)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else, in any process, reads or writes until the end, when all is committed."""
        try:
            with self._lock, self._con:
                self._con.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise AuditError(f"{self.path}: {error}") from error

    def close(self) -> None:
        self._con.close()

    def answered(self, person: str) -> list[str]:
        text = f"SELECT DISTINCT sql FROM {self._table} WHERE person = ? AND rule = ''"
        return [row[0] for row in self._con.execute(text, [person])]

    def append(self, *entry: str) -> None:
        number, before = self.head.split(":")
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = [int(number) + 1, now, *map(plain, entry)]
        text = f"INSERT INTO {self._table} VALUES ({', '.join('?' * (len(line) + 1))})"
        self._con.execute(text, [*line, chained(before, line)])

    @property
    def head(self) -> str:
        """The number and the hash of the last line, to be kept elsewhere."""
        text = f"SELECT number, hash FROM {self._table} ORDER BY number DESC LIMIT 1"
        with self._lock:
            return "{}:{}".format(*(self._con.execute(text).fetchone() or (0, START)))

    def frame(self) -> pd.DataFrame:
        names = ["number", "at", *self._columns]
        text = f"SELECT {', '.join(names)} FROM {self._table} ORDER BY number"
        with self._lock:
            return pd.DataFrame(self._con.execute(text).fetchall(), columns=names)


def plain(text: object) -> str:
    """A text as an audit holds it: halves of pairs escaped, and then cut where it is too long."""
    return str(text).encode("utf-8", "backslashreplace").decode()[:LONGEST]


def chained(before: str, line: list[Any]) -> str:
    """The hash of a line that follows the one with the hash `before`."""
    return sha256(json.dumps([before, *line]).encode()).hexdigest()


def check(path: str | Path, head: str | None = None, *, table: str = "audit") -> pd.DataFrame:
    """What is wrong with an audit, a row a problem; `head` is one that was kept, of any day."""
    # To be written to: after a crash SQLite has to take back what was half written.
    name = f"{Path(path).resolve().as_uri()}?mode=rw"
    try:
        con = sqlite3.connect(name, timeout=PATIENCE, uri=True)
        rows = con.execute(f"SELECT * FROM {table} ORDER BY number").fetchall()
        con.close()
    except sqlite3.Error as error:
        raise AuditError(f"{path}: {error}") from error
    problems, number, before, hashes = [], 0, START, {0: START}
    for *line, stored in rows:
        if line[0] != number + 1:
            problems.append((number + 1, f"dropped: {number + 1} to {line[0] - 1} are missing"))
        elif stored != chained(before, line):
            problems.append((line[0], "changed or moved: it does not follow the line before"))
        number, before = line[0], stored
        hashes[number] = stored
    kept, _, known = (head or f"0:{START}").partition(":")
    if int(kept) > number:
        problems.append((number + 1, f"cut off: {number + 1} to {kept} are missing"))
    elif hashes.get(int(kept)) != known:
        problems.append((int(kept), "written anew: not the line whose hash was kept"))
    return pd.DataFrame(problems, columns=["number", "problem"])

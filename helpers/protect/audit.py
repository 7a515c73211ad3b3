"""An audit that only grows: a line a question, each bound to the one before it by a hash.

    hash of line n = SHA-256 of (hash of line n - 1, line n)

A line that is changed, dropped or moved breaks the chain there or at the next line. To cut off the
end, or to write all of it anew, breaks nothing: so the head is kept out of the writer's reach.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any

import pandas as pd

from helpers.protect.question import LONGEST

COLUMNS = ("number", "at", "person", "purpose", "sql", "rule")
START = "0" * 64
TABLE = """
CREATE TABLE IF NOT EXISTS audit (number INTEGER PRIMARY KEY, at TEXT, person TEXT, purpose TEXT,
    sql TEXT, rule TEXT, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS answered ON audit (person) WHERE rule = '';
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
"""


class Audit:
    """The audit in a SQLite file, or in memory; one line is written at a time."""

    def __init__(self, path: str | Path | None = None) -> None:
        self._lock = RLock()
        name = ":memory:" if path is None else str(path)
        self._con = sqlite3.connect(name, timeout=60, isolation_level=None, check_same_thread=False)
        self._con.execute("PRAGMA synchronous = FULL")  # a committed line outlives a power cut
        self._con.executescript(TABLE)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else, in any process, reads or writes until the end, when all is committed."""
        with self._lock, self._con:
            self._con.execute("BEGIN IMMEDIATE")
            yield

    def answered(self, person: str) -> list[str]:
        """The questions that were answered to a person."""
        text = "SELECT DISTINCT sql FROM audit WHERE person = ? AND rule = ''"
        return [row[0] for row in self._con.execute(text, [person])]

    def append(self, *entry: str) -> None:
        """Write a line: person, purpose, SQL, and the rule by which it is refused, or nothing."""
        number, before = self.head.split(":")
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        plain = [x[:LONGEST].encode("utf-8", "backslashreplace").decode() for x in entry]
        line = [int(number) + 1, now, *plain]
        text = f"INSERT INTO audit VALUES ({', '.join('?' * 7)})"
        self._con.execute(text, [*line, chained(before, line)])

    @property
    def head(self) -> str:
        """The number and the hash of the last line, to be kept elsewhere."""
        text = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
        with self._lock:
            return "{}:{}".format(*(self._con.execute(text).fetchone() or (0, START)))

    def frame(self) -> pd.DataFrame:
        """A row a line."""
        text = f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY number"
        with self._lock:
            return pd.DataFrame(self._con.execute(text).fetchall(), columns=list(COLUMNS))


def chained(before: str, line: list[Any]) -> str:
    """The hash of a line that follows the one with the hash `before`."""
    return sha256(json.dumps([before, *line]).encode()).hexdigest()


def check(path: str | Path, head: str | None = None) -> pd.DataFrame:
    """What is wrong with an audit, a row a problem; `head` is one that was kept, of any day."""
    con = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    rows, problems = con.execute("SELECT * FROM audit ORDER BY number").fetchall(), []
    con.close()
    number, before, hashes = 0, START, {0: START}
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

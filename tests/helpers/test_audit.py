"""The audit holds every answered question, and shows what was done to it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from helpers import make
from helpers.protect import audit, gateway

COUNT = "SELECT count(DISTINCT viewer) FROM plays"
CHILD = """
import os, signal, sys
from helpers import make
from helpers.protect import audit, gateway
desk = gateway.example(make.world("tiny").plays.head(9_000), audit=sys.argv[1])
support = desk.people.query("role == 'support'")["person"]
commit = audit.Audit.append
def killed(self, *entry):
    if sys.argv[2] == "after":
        commit(self, *entry)
        self._con.execute("COMMIT")
    os.kill(os.getpid(), signal.SIGKILL)
for n in range(10**6):
    if n == 3 and sys.argv[2] != "any":
        audit.Audit.append = killed
    text = f"SELECT count(DISTINCT viewer) FROM plays WHERE hour = {n % 24}"
    desk.ask(support.iloc[n % len(support)], "outage", text)
    print(n, flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An audit of ten lines."""
    path = tmp_path / "audit.db"
    log = audit.Audit(path)
    for number in range(10):
        with log.turn():
            log.append(f"person {number % 3}", "why", f"SELECT {number}", "")
    return path


def changed(path: Path, *texts: str) -> list[tuple[int, str]]:
    """What the check finds, number and first word, after somebody wrote into the file."""
    with sqlite3.connect(path) as con:
        for text in ("DROP TRIGGER no_update", "DROP TRIGGER no_delete", *texts):
            con.execute(text)
    return [
        (row.number, row.problem.split()[0].strip(":")) for row in audit.check(path).itertuples()
    ]


def test_a_changed_dropped_or_moved_line_is_found_where_it_is(file: Path) -> None:
    assert audit.check(file).empty
    copies = [file.with_suffix(f".{n}") for n in range(5)]
    for each in copies:
        each.write_bytes(file.read_bytes())
    assert changed(copies[0], "UPDATE audit SET person = 'x' WHERE number = 4") == [(4, "changed")]
    fitting = audit.chained("x", [4])  # whoever makes the hash of a line fit is found at the next
    assert changed(copies[4], f"UPDATE audit SET hash = '{fitting}' WHERE number = 4")[1][0] == 5
    assert changed(copies[1], "DELETE FROM audit WHERE number = 7") == [(7, "dropped")]
    swap = [
        f"UPDATE audit SET number = {b} WHERE number = {a}" for a, b in ((5, 99), (6, 5), (99, 6))
    ]
    assert [number for number, _ in changed(copies[2], *swap)] == [5, 6, 7]
    move = [f"UPDATE audit SET number = {n - 1} WHERE number = {n}" for n in range(4, 11)]
    assert changed(copies[3], "DELETE FROM audit WHERE number = 3", *move)[0][0] == 3


def test_a_cut_or_rewritten_end_is_found_by_a_head_kept_elsewhere(
    file: Path, tmp_path: Path
) -> None:
    log = audit.Audit(file)
    head = log.head
    with log.turn():
        log.append("person", "why", "SELECT", "")
    assert audit.check(file, head).empty and audit.check(file, log.head).empty
    cut = tmp_path / "cut.db"
    cut.write_bytes(file.read_bytes())
    assert changed(cut, "DELETE FROM audit WHERE number > 8") == []
    assert audit.check(cut, head)["number"].tolist() == [9]
    other = audit.Audit(tmp_path / "other.db")
    for number in range(10):
        with other.turn():
            other.append("nobody", "why", f"SELECT {number}", "")
    assert audit.check(tmp_path / "other.db").empty
    assert len(audit.check(tmp_path / "other.db", head)) == 1


def test_lines_can_be_neither_changed_nor_deleted_by_accident(file: Path) -> None:
    for text in ("UPDATE audit SET person = 'x'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.Error), sqlite3.connect(file) as con:
            con.execute(text)
    assert audit.check(file).empty


@pytest.mark.skipif(sys.platform == "win32", reason="NO SIGKILL on Windows")
@pytest.mark.parametrize("when", ["before", "after", "any"])
def test_no_answer_is_unlogged_when_the_process_is_killed(tmp_path: Path, when: str) -> None:
    path = tmp_path / "audit.db"
    words = [sys.executable, "-c", CHILD, str(path), when]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert child.stdout is not None
    if when == "any":
        child.stdout.readline()
        time.sleep(0.3)
        os.kill(child.pid, signal.SIGKILL)
    answered = len(child.communicate(timeout=120)[0].split()) + (when == "any")
    assert child.returncode == -signal.SIGKILL and audit.check(path).empty
    lines = len(audit.Audit(path).frame())
    assert lines == 3 + (when == "after") if when != "any" else answered <= lines <= answered + 1
    assert when == "any" or answered == 3


def test_a_thousand_questions_from_eight_threads_make_one_chain(tmp_path: Path) -> None:
    plays = make.world("tiny").plays.head(3_000)
    path = tmp_path / "audit.db"
    desk = gateway.example(plays, audit=path)
    people = desk.people.query("role == 'support'")["person"].tolist()

    def one(number: int) -> None:
        text = f"{COUNT} WHERE hour >= {number % 24}"
        try:
            desk.ask(people[number % len(people)], "outage", text)
        except gateway.Refused as refused:
            assert refused.rule == "overlap"

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(1_000)))
    assert desk.audit["number"].tolist() == [*range(1, 1_001)]
    assert audit.check(path, desk.log.head).empty
    # However the threads ran, each person has at most one of these nested questions.
    answered = desk.audit[desk.audit["rule"] == ""]
    assert answered.groupby("person")["sql"].nunique().max() == 1


def test_what_cannot_be_written_down_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = gateway.example(make.world("tiny").plays.head(9_000))
    support = desk.people.query("role == 'support'")["person"].iloc[0]

    def full(*words: object) -> None:
        raise sqlite3.OperationalError("disk is full")

    monkeypatch.setattr(audit.Audit, "append", full)
    with pytest.raises(gateway.Refused) as refused:
        desk.ask(support, "outage", COUNT)
    assert refused.value.rule == "audit"
    monkeypatch.undo()
    assert isinstance(desk.ask(support, "outage", COUNT), pd.DataFrame) and len(desk.audit) == 1

"""The audit holds every answered question, and shows what was done to it."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from helpers import make
from helpers.protect import audit, gateway
from helpers.protect.question import LONGEST
from studies import gateway_fuzz as fuzz

COUNT = "SELECT count(DISTINCT viewer) FROM plays"
# Asks and says so; the process kills itself before or after the fourth entry.
CHILD = """
import os, signal, sys
from helpers import make
from helpers.protect import audit
from studies import gateway_fuzz as fuzz
desk = fuzz.desk(make.world("tiny").plays.head(9_000), audit=sys.argv[1])
commit = audit.Audit.append
def killed(self, *entry):
    if sys.argv[2] == "after":
        commit(self, *entry)
        self._con.execute("COMMIT")
    os.kill(os.getpid(), signal.SIGKILL)
for n in range(4):
    if n == 3:
        audit.Audit.append = killed
    desk.ask(str(n), "all", "SELECT count(DISTINCT viewer) FROM plays")
    print(n, flush=True)
"""


def written(path: Path, *persons: str) -> audit.Audit:
    log = audit.Audit(path)
    for person in persons:
        with log.turn():
            log.append(person, "why", "SELECT 1", "")
    return log


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An audit of ten lines."""
    written(tmp_path / "audit.db", *"abcabcabca")
    return tmp_path / "audit.db"


MOVE = "UPDATE audit SET number = {} WHERE number = {}"
FITTING = audit.chained("x", [4])  # who makes the hash of a line fit is found at the next
HARM: dict[str, tuple[list[str], list[int]]] = {
    "nothing": ([], []),
    "changed": (["UPDATE audit SET person = 'x' WHERE number = 4"], [4]),
    "changed with its hash": ([f"UPDATE audit SET hash = '{FITTING}' WHERE number = 4"], [4, 5]),
    "dropped": (["DELETE FROM audit WHERE number = 7"], [7]),
    "swapped": ([MOVE.format(*pair) for pair in ((99, 5), (5, 6), (6, 99))], [5, 6, 7]),
    "dropped and moved up": (
        ["DELETE FROM audit WHERE number = 3", *(MOVE.format(n - 1, n) for n in range(4, 11))],
        [3],
    ),
    "cut off": (["DELETE FROM audit WHERE number > 8"], [9]),
}


@pytest.mark.parametrize("harm", HARM)
def test_what_was_done_to_a_line_is_found_where_it_is(file, harm):
    head, (texts, numbers) = audit.Audit(file).head, HARM[harm]
    with sqlite3.connect(file) as con:
        for text in ("DROP TRIGGER no_update", "DROP TRIGGER no_delete", *texts):
            con.execute(text)
    audit.Audit(file)  # which puts the triggers back
    assert audit.check(file, head)["number"].tolist()[: len(numbers) or 1] == numbers
    assert audit.check(file).empty is (harm in ("nothing", "cut off"))  # the chain itself is whole


def test_an_audit_that_is_written_anew_does_not_hold_the_head_that_was_kept(file, tmp_path):
    head = audit.Audit(file).head
    assert audit.check(file, head).empty and audit.check(file, written(file, "more").head).empty
    assert audit.check(file, head).empty  # nor does a head of an earlier day grow old
    written(tmp_path / "other.db", *"xxxxxxxxxx")
    assert audit.check(tmp_path / "other.db").empty
    assert audit.check(tmp_path / "other.db", head)["number"].tolist() == [10]


def test_lines_can_be_neither_changed_nor_deleted_by_accident(file):
    for text in ("UPDATE audit SET person = 'x'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.Error), sqlite3.connect(file) as con:
            con.execute(text)
    assert audit.check(file).empty


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="NO SIGKILL on Windows")
@pytest.mark.parametrize(("when", "lines"), [("before", 3), ("after", 4)])
def test_no_answer_is_unlogged_when_the_process_is_killed(tmp_path, when, lines):
    path = tmp_path / "audit.db"
    words = [sys.executable, "-c", CHILD, path, when]
    child = subprocess.run(words, stdout=-1, text=True, timeout=120)
    assert child.returncode == -signal.SIGKILL and child.stdout.split() == ["0", "1", "2"]
    assert audit.check(path).empty and len(audit.Audit(path).frame()) == lines


@pytest.mark.slow
def test_a_thousand_questions_from_eight_threads_make_one_chain(tmp_path):
    desk = fuzz.desk(make.world("tiny").plays.head(3_000), audit=tmp_path / "audit.db")

    def one(number: int) -> None:
        with suppress(gateway.Refused):
            desk.ask(str(number % 10), "all", f"{COUNT} WHERE hour >= {number % 24}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(1_000)))
    assert desk.audit["number"].tolist() == [*range(1, 1_001)]
    assert audit.check(tmp_path / "audit.db", desk.log.head).empty
    assert set(desk.audit["rule"]) == {"", "overlap"}
    # However the threads ran, each person has at most one of these nested questions.
    answered = desk.audit[desk.audit["rule"] == ""]
    assert answered.groupby("person")["sql"].nunique().max() == 1


def test_what_cannot_be_written_down_is_not_answered(tmp_path):
    desk = fuzz.desk(make.world("tiny").plays.head(9_000), audit=tmp_path / "audit.db")
    with sqlite3.connect(tmp_path / "audit.db") as con:
        con.execute("ALTER TABLE audit RENAME TO elsewhere")
    with pytest.raises(gateway.Refused) as refused:
        desk.ask("1", "all", COUNT)
    assert refused.value.rule == "audit"


@pytest.mark.parametrize(
    "harm",
    [
        "CREATE TRIGGER more BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",
        "DROP TRIGGER no_update;"
        "CREATE TRIGGER no_update BEFORE UPDATE ON audit WHEN false BEGIN SELECT 1; END",
    ],
)
def test_triggers_that_are_not_the_audits_own_are_refused(file, harm):
    with sqlite3.connect(file) as con:
        con.executescript(harm)
    with pytest.raises(audit.AuditError):
        audit.Audit(file)


def test_a_text_that_may_be_asked_is_stored_whole_and_no_longer_one():
    log = audit.Audit()
    for text in ("x" * LONGEST, "x" * (LONGEST + 1), "\ud800" * LONGEST):
        with log.turn():
            log.append("somebody", "why", text, "")
    texts = log.frame()["sql"]
    assert texts.str.len().tolist() == [LONGEST] * 3 and texts[2][:6] == "\\ud800"


DYING = """
import os, signal, sys
from helpers.protect import audit
log = audit.Audit(sys.argv[1])
log._con.execute("PRAGMA cache_size = 1")
log._con.execute("BEGIN IMMEDIATE")
for n in range(200):
    log.append("x" * 2_000, "why", "SELECT 1", "")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="NO SIGKILL on Windows")
def test_an_audit_is_checked_after_a_process_died_while_it_wrote(file):
    subprocess.run([sys.executable, "-c", DYING, file], check=False)
    assert Path(f"{file}-journal").stat().st_size > 0
    assert audit.check(file).empty and len(audit.Audit(file).frame()) == 10


def test_whatever_keeps_an_audit_from_being_written_is_an_audit_error(file, monkeypatch):
    monkeypatch.setattr(audit, "PATIENCE", 0.1)
    log, con = audit.Audit(file), sqlite3.connect(file, isolation_level=None)
    con.execute("BEGIN EXCLUSIVE")
    for attempt in (lambda: audit.Audit(file), lambda: audit.check(file), log.turn().__enter__):
        with pytest.raises(audit.AuditError):
            attempt()
    con.close()
    log._con.execute("PRAGMA max_page_count = 1")
    with pytest.raises(audit.AuditError), log.turn():
        for _ in range(100):
            log.append("x" * LONGEST, "why", "SELECT 1", "")
    file.unlink()
    with pytest.raises(audit.AuditError), log.turn():
        log.append("x", "why", "SELECT 1", "")
    with pytest.raises(audit.AuditError):
        audit.check(file)

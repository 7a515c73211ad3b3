"""A budget is never overspent, whatever ends, whoever asks, and however often it is opened."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

from helpers import make
from helpers.protect import ProtectError, audit, noise
from helpers.protect.budget import Budget, Spent

CHILD = """
import os, signal, sys
from helpers.protect import budget
budget.Budget(1, sys.argv[1]).spend("one more", epsilon=0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger with .25 spent of 1."""
    path = tmp_path / "budget.db"
    Budget(1, path).spend("the first", epsilon=0.25)
    return path


@pytest.mark.parametrize(("total", "measure", "many"), [(1, "pure", 10), (0.5, "zCDP", 100)])
def test_so_many_tenths_are_all_and_then_nothing(total, measure, many):
    purse = Budget(total, measure=measure)
    for _ in range(many):
        purse.spend("a tenth", epsilon=0.1)
    assert purse.left == 0
    with pytest.raises(Spent):
        purse.spend("a trifle", epsilon=1e-12)


def test_a_new_object_goes_on_and_a_refusal_costs_nothing_and_is_written_down(file):
    purse = Budget(1, file)
    with pytest.raises(Spent):
        purse.spend("too much", epsilon=0.76)
    assert purse.left == 0.75
    assert purse.log.frame()["question"].tolist()[1:] == ["the first", "too much"]
    purse.spend("the rest", epsilon=0.75)


def test_the_cost_is_told_in_the_measure_of_the_budget():
    assert Budget(1).cost(epsilon=0.3) == 0.3
    purse = Budget(0.5, measure="zCDP")
    assert (purse.cost(epsilon=1), purse.cost(rho=0.1)) == (0.5, 0.1)
    purse.spend("all of it", epsilon=1)
    with pytest.raises(ProtectError):
        Budget(1).cost(rho=0.1)


@pytest.mark.parametrize(
    "other", [{"epsilon": 2}, {"measure": "zCDP"}, {"unit": "account"}, {"data": "another log"}]
)
def test_a_ledger_of_something_else_is_refused(file, other):
    with pytest.raises(ProtectError):
        Budget(**{"epsilon": 1, "ledger": file} | other)


def test_a_ledger_that_was_damaged_is_refused(file):
    whole = file.read_bytes()
    for broken in (b"", b"not a database" * 99, whole[: len(whole) // 2]):
        file.write_bytes(broken)
        with pytest.raises(ProtectError):
            Budget(1, file)
    file.write_bytes(whole)
    with sqlite3.connect(file) as con:
        con.execute("DROP TRIGGER no_update")
        con.execute("UPDATE ledger SET price = '1/100' WHERE number = 2")
    with pytest.raises(ProtectError):
        Budget(1, file)


def test_a_large_total_is_found_again(tmp_path):
    for total in (1, 1e10, 1e300):
        Budget(total, tmp_path / f"{total}.db").spend("a count", epsilon=0.5)
        assert Budget(total, tmp_path / f"{total}.db").left == total - 0.5


def test_a_cut_end_is_seen_by_the_head_that_was_kept(file):
    head, whole = Budget(1, file).log.head, Budget(1, file, head="0:" + audit.START)
    assert whole.left == Budget(1, file, head=head).left == 0.75
    with sqlite3.connect(file) as con:
        con.executescript("DROP TRIGGER no_delete; DELETE FROM ledger WHERE number = 2")
    assert Budget(1, file).left == 1  # as the docstring says
    with pytest.raises(ProtectError):
        Budget(1, file, head=head)


def test_many_at_once_make_one_ledger_and_do_not_overspend(tmp_path):
    def open_and_spend(number: int) -> bool:
        with suppress(Spent):
            Budget(1, tmp_path / f"{number // 12}.db").spend("a count", epsilon=0.125)
            return True
        return False

    with ThreadPoolExecutor(6) as threads:
        answered = sum(threads.map(open_and_spend, range(96)))
    ledgers = sorted(tmp_path.iterdir())
    assert len(ledgers) == 8 and {Budget(1, ledger).left for ledger in ledgers} == {0}
    assert answered == 64


def test_nothing_is_paid_from_a_ledger_that_is_locked_or_deleted(file, monkeypatch):
    monkeypatch.setattr(audit, "PATIENCE", 0.1)
    purse, con = Budget(1, file), sqlite3.connect(file, isolation_level=None)
    con.execute("BEGIN EXCLUSIVE")
    for attempt in (lambda: Budget(1, file), lambda: purse.spend("a count", epsilon=0.5)):
        with pytest.raises(ProtectError):
            attempt()
    con.close()
    file.unlink()
    with pytest.raises(ProtectError):
        purse.spend("a count", epsilon=0.5)
    with pytest.raises(ProtectError):
        Budget(1, file.parent / "none" / "budget.db")


def test_an_audit_of_people_or_an_empty_one_is_no_ledger(tmp_path):
    log = audit.Audit(tmp_path / "audit.db")
    for _ in range(2):
        with pytest.raises(ProtectError):
            Budget(1, tmp_path / "audit.db")
        with log.turn():
            log.append("Merrit", "campaign", "SELECT 1", "")


def test_a_log_that_is_not_the_budgets_is_not_paid_for(tmp_path):
    plays = make.world("tiny").plays
    purse = Budget(1, tmp_path / "b.db", data=plays)
    noise.watched_every_day(plays, make.FILM, epsilon=0.5, budget=purse)
    for other, unit in ((plays.iloc[1:], "viewer"), (plays, "account")):
        with pytest.raises(ProtectError):
            noise.watched_every_day(other, make.FILM, epsilon=0.1, unit=unit, budget=purse)
    assert purse.left == 0.5
    assert Budget(1, tmp_path / "b.db", data=plays.copy()).left == 0.5


def test_a_question_is_paid_before_the_log_is_read(monkeypatch):
    monkeypatch.setattr(noise.ask, "watched_every_day", lambda *a, **k: pytest.fail("it was read"))
    with pytest.raises(Spent):
        noise.watched_every_day(pd.DataFrame(), "Up", epsilon=2, budget=Budget(1))


def test_killed_after_writing_it_is_spent(file):
    killed = subprocess.run([sys.executable, "-c", CHILD, file], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Budget(1, file).left == 0.74

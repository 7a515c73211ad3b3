"""What is timed beside ours asks the same, and what is stored says what was timed."""

import re
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from helpers import facts, make
from studies import peers, scale, speeds


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "plays"
    make.write_city(folder, viewers=1_000)
    return folder


@pytest.mark.parametrize("peer", [name for name in peers.THERE if "Spark" not in name])
@pytest.mark.parametrize("what", ["question", "streaks"])
def test_a_peer_finds_what_the_workbook_finds(peer: str, what: str, city: Path) -> None:
    assert peers.PEERS[peer](what, city) == len(peers.ours(what, city))


def test_what_a_peer_takes_is_counted_in_a_process_of_its_own(city: Path) -> None:
    taken = peers.taken("question", city, "DuckDB", "pandas", repeats=2)
    assert taken.rows == 53 and [*map(len, taken.seconds.values())] == [2, 2]
    assert min(min(runs) for runs in taken.seconds.values()) > 0


def test_a_pair_that_four_people_share_is_looked_at_and_one_of_five_is_kept(tmp_path) -> None:
    rows = [*product(range(4), "AB"), *product(range(9, 14), "CD")]
    plays = pd.DataFrame(rows, columns=["viewer", "title"])
    plays.to_parquet(tmp_path / "plays.parquet")
    assert peers.by_hand("pairs", tmp_path) == 1 and peers.by_hand("counts", tmp_path) == 4


def test_the_attack_is_timed_on_the_board_and_as_one_statement() -> None:
    rows = {row["id"]: row for row in scale.attacks((1_000,))}
    assert rows.keys() == {"scale.board.1000", "scale.statement.1000"}  # of the largest crowd
    assert all(0 < row["low"] <= row["value"] <= row["high"] for row in rows.values())


def test_stored_times_name_their_machine_and_their_least_run() -> None:
    for fact in facts.measured_under("scale"):
        assert re.match(r"measured: .* 2 processors", fact.source) and fact.date, fact.id
        assert fact.low is None or fact.low == fact.value <= fact.high


def test_the_table_says_which_limit_is_not_kept(monkeypatch, capsys) -> None:
    rows = [speeds.Speed("kept", 1.0, 1.0, 1.3, "ratio"), speeds.Speed("free", 9.0, 1.0, None)]
    monkeypatch.setitem(speeds.TIMED, "ask", lambda size: iter(rows))
    assert speeds.main(["ask"]) == 0
    monkeypatch.setitem(speeds.TIMED, "ask", lambda size: iter([rows[0]._replace(ours=1.4)]))
    assert speeds.main(["ask"]) == 1
    assert capsys.readouterr().out.count("NOT KEPT") == 1

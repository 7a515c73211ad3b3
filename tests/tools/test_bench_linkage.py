"""`bench linkage`: its peer is the same attack, its limit counts bytes, a broken limit fails."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import attack, make
from tools.benchmarks import linkage
from tools.benchmarks._linkage import Peer, touched


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make.prize(53, 0.001).frame()


def test_the_peer_is_the_same_attack(frame: pd.DataFrame) -> None:
    board, peer = attack.Scoreboard(frame), Peer(frame)
    rng, named = np.random.default_rng(1), 0
    for who in rng.choice(board.release.pseudonyms[board.release.counts >= 3], 25):
        known = attack.know(frame, who, titles=3, days=14, stars=1, rng=rng)
        ours = board.scores(known)
        theirs = peer.scores(known).reindex(ours.index, fill_value=0.0)
        assert np.abs(theirs - ours).max() < 1e-9
        found = board.match(known).pseudonym
        assert peer.match(known) == found
        named += found is not None
    assert 0 < named < 25  # both outcomes were compared


def test_the_limit_counts_each_rating_of_the_known_titles(frame: pd.DataFrame) -> None:
    board = attack.Scoreboard(frame)
    known = frame[["title", "day", "stars"]].drop_duplicates("title").head(2)
    ratings = frame["title"].isin(known["title"]).sum()
    row = 4 + board.postings.cell.itemsize + 16  # who, cell, a score read and written
    assert touched(board, known) == ratings * row + frame["pseudonym"].nunique() * 8 * 6


@pytest.mark.slow
def test_the_benchmark_prints_peer_limit_and_slopes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage, "FASTER", 0.0)  # a small release gains nothing from threads
    assert linkage.main(["--scale", "0.004", "--targets", "20"]) == 0
    said = capsys.readouterr().out
    for words in ("made in", "peak memory", "GB/s", "8 titles, ms a target", "the same verdict"):
        assert words in said
    assert said.count("slope") == 3
    assert "pandas, times 1 for all ratings" in said


@pytest.mark.slow
def test_a_limit_that_is_not_kept_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage, "curves", lambda *_: None)
    monkeypatch.setattr(linkage, "FASTER", 1e9)
    assert linkage.main(["--scale", "0.004", "--targets", "20"]) == 1
    assert "NOT KEPT" in capsys.readouterr().out


def test_a_value_stands_beside_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert linkage.limit("ms", 3.0, 3.0) and not linkage.limit("ms", 3.1, 3.0)
    assert linkage.limit("times", 1.7, 1.6, least=True)
    assert not linkage.limit("times", 1.5, 1.6, least=True)
    said = capsys.readouterr().out.splitlines()
    assert ["NOT" in line for line in said] == [False, True, False, True]
    assert "at most 3.0" in said[0] and "at least 1.6" in said[2]

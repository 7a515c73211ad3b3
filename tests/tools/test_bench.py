"""`bench`: a limit that is not kept fails, and a small run gets through."""

from __future__ import annotations

import pytest

from tools import bench


def test_a_limit_of_a_ratio_and_of_a_number() -> None:
    assert bench.Timing("x", 1.2, 1.0, 1.3, "ratio").kept
    assert not bench.Timing("x", 1.4, 1.0, 1.3, "ratio").kept
    assert bench.Timing("x", 3.0, None, 3.0, "ms").kept
    assert "NOT KEPT" in str(bench.Timing("x", 3.1, None, 3.0, "ms"))


def test_a_broken_limit_is_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = bench.Timing("x", 2.0, None, 1.0)
    monkeypatch.setattr(bench, "TIMED", {"ask": lambda size: iter([slow])})
    assert bench.main([]) == 1
    with pytest.raises(SystemExit):
        bench.main(["speed"])


@pytest.mark.slow
def test_every_timing_can_be_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "REPEATS", 1)
    bench.main(["--size", "0.01"])
    said = capsys.readouterr().out
    assert all(f"\n{name}, " in said for name in bench.TIMED)

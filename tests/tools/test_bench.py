"""`bench`: a limit that is not kept fails, and a small run gets through."""

import pytest

from tools import bench


def test_a_broken_limit_is_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    for ours, unit, code in ((1.2, "ratio", 0), (1.4, "ratio", 1), (0.9, "s", 0), (1.4, "s", 1)):
        timing = bench.Timing("x", ours, 1.0, 1.3, unit)
        monkeypatch.setattr(bench, "TIMED", {"ask": lambda size, timing=timing: iter([timing])})
        assert bench.main([]) == code


@pytest.mark.slow
def test_every_timing_can_be_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "REPEATS", 1)
    bench.main(["--size", "0.01"])
    said = capsys.readouterr().out
    assert all(f"\n{name}, " in said for name in bench.TIMED)

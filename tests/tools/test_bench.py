"""`bench`: finds the benchmarks and hands over their options."""

from __future__ import annotations

import sys
import types

import pytest

from tools import bench


def test_a_benchmark_gets_its_own_options(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[list[str]] = []
    module = types.ModuleType("tools.benchmarks.wait")
    module.main = lambda argv: got.append(argv) or 3  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tools.benchmarks.wait", module)
    monkeypatch.setattr(bench, "names", lambda: ["wait"])
    assert bench.main(["wait", "--plays", "100"]) == 3
    assert got == [["--plays", "100"]]


def test_an_unknown_benchmark_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "names", lambda: ["ask", "city"])
    assert bench.main(["speed"]) == 2
    assert "No benchmark 'speed'. Choose one of: ask, city." in capsys.readouterr().out
    assert bench.main([]) == 2


def test_every_benchmark_can_be_started() -> None:
    for name in bench.names():
        module = __import__(f"tools.benchmarks.{name}", fromlist=["main"])
        assert callable(module.main), name

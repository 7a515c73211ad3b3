"""`tools.picture` says what it needs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tools import picture


def test_without_a_driver_for_browsers_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert picture.main(["02", "text", str(tmp_path / "it.png")]) == 2
    assert capsys.readouterr().err == (
        "a picture needs what requirements-test.txt lists: install it, or run "
        "`python3 start.py test` once\n"
    )

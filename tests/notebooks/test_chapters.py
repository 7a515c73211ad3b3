"""Every chapter: its shape, its exercises, its time, and no network. (Outputs: nbval.)"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import offline
from tools.notebooks import exercises, read
from tools.template import problems
from tools.tidy import tidy

ALONE, BUSY = 20, 60  # seconds
SAME_SYSTEM = sys.platform == "linux" and platform.machine() == "x86_64"


def test_the_chapter_follows_the_template(chapter: Path) -> None:
    lacking = problems(chapter)
    assert not lacking, f"{chapter.name}:\n  " + "\n  ".join(lacking)


def test_every_exercise_answers_stub_misconceptions_and_solution(
    chapter: Path, drill: dict[str, Any]
) -> None:
    assert not drill["problems"], f"{chapter.name}:\n  " + "\n  ".join(drill["problems"])
    assert list(drill["tried"]) == [id for _, id, _ in exercises(read(chapter))]


def test_the_chapter_opens_alone_and_in_time(drill: dict[str, Any], record_property: Any) -> None:
    # Beside other work a wall clock says little; then only a chapter that hangs is caught here.
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    busy = "PYTEST_XDIST_WORKER" in os.environ or load > (os.cpu_count() or 1)
    limit = BUSY if busy else ALONE
    answers = sum(drill["tried"].values())
    said = f"{drill['chapter']:<32}{drill['seconds']:5.1f} s{' beside others' if busy else ''}"
    record_property("say", f"{said}, {answers} answers tried")
    assert drill["seconds"] < limit


def test_the_chapter_needs_no_network(drill: dict[str, Any]) -> None:
    if not offline.possible():
        pytest.skip(f"NOT OFFLINE: {offline.REASON}")
    assert drill["alone"], "the chapter ran, and its network was there"


@pytest.mark.slow
def test_the_stored_chapter_is_byte_for_byte_what_tidy_writes(chapter: Path) -> None:
    if not SAME_SYSTEM:
        pytest.skip("letters are drawn otherwise on this system, so pictures have other bytes")
    assert tidy(chapter, check=True) is False, f"{chapter.name}: python3 start.py tidy"

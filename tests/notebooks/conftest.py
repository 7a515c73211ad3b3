"""One execution of each chapter, shared by the tests that ask what happened in it."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tools import offline
from tools.kernels import environment
from tools.notebooks import CHAPTERS, ROOT, chapters

STORED = [pytest.param(path, id=path.stem) for path in chapters(folder=CHAPTERS)]
LIMIT = 300  # seconds; a chapter and all its answers


@dataclass(frozen=True)
class Drilled:
    """The report of tools.drill, or what it said when a cell failed."""

    failed: str
    report: dict[str, Any]


@functools.cache
def drilled(path: Path) -> Drilled:
    """The chapter run once in a process of its own, without a network where the system can."""
    words = [sys.executable, "-m", "tools.drill", str(path)]
    if offline.possible():
        words = offline.command([*words, "--namespace"])
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=LIMIT, cwd=ROOT, env=environment()
    )
    if done.returncode:
        return Drilled(done.stderr.strip() or f"exit code {done.returncode}", {})
    return Drilled("", json.loads(done.stdout))


@pytest.fixture(params=STORED)
def chapter(request: pytest.FixtureRequest) -> Path:
    """Each chapter in turn."""
    return request.param


@pytest.fixture
def drill(chapter: Path) -> dict[str, Any]:
    """What happened when the chapter ran and every answer was tried."""
    result = drilled(chapter)
    if result.failed:
        pytest.fail(result.failed)
    return result.report

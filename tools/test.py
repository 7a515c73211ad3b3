"""`test`: pytest on two cores, with a line of progress; `--all` also the slow tests."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Return pytest's exit code.

    Parameters
    ----------
    argv : list of str
        `--all`, and whatever pytest understands; paths count from the workbook's folder.
    """
    import pytest

    os.chdir(ROOT)
    return int(pytest.main(arguments(argv)))


def arguments(argv: list[str]) -> list[str]:
    """Return pytest's arguments; a file stays on one core, as a notebook's cells belong together.

    Parameters
    ----------
    argv : list of str
        What the reader typed; it comes last, so it counts.
    """
    return ["-q", "-n", "2", "--dist", "loadfile", *argv]

"""`test`: pytest on two cores; `--all` also the slow tests."""

import os

import pytest

from tools.chapters import ROOT


def main(argv: list[str]) -> int:
    """Return pytest's exit code; what a person typed comes last, so it counts."""
    os.chdir(ROOT)
    return int(pytest.main(["-q", "-n", "2", "--dist", "loadfile", *argv]))

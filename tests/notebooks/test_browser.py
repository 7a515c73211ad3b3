"""A real browser: chapters in JupyterLab as start.py starts it, run, moved, answered and saved."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import learn
from tests import browser
from tools.chapters import chapters, exercises, read

pytestmark = [pytest.mark.slow, pytest.mark.browser]
STATUS = ".jp-Notebook .jupyter-widgets [role=status]"


@pytest.fixture
def folder(tmp_path):
    """A copy of the workbook, where there is a browser to open it."""
    if not browser.chromium():
        missing = "NO CHROMIUM: the workbook was not opened in a browser (apt install chromium)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return browser.copied(tmp_path)


def test_a_reader_runs_moves_answers_and_saves_and_nothing_leaves_or_changes(folder):
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    with browser.lab(folder) as (address, _):
        for chapter in chapters():
            do(folder, address, chapter)
    assert [line for line in git(folder, "status", "--porcelain") if line[:2] != "A "] == []


def test_nothing_is_left_of_a_file_that_was_added_seen_and_forgotten(
    folder, tmp_path, tmp_path_factory
):
    planted = f"Planted Ødelund {7 * 1203}"
    path = tmp_path_factory.mktemp("hers") / "ViewingActivity.csv"
    days = pd.date_range("2024-01-01", periods=20).astype(str)
    rows = [f"Ann,{day} 20:00:00,00:50:00,{planted}" for day in days]
    path.write_text("\n".join(["Profile Name,Start Time,Duration,Title", *rows]), "utf-8")
    temp = tmp_path / "temp"
    temp.mkdir()
    homes = {"HOME": str(temp), "TMPDIR": str(temp), "PYTHONPATH": str(folder)}
    with browser.lab(folder, **homes) as (address, _):
        url = re.sub(r"/lab[^?]*", "/lab/tree/my/11-find-yourself.ipynb", address, count=1)
        with browser.page(f"{url}&reset", tmp_path / "page.png") as (view, _, complaints):
            browser.ready(view)
            for code in ("make.world()", "show.upload("):
                browser.run_cell(view, code)
            button = browser.find(view, view.locator("button", has_text="Add files"))
            with view.expect_file_chooser() as chooser:
                button.click()
            chooser.value.set_files(path)
            view.wait_for_function(
                "document.querySelector('.jupyter-widgets [role=status]')"
                ".innerText.includes('data/mine: 1')"
            )
            for code in ("mine.logs(", "mine.hers(plays)", "chosen =", "mine.tweet("):
                browser.run_cell(view, code)
            output = view.locator(".jp-OutputArea", has_text="To the 1 person")
            assert planted in browser.find(view, output).inner_text()
            view.keyboard.press("Control+s")
            view.wait_for_timeout(1500)
            assert complaints == []
    assert holding(tmp_path, planted) == [folder / "data" / "mine" / path.name]
    words = [sys.executable, "-m", "tools", "forget"]
    done = subprocess.run(words, cwd=folder, env=os.environ | homes, capture_output=True, text=True)
    assert done.returncode == 0 and str(folder / "data" / "mine" / path.name) in done.stdout
    assert holding(tmp_path, planted) == []
    assert not (folder / "my" / "11-find-yourself.ipynb").exists()


def holding(folder: Path, text: str) -> list[Path]:
    """The files that hold a text, as it is or as JSON writes it."""
    forms = [text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()]
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


def do(folder: Path, address: str, chapter: Path) -> None:
    """All that a reader does in a chapter."""
    url = re.sub(r"/lab[^?]*", f"/lab/tree/my/{chapter.name}", address, count=1) + "&reset"
    with browser.page(url, folder.parent / "page.png") as (view, requests, complaints):
        browser.run_all(view)
        if chapter.name.startswith("02"):
            move_a_slider(view)
        answered = answer_an_exercise(view, chapter)
        view.keyboard.press("Control+s")
        view.wait_for_timeout(1500)
        assert any(answered in cell.source for cell in read(folder / "my" / chapter.name).cells)
        assert view.locator(".Toastify__toast, .jp-Dialog").count() == 0
        assert len(requests) > 20 and all(map(browser.INSIDE.match, requests))
        assert complaints == []


def move_a_slider(view: Any) -> None:
    """The days go from 18 to 19, and the count follows."""
    status = browser.find(view, view.locator(STATUS))
    before = status.inner_text()
    handle = view.locator(".jupyter-widgets", has_text="Days in a row").locator(".noUi-handle")
    handle.nth(1).press("ArrowRight")  # of minutes, days and the last day
    view.wait_for_function(
        "([where, text]) => document.querySelector(where).innerText.includes(text)",
        arg=[STATUS, "19 days"],
    )
    assert status.inner_text().split()[0] != before.split()[0]


def answer_an_exercise(view: Any, chapter: Path) -> str:
    """A misconception gets its own message, the solution is right."""
    found = exercises(read(chapter))
    exercise = learn.exercise(next(id for _, id, kind in found if kind in ("predict", "choose")))
    said = browser.answer(view, exercise.id, exercise.wrong[0].example)
    message = exercise.wrong[0].message.replace("`", "")
    assert said.startswith("Not yet.") and " ".join(message.split()) in " ".join(said.split())
    assert browser.answer(view, exercise.id, str(exercise.solution)).startswith("Right.")
    return str(exercise.solution).splitlines()[-1]


def git(folder: Path, *words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()

"""The drill: a good sample passes; exercises that answer wrongly, leak or raise are named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sample

from tools import offline
from tools.answers import leaks, split
from tools.drill import Drill, drill
from tools.execute import CellFailed
from tools.kernels import environment
from tools.notebooks import ROOT

# Each change is made in the sample's exercises, where a chapter's author would make it.
CHANGES = {
    "99.1": ('"answer = 5", 5, "Those', '"answer = 5", 6, "Those'),
    "99.2": ("That ends the days of work.", "It is not Friday, it is `b`"),
    "99.3": ("untouched=3,", ""),
    "99.4": ("Who watches?", "It is no household, it is `viewer`."),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    notebook = sample.notebook()
    # Later cells stop the drill when an attempt has left something behind.
    notebook.cells[19].source = "assert (len(days), answer) == (3, 3)"
    notebook.cells[23].source = "assert answer is ..."
    return drill(sample.write(tmp_path_factory.mktemp("good"), notebook))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    path = sample.write(tmp_path_factory.mktemp("bad"))
    pretend = path.with_name("pretend.py")
    text = pretend.read_text("utf-8")
    for old, new in CHANGES.values():
        assert old in text
        text = text.replace(old, new)
    # A declaration checks itself; here it is to be caught at the answer.
    text = text.replace("import base64", "import base64\nimport helpers.learn.declared", 1)
    text = text.replace("EXERCISES =", "helpers.learn.declared.declared = print\nEXERCISES =", 1)
    pretend.write_text(text.replace("= print", "= lambda exercise: None"), "utf-8")
    return drill(path)


def test_good_exercises_pass_and_each_answer_is_tried_and_undone(good: Drill) -> None:
    assert good.problems == []
    assert good.tried == {"99.1": 4, "99.2": 3, "99.3": 3, "99.4": 3}


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("99.1", "the misconception 'answer = 5' was answered"),
        ("99.2", "is answered with the solution"),
        ("99.3", "the stub was answered 'not yet'"),
        ("99.4", "a hint holds the solution"),
    ],
)
def test_a_bad_exercise_is_named(id: str, said: str, bad: Drill) -> None:
    assert any(line.startswith(f"exercise {id}: ") and said in line for line in bad.problems)


def test_a_cell_that_fails_is_named(tmp_path: Path) -> None:
    notebook = sample.notebook()
    notebook.cells[4].source = "people = fifty_three"
    with pytest.raises(CellFailed, match=r"Cell 1 \(people = fifty_three\): NameError"):
        drill(sample.write(tmp_path, notebook))


def test_an_exercise_that_is_not_declared_is_named(tmp_path: Path) -> None:
    notebook = sample.notebook()
    notebook.cells = notebook.cells[:9]
    notebook.cells[8].source = 'answer = ...\nlearn.exercise("99.4").check(answer)'
    problems = drill(sample.write(tmp_path, notebook)).problems
    assert "its heading says 99.1 and 'predict'" in problems[0]


def test_without_a_network_the_sample_says_so(tmp_path: Path) -> None:
    if not offline.possible():
        pytest.skip(f"NOT OFFLINE: {offline.REASON}")
    notebook = sample.notebook()
    notebook.cells = notebook.cells[:5]
    notebook.cells[4].source = (
        "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 9), timeout=5)\n"
        "except OSError as error:\n    assert error.errno == 101, error"
    )
    path = str(sample.write(tmp_path, notebook))
    words = offline.command([sys.executable, "-m", "tools.drill", path, "--namespace"])
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment())
    assert done.returncode == 0, done.stderr
    assert '"alone": true' in done.stdout


@pytest.mark.parametrize(
    ("solution", "text", "leaky"),
    [
        ("answer = 53", "It is 53.", True),
        ("answer = 53", "Not 530, nor 1.53, nor 53.5.", False),
        ("answer = 1235", "There are 1,235 of them.", True),
        ('answer = "b"', "Take `b`.", True),
        ('answer = "b"', "Not by this way.", False),
        ("answer = ask.streaks(plays)", "Call ask.streaks(plays) once.", True),
        ("answer = ask.streaks(plays)", "Look at ask.streaks.", False),
        ("days = 3\nanswer = days + 1", "days = 3 and answer = days + 1", True),
    ],
)
def test_a_leak_is_the_answer_itself(solution: str, text: str, leaky: bool) -> None:
    assert leaks(solution, text) is leaky


def test_a_cell_is_split_at_its_check() -> None:
    assert split("a = 1\nb = 2\nlearn.exercise('1').check(\n    b\n)") == (
        "a = 1\nb = 2",
        "learn.exercise('1').check(\n    b\n)",
    )
    for source in ("", "answer = 1", "check(answer)", "not python"):
        with pytest.raises(ValueError, match="does not end in"):
            split(source)

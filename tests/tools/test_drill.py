"""The one run of a chapter, in which its outputs are compared and its exercises tried."""

import re
import subprocess
import sys
from pathlib import Path

import sample

from helpers import learn
from tools.chapters import ROOT, read
from tools.keep.drill import drill


def outcome(path: Path) -> str:
    """What pytest says of a notebook, run as for the chapters."""
    words = "-m pytest -q -p conftest -p no:cacheprovider --color=no -rf -c pyproject.toml"
    words = [sys.executable, *words.split(), "--rootdir", str(path.parent), str(path)]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT).stdout


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def test_no_attempt_counts_as_a_prediction():
    cell = 'answer = ...\nlearn.exercise("04.4").check(answer)'
    lines, _, tried = drill("04.4", "predict", cell, {"learn": learn})
    assert (lines, tried, learn.exercise("04.4").latest) == ([], 5, "")


def test_changed_outputs_wrong_answers_and_calls_for_the_network_fail(tidied, tmp_path):
    path, pretend = sample.write(tmp_path, read(tidied)), tmp_path / "pretend.py"
    change(path, '"counted 53\\n"', '"counted 54\\n"')  # Cell 1: text
    change(path, "base64,iVBOR", "base64,iVBOS")  # Cell 4: a picture's bytes
    change(path, '"answer, people"', "\"__import__('socket').create_connection(('192.0.2.1', 9))\"")
    change(path, '"value": 53', '"value": 54')  # Cell 6: the numbers that tools read
    change(pretend, "Those are the days of work.", "Take 2 instead.")
    change(pretend, 'right="b"', 'right="a"')
    said = outcome(path)
    failed = {int(cell) for cell in re.findall(r"^FAILED .*::Cell (\d+)", said, re.M)}
    assert failed == {1, 2, 3, 4, 5, 6}, said
    assert "counted 53" in said and "counted 54" in said
    assert "Exercise 00.1:" in said and "answered with the solution" in said
    assert "asked for the network" in said or "unreachable" in said

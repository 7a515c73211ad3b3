"""nbval, as it runs over the chapters: each cell whose stored output was changed fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import sample

from tools.kernels import environment
from tools.notebooks import ROOT, as_text, read
from tools.tidy import tidy

NUMBERS = "application/vnd.fifty-three.numbers+json"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = sample.write(tmp_path_factory.mktemp("stored"))
    tidy(path)
    return path


def nbval(path: Path, system: str = "same") -> str:
    """What pytest says of a notebook, run as for the chapters."""
    words = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rf", "--color=no"]
    sanitize = ROOT / "tests" / f"sanitize-{system}-system.cfg"
    words += ["-p", "no:cacheprovider", "-n0", "--nbval-sanitize-with", str(sanitize), str(path)]
    words += ["--rootdir", str(path.parent), "-c", "/dev/null"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=path.parent, env=environment())
    return done.stdout


def failing(said: str) -> set[int]:
    """The numbers of the cells that failed."""
    return {int(cell) for cell in re.findall(r"^FAILED .*::Cell (\d+)", said, re.M)}


def tampered(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def test_changed_outputs_fail_and_the_cell_is_named(stored: Path, tmp_path: Path) -> None:
    path = sample.write(tmp_path, read(stored))
    picture = re.search(r"base64,([A-Za-z0-9+/=]{200})", path.read_text("utf-8"))
    assert picture
    tampered(path, '"counted 53\\n"', '"counted 54\\n"')  # Cell 2: text
    tampered(path, picture[1][100:200], picture[1][100:199] + "A")  # Cell 5: a picture's bytes
    tampered(path, "Not tried yet.", "Right.")  # Cells 3, 6, 7, 9: an exercise's outcome
    tampered(path, '"value": 53', '"value": 54')  # Cell 11: the numbers that tools read
    said = nbval(path)
    assert failing(said) == {2, 3, 5, 6, 7, 9, 11}, said
    assert "counted 53" in said and "counted 54" in said


def test_where_letters_are_drawn_otherwise_only_the_bytes_of_pictures_are_left_out(
    stored: Path, tmp_path: Path
) -> None:
    path = sample.write(tmp_path, read(stored))
    tampered(path, "base64,iVBOR", "base64,iVBOS")
    tampered(path, '"counted 53\\n"', '"counted 54\\n"')
    said = nbval(path, "other")
    assert failing(said) == {2} and "11 passed" in said, said


@pytest.mark.slow
def test_a_late_widget_does_not_stall_and_is_stored_the_same_twice(tmp_path: Path) -> None:
    path = sample.write(tmp_path, sample.with_widget(sample.notebook()))
    assert tidy(path) is True
    first = path.read_bytes()
    assert b"jupyter.widget-state" in first
    assert tidy(path) is False and path.read_bytes() == first
    assert as_text(nbformat.read(path, 4)).encode() == first

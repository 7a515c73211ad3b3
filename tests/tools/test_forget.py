"""`forget` removes a person's own files, the caches and her chapter 11, nothing else."""

import io
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from tools.learn import forget

PLACES = ("notebooks", "my", "my/before")
GONE = {
    *("my/11-find-yourself.ipynb", "my/before/11-find-yourself 2026.ipynb"),
    *(f"{name}/.ipynb_checkpoints/11-find-yourself-checkpoint.ipynb" for name in PLACES),
    *("data/mine/history.csv", "data/mine/deep/more.csv", "data/mine/.hidden"),
    *("data/cache/world.parquet", "data/cache/jupyter/history.sqlite", "data/cache/duckdb/1-a/x"),
}


def chapter(path: Path) -> None:
    output = v4.new_output("stream", text="my evenings")
    cell = v4.new_code_cell("history", execution_count=3, outputs=[output])
    path.parent.mkdir(exist_ok=True)
    nbformat.write(v4.new_notebook(cells=[cell], metadata={"widgets": {"state": 1}}), path)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A small workbook with a person's own files in it."""
    root = tmp_path / "workbook"
    for name in [*GONE, "data/published.csv", "data/README.md", "my/notes.md"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("my evenings")
    for name in ("notebooks/11-find-yourself.ipynb", "notebooks/02-people.ipynb", "my/02.ipynb"):
        chapter(root / name)
    monkeypatch.setattr(forget, "CHAPTERS", root / "notebooks")
    monkeypatch.setattr(forget, "MINE", root / "my")
    monkeypatch.setattr(forget.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("FIFTY_THREE_DATA", str(root / "data"))
    return root


def contents(root: Path) -> dict[str, str]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


def test_own_files_and_copies_of_chapter_11_go_and_all_else_stays(root):
    before = contents(root)
    assert forget.main(["--dry-run"]) == 0 and contents(root) == before
    assert forget.main([]) == 0
    after = contents(root)
    assert before.keys() - after.keys() == GONE
    assert all(after[name] == before[name] for name in after)
    assert forget.main([]) == 0 and contents(root) == after


def test_what_was_spilled_outside_the_workbook_goes_and_other_folders_stay(root, tmp_path):
    for name in ("fifty-three-a", "fifty-four-a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "spilled").write_text("my evenings")
    (tmp_path / "fifty-three-link").symlink_to(tmp_path / "fifty-four-a")
    assert forget.main(["--dry-run"]) == 0 and (tmp_path / "fifty-three-a").exists()
    assert forget.main([]) == 0 and not (tmp_path / "fifty-three-a").exists()
    assert (tmp_path / "fifty-four-a" / "spilled").exists()


@pytest.mark.parametrize(
    ("words", "typed", "kept"),
    [([], None, True), ([], "", True), ([], "y\n", False), (["--yes"], None, False)],
)
def test_my_goes_only_when_a_person_says_so(root, monkeypatch, words, typed, kept):
    keyboard = io.StringIO(typed or "")
    keyboard.isatty = lambda: typed is not None  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert forget.main(words) == 0
    assert (root / "my" / "notes.md").exists() == kept


@pytest.mark.skipif(os.name == "nt", reason="no links for plain users on Windows")
def test_no_link_is_followed_out_of_the_workbook(root, tmp_path):
    outside = tmp_path / "outside"
    chapter(outside / "11-elsewhere.ipynb")
    before = contents(outside)
    for name in ("data/mine/folder", "data/mine/deep/folder", "my/linked"):
        (root / name).symlink_to(outside)
    (root / "my" / "11b.ipynb").symlink_to(outside / "11-elsewhere.ipynb")
    assert forget.main([]) == 0 and contents(outside) == before
    assert forget.main(["--yes"]) == 0
    (root / "data" / "mine").rmdir()
    for name in ("data/mine", "my"):
        (root / name).symlink_to(outside)
    assert forget.main(["--yes"]) == 0
    assert contents(outside) == before


def test_what_can_not_be_removed_is_said_and_the_rest_goes(root, capsys, monkeypatch):
    path, unlink = root / "data/mine/history.csv", Path.unlink

    def busy(each: Path) -> None:
        if each == path:
            raise OSError("in use")
        unlink(each)

    monkeypatch.setattr(Path, "unlink", busy)
    assert forget.main([]) == 1
    assert f"FAIL {path}" in capsys.readouterr().out
    assert contents(root).keys() & GONE == {"data/mine/history.csv"}

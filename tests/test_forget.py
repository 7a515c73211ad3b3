"""`forget` removes a reader's own files, the caches and what was made from them, nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from tools import forget


def _chapter(path: Path) -> Path:
    cell = v4.new_code_cell(
        "history", execution_count=3, outputs=[v4.new_output("stream", text="my evenings")]
    )
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# É 五"), cell],
        metadata={"widgets": {"application/vnd.jupyter.widget-state+json": {"state": 1}}},
    )
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workbook with a reader's own files in it."""
    root = tmp_path / "workbook"
    for name in ("data/mine/deep", "data/cache/jupyter", "notebooks/.ipynb_checkpoints"):
        (root / name).mkdir(parents=True)
    for name in (
        *("data/mine/history.csv", "data/mine/deep/more.csv", "data/mine/.hidden"),
        *("data/cache/world.parquet", "data/cache/jupyter/history.sqlite"),
        *("data/published.csv", "data/README.md"),
    ):
        (root / name).write_text("my evenings")
    _chapter(root / "notebooks" / "02-fifty-three-people.ipynb")
    _chapter(root / "notebooks" / "11-find-yourself.ipynb")
    _chapter(root / "notebooks" / ".ipynb_checkpoints" / "11-find-yourself-checkpoint.ipynb")
    monkeypatch.setattr(forget, "ROOT", root)
    monkeypatch.setenv("FIFTY_THREE_DATA", str(root / "data"))
    return root


def _all(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_own_files_and_caches_go_and_all_else_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _all(root)
    assert forget.main([]) == 0
    after = _all(root)
    gone = {
        *("data/mine/history.csv", "data/mine/deep/more.csv", "data/mine/.hidden"),
        *("data/cache/world.parquet", "data/cache/jupyter/history.sqlite"),
    }
    assert before.keys() - after.keys() == gone
    assert after.keys() <= before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "notebooks/11-find-yourself.ipynb",
        "notebooks/.ipynb_checkpoints/11-find-yourself-checkpoint.ipynb",
    }
    said = capsys.readouterr().out.replace("\\", "/").splitlines()
    assert "removed data/mine/history.csv" in said
    assert "removed data/mine/deep" in said
    assert "removed the outputs in notebooks/11-find-yourself.ipynb" in said
    assert len(said) == 7


def test_the_chapter_keeps_its_text_and_loses_what_it_showed(root: Path) -> None:
    path = root / "notebooks" / "11-find-yourself.ipynb"
    forget.main([])
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["# É 五", "history"]
    assert notebook.cells[1].outputs == []
    assert notebook.cells[1].execution_count is None
    assert "widgets" not in notebook.metadata
    assert "my evenings" not in path.read_text(encoding="utf-8")
    assert "É 五" in path.read_text(encoding="utf-8")


def test_a_second_time_finds_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forget.main([])
    before = _all(root)
    capsys.readouterr()
    assert forget.main([]) == 0
    assert capsys.readouterr().out.startswith("nothing to remove: ")
    assert _all(root) == before


def test_a_dry_run_says_the_same_and_removes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _all(root)
    forget.main(["--dry-run"])
    dry = capsys.readouterr().out
    assert _all(root) == before
    forget.main([])
    assert dry.replace("would remove", "removed") == capsys.readouterr().out


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no links for plain users on this system")


def test_no_link_is_followed_out_of_the_workbook(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.csv").touch()
    kept = _chapter(tmp_path / "elsewhere.ipynb")
    text = kept.read_text(encoding="utf-8")
    _link(root / "data" / "mine" / "folder", outside)
    _link(root / "data" / "mine" / "file.csv", outside / "kept.csv")
    _link(root / "data" / "mine" / "deep" / "folder", outside)
    _link(root / "notebooks" / "11b-linked.ipynb", kept)
    assert forget.main([]) == 0
    assert list((root / "data" / "mine").iterdir()) == []
    assert (outside / "kept.csv").exists()
    assert kept.read_text(encoding="utf-8") == text
    assert (root / "notebooks" / "11b-linked.ipynb").is_symlink()


def test_a_folder_that_is_a_link_is_left_alone(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.csv").touch()
    forget.main([])
    (root / "data" / "mine").rmdir()
    _link(root / "data" / "mine", outside)
    forget.main([])
    assert (outside / "kept.csv").exists()


def test_a_folder_that_is_no_data_folder_is_left_alone(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "home"
    (other / "cache").mkdir(parents=True)
    (other / "cache" / "kept").touch()
    monkeypatch.setenv("FIFTY_THREE_DATA", str(other))
    forget.main([])
    assert (other / "cache" / "kept").exists()


def test_what_can_not_be_removed_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(forget, "remove", refuse)
    assert forget.main([]) == 1
    said = capsys.readouterr().out.replace("\\", "/")
    assert "FAIL data/mine/history.csv: not removed (Permission denied). Close JupyterLab" in said
    assert "removed the outputs in notebooks/11-find-yourself.ipynb" in said


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 1}'])
def test_a_chapter_that_can_not_be_read_is_said_and_left(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = root / "notebooks" / "11-find-yourself.ipynb"
    path.write_text(text)
    assert forget.main([]) == 1
    assert "or delete the file yourself" in capsys.readouterr().out
    assert path.read_text() == text
    assert not list(path.parent.glob("*.new"))


def test_jupyterlab_stores_chapter_11_without_outputs(root: Path) -> None:
    path = root / "notebooks" / "11-find-yourself.ipynb"
    for name, left in (("notebooks/11-find-yourself.ipynb", 0), ("notebooks/02-people.ipynb", 1)):
        content = json.loads(path.read_text(encoding="utf-8"))
        forget.before_saving({"type": "notebook", "content": content}, name, contents_manager=None)
        assert len(content["cells"][1]["outputs"]) == left
        assert ("widgets" in content["metadata"]) == bool(left)
    forget.before_saving({"type": "file", "content": "text"}, "notebooks/11-notes.ipynb")

"""my/ is a learner's own: without outputs, renewed while untouched, and never written over."""

import json
from pathlib import Path

import pytest
from tornado.web import HTTPError

from tools.learn import own

CHAPTER = "02-people.ipynb"


def write(path: Path, *sources: str) -> None:
    """A chapter with outputs."""
    output = {"output_type": "stream", "name": "stdout", "text": ["53"]}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [output]}
    cells = [{**cell, "execution_count": 3, "source": [source]} for source in sources]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def sources(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A small workbook whose my/ was made."""
    monkeypatch.setattr(own, "CHAPTERS", tmp_path / "notebooks")
    monkeypatch.setattr(own, "MINE", tmp_path / "my")
    write(tmp_path / "notebooks" / CHAPTER, "answer = ...")
    write(tmp_path / "notebooks" / "03-singled-out.ipynb", "1 + 1")
    (tmp_path / "notebooks" / "images").mkdir()
    (tmp_path / "notebooks" / "images" / "a.png").write_bytes(b"picture")
    (tmp_path / "notebooks" / "glossary.md").write_text("# Words")
    assert own.refresh() == []
    return tmp_path


def test_a_fresh_copy_has_no_outputs_and_those_of_her_own_do_not_count_as_touched(root):
    (cell,) = json.loads((root / "my" / CHAPTER).read_text("utf-8"))["cells"]
    assert cell["outputs"] == [] and cell["execution_count"] is None
    assert (root / "my" / "images" / "a.png").read_bytes() == b"picture"
    write(root / "my" / CHAPTER, "answer = ...")
    before = (root / "my" / CHAPTER).read_bytes()
    assert own.refresh() == []
    assert (root / "my" / CHAPTER).read_bytes() == before
    write(root / "notebooks" / CHAPTER, "answer = ...", "a new cell")
    assert own.refresh() == []
    assert sources(root / "my" / CHAPTER) == ["answer = ...", "a new cell"]


def test_what_she_has_touched_is_kept_and_said_in_one_line(root):
    write(root / "my" / CHAPTER, "answer = 53")
    assert own.refresh() == []
    write(root / "notebooks" / CHAPTER, "answer = None")
    for _ in range(2):
        (line,) = own.refresh()
        assert CHAPTER in line and "start.py reset 02" in line
        assert sources(root / "my" / CHAPTER) == ["answer = 53"]


def test_half_a_file_is_not_written_over_even_without_a_memory(root):
    for text in ("{", '{"cells": 1}'):
        (root / "my" / CHAPTER).write_text(text)
        (root / "my" / ".editions.json").unlink()
        assert len(own.refresh()) == 1
        assert (root / "my" / CHAPTER).read_text() == text


def test_a_glossary_with_notes_is_moved_before_the_new_one_comes(root):
    (root / "my" / "glossary.md").write_text("my notes")
    (root / "notebooks" / "glossary.md").write_text("# More words")
    assert len(own.refresh()) == 1
    assert (root / "my" / "glossary.md").read_text() == "# More words"
    (old,) = (root / "my" / "before").iterdir()
    assert old.read_text() == "my notes"


def test_reset_gives_a_fresh_copy_and_keeps_each_old_one(root, monkeypatch):
    seconds = iter("11112222")  # the second reset comes within the same second
    monkeypatch.setattr(own.time, "strftime", lambda text: next(seconds))
    for text in ("answer = 1", "answer = 2"):
        write(root / "my" / CHAPTER, text)
        assert own.main(["2", "03"]) == 0
        assert sources(root / "my" / CHAPTER) == ["answer = ..."]
    old = sorted((root / "my" / "before").glob("02*"))
    assert [sources(path) for path in old] == [["answer = 1"], ["answer = 2"]]
    assert own.refresh() == []


def test_jupyterlab_changes_her_own_folders_only(root):
    for path in ("my/02.ipynb", "/my/", "data/mine/a.csv"):
        own.may_change(path)
    for path in ("", "notebooks/02.ipynb", "data/a.csv", "mine/a.csv", "my/../a", "my\\..\\a"):
        with pytest.raises(HTTPError, match="403"):
            own.may_change(path)
    # Chapter 11 is stored without outputs.
    for name, left in (("my/11-find-yourself.ipynb", 0), ("my/02-people.ipynb", 1)):
        content = json.loads((root / "notebooks" / CHAPTER).read_text("utf-8"))
        own.before_saving({"type": "notebook", "content": content}, name, contents_manager=None)
        assert len(content["cells"][0]["outputs"]) == left


@pytest.mark.parametrize("text", ["{", "[1, 2]"])
def test_a_damaged_memory_of_editions_keeps_what_she_has_touched(root, text):
    write(root / "my" / CHAPTER, "answer = 53")
    (root / "my" / ".editions.json").write_text(text)
    assert len(own.refresh()) == 1
    assert sources(root / "my" / CHAPTER) == ["answer = 53"]
    assert own.main(["03"]) == 0

"""The shape of a chapter: a good sample passes, and each change of it is named."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import sample
from nbformat import NotebookNode

from tools.chapters import read
from tools.keep.lint import VIEW, problems

Change = Callable[[NotebookNode], None]


@pytest.fixture
def good(tidied: Path) -> NotebookNode:
    return read(tidied)


def source(index: int, old: str, new: str) -> Change:
    def change(chapter: NotebookNode) -> None:
        assert old in chapter.cells[index].source
        chapter.cells[index].source = chapter.cells[index].source.replace(old, new)

    return change


def at(index: int, **fields: object) -> Change:
    return lambda chapter: chapter.cells[index].update(fields)


def shown(index: int, data: dict[str, object]) -> Change:
    """Another output of a cell, by the kind of its data."""
    return at(index, outputs=[nbformat.v4.new_output("display_data", data)])


def swapped(one: int, other: int) -> Change:
    def change(chapter: NotebookNode) -> None:
        cells = chapter.cells
        cells[one], cells[other] = cells[other], cells[one]

    return change


def twice(chapter: NotebookNode) -> None:
    for index in (4, 8):
        shown(index, {VIEW: {}})(chapter)


CASES = {
    "parts in order": source(0, "**Questions**", "Questions"),
    "short cells": source(7, "answer", "x = 1\n" * 16 + "answer"),
    "an exercise's cell": swapped(6, 7),
    "alt text": shown(8, {"text/html": '<img src="data:,">'}),
    "one widget": twice,
    "the number that was found": source(11, "53", "54"),
    "a number that is there": source(11, "00.people", "00.peoples"),
    "nothing hidden": at(7, metadata={"tags": ["nbval-skip"]}),
}


def test_a_good_chapter_lacks_nothing_and_only_the_start_page_may_be_short(
    good: NotebookNode, tmp_path: Path
) -> None:
    assert problems(sample.write(tmp_path, good)) == []
    assert any("words" in line for line in problems(sample.write(tmp_path, good, "99-a.ipynb")))


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_a_chapter_without_this_is_told(change: Change, good: NotebookNode, tmp_path: Path) -> None:
    change(good)
    assert problems(sample.write(tmp_path, good))

"""The shape of a chapter: a good sample passes, and each change of it is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import sample
from nbformat import NotebookNode

from tools.chapters import NUMBERS
from tools.kernel import execute
from tools.lint import VIEW, problems
from tools.run import normal

Change = Callable[[NotebookNode], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    path = sample.write(tmp_path_factory.mktemp("sample"))
    return normal(execute(path)[0], path.stem)


def lacking(chapter: NotebookNode, folder: Path, change: Change, name: str) -> list[str]:
    changed = copy.deepcopy(chapter)
    change(changed)
    nbformat.write(changed, folder / name)
    return problems(folder / name)


def source(index: int, old: str, new: str) -> Change:
    def change(chapter: NotebookNode) -> None:
        assert old in chapter.cells[index].source
        chapter.cells[index].source = chapter.cells[index].source.replace(old, new)

    return change


def at(index: int, **fields: object) -> Change:
    return lambda chapter: chapter.cells[index].update(fields)


def shown(index: int, **data: object) -> Change:
    """Another output of a cell, by the kind of its data."""
    kinds = {kind.replace("_", "/", 1): value for kind, value in data.items()}
    fields = {"output_type": "display_data", "metadata": {}, "data": kinds}
    return at(index, outputs=[nbformat.from_dict(fields)])


def swapped(one: int, other: int) -> Change:
    def change(chapter: NotebookNode) -> None:
        cells = chapter.cells
        cells[one], cells[other] = cells[other], cells[one]

    return change


def rows(*names: str) -> Change:
    def change(chapter: NotebookNode) -> None:
        table = [{"name": name, "value": 53, "n": None} for name in names]
        chapter.cells[15].outputs[0]["data"][NUMBERS] = table

    return change


def twice(chapter: NotebookNode) -> None:
    for index in (4, 8):
        shown(index, **{VIEW: {}})(chapter)


CASES = {
    "a title": source(0, "# A sample says", "A sample says"),
    "parts in order": source(0, "**Questions**", "Questions"),
    "sections in order": swapped(12, 13),
    "key points": at(11, source="## Key points\n\nNone."),
    "imports on top": source(7, "answer", "import os\nanswer"),
    "short cells": source(7, "answer", "x = 1\n" * 16 + "answer"),
    "an exercise's cell": swapped(6, 7),
    "an exercise's check": source(10, "00.2", "00.1"),
    "alt text": shown(8, text_html='<img src="data:,">'),
    "one widget": twice,
    "its own numbers": rows("00.people", "02.default"),
    "a number once": rows("00.people", "00.people"),
    "the table at the end": swapped(7, 15),
    "the number that was found": source(11, "53", "54"),
    "a number that is there": source(11, "00.people", "00.peoples"),
    "cells that were run": at(7, execution_count=None),
    "no errors": at(7, outputs=[nbformat.v4.new_output("error", ename="E", evalue="")]),
    "nothing hidden": at(7, metadata={"tags": ["nbval-skip"]}),
    "nothing ignored": at(7, metadata={"tags": ["nbval-ignore-output"]}),
}


def test_a_good_chapter_lacks_nothing(good: NotebookNode, tmp_path: Path) -> None:
    assert lacking(good, tmp_path, lambda chapter: None, sample.NAME) == []


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_a_chapter_without_this_is_told(change: Change, good: NotebookNode, tmp_path: Path) -> None:
    assert lacking(good, tmp_path, change, sample.NAME)


def test_only_the_start_page_may_be_short(good: NotebookNode, tmp_path: Path) -> None:
    lines = lacking(good, tmp_path, lambda chapter: None, "99-a-sample.ipynb")
    assert any("words" in line for line in lines)

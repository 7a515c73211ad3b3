"""The shape of a chapter: a good sample passes, and each change of it is named."""

from typing import Any

import nbformat
import pytest
import sample

from tools.chapters import read
from tools.keep.lint import VIEW, problems


def shown(data: dict[str, Any]) -> dict[str, Any]:
    return {"outputs": [nbformat.v4.new_output("display_data", data)]}


# What a cell then is, by its place.
CASES: dict[str, dict[int, dict[str, Any]]] = {
    "parts in order": {0: {"source": sample.TOP.replace("**Questions**", "Questions")}},
    "short cells": {7: {"source": "x = 1\n" * 16}},
    "an exercise's cell": {6: {"source": "answer"}},
    "alt text": {8: shown({"text/html": '<img src="data:,">'})},
    "one widget": {4: shown({VIEW: {}}), 8: shown({VIEW: {}})},
    "the number that was found": {11: {"source": sample.POINTS.replace("53", "54")}},
    "a number that is there": {11: {"source": sample.POINTS.replace("00.people", "00.peoples")}},
    "nothing hidden": {7: {"metadata": {"tags": ["nbval-skip"]}}},
}


def test_a_good_chapter_lacks_nothing_and_only_the_start_page_may_be_short(tidied, tmp_path):
    assert problems(tidied) == []
    other = sample.write(tmp_path, read(tidied), "99-a.ipynb")
    assert any("words" in line for line in problems(other))


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_a_chapter_without_this_is_told(changes, tidied, tmp_path):
    chapter = read(tidied)
    for index, fields in changes.items():
        chapter.cells[index].update(fields)
    assert problems(sample.write(tmp_path, chapter))

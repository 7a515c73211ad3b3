"""A mistake is code: it gives the wrong answer that its help is for, in the chapter's own state."""

import re

import numpy as np
import pytest

from helpers import learn
from tools.chapters import ROOT, chapters, read
from tools.keep.drill import split

# Of each mistake: the exercise, which misconception it is, the answer, and the lines for its stub.
HEAD = re.compile(r"\[(.+), misconception (\d), (.+)\]\n")
MISTAKES = [
    (*HEAD.match(block).groups(), HEAD.sub("", block))
    for block in (ROOT / "tests" / "mistakes.txt").read_text("utf-8").split("\n\n")[1:]
]
ALONE = {"05b", "08", "09", "09b", "11"}  # these stubs need nothing that stands above them
CHAPTERS = dict.fromkeys(id.split(".")[0] for id, *_ in MISTAKES)


def at(chapter, ids):
    """The exercises of a chapter, each with the names that its stub and the open cells leave."""
    names = {"np": np}
    for cell in read(chapters([chapter])[0]).cells:
        exercise = re.search(r'learn\.exercise\("(.+)"\)\.check\(', cell.source)
        if exercise and exercise[1] in ids:
            here = dict(names)
            exec(split(cell.source)[0], here)
            yield exercise[1], here
            if exercise[1] == ids[-1]:
                return
        elif cell.cell_type == "code" and chapter not in ALONE and not exercise:
            folded = "hide-input" in cell.metadata.get("tags", [])
            exec("" if folded else cell.source, names)


@pytest.mark.parametrize(
    "chapter", [pytest.param(c, marks=[pytest.mark.slow] * (c in ("04", "13"))) for c in CHAPTERS]
)
def test_what_a_mistake_gives_is_met_with_the_help_for_it(chapter):
    ids = list(dict.fromkeys(id for id, *_ in MISTAKES if id.split(".")[0] == chapter))
    for id, (own, names) in zip(ids, at(chapter, ids), strict=True):
        assert own == id
        exercise = learn.exercise(id)
        for place, value, code in [rest for one, *rest in MISTAKES if one == id]:
            here, help_for_it = dict(names), exercise.wrong[int(place) - 1].message
            exec(code, here)
            assert here["answer"] == pytest.approx(float(value), rel=2e-3), (id, code)
            for answer in (here["answer"], float(value)):  # as it is, and as it is copied by hand
                assert exercise.check(answer).message == help_for_it, (id, code)

"""A small chapter that has the shape of a chapter; checks are tried on changed copies."""

import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "00-a-sample.ipynb"
TOP = """# A sample says what every chapter says

About 25 minutes

**Questions**

- Does every check see a good chapter pass?

**You will be able to**

- break it in one place, and see the check name the place.

**Before you start**: nothing."""
IMPORTS = "from pretend import Picture, learn\n\nfrom helpers import judge"
POINTS = "## Key points\n\n- The table holds 53 people <!-- number: 00.people -->"
ANSWER = 'answer = ...\nlearn.exercise("00.{}").check(answer)'


def notebook() -> NotebookNode:
    """The sample, not yet run."""
    text, code = new_markdown_cell, new_code_cell
    cells = [
        text(TOP),
        code(IMPORTS),
        text("## The story\n\nSomebody counts."),
        text("## People come out of a table"),
        code('found, people = judge.Numbers("00"), 53\nprint("counted", people)'),
        text("### Exercise 00.1: predict\n\nHow many days has a weekend?"),
        code(ANSWER.format(1)),
        code("answer, people"),
        code("Picture()"),
        text("### Exercise 00.2: choose\n\nWhich day ends the week? a) Friday b) Sunday"),
        code(ANSWER.format(2)),
        text(POINTS),
        text("## What to read next\n\nAny chapter."),
        text("## Sources\n\nNone."),
        text("## The numbers of this chapter"),
        code('found["people"] = people\nfound'),
    ]
    return new_notebook(cells=cells)


def write(folder: Path, chapter: NotebookNode | None = None, name: str = NAME) -> Path:
    """The file of a chapter in a folder, the sample's unless given, with what it imports."""
    folder.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("pretend.py"), folder)
    nbformat.write(notebook() if chapter is None else chapter, folder / name)
    return folder / name

"""A small chapter that follows the template in everything; checks are tried on changed copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "99-a-sample.ipynb"
FILLER = (
    "This sentence stands here so that the sample chapter has as many words as a chapter needs "
    "and says nothing else, which is all that a test can ask of it. "
)
SECTIONS = (
    "Fifty-three people come out of the table <!-- number: 99.default -->",
    "A share of 68 % stays when one word moves <!-- number: 99.share -->",
    "Nothing in the sample is about a person",
)
TOP = """# A sample says what every chapter says

About 25 minutes

**Questions**

- Does every check see a good chapter pass?

**You will be able to**

- break it in one place, and see the check name the place.

**Before you start**: nothing."""
LEARN = 'learn.exercise("99.{}").check(answer)'


def notebook() -> NotebookNode:
    """The sample, not yet run."""
    text, code = new_markdown_cell, new_code_cell
    bullets = "\n".join(f"- {section}" for section in SECTIONS)
    cells = [
        text(TOP),
        code("from pretend import Picture, learn\n\nfrom helpers import judge"),
        text(f"## The story\n\n{FILLER * 6}"),
        text(f"## {SECTIONS[0]}\n\n{FILLER * 4}"),
        code("people = 53\npeople"),
        text(FILLER * 4),
        code("print('counted', people)"),
        text("### Exercise 99.1: predict\n\nHow many days has a weekend?"),
        code(f"answer = ...\n{LEARN.format(1)}"),
        text(f"## {SECTIONS[1]}\n\n{FILLER * 4}"),
        code("answer = 'kept'\nshare = 0.684"),
        text(FILLER * 3),
        code("Picture()"),
        text(FILLER * 3),
        text("### Exercise 99.2: choose\n\nWhich day ends the week? a) Friday b) Sunday"),
        code(f"answer = ...\n{LEARN.format(2)}"),
        text(f"## {SECTIONS[2]}\n\n{FILLER * 3}"),
        text("### Exercise 99.3: fix\n\nMend the sum so that it adds all three days."),
        code(f"days = [1, 2, 3]\nanswer = sum(days[:-1])\n{LEARN.format(3)}"),
        code("len(days), answer"),
        text("### Exercise 99.4: fill in\n\nFill in the name of the column."),
        code(f"answer = ...\n{LEARN.format(4)}"),
        text(FILLER * 3),
        code("slider = judge.__name__"),
        text(f"## Key points\n\n{bullets}"),
        text("## What to read next\n\nAny chapter."),
        text("## Sources\n\nNone."),
        text("## The numbers of this chapter"),
        code(
            'judge.numbers(\n    judge.number("99.default", people, n=20_000),\n'
            '    judge.number("99.share", share, low=0.655, high=0.712, n=1000),\n)'
        ),
    ]
    return new_notebook(cells=cells)


def write(folder: Path, chapter: NotebookNode | None = None, name: str = NAME) -> Path:
    """The file of a chapter in a folder, with what it imports beside it.

    Parameters
    ----------
    folder : Path
        Where to put it.
    chapter : NotebookNode, optional
        Else the sample.
    name : str
        The file's name.
    """
    shutil.copy(Path(__file__).with_name("pretend.py"), folder)
    nbformat.write(notebook() if chapter is None else chapter, folder / name)
    return folder / name


def with_widget(chapter: NotebookNode) -> NotebookNode:
    """The sample with a slider whose text follows it: a cell at which a client can stall.

    Parameters
    ----------
    chapter : NotebookNode
        From `notebook`; it is changed.
    """
    chapter.cells[1].source = f"import ipywidgets\n{chapter.cells[1].source}"
    chapter.cells[23] = new_code_cell(
        "@ipywidgets.interact(days=(1, 24))\ndef recount(days=18):\n    print('days', days)",
        metadata={"tags": ["nbval-ignore-output"]},
    )
    return chapter

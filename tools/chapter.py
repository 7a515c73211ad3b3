"""A chapter as its template sees it: headings, sections, key points, words."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from tools.claims import COMMENT
from tools.notebooks import number, read

START = "The story"
POINTS, NEXT, SOURCES, TABLE = (
    "Key points",
    "What to read next",
    "Sources",
    "The numbers of this chapter",
)
END = (POINTS, NEXT, SOURCES, TABLE)


@dataclass
class Chapter:
    """A chapter's file, and the notebook in it."""

    path: Path
    notebook: NotebookNode

    @classmethod
    def of(cls, path: Path) -> Chapter:
        """The chapter in a file.

        Parameters
        ----------
        path : Path
            A notebook.
        """
        return cls(path, read(path))

    @property
    def small(self) -> bool:
        """Whether the sizes do not apply: the start page."""
        return number(self.path) == "00"

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Cell and text of every second-level heading, comments and all."""
        found = []
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "markdown":
                lines = re.findall(r"^## (.+?)\s*$", cell.source, re.M)
                found += [(index, line) for line in lines]
        return found

    @property
    def sections(self) -> list[str]:
        """The sentences between the story and the key points, as they stand."""
        return [text for _, text in self.headings if plain(text) not in (START, *END)]

    @property
    def points(self) -> list[str]:
        """The bullets of the key points, as they stand."""
        return re.findall(r"^[-*] (.+(?:\n  .+)*)", self.under(POINTS), re.M)

    @property
    def words(self) -> int:
        """How many words of text the chapter has."""
        texts = (c.source for c in self.notebook.cells if c.cell_type == "markdown")
        return sum(len(text.split()) for text in texts)

    def under(self, heading: str) -> str:
        """The Markdown under a heading, up to the next one.

        Parameters
        ----------
        heading : str
            Its words.
        """
        source = "\n\n".join(c.source for c in self.notebook.cells if c.cell_type == "markdown")
        found = re.search(rf"^## {re.escape(heading)}\s*$(.*?)(?=^## |\Z)", source, re.M | re.S)
        return found[1].strip() if found else ""


def plain(text: str) -> str:
    """A heading without its comments and spare blanks.

    Parameters
    ----------
    text : str
        As it stands in the cell.
    """
    return " ".join(COMMENT.sub("", text).split())


def tree(source: str) -> ast.Module:
    """The syntax of a code cell, an empty one for a cell that is not plain Python.

    Parameters
    ----------
    source : str
        The cell.
    """
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.parse("")

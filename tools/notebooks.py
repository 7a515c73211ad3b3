"""Where the chapters are and what is written in them: nothing here runs a chapter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from tools.files import replace

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "notebooks"
NUMBERS = "application/vnd.fifty-three.numbers+json"
COLUMNS = ("name", "value", "low", "high", "n", "published", "source")
EXERCISE = re.compile(r"^###\s+Exercise\s+(?P<id>[0-9]{2}b?\.[0-9]+):\s*(?P<kind>.+?)\s*$", re.M)
MINUTES = re.compile(r"^About (\d+) minutes\b", re.M)


class NotebookError(ValueError):
    """A chapter that is not there, or that can't be read."""


def chapters(names: list[str] | None = None, folder: Path = CHAPTERS) -> list[Path]:
    """The files of the chapters, in the order in which they are read.

    Parameters
    ----------
    names : list of str, optional
        Numbers ("02", "2", "05b") or paths; all chapters of the folder without it.
    folder : Path
        Where to look for numbers.

    Raises
    ------
    NotebookError
        When a name stands for no chapter.
    """
    every = sorted(folder.glob("[0-9][0-9]*.ipynb"))
    if not names:
        return every
    found = []
    for name in names:
        path = Path(name)
        hits = [path] if path.suffix == ".ipynb" and path.is_file() else []
        wanted = re.fullmatch(r"(\d{1,2})(b?)", name)
        if wanted:
            start = f"{int(wanted[1]):02d}{wanted[2]}-"
            hits = [each for each in every if each.name.startswith(start)]
        if not hits:
            there = ", ".join(map(number, every)) or "(none yet)"
            raise NotebookError(f"No chapter {name!r}; expected {there}, or a notebook's path.")
        found += hits
    return found


def read(path: Path) -> NotebookNode:
    """The notebook in a file.

    Parameters
    ----------
    path : Path
        A .ipynb file of format 4.

    Raises
    ------
    NotebookError
        When the file is no notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds; the reader needs the file's name
        raise NotebookError(f"{path.name} can't be read as a notebook: {error}") from error


def write(notebook: NotebookNode, path: Path) -> bool:
    """Whether the file changed; it is replaced in one step, or left alone when nothing differs.

    Parameters
    ----------
    notebook : NotebookNode
        What to write.
    path : Path
        Where to write it.
    """
    nbformat.validate(notebook)
    return replace(path, as_text(notebook))


def as_text(notebook: NotebookNode) -> str:
    """The notebook as its file holds it.

    Parameters
    ----------
    notebook : NotebookNode
        Of format 4.
    """
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def number(path: Path) -> str:
    """The number in a chapter's file name, such as "02" or "05b".

    Parameters
    ----------
    path : Path
        The chapter's file.
    """
    return path.stem.split("-")[0]


def title(notebook: NotebookNode) -> str:
    """The sentence that heads a chapter, "" without one.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter.
    """
    first = notebook.cells[0].source if notebook.cells else ""
    line = first.strip().splitlines()[0] if first.strip() else ""
    return line[2:].strip() if line.startswith("# ") else ""


def minutes(notebook: NotebookNode) -> int | None:
    """The minutes that a chapter says it takes.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter.
    """
    found = MINUTES.search(notebook.cells[0].source) if notebook.cells else None
    return int(found[1]) if found else None


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells; their place in this list is the number that every check names, from 0.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter.
    """
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def label(notebook: NotebookNode, index: int) -> str:
    """A cell's name in a message: "Cell 4 (counted = ask.watched...)", counted as nbval counts.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter.
    index : int
        The cell's place among all cells, from 0.
    """
    cell = notebook.cells[index]
    lines = [line for line in cell.source.splitlines() if line.strip()] or ["empty"]
    start = lines[0] if len(lines[0]) <= 60 else lines[0][:57] + "..."
    if cell.cell_type != "code":
        return f"text cell {index} ({start})"
    at = sum(each.cell_type == "code" for each in notebook.cells[:index])
    return f"Cell {at} ({start})"


def exercises(notebook: NotebookNode) -> list[tuple[int, str, str]]:
    """The exercises: place of the heading's cell, id ("02.1"), kind ("predict").

    Parameters
    ----------
    notebook : NotebookNode
        The chapter; the code cell of an exercise is the one after its heading's cell.
    """
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            matches = EXERCISE.finditer(cell.source)
            found += [(index, match["id"], match["kind"].lower()) for match in matches]
    return found


def numbers(notebook: NotebookNode) -> list[dict[str, Any]]:
    """The rows of the chapter's table of numbers, as its stored outputs hold them.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter, with outputs.
    """
    rows: list[dict[str, Any]] = []
    for cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(NUMBERS)
            if data is not None:
                rows += json.loads(data) if isinstance(data, str) else list(data)
    return [{column: row.get(column) for column in COLUMNS} for row in rows]

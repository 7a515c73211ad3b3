"""Where the chapters are and what is written in them: nothing here runs a chapter."""

import copy
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "notebooks"
NUMBERS = "application/vnd.fifty-three.numbers+json"
COLUMNS = ("name", "value", "low", "high", "n", "published", "source")
EXERCISE = re.compile(r"^###\s+Exercise\s+(?P<id>[0-9]{2}b?\.[0-9]+):\s*(?P<kind>.+?)\s*$", re.M)
COMMENT = re.compile(r"<!--.*?-->", re.S)


class NotebookError(ValueError):
    """A chapter that is not there, or that can't be read."""


def chapters(names: list[str] | None = None, folder: Path = CHAPTERS) -> list[Path]:
    """The files of the chapters in reading order; of those named, by "02", "2", "05b" or path."""
    every = sorted(folder.glob("[0-9][0-9]*.ipynb"))
    if not names:
        return every
    paths = []
    for name in names:
        path = Path(name)
        wanted = re.fullmatch(r"(\d{1,2})(b?)", name)
        if wanted:
            two_digits = f"{int(wanted[1]):02d}{wanted[2]}"
            named = [chapter for chapter in every if number(chapter) == two_digits]
        else:
            named = [path] if path.suffix == ".ipynb" and path.is_file() else []
        if not named:
            there = ", ".join(map(number, every)) or "(none yet)"
            raise NotebookError(f"No chapter {name!r}; expected {there}, or a notebook's path.")
        paths += named
    return paths


def read(path: Path) -> NotebookNode:
    """The notebook in a file."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds; the reader needs the file's name
        raise NotebookError(f"{path.name} can't be read as a notebook: {error}") from error


def as_text(notebook: NotebookNode) -> str:
    """The notebook as its file holds it."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def blank(notebook: Any) -> bool:
    """Take what a run left out of a notebook, in JSON or as a node; whether there was any."""
    before = copy.deepcopy(notebook)
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["metadata"].pop("execution", None)
    return bool(notebook != before)


def number(path: Path) -> str:
    """The number in a chapter's file name, such as "02" or "05b"."""
    return path.stem.split("-")[0]


def plain(text: str) -> str:
    """A line without its comments and spare blanks."""
    return " ".join(COMMENT.sub("", text).split())


def title(notebook: NotebookNode) -> str:
    """The sentence that heads a chapter, "" without one."""
    lines = notebook.cells[0].source.strip().splitlines() if notebook.cells else []
    return lines[0][2:].strip() if lines and lines[0].startswith("# ") else ""


def minutes(notebook: NotebookNode) -> int | None:
    """The minutes that a chapter says it takes."""
    line = re.search(r"^About (\d+) minutes\b", notebook.cells[0].source, re.M)
    return int(line[1]) if line else None


def folded(cell: NotebookNode) -> bool:
    """Whether a cell's code is hidden until a reader opens it: it draws, or notes numbers."""
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden"))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells; their place in this list is the number that every check names, from 0."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def label(notebook: NotebookNode, cell: NotebookNode) -> str:
    """A cell's name in a message, "Cell 4 (counted = ask.watched...)", counted as nbval counts."""
    lines = [line for line in cell.source.splitlines() if line.strip()] or ["empty"]
    start = lines[0] if len(lines[0]) <= 60 else lines[0][:57] + "..."
    if cell.cell_type != "code":
        return f"text cell ({start})"
    place = next(n for n, other in enumerate(code_cells(notebook)) if other is cell)
    return f"Cell {place} ({start})"


def exercises(notebook: NotebookNode) -> list[tuple[int, str, str]]:
    """Of each exercise: place of the heading's cell (its code is in the next), id and kind."""
    return [
        (index, match["id"], match["kind"].lower())
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
        for match in EXERCISE.finditer(cell.source)
    ]


def numbers(notebook: NotebookNode) -> list[dict[str, Any]]:
    """The rows of the chapter's table of numbers, as its stored outputs hold them."""
    rows: list[dict[str, Any]] = []
    for cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            table = output.get("data", {}).get(NUMBERS, [])
            rows += json.loads(table) if isinstance(table, str) else table
    return [{column: row.get(column) for column in COLUMNS} for row in rows]


def replace(path: Path, text: str) -> bool:
    """Whether a text file changed; who reads it sees the old text or the new one, never half."""
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True

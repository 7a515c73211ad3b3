"""Sizes of a chapter and of its cells, where its imports stand, and whether it was run."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

from tools.chapter import Chapter, tree
from tools.notebooks import code_cells, label

CELLS, WORDS = (25, 45), (900, 1_800)
MEDIAN, MOST, ALL, DEFINITION = 3, 10, 20, 12  # lines of code a cell
VIEW = "application/vnd.jupyter.widget-view+json"
HIDING = {"nbval-skip", "nbval-raises-exception", "nbval-check-output"}


def sizes(chapter: Chapter) -> Iterator[str]:
    """Where the chapter or its cells are too long or too short.

    Parameters
    ----------
    chapter : Chapter
        The chapter; 00 may be as short as it likes.
    """
    cells, words = len(chapter.notebook.cells), chapter.words
    if not chapter.small and not CELLS[0] <= cells <= CELLS[1]:
        yield f"{cells} cells; expected {CELLS[0]} to {CELLS[1]}"
    if not chapter.small and not WORDS[0] <= words <= WORDS[1]:
        yield f"{words:,} words of text; expected {WORDS[0]} to {WORDS[1]:,}"
    code = code_cells(chapter.notebook)
    lines = [sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in code]
    if lines and statistics.median(lines) > MEDIAN:
        yield f"the median code cell has {statistics.median(lines):g} lines; at most {MEDIAN}"
    long = [place for place, size in enumerate(lines) if size >= MOST]
    if len(long) > len(lines) / 10:
        named = ", ".join(f"Cell {place}" for place in long)
        yield f"{len(long)} of {len(lines)} code cells have {MOST} lines or more ({named})"
    for place, size in enumerate(lines):
        if size > ALL:
            yield f"Cell {place} has {size} lines; at most {ALL}"
        body = tree(code[place].source).body
        if len(body) == 1 and isinstance(body[0], ast.FunctionDef) and size > DEFINITION:
            yield f"Cell {place} only defines a function of {size} lines: it belongs in helpers"


def imports(chapter: Chapter) -> Iterator[str]:
    """Imports that stand elsewhere than in the first code cell.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    for place, cell in enumerate(code_cells(chapter.notebook)):
        nodes = ast.walk(tree(cell.source))
        found = any(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes)
        if place == 0 and not found:
            yield "the first code cell holds no imports"
        if place and found:
            yield f"Cell {place} imports; imports stand in the first code cell"


def stored(chapter: Chapter) -> Iterator[str]:
    """Cells that were never run, hold an error, or hide from the comparison of outputs.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    if chapter.notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "no kernel is named, so JupyterLab would ask for one: python3 start.py tidy"
    counts: list[int | None] = []
    if all(cell.execution_count is None for cell in code_cells(chapter.notebook)):
        yield "no cell was ever run: python3 start.py tidy"
        return
    for index, cell in enumerate(chapter.notebook.cells):
        if cell.cell_type != "code":
            continue
        name, tags = label(chapter.notebook, index), set(cell.metadata.get("tags", []))
        if cell.execution_count is None:
            yield f"{name} was never run"
        counts.append(cell.execution_count)
        kinds = [output.output_type for output in cell.outputs]
        if "error" in kinds and "raises-exception" not in tags:
            yield f"{name} holds an error"
        views = any(VIEW in output.get("data", {}) for output in cell.outputs)
        if "nbval-ignore-output" in tags and not views:
            yield f"{name} is tagged nbval-ignore-output and shows no widget"
        if tags & HIDING or "NBVAL_" in cell.source:
            yield f"{name} hides from nbval; only nbval-ignore-output and raises-exception are used"
    if None not in counts and counts != list(range(1, len(counts) + 1)):
        yield "the cells were not run in order from a fresh kernel: python3 start.py tidy"

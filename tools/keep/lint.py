"""What a chapter lacks of the shape that all chapters share, one line each."""

import ast
import functools
import re
import statistics
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers import facts
from tools import chapters as of
from tools.chapters import NUMBERS, code_cells, label, numbers, plain

TOP = ("About ", "**Questions**", "**You will be able to**", "**Before you start**")
START = "The story"
END = ("Key points", "What to read next", "Sources", "The numbers of this chapter")
KINDS = ("predict", "choose", "fix", "fill in", "explain")
CELLS, WORDS, LINES = 45, (900, 1_800), (3, 10, 15)  # of code: median, nine in ten, all
ALT = 20  # letters of a description, which is more than a name
VIEW = "application/vnd.jupyter.widget-view+json"
HIDING = {"nbval-skip", "nbval-raises-exception", "nbval-check-output"}
NAMED = re.compile(r"<!--\s*number:\s*(.*?)\s*-->")
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def problems(path: Path) -> list[str]:
    """What a chapter lacks; empty when it has the shape."""
    notebook = of.read(path)
    lines = [line for check in CHECKS for line in check(notebook, of.number(path))]
    return list(dict.fromkeys(lines))


def opening(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    source = notebook.cells[0].source
    if len(plain(of.title(notebook)).split()) < 3:
        yield "the first cell does not start with a title that is a sentence: # ..."
    if of.minutes(notebook) is None:
        yield "no line says: About N minutes"
    at = [source.find(f"\n{part}") for part in TOP]
    if -1 in at or at != sorted(at):
        yield f"the first cell does not hold, in this order, {', '.join(TOP)}"


def headings(notebook: NotebookNode) -> list[str]:
    """The second-level headings, comments and all."""
    return re.findall(r"^## (.+?)\s*$", words(notebook), re.M)


def words(notebook: NotebookNode) -> str:
    """All that is written in text cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def bullets(notebook: NotebookNode) -> list[str]:
    """The key points, comments and all."""
    text = words(notebook).partition(f"## {END[0]}\n")[2].partition("\n## ")[0]
    return re.findall(r"^[-*] (.+(?:\n  .+)*)", text, re.M)


def order(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    texts = [plain(text) for text in headings(notebook)]
    if texts[:1] != [START] or tuple(texts[-4:]) != END:
        yield f"the headings are not {START}, sections, {', '.join(END)}, but {', '.join(texts)}"
    if not bullets(notebook):
        yield "the key points have no list"


def sizes(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    count = len(words(notebook).split())
    cells = [cell for cell in code_cells(notebook) if not of.folded(cell)]
    size = sum(not of.folded(cell) for cell in notebook.cells)
    if size > CELLS:
        yield f"{size} open cells; at most {CELLS}"
    if chapter != "00" and not WORDS[0] <= count <= WORDS[1]:
        yield f"{count:,} words of text; expected {WORDS[0]} to {WORDS[1]:,}"
    median, ten, most = LINES
    lines = [sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in cells]
    if statistics.median(lines) > median:
        yield f"the median code cell has {statistics.median(lines):g} lines; at most {median}"
    long = [label(notebook, cells[at]) for at, size in enumerate(lines) if size >= ten]
    if len(long) > len(lines) / 10:
        yield f"{len(long)} of {len(lines)} code cells have {ten} lines or more: {', '.join(long)}"
    if max(lines) > most:
        yield f"a code cell has {max(lines)} lines; at most {most}: {', '.join(long)}"


def folds(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    for cell in filter(of.folded, code_cells(notebook)):
        if not re.search(r"\b(show\.|found\b|learn\.predicted)", cell.source):
            yield f"{label(notebook, cell)} is folded, and neither draws, notes nor reveals"
        if "hide-input" not in cell.metadata.get("tags", []):
            yield f"{label(notebook, cell)} is folded, and lacks the tag hide-input"


def imports(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    for place, cell in enumerate(code_cells(notebook)):
        nodes = ast.walk(ast.parse(cell.source))
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes) is bool(place):
            yield f"{label(notebook, cell)}: imports stand in the first code cell"


def tasks(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    tasks = of.exercises(notebook)
    ids = [id for _, id, _ in tasks]
    if not ids or ids != [f"{chapter}.{place}" for place in range(1, len(ids) + 1)]:
        yield f"the exercises are {', '.join(ids)}; expected {chapter}.1 and so on"
    for index, id, kind in tasks:
        if kind not in KINDS:
            yield f"exercise {id}: no kind {kind!r}"
        rest = notebook.cells[index].source.partition(f"### Exercise {id}:")[2]
        cell = notebook.cells[index + 1] if index + 1 < len(notebook.cells) else None
        if re.search(r"^#{1,3} ", rest, re.M) or cell is None or cell.cell_type != "code":
            yield f"exercise {id}: its code cell does not stand under it"
            continue
        if not re.search(rf'^learn\.exercise\("{id}"\)\.check\([^#]*\)\Z', cell.source, re.M):
            yield f'exercise {id}: its cell does not end in learn.exercise("{id}").check(...)'


def pictures(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    views = 0
    for cell in notebook.cells:
        outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
        views += sum(VIEW in data for data in outputs)
        text = cell.source if cell.cell_type == "markdown" else ""
        html = "\n".join([text] + ["".join(data.get("text/html", "")) for data in outputs])
        alts = re.findall(r"!\[(.*?)\]\(", text)
        for image in re.findall(r"<img\b[^>]*>", html):
            alts += re.findall(r'\balt="([^"]*)"', image) or [""]
        bare = any("image/png" in data and "text/html" not in data for data in outputs)
        if bare or any(len(alt.strip()) < ALT for alt in alts):
            yield f"{label(notebook, cell)} shows a picture without a description (alt text)"
    if views > 1:
        yield f"{views} interactive figures; at most one"


def table(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    names = [str(row["name"]) for row in numbers(notebook)]
    last = [output.get("data", {}) for output in notebook.cells[-1].get("outputs", [])]
    if not names or sum(NUMBERS in data for data in last) != 1:
        yield "the last cell does not show the chapter's table of numbers: found"
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield f"the number {name} stands in the table twice"
        if not name.startswith(f"{chapter}."):
            yield f"the number {name} does not start with the chapter's"


def claimed(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    rows = {row["name"]: (row["value"], row["n"]) for row in numbers(notebook)}
    for text in (of.title(notebook), *headings(notebook), *bullets(notebook)):
        for id in re.split(r"[,\s]+", ", ".join(NAMED.findall(text))):
            value, n = rows.get(id) or (fact(id) if id else None, None)
            if id and value is None:
                yield f"{plain(text)!r} names {id}, which is no row of the numbers and no fact"
            elif id and not holds(plain(text), value, n):
                yield f"{plain(text)!r} names {id} and does not hold its value {value}"


def holds(text: str, value: Any, n: int | None = None) -> bool:
    """Whether a text holds a value as it is printed: 1,235 or three; .907; 68%; 99 of 100.

    >>> [holds(text, 0.684) for text in (".684 stays", "Some 68% stay", "6 of 10", "0.68 stay")]
    [True, True, False, True]
    """
    if isinstance(value, str):
        return value in text
    return bool(printed(value, n or 1).search(text))


@functools.cache
def printed(value: float, n: int) -> re.Pattern[str]:
    """The ways in which a value is printed."""
    ways = [rf"{value:,.{places}f}" for places in (1, 2, 3)]
    if value == round(value) or abs(value) >= 10:
        ways.append(f"{round(value):,}")
    if value in range(len(SMALL)):
        ways.append(SMALL[int(value)])
    if abs(value) <= 1:
        ways += [f"{value:.{places}f}".lstrip("0") for places in (1, 2, 3)]
        ways += [f"{100 * value:.{places}f}(?: ?%| per cent)" for places in (0, 1)]
        wholes = (10, 100, 1_000, n)
        ways += [f"{round(value * whole):,} (?:of|in) {whole:,}" for whole in wholes]
    either = "|".join(way.replace(".", r"\.") for way in ways)
    return re.compile(rf"(?<![\w.,])(?:{either})(?!\w|[.,]\d)", re.I)


def fact(id: str) -> Any:
    """A published value, or one that a study counted; None for an id of neither."""
    for look in (facts.published, facts.measured):
        with suppress(facts.FactsError):
            return look(id).value
    return None


def stored(notebook: NotebookNode, chapter: str) -> Iterator[str]:
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "no kernel is named, so JupyterLab would ask for one: python3 start.py tidy"
    cells = code_cells(notebook)
    if [cell.execution_count for cell in cells] != list(range(1, len(cells) + 1)):
        yield "the cells were not all run, in order, from a fresh kernel: python3 start.py tidy"
    for cell in cells:
        name, tags = label(notebook, cell), set(cell.metadata.get("tags", []))
        views = any(VIEW in output.get("data", {}) for output in cell.outputs)
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors and "raises-exception" not in tags:
            yield f"{name} holds an error"
        ignored = "nbval-ignore-output" in tags and not views
        if ignored or tags & HIDING or "NBVAL_" in cell.source:
            yield f"{name} hides from the comparison of outputs and shows no widget"


CHECKS = (opening, order, sizes, folds, imports, tasks, pictures, table, claimed, stored)

"""What a chapter shows: its pictures have words, its table of numbers bears its headings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from nbformat import NotebookNode

from tools.chapter import TABLE, Chapter, plain
from tools.claims import problems
from tools.notebooks import code_cells, label, number, numbers, title
from tools.shape import VIEW

ALT = 20  # letters; a description, not a name
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(")


class _Images(HTMLParser):
    """Collects the alt texts of the images in HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def alts(html: str) -> list[str]:
    """The alt text of each image, "" for an image without one.

    Parameters
    ----------
    html : str
        Part of a page.
    """
    parser = _Images()
    parser.feed(html)
    return parser.alts


def _shown(cell: NotebookNode) -> Iterator[str]:
    """Alt texts of everything that a cell shows; "" for a picture without HTML around it."""
    if cell.cell_type == "markdown":
        yield from PICTURE.findall(cell.source)
        yield from alts(cell.source)
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        found = alts("".join(data.get("text/html", "")))
        yield from found
        if any(kind.startswith("image/") for kind in data) and not found:
            yield ""


def pictures(chapter: Chapter) -> Iterator[str]:
    """Figures that a reader who does not see them learns nothing of, and spare widgets.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    for index, cell in enumerate(chapter.notebook.cells):
        for alt in _shown(cell):
            if len(alt.strip()) < ALT:
                said = f"only {alt!r}" if alt.strip() else "no description"
                yield f"{label(chapter.notebook, index)} shows a picture with {said} (alt text)"
    outputs = [output for cell in code_cells(chapter.notebook) for output in cell.outputs]
    views = sum(VIEW in output.get("data", {}) for output in outputs)
    if views > 1:
        yield f"{views} interactive figures; at most one"


def table(chapter: Chapter) -> Iterator[str]:
    """What is wrong with the table of numbers.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    names = [str(row["name"]) for row in numbers(chapter.notebook)]
    home = next((at for at, text in chapter.headings if plain(text) == TABLE), None)
    if not names:
        yield "no table of numbers: end the last code cell with judge.numbers(...)"
    elif home is not None:
        rest = NotebookNode(cells=chapter.notebook.cells[home:])
        if len(numbers(rest)) != len(names):
            yield f"the table of numbers does not stand under '## {TABLE}'"
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield f"the number {name!r} stands in the table twice"
        if not name.startswith(f"{number(chapter.path)}."):
            yield f"the number {name!r} does not start with the chapter's"


def claimed(chapter: Chapter) -> Iterator[str]:
    """Headings and key points whose numbers are not those of the rows that they name.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    rows = {str(row["name"]): row["value"] for row in numbers(chapter.notebook)}
    if not rows:
        return  # `table` has said so, and nothing can be compared
    for text in (title(chapter.notebook), *chapter.sections, *chapter.points):
        yield from problems(text, rows)

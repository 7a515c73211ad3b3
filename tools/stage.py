"""The pages of the web book as Sphinx reads them: stored chapters, with what the web folds."""

import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from helpers import learn
from tools.chapters import CHAPTERS, NUMBERS, ROOT, as_text, chapters, number, plain, read, title

BOOK = ROOT / "book"
WIDGET = "application/vnd.jupyter.widget-view+json"
CHECK = re.compile(r'learn\.exercise\("([\w.]+)"\)\.check')
COMMENT = re.compile(r" *<!--.*?-->", re.S)  # a search would show those in titles
OUTSIDE = re.compile(r"\[([^]]*)\]\(\.\./[^)]*\)")  # a link to what is no page of the book
COUNTS = '<a href="count.html">Count again in this tab</a>'
MOVES = 'This panel moves <a href="index.html#on-your-own-machine">on your own machine</a>'


def pages(folder: Path, words: dict[str, str]) -> None:
    """Write all pages into a folder; `words` stand for the capital words of book/count.md."""
    listed = [f"{number(path)}. {chapter(path, folder)} <{path.stem}>" for path in chapters()]
    looked_up = sorted(CHAPTERS.glob("*.md"))
    for path in looked_up:
        text = prose(path.read_text("utf-8"))
        if "\n## " not in text:  # no level of headings is left out
            text = text.replace("\n### ", "\n## ")
        (folder / path.name).write_text(text, "utf-8")
    shutil.copy(CHAPTERS / "references.bib", folder)
    names = "\n".join(path.stem for path in looked_up)
    words = {"CHAPTERS": "\n".join(listed), "PAGES": names, "FIGURE": figure(), **words}
    for name in ("index.md", "count.md"):
        text = (BOOK / name).read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        (folder / name).write_text(text, "utf-8")


def prose(text: str) -> str:
    return OUTSIDE.sub(r"\1", COMMENT.sub("", text))


def chapter(path: Path, folder: Path) -> str:
    """Write a chapter as the web shows it, and return its title."""
    notebook = read(path)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = prose(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = shown(cell.source, data)
            for unseen in (WIDGET, NUMBERS):
                data.pop(unseen, None)
    (folder / path.name).write_text(as_text(notebook), "utf-8")
    return plain(title(notebook))


def shown(source: str, data: dict[str, Any]) -> str:
    """The HTML of an output: what answers or reveals is folded, what moves has a link."""
    html, asked = str(data["text/html"]), CHECK.search(source)
    if asked:
        return answers(asked[1])
    if WIDGET in data:
        return f"{html}<p>{COUNTS if 'show.recount(' in source else MOVES}.</p>"
    if NUMBERS in data:
        return folded("All numbers, with intervals and sources", html)
    if data["text/plain"].startswith("No prediction yet"):
        result = html.partition("</strong>")[2].removesuffix("</div>")
        return folded("Your prediction first. Then open the result", result)
    return html


def answers(id: str) -> str:
    """The hints and the solution of an exercise, each folded."""
    exercise = learn.exercise(id)
    texts = [(f"Hint {i}", hint) for i, hint in enumerate(exercise.hints, 1)]
    texts.append(("Solution", exercise.solution.note.text.strip()))
    code = [(name, re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))) for name, text in texts]
    return "".join(folded(name, text) for name, text in code)


def folded(summary: str, html: str) -> str:
    return f'<details><summary>{summary}</summary><div class="answer">{html}</div></details>'


def figure() -> str:
    """The figure of chapter 02 that shows the other definitions, with its words and numbers."""
    cells = [cell for cell in read(chapters(["02"])[0]).cells if "make.COUNTS" in cell.source]
    return str(cells[0].outputs[-1]["data"]["text/html"])

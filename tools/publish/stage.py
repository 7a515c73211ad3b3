"""The pages of the web book as Sphinx reads them: stored chapters, with what the web folds."""

import re
from html import escape
from pathlib import Path
from typing import Any

from helpers import learn
from tools.chapters import CHAPTERS, NUMBERS, ROOT, as_text, chapters, number, plain, read, title

BOOK = ROOT / "book"
WIDGET = "application/vnd.jupyter.widget-view+json"
CHECK = re.compile(r'learn\.exercise\("([\w.]+)"\)\.check')
UNSEEN = re.compile(r" *<!--.*?-->|\[([^]]*)\]\(\.\./[^)]*\)", re.S)  # comments, links outside
COUNTS = '<a href="count.html">Count again in this tab</a>'
MOVES = 'This panel moves <a href="index.html#on-your-own-machine">on your own machine</a>'


def pages(folder: Path, words: dict[str, str]) -> None:
    """Write all pages into a folder; `words` replace the capital words of book/count.md."""
    looked_up = sorted(CHAPTERS.glob("*.md"))
    for path in looked_up:
        text = prose(path.read_text("utf-8"))
        if "\n## " not in text:
            text = text.replace("\n### ", "\n## ")  # no level of headings is left out
        (folder / path.name).write_text(text, "utf-8")
    words["CHAPTERS"] = "\n".join(chapter(path, folder) for path in chapters())
    words["PAGES"] = "\n".join(path.stem for path in looked_up)
    words["FIGURE"] = figure()  # the last, whose letters may spell any word
    for name in ("index.md", "count.md"):
        text = (BOOK / name).read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        (folder / name).write_text(text, "utf-8")


def prose(text: str) -> str:
    return UNSEEN.sub(r"\1", text)


def chapter(path: Path, folder: Path) -> str:
    """Write a chapter as the web shows it, and return its line in the list of chapters."""
    notebook = read(path)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = prose(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = shown(cell.source, data)
                data.pop(WIDGET, None)
                data.pop(NUMBERS, None)
    (folder / path.name).write_text(as_text(notebook), "utf-8")
    return f"{number(path)}. {plain(title(notebook))} <{path.stem}>"


def shown(source: str, data: dict[str, Any]) -> str:
    """The HTML of an output: what answers or reveals is folded, what moves has a link."""
    html = str(data["text/html"])
    if asked := CHECK.search(source):
        return answers(asked[1])
    if WIDGET in data:
        return f"{html}<p>{COUNTS if 'show.recount(' in source else MOVES}.</p>"
    if NUMBERS in data:
        return folded("All numbers, with intervals and sources", html)
    if data["text/plain"].startswith("No prediction yet"):
        result = html.partition("</strong>")[2].removesuffix("</div>").strip()
        return folded("Your prediction first. Then open the result", result)
    return html


def answers(id: str) -> str:
    """The hints and the solution of an exercise, each folded; back-ticks mark code."""
    exercise = learn.exercise(id)
    texts = {f"Hint {i}": hint for i, hint in enumerate(exercise.hints, 1)}
    texts["Solution"] = exercise.solution.note.text.strip()
    page = "".join(folded(name, escape(text)) for name, text in texts.items())
    return re.sub("`([^`]+)`", r"<code>\1</code>", page)


def folded(summary: str, html: str) -> str:
    return f'<details><summary>{summary}</summary><div class="answer">{html}</div></details>'


def figure() -> str:
    """The figure of chapter 02 that shows the other definitions, with its words and numbers."""
    cells = [cell for cell in read(chapters(["02"])[0]).cells if "make.COUNTS" in cell.source]
    return str(cells[0].outputs[-1]["data"]["text/html"])

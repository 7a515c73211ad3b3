"""`claims`: a ledger of each number that the chapters' text states, and what it stands on.

A row of tests/claims.csv names a row of the chapter's numbers, a published or measured fact, the
output or the code of the chapter; or gives a reason, which a person writes and the command keeps.
When what a sentence stands on changes, its row does, and CI compares.
"""

import argparse
import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from helpers import facts
from tools import chapters as of
from tools.chapters import ROOT, code_cells, replace
from tools.keep.lint import NAMED, holds

LEDGER = ROOT / "tests" / "claims.csv"
COLUMNS = ("chapter", "sentence", "number", "stands_on")
NUMBER = re.compile(
    r"(?<![\w.,#/-])(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?: ?%)?(?![\w/]|[.,]\d)"
)
LEFT_OUT = re.compile(  # code, addresses, headings of exercises, and tables that a command makes
    r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|^#+ Exercise [^\n]*$|^\| \d\d[^\n]*$", re.S | re.M
)
MONTH = "January February March April May June July August September October November December"
PLAIN = {  # what is no claim: a number in such words
    "a date": rf"\b(?:{'|'.join(MONTH.split())})\b|\b(?:19|20)\d\d\b",
    "a reference": r"\b(?:chapters?|exercises?|articles?|art\.|recital|section|table|figure)\b",
    "reading time": r"^About \d+ minutes",
}


def main(argv: list[str]) -> int:
    """Write the ledger; with `--check` only say what would change. 1 when a number has no row."""
    parser = argparse.ArgumentParser(prog="start.py claims", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    check = parser.parse_args(argv).check
    old = LEDGER.read_text("utf-8") if LEDGER.exists() else ""
    reasons = {
        tuple(row)[:3]: row[3]
        for row in csv.reader(io.StringIO(old))
        if row[3].startswith("because ")
    }
    lines = list(ledger(reasons))
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([COLUMNS, *lines])
    if not check:
        replace(LEDGER, file.getvalue())
    bare = [line for line in lines if not line[3]]
    for chapter, sentence, number, _ in bare:
        print(f"{chapter}: {number} stands on nothing that is known: {sentence}")
    if check and file.getvalue() != old:
        print("tests/claims.csv would change: python3 start.py claims")
    return int(bool(bare) or (check and file.getvalue() != old))


def ledger(reasons: dict[tuple[str, ...], str]) -> Iterator[tuple[str, str, str, str]]:
    """A row for each number in a sentence: a reason that somebody gave goes before all others."""
    others = list(fact_values())
    for path in of.chapters():
        notebook, chapter = of.read(path), of.number(path)
        own, visible, seen = list(values(of.numbers(notebook))), shown(notebook), set()
        for sentence, marks in sentences(notebook):
            for match in NUMBER.finditer(sentence):
                number = match[0].strip()
                key = (chapter, " ".join(sentence.split()[:12]), number)
                if key in seen:
                    continue
                seen.add(key)
                ground = reasons.get(key) or named(number, [v for v in own if v[0] in marks])
                ground = ground or named(number, own) or in_sight(number, visible)
                yield (*key, ground or no_claim(sentence) or named(number, others))


def sentences(notebook: NotebookNode) -> Iterator[tuple[str, list[str]]]:
    """The sentences of the text, each with the numbers that its line names in a comment."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "## Sources" not in cell.source:
            for line in LEFT_OUT.sub(" ", cell.source).splitlines():
                marks = re.split(r"[,\s]+", ", ".join(NAMED.findall(line)))
                for sentence in re.split(r"(?<=[.?!:;])\s+", of.plain(line)):
                    yield sentence, marks


def values(rows: list[dict[str, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """The names of the numbers, with each value that stands in their rows."""
    for row in rows:
        for column in ("value", "low", "high", "n", "published"):
            if row.get(column) not in (None, ""):
                yield str(row["name"]), row[column], row["n"]


def fact_values() -> Iterator[tuple[str, Any, Any]]:
    """The same of what was published, and measured."""
    for kind in ("published", "measured"):
        with (facts.data_folder() / f"{kind}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for column in ("value", "low", "high", "n"):
                    text = row.get(column) or ""
                    number = re.fullmatch(r"-?[\d.]+(?:e[-+]?\d+)?", text)
                    if text:
                        yield f"{kind}:{row['id']}", float(text) if number else text, None


def named(number: str, known: list[tuple[str, Any, Any]]) -> str:
    """The first name whose value a number is, "" where there is none."""
    return next((name for name, value, n in known if holds(number, value, n)), "")


def in_sight(number: str, shown: str) -> str:
    """Whether a number stands in the code or in an output of the chapter."""
    plain = re.escape(number.rstrip(" %").replace(",", ""))
    found = re.search(rf"(?<![\w.]){plain}(?!\w|\.\d)", shown)
    return "the chapter's code or output" if found else ""


def no_claim(sentence: str) -> str:
    """Why a sentence with a number claims nothing that was counted."""
    return next((why for why, words in PLAIN.items() if re.search(words, sentence, re.I)), "")


def shown(notebook: NotebookNode) -> str:
    """All code and all text that it shows, with numbers as text has them: 1000, .5."""
    texts = [cell.source for cell in code_cells(notebook)]
    for output in (output for cell in code_cells(notebook) for output in cell.outputs):
        texts += ["".join(output.get("data", {}).get("text/plain", "")), output.get("text", "")]
    return re.sub(r"(?<=\d)[,_](?=\d{3})|(?<![\d.])0(?=\.)", "", "\n".join(texts))

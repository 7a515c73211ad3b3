"""The template's checks: a good sample passes, and each change of it is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import sample
from nbformat import NotebookNode

from tools.execute import execute
from tools.template import problems
from tools.tidy import normal

Change = Callable[[NotebookNode], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    path = sample.write(tmp_path_factory.mktemp("sample"))
    return normal(execute(path).notebook, path.stem)


@pytest.fixture
def lacking(good: NotebookNode, tmp_path: Path) -> Callable[..., list[str]]:
    def ask(change: Change | None = None, name: str = sample.NAME) -> list[str]:
        chapter = copy.deepcopy(good)
        if change:
            change(chapter)
        nbformat.write(chapter, tmp_path / name)
        return problems(tmp_path / name)

    return ask


def test_a_good_chapter_lacks_nothing(lacking: Callable[..., list[str]]) -> None:
    assert lacking() == []


def source(index: int, old: str, new: str) -> Change:
    def change(chapter: NotebookNode) -> None:
        assert old in chapter.cells[index].source
        chapter.cells[index].source = chapter.cells[index].source.replace(old, new)

    return change


def at(index: int, **fields: object) -> Change:
    def change(chapter: NotebookNode) -> None:
        chapter.cells[index].update(fields)

    return change


def without(*indices: int) -> Change:
    def change(chapter: NotebookNode) -> None:
        chapter.cells = [c for i, c in enumerate(chapter.cells) if i not in indices]

    return change


def stored(index: int, mime: str, value: object) -> Change:
    def change(chapter: NotebookNode) -> None:
        chapter.cells[index].outputs[0]["data"][mime] = value

    return change


def swapped(one: int, other: int) -> Change:
    def change(chapter: NotebookNode) -> None:
        cells = chapter.cells
        cells[one], cells[other] = cells[other], cells[one]

    return change


def output(index: int, **fields: object) -> Change:
    def change(chapter: NotebookNode) -> None:
        chapter.cells[index].outputs = [nbformat.from_dict(fields)]

    return change


LONG = "def f():\n" + "\n".join(f"    x = {i}" for i in range(14))
NUMBERS = "application/vnd.fifty-three.numbers+json"
VIEW = "application/vnd.jupyter.widget-view+json"
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}
BARE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA"}}
CASES: list[tuple[str, Change, str]] = [
    ("a title", source(0, "# A sample says what", "A sample says what"),
        "title that is a sentence"),
    ("minutes", source(0, "About 25 minutes", "Takes a while"), "no line says: About N minutes"),
    ("likely minutes", source(0, "About 25", "About 240"), "it says 240 minutes"),
    ("questions", source(0, "**Questions**", "Questions"), "no line '**Questions**'"),
    ("an order on top", lambda c: [source(0, "About 25 minutes\n", "\n")(c),
        source(0, "**You will", "About 25 minutes\n\n**You will")(c)][0], "in another order than"),
    ("a list", source(0, "- Does every", "Does every"), "**Questions** has no list"),
    ("a story", source(2, "## The story", "## A tale of days"), "no section '## The story'"),
    ("sources", without(26), "no section '## Sources'"),
    ("words under sources", at(26, source="## Sources"), "nothing stands under '## Sources'"),
    ("the order", swapped(25, 26), "the order is not"),
    ("a sentence", source(16, sample.SECTIONS[2], "Nothing"), "'Nothing' is not a sentence"),
    ("a key point", source(24, sample.SECTIONS[2], "It is all new to us"), "no key point says"),
    ("a spare key point", source(24, "- Nothing", "- So it goes on\n- Nothing"), "is no heading"),
    ("cells", without(4, 5, 6, 11, 12, 13, 19), "22 cells; expected 25 to 45"),
    ("words", lambda c: [at(i, source=c.cells[i].source.replace(sample.FILLER, ""))(c)
        for i in (2, 3, 5)][0], "words of text; expected 900 to 1,800"),
    ("short cells", at(4, source="x = 1\n" * 21), "Cell 1 has 21 lines"),
    ("few long cells", lambda c: [at(i, source="x = 1\n" * 11)(c) for i in (4, 6)][0],
        "2 of 12 code cells have 10 lines or more (Cell 1, Cell 2)"),
    ("a definition in helpers", at(4, source=LONG), "only defines a function of 15 lines"),
    ("imports on top", at(4, source="import os"), "Cell 1 imports"),
    ("imports at all", at(1, source="x = 1"), "the first code cell holds no imports"),
    ("four exercises", without(20, 21), "3 exercises; at least 4"),
    ("exercises in order", source(20, "99.4", "99.7"), "expected 99.1, 99.2, 99.3, 99.4"),
    ("a known kind", source(20, "fill in", "ponder"), "exercise 99.4: no kind 'ponder'"),
    ("three kinds", lambda c: [source(7, "predict", "fix")(c), source(20, "fill in", "fix")(c)][0],
        "exercises of 2 kinds (choose, fix)"),
    ("spread", lambda c: [source(9, f"## {sample.SECTIONS[1]}", "")(c),
        source(16, f"## {sample.SECTIONS[2]}", "")(c)][0], "stand in 1 sections"),
    ("a cell to answer in", swapped(8, 9), "exercise 99.1: no code cell stands under it"),
    ("a check", at(8, source="answer = ..."), "exercise 99.1: the cell does not end in"),
    ("its own check", source(8, "99.1", "99.2"), "exercise 99.1: the cell does not end in"),
    ("alt text", stored(12, "text/html", '<img src="data:,">'),
        "shows a picture with no description"),
    ("a long alt text", stored(12, "text/html", '<img alt="plot">'), "with only 'plot'"),
    ("pictures in HTML", output(12, **BARE), "shows a picture with no description"),
    ("alt in text", at(5, source="![](x.png)"), "text cell 5 (![](x.png)) shows a picture"),
    ("one widget", lambda c: [output(i, output_type="display_data", metadata={}, data={VIEW: {}})(c)
        for i in (4, 6)][0], "2 interactive figures"),
    ("numbers", at(28, outputs=[]), "no table of numbers"),
    ("numbers at the end", swapped(4, 28), "does not stand under"),
    ("own numbers", stored(28, NUMBERS, [{"name": "02.x", "value": 1}]), "'02.x' does not start"),
    ("a row once", stored(28, NUMBERS, [{"name": "99.x", "value": 1}] * 2),
        "stands in the table twice"),
    ("the right number", source(3, "Fifty-three", "Fifty-four"), "does not hold its value 53"),
    ("the right share", source(9, "68 %", "69 %"), "does not hold its value 0.684"),
    ("a named number", source(3, " <!-- number: 99.default -->", ""), "names no row"),
    ("a row that is there", source(3, "99.default", "99.other"),
        "names '99.other', which is no row"),
    ("cells that were run", at(6, execution_count=None),
        "Cell 2 (print('counted', people)) was never run"),
    ("any run", lambda c: [at(i, execution_count=None)(c) for i, cell in enumerate(c.cells)
        if cell.cell_type == "code"][0], "no cell was ever run"),
    ("no errors", output(6, **ERROR), "Cell 2 (print('counted', people)) holds an error"),
    ("a kernel", lambda c: c.metadata.pop("kernelspec"), "no kernel is named"),
    ("room for an answer", source(14, "a) Friday", "\n\n## A new thought of mine\n\na) Friday"),
        "exercise 99.2: another heading stands between"),
    ("cells in order", at(6, execution_count=40), "not run in order"),
    ("nothing hidden", at(6, metadata={"tags": ["nbval-skip"]}), "hides from nbval"),
    ("nothing ignored", at(6, metadata={"tags": ["nbval-ignore-output"]}), "shows no widget"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "said"), CASES, ids=[case[0] for case in CASES])
def test_a_chapter_without_this_is_told(
    what: str, change: Change, said: str, lacking: Callable[..., list[str]]
) -> None:
    assert any(said in line for line in lacking(change)), lacking(change)


def test_the_start_page_may_be_short(lacking: Callable[..., list[str]]) -> None:
    def change(chapter: NotebookNode) -> None:
        for cell in chapter.cells:
            cell.source = cell.source.replace("99.", "00.").replace(sample.FILLER, "")
        rows = chapter.cells[28].outputs[0]["data"][NUMBERS]
        for row in rows:
            row["name"] = row["name"].replace("99.", "00.")
        without(20, 21)(chapter)
        chapter.cells[0].source = chapter.cells[0].source.replace("About 25", "About 10")
        place = 0
        for cell in chapter.cells:
            if cell.cell_type == "code":
                place += 1
                cell.execution_count = place

    assert lacking(change, "00-start-here.ipynb") == []

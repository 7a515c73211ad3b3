"""The shape that every chapter has, and a list of what is missing from one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.answers import split
from tools.chapter import END, START, Chapter, plain
from tools.notebooks import code_cells, exercises, minutes, number, title
from tools.shape import imports, sizes, stored
from tools.sight import claimed, pictures, table

KINDS = ("predict", "choose", "fix", "fill in", "explain")
PARTS = ("About ", "**Questions**", "**You will be able to**", "**Before you start**")


def opening(chapter: Chapter) -> Iterator[str]:
    """What the first cell lacks.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    source = chapter.notebook.cells[0].source if chapter.notebook.cells else ""
    if len(plain(title(chapter.notebook)).split()) < 3:
        yield "the first cell does not start with a title that is a sentence: # ..."
    at = [source.find(f"\n{part}") for part in PARTS]
    yield from (
        f"the first cell has no line {p!r}" for p, where in zip(PARTS, at, strict=True) if where < 0
    )
    if -1 not in at and at != sorted(at):
        yield f"the first cell's parts stand in another order than {', '.join(PARTS)}"
    for part in PARTS[1:3]:
        below = source.partition(part)[2].partition("\n**")[0]
        if part in source and not re.search(r"^[-*] ", below, re.M):
            yield f"{part} has no list under it"


def time(chapter: Chapter) -> Iterator[str]:
    """Whether the minutes are missing, or unlike what the chapter holds.

    Parameters
    ----------
    chapter : Chapter
        The chapter; 200 words a minute, 15 s a code cell, 2.5 minutes an exercise, give or take
        a factor of two.
    """
    cells, tasks = len(code_cells(chapter.notebook)), len(exercises(chapter.notebook))
    guess = chapter.words / 200 + cells / 4 + 2.5 * tasks
    said = minutes(chapter.notebook)
    if said is None:
        yield "no line says: About N minutes"
    elif not guess / 2 <= said <= guess * 2 + 1:
        yield f"it says {said} minutes; its words, cells and exercises suggest about {guess:.0f}"


def order(chapter: Chapter) -> Iterator[str]:
    """Which headings are missing, stand elsewhere, or are no sentences.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    texts = [plain(text) for _, text in chapter.headings]
    missing = [text for text in (START, *END) if text not in texts]
    yield from (f"no section '## {text}'" for text in missing)
    if not missing and (texts[0] != START or tuple(texts[-4:]) != END):
        yield f"the order is not: {START}, sections, {', '.join(END)}; it is: {', '.join(texts)}"
    least = 1 if chapter.small else 3
    if len(chapter.sections) < least:
        yield f"{len(chapter.sections)} sections between story and key points; at least {least}"
    for text in map(plain, chapter.sections):
        if len(text.split()) < 4:
            yield f"the heading {text!r} is not a sentence"
    for name in END[1:3]:
        if name not in missing and not chapter.under(name):
            yield f"nothing stands under '## {name}'"


def points(chapter: Chapter) -> Iterator[str]:
    """Headings that no key point repeats, and key points that repeat no heading.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    sections = [plain(text).rstrip(".") for text in chapter.sections]
    repeated = [plain(text).rstrip(".") for text in chapter.points]
    yield from (f"no key point says {text!r}" for text in sections if text not in repeated)
    yield from (f"the key point {t!r} is no heading" for t in repeated if t not in sections)
    if sorted(sections) == sorted(repeated) and sections != repeated:
        yield "the key points stand in another order than the headings"


def tasks(chapter: Chapter) -> Iterator[str]:
    """What the exercises lack: number, kinds, spread.

    Parameters
    ----------
    chapter : Chapter
        The chapter.
    """
    found = exercises(chapter.notebook)
    least = 1 if chapter.small else 4
    if len(found) < least:
        yield f"{len(found)} exercises; at least {least}"
    ids = [id for _, id, _ in found]
    want = [f"{number(chapter.path)}.{place + 1}" for place in range(len(found))]
    if ids != want:
        yield f"the exercises are numbered {', '.join(ids)}; expected {', '.join(want)}"
    kinds = [kind for _, _, kind in found]
    yield from (f"exercise {id}: no kind {k!r}" for _, id, k in found if k not in KINDS)
    if not chapter.small and len(set(kinds)) < 3:
        yield f"exercises of {len(set(kinds))} kinds ({', '.join(sorted(set(kinds)))}); at least 3"
    starts = [index for index, _ in chapter.headings]
    homes = {max((at for at in starts if at <= index), default=-1) for index, *_ in found}
    if not chapter.small and len(homes) < min(3, len(found)):
        yield f"the exercises stand in {len(homes)} sections; spread them over at least 3"
    for index, id, _ in found:
        yield from (f"exercise {id}: {line}" for line in _form(chapter, index, id))


def _form(chapter: Chapter, index: int, id: str) -> Iterator[str]:
    """What the code cell of an exercise lacks."""
    heading = rf"^### Exercise {re.escape(id)}:.*$"
    rest = re.split(heading, chapter.notebook.cells[index].source, maxsplit=1, flags=re.M)[1]
    if re.search(r"^#{1,3} ", rest, re.M):
        yield "another heading stands between it and its code cell"
    below = chapter.notebook.cells[index + 1 : index + 2]
    if not below or below[0].cell_type != "code":
        yield "no code cell stands under it"
        return
    try:
        call = split(below[0].source)[1]
    except ValueError as error:
        yield str(error)
        return
    if not re.match(rf"learn\.exercise\([\"']{re.escape(id)}[\"']\)\.check\(", call):
        yield f'the cell does not end in learn.exercise("{id}").check(...)'


CHECKS = (
    opening,
    time,
    order,
    points,
    sizes,
    imports,
    tasks,
    pictures,
    table,
    claimed,
    stored,
)


def problems(path: Path) -> list[str]:
    """What a chapter lacks, one line each; empty when it follows the template.

    Parameters
    ----------
    path : Path
        The chapter's file.
    """
    chapter = Chapter.of(path)
    # A heading and its key point lack the same thing; once is enough.
    return list(dict.fromkeys(line for check in CHECKS for line in check(chapter)))

"""`readme`: the README's table of chapters and notebooks/numbers.md, made from the notebooks."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.chapter import plain
from tools.files import replace
from tools.notebooks import (
    ROOT,
    NotebookError,
    chapters,
    exercises,
    minutes,
    number,
    numbers,
    read,
    title,
)
from tools.numbers import shown

START = "<!-- chapters: made by `python3 start.py readme` -->"
END = "<!-- end of chapters -->"
HEAD = """# The numbers of the chapters

Made by `python3 start.py readme` from the stored notebooks, not written by hand.
*Simulated* and *fitted* come from made viewers, *measured* from real data or a full-size run;
the column *published* holds what others printed.
"""


def cell(text: object) -> str:
    """Text that can stand in a cell of a Markdown table.

    Parameters
    ----------
    text : object
        What to show.
    """
    return " ".join(str(text).split()).replace("|", "\\|")


def chapter_table(paths: list[Path]) -> str:
    """The README's table: number, title with its link, minutes, exercises.

    Parameters
    ----------
    paths : list of Path
        The chapters in order.

    Raises
    ------
    NotebookError
        When a chapter has no title or no minutes.
    """
    lines = ["| | chapter | minutes | exercises |", "|---|---|---:|---:|"]
    for path in paths:
        notebook = read(path)
        name, time = plain(title(notebook)), minutes(notebook)
        if not name or time is None:
            lacks = "'About N minutes'" if name else "a title: # ..."
            raise NotebookError(f"{path.name}: its first cell lacks {lacks}")
        tasks = len(exercises(notebook))
        link = f"[{cell(name)}](notebooks/{path.name})"
        lines.append(f"| {number(path)} | {link} | {time} | {tasks} |")
    return "\n".join(lines) + "\n"


def with_table(readme: str, table: str) -> str:
    """The README with its table replaced.

    Parameters
    ----------
    readme : str
        The text as it stands.
    table : str
        From `chapter_table`.

    Raises
    ------
    NotebookError
        When the two comments that enclose the table are not there.
    """
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise NotebookError(f"README.md lacks the lines {START} and {END} around its table")
    return f"{before}{START}\n{table}{END}{after}"


def numbers_page(paths: list[Path]) -> str:
    """The page of all numbers, a table a chapter.

    Parameters
    ----------
    paths : list of Path
        The chapters in order.
    """
    parts = [HEAD]
    for path in paths:
        notebook = read(path)
        rows = numbers(notebook)
        if not rows:
            continue
        lines = [
            f"\n## {number(path)} {plain(title(notebook))}\n",
            "| number | value | 95 % interval | n | published | source |",
            "|---|---:|---|---:|---:|---|",
        ]
        for row in rows:
            exact = row["low"] is None or row["low"] == row["high"] == row["value"]
            span = "" if exact else f"{shown(row['low'])} to {shown(row['high'])}"
            fields = [row["name"], shown(row["value"]), span, shown(row["n"])]
            fields += [shown(row["published"]), row["source"] or ""]
            lines.append(f"| {' | '.join(map(cell, fields))} |")
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def main(argv: list[str]) -> int:
    """0 when both are as the notebooks say; 1 with `--check` when one is not, or a part is missing.

    Parameters
    ----------
    argv : list of str
        `--check` compares and writes nothing.
    """
    parser = argparse.ArgumentParser(prog="start.py readme", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(argv)
    readme, page = ROOT / "README.md", ROOT / "notebooks" / "numbers.md"
    try:
        paths = chapters()
        text = readme.read_text(encoding="utf-8")
        wanted = {
            readme: with_table(text, chapter_table(paths)),
            page: numbers_page(paths),
        }
    except NotebookError as error:
        print(error)
        return 1
    stale = [p for p, new in wanted.items() if not p.exists() or p.read_text("utf-8") != new]
    for path in stale:
        name = path.relative_to(ROOT).as_posix()
        if options.check:
            print(f"{name} is not what the notebooks say: python3 start.py readme")
        else:
            replace(path, wanted[path])
            print(f"{name} written")
    return int(options.check and bool(stale))

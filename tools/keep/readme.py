"""`readme`: the tables of chapters (README, chapter 00) and notebooks/numbers.md."""

import argparse
from pathlib import Path
from typing import Any

from tools import chapters as of
from tools.chapters import ROOT, NotebookError, as_text, chapters, numbers, plain, read, replace

START = "<!-- chapters: made by `python3 start.py readme` -->"
END = "<!-- end of chapters -->"
HEAD = """# The numbers of the chapters

Made by `python3 start.py readme` from the stored notebooks, not written by hand.
*Simulated* and *fitted* come from made viewers, at full size too, *measured* from real data,
*computed* from a formula; the column *published* holds what others printed.
"""
TABLE = "| number | value | 95% interval | n | published | source |\n|---|---:|---|---:|---:|---|"


def main(argv: list[str]) -> int:
    """0 when both are as the notebooks say; 1 with `--check` when one is not."""
    parser = argparse.ArgumentParser(prog="start.py readme", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(argv)
    paths, readme = chapters(), ROOT / "README.md"
    wanted = {
        readme: with_table(readme.read_text("utf-8"), chapter_table(paths, "notebooks/")),
        paths[0]: first_page(paths),
        ROOT / "notebooks" / "numbers.md": numbers_page(paths),
    }
    stale = [p for p, new in wanted.items() if not p.exists() or p.read_text("utf-8") != new]
    for path in stale:
        if options.check:
            print(f"{path.name} is not what the notebooks say: python3 start.py readme")
        else:
            replace(path, wanted[path])
            print(f"{path.name} written")
    return int(options.check and bool(stale))


def chapter_table(paths: list[Path], folder: str = "") -> str:
    """The table of chapters: number, title with its link, minutes, exercises."""
    lines = ["| | chapter | minutes | exercises |", "|---|---|---:|---:|"]
    for path in paths:
        notebook = read(path)
        link = f"[{cell(plain(of.title(notebook)))}]({folder}{path.name})"
        tasks = len(of.exercises(notebook))
        lines.append(f"| {of.number(path)} | {link} | {of.minutes(notebook)} | {tasks} |")
    return "\n".join(lines) + "\n"


def with_table(text: str, table: str) -> str:
    """A text with its table of chapters replaced; it stands between two comments."""
    before, _, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise NotebookError(f"no lines {START} and {END} stand around the table of chapters")
    return f"{before}{START}\n{table}{END}{after}"


def first_page(paths: list[Path]) -> str:
    """Chapter 00 with its table of chapters."""
    notebook = read(paths[0])
    for cell in notebook.cells:
        if START in cell.source:
            cell.source = with_table(cell.source, chapter_table(paths))
    return as_text(notebook)


def numbers_page(paths: list[Path]) -> str:
    """The page of all numbers, a table a chapter."""
    lines = [HEAD]
    for path in paths:
        notebook = read(path)
        lines += [f"## {of.number(path)} {plain(of.title(notebook))}\n", TABLE]
        for row in numbers(notebook):
            fields = {**row, "low": interval(row)}
            del fields["high"]
            texts = [cell(shown(value)) for value in fields.values()]
            lines.append(f"| {' | '.join(texts)} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def cell(text: str) -> str:
    """Text that can stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def shown(value: Any) -> str:
    """A value as a reader wants it: "1,235", "0.684", "" for nothing."""
    if not isinstance(value, int | float):
        return str(value or "")
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 1 else f"{value:,.4g}"


def interval(row: dict[str, Any]) -> str:
    """The interval of a row of numbers, "" for what is exact."""
    exact = row["low"] is None or row["low"] == row["high"] == row["value"]
    return "" if exact else f"{shown(row['low'])} to {shown(row['high'])}"

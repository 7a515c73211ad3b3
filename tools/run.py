"""`run`: executes chapters headless, with a time for each and their numbers; stored ones stay."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tools.execute import execute
from tools.files import replace
from tools.notebooks import NotebookError, chapters, code_cells, numbers, read
from tools.numbers import as_csv, as_lines
from tools.progress import Progress


def main(argv: list[str]) -> int:
    """0 when every chapter ran through, else 1; the failing cells are named, the others still run.

    Parameters
    ----------
    argv : list of str
        Numbers of chapters (all without one) and `--numbers FILE`; or `05 --full`, whose own
        options `05 --full --help` lists.
    """
    parser = argparse.ArgumentParser(prog="start.py run", description=__doc__)
    parser.add_argument("chapters", nargs="*", help="numbers such as 02; all without one")
    parser.add_argument("--numbers", type=Path, metavar="FILE", help="write the numbers as CSV")
    parser.add_argument(
        "--full", action="store_true", help="05 only: its full-size results, about ten minutes"
    )
    if "--full" in argv:
        return _full([word for word in argv if word != "--full"])
    options = parser.parse_args(argv)
    rows: list[dict[str, Any]] = []
    failed: list[str] = []
    try:
        paths = chapters(options.chapters)
    except NotebookError as error:
        print(error)
        return 1
    with Progress() as progress:
        for path in paths:
            try:
                on_cell = progress.chapter(path.stem, len(code_cells(read(path))))
                run = execute(path, on_cell)
            except NotebookError as error:
                failed.append(str(error))
                continue
            found = numbers(run.notebook)
            progress.done(run.seconds, f"{len(found)} number{'s' * (len(found) != 1)}")
            print(as_lines(found), end="", flush=True)
            rows += found
    if options.numbers and not failed:
        replace(options.numbers, as_csv(rows))
    for line in failed:
        print(f"FAILED {line}")
    return int(bool(failed))


def _full(rest: list[str]) -> int:
    """The full-size run, which no other chapter has."""
    from tools.measured import full  # it brings the attack along, which a plain run has no use for

    if rest[:1] != ["05"]:
        print("--full is for chapter 05: python3 start.py run 05 --full")
        return 1
    return full.main(rest[1:])

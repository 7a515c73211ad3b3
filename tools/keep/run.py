"""`run`: executes chapters headless, with a time for each and their numbers; stored ones stay."""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from tools import chapters as of
from tools.chapters import NotebookError, chapters, label, numbers, read, replace
from tools.keep.readme import interval, shown
from tools.kernel import execute

WIDGETS = "application/vnd.jupyter.widget-state+json"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TRACE = re.compile(r"(?:[A-Za-z]:)?[/\\][\w./\\~-]*ipykernel_\d+[/\\]+\d+\.py")


def main(argv: list[str]) -> int:
    """0 when every chapter ran through, else 1; `05 --full --help` lists its own options."""
    parser = _parser("run", main.__doc__)
    parser.add_argument("--numbers", type=Path, metavar="FILE", help="write the numbers as CSV")
    parser.add_argument("--full", action="store_true", help="05 and 10 only: at full size")
    if "--full" in argv:
        argv = [word for word in argv if word != "--full"]
        full = {"05": "figures_2008", "10": "options"}.get(argv[0] if argv else "")
        if full is None:
            raise NotebookError("--full is for chapters 05 and 10: python3 start.py run 05 --full")
        return import_module(f"studies.{full}").main(argv[1:])  # a plain run needs no attack
    options = parser.parse_args(argv)
    rows: list[dict[str, Any]] = []
    failed = []
    for path in chapters(options.chapters):
        try:
            notebook, seconds = execute(path)
        except NotebookError as error:
            failed.append(str(error))
            continue
        table = numbers(notebook)
        print(f"{path.stem:<32} {seconds:6.1f} s  {len(table)} numbers", file=sys.stderr)
        print(as_lines(table), end="", flush=True)
        rows += table
    if options.numbers and not failed:
        replace(options.numbers, as_csv(rows))
    for line in failed:
        print(f"FAILED {line}")
    return int(bool(failed))


def _parser(name: str, what: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"start.py {name}", description=what)
    parser.add_argument("chapters", nargs="*", help="numbers such as 02; all without one")
    return parser


def tidy_main(argv: list[str]) -> int:
    """0 when every chapter is stored as it runs; 1 when `--check` found one that is not."""
    parser = _parser("tidy", "Executes chapters and stores them, the same bytes each time.")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one would change")
    options = parser.parse_args(argv)
    changed = [path for path in chapters(options.chapters) if tidy(path, check=options.check)]
    return int(options.check and bool(changed))


def tidy(path: Path, *, check: bool = False) -> bool:
    """Whether the stored chapter differed from a fresh run; it is rewritten unless `check`."""
    notebook, seconds = execute(path)
    text = of.as_text(normal(notebook, path.stem))
    changed = path.read_bytes() != text.encode() if check else replace(path, text)
    word = ("would change" if check else "written") if changed else "unchanged"
    print(f"{path.stem:<32} {seconds:6.1f} s  {word}", file=sys.stderr, flush=True)
    return changed


def normal(notebook: NotebookNode, stem: str) -> NotebookNode:
    """An executed notebook without what differs from run to run: times, ids, paths, versions."""
    widgets = notebook.metadata.get("widgets", {})
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    if widgets:
        notebook.metadata["widgets"] = widgets
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index:03d}"
        hidden = {"jupyter": {"source_hidden": True}} if of.folded(cell) else {}
        tags = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
        cell.metadata = hidden | tags
    text = json.dumps(notebook)
    # The widgets are still in the order in which they were made; their ids are drawn at random.
    for place, old in enumerate(widgets.get(WIDGETS, {}).get("state", {})):
        text = text.replace(old, hashlib.sha256(f"{stem}/{place}".encode()).hexdigest()[:32])
    return nbformat.from_dict(json.loads(TRACE.sub("<cell>", text)))


def numbers_main(argv: list[str]) -> int:
    """0 after printing the stored numbers as CSV; 1 when a chapter has none, or was interrupted."""
    options = _parser("numbers", numbers_main.__doc__).parse_args(argv)
    rows: list[dict[str, Any]] = []
    lacking = []
    for path in chapters(options.chapters):
        notebook = read(path)
        table = numbers(notebook)
        unrun = [cell for cell in of.code_cells(notebook) if cell.execution_count is None]
        if unrun:
            lacking.append(f"{path.name}, {label(notebook, unrun[0])} was never run")
        elif not table:
            lacking.append(f"{path.name} shows no table of numbers")
        rows += table
    sys.stdout.write(as_csv(rows))
    for line in lacking:
        print(f"{line}: python3 start.py tidy", file=sys.stderr)
    return int(bool(lacking))


def as_csv(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, of.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_lines(rows: list[dict[str, Any]]) -> str:
    wide = max((len(row["name"]) for row in rows), default=0)
    lines = []
    for row in rows:
        parts = [f"    {row['name']:<{wide}}", f"{shown(row['value']):>10}", interval(row)]
        known = [name for name in ("n", "published") if row[name] is not None]
        parts += [f"{name} {shown(row[name])}" for name in known]
        lines.append("  ".join(filter(None, parts)) + "\n")
    return "".join(lines)

"""`tidy`: executes chapters again and stores them, byte for byte the same each time."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.execute import execute
from tools.notebooks import NotebookError, as_text, chapters, code_cells, read, write
from tools.progress import Progress

WIDGETS = "application/vnd.jupyter.widget-state+json"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TRACE = re.compile(r"(?:[A-Za-z]:)?[/\\][\w./\\~-]*ipykernel_\d+[/\\]+\d+\.py")


def normal(notebook: NotebookNode, stem: str) -> NotebookNode:
    """The executed notebook without what differs from run to run: times, ids, paths, versions.

    Parameters
    ----------
    notebook : NotebookNode
        As it came out of `execute`.
    stem : str
        The chapter's name, from which the widgets' ids are made.
    """
    state = notebook.metadata.get("widgets")
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        | ({"widgets": state} if state else {})
    )
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index:03d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    text = json.dumps(notebook)
    # The widgets are still in the order in which they were made; their ids are drawn at random.
    ids = list((state or {}).get(WIDGETS, {}).get("state", {}))
    for place, old in enumerate(ids):
        new = hashlib.sha256(f"{stem}/{place}".encode()).hexdigest()[:32]
        text = text.replace(old, new)
    return nbformat.from_dict(json.loads(TRACE.sub("<cell>", text)))


def tidy(path: Path, *, check: bool = False, progress: Progress | None = None) -> bool:
    """Whether the stored chapter differed from a fresh run; it is rewritten unless `check`.

    Parameters
    ----------
    path : Path
        The chapter; nothing is written when a cell fails.
    check : bool
        Only tell.
    progress : Progress, optional
        Told of each cell.
    """
    total = len(code_cells(read(path)))
    on_cell = progress.chapter(path.stem, total) if progress else None
    run = execute(path, on_cell)
    fresh = normal(run.notebook, path.stem)
    stored = path.read_bytes()
    changed = as_text(fresh).encode() != stored if check else write(fresh, path)
    if progress:
        verb = "would change" if check else "written"
        progress.done(run.seconds, verb if changed else "unchanged")
    return changed


def main(argv: list[str]) -> int:
    """0 when every chapter is tidy now, 1 when a cell failed or `--check` found a difference.

    Parameters
    ----------
    argv : list of str
        Numbers of chapters (all without one) and `--check`.
    """
    parser = argparse.ArgumentParser(prog="start.py tidy", description=__doc__)
    parser.add_argument("chapters", nargs="*", help="numbers such as 02; all without one")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one would change")
    options = parser.parse_args(argv)
    try:
        with Progress() as progress:
            changed = [
                path
                for path in chapters(options.chapters)
                if tidy(path, check=options.check, progress=progress)
            ]
    except NotebookError as error:
        print(error)
        return 1
    return int(options.check and bool(changed))

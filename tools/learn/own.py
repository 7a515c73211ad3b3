"""`reset`, and `my/`: a working copy of the chapters, so that no tracked file holds an answer.

The edition of a chapter is the sources of its cells. A copy whose sources are still those that were
copied follows a newer edition; one that a person has touched is kept.
"""

import argparse
import hashlib
import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

from tools.chapters import CHAPTERS, NotebookError, blank, chapters, number, replace
from tools.learn.forget import MINE, OWN

MOMENT = "%Y-%m-%d %H-%M-%S"


def main(argv: list[str]) -> int:
    """Put fresh copies of chapters into my/; the old ones go to my/before/."""
    parser = argparse.ArgumentParser(prog="start.py reset", description="A fresh copy of a chapter")
    parser.add_argument("chapters", nargs="+", help="numbers such as 02")
    names = parser.parse_args(argv).chapters
    for path in [CHAPTERS / each.name for each in chapters(names, CHAPTERS)]:
        if not path.is_file():
            raise NotebookError(f"{path.name} is not a chapter of the workbook: give a number.")
        mine = MINE / path.name
        kept = f"; the old one is my/before/{set_aside(mine).name}" if mine.exists() else ""
        copy(path, mine)
        remember(editions() | {path.name: edition(path)})
        print(f"my/{path.name} is a fresh copy{kept}")
    return 0


def refresh() -> list[str]:
    """Bring my/ up to date, and return a line for each file that a person has touched."""
    lines, known = [], editions()
    for path in [*chapters(folder=CHAPTERS), *CHAPTERS.glob("*.md"), *CHAPTERS.glob("images/*")]:
        name = path.relative_to(CHAPTERS).as_posix()
        mine, newest, copied = MINE / name, edition(path), known.get(name)
        now = edition(mine) if mine.is_file() else None
        if copied != newest and now not in (None, newest, copied):
            if path.suffix == ".ipynb":
                new = f"python3 start.py reset {number(path)}  gives you the new edition"
                lines.append(f"my/{name} has your changes and stays as it is; {new}.")
                continue
            lines.append(f"my/{name} is new; yours is my/before/{set_aside(mine).name} now.")
        if now is None or (copied != newest and now != newest):
            copy(path, mine)
        known[name] = newest
    remember(known)
    return lines


def edition(path: Path) -> str:
    """A hash of what counts in a file: of a notebook the sources of its cells."""
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(data)["cells"]
            data = repr([(cell["cell_type"], "".join(cell["source"])) for cell in cells]).encode()
        except (ValueError, KeyError, TypeError):
            pass  # half a file is no edition: it counts as touched
    return hashlib.sha256(data).hexdigest()


def editions() -> dict[str, str]:
    """The edition of each file that was copied, by its name."""
    try:
        known = json.loads((MINE / ".editions.json").read_text("utf-8"))
    except (OSError, ValueError):
        known = None  # none yet, or half a file
    return known if isinstance(known, dict) else {}  # then whatever differs counts as touched


def remember(known: dict[str, str]) -> None:
    replace(MINE / ".editions.json", json.dumps(known, indent=1, sort_keys=True) + "\n")


def copy(path: Path, mine: Path) -> None:
    """Copy a file; of a chapter without its outputs, which would answer for the reader."""
    mine.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".ipynb":
        shutil.copyfile(path, mine)
        return
    notebook = json.loads(path.read_text("utf-8"))
    blank(notebook)
    replace(mine, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def set_aside(mine: Path) -> Path:
    """Move a file to my/before/, under a name with date and time that no other file has."""
    before = MINE / "before"
    before.mkdir(exist_ok=True)
    while (to := before / f"{mine.stem} {time.strftime(MOMENT)}{mine.suffix}").exists():
        time.sleep(0.1)
    return mine.rename(to)


def may_change(path: str) -> None:
    """HTTPError, where JupyterLab would change a file that is not a person's own."""
    from tornado.web import HTTPError

    parts = [part for part in re.split(r"[/\\]", path) if part]
    if ".." in parts or (parts[:1] != ["my"] and parts[:2] != ["data", "mine"]):
        raise HTTPError(403, "this file belongs to the workbook: save your work in the folder my")


def before_saving(model: dict[str, Any], path: str, **_: Any) -> None:
    """Keep what chapter 11 shows out of its file."""
    if model.get("type") == "notebook" and Path(path).match(OWN):
        blank(model["content"])

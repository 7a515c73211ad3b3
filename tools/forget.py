"""`forget`: removes a reader's own files, the caches, and the outputs made from them."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

from helpers import facts

ROOT = Path(__file__).resolve().parents[1]
OWN = "11*.ipynb"  # the chapter that reads a reader's own history
FOLDERS = ("mine", "cache")


def main(argv: list[str]) -> int:
    """Remove, say what was removed, and return 0; 1 when something could not be removed.

    Parameters
    ----------
    argv : list of str
        `--dry-run` only says what would be removed.
    """
    parser = argparse.ArgumentParser(prog="start.py forget", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="remove nothing, say what would be")
    dry = parser.parse_args(argv).dry_run
    outputs = [(path, blank, "the outputs in ") for path in own_outputs(ROOT / "notebooks")]
    found = [(path, remove, "") for path in own_files(facts.data_folder())] + outputs
    failed = 0
    for path, act, what in found:
        name = f"{what}{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}"
        try:
            if not dry:
                act(path)
            print(f"{'would remove' if dry else 'removed'} {name}")
        except (OSError, ValueError) as error:
            failed += 1
            print(
                f"FAIL {name}: not removed ({getattr(error, 'strerror', None) or error}). Close"
                " JupyterLab and whatever has it open, and repeat; or delete the file yourself."
            )
    if not found:
        print("nothing to remove: no file of your own, no cache, no output made from them")
    return int(failed > 0)


def own_files(data: Path) -> list[Path]:
    """Return what lies in data/mine and data/cache.

    A folder that is a link leads out of the workbook, so it is left alone; a link inside one is
    removed, never what it leads to. A folder without published.csv is no data folder of the
    workbook, whatever else lies in it.

    Parameters
    ----------
    data : Path
        The data folder.
    """
    if not (data / "published.csv").is_file():
        return []
    folders = [data / name for name in FOLDERS]
    real = [folder for folder in folders if folder.is_dir() and not folder.is_symlink()]
    return [path for folder in real for path in sorted(folder.iterdir())]


def own_outputs(notebooks: Path) -> list[Path]:
    """Return the files of chapter 11 that hold outputs, and the copies that JupyterLab keeps of it.

    One that can't be read is among them, since nobody knows what it holds.

    Parameters
    ----------
    notebooks : Path
        The folder of the chapters.
    """
    folders = [notebooks, notebooks / ".ipynb_checkpoints"]
    paths = [path for each in folders if not each.is_symlink() for path in sorted(each.glob(OWN))]
    return [path for path in paths if not path.is_symlink() and _holds_outputs(path)]


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all in it; a link's target stays.

    Parameters
    ----------
    path : Path
        What to remove.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def blank(path: Path) -> None:
    """Write a notebook again without outputs, whole or not at all.

    Parameters
    ----------
    path : Path
        The notebook.

    Raises
    ------
    ValueError
        When the file is no notebook.
    """
    notebook = _read(path)
    strip(notebook)
    fresh = path.with_name(path.name + ".new")
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        fresh.write_text(text + "\n", encoding="utf-8", newline="\n")
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def strip(notebook: dict[str, Any]) -> bool:
    """Take outputs, counts and widgets' state out of a notebook, and return whether there were any.

    Parameters
    ----------
    notebook : dict
        The notebook's JSON, changed in place.
    """
    found = notebook.get("metadata", {}).pop("widgets", None) is not None
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") == "code":
            found |= bool(cell.get("outputs")) or cell.get("execution_count") is not None
            cell["outputs"], cell["execution_count"] = [], None
    return found


def before_saving(model: dict[str, Any], path: str, **_: Any) -> None:
    """Take the outputs out of chapter 11 before JupyterLab stores it; other files stay as they are.

    Parameters
    ----------
    model : dict
        What JupyterLab is about to write: its type and content.
    path : str
        Where, below the workbook's folder, with forward slashes.
    """
    if model.get("type") == "notebook" and Path(path).match(OWN):
        strip(model["content"])


def _read(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise ValueError("it is no notebook")
    return content


def _holds_outputs(path: Path) -> bool:
    try:
        return strip(_read(path))
    except (OSError, ValueError):
        return True

"""`forget`: removes your own files, the caches, your copy of chapter 11 and, after asking, my/."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from helpers import facts
from helpers.ask import engine
from tools.chapters import CHAPTERS, ROOT

MINE = ROOT / "my"
OWN = "11*.ipynb"  # the chapter that reads a person's own history


def main(argv: list[str]) -> int:
    """Remove, say what was removed, and return 0; 1 when something could not be removed."""
    parser = argparse.ArgumentParser(prog="start.py forget", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="remove nothing, say what would be")
    parser.add_argument("--yes", action="store_true", help="remove my/ without asking")
    options = parser.parse_args(argv)
    # A folder that is a link leads out of the workbook and is left alone; so is a strange one.
    data = facts.data_folder()
    folders = [data / name for name in ("mine", "cache") if (data / "published.csv").is_file()]
    found = [path for each in folders if not each.is_symlink() for path in sorted(each.glob("*"))]
    found += engine.spills(Path(tempfile.gettempdir()))  # where the workbook can't be written to
    if _folder(MINE) and (options.yes or options.dry_run or agreed()):
        found += [MINE]
    elif _folder(MINE):  # answers and cells of chapter 11 may name titles; a start copies it again
        found += MINE.rglob(OWN)
    # Where somebody uses a JupyterLab of her own. The stored chapter shows a made export.
    found += CHAPTERS.glob(f".ipynb_checkpoints/{OWN}")
    did, failed = "would remove" if options.dry_run else "removed", 0
    for path in found:
        try:
            if not options.dry_run:
                shutil.rmtree(path) if _folder(path) else path.unlink()
            print(f"{did} {path}")
        except OSError as error:
            failed += 1
            print(f"FAIL {path}: {error}. Close JupyterLab and repeat, or delete it yourself.")
    return int(failed > 0)


def _folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def agreed() -> bool:
    """Whether a person at the terminal says that her working copy may go."""
    if not sys.stdin.isatty():
        print("my/ stays, without chapter 11; --yes removes it")
        return False
    print("Remove my/ with your answers, too? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")

"""`lock`: makes requirements.txt and requirements-test.txt again from pyproject.toml."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
# Only what the registry held on this day is looked at, so that the same lock comes out tomorrow.
# To take newer versions, run `start.py lock --until 2027-01-31` and write that day here.
UNTIL = "2026-11-10"
OLDEST = "3.11"
ABOUT = """\
# What the chapters need, each package in one version: the lock that `python3 start.py` installs.
# Made from pyproject.toml by `python3 start.py lock`: uv pip compile --universal
# --python-version {oldest} --exclude-newer {until}
"""
ABOUT_TEST = """\
# What the tests need besides requirements.txt: the lock that `python3 start.py test` installs.
# Made from the extra `test` of pyproject.toml by `python3 start.py lock`, with the versions that
# requirements.txt holds: uv pip compile --universal --extra test --constraints requirements.txt
# --python-version {oldest} --exclude-newer {until}
"""


class LockError(ValueError):
    """The locks can't be made."""


def main(argv: list[str]) -> int:
    """Write both locks and return 0; `--check` writes nothing and returns 1 when they would change.

    Parameters
    ----------
    argv : list of str
        `--until DAY` and `--check`.
    """
    parser = argparse.ArgumentParser(prog="start.py lock", description=__doc__)
    parser.add_argument("--until", default=UNTIL, metavar="DAY", help=f"a day ({UNTIL})")
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    options = parser.parse_args(argv)
    said = {"oldest": OLDEST, "until": options.until}
    with tempfile.TemporaryDirectory() as folder:
        base, test = Path(folder, "base.txt"), Path(folder, "test.txt")
        compile_lock(base, options.until)
        compile_lock(test, options.until, "--extra", "test", "--constraints", str(base))
        lines = base.read_text(encoding="utf-8").splitlines()
        more = [line for line in test.read_text(encoding="utf-8").splitlines() if line not in lines]
    locks = {
        "requirements.txt": ABOUT.format(**said) + "\n".join([*lines, "-e ."]) + "\n",
        "requirements-test.txt": ABOUT_TEST.format(**said) + "\n".join(more) + "\n",
    }
    changed = [name for name, text in locks.items() if _read(ROOT / name) != text]
    for name in changed:
        print(f"{name} {'would change' if options.check else 'written'}")
        if not options.check:
            (ROOT / name).write_text(locks[name], encoding="utf-8", newline="\n")
    if not changed:
        print("The locks are as they should be.")
    return int(options.check and bool(changed))


def compile_lock(out: Path, until: str, *more: str) -> None:
    """Write one lock, without a header.

    Parameters
    ----------
    out : Path
        Where to.
    until : str
        The last day of the registry that counts.
    *more : str
        Further options of uv.

    Raises
    ------
    LockError
        When there is no uv, or it finds no versions that go together.
    """
    # No host may come into a lock, so what a maintainer's own settings name is not written down.
    quiet = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url"]
    rules = ["--universal", "--python-version", OLDEST, "--exclude-newer", until]
    command = [_uv(), "pip", "compile", *quiet, *rules, *more, "--output-file", str(out)]
    done = subprocess.run(
        [*command, "pyproject.toml"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        reason = re.sub(r"\s+", " ", done.stderr).strip()
        raise LockError(f"uv could not make the lock; mend pyproject.toml or the network: {reason}")


def locked(text: str) -> list[Requirement]:
    """Return what a lock asks for on this computer, in the lock's order.

    Parameters
    ----------
    text : str
        A requirements file: one `name==version ; marker` a line.
    """
    wanted = [line.strip() for line in text.splitlines()]
    found = [Requirement(line) for line in wanted if line and line[0] not in "#-"]
    return [each for each in found if each.marker is None or each.marker.evaluate()]


def _uv() -> str:
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if not found:
        raise LockError("There is no uv here: install it with  pip install uv  and repeat.")
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""

"""`check`: your installation, in a line for each part: OK, or FAIL and how to fix it."""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from helpers import facts
from tools.chapters import CHAPTERS, ROOT, chapters
from tools.kernel import Manager

AGAIN = "delete the folder .venv and start again, or  pip install -r requirements.txt  in your own"
ELSEWHERE = "copy the workbook to a folder of your own, which can be written to"


def main(argv: list[str]) -> int:
    """Print a line for each thing looked at, and return 0 when all are well, else 1."""
    parser = argparse.ArgumentParser(prog="start.py check", description=__doc__)
    parser.add_argument("--room", action="store_true", help="one line, for a teacher's list")
    room = parser.parse_args(argv).room
    failed = 0
    for line in lines():
        failed += line.startswith("FAIL")
        if not room or line.startswith("FAIL"):
            print(line, flush=True)
    if room:
        print(f"{'FAIL' if failed else 'OK'}   edition {edition()}, {python()}, {sys.platform}")
        return int(failed > 0)
    print(f"{failed} to fix." if failed else "All is well.")
    return int(failed > 0)


def lines() -> Iterator[str]:
    """A line for each thing looked at; after one that fails the others follow."""
    for look in (python, packages, kernel, files):
        try:
            yield f"OK   {look()}"
        except Exception as error:  # whatever it is, it is what the reader has to know
            advice = ELSEWHERE if look is files else AGAIN
            yield f"FAIL {look.__name__} ({error or repr(error)}): {advice}"


def edition() -> str:
    """Four letters of all that a room has to have in common: the chapters and the lock."""
    files = [ROOT / "requirements.txt", *chapters()]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:4]


def python() -> str:
    """Its version; start.py and pip refuse those that don't fit."""
    return "Python {}.{}".format(*sys.version_info)


def packages(lock: Path = ROOT / "requirements.txt") -> str:
    """Each package is there in the version that the lock names."""
    lines = [line for line in lock.read_text("utf-8").splitlines() if line and line[0] not in "#-"]
    wanted = [each for each in map(Requirement, lines) if not each.marker or each.marker.evaluate()]
    wrong = []
    for each in wanted:
        try:
            found = metadata.version(each.name)
        except metadata.PackageNotFoundError:
            found = "missing"
        if found == "missing" or found not in each.specifier:
            wrong.append(f"{each} is {found}")
    if wrong:
        raise ValueError(f"{'; '.join(wrong[:3])}; {len(wrong)} in all")
    return f"{len(wanted)} packages in their locked versions"


def kernel(code: str = "from helpers import ask, judge, learn, log, make, read, show") -> str:
    """A kernel starts and finds the helpers."""
    manager = Manager(kernel_name="python3")
    manager.start_kernel(cwd=str(CHAPTERS), stderr=subprocess.DEVNULL)
    try:
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        answer = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
        client.stop_channels()
    finally:
        manager.shutdown_kernel(now=True)
    reply = answer["content"]
    if reply["status"] != "ok":
        raise ValueError(f"{reply['ename']}: {reply['evalue']}")
    return "a kernel starts and finds the helpers"


def files() -> str:
    """The chapters are there, and what was made once can be kept."""
    cache = facts.data_folder() / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=cache):
        return f"{len(chapters())} chapters, and a cache that can be written"

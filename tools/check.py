"""`check`: whether the environment can open and run the chapters; a line each, and the mend."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.lock import locked

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
AGAIN = "delete the folder .venv and start the workbook again, or, in an environment of your own,"
INSTALL = f"{AGAIN} pip install -r requirements.txt"
SPACE = 1.0  # GB that caches and a city-sized log may need
PATIENCE = 20.0  # seconds that a kernel may take


@dataclass(frozen=True)
class Line:
    """One thing that was looked at.

    Parameters
    ----------
    what : str
        What was looked at, and what was found.
    mend : str
        What to do about it; empty when it is well.
    """

    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"FAIL {self.what}: {self.mend}" if self.mend else f"OK   {self.what}"


def main(argv: list[str]) -> int:
    """Print a line for each thing looked at, and return 0 when all are well, else 1.

    Parameters
    ----------
    argv : list of str
        Nothing but `--help`.
    """
    argparse.ArgumentParser(prog="start.py check", description=__doc__).parse_args(argv)
    failed = 0
    for line in lines():
        print(line, flush=True)
        failed += bool(line.mend)
    print(f"{failed} to mend." if failed else "All is well.")
    return int(failed > 0)


def lines() -> Iterator[Line]:
    """Yield a line for each thing looked at; one that breaks is a FAIL, and the rest follow."""
    looks: tuple[Callable[[], Line], ...] = (
        *(python, packages, kernel, zones, chapters, disk, cache, silence),
    )
    for look in looks:
        try:
            yield look()
        except Exception as error:  # whatever it is, it is what the reader has to know
            yield Line(f"{look.__name__} ({type(error).__name__}: {error})", INSTALL)


def python(version: tuple[int, int] = sys.version_info[:2]) -> Line:
    """Return whether this version of Python is one the workbook is made for.

    Parameters
    ----------
    version : tuple of int
        Major and minor.
    """
    fits = (3, 11) <= version <= (3, 14)
    what = f"Python {version[0]}.{version[1]}"
    return Line(what, "" if fits else "install Python 3.11 to 3.14, and start the workbook with it")


def packages(lock: Path = LOCK) -> Line:
    """Return whether each package is there in the version that the lock names.

    Parameters
    ----------
    lock : Path
        The lock.
    """
    wanted = locked(lock.read_text(encoding="utf-8"))
    there = {canonicalize_name(each.name): each.version for each in metadata.distributions()}
    wrong = []
    for each in wanted:
        found = there.get(canonicalize_name(each.name))
        if found is None:
            wrong.append(f"{each.name} is missing")
        elif Version(found) not in each.specifier:
            wrong.append(f"{each.name} is {found}, not {str(each.specifier).lstrip('=')}")
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        return Line(f"packages ({'; '.join(wrong[:3])}{more})", INSTALL)
    return Line(f"{len(wanted)} packages in their locked versions")


def kernel(code: str = "from helpers import ask, judge, learn, log, make, read, show") -> Line:
    """Return whether a kernel starts in the folder of the chapters and finds the helpers there.

    Parameters
    ----------
    code : str
        What the kernel is asked to run.
    """
    from tools.kernel import Manager

    manager = Manager(kernel_name="python3")
    try:
        manager.start_kernel(cwd=str(ROOT / "notebooks"))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=lambda message: None)
        client.stop_channels()
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
    content = reply["content"]
    if content["status"] != "ok":
        found = f"{content.get('ename')}: {content.get('evalue')}"
        return Line(f"a kernel that finds the helpers ({found})", INSTALL)
    return Line("a kernel starts and finds the helpers")


def zones(names: tuple[str, ...] = ("America/New_York", "Asia/Kolkata", "UTC")) -> Line:
    """Return whether time zones are known here.

    Parameters
    ----------
    names : tuple of str
        IANA names.
    """
    for name in names:
        try:
            zoneinfo.ZoneInfo(name)
        except zoneinfo.ZoneInfoNotFoundError:
            return Line(f"time zones ({name} is unknown)", INSTALL)
    return Line("time zones are known")


def chapters(folder: Path = ROOT / "notebooks") -> Line:
    """Return whether the chapters are there.

    Parameters
    ----------
    folder : Path
        Where they are.
    """
    found = len(list(folder.glob("[0-9][0-9]*.ipynb")))
    if not found:
        return Line(f"chapters (none in {folder})", "get the workbook's folder again, as a whole")
    return Line(f"{found} chapters")


def disk(folder: Path = ROOT, need: float = SPACE) -> Line:
    """Return whether there is room on the disk.

    Parameters
    ----------
    folder : Path
        A folder on that disk.
    need : float
        Gigabytes.
    """
    free = shutil.disk_usage(folder).free / 1e9
    what = f"{free:,.1f} GB free on the disk"
    return Line(what, "" if free >= need else f"free {need:g} GB, or run  start.py forget")


def cache(data: Path | None = None) -> Line:
    """Return whether what was made once can be kept.

    Parameters
    ----------
    data : Path, optional
        The data folder; the workbook's own without it.
    """
    from helpers import facts

    folder = (data or facts.data_folder()) / "cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Line(
            f"the cache ({folder}: {error.strerror or error})",
            "copy the workbook to a folder of your own; where it is it works, more slowly",
        )
    return Line("the cache can be written")


def silence() -> Line:
    """Return whether JupyterLab, as the workbook starts it, asks no outside host."""
    from tools import lab

    settings = json.loads((lab.SETTINGS / "overrides.json").read_text(encoding="utf-8"))
    news = settings["@jupyterlab/apputils-extension:notification"]
    market = settings["@jupyterlab/extensionmanager-extension:plugin"]
    quiet = news == {"fetchNews": "false", "checkForUpdates": False} and not market["enabled"]
    mend = "" if quiet else f"get {lab.SETTINGS} again from a fresh copy of the workbook"
    return Line("JupyterLab asks no outside host", mend)

"""JupyterLab in Chromium, as a reader has it, for the tests that look at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.chapters import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 60_000  # ms
# What a browser says of its own accord on a page without fault.
QUIET = re.compile(r"favicon|Download the React DevTools|\[WebGL\]|GPU stall", re.I)


def chromium() -> str | None:
    """The system's Chromium, None where there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def copied(folder: Path) -> Path:
    """A copy of the workbook, so that what is done in the browser changes nothing.

    Parameters
    ----------
    folder : Path
        Where to put it; its name has a blank and letters that are not Latin, as a reader's may.
    """
    place = folder / "мой workbook"
    leave = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "mine", "jupyter")
    shutil.copytree(ROOT, place, ignore=leave)
    return place


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """The address of JupyterLab, started with the command to which start.py hands over.

    Parameters
    ----------
    folder : Path
        The workbook.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("FIFTY_THREE_DATA", None)
    words = [sys.executable, "-m", "tools", "lab", "--no-browser"]
    with open(folder / "lab.log", "w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield _address(process, folder / "lab.log")
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """What start.py tells the reader to open, once it answers."""
    import urllib.error
    import urllib.request

    end = time.monotonic() + 60
    while time.monotonic() < end:
        said = log.read_text("utf-8")
        found = re.search(r"http://127\.0\.0\.1:\d+\S*", said)
        if found:
            try:
                urllib.request.urlopen(found[0], timeout=2).read()
                return found[0]
            except (urllib.error.URLError, OSError):
                pass
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start: {log.read_text('utf-8')[-2000:]}")


def at(address: str, chapter: Path) -> str:
    """The address of a chapter in the JupyterLab that answers at an address.

    Parameters
    ----------
    address : str
        From `lab`.
    chapter : Path
        The chapter; its name is what counts.
    """
    return re.sub(r"/lab[^?]*", f"/lab/tree/notebooks/{chapter.name}", address, count=1)


@dataclass
class Seen:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """The requests that left this computer."""
        inside = re.compile(r"^(?:https?|wss?)://127\.0\.0\.1[:/]|^(?:data|blob|about):")
        return [url for url in self.requests if not inside.match(url)]


@contextmanager
def page(
    url: str, shot: Path, *, width: int = 1300, height: int = 1400
) -> Iterator[tuple[Any, Seen]]:
    """A page of a new Chromium, and what it saw.

    Parameters
    ----------
    url : str
        What to open.
    shot : Path
        Where a picture of the page is put when something goes wrong.
    width, height : int
        Of the window, in pixels.
    """
    from playwright.sync_api import sync_playwright

    seen = Seen()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            view = browser.new_page(viewport={"width": width, "height": height})
            view.set_default_timeout(PATIENCE)
            view.on("request", lambda request: seen.requests.append(request.url))
            view.on("websocket", lambda socket: seen.requests.append(socket.url))
            view.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
            view.on("console", lambda said: _complaint(seen, said))
            view.goto(url)
            try:
                yield view, seen
            except Exception as error:
                view.screenshot(path=shot)
                said = f"{error!r}\nThe page as it was: {shot}\n{seen.complaints[:5]}"
                raise AssertionError(said) from error
        finally:
            browser.close()


def _complaint(seen: Seen, said: Any) -> None:
    if said.type == "error" and not QUIET.search(said.text):
        seen.complaints.append(f"console: {said.text} ({said.location.get('url')})")

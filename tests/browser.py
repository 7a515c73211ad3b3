"""JupyterLab in Chromium, as a reader has it, and what a reader does there."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.publish import pack
from tools.publish.book import BROWSERS

ROOT = Path(__file__).resolve().parents[1]
FLAGS = "--headless --no-sandbox --no-first-run --disable-gpu --disable-quic --disable-sync"
FLAGS += " --disable-background-networking --disable-component-update"
PATIENCE = 60_000  # ms
# What a browser says of its own accord on a page without fault.
QUIET = re.compile(r"favicon|Download the React DevTools|\[WebGL\]|GPU stall", re.I)
INSIDE = re.compile(r"(?:https?|wss?)://127\.0\.0\.1[:/]|(?:data|blob|about):")
CELL = ".jp-Notebook .jp-CodeCell"


def chromium() -> str | None:
    """The system's Chromium, None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def copied(folder: Path) -> Path:
    """A copy of the workbook, in a folder with a blank and foreign letters."""
    place = folder / "мой workbook é"
    pack.copy(place)
    return place


@contextmanager
def lab(folder: Path, command: list[str] | None = None, **more: str) -> Iterator[tuple[str, Path]]:
    """The address of JupyterLab in a copy of the workbook, and the file with what it says."""
    left = ("PYTHONPATH", "JUPYTER", "IPYTHON", "FIFTY_THREE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    words = [*(command or [sys.executable, "-m", "tools", "lab"]), "--no-browser"]
    env, path = {**kept, "PYTHONPATH": str(folder), **more}, folder.parent / "said.txt"
    with path.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(words, cwd=folder, env=env, stdout=out, stderr=out)
        try:
            yield _address(process, path), path
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen[bytes], path: Path) -> str:
    end = time.monotonic() + 300
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+\S*", path.read_text("utf-8")):
            with suppress(OSError):
                urllib.request.urlopen(found[0], timeout=5).read()
                return found[0]
        time.sleep(0.05)
    raise AssertionError(f"JupyterLab did not start: {path.read_text('utf-8')[-2000:]}")


@contextmanager
def page(url: str, shot: Path) -> Iterator[tuple[Any, list[str], list[str]]]:
    """A page of a new Chromium, its requests and complaints; a picture where something fails."""
    from playwright.sync_api import sync_playwright

    requests: list[str] = []
    complaints: list[str] = []

    def console(said: Any) -> None:
        if said.type == "error" and not QUIET.search(said.text):
            complaints.append(f"{said.text} ({said.location.get('url')})")

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        view = browser.new_page(viewport={"width": 1300, "height": 1400})
        view.set_default_timeout(PATIENCE)
        view.on("request", lambda request: requests.append(request.url))
        view.on("websocket", lambda socket: requests.append(socket.url))
        view.on("pageerror", lambda error: complaints.append(str(error)))
        view.on("console", console)
        try:
            view.goto(url)
            yield view, requests, complaints
        except Exception as error:
            view.screenshot(path=shot)
            raise AssertionError(f"{error!r}\n{shot}\n{complaints[:5]}") from error
        finally:
            browser.close()


def ready(view: Any) -> None:
    """Wait for the cells and the kernel: what is run earlier is lost."""
    view.wait_for_selector(CELL)
    view.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')"
    )


def run_all(view: Any) -> None:
    """Wait for the kernel, choose Run, Run All Cells, and wait for the last cell."""
    ready(view)
    view.locator(".lm-MenuBar-item", has_text=re.compile("^Run$")).click()
    view.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
    # The kernel is idle for a moment after each cell; only a number beside a cell says it is done.
    # A folded cell shows none.
    view.wait_for_function(
        "where => [...document.querySelectorAll(where)].every(prompt => "
        "!prompt.textContent.trim() || prompt.offsetParent === null"
        " || /\\[\\d+\\]/.test(prompt.textContent))",
        arg=f"{CELL} .jp-InputPrompt",
    )


def run_cell(view: Any, code: str) -> None:
    """Run the cell that holds some code, and wait for its number."""
    cell = find(view, view.locator(CELL, has_text=code))
    cell.locator(".cm-content").click()
    view.keyboard.press("Control+Enter")
    view.wait_for_function(
        r"cell => /\[\d+\]/.test(cell.querySelector('.jp-InputPrompt').textContent)",
        arg=cell.element_handle(),
    )


def find(view: Any, wanted: Any) -> Any:
    """An element that may be off the screen, scrolled to."""
    # JupyterLab lays cells out only when they are near: so go down from the top, step by step.
    outer, shown = view.locator(".jp-WindowedPanel-outer").first, wanted.filter(visible=True)
    for step in range(200):
        outer.evaluate("(box, top) => box.scrollTo(0, top)", 400 * step)
        view.wait_for_timeout(100)
        if shown.count():
            shown.first.evaluate("e => e.scrollIntoView({block: 'center'})")
            view.wait_for_timeout(300)
            return shown.first
    raise AssertionError(f"not found in the chapter: {wanted}")


def answer(view: Any, id: str, code: str) -> str:
    """What an exercise answers to code put in place of its stub, by editing its cell."""
    call = f'learn.exercise("{id}").check('
    cell = find(view, view.locator(CELL, has_text=call))
    last = [line for line in cell.locator(".cm-line").all_inner_texts() if call in line][-1]
    output = cell.locator(".jp-OutputArea-output")
    before = output.first.inner_text() if output.count() else ""
    cell.locator(".cm-content").click()
    view.keyboard.press("Control+A")
    view.keyboard.insert_text(f"{code}\n{last}")
    view.keyboard.press("Control+Enter")
    view.wait_for_function(
        "([cell, before]) => ![before, ''].includes("
        "cell.querySelector('.jp-OutputArea-output')?.innerText ?? '')",
        arg=[cell.element_handle(), before],
    )
    return str(output.first.inner_text())


def picture() -> None:
    """Make the README's picture again: the calendar of chapter 02 in JupyterLab."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        with lab(folder) as (address, _):
            url = re.sub(r"/lab[^?]*", "/lab/tree/my/02-fifty-three-people.ipynb", address, count=1)
            with page(f"{url}&reset", folder / "failed.png") as (view, *_):
                view.set_viewport_size({"width": 1000, "height": 1060})
                run_all(view)
                view.keyboard.press("Control+b")  # the list of files goes
                find(view, view.locator("img[alt^='Days with the film']"))
                view.screenshot(path=ROOT / "notebooks" / "images" / "chapter-02.png")


if __name__ == "__main__":
    picture()

"""What a reader does on a page of JupyterLab: runs, looks, answers."""

from __future__ import annotations

import re
import time
from typing import Any

from tools.browser import PATIENCE

SCROLLED = ".jp-WindowedPanel-outer"
CELL = ".jp-Notebook .jp-CodeCell"


def run_all(view: Any) -> None:
    """Waits for the kernel, then chooses Run, Run All Cells, and waits for the last cell.

    Parameters
    ----------
    view : Page
        With a chapter open.
    """
    view.wait_for_selector(CELL)
    view.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')"
    )
    view.locator(".lm-MenuBar-item", has_text=re.compile("^Run$")).click()
    view.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
    # The kernel is idle for a moment after each cell; only a number beside a cell says it is done.
    view.wait_for_function(
        "where => [...document.querySelectorAll(where)]"
        ".every(prompt => /\\[\\d+\\]/.test(prompt.textContent))",
        arg=f"{CELL} .jp-InputPrompt",
    )


def find(view: Any, wanted: Any) -> Any:
    """An element that may be off the screen, scrolled to.

    Parameters
    ----------
    view : Page
        With a chapter open.
    wanted : Locator
        What to look for.
    """
    # JupyterLab lays cells out only when they are near: so go down from the top, step by step.
    outer, shown = view.locator(SCROLLED).first, wanted.filter(visible=True)
    outer.evaluate("box => box.scrollTo(0, 0)")
    for _ in range(200):
        view.wait_for_timeout(100)
        if shown.count():
            shown.first.evaluate("e => e.scrollIntoView({block: 'center'})")
            view.wait_for_timeout(300)
            return shown.first
        if outer.evaluate(
            "box => { const at = box.scrollTop; box.scrollBy(0, 400); return box.scrollTop == at }"
        ):
            break
    raise AssertionError(f"not found in the chapter: {wanted}")


def answer(view: Any, id: str, code: str) -> str:
    """What an exercise answers to code put in place of its stub, by editing its cell.

    Parameters
    ----------
    view : Page
        With a chapter open.
    id : str
        The exercise.
    code : str
        The lines above the check.
    """
    call = f'learn.exercise("{id}").check('
    cell = find(view, view.locator(CELL, has_text=call))
    last = [line for line in cell.locator(".cm-line").all_inner_texts() if call in line][-1]
    output = cell.locator(".jp-OutputArea-output")
    before = output.first.inner_text() if output.count() else ""
    cell.locator(".cm-content").click()
    view.keyboard.press("Control+A")
    view.keyboard.insert_text(f"{code}\n{last}")
    view.keyboard.press("Control+Enter")
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        said = output.first.inner_text() if output.count() else ""
        if said and said != before:
            return said
        view.wait_for_timeout(50)
    raise AssertionError(f"exercise {id} did not answer to {code!r}")

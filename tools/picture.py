"""A picture of a chapter as a reader sees it: `python -m tools.picture 02 "its text" FILE.png`."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from pathlib import Path

from tools import browser, reader
from tools.chapters import chapters


def main(argv: list[str]) -> int:
    """0 after writing the picture; the chapter is run in a copy of the workbook.

    Parameters
    ----------
    argv : list of str
        Chapter, a text near the top of the picture, file, and the size of the window.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.picture", description=__doc__)
    parser.add_argument("chapter", help="its number")
    parser.add_argument("text", help="what the picture begins with")
    parser.add_argument("file", type=Path, help="where to put it")
    parser.add_argument("--width", type=int, default=1100, help="pixels; 420 is a narrow screen")
    parser.add_argument("--height", type=int, default=900, help="pixels")
    options = parser.parse_args(argv)
    if importlib.util.find_spec("playwright") is None:
        need = "a picture needs what requirements-test.txt lists: install it, or run "
        print(need + "`python3 start.py test` once", file=sys.stderr)
        return 2
    size = {"width": options.width, "height": options.height}
    with tempfile.TemporaryDirectory() as folder:
        copy = browser.copied(Path(folder))
        with browser.lab(copy) as address:
            url = browser.at(address, chapters([options.chapter])[0])
            with browser.page(url, options.file, width=1300, height=1400) as (view, _):
                reader.run_all(view)
                view.keyboard.press("Control+b")  # the list of files makes room
                view.set_viewport_size(size)
                there = reader.find(view, view.locator(".jp-Notebook").get_by_text(options.text))
                view.wait_for_timeout(1500)
                there.evaluate("e => e.scrollIntoView({block: 'start'})")
                view.wait_for_timeout(1500)
                view.screenshot(path=options.file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

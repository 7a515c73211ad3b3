"""The web book in a real browser: it is whole, asks nobody, reads by keyboard, and counts."""

import functools
import http.server
import os
import random
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest

from helpers import ask, make
from helpers.show.panels import ZONES
from tests import browser
from tools import book
from tools.chapters import ROOT, chapters

pytestmark = [pytest.mark.slow, pytest.mark.browser]
AXE = book.MODULES / "axe-core" / "axe.min.js"
# What axe may still find, and why.
EXCUSED = {
    "region": "the theme's search box and list of contents stand beside its landmarks",
}
STILL = "* { animation: none !important; transition: none !important }"  # or axe sees half a fade
WIDER = "document.documentElement.scrollWidth > innerWidth"
RUN = """() => axe.run({preload: false, resultTypes: ['violations']}).then(({violations}) =>
    violations.map(({id, nodes}) => [id, nodes[0].html.slice(0, 200)]))"""


@pytest.fixture(scope="module")
def site() -> Path:
    """The book; built when it is missing or older than what it is made from."""
    if not browser.chromium():
        missing = "NO CHROMIUM: the web book was not opened in a browser (apt install chromium)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    folders = [ROOT / "notebooks", ROOT / "book", ROOT / "tools", ROOT / "exercises"]
    sources = [path for folder in folders for path in folder.glob("*.*") if path.is_file()]
    index = book.SITE / "index.html"
    if not index.exists() or index.stat().st_mtime < max(p.stat().st_mtime for p in sources):
        book.main([])
    return book.SITE


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Where a plain server of static files has the book."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words: Any) -> None:
            pass

    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def names(site: Path) -> list[str]:
    return sorted(path.name for path in site.glob("*.html"))


def test_every_chapter_and_every_page_is_in_the_book_and_each_link_leads_somewhere(
    site: Path,
) -> None:
    texts = {name: (site / name).read_text("utf-8") for name in names(site)}
    sources = [*chapters(), *(ROOT / "notebooks").glob("*.md")]
    assert {f"{path.stem}.html" for path in sources} | {"count.html"} <= texts.keys()
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in texts.items()}
    broken = []
    for name, text in texts.items():
        for link in re.findall(r'(?:href|src)="(?!\w+:)([^"]*)"', text):
            target, _, place = link.partition("#")
            file = unquote(target.partition("?")[0]) or name
            if not (site / file).exists() or (
                place and unquote(place) not in ids.get(file, [place])
            ):
                broken.append(f"{name} links to {link}")
    assert not broken


def test_on_a_plain_server_no_page_asks_outside_complains_or_is_wider_than_the_screen(
    address: str, site: Path, tmp_path: Path
) -> None:
    with browser.page(f"{address}/index.html", tmp_path / "page.png") as (view, asked, complaints):
        for width in (360, 1280):
            view.set_viewport_size({"width": width, "height": 800})
            for name in names(site):
                view.goto(f"{address}/{name}")
                view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                assert not view.evaluate(WIDER), f"{name} at {width}"
    assert len(asked) > 100 and all(map(browser.INSIDE.match, asked))
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_from_a_folder_axe_finds_nothing_new_with_all_details_open_light_and_dark(
    width: int, site: Path, tmp_path: Path
) -> None:
    found = set()
    with browser.page((site / "index.html").as_uri(), tmp_path / "page.png") as (
        view,
        _,
        complaints,
    ):
        view.set_viewport_size({"width": width, "height": 800})
        for name in names(site):
            view.goto((site / name).as_uri())
            view.add_style_tag(content=STILL)
            view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            view.evaluate(AXE.read_text("utf-8"))
            for scheme in ("light", "dark"):
                view.emulate_media(color_scheme=scheme)
                found |= {(name, scheme, id, html) for id, html in view.evaluate(RUN)}
    assert complaints == []
    assert {each for each in found if each[2] not in EXCUSED} == set()

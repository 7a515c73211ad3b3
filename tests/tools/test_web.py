"""The web book in a real browser: it is whole, asks nobody, reads by keyboard, and counts."""

import functools
import http.server
import os
import random
import re
import shutil
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import psutil
import pytest

from helpers import ask, make
from helpers.show.panels import ZONES
from tests import browser
from tools.chapters import ROOT, chapters
from tools.publish import book

pytestmark = [pytest.mark.slow, pytest.mark.browser]
AXE = book.MODULES / "axe-core" / "axe.min.js"
# What axe may still find, and why.
EXCUSED = {
    "region": "the theme's search box and list of contents stand beside its landmarks",
}
STILL = "* { animation: none !important; transition: none !important }"  # or axe sees half a fade
WIDER = "document.documentElement.scrollWidth > innerWidth"
# How many of the things that are shown and can be worked have not had the focus yet.
REACHED = """() => [...document.querySelectorAll('a[href], button, input, select, summary,'
    + '[tabindex="0"]')].filter(each => each.checkVisibility({visibilityProperty: true})
    && !each.disabled && !('reached' in each.dataset)).length"""
# Each definition is put in by its five controls; the page says when it has counted.
ANSWERS = """async ([definitions, first]) => {
    const $ = id => document.getElementById(id), answers = [];
    for (const {until, ...given} of definitions) {
        for (const [id, value] of Object.entries(given)) $(id).value = value;
        $('until').value = (Date.parse(until) - Date.parse(first)) / 864e5;
        $('until').dispatchEvent(new Event('input'));
        while ($('result').ariaBusy === 'true') await new Promise(done => setTimeout(done));
        const count = +$('number').textContent.replace(',', '');
        answers.push({sql: $('sql').textContent, count});
    }
    return answers;
}"""
RUN = """only => axe.run({preload: false, resultTypes: ['violations'], ...only})
    .then(({violations}) =>
    violations.map(({id, nodes}) => [id, nodes[0].html.slice(0, 200)]))"""


@pytest.fixture(scope="module")
def site():
    """The book; built when it is missing or older than what it is made from."""
    for name, there in {"chromium": browser.chromium(), "npm": shutil.which("npm")}.items():
        if not there:
            missing = f"NO {name.upper()}: the web book was not opened (apt install {name})"
            pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    folders = [ROOT / "notebooks", ROOT / "book", ROOT / "tools", ROOT / "exercises"]
    sources = [path for folder in folders for path in folder.glob("*.*") if path.is_file()]
    index = book.SITE / "index.html"
    if not index.exists() or index.stat().st_mtime < max(p.stat().st_mtime for p in sources):
        book.main([])
    return book.SITE


@pytest.fixture
def address(site):
    """Where a plain server of static files has the book."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words: Any) -> None:
            pass

    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def seconds() -> float:
    """Of the processor, that this process's children have taken."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(each.user + each.system for each in times)


def names(site: Path) -> list[str]:
    return sorted(path.name for path in site.glob("*.html"))


def test_every_chapter_and_every_page_is_in_the_book_and_each_link_leads_somewhere(site):
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


def test_on_a_server_no_page_asks_outside_complains_or_is_too_wide(address, site, tmp_path):
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
def test_from_a_folder_axe_finds_nothing_new_light_and_dark(width, site, tmp_path):
    found = set()
    with browser.page((site / "index.html").as_uri(), tmp_path / "page.png") as (view, _, said):
        view.set_viewport_size({"width": width, "height": 800})
        for name in names(site):
            view.goto((site / name).as_uri())
            view.add_style_tag(content=STILL)
            view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            view.evaluate(AXE.read_text("utf-8"))
            for scheme, only in {"light": {}, "dark": {"runOnly": ["color-contrast"]}}.items():
                view.emulate_media(color_scheme=scheme)  # which changes colours alone
                found |= {(name, scheme, id, html) for id, html in view.evaluate(RUN, only)}
    assert said == []
    assert {each for each in found if each[2] not in EXCUSED} == set()


def test_a_word_is_found_from_a_folder_and_the_keyboard_alone_reaches_everything(site, tmp_path):
    folder = site.as_uri()
    with browser.page(f"{folder}/search.html?q=pseudonym", tmp_path / "page.png") as (
        view,
        _,
        said,
    ):
        view.wait_for_selector("ul.search li a")
        assert view.locator("ul.search li a").count() > 5
        for name in ("02-fifty-three-people", "count"):
            view.goto(f"{folder}/{name}.html")
            wanted = view.evaluate(REACHED)
            for _ in range(wanted + 5):
                view.keyboard.press("Tab")
                view.evaluate("document.activeElement.dataset.reached = ''")
            missed = view.evaluate(REACHED.replace("length", "map(each => each.outerHTML)"))
            assert wanted > 20 and missed == []
    assert said == []


# The tab


def definitions() -> list[dict[str, Any]]:
    """488 at random, most of them at the edges of what is planted."""
    draw, days = random.Random(53), pd.date_range("2017-11-17", "2017-12-31")
    return [
        {
            "days": draw.choice((1, 17, 18, draw.randint(1, 24))),
            "until": draw.choice(("2017-12-06", "2017-12-10", f"{draw.choice(days):%F}")),
            "who": draw.choice(("viewer", "account")),
            "at_least": draw.choice((0, 20, 70, draw.randint(0, 92))),
            "zone": draw.choice(ZONES),
        }
        for _ in range(488)
    ]


def test_the_tab_says_53_and_answers_488_definitions_as_ask_does_from_a_folder(site, tmp_path):
    plays = make.world().plays
    ends = plays["started_at"].isin(plays["started_at"].agg(["min", "max"]))
    film = plays[(plays["title"] == make.FILM) | ends]  # no window reaches outside the log
    asked = definitions()
    sql = [ask.watched_every_day_sql(make.FILM, **each) for each in asked]
    counts = [len(ask.watched_every_day(film, make.FILM, **each)) for each in asked]
    with browser.page((site / "count.html").as_uri(), tmp_path / "page.png") as (view, seen, said):
        began = seconds()
        view.focus("#start")
        view.keyboard.press("Enter")
        view.wait_for_function("document.getElementById('number').textContent === '53'")
        first = seconds() - began
        view.keyboard.press("ArrowRight")  # on the first slider
        view.wait_for_function("document.getElementById('number').textContent === '44'")
        assert view.locator("[role=status]").inner_text().startswith("44 viewers watched")
        began = seconds()
        assert view.get_by_alt_text("other readings of the sentence").is_visible()
        answers = view.evaluate(ANSWERS, [asked, "2017-11-17"])
        later = (seconds() - began) / len(asked)
        assert said == [] and all(url.startswith(("file:", "blob:", "data:")) for url in seen)
    assert [each["sql"] for each in answers] == sql
    assert [each["count"] for each in answers] == counts
    assert first < 5 and later < 0.05, f"{first:.1f} s of the processor, then {later:.3f} s"


@pytest.mark.parametrize("lacks", ["JavaScript", "WebAssembly", "its database"])
def test_where_something_is_missing_the_tab_says_so_in_words(lacks, address, site, tmp_path):
    engine = (site / "_static" / "engine.js").read_text("utf-8")
    damaged = engine.replace('"wasm": "H4sI', '"wasm": "AAAA')
    assert damaged != engine
    with browser.page(f"{address}/index.html", tmp_path / "page.png") as (view, _, _):
        context = view.context.browser.new_context(java_script_enabled=lacks != "JavaScript")
        page = context.new_page()
        if lacks == "WebAssembly":
            page.add_init_script("delete globalThis.WebAssembly")
        page.route("**/engine.js", lambda route: route.fulfill(body=damaged))
        page.goto(f"{address}/count.html")
        if lacks == "its database":  # there, and damaged
            page.click("#start")
            page.wait_for_function(
                "document.getElementById('answer').textContent.includes('could not be started')"
            )
            assert page.locator("#start").is_enabled()
        else:
            assert page.locator("#lacks").is_visible() and not page.locator("#count").is_visible()

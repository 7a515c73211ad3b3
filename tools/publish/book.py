"""`book`: the chapters as a web book in book/site, from their stored outputs; `--pdf` as one file.

Its packages are not the reader's: Sphinx comes from requirements-book.txt into book/.venv, the
database of the page that counts in a tab from book/package-lock.json into book/node_modules.
"""

import argparse
import base64
import gzip
import json
import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import ask, log, make
from helpers.show.panels import ZONES
from tools.chapters import ROOT
from tools.publish.stage import BOOK, pages

SITE, BUILD, VENV, MODULES = (BOOK / name for name in ("site", "build", ".venv", "node_modules"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PDF = SITE / "fifty-three-viewers.pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SCRIPT = '<script src="_static/count.js"></script>'
# What stands in the tab for the time zones and the log, before ask's own text is run.
TABLES = """\
SET autoinstall_known_extensions = false
SET autoload_known_extensions = false
CREATE TABLE plays AS FROM read_csv('plays.csv', header = true, columns = {columns})
CREATE MACRO timezone(clock, moment) AS moment + to_minutes(CASE {shifts} END)"""
COLUMNS = {"viewer": "BIGINT", "account": "BIGINT", "title": "VARCHAR", "started_at": "TIMESTAMP"}
COLUMNS |= {"minutes": "DOUBLE", "zone": "VARCHAR"}


def main(argv: list[str]) -> int:
    """Build the book, and return 0; Sphinx's warnings are errors."""
    parser = argparse.ArgumentParser(prog="start.py book", description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="also one PDF, made by Chromium")
    options = parser.parse_args(argv)
    static, staged = BUILD / "static", BUILD / "pages"
    for folder in (SITE, BUILD):
        shutil.rmtree(folder, ignore_errors=True)
    static.mkdir(parents=True)
    staged.mkdir()
    shutil.copy(BOOK / "book.css", static)
    words = {"PLAYS": f"{data():,}", "SIZE": "0", "ENGINE": ""}
    if npm := shutil.which("npm"):
        words |= {"SIZE": f"{engine(npm, static) / 1e6:.0f}", "ENGINE": SCRIPT}
    else:
        print("There is no npm (a part of Node.js): the page that counts shows its figure alone.")
    pages(staged, words)
    uv: list[Any] = [sys.executable, "-m", "uv", "--quiet"]
    lock = ROOT / "requirements-book.txt"
    create = [*uv, "venv", "--clear", "--python", sys.executable, VENV]
    kept(VENV, lock, create, [*uv, "pip", "install", "--python", PYTHON, "-r", lock])
    sphinx("html").rename(SITE)
    print(f"The book: {SITE / 'index.html'}")
    if options.pdf:
        print_pdf()
    return 0


def kept(folder: Path, lock: Path, *commands: list[Any]) -> None:
    """Run the commands that fill a folder from a lock, unless this very lock has filled it."""
    stamp = folder / "lock.stamp"
    if not stamp.exists() or stamp.read_text("utf-8") != lock.read_text("utf-8"):
        for command in commands:
            subprocess.run(command, check=True, cwd=BOOK)
        shutil.copy(lock, stamp)


def data() -> int:
    """Write what the tab counts on, and what it fills in, to BUILD; return how many plays."""
    plays = make.world().plays
    film = plays[plays["title"] == make.FILM].sort_values(["viewer", "started_at"])
    rows = film.assign(started_at=film["started_at"].dt.tz_localize(None))
    rows.to_csv(BUILD / "plays.csv", columns=list(COLUMNS), index=False, lineterminator="\n")
    days = log.day(film)
    given = {
        "title": make.FILM,
        "zones": ZONES,
        "texts": texts(),
        "tables": TABLES.format(columns=COLUMNS, shifts=" ".join(shifts(film))).splitlines(),
        "first": f"{days.min():%F}",
        "last": (days.max() - days.min()).days,
    }
    (BUILD / "given.json").write_text(json.dumps(given, indent=1), "utf-8")
    return len(film)


def shifts(film: pd.DataFrame) -> list[str]:
    """For each zone, the latest first: since when its clock is how many minutes off UTC."""
    hours = pd.date_range(film["started_at"].min().floor("D"), film["started_at"].max(), freq="h")
    cases = []
    for zone in sorted({*film["zone"], *ZONES} - {"local"}):
        off = hours.tz_convert(zone).tz_localize(None) - hours.tz_localize(None)
        minutes = pd.Series(off // pd.Timedelta(minutes=1), index=hours)
        changes = minutes[minutes.ne(minutes.shift())]
        for since, shift in reversed([*changes.items()]):
            when = f"clock = '{zone}' AND moment >= TIMESTAMP '{since:%F %T}'"
            cases.append(f"WHEN {when} THEN {shift}")
    return cases


def texts() -> dict[str, str]:
    """The SQL of `ask` for each choice of words, with names where a slider puts numbers."""
    names = {"2017-11-23": "{first}", "2017-12-10": "{last}", "= 18": "= {days}"}
    names[">= 1200"] = ">= {seconds}"
    result = {}
    for who, zone, least in product(("viewer", "account"), ZONES, (0, 20)):
        text = ask.watched_every_day_sql(make.FILM, who=who, zone=zone, at_least=least)
        for number, name in names.items():
            text = text.replace(number, name)
        result[f"{who}, {zone}, {str(least > 0).lower()}"] = text
    return result


def engine(npm: str, static: Path) -> int:
    """Write the page's script and the database that its button loads; return the bytes of that."""
    kept(MODULES, BOOK / "package-lock.json", [npm, "ci", "--ignore-scripts", "--silent"])
    bundle = ["--bundle", "--minify", "--log-level=warning", f"--outfile={static / 'count.js'}"]
    tool = MODULES / "esbuild" / "bin" / "esbuild"
    subprocess.run(["node", tool, "count.js", *bundle], check=True, cwd=BOOK)
    duckdb = MODULES / "@duckdb" / "duckdb-wasm" / "dist"
    parts = {
        "wasm": duckdb / "duckdb-eh.wasm",
        "worker": duckdb / "duckdb-browser-eh.worker.js",
        "plays": BUILD / "plays.csv",
    }
    # One script, and not three files to fetch, so that it works from a plain folder, too.
    packed = {name: gzip.compress(path.read_bytes(), mtime=0) for name, path in parts.items()}
    words = {name: base64.b64encode(data).decode() for name, data in packed.items()}
    return (static / "engine.js").write_text(f"window.engine = {json.dumps(words)};\n", "utf-8")


def sphinx(builder: str) -> Path:
    """Let Sphinx write the staged pages to a new folder, and return it."""
    folder = BUILD / builder
    words: list[Any] = ["-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, "-c", BOOK]
    words += ["-d", BUILD / "doctrees", BUILD / "pages", folder]
    subprocess.run([PYTHON, *words], check=True)
    return folder


def print_pdf() -> None:
    """Print all pages as one PDF: what is folded stands open there."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise SystemExit("The PDF is made by Chromium, which is not here: install it.")
    page = sphinx("singlehtml") / "index.html"
    page.write_text(page.read_text("utf-8").replace("<details", "<details open"), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    flags += ["--generate-pdf-document-outline", f"--print-to-pdf={PDF}"]
    subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True)
    print(f"As one file: {PDF}")

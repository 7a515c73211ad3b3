"""The page of YouTube's history: its entries as the JSON file has them, and its local times.

    <div class="outer-cell ..."><p class="mdl-typography--title">YouTube<br></p>
    <div class="content-cell ...">Watched <a href="https://www.youtube.com/watch?v=..">Title</a><br>
    <a href="https://www.youtube.com/channel/..">Channel</a><br>Nov 30, 2021, 2:05:01 PM AEDT</div>
    <div class="content-cell ... mdl-typography--caption"><b>Details:</b><br> From Google Ads</div>

A time means a moment only together with the zone of the account: AEDT is one of many names.
"""

import html
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.files import LONGEST, File, ReadError

CELL = re.compile(r'<div class="[^"]*outer-cell')
TAG, LINK = re.compile("<[^<>]*>"), re.compile(r'href="([^"]*)')
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAY = r"(?:(?P<m>[A-Z][a-z]{2,3}) (?P<d>\d{1,2}), |(?P<d2>\d{1,2}) (?P<m2>[A-Z][a-z]{2,3}) )"
TIME = re.compile(
    DAY
    + r"(?P<y>\d{4}), (?P<clock>\d{1,2}:\d\d:\d\d)(?: ?(?P<half>[AaPp][Mm]))? (?P<zone>\S{1,12})"
)


def entries(file: File) -> Iterator[dict[str, Any]]:
    """The entries of a page, with the keys of the JSON file, in the memory of a block."""
    return map(_entry, islice(_cells(file), 1, None))  # the first part is the head of the page


def _cells(file: File) -> Iterator[str]:
    rest = ""
    with file.open() as stream:
        text = io.TextIOWrapper(stream, file.encoding)
        for block in iter(partial(text.read, 1 << 20), ""):
            *cells, rest = CELL.split(rest + block)
            if len(rest) > 2 * LONGEST:
                raise ReadError("the page is damaged: an entry of it has no end")
            yield from cells
    yield rest


def _entry(cell: str) -> dict[str, Any]:
    """An entry of what stands between its tags; what is left of them is text."""
    body, mark, caption = cell.partition("--caption")
    header, _, body = body.partition("content-cell")
    pieces = TAG.split("<" + body + ">" * bool(mark))  # it begins and ends within a tag
    texts = [" ".join(html.unescape(text).split()) for text in pieces]
    texts = [text for text in texts if text] or [""]
    link = LINK.search(body)
    return {
        "header": "YouTube Music" if "YouTube Music" in header else "YouTube",
        "title": " ".join(texts[: 2 if link else 1]),
        "titleUrl": html.unescape(link[1]) if link else "",
        "time": texts[-1],
        "details": [{"name": "Google"}] * ("Google Ads" in caption),
    }


def times(texts: pd.Series, zone: str | None) -> pd.Series:
    """The moments that local times mean in a zone, missing where a text is no time."""
    parts = texts.map(lambda text: TIME.fullmatch(" ".join(text.split())))
    good = parts[parts.notna()]
    local = pd.to_datetime(good.map(_iso), format="ISO8601", errors="coerce")
    short = good.map(lambda part: part["zone"])
    if short.isin(["UTC", "GMT"]).all():
        zone = "UTC"
    names = [name for name in short.unique() if re.fullmatch("[A-Z]{2,5}", name)][:3]
    if zone is None:
        raise ReadError(
            f"the page has local times ({', '.join(names)}); give zone= of the account, such as "
            "zone='Europe/Berlin'"
        )
    summer, winter = (
        local.dt.tz_localize(zone, ambiguous=np.full(len(local), dst), nonexistent="NaT")
        for dst in (True, False)
    )
    moments = summer.where(summer.dt.strftime("%Z") == short, winter)
    called = moments.dt.strftime("%Z")
    odd = called.str.isalpha() & (called != short) & (zone != "UTC")  # Istanbul's is called +03
    if odd.mean() > 0.5:
        raise ReadError(f"zone={zone!r} does not fit the page, whose times are {', '.join(names)}")
    moments = moments.mask(odd.astype(bool))
    return moments.dt.tz_convert("UTC").reindex(texts.index)


def _iso(part: re.Match[str]) -> str:
    """``2021-11-30T14:05:01``, of either way in which English has it."""
    month = MONTHS.index((part["m"] or part["m2"])[:3]) + 1
    hour, rest = part["clock"].split(":", 1)
    if part["half"]:
        hour = int(hour) % 12 + 12 * (part["half"].lower() == "pm")
    return f"{part['y']}-{month:02}-{int(part['d'] or part['d2']):02}T{int(hour):02}:{rest}"

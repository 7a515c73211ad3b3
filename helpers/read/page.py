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
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.files import LONGEST, File, ReadError

CELL = re.compile(r'<div class="[^"]*outer-cell')
TAG, LINK = re.compile("<[^<>]*>"), re.compile(r'href="([^"]*)')
# Hours from UTC of names that pages give to zones without letters of their own, and of usual ones;
# where a country has moved its clock under one name, the name is not here.
HOURS: dict[str, float] = {"UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
HOURS |= {"MSK": 3, "TRT": 3, "AZT": 4, "UZT": 5, "NPT": 5.75, "ICT": 7, "SGT": 8, "MYT": 8}
HOURS |= {"JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3, "BOT": -4}
HOURS |= {"COT": -5, "PET": -5, "EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7}
DAYS, CLOCKS = ("%b %d, %Y, ", "%d %b %Y, "), ("%I:%M:%S %p", "%H:%M:%S")


def entries(file: File) -> Iterator[dict[str, Any]]:
    """The entries of a page, with the keys of the JSON file, in the memory of a block."""
    cells = _cells(file)
    next(cells)  # what stands before the first entry
    return map(_entry, cells)


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


def _hours(name: str) -> float | None:
    """How far from UTC a zone of this name is: "TRT", "GMT+3", "GMT-03:30"; None: not known."""
    far = re.fullmatch(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d\d)?", name)
    if far:
        return (int(far[2]) + int(far[3] or 0) / 60) * (-1 if far[1] == "-" else 1)
    return HOURS.get(name)


def times(texts: pd.Series, zone: str | None) -> pd.Series:
    """The moments that local times mean in a zone, missing where a text is no time."""
    months = texts.str.replace(r"\b([A-Z][a-z]{2})[a-z]\b", r"\1", regex=True)  # June, Sept
    parts = months.str.rpartition(" ")
    local = pd.concat(
        pd.to_datetime(parts[0], format=day + clock, errors="coerce").dropna()
        for day in DAYS for clock in CLOCKS
    )  # fmt: skip
    short = parts[2][local.index]
    if short.isin(["UTC", "GMT"]).all():
        zone = "UTC"
    names = ", ".join([name for name in short.unique() if re.fullmatch("[A-Z]{2,5}", name)][:3])
    if zone is None:
        raise ReadError(
            f"the page has local times ({names}); give zone= of the account, such as "
            "zone='Europe/Berlin'"
        )
    summer, winter = (
        local.dt.tz_localize(zone, ambiguous=np.full(len(local), dst), nonexistent="NaT")
        for dst in (True, False)
    )
    moments = summer.where(summer.dt.strftime("%Z") == short, winter)
    called, hours = moments.dt.strftime("%Z"), short.map(_hours).astype(float)
    ahead = moments.dt.tz_localize(None) - moments.dt.tz_convert("UTC").dt.tz_localize(None)
    off = hours.notna() & (ahead != pd.to_timedelta(hours, "h"))
    lettered = called.str.isalpha().eq(True) & (called != "UTC")  # Istanbul's is called +03
    odd = moments.notna() & off.where(~lettered, called != short)
    seasons = set(called[odd]) & set(short[~odd]) | set(short[odd]) & set(called[~odd])
    if seasons and odd.mean() > 0.001:
        raise ReadError(
            f"the page calls summer and winter by one name ({', '.join(sorted(seasons))}), so the "
            "hour of some times is in doubt: choose JSON at takeout.google.com instead"
        )
    if odd.mean() > 0.5:
        raise ReadError(f"zone={zone!r} does not fit the page, whose times are {names}")
    return moments.mask(odd.astype(bool)).dt.tz_convert("UTC").reindex(texts.index)

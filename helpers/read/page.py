"""The page of YouTube's history: its entries as the JSON file has them, and its local times.

    <div class="outer-cell ..."><p class="mdl-typography--title">YouTube<br></p>
    <div class="content-cell ...">Watched <a href="https://www.youtube.com/watch?v=..">Title</a><br>
    <a href="https://www.youtube.com/channel/..">Channel</a><br>Nov 30, 2021, 2:05:01 PM AEDT</div>
    <div class="content-cell ... mdl-typography--caption"><b>Details:</b><br> From Google Ads</div>

A time means a moment only together with the zone of the account: AEDT is one of many names.
"""

import io
import re
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.files import LONGEST, File, ReadError

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAY = r"(?:(?P<m>[A-Z][a-z]{2,3}) (?P<d>\d{1,2}), |(?P<d2>\d{1,2}) (?P<m2>[A-Z][a-z]{2,3}) )"
TIME = re.compile(
    DAY
    + r"(?P<y>\d{4}), (?P<clock>\d{1,2}:\d\d:\d\d)(?: ?(?P<half>[AaPp][Mm]))? (?P<zone>\S{1,12})"
)


class _Page(HTMLParser):
    """Gathers the texts of each entry; a text goes on until the next tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[dict[str, Any]] = []
        self.header, self.body, self.caption, self.links = [""], [""], [""], [""]
        self.into = self.header
        self.size = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        look = dict(attrs).get("class") or ""
        if tag == "div" and "outer-cell" in look:
            self.flush()
        elif tag == "div" and "content-cell" in look:
            self.into = self.caption if "caption" in look else self.body
        elif tag == "a" and self.into is self.body:
            self.links.append(dict(attrs).get("href") or "")
        self.into.append("")

    def handle_endtag(self, tag: str) -> None:
        self.into.append("")

    def handle_data(self, data: str) -> None:
        self.into[-1] += data
        self.size += len(data)
        if self.size > LONGEST:
            raise ReadError("the page is damaged: an entry of it has no end")

    def flush(self) -> None:
        """The entry that ends here, with the keys of the JSON file."""
        body = [" ".join(text.split()) for text in self.body if text.strip()]
        if body:
            link = next((each for each in self.links if each), "")
            title = " ".join(body[: 2 if link else 1])
            entry = {"header": "".join(self.header).strip(), "title": title, "time": body[-1]}
            ads = [{"name": "Google"}] if "Google Ads" in "".join(self.caption) else []
            self.done.append(entry | {"titleUrl": link, "details": ads})
        self.header, self.body, self.caption, self.links = [""], [""], [""], [""]
        self.into, self.size = self.header, 0


def entries(file: File) -> Iterator[dict[str, Any]]:
    """The entries of a page, one after another, in the memory of a block."""
    parser = _Page()
    with file.open() as stream:
        text = io.TextIOWrapper(stream, file.encoding)
        for block in iter(partial(text.read, 1 << 16), ""):
            parser.feed(block)
            if len(parser.rawdata) > LONGEST:
                raise ReadError("the page is damaged: a tag of it has no end")
            yield from parser.done
            parser.done.clear()
    parser.close()
    parser.flush()
    yield from parser.done


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

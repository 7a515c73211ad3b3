"""What was read of a file, what was left out, and what the file can't tell; and the viewing log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from helpers import log
from helpers.read.files import MOST_BAD, STREAMING, UTF_8, File, ReadError, shown, soon

UNKNOWN = {
    "length": "how long a play lasted",
    "time": "the time of day",
    "zone": "the viewer's zone",
    "viewing": "whether a time is that of viewing",
}
FILLED = {"viewer": 1, "account": 1, "minutes": np.nan, "zone": "UTC", "device": "unknown"}


class Report(dict):
    """What a reader tells of a file; it prints as text, and its keys are attributes.

    service, form; rows, read (plays); left_out (reason: rows); dropped (what was dropped for
    privacy); still_there (what somebody hid or deleted: rows); unknown (of `UNKNOWN`); once (one
    line a title, so that its other days are not there); notes. A dict, for pandas copies attrs and
    writes them to Parquet as JSON.
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __str__(self) -> str:
        lines = [f"{self.service}: {self.form}", f"rows read {self.rows:,}, plays {self.read:,}"]
        lines += [f"left out {rows:,}: {why}" for why, rows in self.left_out.items()]
        lines += [f"still there {rows:,}: {what}" for what, rows in self.still_there.items()]
        if self.dropped:
            lines += [f"dropped for privacy: {', '.join(self.dropped)}"]
        if self.unknown:
            lines += [f"not known: {', '.join(UNKNOWN[what] for what in self.unknown)}"]
        return "\n".join(shown(line, 300) for line in [*lines, *self.notes])

    __repr__ = __str__


def noon(day: pd.Series) -> pd.Series:
    """The moment that stands for a day."""
    return (day + pd.Timedelta(hours=12)).dt.tz_localize("UTC")


def as_log(
    file: File,
    columns: dict[str, Any],
    *,
    bad: Iterable[int] = (),
    left_out: Mapping[str, int] | None = None,
    still_there: Mapping[str, int] | None = None,
    since: datetime = STREAMING,
    **known: Any,
) -> pd.DataFrame:
    """A viewing log of these columns, with the report; refuses a file with many bad lines.

    Where `started_at` is by line (UTC, or its text in ISO 8601), a line whose time is none, before
    `since` or to come is bad.
    """
    started = columns["started_at"]
    if isinstance(started, pd.Series):
        started = pd.to_datetime(started, format="ISO8601", utc=True, errors="coerce")
        good = started.between(*pd.DatetimeIndex([since, soon()], tz="UTC"))
        bad = [*bad, *started.index[~good]]
        columns = {**columns, "started_at": started}
        columns = {n: c[good] if isinstance(c, pd.Series) else c for n, c in columns.items()}
    read = len(columns["title"])
    left_out = {why: int(count) for why, count in (left_out or {}).items() if count}
    if lines := sorted(bad):
        which = ", ".join(f"{line:,}" for line in lines[:5]) + ", ..." * (len(lines) > 5)
        which = f"{'line' if file.table else 'entry'} {which}"
        if len(lines) > min(MOST_BAD, (read + sum(left_out.values()) + len(lines)) // 1000):
            raise ReadError(
                f"{file.name}: {which} can't be read as the rest of the file can "
                "(fields, quotation marks, numbers, times); get it again, unchanged"
            )
        left_out[f"damaged, {which}"] = len(lines)
    if not read:
        why = "; ".join(f"{why}: {count:,}" for why, count in left_out.items()) or "it is empty"
        raise ReadError(f"{file.name} holds no plays ({why})")
    there, notes, unknown = dict(still_there or {}), known.pop("notes"), known.pop("unknown")
    if "hidden" in columns:
        there["hidden or deleted by the person"] = columns["hidden"].sum()
    if "autoplay" in columns:
        notes += [f"By autoplay, without an action: {columns['autoplay'].sum():,}."]
    if "kind" in columns:
        kinds = columns["kind"].value_counts().items()
        notes += [f"By kind: {', '.join(f'{kind} {n:,}' for kind, n in kinds)}."]
    if file.encoding != UTF_8:
        notes += [f"Read as {file.encoding}; if titles look wrong, give encoding=."]
    if zone := columns.get("zone"):
        notes += [f"Days are those of {zone}; zone= says where the viewers live."]
        unknown = [each for each in unknown if each != "zone" or zone == "UTC"]
    if file.beside:
        notes += [f"Files beside it that stayed closed: {len(file.beside):,}."]
    # Millions of ratings are not copied, and a word for all of them is stored once.
    columns = dict.fromkeys(log.COLUMNS) | FILLED | columns
    for name, word in columns.items():
        if isinstance(word, str):
            columns[name] = pd.Categorical.from_codes(np.zeros(read, np.int8), pd.Index([word]))
    words = {"title", "device", "episode", "kind"} & columns.keys()
    plays = pd.DataFrame(columns, copy=False).reset_index(drop=True)
    plays = plays.astype(dict.fromkeys(words, "category"))
    plays.attrs["report"] = Report(
        {"dropped": [], "once": False} | known,
        rows=read + sum(left_out.values()), read=read, left_out=left_out, notes=notes,
        still_there={what: int(count) for what, count in there.items() if count}, unknown=unknown,
    )  # fmt: skip
    return plays

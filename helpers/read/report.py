"""What was read of a file, what was left out, and what the file can't tell; and the viewing log."""

from collections.abc import Iterable
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


def as_log(
    file: File,
    columns: dict[str, Any],
    *,
    service: str,
    form: str,
    bad: Iterable[int] = (),
    left_out: Any = None,
    still_there: Any = None,
    since: datetime = STREAMING,
    **known: Any,
) -> pd.DataFrame:
    """A viewing log of these columns, with the report; refuses a file with many bad lines.

    Where `started_at` is by line, a line whose time is missing, before `since` or to come is bad.
    """
    started = columns["started_at"]
    if isinstance(started, pd.Series):
        good = started.between(*pd.DatetimeIndex([since, soon()], tz="UTC"))
        bad = [*bad, *started.index[~good]]
        columns = {n: c[good] if isinstance(c, pd.Series) else c for n, c in columns.items()}
    rows, lines = len(columns["title"]), sorted(bad)
    left_out = {why: int(count) for why, count in (left_out or {}).items() if count}
    if lines:
        which = ", ".join(f"{line:,}" for line in lines[:5]) + ", ..." * (len(lines) > 5)
        which = f"{'line' if file.table else 'entry'} {which}"
        if len(lines) > min(MOST_BAD, (rows + sum(left_out.values()) + len(lines)) // 1000):
            raise ReadError(
                f"{file.name}: {which} can't be read as the rest of the file can "
                "(fields, quotation marks, numbers, times); get it again, unchanged"
            )
        left_out[f"damaged, {which}"] = len(lines)
    if not rows:
        why = "; ".join(f"{why}: {count:,}" for why, count in left_out.items()) or "it is empty"
        raise ReadError(f"{file.name} holds no plays ({why})")
    report: dict[str, Any] = {"dropped": [], "unknown": [], "once": False, "notes": []} | known
    report |= {"service": service, "form": form, "read": rows, "left_out": left_out}
    there = dict(still_there or {})
    if "hidden" in columns:
        there["hidden or deleted by the person"] = columns["hidden"].sum()
    report["still_there"] = {what: int(count) for what, count in there.items() if count}
    if "autoplay" in columns:
        report["notes"] += [f"By autoplay, without an action: {columns['autoplay'].sum():,}."]
    if "kind" in columns:
        kinds = columns["kind"].value_counts().items()
        report["notes"] += [f"By kind: {', '.join(f'{kind} {n:,}' for kind, n in kinds)}."]
    report["rows"] = rows + sum(left_out.values())
    if file.encoding != UTF_8:
        report["notes"] += [f"Read as {file.encoding}; if titles look wrong, give encoding=."]
    if zone := columns.get("zone"):
        report["notes"] += [f"Days are those of {zone}; zone= says where the viewers live."]
        report["unknown"] = [each for each in report["unknown"] if each != "zone" or zone == "UTC"]
    if file.beside:
        report["notes"] += [f"Files beside it that stayed closed: {len(file.beside):,}."]
    filled = {"viewer": 1, "account": 1, "minutes": np.nan, "zone": "UTC", "device": "unknown"}
    columns = filled | columns
    order = [*log.COLUMNS, *(name for name in columns if name not in log.COLUMNS)]
    # Millions of ratings are not copied, and a word for all of them is stored once.
    one = {name: columns.pop(name) for name in list(columns) if isinstance(columns[name], str)}
    plays = pd.DataFrame(columns, copy=False).reset_index(drop=True)
    for name, word in one.items():
        plays[name] = pd.Series(word, plays.index, pd.CategoricalDtype([word]))
    words = [name for name in ("title", "device", "episode", "kind") if name in columns]
    plays = plays[order].astype(dict.fromkeys([*words, "device"], "category"))
    plays.attrs["report"] = Report(report)
    return plays

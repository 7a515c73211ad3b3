"""Letterboxd: the diary of films.

    Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date

Date is the day on which a film was logged, Watched Date the one on which it was seen. The day in
`ratings.csv` and `watched.csv` is none of viewing. What was deleted lies in `deleted/` and
`orphaned/`, which are counted and never read.
"""

from collections import Counter
from datetime import datetime

import pandas as pd

from helpers.read.files import TRASH, File, decoded
from helpers.read.report import as_log
from helpers.read.rows import reasons, table


def diary(file: File) -> pd.DataFrame:
    """The films of `diary.csv` at noon UTC of the day on which they were seen, with `stars`."""
    file = decoded(file)
    rows, bad = table(file, ("name", "watched date"), ("date", "year", "rating"))
    rows = rows.apply(lambda column: column.str.strip())
    why = {"no title": rows["name"] == "", "no day of viewing": rows["watched date"] == ""}
    reason = reasons(why)
    kept = rows[reason == ""]
    day = pd.to_datetime(kept["watched date"], format="%Y-%m-%d", errors="coerce")
    year = (" (" + kept["year"] + ")").where(kept["year"] != "", "")
    columns = {"title": kept["name"] + year}
    columns["started_at"] = (day + pd.Timedelta(hours=12)).dt.tz_localize("UTC")
    stars = pd.to_numeric(kept["rating"], errors="coerce")
    columns["stars"] = stars.where(stars.between(0.5, 5)).astype("float32")
    later = (kept["date"] != kept["watched date"]).sum()
    notes = ["Days only, as the person gave them: each film is at noon UTC."]
    notes += [f"Logged on another day than seen: {later:,}."]
    deleted = sum(bool(TRASH & set(name.lower().split("/"))) for name in file.beside)
    return as_log(
        file, columns, bad=bad, notes=notes, service="Letterboxd", form="diary",
        left_out=Counter(reason[reason != ""]), since=datetime(1900, 1, 1),
        still_there={"files of what was deleted, not read": deleted},
        unknown=["length", "time", "zone"], dropped=["addresses of films", "tags"],
    )  # fmt: skip

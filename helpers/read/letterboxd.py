"""Letterboxd: the diary of films.

    Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date

Date is the day on which a film was logged, Watched Date the one on which it was seen. The day in
`ratings.csv` and `watched.csv` is none of viewing. What was deleted lies in `deleted/` and
`orphaned/`, which are counted and never read.
"""

import pandas as pd

from helpers.read.files import TRASH, File, decoded
from helpers.read.report import as_log, believable
from helpers.read.rows import table


def diary(file: File) -> pd.DataFrame:
    """The films of `diary.csv` at noon UTC of the day on which they were seen, with `stars`."""
    file = decoded(file)
    rows, bad = table(file, ("name", "watched date"), ("date", "year", "rating"))
    rows = rows.apply(lambda column: column.str.strip())
    no_day, no_title = rows["watched date"] == "", rows["name"] == ""
    day = pd.to_datetime(rows["watched date"], format="%Y-%m-%d", errors="coerce")
    good = believable(day, since="1900-01-01")
    bad += [*rows.index[~good & ~no_day & ~no_title]]
    kept = rows[good & ~no_title]
    year = kept["year"] if "year" in kept else pd.Series("", kept.index)
    columns = {"title": kept["name"] + (" (" + year + ")").where(year != "", "")}
    columns["started_at"] = (day[kept.index] + pd.Timedelta(hours=12)).dt.tz_localize("UTC")
    notes = ["Days only, as the person gave them: each film is at noon UTC."]
    if "rating" in kept:
        stars = pd.to_numeric(kept["rating"], errors="coerce")
        columns["stars"] = stars.where(stars.between(0.5, 5)).astype("float32")
    if "date" in kept:
        later = (kept["date"] != kept["watched date"]).sum()
        notes += [f"Logged on another day than seen: {later:,}."]
    deleted = sum(bool(TRASH & set(name.lower().split("/"))) for name in file.beside)
    return as_log(
        file, columns, bad=bad, notes=notes, service="Letterboxd", form="diary",
        left_out={"no day of viewing": (no_day & ~no_title).sum(), "no title": no_title.sum()},
        still_there={"files of what was deleted, not read": deleted},
        unknown=["length", "time", "zone"], dropped=["addresses of films", "tags"],
    )  # fmt: skip

"""Letterboxd: the diary of films.

    Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date

Date is the day on which a film was logged, Watched Date the one on which it was seen. The day in
`ratings.csv` and `watched.csv` is none of viewing. What was deleted lies in `deleted/` and
`orphaned/`, which are counted and never read.
"""

from datetime import datetime

import pandas as pd

from helpers.read.files import TRASH, File
from helpers.read.report import as_log, noon
from helpers.read.rows import sorted_out, table


def diary(file: File) -> pd.DataFrame:
    """The films of `diary.csv` at noon UTC of the day on which they were seen, with `stars`."""
    file, rows, bad = table(file, ("name", "watched date"), ("date", "year", "rating"))
    rows = rows.apply(lambda column: column.str.strip())
    why = {"no title": rows["name"] == "", "no day of viewing": rows["watched date"] == ""}
    rows, left_out = sorted_out(rows, why)
    year = (" (" + rows["year"] + ")").where(rows["year"] != "", "")
    day = pd.to_datetime(rows["watched date"], format="%Y-%m-%d", errors="coerce")
    stars = pd.to_numeric(rows["rating"], errors="coerce")
    stars = stars.where(stars.between(0.5, 5)).astype("float32")
    columns = {"title": rows["name"] + year, "started_at": noon(day), "stars": stars}
    later = (rows["date"] != rows["watched date"]).sum()
    deleted = sum(bool(TRASH & set(name.lower().split("/"))) for name in file.beside)
    return as_log(
        file, columns, bad=bad, left_out=left_out, service="Letterboxd", form="diary",
        notes=["Days only, as the person gave them: each film is at noon UTC.",
               f"Logged on another day than seen: {later:,}."],
        still_there={"files of what was deleted, not read": deleted}, since=datetime(1900, 1, 1),
        unknown=["length", "time", "zone"], dropped=["addresses of films", "tags"],
    )  # fmt: skip

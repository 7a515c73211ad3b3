"""All runs of consecutive days, found by sorting: the fast twin of the text `ask.STREAKS`."""

from typing import Any

import numpy as np
import pandas as pd

BITS = 63  # of a whole number that is not negative


def packed(con: Any, keys: list[str], text: str) -> Any:
    """The rows of STREAKS as an Arrow table; None when there are none or they do not fit.

    `text` asks for the keys and the `local_day` of each play. Who, what and day are packed into one
    number. Once these are sorted, a run ends where the next number is more than one larger.
    """
    import pyarrow

    rows = _coded(con, text)
    if not len(rows):
        return None
    day = rows["local_day"].chunk(0).view("int32").to_numpy()
    origin = day.min()
    parts = [_ranked(rows[name].chunk(0)) for name in keys]
    # A day more than there are parts the last day of one pair from the first of the next.
    sizes = [*(len(values) for _, values in parts), int(day.max()) - int(origin) + 2]
    widths = [size.bit_length() for size in sizes]
    if sum(widths) > BITS:
        return None

    numbers = np.zeros(len(day), np.int64)
    for codes, width in zip([*(codes for codes, _ in parts), day - origin], widths, strict=True):
        numbers <<= width
        numbers |= codes
    numbers.sort()
    ends = np.flatnonzero(numbers[1:] - numbers[:-1] > 1)
    first, last = numbers[np.append(0, ends + 1)], numbers[np.append(ends, -1)]

    columns: dict[str, Any] = {}
    for at, name in enumerate(keys):
        code = first >> sum(widths[at + 1 :]) & (1 << widths[at]) - 1
        columns[name] = parts[at][1].take(pyarrow.array(code))
    for name, ends in (("first_day", first), ("last_day", last)):
        day = (ends & (1 << widths[-1]) - 1).astype(np.int32) + origin
        columns[name] = pyarrow.array(day).view("date32")
    return pyarrow.table(columns | {"days": last - first + 1})


def _coded(con: Any, text: str) -> Any:
    """The answer with each key as a code in a dictionary: as it comes, so that no text piles up."""
    import pyarrow
    from pyarrow import compute

    reader = con.sql(text).to_arrow_reader(1_000_000)
    batches = [
        pyarrow.record_batch(
            [*map(compute.dictionary_encode, batch.columns[:-1]), batch.columns[-1]],
            names=reader.schema.names,
        )
        for batch in reader
    ]
    schema = None if batches else reader.schema
    return pyarrow.Table.from_batches(batches, schema).unify_dictionaries().combine_chunks()


def _ranked(column: Any) -> tuple[np.ndarray, Any]:
    """Each value as its place among the values in order, and these values."""
    from pyarrow import compute

    order = compute.sort_indices(column.dictionary)
    return np.argsort(order).astype(np.int32)[column.indices], column.dictionary.take(order)


def frame(table: Any) -> pd.DataFrame:
    """The rows of STREAKS as a frame, whichever way they were found."""
    days = {"first_day": "datetime64[s]", "last_day": "datetime64[s]"}
    return table.to_pandas(date_as_object=False).astype(days)

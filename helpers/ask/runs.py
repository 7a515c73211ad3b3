"""All runs of consecutive days, found by sorting: what `ask.streaks` runs.

The text `ask.STREAKS` explains it and is its oracle. On two million plays sorting takes 1.0 to 1.2
seconds of processor, the text 1.9 to 4.1; so the text is run by those alone who write runs to disk.
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.ask.engine import AskError, quoted

LARGEST = 2**63 - 1


def frame(con: Any, keys: list[str], days: str, moment: str) -> pd.DataFrame:
    """The rows of STREAKS; `days` is what it begins with. AskError: they are too many to number.

    Who, what and day are packed into one number. Once these are sorted, a run ends where the next
    number is more than one larger.
    """
    # Local days are within two of the session, so there is a gap between each pair and the next.
    ends = f"min({moment})::DATE - 2, max({moment})::DATE - min({moment})::DATE + 6"
    begin, span = con.execute(f"SELECT {ends} FROM plays").fetchall()[0]
    values: list[Any] = []
    number, joins, largest = "0", "", span
    for name in map(quoted, keys):
        key, distinct = f"key{len(values)}", f"(SELECT DISTINCT {name} AS value FROM plays)"
        code = "row_number() OVER (ORDER BY value) - 1 AS code"
        con.execute(f"CREATE TEMP TABLE {key} AS SELECT value, {code} FROM {distinct}")
        values.append(con.sql(f"SELECT value FROM {key} ORDER BY code").to_arrow_table()["value"])
        number = f"({number}) * {len(values[-1])} + {key}.code"
        joins += f" JOIN {key} ON {key}.value = days.{name}"
        largest *= len(values[-1])
    if largest > LARGEST:
        raise AskError(f"too many runs to follow here: of {keys}; let DuckDB run streaks_sql")

    number = f"({number}) * {span} + (local_day - DATE '{begin}') AS number"
    numbers = con.execute(f"{days} SELECT {number} FROM days{joins}").fetchnumpy()["number"]
    numbers.sort()
    new = np.diff(numbers, prepend=-2) > 1
    first, last = numbers[new], numbers[np.roll(new, -1)]
    del numbers, new
    columns: dict[str, Any] = {"days": last - first + 1}
    day = np.array([last, first]) % span + np.datetime64(begin)
    columns["last_day"], columns["first_day"] = day.astype("datetime64[s]")
    first //= span
    for name, distinct in zip(reversed(keys), reversed(values), strict=True):
        every = distinct.to_pandas(date_as_object=False).array
        columns[name] = every.take(first % len(distinct))
        first //= len(distinct)
    return pd.DataFrame(dict(reversed(columns.items())), copy=False)

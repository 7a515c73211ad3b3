"""Questions put to a viewing log: one SQL text each, on pandas, on Parquet or on Spark. 02, 12.

questions   the texts, and who watched every day; all streaks
runs        how streaks are found: by sorting, where the text is the oracle
choose      the one place that chooses an engine by the plays that it is given
engine      DuckDB, in the process, silent and offline
dialects    the texts in the words of other engines
spark       a session of Apache Spark, and a connection like DuckDB's
"""

from helpers.ask.engine import AskError, NobodyError
from helpers.ask.questions import (
    streaks,
    streaks_sql,
    watched_every_day,
    watched_every_day_sql,
)

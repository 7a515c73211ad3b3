"""DuckDB in this process: one database, a connection for each question, and its complaints."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Stands for a missing zone, and before one that DuckDB must not take: it knows abbreviations, such
# as BST for Bangladesh.
NO_ZONE = "no zone"

_lock = threading.Lock()
_databases: dict[int, DuckDBPyConnection] = {}


def connection() -> DuckDBPyConnection:
    """Return a connection of its own to this process's database, which is made when first asked.

    Threads each have their connection; a forked process makes its own database.
    """
    import duckdb

    with _lock:
        if os.getpid() not in _databases:
            spill = Path(tempfile.gettempdir()) / f"fifty-three-duckdb-{os.getpid()}"
            settings = {
                "temp_directory": str(spill),  # the default is the folder of the notebook
                "autoinstall_known_extensions": "false",  # nothing is fetched
            }
            _databases[os.getpid()] = duckdb.connect(":memory:", config=settings)
        con = _databases[os.getpid()].cursor()
    con.execute("SET enable_progress_bar = false")  # nothing is printed
    return con


def words(error: Exception) -> str:
    """Return what DuckDB met in the rows, in the words of the other checks."""
    line = first_line(error)
    zone = re.search(r"Unknown TimeZone '(.*?)'", line)
    if zone and zone[1] == NO_ZONE:
        return "column 'zone' has no value in some of the plays asked for; leave these plays out"
    if zone:
        try:
            log.zone_info(zone[1].removeprefix(f"{NO_ZONE} "))
        except log.LogError as unknown:
            return f"column 'zone': {unknown}"
        return (
            f"column 'zone': this DuckDB does not know {zone[1]!r}; give another name of the zone"
        )
    if "can't be cast" in line:
        return (
            "column 'minutes' holds lengths that are no number; with at_least above 0 every length "
            "must be known: leave these plays out, or ask with at_least=0"
        )
    return f"DuckDB cannot answer: {line}"


def first_line(error: Exception) -> str:
    """Return the first line of what DuckDB says; the rest shows its own insides."""
    return str(error).strip().split("\n")[0]

"""The columns that a question needs: refused when missing, or of another kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpers import log
from helpers.ask.arguments import AskError

IDS = ("viewer", "account", "pseudonym")
MEASURES = ("started_at", "minutes", "zone")  # neither somebody nor something watched
NOTHING = '"NULL"'  # what DuckDB calls the kind of a column without any value


def check_columns(
    types: dict[str, str], needed: Iterable[str], roles: Mapping[str | None, str]
) -> None:
    """Refuse a log without the columns, or with times or minutes of another kind."""
    for name in needed:
        if name not in types:
            offer = _offer(name, types, roles.get(name, ""))
            raise AskError(f"the log has no column {name!r}; {offer}")
    _check_times(types.get("started_at", ""))
    minutes = types.get("minutes", "DOUBLE")
    numbers = ("DOUBLE", "FLOAT", "DECIMAL", NOTHING)
    if not minutes.startswith(numbers) and "INT" not in minutes:
        raise AskError(f"column 'minutes' holds {minutes}; expected numbers")
    for name in ("title", "zone"):
        kind = types.get(name, "VARCHAR") if name in needed else "VARCHAR"
        if not kind.startswith(("VARCHAR", "ENUM")):
            raise AskError(f"column {name!r} holds {kind}; expected text")


def _offer(name: str, types: Iterable[str], role: str) -> str:
    """What to give in place of a column that is not there, as far as its role is known."""
    there = [column for column in types if column not in MEASURES]
    fit = [column for column in there if (column in IDS) == (role == "who")]
    fit = fit if role and name not in log.COLUMNS else []
    near = log.nearest(name, fit or types)
    if near:
        return f"is it {near!r}?"
    return f"{role}= takes {_listed(fit)}" if fit else f"there are {_listed(types)}"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(repr, columns))


def _check_times(kind: str) -> None:
    if kind.startswith("TIMESTAMP") and not _aware(kind):
        raise AskError(
            "column 'started_at' holds naive times; expected UTC: .dt.tz_localize('UTC') when they "
            "are in UTC (in Parquet: a timestamp with isAdjustedToUTC)"
        )
    if kind and not _aware(kind):
        raise AskError(f"column 'started_at' holds {kind}; expected times in UTC")


def _aware(kind: str) -> bool:
    return kind.startswith(("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"))

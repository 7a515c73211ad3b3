"""The rules that a viewing log keeps to, column by column, and how pandera checks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.log.problems import LogError, Problem, nearest, zone_info, zone_offer

COLUMNS = {
    "viewer": "whole number, a person",
    "account": "whole number, a household",
    "title": "text, a film or a show",
    "started_at": "time in UTC, of any unit",
    "minutes": "number of 0 or more, missing where the source has no lengths",
    "zone": "text, the IANA name of the viewer's time zone",
    "device": "text",
}


# A rule is a vectorised test (True where a row is right, or one bool for the whole column) and the
# words for the rows that fail it. A rule lets pass what another rule refuses.
@dataclass(frozen=True)
class _Rule:
    passes: Callable[[pd.Series], Any]
    words: Callable[[pd.Series, str], str]


_types = pd.api.types


def absent(plays: pd.DataFrame, needed: Iterable[str]) -> list[Problem]:
    """Return a problem for each needed column that is not there; a misnamed one is recognised."""
    others = [column for column in plays.columns if column not in COLUMNS]
    problems = []
    for column in needed:
        if column not in plays.columns:
            near = nearest(column, others)
            offer = f"rename {near!r} if that is it" if near else f"expected {COLUMNS[column]}"
            problems.append(Problem(column, f"the column is missing; {offer}", np.arange(0)))
    return problems


def failed(plays: pd.DataFrame) -> list[Problem]:
    """Return the problems that pandera finds in the columns that are there."""
    import pandera.pandas as pandera

    def column(name: str) -> pandera.Column:
        # One failure case is enough: the rows are read from the check's whole output.
        checks = [
            pandera.Check(rule.passes, name=str(number), ignore_na=False, n_failure_cases=1)
            for number, rule in enumerate(_RULES[name])
        ]
        return pandera.Column(None, checks, nullable=True)

    names = [name for name in COLUMNS if name in plays.columns]
    frame = plays[names].reset_index(drop=True)
    try:
        pandera.DataFrameSchema({name: column(name) for name in names}).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [
            _problem(frame[e.schema.name], _RULES[e.schema.name][int(e.check.name)], e.check_output)
            for e in errors.schema_errors
        ]
    return []


def day_problems(plays: pd.DataFrame, local: bool) -> list[Problem]:
    """Return what keeps plays from having days; without pandera, for it is asked often."""
    rules = {"started_at": [_MISSING, _TIMES, _AWARE]}
    if local:
        rules["zone"] = [_MISSING, _ZONES]
    problems = absent(plays, rules)
    for name in rules if not problems else ():
        column = plays[name].reset_index(drop=True)
        tried = [(rule, rule.passes(column)) for rule in rules[name]]
        problems += [_problem(column, rule, passed) for rule, passed in tried if not np.all(passed)]
    return problems


def _problem(column: pd.Series, rule: _Rule, passed: Any) -> Problem:
    whole = isinstance(passed, (bool, np.bool_))
    rows = np.arange(len(column)) if whole else np.flatnonzero(~np.asarray(passed, dtype=bool))
    where = _where(rows, len(column))
    return Problem(str(column.name), rule.words(column.iloc[rows], where), rows)


def _where(rows: np.ndarray, of: int) -> str:
    """Rows in words: a count and the first few numbers."""
    if len(rows) == of:
        return "every row"
    shown = ", ".join(map(str, rows[:5])) + (", ..." if len(rows) > 5 else "")
    return f"{len(rows):,} row{'s' if len(rows) > 1 else ''} ({shown})"


def _values(column: pd.Series) -> pd.Series:
    """Numbers as floats; a column of anything else as missing, which no numeric rule refuses."""
    if not _is_number(column):
        return pd.Series(np.nan, index=column.index)
    return pd.Series(column.to_numpy(dtype=float, na_value=np.nan), index=column.index)


def _is_number(column: pd.Series) -> bool:
    return _types.is_numeric_dtype(column.dtype) and not _types.is_bool_dtype(column.dtype)


def _is_text(column: pd.Series) -> bool:
    categorical = isinstance(column.dtype, pd.CategoricalDtype)
    return _types.infer_dtype(_distinct(column) if categorical else column, skipna=True) in (
        "string",
        "empty",
    )


def _is_time(column: pd.Series) -> bool:
    return _types.is_datetime64_any_dtype(column.dtype)


def _is_aware(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.DatetimeTZDtype)


def _is_utc(column: pd.Series) -> bool:
    # A zone of another make (pytz, dateutil, a fixed offset) can be UTC as well.
    return str(column.dt.tz) in ("UTC", "UTC+00:00", "Etc/UTC", "tzutc()")


def _distinct(column: pd.Series) -> Any:
    categorical = isinstance(column.dtype, pd.CategoricalDtype)
    return column.cat.categories if categorical else column.dropna().unique()


def _is_zone(name: Any) -> bool:
    try:
        return bool(zone_info(name))
    except LogError:
        return False


def _zone_words(bad: pd.Series, where: str) -> str:
    names = bad.astype(str).unique()
    shown = ", ".join(map(repr, names[:3])) + (", ..." if len(names) > 3 else "")
    return f"unknown zone {shown} in {where}; {zone_offer(names[0])}"


_MISSING = _Rule(lambda column: column.notna(), lambda bad, where: f"missing in {where}")
_WHOLE = _Rule(
    lambda column: _types.is_integer_dtype(column.dtype),
    lambda bad, where: f"holds {bad.dtype}; expected whole numbers (int64)",
)
_TEXT = _Rule(
    _is_text,
    lambda bad, where: f"holds {bad.dtype} that is not all text; expected text",
)
_TIMES = _Rule(
    _is_time,
    lambda bad, where: f"holds {bad.dtype}; expected times: pd.to_datetime(..., utc=True)",
)
_AWARE = _Rule(
    lambda column: _is_aware(column) or not _is_time(column),
    lambda bad, where: "naive times; expected UTC: .dt.tz_localize('UTC') if they are in UTC",
)
_UTC = _Rule(
    lambda column: not _is_aware(column) or _is_utc(column),
    lambda bad, where: f"times in {bad.dt.tz}; expected UTC: .dt.tz_convert('UTC')",
)
_NUMBER = _Rule(_is_number, lambda bad, where: f"holds {bad.dtype}; expected numbers (float64)")
_POSITIVE = _Rule(
    lambda column: ~(_values(column) < 0),
    lambda bad, where: f"negative in {where}; expected 0 or more, or missing when unknown",
)
_FINITE = _Rule(
    lambda column: _values(column) != np.inf,
    lambda bad, where: f"infinite in {where}; expected minutes, or missing when unknown",
)
_ZONES = _Rule(
    lambda column: ~column.isin([name for name in _distinct(column) if not _is_zone(name)]),
    _zone_words,
)
_RULES = {
    "viewer": [_MISSING, _WHOLE],
    "account": [_MISSING, _WHOLE],
    "title": [_MISSING, _TEXT],
    "started_at": [_MISSING, _TIMES, _AWARE, _UTC],
    "minutes": [_NUMBER, _POSITIVE, _FINITE],
    "zone": [_MISSING, _TEXT, _ZONES],
    "device": [_TEXT],
}

"""Columns of days and of stars as plain numbers, or an error that says what they hold."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .errors import AttackError


def days(column: pd.Series) -> NDArray[np.float64]:
    """Return days as numbers, dates counted from 1 January 1970; not-a-number where missing.

    Parameters
    ----------
    column : Series
        Midnights without a zone, `datetime.date`s, or whole numbers.

    Raises
    ------
    AttackError
        When it holds text, times of the day, or something else.

    Examples
    --------
    >>> days(pd.Series(pd.to_datetime(["1970-01-03", None])))
    array([ 2., nan])
    """
    if column.isna().all():
        return np.full(len(column), np.nan)
    if pd.api.types.is_numeric_dtype(column):
        return numbers(column, "day")
    if column.dtype == object and all(
        isinstance(day, datetime.date) for day in column.dropna().unique()
    ):
        column = pd.to_datetime(column)
    if not isinstance(column.dtype, np.dtype) or column.dtype.kind != "M":
        example = column.dropna().iloc[0]
        raise AttackError(
            f"column 'day' holds {column.dtype}, such as {example!r}; expected dates without a "
            "zone: pd.to_datetime(...)"
        )
    day = column.to_numpy().astype("datetime64[D]")
    if (column.to_numpy() != day)[~np.isnat(day)].any():
        raise AttackError("column 'day' holds times of the day; expected days: .dt.normalize()")
    return np.where(np.isnat(day), np.nan, day.astype(np.int64).astype(float))


def numbers(column: pd.Series, name: str) -> NDArray[np.float64]:
    """Return a column as numbers, not-a-number where missing.

    Parameters
    ----------
    column : Series
        Numbers; some may be missing.
    name : str
        What the column is called, for the error.

    Raises
    ------
    AttackError
        When it holds something else.

    Examples
    --------
    >>> numbers(pd.Series([5, None]), "stars")
    array([ 5., nan])
    """
    if column.isna().all():
        return np.full(len(column), np.nan)
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if not numeric:
        raise AttackError(f"column {name!r} holds {column.dtype}; expected numbers")
    value = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(value).any():
        raise AttackError(f"column {name!r} holds an infinite number; expected finite ones")
    return value

"""Which part of a written date is the day, decided from the whole file or refused.

Netflix writes days in the style of the account's language: ``6/19/25``, ``24.01.23``,
``19/06/2025``, ``2021-12-15``. A wrong guess moves most days of a file and looks plausible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import numpy as np

from helpers.read.report import ReadError, some

ORDERS = {"month-first": "mdy", "day-first": "dmy", "year-first": "ymd"}
# Netflix was founded in 1997 (its Form 10-K); a Buddhist or Persian year falls outside.
YEARS = range(1997, 2050)
# New York Times, 16 January 2007, "Netflix to Deliver Movies to the PC".
STREAMING = date(2007, 1, 16)

_DATE = re.compile(r"(\d{1,4})(\s*([/.-])\s*)(\d{1,2})\s*\3\s*(\d{1,4})(\.?)")
_UNSEEN = str.maketrans(
    "", "", "\u200e\u200f\u202a\u202b\u202c\ufeff"
)  # marks of writing direction


def days_of(
    texts: list[str], codes: np.ndarray, lines: np.ndarray, choice: str | None, name: str
) -> tuple[np.ndarray, list[str]]:
    """Return the day that each text means, and notes on how that was decided.

    An order of the parts is possible when it makes every date of the file a real one. Two digits
    stand for 2000 to 2049. If both an order with the year first and another are possible, days
    before Netflix streamed (16 January 2007) speak against an order, and a year of two digits
    comes last, unless the dates end in a full stop (Korean ``23. 1. 24.``).

    Parameters
    ----------
    texts : list of str
        Each different date once.
    codes : array of int
        For each row the place of its date in `texts`.
    lines : array of int
        For each row its line in the file.
    choice : str or None
        "month-first", "day-first" or "year-first" when the reader says so.
    name : str
        The file, for messages.

    Returns
    -------
    array of datetime64[D], list of str

    Raises
    ------
    ReadError
        With line numbers, when a text is no date, the file mixes two orders or two styles, or
        nothing in it decides.
    """
    if choice is not None and choice not in ORDERS:
        raise ReadError(f"dates={choice!r}; expected one of {', '.join(map(repr, ORDERS))}")

    def shown(bad: list[int], most: int = 4) -> str:
        rows = np.flatnonzero(np.isin(codes, bad))
        return some([f"line {lines[row]:,}: {texts[codes[row]]!r}" for row in rows], most)

    matches = _matches(texts, shown, name)
    meanings = {order: [_meaning(match, order) for match in matches] for order in ORDERS}
    possible = [order for order in ORDERS if None not in meanings[order]]
    if choice is not None:
        if bad := [at for at, day in enumerate(meanings[choice]) if day is None]:
            raise ReadError(f"{name}: with dates={choice!r} there is no such day: {shown(bad)}")
        return _days(meanings[choice]), [f"Dates were read as {choice}, as asked."]
    if not possible:
        raise _mixed(meanings, shown, name)
    _one_style(matches, shown, name)
    kept, notes = _preferred(possible, meanings, matches)
    different = {tuple(meanings[order]) for order in kept}
    if len(different) > 1:
        raise _undecided(kept, meanings, shown, codes, name)
    how = " or ".join(kept)
    return _days(meanings[kept[0]]), [f"Dates were read as {how}: no other order fits.", *notes]


def _matches(texts: list[str], shown: Callable[..., str], name: str) -> list[re.Match[str]]:
    """The parts of each date, or an error that names the texts that are none."""
    parts = [_DATE.fullmatch(text.translate(_UNSEEN).strip()) for text in texts]
    if none := [at for at, match in enumerate(parts) if match is None]:
        raise ReadError(
            f"{name}: {shown(none)} is no date such as 6/19/25, 24.01.23, 19/06/2025 or "
            "2021-12-15; mend or remove the row"
        )
    return [match for match in parts if match is not None]


def _one_style(matches: list[re.Match[str]], shown: Callable[..., str], name: str) -> None:
    """Refuse dates that two programs wrote."""
    styles = _styles(matches)
    if len(styles) > 1:
        raise ReadError(
            f"{name} writes dates in two ways ({'; '.join(shown(at, 2) for at in styles)}), as a "
            "spreadsheet does when it saves a file again. Get the file again, or name the order "
            "that all of them have, such as dates='day-first'"
        )


def _meaning(match: re.Match[str], order: str) -> date | None:
    written = dict(zip(ORDERS[order], match.group(1, 4, 5), strict=True))
    if len(written["y"]) not in (2, 4) or max(len(written["m"]), len(written["d"])) > 2:
        return None
    year = int(written["y"]) + (2000 if len(written["y"]) == 2 else 0)
    try:
        return date(year, int(written["m"]), int(written["d"])) if year in YEARS else None
    except ValueError:
        return None


def _styles(matches: list[re.Match[str]]) -> list[list[int]]:
    """The dates by style of writing: separator, digits of the year, leading zeros or none."""
    styles: dict[tuple[str, int, str], list[int]] = {}
    for at, match in enumerate(matches):
        digits = max(len(match[1]), len(match[5]))
        styles.setdefault((match[2], digits, match[6]), []).append(at)
    if len(styles) > 1:
        return list(styles.values())
    for part in (1, 4, 5):
        # "06" in one row and "6" in the same place of another: two programs wrote them.
        padded = [at for at, match in enumerate(matches) if match[part].startswith("0")]
        bare = [at for at, match in enumerate(matches) if len(match[part]) == 1]
        if padded and bare:
            return [padded, bare]
    return list(styles.values())


def _preferred(
    possible: list[str], meanings: dict[str, list[date | None]], matches: list[re.Match[str]]
) -> tuple[list[str], list[str]]:
    """The possible orders that are left when a leading year competes with another order."""
    if "year-first" not in possible or len(possible) == 1:
        return possible, []
    streamed = [
        order
        for order in possible
        if all(day is not None and day >= STREAMING for day in meanings[order])
    ]
    possible = streamed or possible
    if "year-first" in possible and len(possible) > 1 and not matches[0][6]:
        rest = [order for order in possible if order != "year-first"]
        note = "The year could also stand first; if it does, give dates='year-first'."
        return rest, [note]
    return possible, []


def _mixed(
    meanings: dict[str, list[date | None]], shown: Callable[..., str], name: str
) -> ReadError:
    count = len(meanings["day-first"])
    fitting = [{order for order in ORDERS if meanings[order][at]} for at in range(count)]
    if never := [at for at in range(count) if not fitting[at]]:
        return ReadError(
            f"{name}: {shown(never)} is no day of 1997 to 2049 in any order; mend or remove the row"
        )
    cannot = {order: [at for at in range(count) if order not in fitting[at]] for order in ORDERS}
    nearest = sorted(ORDERS, key=lambda order: len(cannot[order]))[:2]
    told = "; ".join(f"{order} can't be {shown(cannot[order], 3)}" for order in nearest)
    return ReadError(
        f"{name} mixes dates of two orders, as a spreadsheet makes them when it saves a file "
        f"again: {told}. Get the file again from the service"
    )


def _undecided(
    orders: list[str],
    meanings: dict[str, list[date | None]],
    shown: Callable[..., str],
    codes: np.ndarray,
    name: str,
) -> ReadError:
    count = len(meanings[orders[0]])
    at = next(at for at in range(count) if len({meanings[order][at] for order in orders}) > 1)
    means = ", ".join(f"{meanings[order][at]} {order}" for order in orders)
    falling = [order for order in orders if newest_first(_days(meanings[order])[codes])]
    hint = ""
    if len(falling) == 1 and len(set(codes.tolist())) > 2:
        hint = f"; only {falling[0]} puts the rows newest first, as Netflix writes them"
    choices = " or ".join(f"dates={order!r}" for order in orders)
    return ReadError(
        f"{name}: nothing in the file decides the order of its dates; {shown([at], 1)} can be "
        f"{means}{hint}. Give {choices}"
    )


def newest_first(days: np.ndarray) -> bool:
    """Whether no day is later than the one before it.

    Examples
    --------
    >>> newest_first(np.array(["2017-12-02", "2017-12-01"], dtype="M8[D]"))
    True
    """
    return bool((days[1:] <= days[:-1]).all())


def _days(meant: list[date | None]) -> np.ndarray:
    return np.array(meant, dtype="datetime64[D]")

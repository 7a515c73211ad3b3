"""Days as the language of an account writes them: ``6/19/25``, ``24.01.23``, ``2021-12-15``.

A wrong guess moves most days of a file and looks plausible. So the order of day, month and year
is the one that makes every date of the file a real one. Where two orders do, it is the one by which
the lines run from the newest to the oldest; where both do, the file is refused.
"""

import re
from collections.abc import Iterable

import pandas as pd

from helpers.read.files import STREAMING, ReadError, soon

ORDERS = {"month-first": "%m|%d|%y", "day-first": "%d|%m|%y", "year-first": "%y|%m|%d"}
DATE = re.compile(r"(\d{1,4})(\s*[./-]\s*)(\d{1,2})\2(\d{1,4})(\.?)")
CLOCK = r"\s+(\d{1,2}:\d\d(?::\d\d)?)$"  # which a spreadsheet adds
UNSEEN = re.compile("[\u200e\u200f\u202a-\u202c\ufeff]")  # marks of direction
SORTED = 5  # different days, from which on the order of the lines is evidence


def times_of(texts: pd.Series, choice: str | None, name: str) -> tuple[pd.Series, str]:
    """What a spreadsheet made of times: ``6/19/25 20:15``; as `days_of`, with the time of day."""
    clock = texts.str.extract(CLOCK)[0]
    if clock.isna().all():
        return pd.Series(pd.NaT, texts.index), ""
    days, how = days_of(texts[clock.notna()], choice, name)
    short = clock.where(clock.str.count(":") == 2, clock + ":00")
    return days.reindex(texts.index) + pd.to_timedelta(short, errors="coerce"), how


def days_of(texts: pd.Series, choice: str | None, name: str) -> tuple[pd.Series, str]:
    """The day that each text (by line) means, missing where none, and how that was decided."""
    if choice not in (None, *ORDERS):
        raise ReadError(f"dates= must be one of {', '.join(map(repr, ORDERS))}")
    bare = {text: re.sub(CLOCK, "", UNSEEN.sub("", text).strip()) for text in texts.unique()}
    parts = {text: part for text, day in bare.items() if (part := DATE.fullmatch(day))}
    means = pd.DataFrame({order: _days(parts, order) for order in ORDERS}).dropna(how="all")
    # A year of four digits, or of two behind dots with none at the end, says where it stands.
    written = ((text, parts[text].groups()) for text in means.index)
    styles = {(by, len(a) > 2, len(c) > 2, end): text for text, (a, by, _, c, end) in written}
    if len(styles) > 1 and not choice:  # a spreadsheet writes only some of them in its own way
        ways = f"{name} writes dates in two ways ({_lines(texts, styles.values())})"
        raise ReadError(f"{ways}; give dates= if all have one order")
    german = set(styles) == {(".", False, False, "")}
    orders = [choice] if choice else list(ORDERS)[: 2 if german else 3]
    fits = [order for order in orders if means[order].notna().all()]
    if not fits:
        least = sorted(orders, key=lambda order: means[order].isna().sum())[:2]
        wrong = (f"{each}: {_lines(texts, means.index[means[each].isna()])}" for each in least)
        raise ReadError(f"{name}: no order fits all dates (not {'; not '.join(wrong)})")
    how = "as asked" if choice else "no other order fits"
    if len(fits) > 1 and len(means):
        dated = texts[texts.isin(means.index)]
        falls = [o for o in fits if dated.map(means[o]).is_monotonic_decreasing]
        if len(falls) == 1 and means[falls[0]].nunique() >= SORTED:
            fits, how = falls, "by it the newest line is first"
    doubt = means.index[means[fits].nunique(axis=1) > 1]
    if fits == ["year-first"] and not choice and not any(style[1] for style in styles):
        doubt = means.index  # two digits that stand first are no year until somebody says so
    if len(doubt):
        ways = f"{name}: its dates can be read in two ways: {_lines(texts, doubt)}"
        raise ReadError(f"{ways}; give {' or '.join(f'dates={order!r}' for order in fits)}")
    days = pd.to_datetime(texts.map(means[fits[0]].to_dict()))
    return days, f"Dates were read as {fits[0]}: {how}."


def _days(parts: dict[str, re.Match[str]], order: str) -> pd.Series:
    """What dates mean in one order of their parts, where that is a day of streaming."""
    numbers = {  # in ASCII, whatever digits the language has
        text: "|".join(f"{int(each):0{len(each)}}" for each in part.group(1, 3, 4))
        for text, part in parts.items()
    }
    two, four = (
        pd.to_datetime(pd.Series(numbers, dtype="str"), format=written, errors="coerce")
        for written in (ORDERS[order], ORDERS[order].replace("y", "Y"))
    )
    days = two.fillna(four)
    return days.where(days.between(STREAMING, soon()))


def _lines(texts: pd.Series, which: Iterable[str], most: int = 3) -> str:
    """The first lines that hold one of the dates, as they are written."""
    rows = texts[texts.isin(list(which))]
    more = f" and {len(rows) - most:,} more" if len(rows) > most else ""
    return ", ".join(f"line {at:,}: {text!r}" for at, text in rows[:most].items()) + more

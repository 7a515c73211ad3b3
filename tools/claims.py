"""Numbers in headings: found in the words, and compared with the chapter's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpers import facts

NAMED = re.compile(r"<!--\s*number:\s*(.*?)\s*-->")
COMMENT = re.compile(r"<!--.*?-->", re.S)
_UNITS = (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    + ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
    + ["eighteen", "nineteen"]
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(_UNITS)}
WORDS |= {word: 20 + 10 * place for place, word in enumerate(_TENS)}
WORDS |= {f"{ten}-{unit}": WORDS[ten] + WORDS[unit] for ten in _TENS for unit in _UNITS[1:10]} | {
    "hundred": 100,
    "a hundred": 100,
    "one hundred": 100,
}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_ONE = rf"(?:\d[\d,]*(?:\.\d+)?|\.\d+|\b(?:{_WORD})\b)"
_NUMBER = re.compile(
    rf"(?P<value>{_ONE})"
    rf"(?:\s*(?P<percent>%|per\s?cent\b)|\s+(?:of|in|out of)\s+(?:every\s+)?(?P<of>{_ONE})"
    r"|\s+(?P<big>million|thousand|billion)\b)?",
    re.I,
)
_BIG = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
# A year or a date is not a result, and "one" or "two" is seldom one.
_DATE = re.compile(
    r"\b(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:\s+\d{1,2}(?!\d))?(?:,?\s+(?:19|20)\d\d)?\b|\b(?:19|20)\d\d\b"
)
_SELDOM = {"zero", "one", "two"}


@dataclass(frozen=True)
class Said:
    """A number as a sentence says it: 99 of 100, 68 %, fifty-three, 2.06 million."""

    text: str
    value: float
    decimals: int
    percent: bool = False
    of: float | None = None
    times: float = 1.0

    def is_(self, stored: float) -> bool:
        """Whether a stored value, rounded as far as the sentence rounds, is this number.

        Parameters
        ----------
        stored : float
            The value of a row.
        """
        ways = [stored / self.times]
        if self.percent:
            ways = [stored * 100, stored]
        elif self.of is not None:
            if self.value == 1 and stored > 0:  # one in so many
                return round(stored if stored > 1 else 1 / stored) == self.of
            ways = [stored * self.of, stored]
        elif self.times == 1 and self.decimals == 0 and abs(stored) < 10:
            return stored == self.value  # "one" is no way to say .684
        # Halves may round either way.
        return any(abs(way - self.value) <= 0.5 * 10**-self.decimals + 1e-9 for way in ways)


def said(text: str) -> list[Said]:
    """The numbers that a sentence says, dates and years left out.

    Parameters
    ----------
    text : str
        A heading or key point; comments in it are not read.
    """
    found = []
    for match in _NUMBER.finditer(_DATE.sub(" ", COMMENT.sub("", text))):
        value, decimals = _read(match["value"])
        found.append(
            Said(
                match[0],
                value,
                decimals,
                bool(match["percent"]),
                _read(match["of"])[0] if match["of"] else None,
                _BIG[match["big"].lower()] if match["big"] else 1.0,
            )
        )
    return found


def _read(word: str) -> tuple[float, int]:
    """The value of digits or a number word, and how many decimals it shows."""
    low = " ".join(word.lower().split())
    if low in WORDS:
        return float(WORDS[low]), 0
    digits = low.replace(",", "")
    return float(digits), len(digits.partition(".")[2])


def problems(text: str, stored: Mapping[str, float | str | None]) -> Iterator[str]:
    """What a heading or key point claims that its rows do not.

    Parameters
    ----------
    text : str
        The line with its comments.
    stored : mapping
        Values by the names of their rows.
    """
    numbers = said(text)
    line = COMMENT.sub("", text).strip(" #*-")
    ids = [id for comment in NAMED.findall(text) for id in re.split(r"[,\s]+", comment) if id]
    telling = [each for each in numbers if each.text.lower() not in _SELDOM]
    if telling and not ids:
        yield f"{line!r} holds a number ({telling[0].text}) and names no row: <!-- number: ID -->"
    for id in ids:
        value = stored.get(id, _fact(id))
        if value is None:
            yield f"{line!r} names {id!r}, which is no row of the chapter's numbers and no fact"
        elif isinstance(value, str):
            if value not in line:
                yield f"{line!r} names {id!r} and does not hold its value {value!r}"
        elif not any(each.is_(value) for each in numbers):
            yield f"{line!r} names {id!r} and does not hold its value {value:,g}"


def _fact(id: str) -> float | str | None:
    """A published or measured value, None for an id that is neither."""
    for look in (facts.published, facts.measured):
        try:
            return look(id).value
        except facts.FactsError:
            continue
    return None

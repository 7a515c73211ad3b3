"""Tick what is known of somebody, and see how many people still fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from helpers import words
from helpers.show.canvas import ShowError, need

if TYPE_CHECKING:
    from helpers.show.ticks import Ticks


def crowd(
    known: pd.DataFrame, *, ticked: Sequence[str] = (), people: str = "viewers", who: str = "viewer"
) -> Ticks:
    """Return a panel of boxes, one a fact; each tick counts again who fits all that are ticked.

    Nobody is named: the panel counts.

    Parameters
    ----------
    known : DataFrame
        One row a person, one column of true and false a fact, named by what is known.
    ticked : sequence of str
        The facts that are ticked at first.
    people, who : str
        What the rows are: many of them, and one.

    Raises
    ------
    ShowError
        When there are no people or no facts, a column holds anything but true and false, or a
        fact to be ticked is none of the columns.

    Examples
    --------
    >>> known = pd.DataFrame({"in Berlin": [True, True, False, False]})
    >>> known["alone"] = [True, False, True, False]
    >>> crowd(known, ticked=["in Berlin"])
    2 of 4 viewers fit the fact ticked: 1 in 2.
    Ticked: in Berlin. Not ticked: alone.
    """
    facts = _checked(known, ticked)
    fits = {fact: known.iloc[:, place].to_numpy(bool) for place, fact in enumerate(facts)}

    def count(chosen: Sequence[str]) -> int:
        left = None
        for fact in chosen:
            left = fits[fact] if left is None else left & fits[fact]
        return len(known) if left is None else int(left.sum())

    def answer(chosen: Sequence[str]) -> tuple[str, int]:
        left = count(chosen)
        return _sentence(left, len(known), len(chosen), people, who), left

    from helpers.show.ticks import Ticks

    return Ticks(facts, list(ticked), len(known), answer)


def _checked(known: pd.DataFrame, ticked: Sequence[str]) -> list[str]:
    """The names of the facts; refuse a table that the panel cannot count."""
    need(known, [], where="crowd")
    facts = [str(name) for name in known.columns]
    if not facts or len(set(facts)) < len(facts):
        raise ShowError("crowd: give one column a fact, each with a name of its own")
    for name, kind in known.dtypes.items():
        if kind.kind != "b":
            raise ShowError(f"crowd: column {name!r} holds {kind}; give true or false a person")
    strange = [fact for fact in ticked if fact not in facts]
    if strange:
        raise ShowError(f"crowd: ticked={strange[0]!r} is no column; there are {', '.join(facts)}")
    return facts


def _sentence(left: int, everybody: int, facts: int, people: str, who: str) -> str:
    """What is left, in words, as HTML."""
    people, who = words.escape(people), words.escape(who)
    if not facts:
        return f"<strong>{left:,}</strong> {people}: nothing is known."
    said = "the fact ticked" if facts == 1 else f"the {facts} facts ticked"
    if left == 0:
        return f"<strong>0</strong> of {everybody:,} {people} fit {said}: nobody here is meant."
    if left == 1:
        return f"<strong>1</strong> {who} of {everybody:,} fits {said}: singled out."
    rarity = f"1 in {everybody / left:,.0f}"
    return f"<strong>{left:,}</strong> of {everybody:,} {people} fit {said}: {rarity}."

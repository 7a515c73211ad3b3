"""A person of one's own to look for, chosen by a nickname."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from helpers import words
from helpers.attack import Coded, coded
from helpers.attack.know import Knowing, frame
from helpers.learn.outcome import NOT_TRIED, NOT_YET, RIGHT, LearnError, Outcome

TITLES = 8


@dataclass(frozen=True, eq=False, repr=False)
class Target:
    """Somebody in a release, as a friend would know her.

    Attributes
    ----------
    nickname : str
        The nickname that chose her.
    known : DataFrame
        title, day, stars: what the friend knows, up to 8 titles, the days within 3 of the true
        ones. A column that the release lacks is missing here, too.
    """

    nickname: str
    known: pd.DataFrame
    _secret: int = field(repr=False)

    def check(self, answer: Any) -> Outcome:
        """Return whether an answer is her pseudonym.

        Parameters
        ----------
        answer : int, or None
            The pseudonym that the attack found; None when it refused.
        """
        if answer is ...:
            return Outcome(NOT_TRIED, "Give the pseudonym that your attack found.")
        if answer is None or answer is pd.NA:
            return Outcome(
                NOT_YET,
                "The attack refused: nobody stands out. With this card that is the honest answer; "
                "there is nothing to mend, and another nickname is somebody else.",
            )
        if isinstance(answer, (float, np.floating)) and float(answer).is_integer():
            answer = int(answer)  # as it comes out of a column with missing values
        if isinstance(answer, bool) or not isinstance(answer, (int, np.integer)):
            said = "A pseudonym is a whole number, such as those of the release"
            return Outcome(NOT_YET, f"{said}; of a match, its `.pseudonym`.")
        if int(answer) == self._secret:
            return Outcome(RIGHT, "That is her pseudonym. All else she watched stands beside it.")
        return Outcome(NOT_YET, "That is somebody else: a wrong person named is a harm, too.")

    def __repr__(self) -> str:
        return f"{self._says}\n{words.text_table(self._card)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = words.html_table(self._card, caption=self._says)
        return {"text/plain": repr(self), "text/html": html}

    @property
    def _card(self) -> pd.DataFrame:
        return self.known.dropna(axis="columns", how="all")

    @property
    def _says(self) -> str:
        return f"What a friend knows of the person for {self.nickname!r}"


def target(nickname: str, published: Any) -> Target:
    """Return the person whom a nickname chooses, and what a friend would know of her.

    Parameters
    ----------
    nickname : str
        Any text; blanks around it do not count. The same nickname always chooses the same person
        of a release and the same facts, another one almost always somebody else.
    published : protect.Published
        What is looked in; its key is not used.

    Raises
    ------
    LearnError
        When the nickname is no text, or nothing published is given.

    Examples
    --------
    >>> from helpers import make, protect
    >>> published = protect.pseudonymise(make.world("tiny").plays)
    >>> target("Ada", published).check(...).status
    'not tried'
    """
    if not isinstance(nickname, str):
        raise LearnError(f'target({nickname!r}, ...): give the nickname as a text, such as "Ada"')
    if not hasattr(published, "release"):
        raise LearnError(
            f"given a {type(published).__name__}; expected what protect.pseudonymise returned"
        )
    name = unicodedata.normalize("NFC", nickname.strip())
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    release, person = _hers(published.release, int.from_bytes(digest[:16], "big"))
    rng = np.random.default_rng(int.from_bytes(digest[16:], "big"))
    asked = Knowing.of(titles=min(TITLES, int(release.counts[person])))
    known = frame(asked.draw(release, person, rng), release)
    return Target(name, known, int(release.pseudonyms[person]))


def _hers(release: Any, number: int) -> tuple[Coded, int]:
    """A release, and the code in it of the person whom a number chooses.

    Of a frame only her rows are coded, since a chapter does this again and again.
    """
    if not isinstance(release, pd.DataFrame) or release.empty or "pseudonym" not in release:
        whole = coded(release)
        return whole, number % whole.people
    people = np.unique(release["pseudonym"].to_numpy())
    return coded(release[release["pseudonym"] == people[number % len(people)]]), 0

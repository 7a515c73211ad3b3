"""A person of one's own to look for, chosen by a nickname."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import attack, show
from helpers.learn.answers import described, kind
from helpers.learn.exercise import NOT_TRIED, NOT_YET, RIGHT, LearnError, Outcome
from helpers.release import coded

LETTERS = "BCDFGHKLMNPRSTXZ"  # 16 that spell no word


def target(nickname: str, published: Any) -> Target:
    """The person whom a nickname chooses in a release, and what a friend would know of her.

    `.known` has title, day and stars of at most 8 titles and at most half of hers, each day within
    3 of the true one; `.check(pseudonym)` says whether it is she. The same nickname always chooses
    the same person, another one almost always somebody else; case and blanks do not count, and an
    empty one raises LearnError. `published` is a Published or a release.

    >>> release = pd.DataFrame({"pseudonym": 7, "title": ["Up", "Heat"], "stars": [5, 3]})
    >>> target("Ada", release).check(7)
    Right. That is her pseudonym. Everything else she watched is in the release, too. Code: BTNS.
    """
    digest = _digest(nickname)
    number, draw = int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:], "big")

    release = coded(getattr(published, "release", published))
    # Of somebody with one title nothing would be left to find: the next person is taken.
    some = np.flatnonzero(release.counts >= 2)
    place = some[np.searchsorted(some, number % release.people) % len(some)]
    person, half = int(release.pseudonyms[place]), int(release.counts[place]) // 2
    days, stars = 3 if release.has("day") else None, 0 if release.has("stars") else None
    rng = np.random.default_rng(draw)
    known = attack.know(release, person, titles=min(8, half), days=days, stars=stars, rng=rng)
    caption = f"What a friend knows of the person for {' '.join(nickname.split())!r}"
    return Target(known.dropna(axis="columns", how="all"), caption, person, code(nickname, person))


def code(nickname: str, answer: Any) -> str:
    """Four letters of a nickname and an answer, by which a teacher knows the answer to be right.

    >>> code("Ada", 53) == code("ada", 53.0), code("Ada", 53) == code("Ada", 54)
    (True, False)
    """
    text = " ".join(str(answer).split()).casefold()
    if kind(answer) == "number":  # a fraction to three digits, as different sums round
        text = str(int(answer)) if float(answer).is_integer() else f"{float(answer):.3g}"
    digest = hashlib.sha256(_digest(nickname) + text.encode("utf-8", "surrogatepass")).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:4])


def _digest(nickname: str) -> bytes:
    """What a nickname chooses with: "ada" and "ADA" are the "Ada" of chapter 04."""
    spelling = "".join(unicodedata.normalize("NFC", nickname).split()).casefold().title()
    if not spelling:
        raise LearnError('an empty nickname chooses nobody; give one, such as "Ada"')
    return hashlib.sha256(spelling.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, eq=False, repr=False)
class Target(show.Table):
    """Somebody in a release, as a friend would know her."""

    _secret: int
    code: str

    @property
    def known(self) -> pd.DataFrame:
        return self.frame

    def check(self, answer: Any) -> Outcome:
        """Whether an answer is her pseudonym; None when the attack refused."""
        if answer is ...:
            return Outcome(NOT_TRIED, "Give the pseudonym that your attack found.")
        if np.ndim(answer) == 0 and pd.isna(answer):
            message = "Your attack refused: nobody stands out. That is the honest answer here."
            return Outcome(NOT_YET, f"{message} Another nickname is somebody else.")
        if kind(answer) != "number" or answer % 1 != 0:
            return Outcome(NOT_YET, f"A pseudonym is a whole number. {described(answer)}")
        if answer == self._secret:
            message = "That is her pseudonym. Everything else she watched is in the release, too."
            return Outcome(RIGHT, f"{message} Code: {self.code}.")
        return Outcome(NOT_YET, "That is somebody else. Naming the wrong person does harm, too.")

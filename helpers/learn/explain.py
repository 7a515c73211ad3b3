"""Exercises whose answer is a sentence, in which ideas are looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.learn.engine import Exercise
from helpers.learn.other import described
from helpers.learn.outcome import NOT_YET, RIGHT, LearnError, Outcome
from helpers.learn.parts import Wrong


class Explain(Exercise):
    """A question answered in a sentence or two, in which ideas are looked for.

    Parameters
    ----------
    id, question, because, hints
        As for `Exercise`.
    ideas : dict
        What each idea is about, to the words that show it; a word counts from its beginning, in
        any case ("identif" finds "identified").
    model : str
        A model answer, shown by `solution()`.
    wrong : sequence of Wrong
        Misconceptions; `when` is a function of the text, or words that show it.
    enough : int, optional
        How many ideas are enough; else all.

    Raises
    ------
    LearnError
        When a part is missing or the model answer lacks an idea.

    Examples
    --------
    >>> q = Explain("99.3", "Why does the zone matter?",
    ...     ideas={"where midnight lies": ["midnight"], "what moves": ["day", "date"]},
    ...     model="Midnight falls at another moment, so a late play moves to another day.",
    ...     because="A streak counts days.", hints=["Think of a late play.", "When does it end?"])
    >>> q.check("A late play may fall on another date, it depends.")
    Not yet. Touched: what moves. Not touched yet: where midnight lies.
    """

    def __init__(
        self,
        id: str,
        question: str,
        *,
        ideas: Mapping[str, Sequence[str]],
        model: str,
        because: str,
        hints: Sequence[str],
        wrong: Sequence[Wrong] = (),
        enough: int | None = None,
    ) -> None:
        self.ideas = {name: tuple(shown) for name, shown in ideas.items()}
        self.enough = len(self.ideas) if enough is None else enough
        if not self.ideas or not all(self.ideas.values()):
            raise LearnError(f"{id}: give at least one idea, each with the words that show it")
        if not 1 <= self.enough <= len(self.ideas):
            raise LearnError(f"{id}: enough={enough}; there are {len(self.ideas)} ideas")
        super().__init__(
            id,
            "explain",
            question,
            right=lambda text: len(self._found(text)) >= self.enough,
            because=because,
            solution=f'answer = """{model.strip()}"""',
            hints=hints,
            wrong=[_by_words(one) for one in wrong],
            expects="",
        )

    def how(self) -> str:
        """Return the sentences that say how to go on."""
        return super().how().replace("your answer", "your sentences, in quotation marks,", 1)

    def _found(self, text: str) -> list[str]:
        return [name for name, shown in self.ideas.items() if holds(text, shown)]

    def _judged(self, answer: Any) -> Outcome:
        if not isinstance(answer, str):
            return Outcome(NOT_YET, f"A text is asked for; you gave {described(answer)}.")
        if len(answer.split()) < 5:
            return Outcome(NOT_YET, "Say it in a whole sentence.")
        for one in self.wrong:
            if self._meets(answer, one.when):
                return Outcome(NOT_YET, one.message)
        found = self._found(answer)
        missing = [name for name in self.ideas if name not in found]
        if len(found) >= self.enough:
            return self._looks_right(found)
        said = f"Touched: {_listed(found)}. " if found else ""
        return Outcome(NOT_YET, f"{said}Not touched yet: {_listed(missing)}.")

    def _looks_right(self, found: Sequence[str]) -> Outcome:
        """What can be said of words in which ideas were found: no more than that."""
        touched = "every idea that was looked for"
        if len(found) < len(self.ideas):
            touched = f"{len(found)} of the {len(self.ideas)} ideas looked for, which is enough"
        return Outcome(
            RIGHT,
            f"Your words touch {touched}: {_listed(found)}. The check looks for words only, so "
            f"compare yours with {self._call('solution')}. {self.because}",
            word="Looks right.",
        )


def holds(text: str, shown: Sequence[str]) -> bool:
    """Return whether a text holds one of the words, each from the beginning of a word.

    Examples
    --------
    >>> holds("They were identified.", ["identif"]), holds("unidentified", ["identif"])
    (True, False)
    """
    flat = " ".join(str(text).casefold().split())
    return any(re.search(rf"(?<!\w){re.escape(word.casefold())}", flat) for word in shown)


def _by_words(one: Wrong) -> Wrong:
    """A misconception whose `when` is a function, made from words where those were given."""
    if callable(one.when):
        return one
    shown = [one.when] if isinstance(one.when, str) else list(one.when)
    return Wrong(one.example, lambda text: holds(text, shown), one.message)


def _listed(names: Sequence[str]) -> str:
    """The names of ideas, which may be questions, in one sentence."""
    return "; ".join(name.rstrip("?.") for name in names)

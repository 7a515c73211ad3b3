"""Exercises whose answer is a letter or a sentence: Choice and Explain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.learn.engine import Exercise, Wrong
from helpers.learn.outcome import NOT_YET, RIGHT, LearnError, Outcome
from helpers.learn.same import described


class Choice(Exercise):
    """A question with several options, of which one is right.

    Parameters
    ----------
    id, question, because, hints
        As for `Exercise`.
    options : dict
        Letter to text, at least two.
    right : str
        The letter of the right option.
    wrong : dict
        Letter to message, for every other option.

    Raises
    ------
    LearnError
        When a part is missing or contradicts another.

    Examples
    --------
    >>> q = Choice("99.2", "Which day ends the week?", options={"a": "Friday", "b": "Sunday"},
    ...     right="b", because="By ISO 8601 a week ends on Sunday.",
    ...     wrong={"a": "That ends the days of work."}, hints=["Count from Monday.", "ISO 8601."])
    >>> q.check(" B) ")
    Right. By ISO 8601 a week ends on Sunday.
    >>> q.check("c")
    Not yet. There is no option c: choose a or b.
    """

    def __init__(
        self,
        id: str,
        question: str,
        *,
        options: Mapping[str, str],
        right: str,
        because: str,
        wrong: Mapping[str, str],
        hints: Sequence[str],
    ) -> None:
        self.options = dict(options)
        if right not in self.options or len(self.options) < 2:
            raise LearnError(f"{id}: right={right!r} is none of the options {list(self.options)}")
        others = [letter for letter in self.options if letter != right]
        if sorted(wrong) != sorted(others):
            raise LearnError(
                f"{id}: messages for {sorted(wrong)}; give one for each of {sorted(others)}"
            )
        super().__init__(
            id,
            "choose",
            question,
            right=right,
            because=because,
            solution=f'answer = "{right}"',
            hints=hints,
            wrong=[Wrong(f'answer = "{letter}"', letter, wrong[letter]) for letter in others],
        )

    def _asked(self) -> Any:
        note = super()._asked()
        options = "\n".join(f"{letter}) {text}" for letter, text in self.options.items())
        return type(note)(note.heading, f"{self.question}\n{options}\n{self.how()}")

    def how(self) -> str:
        """Return the sentences that say how to go on."""
        return super().how().replace("your answer", 'the letter, as `answer = "a"`,', 1)

    def _judged(self, answer: Any) -> Outcome:
        listed = _either(list(self.options))
        if not isinstance(answer, str):
            return Outcome(
                NOT_YET, f"One letter is asked for, {listed}; you gave {described(answer)}."
            )
        letter = re.sub(r"[\s().:'\"]", "", answer).lower()
        by_text = {text.casefold(): key for key, text in self.options.items()}
        letter = by_text.get(" ".join(answer.split()).casefold(), letter)
        if letter not in self.options:
            return Outcome(NOT_YET, f"There is no option {answer.strip()}: choose {listed}.")
        return super()._judged(letter)


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
    Not yet. Found: what moves. Still missing: where midnight lies.
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
            return Outcome(
                RIGHT,
                f"Found: {', '.join(found)}. The check looks for words only, so compare yours "
                f"with {self._call('solution')}. {self.because}",
            )
        said = f"Found: {', '.join(found)}. " if found else ""
        return Outcome(NOT_YET, f"{said}Still missing: {', '.join(missing)}.")


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


def _either(letters: Sequence[str]) -> str:
    """Letters in words: a, b or c."""
    return f"{', '.join(letters[:-1])} or {letters[-1]}"

"""Exercises whose answer is the letter of an option."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.learn.engine import Exercise
from helpers.learn.other import described
from helpers.learn.outcome import NOT_YET, LearnError, Outcome
from helpers.learn.parts import Wrong


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
        text = re.sub(r"^\s*\(?[a-z]\)\s*", "", answer)  # an option may come with its letter
        letter = by_text.get(" ".join(text.split()).casefold(), letter)
        if letter not in self.options:
            return Outcome(NOT_YET, f"There is no option {answer.strip()}: choose {listed}.")
        return super()._judged(letter)


def _either(letters: Sequence[str]) -> str:
    """Letters in words: a, b or c."""
    return f"{', '.join(letters[:-1])} or {letters[-1]}"

"""The parts that an exercise is declared with: known misconceptions and a solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.learn.outcome import Note


@dataclass(frozen=True)
class Wrong:
    """A known misconception: an example of it, when it is met, and what to say.

    Parameters
    ----------
    example : str
        Code that replaces the stub's lines and shows the misconception.
    when : object
        The answer itself, or a function of the answer that says whether it is met.
    message : str
        What helps somebody who thinks so; never the answer.
    """

    example: str
    when: Any
    message: str


class Solution(str):
    """The code that solves an exercise; called, it shows itself with the reason.

    It is the text itself, so that a test can put it in place of the stub, and it answers to
    ``exercise.solution()``, which is what a reader types.
    """

    heading: str
    because: str

    def __new__(cls, code: str, heading: str, because: str) -> Solution:
        text = super().__new__(cls, code.strip())
        text.heading, text.because = heading, because
        return text

    def __call__(self) -> Note:
        return Note(self.heading, self.because, str(self))

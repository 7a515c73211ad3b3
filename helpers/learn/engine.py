"""Exercises that answer back, declared in a few lines each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.learn.outcome import NOT_TRIED, NOT_YET, RIGHT, Note, Outcome
from helpers.learn.same import meets, other_kind, untouched

# How many hints each exercise has given since Python started.
_given: dict[str, int] = {}

_OTHERWISE = {
    "predict": "Keep your prediction in mind, run the next cell, and look where the two part.",
    "choose": "Another option fits better.",
    "fix": "It still does not do what the text asks for.",
    "fill in": "What comes out is not what the text asks for.",
    "explain": "Something is still missing.",
}


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


class Exercise:
    """A task whose answer is a value.

    Parameters
    ----------
    id : str
        Chapter and number: "02.1".
    kind : str
        predict, choose, fix, fill in or explain.
    question : str
        What is asked, in a sentence.
    right : object
        The right answer, or a function of the answer that returns a bool.
    because : str
        The reason, said when the answer is right and beside the solution.
    solution : str
        Code that replaces the stub's lines, everything above the line with the check.
    hints : sequence of str
        At least two, from vague to plain.
    wrong : sequence of Wrong
        The known misconceptions, the first that is met speaks.
    untouched : object
        The answer that means "as it was", or a function of it, where that is not `...`.
    otherwise : str
        What to say to any other answer; else a sentence that suits the kind.
    expects : object
        Any value of the right kind, where `right` is a function: for "a number is asked for".
    within : float
        The tolerance for numbers, in their unit.
    ordered : bool
        Whether the order of a list counts.

    Raises
    ------
    LearnError
        When a part is missing or contradicts another.

    Examples
    --------
    >>> weekend = Exercise("99.1", "predict", "How many days has a weekend?", right=2,
    ...     because="Saturday and Sunday.", solution="answer = 2",
    ...     hints=["Count.", "Saturday, and then?"],
    ...     wrong=[Wrong("answer = 5", 5, "That is how many days of work there are.")])
    >>> weekend.check(2)
    Right. Saturday and Sunday.
    >>> weekend.check(5)
    Not yet. That is how many days of work there are.
    >>> weekend.check(...).status
    'not tried'
    >>> weekend.solution()
    Solution of 99.1:
        answer = 2
    Saturday and Sunday.
    """

    def __init__(
        self,
        id: str,
        kind: str,
        question: str,
        *,
        right: Any,
        because: str,
        solution: str,
        hints: Sequence[str],
        wrong: Sequence[Wrong] = (),
        untouched: Any = ...,
        otherwise: str = "",
        expects: Any = None,
        within: float = 1e-9,
        ordered: bool = True,
    ) -> None:
        from helpers.learn.declared import declared

        self.id, self.kind, self.question = id, kind, question
        self.right, self.because, self.expects = right, because, expects
        self.solution = Solution(solution, f"Solution of {id}:", because)
        self.hints, self.wrong, self.untouched = tuple(hints), tuple(wrong), untouched
        self.otherwise, self.within, self.ordered = otherwise, within, ordered
        declared(self)

    def __repr__(self) -> str:
        return repr(self._asked())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self._asked()._repr_mimebundle_()

    def check(self, answer: Any) -> Outcome:
        """Return whether the answer is right, not yet right (and why), or not tried.

        Parameters
        ----------
        answer : object
            What the lines above the check have made.
        """
        as_it_was = self.untouched is not ... and self._meets(answer, self.untouched)
        if as_it_was or untouched(answer):
            return Outcome(NOT_TRIED, self.how())
        return self._judged(answer)

    def hint(self) -> Note:
        """Return the next hint; after the last one, where the solution is."""
        step = _given.get(self.id, 0)
        if step >= len(self.hints):
            return Note("No more hints.", f"{self._call('solution')} shows one way and the reason.")
        _given[self.id] = step + 1
        return Note(f"Hint {step + 1} of {len(self.hints)}.", self.hints[step])

    def how(self) -> str:
        """Return the sentences that say how to go on."""
        doing = {
            "fix": "Mend the lines above and run the cell again.",
            "fill in": "Fill the gap `...` and run the cell again.",
        }.get(self.kind, "Put your answer in place of `...` and run the cell again.")
        return f"{doing} {self._call('hint')} gives a hint, {self._call('solution')} the solution."

    def _asked(self) -> Note:
        return Note(f"Exercise {self.id}: {self.kind}.", f"{self.question}\n{self.how()}")

    def _call(self, name: str) -> str:
        return f'`learn.exercise("{self.id}").{name}()`'

    def _meets(self, answer: Any, when: Any) -> bool:
        return meets(answer, when, within=self.within, ordered=self.ordered)

    def _judged(self, answer: Any) -> Outcome:
        """An answer that was tried."""
        if self._meets(answer, self.right):
            return Outcome(RIGHT, self.because)
        for wrong in self.wrong:
            if self._meets(answer, wrong.when):
                return Outcome(NOT_YET, wrong.message)
        model = self.right if self.expects is None else self.expects
        other = None if callable(model) else other_kind(answer, model)
        return Outcome(NOT_YET, other or self.otherwise or _OTHERWISE[self.kind])

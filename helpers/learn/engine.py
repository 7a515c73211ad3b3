"""Exercises that answer back, declared in a few lines each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.learn.other import other_kind
from helpers.learn.outcome import NOT_TRIED, NOT_YET, RIGHT, Note, Outcome
from helpers.learn.parts import Solution, Wrong
from helpers.learn.same import among, meets, quoted, untouched

# How many hints each exercise has given since Python started.
_given: dict[str, int] = {}

_OTHERWISE = {
    "predict": "Keep your prediction in mind, run the next cell, and look where the two part.",
    "choose": "Another option fits better.",
    "fix": "It still does not do what the text asks for.",
    "fill in": "What comes out is not what the text asks for.",
    "explain": "Something is still missing.",
}


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
    options : sequence of str
        For predict: the words to choose among, read without regard to case, quotation marks and
        the punctuation around them.

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
        options: Sequence[str] = (),
    ) -> None:
        from helpers.learn.declared import declared

        self.id, self.kind, self.question = id, kind, question
        self.right, self.because, self.expects = right, because, expects
        self.solution = Solution(solution, f"Solution of {id}:", because)
        self.hints, self.wrong, self.untouched = tuple(hints), tuple(wrong), untouched
        self.otherwise, self.within, self.ordered = otherwise, within, ordered
        self.words = tuple(options)  # a Choice has `options` of its own, by letter
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
        """Return the hints so far with the next one last; in the end all, and where to go on."""
        step = _given.get(self.id, 0) + 1
        _given[self.id] = min(step, len(self.hints))
        if step == 1:
            return Note(f"Hint 1 of {len(self.hints)}.", self.hints[0])
        listed = "\n".join(f"{i}. {hint}" for i, hint in enumerate(self.hints[:step], start=1))
        if step > len(self.hints):
            after = f"{self._call('solution')} shows one way and the reason."
            return Note("No more hints.", f"These are all:\n{listed}\n{after}")
        return Note(f"Hint {step} of {len(self.hints)}.", f"The hints so far:\n{listed}")

    def how(self) -> str:
        """Return the sentences that say how to go on."""
        put = f"one of {quoted(self.words)}" if self.words else "your answer"
        doing = {
            "fix": "Mend the lines above and run the cell again.",
            "fill in": "Fill the gap `...` and run the cell again.",
        }.get(self.kind, f"Put {put} in place of `...` and run the cell again.")
        return f"{doing} {self._call('hint')} gives a hint, {self._call('solution')} the solution."

    def _asked(self) -> Note:
        return Note(f"Exercise {self.id}: {self.kind}.", f"{self.question}\n{self.how()}")

    def _call(self, name: str) -> str:
        return f'`learn.exercise("{self.id}").{name}()`'

    def _meets(self, answer: Any, when: Any) -> bool:
        return meets(answer, when, within=self.within, ordered=self.ordered)

    def _judged(self, answer: Any) -> Outcome:
        """An answer that was tried."""
        if self.words:
            answer = among(answer, self.words)
            if answer is None:
                return Outcome(NOT_YET, f"Choose one of {quoted(self.words)}, in quotation marks.")
        if self._meets(answer, self.right):
            return Outcome(RIGHT, self.because)
        for wrong in self.wrong:
            if self._meets(answer, wrong.when):
                return Outcome(NOT_YET, wrong.message)
        model = self.right if self.expects is None else self.expects
        other = None if callable(model) else other_kind(answer, model)
        return Outcome(NOT_YET, other or self.otherwise or _OTHERWISE[self.kind])

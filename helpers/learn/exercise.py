"""An exercise: a question, its right answer, and what helps with the wrong ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from html import escape
from typing import Any

from helpers.learn.answers import described, fits, kind, option
from helpers.tables import cell

RIGHT, NOT_YET, NOT_TRIED = "right", "not yet", "not tried"
UNCHANGED, COMPARE = "unchanged", "compare"
# Word and border say the same: nothing rests on colour.
SHOWN = {
    RIGHT: ("Right.", "solid #0072B2"),
    NOT_YET: ("Not yet.", "dashed #D55E00"),
    NOT_TRIED: ("Not tried yet.", "dotted #808080"),
    UNCHANGED: ("The result is unchanged.", "dotted #808080"),
    COMPARE: ("Compare.", "double #0072B2"),
}
LOOK = "padding: 0.4em 0.9em; margin: 0.3em 0; white-space: pre-wrap"


class LearnError(ValueError):
    """An exercise or a target that does not exist."""


@dataclass(repr=False)
class Note:
    """A heading and a text, in which back-ticks mark code; it shows itself."""

    heading: str
    text: str
    border: str = "solid #808080"

    def __repr__(self) -> str:
        return f"{self.heading} {self.text}".replace(" \n", "\n").replace("`", "")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        head = f'<div role="status" style="border-left: 5px {self.border}; {LOOK}">'
        html = f"{head}<strong>{escape(self.heading)}</strong> {_marked(self.text)}</div>"
        return {"text/plain": repr(self), "text/html": html}


class Outcome(Note):
    """What a check says: its `status` and its `message`; as text `more`, on a page what unfolds."""

    def __init__(
        self, status: str, message: str, more: str = "", folded: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(SHOWN[status][0], message, SHOWN[status][1])
        self.status, self.message, self.more, self.folded = status, message, more, folded or {}

    def __repr__(self) -> str:
        return f"{super().__repr__()} {self.more}".replace("`", "").strip()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        bundle = super()._repr_mimebundle_()
        # A click, or Space, opens it: without a new cell, and on a page without a kernel.
        for summary, text in self.folded.items():
            head = f'<details style="{LOOK}; padding-block: 0"><summary>{summary}</summary>'
            bundle["text/html"] += f"{head}{_marked(text)}</details>"
        return bundle


@dataclass(frozen=True)
class Wrong:
    """A known misconception: code that shows it, the answer (or a test of it), what helps."""

    example: str
    when: Any
    message: str


class Solution(str):
    """The code that solves an exercise; called, it shows itself with the reason."""

    note: Note

    def __call__(self) -> Note:
        return self.note


@dataclass(eq=False, repr=False)
class Exercise:
    """A task whose answer is a value.

    `right`, `untouched` (what the stub of a "fix" answers) and each answer in `wrong` are values
    or tests, such as `between(0, 1)`; a number may be off by `within`. Where `right` is a test,
    `asked` is the kind of the answer. `wrong` is a dict of answers and messages, or a list of
    Wrong. `options` are the words to choose among, or a dict of letters and texts. `solution` is
    code for the stub, unless the answer itself is enough. `reveal` are the words of a
    prediction's result.
    """

    id: str
    kind: str
    question: str
    _: KW_ONLY
    right: Any
    because: str
    hints: Sequence[str]
    wrong: Any = ()
    solution: Any = ""
    options: Any = ()
    untouched: Any = ...
    within: float = 1e-9
    asked: str = "number"
    reveal: str = "It is {}."  # of a prediction, filled from the results
    text = ""  # what goes between the quotation marks of a stub that has some

    def __post_init__(self) -> None:
        if isinstance(self.wrong, Mapping):
            self.wrong = [Wrong(_answer(key), key, text) for key, text in self.wrong.items()]
        if not isinstance(self.options, Mapping):
            self.options = {word: word for word in self.options}
        self.hinted, self.latest = 0, ""  # how many hints were given, and the latest plain answer
        self.solution = Solution(self.solution or _answer(self.right))
        self.solution.note = Note(f"Solution of {self.id}.", f"\n`{self.solution}`\n{self.because}")

    def check(self, answer: Any) -> Outcome:
        """Whether the answer is right, not yet right (and why), unchanged, or not tried."""
        self.latest = ""
        if answer is ... or (isinstance(answer, str) and answer.strip() in ("", "...")):
            return self._outcome(NOT_TRIED, self.how(marks=answer is not ...))
        # Whether the lines were edited is not known: what is said is true in either case.
        if self.untouched is not ... and fits(answer, self.untouched, self.within):
            return self._outcome(UNCHANGED, self.how())
        return self._judged(answer)

    def _judged(self, answer: Any) -> Outcome:
        self.latest = cell(answer) if kind(answer) == "number" else ""
        asked = self.asked if callable(self.right) else kind(self.right)
        problem = "This is not what the question asks for."
        if self.options:
            answer = option(answer, self.options)
            self.latest = f'"{self.options[answer]}"' if answer else ""
            problem = f"Choose one of {self._listed()}, in quotation marks."
        elif kind(answer) != asked:
            problem = f"The question asks for a {asked}. {described(answer)}"
        if fits(answer, self.right, self.within):
            return Outcome(RIGHT, self.because)
        for wrong in self.wrong:
            if fits(answer, wrong.when, self.within):
                return self._outcome(NOT_YET, wrong.message)
        return self._outcome(NOT_YET, problem)

    def _outcome(self, status: str, message: str) -> Outcome:
        """One after which more help is wanted."""
        size = len(self.hints)
        folded = {f"Hint {at} of {size}": hint for at, hint in enumerate(self.hints, start=1)}
        folded["The answer"] = f"A new cell with {self._call('solution')} shows it."
        return Outcome(status, message, self._help(), folded)

    def hint(self) -> Note:
        """The hints so far, with one more each time."""
        self.hinted = min(self.hinted + 1, len(self.hints))
        last = f"\nNo more hints: {self._call('solution')} shows the answer."
        more = last if self.hinted == len(self.hints) else ""
        heading = f"Hint {self.hinted} of {len(self.hints)}."
        return Note(heading, _numbered(self.hints[: self.hinted]) + more)

    def how(self, marks: bool = True) -> str:
        """What to do next; a stub has quotation marks already, or (marks=False) only `...`."""
        put = self.text or (f"one of {self._listed()}" if self.options else "your answer")
        doing = f"Put {put} for the `...`"
        if self.untouched is not ...:
            doing = "Fix the lines above"
        elif self.text:
            where = "between the quotation marks" if marks else "for the `...`, in quotation marks,"
            doing = f"Put {put} {where}"
        return f"{doing} and run the cell again."

    def _help(self) -> str:
        return f"{self._call('hint')} helps, {self._call('solution')} shows the answer."

    def _call(self, method: str) -> str:
        return f'`learn.exercise("{self.id}").{method}()`'

    def _listed(self) -> str:
        return ", ".join(f'"{key}"' for key in self.options)

    def __repr__(self) -> str:
        options = "".join(f"\n{key}) {text}" for key, text in self.options.items() if key != text)
        asked = f"Exercise {self.id}: {self.kind}. {self.question}{options}"
        return f"{asked}\n{self.how()} {self._help()}".replace("`", "")


class Choice(Exercise):
    """A question whose answer is the letter of an option."""

    text = "a letter"

    def __init__(self, id: str, question: str, **parts: Any) -> None:
        super().__init__(id, "choose", question, **parts)


class Explain(Exercise):
    """A question that only the learner can judge, by a model answer and what a good one says."""

    text = "a sentence or two"

    def __init__(
        self, id: str, question: str, *, model: str, points: Sequence[str], hints: Sequence[str]
    ) -> None:
        self.model, self.points = model, tuple(points)
        because = f"A good answer says:{_numbered(points)}"
        super().__init__(id, "explain", question, right=model, because=because, hints=hints)

    def _judged(self, answer: Any) -> Outcome:
        if not isinstance(answer, str):
            problem = f"The question asks for {self.text}, in quotation marks. {described(answer)}"
            return self._outcome(NOT_YET, problem)
        beside = f"\nYour answer: {answer.strip()}\nOne good answer: {self.model}"
        return Outcome(COMPARE, f"No check can judge a sentence.{beside}\n{self.because}")


def _marked(text: str) -> str:
    """A text as HTML, its back-ticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _numbered(texts: Sequence[str]) -> str:
    return "".join(f"\n{i}. {text}" for i, text in enumerate(texts, start=1))


def _answer(value: Any) -> str:
    """The line of code that gives a plain value, or one that passes a test, as the answer."""
    value = getattr(value, "example", value)
    return f'answer = "{value}"' if isinstance(value, str) else f"answer = {value!r}"

"""An exercise: a question, its right answer, and what helps with the wrong ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.learn.same import between, described, kind, meets, option
from helpers.tables import cell

RIGHT, NOT_YET, NOT_TRIED, COMPARE = "right", "not yet", "not tried", "compare"
# Word and border say the same: nothing rests on colour.
SHOWN = {
    RIGHT: ("Right.", "solid #0072B2"),
    NOT_YET: ("Not yet.", "dashed #D55E00"),
    NOT_TRIED: ("Not tried yet.", "dotted #808080"),
    COMPARE: ("Compare.", "double #0072B2"),
}
Pairs = Sequence[tuple[str, str]]


class LearnError(ValueError):
    """An exercise or a target that does not exist."""


@dataclass(repr=False)
class Note:
    """A heading, perhaps code, a text (back-ticks mark code in it); it shows itself."""

    heading: str
    text: str
    code: str = ""
    border: str = "solid #808080"
    beside: Pairs = ()  # texts to compare, with their heads

    def __repr__(self) -> str:
        lines = [f"{name}: {text}" for name, text in self.beside]
        lines += [f"    {line}".rstrip() for line in self.code.splitlines()]
        text = self.text.replace("`", "")
        apart = "\n" if lines else "" if text.startswith("\n") else " "
        return "\n".join([self.heading, *lines]) + apart + text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        column = '<div style="flex: 1 1 16em"><em>{}</em><br>{}</div>'
        columns = "".join(column.format(name, _html(text)) for name, text in self.beside)
        flex = f'<div style="display: flex; flex-wrap: wrap; gap: 1.5em">{columns}</div>'
        code = f"<pre><code>{escape(self.code)}</code></pre>" if self.code else ""
        style = f"border-left: 5px {self.border}; padding: 0.4em 0.9em; margin: 0.3em 0"
        head = f'<div role="status" style="{style}"><strong>{escape(self.heading)}</strong> '
        html = f"{head}{code}{flex if columns else ''}{_html(self.text)}</div>"
        return {"text/plain": repr(self), "text/html": html}


def _html(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)).replace("\n", "<br>")


class Outcome(Note):
    """What a check says: its `status` and its `message`."""

    def __init__(self, status: str, message: str, beside: Pairs = ()) -> None:
        word, border = SHOWN[status]
        super().__init__(word, message, border=border, beside=beside)
        self.status, self.message = status, message


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


class Exercise:
    """A task whose answer is a value.

    `right`, `untouched` (what the stub of a "fix" answers) and each answer in `wrong` are values
    or tests, such as `between(0, 1)`; a number may be off by `within`. `wrong` is a dict of
    answers and messages, or a list of Wrong; the first that is met speaks. `options` are the
    words to choose among, or a dict of letters and texts. `solution` is code for the stub, unless
    the answer itself is enough.
    """

    stands_for = ""  # what goes into the stub, where that is not one of the options

    def __init__(
        self,
        id: str,
        kind: str,
        question: str,
        *,
        right: Any,
        because: str,
        hints: Sequence[str],
        wrong: Mapping[Any, str] | Sequence[Wrong] = (),
        solution: str = "",
        options: Sequence[str] | Mapping[str, str] = (),
        untouched: Any = ...,
        within: float = 1e-9,
    ) -> None:
        if isinstance(wrong, Mapping):
            wrong = [Wrong(_answer(value), value, message) for value, message in wrong.items()]
        if not isinstance(options, Mapping):
            options = {word: word for word in options}
        self.id, self.kind, self.question, self.options = id, kind, question, dict(options)
        self.right, self.because, self.hints, self.wrong = right, because, hints, tuple(wrong)
        self.untouched, self.within = untouched, within
        self.hinted, self.said = 0, ""  # how many hints were given, and the latest plain answer
        self.solution = Solution(solution or _answer(right))
        self.solution.note = Note(f"Solution of {id}:", because, self.solution)

    def check(self, answer: Any) -> Outcome:
        """Whether the answer is right, not yet right (and why), or not tried."""
        blank = answer is ... or (isinstance(answer, str) and not answer.strip())
        if blank or (self.untouched is not ... and meets(answer, self.untouched, self.within)):
            self.said = ""
            return Outcome(NOT_TRIED, self.how())
        return self._judged(answer)

    def _judged(self, answer: Any) -> Outcome:
        self.said = cell(answer) if kind(answer) == "number" else ""
        asked = "number" if callable(self.right) else kind(self.right)
        problem = "This is not what the question asks for."
        if self.options:
            answer = option(answer, self.options)
            self.said = f'"{self.options[answer]}"' if answer else ""
            problem = f"Choose one of {self._listed()}, in quotation marks."
        elif kind(answer) != asked:
            problem = f"The question asks for a {asked}. {described(answer)}"
        if meets(answer, self.right, self.within):
            return Outcome(RIGHT, self.because)
        for wrong in self.wrong:
            if meets(answer, wrong.when, self.within):
                return Outcome(NOT_YET, wrong.message)
        return Outcome(NOT_YET, f"{problem} {self._call('hint')} helps.")

    def hint(self) -> Note:
        """The hints so far, with one more each time."""
        self.hinted += 1
        listed = _numbered(self.hints[: self.hinted])
        if self.hinted <= len(self.hints):
            return Note(f"Hint {self.hinted} of {len(self.hints)}.", listed)
        return Note("No more hints.", f"{listed}\n{self._call('solution')} shows the answer.")

    def how(self) -> str:
        """How to go on."""
        put = self.stands_for or (f"one of {self._listed()}" if self.options else "your answer")
        doing = "Fix the lines above" if self.untouched is not ... else f"Put {put} for the `...`"
        more = f"{self._call('hint')} helps, {self._call('solution')} shows the answer."
        return f"{doing} and run the cell again. {more}"

    def _call(self, method: str) -> str:
        return f'`learn.exercise("{self.id}").{method}()`'

    def _listed(self) -> str:
        return ", ".join(f'"{key}"' for key in self.options)

    def __repr__(self) -> str:
        options = [f"{key}) {text}" for key, text in self.options.items() if key != text]
        asked = "\n".join([f"Exercise {self.id}: {self.kind}. {self.question}", *options])
        return f"{asked}\n{self.how()}".replace("`", "")


class Choice(Exercise):
    """A question whose answer is the letter of an option."""

    stands_for = "a letter, in quotation marks,"

    def __init__(self, id: str, question: str, **parts: Any) -> None:
        super().__init__(id, "choose", question, **parts)


class Explain(Exercise):
    """A question answered in a sentence or two, which only the learner can judge.

    `model` is one good answer, `points` what a good answer says.
    """

    stands_for = "a sentence or two, in quotation marks,"

    def __init__(
        self, id: str, question: str, *, model: str, points: Sequence[str], hints: Sequence[str]
    ) -> None:
        self.model, self.points = model, tuple(points)
        because = f"A good answer says:{_numbered(points)}"
        super().__init__(id, "explain", question, right=model, because=because, hints=hints)

    def _judged(self, answer: Any) -> Outcome:
        if not isinstance(answer, str):
            return Outcome(NOT_TRIED, self.how())
        beside = (("Your answer", answer.strip()), ("One good answer", self.model))
        return Outcome(COMPARE, f"No check can judge a sentence. {self.because}", beside)


def _numbered(texts: Sequence[str]) -> str:
    return "".join(f"\n{i}. {text}" for i, text in enumerate(texts, start=1))


def _answer(value: Any) -> str:
    """The line of code that gives a plain value, or one that passes a test, as the answer."""
    value = value.example if isinstance(value, between) else value
    return f'answer = "{value}"' if isinstance(value, str) else f"answer = {value!r}"

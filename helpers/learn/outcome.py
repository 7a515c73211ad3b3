"""What an exercise answers: an outcome, a hint, a solution; each as text and as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from helpers import words

RIGHT, NOT_YET, NOT_TRIED = "right", "not yet", "not tried"
# Word and border say the same: nothing rests on colour.
_SHOWN = {
    RIGHT: ("Right.", "solid #0072B2"),
    NOT_YET: ("Not yet.", "dashed #D55E00"),
    NOT_TRIED: ("Not tried yet.", "dotted #666666"),
}


class LearnError(ValueError):
    """An exercise that does not exist, or one that is declared wrongly."""


@dataclass(frozen=True, repr=False)
class Outcome:
    """What a check says: "right", "not yet" or "not tried", and why.

    Parameters
    ----------
    status : str
        One of the three.
    message : str
        The reason, in Markdown of the simplest kind (only back-ticks).
    word : str
        What the message begins with in bold; else the status, as "Right.".
    """

    status: str
    message: str
    word: str = ""

    def __repr__(self) -> str:
        return f"{self.word or _SHOWN[self.status][0]} {words.plain(self.message)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        word, border = _SHOWN[self.status]
        html = _box(self.word or word, _html(self.message), border)
        return {"text/plain": repr(self), "text/html": html}


@dataclass(frozen=True, repr=False)
class Note:
    """A hint, a solution or a question: a heading, a text, and code where there is some."""

    heading: str
    text: str
    code: str = ""

    def __repr__(self) -> str:
        indented = "".join(f"\n    {line}".rstrip() for line in self.code.splitlines())
        lines = f"{self.heading}{indented}\n" if self.code else f"{self.heading} "
        return lines + words.plain(self.text)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        code = f"<pre><code>{words.escape(self.code)}</code></pre>" if self.code else ""
        inside = f"{code}{_html(self.text)}"
        return {
            "text/plain": repr(self),
            "text/html": _box(self.heading, inside, "solid #666666"),
        }


def _box(heading: str, inside: str, border: str) -> str:
    """A box that a screen reader announces."""
    return (
        f'<div role="status" style="border-left: 5px {border}; padding: 0.4em 0.9em; '
        f'margin: 0.3em 0"><strong>{words.escape(heading)}</strong> {inside}</div>'
    )


def _html(text: str) -> str:
    """Text as HTML: back-ticks become code, line ends become breaks, the rest is escaped."""
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", words.escape(words.plain_but_code(text)))
    return safe.replace("\n", "<br>")

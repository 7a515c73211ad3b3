"""The widgets of the crowd; imported only when it is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from helpers import words
from helpers.show.canvas import COLOURS, PALE


class Ticks(widgets.VBox):
    """A box to tick for each fact, a bar and one sentence.

    Parameters
    ----------
    facts : list of str
        What may be known.
    ticked : list of str
        What is ticked at first.
    everybody : int
        How many people there are.
    answer : callable
        Takes the facts that are ticked; gives the sentence as HTML and how many are left.
    """

    def __init__(
        self,
        facts: Sequence[str],
        ticked: Sequence[str],
        everybody: int,
        answer: Callable[[Sequence[str]], tuple[str, int]],
    ) -> None:
        self._answer, self._everybody = answer, everybody
        self.boxes = {fact: _box(fact, fact in ticked) for fact in facts}
        wide = widgets.Layout(width="95%", max_width="36em", min_width="0")
        self.bar, self.result = widgets.HTML(layout=wide), widgets.HTML(layout=wide)
        self._write()
        for box in self.boxes.values():
            box.observe(self._write, names="value")
        super().__init__([*self.boxes.values(), self.bar, self.result])

    def __repr__(self) -> str:
        lists = {
            "Ticked": self.ticked,
            "Not ticked": [f for f in self.boxes if f not in self.ticked],
        }
        said = [f"{name}: {'; '.join(facts)}." for name, facts in lists.items() if facts]
        return f"{self.text}\n{' '.join(said)}"

    def _repr_mimebundle_(self, **choices: Any) -> dict[str, Any]:
        # Pages without widgets, and readers of the stored file, get the words.
        said = "<br>".join(words.escape(line) for line in repr(self).splitlines())
        view = super()._repr_mimebundle_(**choices) or {}
        return {**view, "text/plain": repr(self), "text/html": f"<p>{said}</p>"}

    @property
    def ticked(self) -> list[str]:
        """The facts that are ticked, in the order of the boxes."""
        return [fact for fact, box in self.boxes.items() if box.value]

    @property
    def text(self) -> str:
        """The sentence that is shown, as plain text."""
        return words.unhtml(self.result.value)

    def _write(self, change: Any = None) -> None:
        """Count again; show the sentence, and a bar as long as the count on a log scale."""
        said, left = self._answer(self.ticked)
        # Announced by screen readers when it changes.
        self.result.value = f'<p role="status" aria-live="polite">{said}</p>'
        long = 100 * math.log1p(left) / math.log1p(self._everybody)
        self.bar.value = (
            f'<div aria-hidden="true" style="background: {PALE}">'
            f'<div style="background: {COLOURS[0]}; width: {long:.1f}%; height: 0.8em"></div></div>'
        )


def _box(fact: str, ticked: bool) -> Any:
    """A box with its words beside it, as wide as a narrow screen allows."""
    layout = widgets.Layout(width="95%", max_width="36em", min_width="0")
    return widgets.Checkbox(value=ticked, description=fact, indent=False, layout=layout)

"""The widgets of the panel; imported only when a panel is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from helpers import words
from helpers.show.canvas import day_text

LABELS = {
    "at_least": "Minutes a day",
    "days": "Days in a row",
    "until": "Last day",
    "who": "Counted",
    "zone": "Calendar of",
}


class Panel(widgets.VBox):
    """Five controls and one sentence.

    The sentence is a widget of its own, not captured output, so that it is the same wherever the
    chapter runs.

    Parameters
    ----------
    start : dict
        The value of each control at the beginning.
    choices : dict
        What each control offers.
    answer : callable
        Takes the values by name and gives the sentence as HTML.
    """

    def __init__(
        self,
        start: Mapping[str, Any],
        choices: Mapping[str, Sequence[Any]],
        answer: Callable[..., str],
    ) -> None:
        self._answer = answer
        self.controls = {name: _control(name, start[name], choices[name]) for name in LABELS}
        self.result = widgets.HTML(layout=widgets.Layout(max_width="100%"))
        self._write()
        for control in self.controls.values():
            control.observe(self._write, names="value")
        super().__init__([*self.controls.values(), self.result])

    def __repr__(self) -> str:
        controls = "; ".join(
            f"{LABELS[name]}: {control.value}" for name, control in self.controls.items()
        )
        return f"{self.text}\nControls: {controls}"

    def _repr_mimebundle_(self, **choices: Any) -> dict[str, Any]:
        # Pages without widgets, and readers of the stored file, get the words.
        said = "<br>".join(words.escape(line) for line in repr(self).splitlines())
        view = super()._repr_mimebundle_(**choices) or {}
        return {**view, "text/plain": repr(self), "text/html": f"<p>{said}</p>"}

    @property
    def text(self) -> str:
        """The sentence that the panel shows, as plain text."""
        return words.unhtml(self.result.value)

    def _write(self, change: Any = None) -> None:
        """Count again and show the sentence."""
        said = self._answer(**{name: control.value for name, control in self.controls.items()})
        # Announced by screen readers when it changes.
        self.result.value = f'<p role="status" aria-live="polite">{said}</p>'


def _control(name: str, value: Any, choices: Sequence[Any]) -> Any:
    """A slider for amounts and days, a list for names."""
    common = {
        "description": LABELS[name],
        "value": value,
        "style": {"description_width": "8em"},
        # The label and the list's frame come on top of 100 %, which a narrow screen cuts off.
        "layout": widgets.Layout(width="95%", max_width="36em", min_width="0"),
    }
    if isinstance(choices, range):
        return widgets.IntSlider(min=choices.start, max=choices.stop - 1, **common)
    if name == "until":
        return widgets.SelectionSlider(
            options=[(day_text(pd.Timestamp(d)), d) for d in choices], **common
        )
    return widgets.Dropdown(options=list(choices), **common)

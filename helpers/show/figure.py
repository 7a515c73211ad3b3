"""A figure together with its description and its numbers."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers import words
from helpers.show.canvas import ShowError


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A picture, a description for those who cannot see it, and the numbers that it draws.

    Parameters
    ----------
    image : bytes
        The picture as PNG.
    description : str
        What one sees, in whole sentences.
    numbers : DataFrame
        The numbers drawn, one row a mark.

    Raises
    ------
    ShowError
        When the description is no sentence or there are no numbers.
    """

    image: bytes
    description: str
    numbers: pd.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "description", sentence(self.description))
        if not isinstance(self.numbers, pd.DataFrame) or self.numbers.empty:
            raise ShowError("a figure shows numbers; give them as a DataFrame with rows")

    def __repr__(self) -> str:
        return f"Figure: {self.description}\n\n{words.text_table(self.numbers)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # Only an img with alt inside text/html keeps its words in JupyterLab, nbconvert and
        # the web book alike.
        picture = base64.b64encode(self.image).decode("ascii")
        return {
            "text/plain": repr(self),
            "text/html": (
                f'<img alt="{words.escape(self.description)}" '
                'style="width: 700px; max-width: 100%; height: auto" '
                f'src="data:image/png;base64,{picture}">\n'
                "<details><summary>The numbers of this figure</summary>\n"
                f"{words.html_table(self.numbers)}\n</details>"
            ),
        }


def sentence(description: str) -> str:
    """Return a description on one line, or refuse what is none.

    Raises
    ------
    ShowError
        When it has fewer than five words or no full stop at its end.
    """
    text = " ".join(description.split()) if isinstance(description, str) else ""
    if len(text.split()) < 5 or not text.endswith((".", "?")):
        raise ShowError(
            f"description={description!r}; say in a sentence, with a full stop, "
            "what a reader who cannot see the figure should know"
        )
    return text

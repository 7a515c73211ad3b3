"""What a cell ends in: a figure with its words and numbers, a table, a sentence."""

import base64
import io
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from helpers import tables

# Okabe and Ito's palette without its light colours: each at least 3 to 1 against white.
COLOURS = ("#0072B2", "#D55E00", "#000000", "#009E73", "#CC79A7")
# The same for words, darker: 4.5 to 1 at least.
INKS = ("#005A8E", "#A84A00", "#000000", "#00734F", "#9C4A75")
MARKERS, DASHES = ("o", "s", "^", "D", "v"), ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))
INK, QUIET, PALE = "#222222", "#666666", "#EDEDED"
STYLE = {
    "font.size": 13,
    "text.parse_math": False,  # a title may hold $ signs
    "legend.fontsize": 11,
    "legend.frameon": False,
    "figure.titlesize": 14,
    "figure.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "lines.linewidth": 2,
    "figure.constrained_layout.w_pad": 0.1,  # or a name at the edge loses its last letter
}


class ShowError(ValueError):
    """Something that cannot be shown, or not honestly."""


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A picture (PNG), a description for those who cannot see it, and the numbers it draws."""

    image: bytes
    description: str
    numbers: pd.DataFrame

    def __repr__(self) -> str:
        return f"Figure: {self.description}\n\n{tables.text_table(self.numbers)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # Only an img with alt inside HTML keeps its words in JupyterLab, nbconvert and the book.
        picture = base64.b64encode(self.image).decode("ascii")
        # A white sheet of paper: the same ink reads in the light and the dark theme.
        # On a phone it scrolls in its box, so that its smallest words keep nine points.
        image = (
            f'<img alt="{escape(self.description)}" style="width: 700px; max-width: 100%; '
            "min-width: 570px; padding: 8px; border-radius: 8px; background: white; "
            f'box-sizing: border-box" src="data:image/png;base64,{picture}">'
        )
        html = (
            f"{tables.scrolling(image)}\n<details><summary>The numbers of this figure"
            f"</summary>\n{tables.html_table(self.numbers)}\n</details>"
        )
        return {"text/plain": repr(self), "text/html": html}


def drawn(
    paint: Callable[[Any], None],
    numbers: pd.DataFrame,
    title: str,
    description: str,
    *,
    height: float = 3.6,
    note: str = "",
    panels: int = 1,
) -> Figure:
    """What `paint` draws on empty axes, in the workbook's one style, the same bytes every time.

    Of several `panels` it gets an array, from top to bottom.
    """
    # On its first start matplotlib says that it builds a font cache, which is no output of ours.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # a reader's own style must not change the bytes
        matplotlib.rcParams.update(STYLE)  # type: ignore[arg-type]
        canvas = Canvas(figsize=(7, height), dpi=150, layout="constrained")
        FigureCanvasAgg(canvas)
        paint(canvas.subplots(panels))
        canvas.suptitle(title, x=0.01, ha="left", wrap=True)
        if note:
            canvas.supxlabel(note, x=0.01, ha="left", fontsize=11, wrap=True)
        buffer = io.BytesIO()
        canvas.savefig(buffer, format="png", metadata={"Software": None})
    return Figure(buffer.getvalue(), " ".join(description.split()), numbers.reset_index(drop=True))


def check(table: pd.DataFrame, column: str, log: bool = False) -> None:
    """Refuse what would be left out of the picture without a word."""
    values = table[column]
    if not len(values) or values.isna().any():
        raise ShowError(f"{column!r} has no values, or some are missing; leave those rows out")
    if log and values.min() <= 0:
        raise ShowError(f"{column!r} has values of 0 or less, which a log scale cannot show")


def written(values: Iterable[float]) -> list[str]:
    """Numbers as texts, all with the same decimals; nothing for a missing one.

    >>> written([1, 0.978, None]), written([1.04, 0.99]), written([53, 1204])
    (['1.000', '0.978', ''], ['1.04', '0.99'], ['53', '1,204'])
    """
    column = pd.Series(values, dtype=float)
    whole, largest = (column.dropna() % 1 == 0).all(), column.abs().max()
    digits = 0 if whole or largest >= 1000 else 1 if largest >= 10 else 2 if largest > 1 else 3
    return ["" if pd.isna(value) else f"{value:,.{digits}f}" for value in column]


def headed(names: Iterable[Any], parts: Iterable[Any]) -> tuple[list[int], int, Callable]:
    """Places of rows below the names of their parts, how many there are, and what writes both."""
    labels: list[str] = []
    places, heads = [], {"": -1}
    for name, part in zip(names, parts, strict=True):
        if part not in heads:
            heads[part] = len(labels)
            labels.append(part)
        places.append(len(labels))
        labels.append(str(name))

    def write(axes: Any, **look: Any) -> None:
        axes.set_yticks(range(len(labels)), labels, **look)
        for place in [*heads.values()][1:]:
            axes.get_yticklabels()[place].set_fontweight("bold")
        axes.set_ylim(len(labels) - 0.5, -0.5)

    return places, len(labels), write


def short(day: pd.Timestamp) -> str:
    """A day as "10 Dec"."""
    return f"{day.day} {day:%b}"


@dataclass(frozen=True, repr=False)
class say:
    """A text in Markdown that ends a cell, so that the numbers in it come from code."""

    markdown: str

    def __repr__(self) -> str:
        return self.markdown.replace("**", "").replace("`", "")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.markdown}


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A frame that shows itself as a plain table with its caption."""

    frame: pd.DataFrame
    caption: str

    def __repr__(self) -> str:
        return f"{self.caption}\n\n{tables.text_table(self.frame, rows=20)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = tables.html_table(self.frame, caption=self.caption, rows=20)
        return {"text/plain": repr(self), "text/html": html}


def table(frame: pd.DataFrame | pd.Series, *, caption: str) -> Table:
    """A frame as a plain table with a caption; an index that has a meaning becomes columns."""
    frame = frame.to_frame(frame.name or "value") if isinstance(frame, pd.Series) else frame
    counts = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    return Table(frame if counts else frame.reset_index(), caption)

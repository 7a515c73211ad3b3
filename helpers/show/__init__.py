"""Figures with a description and their numbers, sentences, tables and two panels.

Each function returns an object that shows itself when it ends a cell.
"""

from helpers.show.bars import bars
from helpers.show.calendar import calendar
from helpers.show.canvas import ShowError
from helpers.show.compare import compare
from helpers.show.crowd import crowd
from helpers.show.definitions import definitions
from helpers.show.figure import Figure
from helpers.show.histogram import histogram
from helpers.show.lines import lines
from helpers.show.recount import recount
from helpers.show.text import Said, Table, say, table

__all__ = [
    "Figure",
    "Said",
    "ShowError",
    "Table",
    "bars",
    "calendar",
    "compare",
    "crowd",
    "definitions",
    "histogram",
    "lines",
    "recount",
    "say",
    "table",
]

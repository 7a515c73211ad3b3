"""Right, wrong, refused: what an attack does to a release; and the numbers of a chapter."""

from .beside import beside
from .reidentify import equal_error, reidentification
from .table import COLUMNS, KINDS, MIME, JudgeError, Number, Numbers, number, numbers
from .tally import tally
from .trials import Trials, trials
from .verdict import Verdict
from .ways import full_size, in_words, reproduction, three_ways

__all__ = [
    "COLUMNS",
    "KINDS",
    "MIME",
    "JudgeError",
    "Number",
    "Numbers",
    "Trials",
    "Verdict",
    "beside",
    "equal_error",
    "full_size",
    "in_words",
    "number",
    "numbers",
    "reidentification",
    "reproduction",
    "tally",
    "three_ways",
    "trials",
]

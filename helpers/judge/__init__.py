"""Right, wrong, refused: what an attack does to a release; and the numbers of a chapter."""

from .equal import equal_error
from .table import COLUMNS, KINDS, MIME, JudgeError, Number, Numbers, number, numbers
from .tally import tally
from .verdict import Verdict, reidentification

__all__ = [
    "COLUMNS",
    "KINDS",
    "MIME",
    "JudgeError",
    "Number",
    "Numbers",
    "Verdict",
    "equal_error",
    "number",
    "numbers",
    "reidentification",
    "tally",
]

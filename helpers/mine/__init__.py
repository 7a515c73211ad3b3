"""A reader's own export: what is in it, and how few of its titles find her. Chapter 11.

history     what is in one's file, what it leaves out, what to ask for next
crowds      made people around one person, and how often she is found among them
"""

from helpers.mine.crowds import DEFENCES, Crowd, a_year_earlier, classroom, defended, found, near
from helpers.mine.history import (
    ASKED,
    GAPS,
    LAWS,
    LEAST,
    NOT_THERE,
    YEAR,
    MineError,
    downloads,
    files,
    folder,
    half_years,
    hers,
    letter,
    logs,
    own_copy,
    runs,
    summary,
    tweet,
)

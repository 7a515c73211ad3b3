"""Exercises and multiple choice that answer back: right, not yet right, not tried."""

from helpers.learn.engine import Exercise, Wrong
from helpers.learn.library import chapter_numbers, exercise, exercises
from helpers.learn.outcome import LearnError, Note, Outcome
from helpers.learn.words import Choice, Explain

__all__ = [
    "Choice",
    "Exercise",
    "Explain",
    "LearnError",
    "Note",
    "Outcome",
    "Wrong",
    "chapter_numbers",
    "exercise",
    "exercises",
]

"""Exercises and multiple choice that answer back: right, not yet right, not tried."""

from helpers.learn.choice import Choice
from helpers.learn.engine import Exercise
from helpers.learn.explain import Explain
from helpers.learn.library import chapter_numbers, exercise, exercises
from helpers.learn.outcome import LearnError, Note, Outcome
from helpers.learn.parts import Wrong
from helpers.learn.target import Target, target

__all__ = [
    "Choice",
    "Exercise",
    "Explain",
    "LearnError",
    "Note",
    "Outcome",
    "Target",
    "Wrong",
    "chapter_numbers",
    "exercise",
    "exercises",
    "target",
]

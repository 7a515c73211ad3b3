"""Exercises that answer back, and a person of one's own to look for. All chapters.

exercise    a question, its right answer, and what helps with the wrong ones
answers     whether two answers are the same, and of which kind an answer is
registry    the exercises of the chapters by id, predictions and decisions
target      a made person to look for, chosen by a nickname
"""

from helpers.learn.answers import between, either
from helpers.learn.exercise import Choice, Exercise, Explain, LearnError, Note, Outcome, Wrong
from helpers.learn.registry import exercise, exercises, keep, kept, predicted
from helpers.learn.target import Target, code, target

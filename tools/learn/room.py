"""`room NAMES`: for a teacher, the codes that right answers give to the nicknames of a room.

A learner says four letters, and nothing else is collected. `learn.target` prints hers when she has
found her own person of chapter 04; `learn.code("Ada", answer)` gives that of any other answer.
"""

import argparse

import pandas as pd

from helpers import learn, make, protect
from helpers.learn.answers import kind


def main(argv: list[str]) -> int:
    """Print a row for each nickname, and a column for each answer."""
    parser = argparse.ArgumentParser(prog="start.py room", description=__doc__)
    parser.add_argument("names", nargs="+", metavar="NAME", help="the nicknames of the room")
    parser.add_argument("--exercises", nargs="*", default=[], metavar="ID", help="such as 02.1")
    options = parser.parse_args(argv)
    print(codes(options.names, options.exercises).to_string())
    return 0


def codes(names: list[str], ids: list[str]) -> pd.DataFrame:
    """A row for each nickname; a column for its own person, and for each exercise named."""
    world = make.world()
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    right = {id: answer(id) for id in ids}
    rows = [
        {"own person": learn.target(name, published).code}
        | {id: learn.code(name, value) for id, value in right.items()}
        for name in names
    ]
    return pd.DataFrame(rows, pd.Index(names, name="nickname"))


def answer(id: str) -> str | float:
    """The right answer to an exercise, where that is one number, letter or word."""
    exercise = learn.exercise(id)
    if exercise.kind == "explain" or kind(exercise.right) not in ("number", "text"):
        raise learn.LearnError(f"exercise {id} has no one answer that a code could stand for")
    return exercise.right  # type: ignore[no-any-return]

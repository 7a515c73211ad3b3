"""Where the exercises of the chapters are found."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

from helpers.learn import chapters as _chapters
from helpers.learn.engine import Exercise
from helpers.learn.outcome import LearnError


def chapter_numbers() -> list[str]:
    """Return the chapters that have exercises, such as "02", in order."""
    names = [module.name for module in pkgutil.iter_modules(_chapters.__path__)]
    return sorted(name[1:] for name in names if name[:1] == "c" and name[1:3].isdigit())


@cache
def _declared(chapter: str) -> dict[str, Exercise]:
    module = importlib.import_module(f"{_chapters.__name__}.c{chapter}")
    found: dict[str, Exercise] = {}
    for one in module.EXERCISES:
        if one.id in found:
            raise LearnError(f"exercise {one.id} is declared twice; number it anew")
        if one.id.split(".")[0] != chapter:
            raise LearnError(f"exercise {one.id} stands in chapter {chapter}; number it {chapter}.")
        found[one.id] = one
    return found


def exercises(chapter: str) -> dict[str, Exercise]:
    """Return the exercises of a chapter by id.

    Parameters
    ----------
    chapter : str
        Such as "02".

    Raises
    ------
    LearnError
        When no chapter of that number has exercises.
    """
    if chapter not in chapter_numbers():
        raise LearnError(
            f"chapter {chapter!r} has no exercises; "
            f"those that have are {', '.join(chapter_numbers())}"
        )
    return dict(_declared(chapter))


def exercise(id: str) -> Exercise:
    """Return an exercise, which has `check(answer)`, `hint()` and `solution()`.

    Parameters
    ----------
    id : str
        Chapter and number: "02.1".

    Raises
    ------
    LearnError
        When there is none of that id; the message names those of the chapter.

    Examples
    --------
    >>> exercise("00.1").check(...).status
    'not tried'
    """
    if not isinstance(id, str):
        raise LearnError(f'exercise({id!r}): give the id as a text, such as "02.1"')
    near = _near(id)
    if near:
        raise LearnError(f"there is no exercise {id!r}; is it {near!r}?")
    found = exercises(id.split(".")[0])
    if id not in found:
        raise LearnError(
            f"there is no exercise {id!r}; this chapter has {', '.join(map(repr, found))}"
        )
    return found[id]


def _near(id: str) -> str:
    """The exercise that another way of writing means: "2.1", "02-1"; nothing for its own id."""
    parts = re.fullmatch(r"0*(\d{1,2}[a-z]?)\W+0*(\d+)\W*", id.strip().lower())
    if not parts:
        return ""
    chapter = parts[1].zfill(3 if parts[1][-1].isalpha() else 2)
    near = f"{chapter}.{parts[2]}"
    there = chapter in chapter_numbers() and near in exercises(chapter)
    return near if there and near != id else ""

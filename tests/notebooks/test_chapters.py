"""Every chapter has the shape of a chapter, and is stored as it runs. (The rest: conftest.py.)"""

import platform
import sys
from pathlib import Path

import pytest

from tools.chapters import chapters
from tools.keep.lint import problems
from tools.keep.run import tidy

each = pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)


@each
def test_the_chapter_has_the_shape_of_a_chapter(chapter: Path) -> None:
    assert not (lacking := problems(chapter)), "\n  ".join(lacking)


@pytest.mark.slow
@each
def test_the_stored_chapter_is_byte_for_byte_what_tidy_writes(chapter: Path) -> None:
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("letters are drawn otherwise on this system, so pictures have other bytes")
    assert tidy(chapter, check=True) is False, f"{chapter.name}: python3 start.py tidy"

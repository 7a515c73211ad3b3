"""Every chapter has the shape of a chapter, and is stored as it runs. (The rest: conftest.py.)"""

import platform
import sys

import pytest

from tools.chapters import as_text, chapters, read
from tools.keep.lint import problems
from tools.keep.run import WIDGETS, normal, tidy

PANELS = [path for path in chapters() if WIDGETS in path.read_text("utf-8")]
PLAIN = [path for path in chapters() if path not in PANELS]
each = pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)


@each
def test_the_chapter_has_the_shape_of_a_chapter(chapter):
    assert not (lacking := problems(chapter)), "\n  ".join(lacking)


@pytest.mark.parametrize("chapter", PLAIN, ids=lambda path: path.stem)
def test_a_chapter_is_stored_in_the_form_that_tidy_writes(chapter):
    stored = chapter.read_text("utf-8")
    text = as_text(normal(read(chapter), chapter.stem))
    assert text == stored, f"{chapter.name}: python3 start.py tidy"


@pytest.mark.slow
@pytest.mark.parametrize("chapter", PANELS, ids=lambda path: path.stem)
def test_a_panel_is_stored_byte_for_byte_as_it_runs(chapter):
    """What nbval leaves out of its comparison: the cell of a panel, and the panel's state."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("letters are drawn otherwise on this system, so pictures have other bytes")
    assert tidy(chapter, check=True) is False, f"{chapter.name}: python3 start.py tidy"

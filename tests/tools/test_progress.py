"""Progress: a bar for people, lines for files."""

from __future__ import annotations

import io

from tools.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO) -> str:
    with Progress(stream) as progress:
        step = progress.chapter("02-fifty-three", 3)
        for done in (1, 2, 3):
            step(done)
        progress.done(1.25, "53 numbers")
    return stream.getvalue()


def test_a_file_gets_one_line_a_chapter() -> None:
    assert told(io.StringIO()) == f"{'02-fifty-three':<32}    1.2 s  53 numbers\n"


def test_a_terminal_gets_a_bar_and_then_the_line() -> None:
    text = told(Terminal())
    assert "0/3 cells" in text and "\r" in text
    assert text.endswith("53 numbers\n")

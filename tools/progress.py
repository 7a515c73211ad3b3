"""A progress bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, TextIO


class Progress:
    """Says on the error stream which chapter runs and how long it took.

    Parameters
    ----------
    stream : text file, optional
        Where to say it; the error stream, so that a redirected answer stays clean.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.bar: Any = None
        self.name = ""

    def __enter__(self) -> Progress:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Takes down a bar that an error left standing."""
        self._close()

    def chapter(self, name: str, cells: int) -> Callable[[int], None]:
        """What to call after each code cell with the number of cells done.

        Parameters
        ----------
        name : str
            The chapter.
        cells : int
            How many code cells it has.
        """
        self._close()
        self.name = name
        if not self.stream.isatty():
            return lambda done: None
        from tqdm import tqdm

        self.bar = tqdm(
            total=cells,
            desc=name,
            unit="cell",
            file=self.stream,
            leave=False,
            bar_format="{desc}: |{bar:20}| {n_fmt}/{total_fmt} cells, {elapsed}",
        )

        def step(done: int) -> None:
            self.bar.update(done - self.bar.n)

        return step

    def done(self, seconds: float, note: str = "") -> None:
        """Ends the chapter's bar with a line of its time.

        Parameters
        ----------
        seconds : float
            Wall clock.
        note : str
            A word more.
        """
        self._close()
        print(
            f"{self.name:<32} {seconds:6.1f} s  {note}".rstrip(),
            file=self.stream,
            flush=True,
        )

    def _close(self) -> None:
        if self.bar is not None:
            self.bar.close()
            self.bar = None

"""Chapters run in a fresh kernel, headless; the stored notebooks stay as they are."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools.kernels import AsyncManager, Client, environment
from tools.notebooks import NotebookError, code_cells, label, read

TIMEOUT = 300  # seconds a cell
STARTS = 3  # a kernel that does not start is tried again


class CellFailed(NotebookError):
    """A cell that raised, hung or took its kernel with it; the message names the cell."""


@dataclass(frozen=True)
class Run:
    """What came out of one execution: the notebook with fresh outputs, and its seconds."""

    path: Path
    notebook: NotebookNode
    seconds: float


@contextmanager
def session(notebook: NotebookNode, folder: Path) -> Iterator[Client]:
    """A client with a fresh kernel, which ends with the block.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter that will run in it.
    folder : Path
        The kernel's working folder, for a chapter the one in which it lies.
    """
    # nbclient logs what it also raises; once is enough.
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    for attempt in range(STARTS):
        client = Client(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            kernel_manager_class=AsyncManager,
            resources={"metadata": {"path": str(folder)}},
        )
        client.reset_execution_trackers()
        manager = client.setup_kernel(env=environment())
        try:
            manager.__enter__()
            break
        except RuntimeError:
            if attempt == STARTS - 1:
                raise
    try:
        yield client
    finally:
        manager.__exit__(None, None, None)


def run_cell(client: Client, index: int, name: str) -> None:
    """Runs one cell of the client's notebook, which then holds its outputs.

    Parameters
    ----------
    client : Client
        From `session`.
    index : int
        The cell's place among all cells.
    name : str
        The chapter's name, for the message.

    Raises
    ------
    CellFailed
        When the cell raises (and is not tagged `raises-exception`), hangs, or ends the kernel.
    """
    cell = client.nb.cells[index]
    try:
        client.execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
    except CellExecutionError as error:
        why = f"{error.ename}: {error.evalue}"
        raise CellFailed(f"{name}, {label(client.nb, index)}: {why}") from error
    except CellTimeoutError as error:
        why = f"not finished after {TIMEOUT} s"
        raise CellFailed(f"{name}, {label(client.nb, index)}: {why}") from error
    except DeadKernelError as error:
        raise CellFailed(f"{name}, {label(client.nb, index)}: its kernel died") from error


def try_code(client: Client, code: str) -> list[NotebookNode]:
    """The outputs of code that belongs to no cell, run in the chapter's kernel; errors are outputs.

    Parameters
    ----------
    client : Client
        From `session`.
    code : str
        What to run; it is not counted and not kept.
    """
    spare = len(client.nb.cells)
    counted = client.code_cells_executed
    client.nb.cells.append(new_code_cell(code, metadata={"tags": ["raises-exception"]}))
    try:
        return client.execute_cell(client.nb.cells[spare], spare, store_history=False).outputs
    finally:
        del client.nb.cells[spare:]
        client.code_cells_executed = counted


def blank(notebook: NotebookNode) -> NotebookNode:
    """A copy in which no cell was ever run.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter, which stays as it is.
    """
    fresh = copy.deepcopy(notebook)
    fresh.metadata.pop("widgets", None)
    for cell in code_cells(fresh):
        cell.outputs, cell.execution_count = [], None
        cell.metadata.pop("execution", None)
    return fresh


def execute(path: Path, on_cell: Callable[[int], None] | None = None) -> Run:
    """A fresh run of a whole chapter, in memory.

    Parameters
    ----------
    path : Path
        The chapter.
    on_cell : callable, optional
        Told after each code cell how many have been run: for a progress bar.

    Raises
    ------
    NotebookError, CellFailed
        When the file is no notebook, or a cell fails.
    """
    notebook = blank(read(path))
    start = time.monotonic()
    with session(notebook, path.resolve().parent) as client:
        done = 0
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            run_cell(client, index, path.name)
            done += 1
            if on_cell:
                on_cell(done)
        client.set_widgets_metadata()
    return Run(path, notebook, time.monotonic() - start)

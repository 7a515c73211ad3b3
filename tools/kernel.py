"""Chapters run in a fresh kernel, headless; the stored notebooks stay as they are."""

import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tools.chapters import ROOT, NotebookError, blank, label, read

TIMEOUT = 300  # seconds a cell
STARTS = 3  # a kernel that does not start is tried again
SLICE = 0.25  # seconds; see `_in_slices`
# Two kernels that start at the same moment can pick the same port; a socket file of one's own
# can't be picked twice. Windows has none, so there the start is tried again instead.
SOCKETS = sys.platform != "win32"


class _OwnSockets:
    """A kernel manager that talks through files in a folder of its own."""

    def __init__(self, **options: Any) -> None:
        self._folder = tempfile.mkdtemp(prefix="53-") if SOCKETS else None
        if self._folder:
            options |= {"transport": "ipc", "ip": os.path.join(self._folder, "k")}
        super().__init__(**options)

    def cleanup_connection_file(self) -> None:
        super().cleanup_connection_file()  # type: ignore[misc]
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


class Manager(_OwnSockets, KernelManager): ...


class AsyncManager(_OwnSockets, AsyncKernelManager): ...  # for nbclient


def environment() -> dict[str, str]:
    """What a chapter's kernel sees: this copy's helpers, wherever the notebook lies."""
    paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    spare = {"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {}
    return {**os.environ, **spare, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}


def execute(path: Path) -> tuple[NotebookNode, float]:
    """A chapter with the outputs of a fresh run, and the seconds that it took."""
    # nbclient logs what it also raises; once is enough.
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    notebook, start, begun = read(path), time.monotonic(), list[NotebookNode]()
    blank(notebook)
    client: Any = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        kernel_manager_class=AsyncManager,
        resources={"metadata": {"path": str(path.resolve().parent)}},
        on_notebook_start=lambda notebook: _in_slices(client.kc.shell_channel),
        on_cell_execute=lambda cell, cell_index: begun.append(cell),
    )
    for left in reversed(range(STARTS)):
        try:
            client.execute(env=environment())
            break
        except CellExecutionError as error:
            why = f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            why = f"not finished after {TIMEOUT} s"
        except (DeadKernelError, RuntimeError) as error:
            why = f"its kernel died: {error}"
        if begun or not left:
            where = f", {label(notebook, begun[-1])}" if begun else ""
            raise NotebookError(f"{path.name}{where}: {why}")
    return notebook, time.monotonic() - start


def _in_slices(channel: Any) -> None:
    """Ask the channel in short slices, so that a widget's late reply does not stall the run.

    nbclient 0.11 can miss the reply on the shell channel when a cell holds widget output, and
    then waits for the whole timeout (jupyter/nbclient#312).
    """
    get = channel.get_msg

    async def get_msg(timeout: float | None = None) -> Any:
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = SLICE if end is None else max(0.0, min(SLICE, end - time.monotonic()))
            try:
                return await get(timeout=left)
            except Empty:
                if end is not None and time.monotonic() >= end:
                    raise

    channel.get_msg = get_msg

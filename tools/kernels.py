"""Kernels that start beside each other without getting in each other's way."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from queue import Empty
from typing import Any

from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient import NotebookClient

from tools.notebooks import ROOT

# Two kernels that start at the same moment can pick the same port; a socket file of one's own
# can't be picked twice. Windows has none, so there the start is tried again instead.
SOCKETS = sys.platform != "win32"
SLICE = 0.25  # seconds; see Client


class _OwnSockets:
    """A kernel manager that talks through files in a folder of its own."""

    def __init__(self, **options: Any) -> None:
        self._folder = tempfile.mkdtemp(prefix="53-") if SOCKETS else None
        if self._folder:
            options |= {"transport": "ipc", "ip": os.path.join(self._folder, "k")}
        super().__init__(**options)

    def cleanup_connection_file(self) -> None:
        """Removes the folder too."""
        super().cleanup_connection_file()  # type: ignore[misc]
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


class Manager(_OwnSockets, KernelManager):
    """Starts one kernel, for nbval."""


class AsyncManager(_OwnSockets, AsyncKernelManager):
    """Starts one kernel, for nbclient."""


class Client(NotebookClient):
    """Runs a notebook's cells; a widget's late reply does not stall it.

    nbclient 0.11 can miss the reply on the shell channel when a cell holds widget output, and
    then waits for the whole timeout (jupyter/nbclient#312). Asking in short slices finds it.
    """

    async def async_start_new_kernel_client(self) -> Any:
        """A client of the kernel whose shell channel is asked in slices."""
        client = await super().async_start_new_kernel_client()
        channel, get = client.shell_channel, client.shell_channel.get_msg

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
        return client


def environment() -> dict[str, str]:
    """What a chapter's kernel sees: this copy's helpers, wherever the notebook lies."""
    paths = [
        str(ROOT),
        *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)),
    ]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
    }

"""Kernels that start at the same moment do not meet, and leave nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import nbval.kernel
import pytest

from tools.kernels import SOCKETS, AsyncManager, Manager, environment
from tools.notebooks import ROOT

sockets = pytest.mark.skipif(not SOCKETS, reason="this system has no socket files")


@sockets
def test_two_kernels_never_share_a_port() -> None:
    one, other = Manager(), AsyncManager()
    try:
        assert one.transport == other.transport == "ipc"
        assert one.ip != other.ip
        assert len(one.ip) < 90  # the system allows about a hundred letters
    finally:
        one.cleanup_connection_file()
        other.cleanup_connection_file()


@sockets
def test_the_folder_of_sockets_goes_with_the_kernel() -> None:
    manager = Manager()
    folder = Path(manager.ip).parent
    assert folder.is_dir()
    manager.cleanup_connection_file()
    assert not folder.exists()


def test_the_comparison_of_outputs_starts_its_kernels_so_too() -> None:
    assert nbval.kernel.KernelManager is Manager


def test_a_kernel_finds_the_helpers_of_this_copy_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["elsewhere", str(ROOT)]))
    assert environment()["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "elsewhere"]

"""Commands run where there is no network, to show that nothing needs one."""

from __future__ import annotations

import functools
import shutil
import socket
import struct
import subprocess

REASON = "no network namespaces for plain users here (unshare -rn); the chapters ran online"
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP_AND_RUNNING = 0x1 | 0x40


@functools.cache
def possible() -> bool:
    """Whether this system can start a command without a network."""
    if not shutil.which("unshare"):
        return False
    try:
        done = subprocess.run(["unshare", "-rn", "true"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def command(words: list[str]) -> list[str]:
    """The command that runs `words` in a network namespace of its own, with nothing in it.

    Parameters
    ----------
    words : list of str
        Program and arguments; it calls `loopback` itself, since kernels and browsers talk over it.
    """
    return ["unshare", "-rn", *words]


def loopback() -> None:
    """Switches the loopback interface on; inside a new namespace it is off."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        fcntl.ioctl(plug, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP_AND_RUNNING))


def alone() -> bool:
    """Whether no outside address has a route; no packet leaves in asking."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        try:
            plug.connect(("192.0.2.1", 9))  # an address kept for documentation
        except OSError:
            return True
    return False

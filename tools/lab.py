"""`lab`: JupyterLab on this computer alone, silent, open at the first chapter."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "tools" / "lab_settings"
FIRST = "notebooks/00-start-here.ipynb"
HOST = "127.0.0.1"
PORT = 8888
NEXT = 50  # how many ports are tried when none was asked for


class LabError(ValueError):
    """JupyterLab can't be started as asked."""


def main(argv: list[str]) -> int:
    """Run JupyterLab until it is closed, and return 0.

    Parameters
    ----------
    argv : list of str
        `--no-browser` and `--port N`.
    """
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__)
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, metavar="N", help="a port of this computer")
    options = parser.parse_args(argv)
    port = free_port(options.port)
    token = secrets.token_hex(24)
    os.environ.update(surroundings())
    for name in LEFT_OUT:
        os.environ.pop(name, None)

    from jupyterlab.labapp import LabApp

    for name in ("ServerApp", "LabApp"):
        logging.getLogger(name).addFilter(_worth_saying)
    print(f"The workbook is at {address(port, token)} (Ctrl-C here closes it)", flush=True)
    LabApp.launch_instance(flags(port, token, browser=not options.no_browser))
    return 0


def address(port: int, token: str) -> str:
    """Return what a browser opens to see the first chapter.

    Parameters
    ----------
    port : int
        Where JupyterLab listens.
    token : str
        What lets the browser in.
    """
    return f"http://{HOST}:{port}{_start()}?token={token}"


def flags(port: int, token: str, *, browser: bool) -> list[str]:
    """Return JupyterLab's own options: this computer only, this folder, no request to the outside.

    Parameters
    ----------
    port : int
        Where to listen.
    token : str
        What lets a browser in; without it any page that is open could ask.
    browser : bool
        Whether to open one.
    """
    chosen = [
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={ROOT}",
        f"--ServerApp.open_browser={browser}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
        f"--IdentityProvider.token={token}",
        f"--LabApp.default_url={_start()}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.labextensions_path={Path(sys.prefix, 'share', 'jupyter', 'labextensions')}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        # it would call npm, which writes to the reader's home, to look for what no chapter uses
        "--LanguageServerManager.autodetect=False",
        # what chapter 11 shows of a reader's own history is never stored
        "--ContentsManager.pre_save_hook=tools.forget.before_saving",
    ]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return chosen + (["--allow-root"] if root else [])


# A reader's own Jupyter may ask for extensions that are not here, or for an open door.
LEFT_OUT = ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH", "JUPYTER_NO_CONFIG", "JUPYTERLAB_DIR") + (
    *("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_TOKEN"),
)


def surroundings() -> dict[str, str]:
    """Return the environment variables that keep the reader's own Jupyter settings out, and whole.

    The workbook's settings, open tabs and the history of what was typed stay in data/cache/jupyter,
    where `forget` finds them.
    """
    from helpers import facts

    place = facts.data_folder() / "cache" / "jupyter"
    try:
        place.mkdir(parents=True, exist_ok=True)
        writable = os.access(place, os.W_OK)
    except OSError:
        writable = False
    if not writable:  # a folder that can only be read: settings last as long as this run
        place = Path(tempfile.mkdtemp(prefix="fifty-three-"))
    chosen = {
        "JUPYTER_CONFIG_DIR": str(place / "settings"),
        "IPYTHONDIR": str(place / "ipython"),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    from jupyter_core.paths import jupyter_runtime_dir

    try:
        Path(jupyter_runtime_dir()).mkdir(parents=True, exist_ok=True)
    except OSError:  # no home to write to
        chosen["JUPYTER_RUNTIME_DIR"] = str(Path(tempfile.mkdtemp(prefix="fifty-three-")))
    return chosen


def free_port(asked: int | None) -> int:
    """Return the port asked for, or else the first free one from 8888 on.

    Parameters
    ----------
    asked : int, optional
        1 to 65535.

    Raises
    ------
    LabError
        When the port asked for is taken, not allowed or none, or when none of fifty is free.
    """
    if asked is not None and not 1 <= asked <= 65535:
        raise LabError(f"Port {asked} is none: expected a number from 1 to 65535.")
    for port in [asked] if asked is not None else range(PORT, PORT + NEXT):
        reason = _busy(port)
        if reason is None:
            return port
        if asked is not None:
            raise LabError(
                f"Port {port} {reason}: choose another with --port N, or leave --port out and a"
                " free one is taken."
            )
    raise LabError(
        f"The ports {PORT} to {PORT + NEXT - 1} are all in use: close an open JupyterLab, or name"
        " a free port with --port N."
    )


def _busy(port: int) -> str | None:
    """Return why a port can't be used, None when it can."""
    with socket.socket() as plug:
        if os.name == "nt":
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined]
        else:  # a port whose last user has just gone is free
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            plug.bind((HOST, port))
        except OSError as error:
            denied = error.errno == errno.EACCES and port < 1024
            return "is kept for the system" if denied else "is in use"
    return None


def _start() -> str:
    """Return the path of the first chapter, or of JupyterLab alone where there is none."""
    return f"/lab/tree/{FIRST}" if (ROOT / FIRST).is_file() else "/lab"


def _worth_saying(record: logging.LogRecord) -> bool:
    """Return whether a line of the log is news; that it ends, the reader knows."""
    return not record.getMessage().startswith("Shutting down")

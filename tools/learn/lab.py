"""`lab`: JupyterLab on this computer alone, silent, open at the first chapter of my/."""

import argparse
import contextlib
import logging
import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

from helpers import facts
from tools.chapters import ROOT
from tools.learn import own

FIRST = "my/00-start-here.ipynb"
HOST = "127.0.0.1"
POSIX = os.name != "nt"


def main(argv: list[str]) -> int:
    """Run JupyterLab until it is closed, and return 0."""
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__)
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, metavar="N", help="a port of your computer")
    options = parser.parse_args(argv)
    port, token = free_port(options.port), secrets.token_hex(24)
    for line in own.refresh():
        print(line)
    # The path of a socket file has 100 letters at most, and macOS's own temporary folders are deep.
    parent = "/tmp" if os.path.isdir("/tmp") else None
    with tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as private:
        surround(private)

        from jupyterlab.labapp import LabApp

        for name in ("ServerApp", "LabApp"):
            logging.getLogger(name).addFilter(worth_saying)
        address = f"http://{HOST}:{port}/lab/tree/{FIRST}?token={token}"
        print(f"The workbook is at {address} (Ctrl-C here closes it)", flush=True)
        LabApp.launch_instance(flags(port, token, browser=not options.no_browser))
    return 0


def flags(port: int, token: str, *, browser: bool) -> list[str]:
    """JupyterLab's own options: this computer only, this folder, no request to the outside."""
    server = {"ip": HOST, "port": port, "port_retries": 0, "root_dir": ROOT, "answer_yes": True}
    lab = {
        "default_url": f"/lab/tree/{FIRST}",
        "app_settings_dir": ROOT / "tools" / "learn" / "lab_settings",
        "labextensions_path": Path(sys.prefix, "share", "jupyter", "labextensions"),
        "news_url": None,
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "extension_manager": "readonly",
    }
    chosen = [f"--ServerApp.{name}={value}" for name, value in server.items()]
    chosen += [f"--LabApp.{name}={value}" for name, value in lab.items()]
    chosen += [f"--ServerApp.open_browser={browser}", f"--IdentityProvider.token={token}"]
    chosen += ["--ContentsManager.pre_save_hook=tools.learn.own.before_saving"]
    chosen += ["--ServerApp.contents_manager_class=tools.learn.guard.OwnFiles"]
    # it would call npm, which writes to the reader's home, to look for what no chapter uses
    chosen += ["--LanguageServerManager.autodetect=False", "--Application.log_level=ERROR"]
    if POSIX:  # through files that their owner alone can open, and not through ports
        chosen += ["--KernelManager.transport=ipc"]
    return chosen + (["--allow-root"] if POSIX and os.geteuid() == 0 else [])


def surround(private: str) -> None:
    """Keep a person's own Jupyter out and whole; what is typed here stays where `forget` looks."""
    place = facts.data_folder() / "cache" / "jupyter"
    place.mkdir(parents=True, exist_ok=True)
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        del os.environ[name]
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        os.environ[name] = str(place / name.lower())
    os.environ |= {"JUPYTER_RUNTIME_DIR": private, "JUPYTER_PREFER_ENV_PATH": "1"}
    os.environ |= {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # or the debugger warns at each restart


def free_port(asked: int | None) -> int:
    """The port asked for, or else the first free one from 8888 on."""
    for port in range(8888, 8938) if asked is None else [asked]:
        with contextlib.suppress(OSError, OverflowError), socket.socket() as plug:
            if POSIX:  # a port whose last user has just gone is free
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            plug.bind((HOST, port))
            return int(plug.getsockname()[1])
    raise SystemExit(f"Port {asked or '8888 to 8937'} can't be used: give another with --port N.")


def worth_saying(record: logging.LogRecord) -> bool:
    """Whether a line of the log is news; that it ends, the reader knows."""
    return not record.getMessage().startswith(("Shutting down", "received signal"))

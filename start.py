"""Open the workbook: `python3 start.py` (Windows: `py start.py`); `--help` lists what else it does.

Makes the environment .venv on the first start, or when requirements.txt has changed, and hands over
to `tools` inside it. The standard library alone. Every failure ends in one sentence and the mend.
This file keeps to words that Python 2.7 understands too (no annotations, no f-strings), so that an
old Python can still say what is missing.
"""

import sys

CALL = "py start.py" if sys.platform == "win32" else "python3 start.py"
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        "The workbook needs Python 3.11 to 3.14, and this is {0}.{1}: install one of these from"
        " python.org or with your system's packages, and start the workbook with it, for example"
        " {2}".format(
            sys.version_info[0],
            sys.version_info[1],
            "py -3.13 start.py" if sys.platform == "win32" else "python3.13 start.py",
        )
    )

import difflib
import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sysconfig
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BASE = getattr(sys, "_base_executable", None) or sys.executable  # never the one in .venv itself
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")
UV = os.path.join(BIN, "uv.exe" if WINDOWS else "uv")
LOCK, TEST_LOCK = "requirements.txt", "requirements-test.txt"

COMMANDS = {
    "run": "run [02 ...]: execute chapters without a browser; the stored ones stay as they are",
    "ask": "ask FILE: put the question of the 53 to a file of your own (ask --help)",
    "check": "check the environment: OK or FAIL, and the mend",
    "forget": "remove your own files, the caches and the outputs made from them (--dry-run)",
    "test": "run the tests; test --all also the slow ones; pytest's options pass through",
    "tidy": "execute chapters and store their outputs, the same bytes each time",
    "numbers": "print every number that the stored chapters claim, as CSV",
    "readme": "write the tables of the README that are made from the chapters",
    "measure": "make data/measured.csv again, or a part of it",
    "bench": "time what the workbook promises to be fast",
    "lock": "make the locks again from pyproject.toml",
}

# What a failing installer says, and the sentence for it; the first that fits counts.
CAUSES = (
    (
        ("no space left", "os error 28)", "os error 112)", "errno 28", "quota exceeded"),
        "The disk is full: free 2 GB, and start again.",
    ),
    (
        ("read-only file system", "permission denied", "access is denied", "os error 30)"),
        "The folder {root} can't be written to: copy the workbook to a folder of your own, and"
        " start it there.",
    ),
    (
        ("certificate",),
        "The network shows a certificate that Python does not trust, as proxies of companies do:"
        " name its file in the environment variables SSL_CERT_FILE and PIP_CERT, and start again.",
    ),
    (
        ("connection", "name resolution", "timed out", "timeout", "network", "proxy", "dns error")
        + ("failed to fetch", "error sending request", "no matching distribution", "getaddrinfo"),
        "The packages can't be fetched: connect this computer to the network and start again"
        " (only the first start needs it).",
    ),
)


class Stop(Exception):
    """A failure that a sentence explains."""


def say(text):
    """Write a part of the progress line at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def explain(output):
    """Return the sentence for what a failed installer wrote."""
    for words, sentence in CAUSES:
        if any(word in output.lower() for word in words):
            return sentence.format(root=ROOT)
    if shutil.disk_usage(ROOT).free < 50e6:  # not every installer says why it could not write
        return explain("no space left")
    last = ([line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"])[
        -1
    ]
    return "The environment can't be made ({0}): mend that, and start again.".format(last[:300])


def explain_error(error):
    """Return the sentence for what the system refused."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return explain("no space left")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        inside = str(error.filename or "").startswith(VENV + os.sep)
        if WINDOWS and inside:
            return "{0} is in use: close JupyterLab, and start again.".format(error.filename)
        return explain("read-only file system")
    return "{0}: {1}. Mend that, and start again.".format(error.filename, error.strerror or error)


def run(command):
    """Return the exit code and the output of a command; a dot every five seconds shows life."""
    environment = dict(os.environ, PIP_USER="0", PYTHONIOENCODING="utf-8")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=environment
    )
    while True:
        try:
            output = process.communicate(timeout=5)[0]
            return process.returncode, output.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            say(".")


def pip(*arguments):
    """Return the command that has pip work on .venv, with its own pip or that of `BASE`."""
    own = importlib.util.find_spec("ensurepip.__main__") is not None
    start = [PYTHON, "-m", "pip"] if own else [BASE, "-m", "pip", "--python", PYTHON]
    quiet = ["--disable-pip-version-check", "--no-input", "--quiet", "--retries", "2"]
    return start + [arguments[0]] + quiet + list(arguments[1:])


def read(*parts):
    """Return the text of a file in the workbook, "" where there is none."""
    try:
        with open(os.path.join(ROOT, *parts), encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return ""
        raise


def write(text, *parts):
    """Write a text file below .venv."""
    with open(os.path.join(VENV, *parts), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def stamp(lock):
    """Return what says that a lock was wholly installed: its hash, and the Python it was for."""
    return hashlib.sha256(read(lock).encode()).hexdigest() + " " + sys.implementation.cache_tag


def installed(lock):
    """Return whether .venv holds what the lock says."""
    return read(".venv", lock + ".stamp") == stamp(lock)


def usable():
    """Return whether .venv is whole, and the Python that made it is this one and still here."""
    home = [line.partition("=") for line in read(".venv", "pyvenv.cfg").splitlines()]
    home = [value.strip() for name, _, value in home if name.strip() == "home"]
    made = read(".venv", LOCK + ".stamp").endswith(" " + sys.implementation.cache_tag)
    return made and os.path.exists(PYTHON) and bool(home) and os.path.isdir(home[0])


def need_venv():
    """Stop where this Python can make no environment."""
    modules = [importlib.util.find_spec(name) for name in ("venv", "pip")]
    if modules[0] and (importlib.util.find_spec("ensurepip.__main__") or modules[1]):
        return
    version = "{0}.{1}".format(*sys.version_info[:2])
    mend = "install your system's package of venv for Python {0}".format(version)
    if os.path.exists("/etc/debian_version"):
        mend = "type  sudo apt install python{0}-venv".format(version)
    raise Stop("This Python has no venv module that works: {0}, and start again.".format(mend))


def make():
    """Make .venv with uv in it, in place of what is there."""
    need_venv()
    if os.path.islink(VENV) or os.path.isfile(VENV):
        os.remove(VENV)
    elif os.path.exists(VENV):
        shutil.rmtree(VENV)
    os.mkdir(VENV)
    own = importlib.util.find_spec("ensurepip.__main__") is not None
    code, output = run([BASE, "-m", "venv"] + ([] if own else ["--without-pip"]) + [VENV])
    if code:
        raise Stop(explain(output))
    # A relative path, so that the folder may move and may be called anything.
    base = {"base": VENV, "platbase": VENV}
    packages = sysconfig.get_path("purelib", "venv", vars=base)
    write(os.path.relpath(ROOT, packages) + "\n", packages, "fifty_three_viewers.pth")
    say(" uv")
    run(pip("install", "uv"))  # where it can't be had, pip does its work, or says why not


def install(lock):
    """Install what a lock names into .venv, and set its stamp last."""
    wanted = [line for line in read(lock).splitlines() if line and line[0] not in "#-"]
    say(" packages" if lock == LOCK else " test packages")
    file = os.path.join(VENV, lock)
    write("\n".join(wanted) + "\n", file)
    code, output = 1, ""
    if os.path.exists(UV):
        code, output = run([UV, "pip", "install", "--quiet", "--python", PYTHON, "-r", file])
    if code and "no space left" not in output.lower():
        code, output = run(pip("install", "-r", file))
    if code:
        raise Stop(explain(output))
    write(stamp(lock), lock + ".stamp")


def prepare(locks):
    """Make .venv and install the locks, where that is not done yet."""
    if usable() and all(installed(lock) for lock in locks):
        return
    began = time.monotonic()
    try:
        say("Preparing (this time only):")
        if not usable():
            say(" Python")
            make()
        for lock in locks:
            if not installed(lock):
                install(lock)
    except BaseException:
        say("\n")
        raise
    say(", done in {0:.0f} s.\n".format(time.monotonic() - began))


def hand_over(arguments):
    """Let `tools` go on in .venv, in the folder that the reader is in."""
    # -P and no PYTHONPATH: a folder `tools` or `helpers` somewhere else must not be taken for ours.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONHOME", "PYTHONPATH")
    }
    command = [PYTHON, "-P", "-m", "tools"] + arguments
    if not WINDOWS:
        os.execve(PYTHON, command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it went to both; the other one closes what is open
            pass


def usage():
    """Return what the commands are, in a screen."""
    lines = [
        "{0}: opens the workbook in JupyterLab, in your browser.".format(CALL),
        "",
        "  --no-browser   only print the address",
        "  --port N       use this port of your own computer",
        "",
        "{0} COMMAND:".format(CALL),
        "",
    ]
    lines += ["  {0:9}{1}".format(name, text) for name, text in COMMANDS.items()]
    lines += [
        "",
        "{0} COMMAND --help explains a command. Nothing leaves your computer; the".format(CALL),
        "network is used to fetch packages on the first start, and when their list changes.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments):
    """Do what the command line asks for, and return the exit code."""
    first = arguments[0] if arguments else "--open"
    if first in ("-h", "--help", "help"):
        say(usage())
        return 0
    if first not in COMMANDS and not first.startswith("-"):
        near = difflib.get_close_matches(first, COMMANDS, 1)
        meant = " Did you mean {0}?".format(near[0]) if near else ""
        raise Stop("There is no command {0}.{1} {2} --help lists them.".format(first, meant, CALL))
    prepare([LOCK, TEST_LOCK] if first in ("test", "lock") else [LOCK])
    return hand_over(arguments if first in COMMANDS else ["lab"] + arguments)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a path that the terminal can't show
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except Stop as stop:
        sys.exit(str(stop))
    except OSError as error:
        sys.exit(explain_error(error))

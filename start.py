"""Open the workbook: `python3 start.py` (Windows: `py start.py`); `--help` lists what else it does.

Makes .venv on the first start, or when requirements.txt has changed, and hands over to `tools` in
it. The standard library alone. Every failure is a sentence: what is wrong, and how to fix it.
"""

import sys

WINDOWS = sys.platform == "win32"
CALL = "py start.py" if WINDOWS else "python3 start.py"
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        "The workbook needs Python 3.11 to 3.14, and this is {0}.{1}: install one of them,"
        " and start the workbook with it, for example  {2}3.13 start.py".format(
            sys.version_info[0], sys.version_info[1], "py -" if WINDOWS else "python"
        )
    )

import functools
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BASE = getattr(sys, "_base_executable", None) or sys.executable  # never the one in .venv itself
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
UV = PYTHON.with_stem("uv")
say = functools.partial(print, end="", flush=True)
SITE = Path(sysconfig.get_path("purelib", "venv", vars={"base": VENV, "platbase": VENV}))
ENSUREPIP = importlib.util.find_spec("ensurepip.__main__")  # Debian has it in a package of its own
TAG = sys.implementation.cache_tag
WHEELS = ROOT / "wheels"  # of a folder that `pack` made, for laptops without a network
LOCK, TEST_LOCK = "requirements.txt", "requirements-test.txt"

USAGE = f"""{CALL}: opens the workbook in JupyterLab, in your browser.

  --no-browser   only print the address
  --port N       use this port of your own computer

{CALL} COMMAND:

  run [02 ...]    execute chapters without a browser; the stored ones stay as they are
  reset 02 ...    a fresh copy of a chapter in my/; your old one moves to my/before/
  ask FILE        put the question of the 53 to a file of your own
  me FILE         how few of your own titles find you, in a minute
  check           check your installation: OK or FAIL, and how to fix it
  with spark      add Apache Spark (0.5 GB) for chapter 12, and look for a Java
  pack            a folder with all packages, for laptops without a network
  room NAMES      for a teacher: the codes that right answers give
  review          play the review of chapter 13: publish, attack or score a release
  forget          remove your own files, my/, the caches and the outputs made from them
  test            run the tests; --all also the slow ones; pytest's options pass through
  tidy            execute chapters and store their outputs, the same bytes each time
  numbers         print every number that the stored chapters claim, as CSV
  claims          write the ledger of the numbers that the text states
  readme          write the tables of the README that are made from the chapters
  measure         make data/measured.csv again, or a part of it
  bench           time what the workbook promises to be fast
  book            build the web book from the stored chapters; --pdf also as one file
  lock            make the locks again from pyproject.toml

{CALL} COMMAND --help explains a command. Nothing leaves your computer; the
network is used to fetch packages on the first start, and when their list changes.
"""
COMMANDS = re.findall(r"^  (\w+) ", USAGE, re.M)

# What a failing installer says, and the sentence for it; the first that fits counts.
CAUSES = {
    r"by another process|denied.*venv.scripts": "Close JupyterLab, and start again.",
    r"no space left|os error (28|112)\)|quota exceeded": "The disk is full: free 2 GB.",
    r"read-only file system|permission denied|access is denied|not permitted|os error 30\)": (
        "The folder {root} can't be written to: copy the workbook to a folder of your own."
    ),
    r"configuration file|during configuration|is not a valid value for": (
        "pip can't read its settings ({reason}): correct or rename that file, and start again."
    ),
    r"certificate": (
        "Python does not trust the network's certificate: name its file in the environment"
        " variables SSL_CERT_FILE and PIP_CERT, and start again."
    ),
    r"connection|name resolution|timed out|timeout|network|proxy|dns error|failed to fetch|"
    r"error sending request|no matching distribution|getaddrinfo": (
        "The packages can't be fetched: connect to the network (only the first start needs it)."
    ),
}
ELSEWHERE = (
    "The packages went to another folder than .venv: look with  python3 -m pip config list  for the"
    " setting (target, prefix or root) that sends them there, remove it, and start again."
)
# A person's index, proxy and certificate hold here, too. Where to install is not theirs to say:
# an empty value in the environment's own file undoes what pip.conf says.
EMPTY = "target =\nprefix =\nroot =\nuser =\nrequire-virtualenv =\n"
OTHER = re.compile(r"PYTHON.*|PIP_(TARGET|PREFIX|ROOT|USER|REQUIRE_VIRTUALENV)|UV_WORKING_DIR")


def explain(output):
    """Return the sentence for what a failed installer wrote."""
    lacks = re.search(r"Because (\S+) was not found|distribution found for (\S+)", output)
    if lacks and WHEELS.is_dir():
        return (
            f"The folder wheels/ has no {lacks[1] or lacks[2]} for Python"
            f" {sys.version_info[0]}.{sys.version_info[1]} here: start with the Python and on the"
            " system that the pack is for, copy it once more, or delete wheels/ and use a network."
        )
    file = re.search(r"file: '(.+)', line|characters in (.+)\.$", output, re.M)
    reason = file[1] or file[2] if file else output.strip().rpartition("\n")[2][:300]
    for words, sentence in CAUSES.items():
        if re.search(words, output, re.I):
            return sentence.format(root=ROOT, reason=reason)
    if shutil.disk_usage(ROOT).free < 50e6:  # not every installer says why it could not write
        return explain("no space left")
    return f"The environment .venv can't be made ({reason}): correct that, and start again."


def run(*command):
    """Return the exit code and the output of a command that no setting of a person misleads."""
    kept = {k: v for k, v in os.environ.items() if not OTHER.fullmatch(k)}
    if WHEELS.is_dir():
        kept |= dict.fromkeys(["PIP_NO_INDEX", "UV_NO_INDEX"], "1")
        kept |= dict.fromkeys(["PIP_FIND_LINKS", "UV_FIND_LINKS"], WHEELS.as_uri())
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=kept)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def pip(*arguments):
    """Install into .venv with its own pip, or with that of `BASE`; return as `run` does."""
    start = [PYTHON, "-Im", "pip"] if ENSUREPIP else [BASE, "-Im", "pip", "--python", PYTHON]
    quiet = ["--disable-pip-version-check", "--no-input", "--quiet", "--retries", "2"]
    return run(*start, "install", *quiet, "--target=", *arguments)


def uv(*arguments):
    """Install into .venv with uv; return as `run` does."""
    return run(UV, "pip", "install", "--quiet", "--python", PYTHON, *arguments)


def read(path):
    """Return the text of a file, "" where there is none."""
    return path.read_text("utf-8") if path.is_file() else ""


def stamp(lock):
    """Return what says that a lock was wholly installed: its hash, and the Python it was for."""
    return f"{hashlib.sha256(read(ROOT / lock).encode()).hexdigest()} {TAG}"


def installed(lock):
    """Return whether .venv holds what the lock says."""
    return read(VENV / f"{lock}.stamp") == stamp(lock)


def usable():
    """Return whether .venv is whole, and the Python that made it is this one and still here."""
    home = re.search(r"^home *= *(.+?) *$", read(VENV / "pyvenv.cfg"), re.M)
    made = read(VENV / f"{LOCK}.stamp").endswith(TAG)
    return made and PYTHON.exists() and bool(home) and os.path.isdir(home[1])


def make():
    """Make .venv with uv in it, in place of what is there."""
    if not importlib.util.find_spec("venv") or not (ENSUREPIP or importlib.util.find_spec("pip")):
        raise SystemExit(
            "This Python has no venv module that works: install your system's package of it"
            f" (Debian: sudo apt install python3.{sys.version_info[1]}-venv), and start again."
        )
    if VENV.is_dir() and not VENV.is_symlink():
        shutil.rmtree(VENV)
    else:
        VENV.unlink(missing_ok=True)
    code, output = run(BASE, "-Im", "venv", *([] if ENSUREPIP else ["--without-pip"]), VENV)
    if code:
        raise SystemExit(explain(output))
    # A relative path, so that the folder may move and may be called anything.
    (SITE / "fifty_three_viewers.pth").write_text(os.path.relpath(ROOT, SITE) + "\n", "utf-8")
    settings = VENV / ("pip.ini" if WINDOWS else "pip.conf")
    settings.write_text(f"[global]\n{EMPTY}[install]\n{EMPTY}", "utf-8")
    say(" uv")
    pip("uv")  # where it can't be had, pip does its work, or says why not


def install(lock):
    """Install what a lock names into .venv, and set its stamp last."""
    wanted = [line for line in read(ROOT / lock).splitlines() if line and line[0] not in "#-"]
    first = wanted[0].split()[0].replace("-", "_").replace("==", "-")
    say(" packages" if lock == LOCK else " test packages")
    (VENV / lock).write_text("\n".join(wanted) + "\n", "utf-8")
    for attempt in [uv] * UV.exists() + [pip]:
        code, output = attempt("-r", VENV / lock)
        if not code and (SITE / f"{first}.dist-info").exists():
            break
    else:
        raise SystemExit(explain(output) if code else ELSEWHERE)
    (VENV / f"{lock}.stamp").write_text(stamp(lock), "utf-8")


def add(package):
    """Put the newest version of a package into .venv that no lock names."""
    say(f"Adding {package}, which may take some minutes.\n")
    code, output = uv("--upgrade", package) if UV.exists() else pip("--upgrade", package)
    if code:
        raise SystemExit(explain(output))


def prepare(locks):
    """Make .venv and install the locks, where that is not done yet."""
    if usable() and all(installed(lock) for lock in locks):
        return
    began = time.monotonic()
    say("Preparing (this time only):")
    try:
        if not usable():
            say(" Python")
            make()
        for lock in locks:
            if not installed(lock):
                install(lock)
    finally:
        say(f", {time.monotonic() - began:.0f} s.\n")


def hand_over(arguments):
    """Let `tools` go on in .venv, in the folder that the reader is in."""
    # -P and no PYTHONPATH: a folder `tools` or `helpers` somewhere else must not be taken for ours.
    # What Python compiles is kept in .venv: without it each kernel starts two seconds later. And a
    # warning of a package is no error of ours, whatever a person has set for her own programs.
    ours = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONWARNINGS")
    kept = {k: v for k, v in os.environ.items() if k not in ours}
    command = [str(PYTHON), "-P", "-m", "tools", *arguments]
    if not WINDOWS:
        os.execve(PYTHON, command, kept)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one closes what is open
    return subprocess.run(command, env=kept).returncode


def main(arguments):
    """Do what the command line asks for, and return the exit code."""
    first = arguments[0] if arguments else "--open"
    if first in ("-h", "--help", "help"):
        say(USAGE)
        return 0
    if first not in COMMANDS and not first.startswith("-"):
        raise SystemExit(f"There is no command {first}: {CALL} --help lists them.")
    prepare([LOCK, TEST_LOCK] if first in ("test", "lock") else [LOCK])
    if arguments == ["with", "spark"]:
        add("pyspark")
    return hand_over(arguments if first in COMMANDS else ["lab", *arguments])


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a path that the terminal can't show
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(explain(str(error)))

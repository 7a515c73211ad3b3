"""`pack`: one folder with the workbook and its packages, for laptops without a network.

On such a laptop the same command opens it: start.py sees the folder `wheels/` and installs from
there. A pack is for one system and one Python (3.13 unless said). macOS means Apple's processors.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.chapters import ROOT
from tools.publish import book

# The platforms whose wheels a system takes, the oldest first: their wheels run on most laptops.
PLATFORMS = {
    "linux": ["manylinux1_x86_64", "manylinux2010_x86_64", "manylinux2014_x86_64"]
    + [f"manylinux_2_{n}_x86_64" for n in (5, 12, 17, 24, 27, 28)],
    "windows": ["win_amd64"],
    "macos": [f"macosx_10_{n}_universal2" for n in (9, 12, 13, 15)]
    + [f"macosx_{n}_0_{kind}" for n in (11, 12, 13, 14) for kind in ("arm64", "universal2")],
}
# What is the workbook's, where no git says it; and what a laptop has no use for.
KEPT = (
    *("*.md", "*.py", "*.toml", "requirements*.txt", "LICENSE*", "CITATION.cff", ".gitignore"),
    *("notebooks/[0-9]*.ipynb", "notebooks/*.md", "notebooks/*.bib", "notebooks/images/*"),
    *("data/README.md", "data/cells.csv", "data/deployments.csv", "data/frontier.csv"),
    *("data/measured.csv", "data/prize.csv", "data/published.csv", "exercises/*.py"),
    *("helpers/**/*.py", "tools/**/*.py", "tools/**/*.json", "studies/*.py", "tests/**/*.py"),
    *("tests/*.c*", "tests/*.txt", "tests/samples/*.sql", "book/*.*"),
)
UNUSED = (".github/", ".ci/", ".devcontainer/", ".binder/")
HERE = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


class PackError(ValueError):
    """A pack that can't be made, and why."""


def main(argv: list[str]) -> int:
    """Make the folder; print where it is, and how large."""
    parser = argparse.ArgumentParser(prog="start.py pack", description=__doc__)
    which = f"of the laptops ({HERE})"
    parser.add_argument("--system", choices=PLATFORMS, default=HERE, help=which)
    parser.add_argument("--python", default="3.13", metavar="3.N", help="of the laptops (3.13)")
    parser.add_argument("--to", type=Path, default=Path("dist"), help="the folder for it (dist/)")
    options = parser.parse_args(argv)
    folder = options.to / f"fifty-three-viewers-{options.system}-python{options.python}"
    if folder.exists():
        raise PackError(f"{folder} is there already: remove it, or name another folder with --to")
    book.main([])
    others = copy(folder)
    if others:
        shown = ", ".join(others[:5]) + ", ..." * (len(others) > 5)
        print(f"Left here, as no part of the workbook: {shown}")
    text, lines = (ROOT / "requirements.txt").read_text("utf-8"), set[str]()
    for python in (f"{options.python}.0", f"{options.python}.99"):  # a lock can tell them apart
        new = set(flat(text, options.system, python)) - lines
        download([*new, "uv"], folder / "wheels", options.system, python)
        lines |= new
    missing = lacking(lines, folder / "wheels")
    if missing:
        raise PackError(f"there is no wheel for {options.system} of {', '.join(missing)}")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{folder}: {len(lines)} packages, {size / 1e6:.0f} MB")
    return 0


def copy(folder: Path) -> list[str]:
    """Put the workbook and its book into a new folder; what lies about stays, and is named."""
    tracked, others = listed()
    names = [name for name in tracked if not name.startswith(UNUSED)]
    names += [path.relative_to(ROOT).as_posix() for path in (ROOT / "book/site").rglob("*")]
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return others


def listed() -> tuple[list[str], list[str]]:
    """The files of the workbook, as git tracks them or KEPT lists them; and others beside them."""

    def git(*words: str) -> list[str]:
        command = ["git", "-c", "core.quotepath=off", *words]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return done.stdout.decode().strip("\0\n").split("\0")

    try:
        if Path(git("rev-parse", "--show-toplevel")[0]).samefile(ROOT):
            others = git("ls-files", "-z", "--others", "--exclude-standard")
            return git("ls-files", "-z"), [name for name in others if name]
    except (OSError, subprocess.CalledProcessError):
        pass
    files = {path for pattern in KEPT for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT).as_posix() for path in files), []


def flat(lock: str, system: str, python: str) -> list[str]:
    """The lines of a lock that hold for a system and a Python, without their conditions."""
    lines = "\n".join(line for line in lock.splitlines() if line and line[0] not in "#-")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-deps", "--no-header"]
    command += ["--only-binary=:all:", "--no-annotate", "--python-platform", system]
    command += ["--python-version", python, "-"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    if done.returncode:
        raise PackError(done.stderr.strip())
    return done.stdout.split()


def download(lines: Iterable[str], folder: Path, system: str, python: str) -> None:
    """The wheels of the lines, as that system and that Python take them."""
    tags = ["cp" + "".join(python.split(".")[:2]), "abi3", "none"]
    fits = [f"--platform={name}" for name in PLATFORMS[system]] + [f"--abi={tag}" for tag in tags]
    with tempfile.TemporaryDirectory() as space:
        wanted = Path(space, "lock.txt")
        wanted.write_text("\n".join(lines), "utf-8")
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        words += ["--only-binary=:all:", "--python-version", python, *fits]
        command = [*words, "--dest", str(folder), "-r", str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = re.findall(r"^ERROR: (.+)", done.stderr, re.M)
        raise PackError(reason[0] if reason else done.stderr.strip())


def lacking(lines: Iterable[str], folder: Path) -> list[str]:
    """The lines of a flat lock that no wheel in the folder answers."""
    wheels = (parse_wheel_filename(file.name) for file in folder.glob("*.whl"))
    there = {(name, str(version)) for name, version, *_ in wheels}
    wanted = {line: line.split("==") for line in lines}
    return [
        line for line, (name, at) in wanted.items() if (canonicalize_name(name), at) not in there
    ]

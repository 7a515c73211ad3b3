"""What all tests share, and how the chapters are tested.

A chapter is executed once, by nbval, in a kernel without a network. With `--all`, or when the
chapter is named on the command line, `tools.keep.drill` tries the answers of each exercise in the
same kernel, right after its cell was compared, and puts the chapter's names back as they were.
"""

import ast
import functools
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tools import kernel  # before nbval, for what tools/__init__.py leaves out
from tools.chapters import ROOT, exercises

pytest_plugins = ["nbval.plugin"]
SHARED = Path(os.environ.get("FIFTY_THREE_SHARED", ROOT.parent / "shared" / "data"))
SAME_SYSTEM = sys.platform == "linux" and platform.machine() == "x86_64"
ALONE = ["unshare", "-rn"]  # starts a command where there is no network
SECONDS = 30  # of the processor for a chapter, which by itself takes under 20 by the clock
# Whether this is more than requirements.txt, with which chapters alone are compared.
EQUIPPED = importlib.util.find_spec("hypothesis") is not None
DRILL = "__import__('tools.keep.drill', fromlist=['*'])"

# Kernels find this copy's helpers wherever the environment was made.
os.environ |= kernel.environment()


@functools.cache
def no_network() -> list[str]:
    """How a command starts without a network; nothing where a plain user can't do so."""
    if not kernel.SOCKETS or not shutil.which(ALONE[0]):
        return []
    done = subprocess.run([*ALONE, "true"], capture_output=True, timeout=20)
    return [] if done.returncode else ALONE


class Manager(kernel.Manager):
    """Starts nbval's kernel without a network: it talks through files, which need none."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        return [*no_network(), *super().format_kernel_cmd(extra_arguments)]


class Chapters:
    """What is asked in a chapter's kernel beside its cells."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Any) -> Generator[None, Any, Any]:
        if not hasattr(item, "cell_num"):
            return (yield)
        chapter = item.parent
        if not item.cell_num:
            chapter.drilled, chapter.answers = 0.0, 0
            asked(chapter, f"{DRILL}.offline()")
        result = yield
        for index, id, kind in exercises(chapter.nb) if answers_tried(item) else ():
            if chapter.nb.cells[index + 1] is item.cell:
                call = f"{DRILL}.drill({id!r}, {kind!r}, {item.cell.source!r}, globals())"
                lines, seconds, tried = asked(chapter, call)
                chapter.drilled += seconds
                chapter.answers += tried
                if lines:
                    item.raise_cell_error("\n  ".join([f"Exercise {id}:", *lines]))
        if item.cell is [cell for cell in chapter.nb.cells if cell.cell_type == "code"][-1]:
            seconds = asked(chapter, "__import__('time').process_time()") - chapter.drilled
            line = f"{item.path.stem:<32}{seconds:5.1f} s of the processor"
            answers = f", {chapter.answers} answers tried" if answers_tried(item) else ""
            item.user_properties.append(("say", line + answers))
            if seconds > SECONDS:
                item.raise_cell_error(f"{seconds:.0f} s of the processor; at most {SECONDS}")
        return result


def answers_tried(item: Any) -> bool:
    """Whether the answers of a chapter are tried: in a run of everything, or of this chapter."""
    named = {Path(word.partition("::")[0]).name for word in item.config.args}
    return bool(item.config.getoption("--all")) or item.path.name in named


def asked(chapter: Any, expression: str) -> Any:
    """The plain value of an expression in the chapter's kernel; none of it is kept there."""
    reply = chapter.kernel.kc.execute_interactive(
        "", store_history=False, allow_stdin=False, timeout=kernel.TIMEOUT,
        user_expressions={"it": expression}, output_hook=lambda message: None,
    )  # fmt: skip
    it = reply["content"]["user_expressions"]["it"]
    assert it["status"] == "ok", f"{it['ename']}: {it['evalue']}"
    return ast.literal_eval(it["data"]["text/plain"])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also the slow tests")


def pytest_configure(config: pytest.Config) -> None:
    """Outputs are compared in every run; a home that can't be written to does not disturb them."""
    homes = {"MPLCONFIGDIR": ".config", "XDG_CACHE_HOME": ".cache", "IPYTHONDIR": ""}
    for name, folder in homes.items():
        place = Path.home() / folder
        there = next(path for path in (place, *place.parents) if path.exists())
        if not os.access(there, os.W_OK):
            os.environ.setdefault(name, tempfile.mkdtemp(prefix="53-home-"))
    if EQUIPPED:  # properties are tried on few examples in each run, and on many with `--all`
        from hypothesis import settings

        examples = 100 if config.option.all else 25
        settings.register_profile("53", deadline=None, max_examples=examples)
        settings.load_profile("53")
    config.option.nbval = config.option.nbval_current_env = True
    if config.option.nbval_sanitize_with is None:
        # Font libraries draw differently from system to system: there the description and the
        # numbers of a picture are compared, and its bytes are not.
        name = f"sanitize-{'same' if SAME_SYSTEM else 'other'}-system.cfg"
        config.option.nbval_sanitize_with = str(ROOT / "tests" / name)
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
    import nbval.kernel

    nbval.kernel.KernelManager = Manager
    config.pluginmanager.register(Chapters())


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without the test packages only the chapters are collected; the summary says so."""
    return True if not EQUIPPED and collection_path == ROOT / "tests" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests wait for `--all`; chapters come first, since they take longest."""
    if not config.getoption("--all"):
        skip = pytest.mark.skip(reason="slow: python3 start.py test --all")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)
    items.sort(key=lambda item: item.path.suffix != ".ipynb")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was skipped and why, and how long each chapter took."""
    stats = terminalreporter.stats
    reasons = Counter(str(report.longrepr[2]) for report in stats.get("skipped", []))
    reports = [report for reports in stats.values() for report in reports]
    times = {text for report in reports for _, text in getattr(report, "user_properties", ())}
    lines = [f"{count:>5}  {reason.removeprefix('Skipped: ')}" for reason, count in reasons.items()]
    if times and not no_network():
        lines.append("   NOT ALONE: no plain user can leave the network here (unshare -rn)")
    if not EQUIPPED:
        lines.append("   CHAPTERS ALONE: the other tests need  python3 start.py test")
    for line in [*sorted(lines), *sorted(times)]:
        terminalreporter.line(line)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that is no part of the workbook."""
    if not SHARED.is_dir():
        pytest.skip(f"NO REAL DATA: {SHARED} is not there (FIFTY_THREE_SHARED names it)")
    return SHARED

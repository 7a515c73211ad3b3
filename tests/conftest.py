"""What all tests share: slow ones on request, real data where it is, and a loud word on skips."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FIFTY_THREE_SHARED", ROOT.parent / "shared" / "data"))
CHAPTER = re.compile(r"(?:notebooks/|\[)(\d\d[a-z]?-[\w-]+)")

collect_ignore_glob = ["samples/*"]
# Kernels find this copy's helpers wherever the environment was made.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, dict.fromkeys([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]))
)
sys.path[:0] = [
    each for each in (str(ROOT), str(ROOT / "tests" / "samples")) if each not in sys.path
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all`."""
    parser.addoption("--all", action="store_true", help="also the slow tests")


def pytest_configure(config: pytest.Config) -> None:
    """Outputs are compared in every run; a home that can't be written to does not disturb them."""
    _writable_homes()
    config.option.nbval = True
    config.option.nbval_current_env = True
    if config.option.nbval_sanitize_with is None:
        # Font libraries draw differently from system to system: there the description and the
        # numbers of a picture are compared, and its bytes are not.
        same = sys.platform == "linux" and platform.machine() == "x86_64"
        here = "same" if same else "other"
        config.option.nbval_sanitize_with = str(ROOT / "tests" / f"sanitize-{here}-system.cfg")
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
    import nbval.kernel

    from tools.kernels import Manager

    nbval.kernel.KernelManager = Manager


def _writable_homes() -> None:
    """Matplotlib and IPython write beside HOME; a warning of theirs would be an output."""
    for name, folder in (
        ("MPLCONFIGDIR", ".config"),
        ("IPYTHONDIR", "."),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        place = Path.home() / folder
        there = next(each for each in (place, *place.parents) if each.exists())
        if name not in os.environ and not os.access(there, os.W_OK):
            os.environ[name] = tempfile.mkdtemp(prefix="53-home-")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests wait for `--all`; chapters come first, since they take longest."""
    if not config.getoption("--all"):
        skip = pytest.mark.skip(reason="slow: python3 start.py test --all")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)
    items.sort(key=lambda item: CHAPTER.search(item.nodeid) is None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """All that concerns one chapter runs in one process, and each file of tests in one."""
    from xdist.scheduler import LoadScopeScheduling

    class ByChapter(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            chapter = CHAPTER.search(nodeid)
            file = nodeid.split("::", 1)[0]
            return f"{chapter[1]} {Path(file).suffix}" if chapter else file

    return ByChapter(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was skipped and why, and how long each chapter took."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("skipped", sep="-")
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{count:>5}  {reason}", yellow=True)
    told = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "say"
    ]
    if told:
        terminalreporter.section("chapters", sep="-")
        for line in sorted(told):
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that is no part of the workbook."""
    if not SHARED.is_dir():
        pytest.skip(f"NO REAL DATA: {SHARED} is not there (FIFTY_THREE_SHARED names it)")
    return SHARED

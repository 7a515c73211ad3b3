"""The locks: what pyproject.toml asks for, in one version each, and from no particular host."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

ROOT = Path(__file__).resolve().parents[1]
BASE, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PLACES = [
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.9",
        "sys_platform": platform,
        "os_name": "nt" if platform == "win32" else "posix",
        "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(platform, "Linux"),
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for minor in (11, 12, 13, 14)
    for platform in ("linux", "darwin", "win32")
]


def _lines(*paths: Path) -> list[Requirement]:
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def _pins(place: dict[str, str], *paths: Path) -> dict[str, list[str]]:
    """Versions by name, where the lock applies."""
    pins: dict[str, list[str]] = {}
    for each in _lines(*paths):
        if each.marker is None or each.marker.evaluate(dict(place)):
            version = str(each.specifier).removeprefix("==")
            pins.setdefault(canonicalize_name(each.name), []).append(version)
    return pins


def _unmet(wanted: list[Requirement], place: dict[str, Any], pins: dict[str, list[str]]) -> list:
    asked = [each for each in wanted if each.marker is None or each.marker.evaluate(place)]
    return [
        str(each)
        for each in asked
        if not any(
            each.specifier.contains(v, True) for v in pins.get(canonicalize_name(each.name), [])
        )
    ]


@pytest.mark.parametrize(
    "place", PLACES, ids=lambda p: f"{p['python_version']} {p['sys_platform']}"
)
def test_the_locks_hold_what_pyproject_asks_for(place: dict[str, str]) -> None:
    direct = [Requirement(each) for each in PROJECT["dependencies"]]
    extra = [Requirement(each) for each in PROJECT["optional-dependencies"]["test"]]
    assert _unmet(direct, dict(place), _pins(place, BASE)) == []
    assert _unmet(extra, dict(place), _pins(place, BASE, TEST)) == []


@pytest.mark.parametrize(
    "place", PLACES, ids=lambda p: f"{p['python_version']} {p['sys_platform']}"
)
def test_a_place_gets_one_version_of_each_package(place: dict[str, str]) -> None:
    pins = _pins(place, BASE, TEST)
    assert {name: found for name, found in pins.items() if len(set(found)) > 1} == {}


def test_what_the_packages_need_themselves_is_locked_too() -> None:
    """As installed here: for this computer only, since others can't be asked without a network."""
    pins = _pins({}, BASE, TEST)
    unmet = []
    for name in pins:
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        unmet += _unmet([Requirement(each) for each in needs], {"extra": ""}, pins)
    assert unmet == []


def test_numpy_pandas_and_matplotlib_are_the_same_everywhere() -> None:
    for name in ("numpy", "pandas", "matplotlib"):
        (line,) = [each for each in _lines(BASE) if each.name == name]
        assert line.marker is None


def test_every_line_names_one_version() -> None:
    for each in _lines(BASE, TEST):
        assert re.fullmatch(r"==[\w.+!]+", str(each.specifier)), str(each)


def test_no_host_and_no_path_is_in_a_lock() -> None:
    line = re.compile(r"#.*|-e \.|[a-z0-9-]+==[\w.+!]+( ; [a-z_<>=!'()0-9. -]+)?", re.I)
    for path in (BASE, TEST):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert [each for each in text.splitlines() if not line.fullmatch(each)] == []


def test_the_lock_ends_in_the_workbook_itself_and_says_how_it_is_made() -> None:
    lines = BASE.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "-e ."
    assert [line for line in lines if line.startswith("-")] == ["-e ."]
    assert "python3 start.py lock" in " ".join(lines[:3])
    assert f"--exclude-newer {lock.UNTIL}" in " ".join(lines[:3])


def test_the_tests_lock_repeats_nothing() -> None:
    assert {str(each) for each in _lines(TEST)} & {str(each) for each in _lines(BASE)} == set()


def test_every_dependency_says_which_chapter_needs_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for each in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]:
        assert re.search(rf'^ +"{re.escape(each)}", *# \w+', text, re.M), each


def test_a_lock_is_read_for_this_computer() -> None:
    assert {canonicalize_name(each.name) for each in lock.locked(BASE.read_text())} == set(
        _pins({}, BASE)
    )


def test_without_uv_the_maintainer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock.sys, "executable", "/no/such/python")
    monkeypatch.setattr(lock.shutil, "which", lambda name: None)
    with pytest.raises(lock.LockError, match="install it with  pip install uv  and repeat"):
        lock.compile_lock(Path("out"), lock.UNTIL)


def test_versions_that_do_not_go_together_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failed = lock.subprocess.CompletedProcess([], 1, "", "No solution found:\n  numpy is two")
    monkeypatch.setattr(lock, "_uv", lambda: "uv")
    monkeypatch.setattr(lock.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(lock.LockError, match="No solution found: numpy is two"):
        lock.compile_lock(tmp_path / "out", lock.UNTIL)

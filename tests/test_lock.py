"""The locks: what pyproject.toml asks for, in one version each, and from no particular host."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
BASE, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
PLACES = [
    {"sys_platform": name, "platform_system": system, "os_name": os}
    | {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.9"}
    | {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    for minor in (11, 12, 13, 14)
    for name, system, os in SYSTEMS
]


def lines(*paths: Path) -> list[Requirement]:
    text = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return [Requirement(line) for line in text if line and line[0] not in "#-"]


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p["python_version"] + p["sys_platform"])
def test_a_place_gets_one_version_of_each_package_and_what_pyproject_asks_for(
    place: dict[str, str],
) -> None:
    for wanted, paths in (
        (PROJECT["dependencies"], [BASE]),
        (PROJECT["optional-dependencies"]["test"], [BASE, TEST]),
    ):
        here = [each for each in lines(*paths) if not each.marker or each.marker.evaluate(place)]
        pins = {canonicalize_name(each.name): str(each.specifier)[2:] for each in here}
        assert len(pins) == len(here)
        for each in map(Requirement, wanted):
            assert pins[canonicalize_name(each.name)] in each.specifier


def test_no_host_and_no_path_is_in_a_lock_and_the_workbook_itself_comes_last() -> None:
    line = re.compile(r"#.*|[a-z0-9-]+==[\w.+!]+( ; [a-z_<>=!'()0-9. -]+)?", re.I)
    for path, last in ((BASE, ["-e ."]), (TEST, [])):
        text = path.read_text("utf-8")
        assert "://" not in text
        assert [each for each in text.splitlines() if not line.fullmatch(each)] == last

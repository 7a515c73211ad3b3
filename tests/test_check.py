"""`check` says OK or FAIL, and how to mend it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from tools import check, lab


def test_a_line_is_ok_or_a_fail_with_its_mend() -> None:
    assert str(check.Line("the cache")) == "OK   the cache"
    assert str(check.Line("the cache", "mend it")) == "FAIL the cache: mend it"


def test_one_fail_makes_the_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "lines", lambda: iter([check.Line("a"), check.Line("b", "mend")]))
    assert check.main([]) == 1
    assert capsys.readouterr().out == "OK   a\nFAIL b: mend\n1 to mend.\n"
    monkeypatch.setattr(check, "lines", lambda: iter([check.Line("a")]))
    assert check.main([]) == 0
    assert capsys.readouterr().out == "OK   a\nAll is well.\n"


def test_a_look_that_breaks_is_a_fail_and_the_others_still_happen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> check.Line:
        raise RuntimeError("no idea")

    broken.__name__ = "packages"
    monkeypatch.setattr(check, "packages", broken)
    monkeypatch.setattr(check, "kernel", lambda: check.Line("kernel"))
    found = list(check.lines())
    assert len(found) == 8
    assert str(found[1]).startswith(
        "FAIL packages (RuntimeError: no idea): delete the folder .venv"
    )


@pytest.mark.parametrize(
    ("version", "well"), [((3, 10), 0), ((3, 11), 1), ((3, 14), 1), ((3, 15), 0)]
)
def test_the_pythons_that_fit_are_3_11_to_3_14(version: tuple[int, int], well: int) -> None:
    assert (check.python(version).mend == "") == well


def test_packages_in_other_versions_are_named(tmp_path: Path) -> None:
    have = metadata.version("packaging")
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "# about\npackaging==1.0\nno-such-package==2.0\n"
        'not-here==1.0 ; sys_platform == "amiga"\n-e .\n'
    )
    line = check.packages(lock)
    assert line.what == f"packages (packaging is {have}, not 1.0; no-such-package is missing)"
    assert "pip install -r requirements.txt" in line.mend
    lock.write_text(f"Packaging=={have}\n")
    assert check.packages(lock) == check.Line("1 packages in their locked versions")


def test_many_wrong_packages_are_counted(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("".join(f"no-such-{i}==1\n" for i in range(9)))
    assert check.packages(lock).what.endswith("and 6 more)")


def test_a_kernel_starts_and_what_it_can_not_import_is_named() -> None:
    assert check.kernel("import helpers").mend == ""
    line = check.kernel("import helpers.no_such_module")
    assert "ModuleNotFoundError: No module named 'helpers.no_such_module'" in line.what
    assert line.mend


def test_time_zones_are_known() -> None:
    assert check.zones().mend == ""
    assert check.zones(("Nowhere/Atlantis",)).what == "time zones (Nowhere/Atlantis is unknown)"


def test_missing_chapters_are_a_fail(tmp_path: Path) -> None:
    assert check.chapters(tmp_path).mend == "get the workbook's folder again, as a whole"
    (tmp_path / "00-start-here.ipynb").touch()
    assert check.chapters(tmp_path) == check.Line("1 chapters")


def test_a_small_disk_is_a_fail(tmp_path: Path) -> None:
    assert check.disk(tmp_path, need=0).mend == ""
    assert check.disk(tmp_path, need=1e9).mend.startswith("free 1e+09 GB")


def test_a_cache_that_can_not_be_written_is_a_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check.cache(tmp_path).mend == ""

    def refuse(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(check.tempfile, "TemporaryFile", refuse)
    assert "Read-only file system" in check.cache(tmp_path).what
    assert "copy the workbook" in check.cache(tmp_path).mend


def test_a_jupyterlab_that_would_talk_is_a_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check.silence().mend == ""
    settings = json.loads((lab.SETTINGS / "overrides.json").read_text())
    settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] = "true"
    (tmp_path / "overrides.json").write_text(json.dumps(settings))
    monkeypatch.setattr(lab, "SETTINGS", tmp_path)
    assert check.silence().mend


@pytest.mark.slow
def test_it_takes_no_longer_than_a_breath(record_property: Callable[[str, object], None]) -> None:
    """3 s are promised on a quiet computer; here work counts, since other tests run beside it."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    work, wall = [], []
    for _ in range(3):
        before, began = os.times(), time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "tools", "check"], cwd=check.ROOT, env=kept, capture_output=True
        )
        after = os.times()
        wall.append(time.monotonic() - began)
        work.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    record_property("say", f"set-up: check takes {min(wall):.1f} s, {min(work):.1f} s of work")
    assert min(work) < 4

"""`check` says OK or FAIL, and how to fix it."""

import errno
from importlib import metadata
from pathlib import Path

import pytest

from tools import check


def test_a_look_that_fails_makes_the_exit_code_one_and_the_others_still_happen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def packages() -> str:
        raise RuntimeError("no idea")

    monkeypatch.setattr(check, "kernel", lambda: "a kernel")
    monkeypatch.setattr(check, "packages", packages)
    assert check.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in said[:4]] == ["OK  ", "FAIL", "OK  ", "OK  "]
    assert "packages (no idea)" in said[1] and ".venv" in said[1]
    monkeypatch.setattr(check, "packages", lambda: "all there")
    assert check.main([]) == 0


def test_packages_in_other_versions_are_named(tmp_path: Path) -> None:
    lock, have = tmp_path / "lock.txt", metadata.version("packaging")
    more = 'not-here==1.0 ; sys_platform == "amiga"\n-e .\n'
    lock.write_text("# about\npackaging==1.0\nno-such-package==2.0\n" + more)
    with pytest.raises(ValueError, match=rf"packaging==1\.0 is {have}; no-such-package==2\.0 is"):
        check.packages(lock)
    lock.write_text(f"Packaging=={have}\n{more}")
    assert check.packages(lock).startswith("1 ")


def test_a_kernel_starts_and_what_it_can_not_import_is_named() -> None:
    assert check.kernel("import helpers")
    with pytest.raises(ValueError, match=r"No module named 'helpers\.no_such_module'"):
        check.kernel("import helpers.no_such_module")


def test_a_cache_that_can_not_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "cache")

    monkeypatch.setattr(check.tempfile, "TemporaryFile", refuse)
    with pytest.raises(OSError, match="cache"):
        check.files()

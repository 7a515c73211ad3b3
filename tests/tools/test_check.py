"""`check` says OK or FAIL, and how to fix it."""

from importlib import metadata

import pytest

from tools.learn import check


def test_a_look_that_fails_makes_the_exit_code_one_and_the_others_still_happen(monkeypatch, capsys):
    monkeypatch.setattr(check, "kernel", lambda: "a kernel")
    for packages, code, word in ((lambda: 1 / 0, 1, "FAIL"), (lambda: "all there", 0, "OK  ")):
        monkeypatch.setattr(check, "packages", packages)
        assert check.main([]) == code
        said = capsys.readouterr().out.splitlines()
        assert [line[:4] for line in said[:4]] == ["OK  ", word, "OK  ", "OK  "]


def test_a_read_only_folder_is_no_reason_to_delete_the_environment(monkeypatch, tmp_path):
    for name in ("packages", "kernel"):
        monkeypatch.setattr(check, name, lambda: "all there")
    (tmp_path / "data").touch()  # nothing can be made in a file
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path / "data"))
    (line,) = [line for line in check.lines() if line.startswith("FAIL")]
    assert "copy the workbook" in line and ".venv" not in line


def test_packages_in_other_versions_are_named(tmp_path):
    lock, have = tmp_path / "lock.txt", metadata.version("packaging")
    more = 'not-here==1.0 ; sys_platform == "amiga"\n-e .\n'
    lock.write_text("# about\npackaging==1.0\nno-such-package==2.0\n" + more)
    with pytest.raises(ValueError, match=rf"packaging==1\.0 is {have}; no-such-package==2\.0 is"):
        check.packages(lock)
    lock.write_text(f"Packaging=={have}\n{more}")
    assert check.packages(lock).startswith("1 ")


def test_what_a_kernel_can_not_import_is_named():
    with pytest.raises(ValueError, match=r"No module named 'helpers\.no_such_module'"):
        check.kernel("import helpers.no_such_module")


def test_a_room_gets_one_line_a_laptop_and_what_fails(monkeypatch, capsys):
    monkeypatch.setattr(check, "kernel", lambda: "a kernel")
    assert check.main(["--room"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("OK") and check.edition() in line
    monkeypatch.setattr(check, "packages", lambda: 1 / 0)
    assert check.main(["--room"]) == 1 and capsys.readouterr().out.startswith("FAIL")

"""`python -m tools COMMAND`: a command's exit code, and a sentence for what a reader can mend."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from helpers import facts
from tools import __main__ as dispatcher
from tools import lab


def _raises(error: BaseException) -> Callable[[list[str]], int]:
    def main(argv: list[str]) -> int:
        raise error

    return main


@pytest.mark.parametrize(
    ("typed", "meant"), [("forgte", " Did you mean forget?"), ("zzz", ""), ("notebooks", "")]
)
def test_an_unknown_command_is_refused_with_those_that_there_are(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dispatcher.main([typed]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"There is no command {typed}.{meant} Expected one of: lab, run, ask")
    assert said.count("\n") == 1


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main([]) == 2
    assert dispatcher.main(["--help"]) == 0
    assert "with one of: lab, run, ask, check" in capsys.readouterr().out


def test_a_command_gets_its_arguments_and_gives_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(lab, "main", lambda argv: seen.append(argv) or 7)
    assert dispatcher.main(["lab", "--port", "9000"]) == 7
    assert seen == [["--port", "9000"]]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (lab.LabError("Port 1 is in use: choose another."), "Port 1 is in use: choose another."),
        (facts.FactsError("No fact x."), "No fact x."),
        (ModuleNotFoundError("no", name="pandera"), "The package pandera is missing from the"),
        (OSError(errno.ENOSPC, "No space left on device", "x"), "The disk is full: free some"),
        (PermissionError(errno.EACCES, "denied", "x.csv"), "x.csv can't be opened or written: "),
        (OSError(errno.EROFS, "read-only", "x.csv"), "x.csv can't be opened or written: "),
        (FileNotFoundError(errno.ENOENT, "none", "x.csv"), "There is no file x.csv: check its"),
    ],
)
def test_what_a_reader_can_mend_is_one_sentence(
    error: Exception,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(lab, "main", _raises(error))
    assert dispatcher.main(["lab"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(sentence)
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "error", [ValueError("a fault"), ModuleNotFoundError("no", name="helpers.nothing"), KeyError(1)]
)
def test_a_fault_of_the_workbook_is_not_hidden(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "main", _raises(error))
    with pytest.raises(type(error)):
        dispatcher.main(["lab"])


def test_ctrl_c_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab, "main", _raises(KeyboardInterrupt()))
    assert dispatcher.main(["lab"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    if os.name == "nt":
        pytest.skip("Windows has no broken pipes of this kind")
    code = (
        "import sys; from tools import __main__ as d, lab\n"
        "def main(argv):\n"
        "    for _ in range(100_000): print('a line')\n"
        "lab.main = main; sys.exit(d.main(['lab']))"
    )
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(20) == 0
    process.stderr.close()

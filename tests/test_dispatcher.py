"""`python -m tools COMMAND`: its exit code, and a sentence for what a person can put right."""

import errno
import importlib.util
from pathlib import Path

import pytest

from helpers import facts
from tools import __main__ as dispatcher
from tools import lab

ROOT = Path(__file__).resolve().parents[1]


def test_every_command_of_start_py_is_there() -> None:
    text = (ROOT / "start.py").read_text("utf-8")
    for name in dispatcher.COMMANDS:
        assert importlib.util.find_spec(f"tools.{dispatcher.MODULES.get(name, name)}"), name
        assert name == "lab" or f"\n  {name} " in text
    assert dispatcher.main(["forgte"]) == 2


def raises(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    def main(argv: list[str]) -> int:
        raise error

    monkeypatch.setattr(lab, "main", main)
    return dispatcher.main(["lab"])


@pytest.mark.parametrize(
    "error",
    [
        facts.FactsError("No fact x."),
        ModuleNotFoundError("no", name="pandas"),
        OSError(errno.ENOSPC, "No space left on device", "x"),
        PermissionError(errno.EACCES, "denied", "x.csv"),
        OSError(errno.EROFS, "read-only", "x.csv"),
        FileNotFoundError(errno.ENOENT, "none", "x.csv"),
    ],
)
def test_what_a_person_can_put_right_is_one_sentence(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raises(error, monkeypatch) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "error", [ValueError("a fault"), ModuleNotFoundError("no", name="helpers.nothing"), KeyError(1)]
)
def test_a_fault_of_the_workbook_is_not_hidden_and_ctrl_c_is_quiet(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(type(error)):
        raises(error, monkeypatch)
    assert raises(KeyboardInterrupt(), monkeypatch) == 130

"""`python -m tools COMMAND`: its exit code, and a sentence for what a person can put right."""

import errno
import importlib.util
from pathlib import Path
from unittest import mock

import pytest

from helpers import facts
from tools import __main__ as dispatcher
from tools.learn import lab

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_of_start_py_is_there():
    text = (ROOT / "start.py").read_text("utf-8")
    for name in dispatcher.COMMANDS:
        assert importlib.util.find_spec(dispatcher.MODULES[name]), name
        assert name == "lab" or f"\n  {name} " in text
    assert dispatcher.main(["forgte"]) == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (facts.FactsError("No fact x."), 2),
        (ModuleNotFoundError("no", name="pandas"), 2),
        (OSError(errno.ENOSPC, "No space left on device", "x"), 2),
        (PermissionError(errno.EACCES, "denied", "x.csv"), 2),
        (KeyboardInterrupt(), 130),
        (ValueError("a fault"), None),
        (ModuleNotFoundError("no", name="helpers.nothing"), None),
    ],
)
def test_what_a_person_can_put_right_is_a_sentence_and_no_fault_hides(
    error, code, monkeypatch, capsys
):
    monkeypatch.setattr(lab, "main", mock.Mock(side_effect=error))
    if code is None:
        with pytest.raises(type(error)):
            dispatcher.main(["lab"])
    else:
        assert dispatcher.main(["lab"]) == code
        assert capsys.readouterr().err.count("\n") == (code == 2)

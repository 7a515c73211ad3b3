"""`python -m tools COMMAND ...`: what start.py hands over to, inside the environment."""

from __future__ import annotations

import difflib
import errno
import importlib
import importlib.util
import os
import sys

COMMANDS = (
    *("lab", "run", "ask", "check", "forget", "test"),
    *("tidy", "numbers", "readme", "measure", "bench", "lock"),
)


def main(argv: list[str]) -> int:
    """Return the exit code of a command; what goes wrong is said in a sentence.

    Parameters
    ----------
    argv : list of str
        The command, then its own arguments.
    """
    name = argv[0] if argv else ""
    if name in ("", "-h", "--help"):
        print(f"python -m tools COMMAND, with one of: {', '.join(COMMANDS)}")
        return 0 if name else 2
    module = {"measure": "measured", "tidy": "run", "numbers": "run"}.get(name, name)
    if name not in COMMANDS or importlib.util.find_spec(f"tools.{module}") is None:
        near = difflib.get_close_matches(name, COMMANDS, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        return _refuse(
            f"There is no command {name}.{meant} Expected one of: {', '.join(COMMANDS)}."
        )
    try:
        found = importlib.import_module(f"tools.{module}")
        command = getattr(found, f"{name}_main", found.main)  # two commands live in tools.run
        return int(command(argv[1:]) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ValueError, ModuleNotFoundError, OSError) as error:
        sentence = explain(error)
        if sentence is None:
            raise
        return _refuse(sentence)


def explain(error: Exception) -> str | None:
    """Return the sentence for an error that a reader can mend, None for one that is a fault here.

    Parameters
    ----------
    error : Exception
        What a command raised.
    """
    module = type(error).__module__.partition(".")[0]
    if isinstance(error, ValueError) and module in ("helpers", "tools"):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and _ours(error.name) is False:
        return (
            f"The package {error.name} is missing from the environment: delete the folder .venv and"
            " start the workbook again, or install requirements.txt into your own environment."
        )
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return "The disk is full: free some space, and start again."
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) and error.filename:
            return (
                f"{error.filename} can't be opened or written: copy the workbook to a folder of"
                " your own, or give yourself the right to that file."
            )
        if isinstance(error, FileNotFoundError) and error.filename:
            return f"There is no file {error.filename}: check its name and folder."
    return None


def _ours(module: str | None) -> bool:
    return module is None or module.partition(".")[0] in ("helpers", "tools")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))

"""`python -m tools COMMAND ...`: what start.py hands over to, inside the environment."""

import errno
import importlib
import os
import subprocess
import sys

MODULES = {
    "lab": "tools.learn.lab",
    "run": "tools.keep.run",
    "reset": "tools.learn.own",
    "ask": "tools.ask.file",
    "me": "tools.ask.me",
    "check": "tools.learn.check",
    "with": "tools.learn.extras",
    "pack": "tools.publish.pack",
    "room": "tools.learn.room",
    "review": "tools.learn.review",
    "forget": "tools.learn.forget",
    "test": "tools.keep.test",
    "tidy": "tools.keep.run",
    "numbers": "tools.keep.run",
    "claims": "tools.keep.claims",
    "readme": "tools.keep.readme",
    "measure": "studies",
    "bench": "studies.speeds",
    "book": "tools.publish.book",
    "lock": "tools.keep.lock",
}
COMMANDS = tuple(MODULES)


def main(argv: list[str]) -> int:
    """Return the exit code of a command; what a person can put right is said in a sentence."""
    name = argv[0] if argv else ""
    if name not in COMMANDS:
        print(f"There is no command {name!r}; there are: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        module = importlib.import_module(MODULES[name])
        command = getattr(module, f"{name}_main", module.main)  # tools.keep.run has three
        return int(command(argv[1:]) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except subprocess.CalledProcessError as error:  # that program has said what is wrong
        return error.returncode
    except (ValueError, ModuleNotFoundError, OSError) as error:
        sentence = explain(error)
        if not sentence:
            raise
        print(sentence, file=sys.stderr)
        return 2


def explain(error: Exception) -> str:
    """The sentence for what a person can put right, "" for a fault of the workbook."""
    ours = ("helpers", "tools", "studies", "exercises")
    if isinstance(error, ModuleNotFoundError) and (error.name or ours[0]).split(".")[0] not in ours:
        return f"The package {error.name} is missing: delete the folder .venv, and start again."
    if isinstance(error, ValueError) and type(error).__module__.split(".")[0] in ours:
        from helpers.read.files import shown  # not for who opens the workbook: it takes a second
        from tools.ask import as_typed

        return as_typed(shown(error, 500))  # a title in it can't steer the terminal
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full: free some space, and start again."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"There is no file {error.filename}: check its name and folder."
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{error.filename} can't be read or written: copy the workbook to a folder of yours."
    return ""


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))

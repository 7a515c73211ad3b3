"""`lock`: makes requirements.txt, -test.txt and -book.txt again from pyproject.toml.

Only what the registry held on the day in the head of requirements.txt counts, so that the same lock
comes out tomorrow. For newer packages write a newer day there.
"""

import argparse
import re
import subprocess
import sys

from tools.chapters import ROOT, replace

# No host may come into a lock, so what a maintainer's own settings name is not written down.
UV = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
UV += ["--no-emit-index-url", "--universal"]
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-test.txt": ["pyproject.toml", "--extra", "test", "--constraints", "-"],
    "requirements-book.txt": ["--group", "book"],  # for an environment of its own
}


def main(argv: list[str]) -> int:
    """Write the locks, or return 1 when `--check` finds that they would change."""
    parser = argparse.ArgumentParser(prog="start.py lock", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    check = parser.parse_args(argv).check
    changed, base = 0, ""  # base: the packages of the first lock, which the second leaves out
    for name, words in LOCKS.items():
        old = (ROOT / name).read_text("utf-8")
        head = re.match(r"(#.*\n)*", old)[0]  # type: ignore[index]
        rules = re.findall(r"--(?:python-version|exclude-newer) \S+", head)
        command = [*UV, *words, *" ".join(rules).split()]
        done = subprocess.run(command, cwd=ROOT, input=base, stdout=-1, text=True, check=True)
        known = base.splitlines(True) if "-" in words else []
        lines = [line for line in done.stdout.splitlines(True) if line not in known]
        new = head + "".join(lines) + ("" if base else "-e .\n")
        base = base or done.stdout
        changed += new != old
        print(f"{name}:", ("would change" if check else "written") if new != old else "as it is")
        if not check:
            replace(ROOT / name, new)
    return int(check and changed > 0)

"""`bench NAME`: measures how fast something is; one file a benchmark in tools/benchmarks."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

from tools import benchmarks


def names() -> list[str]:
    """The benchmarks that there are, sorted."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def main(argv: list[str]) -> int:
    """What the benchmark returns, 0 when its bound is met; 2 for a name that is none.

    Parameters
    ----------
    argv : list of str
        The benchmark's name, then its own options.
    """
    parser = argparse.ArgumentParser(prog="python -m tools bench", description=__doc__)
    parser.add_argument("name", nargs="?", help=", ".join(names()) or "none yet")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="the benchmark's own")
    chosen = parser.parse_args(argv)
    if chosen.name not in names():
        given = "No benchmark named." if chosen.name is None else f"No benchmark {chosen.name!r}."
        print(f"{given} Choose one of: {', '.join(names()) or '(none yet)'}.")
        return 2
    module = importlib.import_module(f"tools.benchmarks.{chosen.name}")
    return int(module.main(chosen.options) or 0)

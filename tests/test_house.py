"""The house: imports go one way, everything public is documented, short, typed and formatted."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools import readme
from tools.notebooks import ROOT, chapters

HELPERS = sorted((ROOT / "helpers").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
CONTRACT = [
    f"helpers.{name}"
    for name in (
        "log",
        "estimate",
        "facts",
        "make",
        "read",
        "ask",
        "protect",
        "attack",
        "judge",
        "show",
        "learn",
    )
]
MODULE, FUNCTION = 220, 35  # lines
IMPORT = 1.0  # seconds
# Nothing in the workbook speaks of the machine or the shop in which it was made.
FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:work|tmp|farm|root)/\w|(?<!emit-)index-url|find-links|registry\s*=\s*http", re.I
)
GLOBAL = re.compile(
    r"(?:np|numpy)\.random\.(?!default_rng|Generator|SeedSequence|PCG64|Philox)\w+"
    r"|random\.\w+|print|urllib\..*|requests\..*"
)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def public(path: Path) -> Iterator[tuple[str, Definition]]:
    """Public functions, classes and their methods in a module, with their names."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree(path).body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else []:
                if isinstance(inner, kinds) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, cwd=ROOT)


def told(lines: list[str]) -> None:
    assert not lines, "\n" + "\n".join(lines)


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
        + ["--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_public_has_a_docstring() -> None:
    missing = [
        f"{name(path)}: {what}"
        for path in HELPERS + TOOLS
        for what, node in [("the module", tree(path)), *public(path)]
        if not ast.get_docstring(node)
    ]
    told(missing)


def surface() -> Iterator[tuple[str, Any]]:
    """What readers call: the functions and methods that the modules of the contract offer."""
    for module in map(importlib.import_module, CONTRACT):
        own = [
            n for n, t in vars(module).items() if getattr(t, "__module__", "") == module.__name__
        ]
        for name in getattr(module, "__all__", own):
            thing = getattr(module, name)
            if name.startswith("_") or not callable(thing):
                continue
            yield f"{module.__name__}.{name}", thing
            for method, inner in vars(thing).items() if inspect.isclass(thing) else []:
                if inspect.isfunction(inner) and not method.startswith("_"):
                    yield f"{module.__name__}.{name}.{method}", inner


def test_every_argument_that_a_reader_may_give_is_described() -> None:
    missing = []
    for what, thing in surface():
        if inspect.isclass(thing):
            continue
        text = parameters(inspect.getdoc(thing) or "")
        for argument in inspect.signature(thing).parameters:
            listed = re.search(rf"^(?:\**\w+, )*\**{argument}\b", text, re.M)
            if argument != "self" and not listed:
                missing.append(f"{what} does not describe {argument}")
    told(missing)


def parameters(text: str) -> str:
    """The section of a docstring that describes parameters."""
    found = re.search(r"^Parameters\n-+\n(.*?)(?:\n\n\w+\n-+\n|\Z)", text, re.M | re.S)
    return found[1] if found else ""


def test_every_public_helper_is_typed() -> None:
    missing = [
        f"{name(path)}: {what} {lack}"
        for path in HELPERS + TOOLS
        for what, node in public(path)
        if isinstance(node, ast.FunctionDef)
        for lack in untyped(node)
    ]
    told(missing)


def untyped(node: ast.FunctionDef) -> Iterator[str]:
    """What of a function has no type."""
    if node.returns is None:
        yield "does not say what it returns"
    given = node.args
    for each in [*given.posonlyargs, *given.args, *given.kwonlyargs]:
        if each.annotation is None and each.arg not in ("self", "cls"):
            yield f"does not say what {each.arg} is"


def test_modules_and_functions_are_short() -> None:
    long = []
    for path in HELPERS + TOOLS:
        lines = len(path.read_text("utf-8").splitlines())
        if lines > MODULE:
            long.append(f"{name(path)} has {lines} lines; a module has about 200")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = body_lines(node)
                if size > FUNCTION:
                    long.append(f"{name(path)}: {node.name} has {size} lines; about 30")
    told(long)


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A function's lines without its docstring."""
    start = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    head = node.body[0].lineno - node.lineno
    return head + (node.end_lineno or start.lineno) - start.lineno + 1


def test_helpers_never_print_and_keep_no_global_random_state() -> None:
    found = []
    for path in HELPERS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                banned = GLOBAL.fullmatch(called)
                if banned:
                    found.append(f"{name(path)}:{node.lineno} calls {called}")
    told(found)


@pytest.mark.parametrize(
    "way", [("check", "--quiet"), ("format", "--check")], ids=["lint", "format"]
)
def test_ruff_finds_nothing(way: tuple[str, ...]) -> None:
    done = run("ruff", *way, "--no-cache", "--output-format=concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_fit() -> None:
    done = run("mypy")
    assert not done.stderr, done.stderr
    told([line for line in done.stdout.splitlines() if ": error:" in line])


@pytest.mark.parametrize(
    ("before", "module"),
    [("sys", "helpers")]
    + [("pandas", f"helpers.{each}") for each in ("log", "ask", "make", "read")],
)
def test_importing_is_quick_and_heavy_packages_wait(before: str, module: str) -> None:
    heavy = "{'duckdb', 'pandera', 'matplotlib', 'ipywidgets', 'pyarrow.parquet', 'IPython'}"
    code = (
        f"import {before}, sys, time; start = time.perf_counter(); import {module}; "
        f"print(time.perf_counter() - start, sorted({heavy} & set(sys.modules)))"
    )
    least = IMPORT
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        seconds, loaded = done.stdout.split(maxsplit=1)
        assert loaded.strip() == "[]"
        least = min(least, float(seconds))
        if least < IMPORT:
            break
    assert least < IMPORT


def tracked() -> list[Path]:
    """The files that belong to the workbook: git's, or all but the ignored ones."""
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, cwd=ROOT
    )
    if done.returncode:
        pytest.skip("NO GIT: this copy of the workbook is not a git checkout")
    return [ROOT / line for line in done.stdout.splitlines()]


def test_no_file_speaks_of_the_machine_it_was_made_on() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__) or not path.is_file() or path.suffix in (".png", ".ico"):
            continue
        text = re.sub(r"base64,[A-Za-z0-9+/=\\n]+", "", path.read_text("utf-8", errors="replace"))
        for place, line in enumerate(text.splitlines(), start=1):
            if FORBIDDEN.search(line):
                found.append(f"{name(path)}:{place}: {line.strip()[:80]}")
    told(found)


def test_readme_and_numbers_are_what_the_notebooks_say(capsys: pytest.CaptureFixture[str]) -> None:
    if not chapters():
        pytest.skip("NO CHAPTERS yet")
    assert readme.main(["--check"]) == 0, capsys.readouterr().out


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "notebooks").glob("*.md"), *chapters()]:
        text = path.read_text("utf-8")
        for target in re.findall(
            r"\]\((?!https?:|mailto:|attachment:)([^)\s#]+)(?:#[^)]*)?\)", text
        ):
            if not (path.parent / target).exists():
                broken.append(f"{name(path)} links to {target}")
    told(broken)


def test_every_term_that_a_chapter_links_to_is_in_the_glossary() -> None:
    glossary = (ROOT / "notebooks" / "glossary.md").read_text("utf-8").lower()
    anchors = set(re.findall(r'(?:name|id)="([^"]+)"', glossary))
    for heading in re.findall(r"^#+ (.+)$", glossary, re.M):
        anchors.add(re.sub(r"[^\w -]", "", heading).strip().replace(" ", "-"))
    missing = [
        f"{name(path)} links to glossary.md#{anchor}"
        for path in chapters()
        for anchor in re.findall(r"glossary\.md#([\w-]+)", path.read_text("utf-8"))
        if anchor.lower() not in anchors
    ]
    told(missing)

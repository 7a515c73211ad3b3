"""The house: small, one way, typed and formatted; its pages lead somewhere."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import bands
import pytest

from tools.chapters import ROOT, chapters
from tools.keep import readme

MODULES = [
    path for name in ("helpers", "tools", "studies") for path in sorted((ROOT / name).rglob("*.py"))
]
MOST, LEAST = 350, 60  # lines of a file
# Files that are short, or have another's name, and why.
SHORT = {
    "tools/keep/test.py": "a command is a file",
    "tools/learn/forget.py": "a command is a file",
    "tools/keep/lock.py": "a command is a file",
    "tools/learn/room.py": "a command is a file",
    "tools/learn/extras.py": "a command is a file",
    "tools/learn/guard.py": "JupyterLab imports it by name, and nothing else does",
    "helpers/make/rng.py": "the streams, apart from what is drawn with them",
    "helpers/attack/habits.py": "an attack by habits shares nothing with one by titles",
    "helpers/ask/runs.py": "how streaks are found, apart from the text that explains it",
    "helpers/ask/dialects.py": "the texts in other words, apart from the engine that runs them",
}
NAMESAKES = {
    "reviews.py": "start.py measure reviews measures helpers.make.reviews",
}
FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:work|tmp|farm|root)/\w+|(?<!emit-)index-url|find-links|registry\s*=\s*http"
)
GLOBAL = re.compile(
    r"np\.random\.(?!default_rng|Generator|SeedSequence|PCG64|Philox)\w+"
    r"|random\.\w+|print|urllib\..*|requests\..*"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_each_total_keeps_its_budget_of_lines() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    over = []
    for names, budget in config["tool"]["fifty-three"]["budget"].items():
        paths = [ROOT / each for each in names.split()]
        size = sum(lines(f) for p in paths for f in ([p] if p.suffix else p.rglob("*.py")))
        if size > budget:
            over.append(f"{names}: {size:,} lines, {size - budget:,} over its budget of {budget:,}")
    assert not over, "\n".join(over)


def test_a_file_is_one_thing_with_a_name_of_its_own() -> None:
    files = [path for path in MODULES if path.name not in ("__init__.py", "__main__.py")]
    odd = [f"{name(p)} has {lines(p)} lines; at most {MOST}" for p in files if lines(p) > MOST]
    alone = ("helpers/read", "studies")  # where each service or study is a file
    others = [path for path in files if name(path.parent) not in alone]
    short = (path for path in others if lines(path) < LEAST and name(path) not in SHORT)
    odd += [f"{name(path)} has {lines(path)} lines; under {LEAST} takes a reason" for path in short]
    names = Counter(path.name for path in files)
    odd += [f"{n} files: {each}" for each, n in names.items() if n > 1 and each not in NAMESAKES]
    assert not odd, "\n".join(odd)


def test_helpers_never_print_and_keep_no_global_random_state() -> None:
    calls = [
        f"{name(path)}:{node.lineno} calls {ast.unparse(node.func)}"
        for path in MODULES
        if "helpers" in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and GLOBAL.fullmatch(ast.unparse(node.func))
    ]
    assert not calls, "\n".join(calls)


def test_the_one_false_alarm_rate_is_shared_by_no_more_checks_than_it_is_made_for() -> None:
    tests = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    uses = sum(len(re.findall(r"\b(?:band|around)\(", text)) for text in tests)
    assert 20 < uses <= bands.CHECKS


IMPORTS = "import importlinter.cli as c; c.lint_imports_command(['--no-cache'])"
CHECKERS = {
    "imports go one way": ("-c", IMPORTS),
    "lint": ("-m", "ruff", "check", "--quiet", "--no-cache", "--output-format=concise", "."),
    "format": ("-m", "ruff", "format", "--check", "--no-cache", "."),
    "types": ("-m", "mypy"),
}


QUICK = [name for name in CHECKERS if name != "types"]


@pytest.mark.parametrize("checker", [*QUICK, pytest.param("types", marks=pytest.mark.slow)])
def test_the_checkers_find_nothing(checker: str) -> None:
    words = [sys.executable, *CHECKERS[checker]]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_speaks_of_the_machine_it_was_made_on() -> None:
    git = ["git", "ls-files", "-co", "--exclude-standard"]
    done = subprocess.run(git, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        pytest.skip("NO GIT: this copy of the workbook is not a git checkout")
    found = []
    for path in map(ROOT.joinpath, done.stdout.splitlines()):
        if path != Path(__file__) and path.is_file() and path.suffix not in (".png", ".ico"):
            text = path.read_text("utf-8", errors="replace")
            text = re.sub(r"base64,[A-Za-z0-9+/=\\n]+", "", text)
            found += [f"{name(path)}: {hit[0]}" for hit in FORBIDDEN.finditer(text)]
    assert not found, "\n".join(found)


def test_readme_and_numbers_are_what_the_notebooks_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert readme.main(["--check"]) == 0, capsys.readouterr().out


def test_every_link_and_every_term_of_the_glossary_leads_somewhere() -> None:
    glossary = (ROOT / "notebooks" / "glossary.md").read_text("utf-8").lower()
    terms = set(re.findall(r'(?:name|id)="([^"]+)"', glossary))
    for heading in re.findall(r"^#+ (.+)$", glossary, re.M):
        terms.add(re.sub(r"[^\w -]", "", heading).strip().replace(" ", "-"))
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "notebooks").glob("*.md"), *chapters()]:
        text = path.read_text("utf-8")
        targets = re.findall(r"\]\((?!\w+:)([^)\s#]+)(?:#[^)]*)?\)", text)
        broken += [f"{name(path)} links to {t}" for t in targets if not (path.parent / t).exists()]
        missing = set(re.findall(r"glossary\.md#([\w-]+)", text.lower())) - terms
        broken += [f"{name(path)} links to glossary.md#{term}" for term in missing]
    assert not broken, "\n".join(broken)


def test_the_picture_of_the_house_has_the_floors_that_the_imports_keep() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = config["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    lines = re.findall(r"^    (\w+(?:, \w+)*)  ", text, re.M)
    assert lines == ["notebooks", "exercises", *(floor.replace(" :", ",") for floor in floors)]


@pytest.mark.parametrize("face", sorted((ROOT / "helpers").glob("*/__init__.py")), ids=name)
def test_the_first_lines_of_a_folder_name_each_of_its_files(face: Path) -> None:
    words = set(re.findall(r"\w+", ast.get_docstring(ast.parse(face.read_text("utf-8"))) or ""))
    assert {path.stem for path in face.parent.glob("[a-z]*.py")} <= words

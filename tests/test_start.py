"""start.py: one command makes the environment, and every way to fail is a sentence and its mend."""

from __future__ import annotations

import ast
import errno
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")
SENTENCES = {
    "disk": "The disk is full: free 2 GB, and start again.",
    "folder": "can't be written to: copy the workbook to a folder of your own",
    "network": "The packages can't be fetched: connect this computer to the network",
    "certificate": "name its file in the environment variables SSL_CERT_FILE and PIP_CERT",
}
# A dot is five seconds.
PROGRESS = r"Preparing \(this time only\): Python\.* uv\.* packages\.*"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py as a module whose workbook is an empty folder with two short locks."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path / "книга 五十三"
    folder.mkdir()
    (folder / "requirements.txt").write_text("# about\nnumpy==2\nduckdb==1\n-e .\n")
    (folder / "requirements-test.txt").write_text("# about\nruff==1\n")
    venv = folder / ".venv"
    for name, path in {
        "ROOT": folder,
        "VENV": venv,
        "PYTHON": venv / Path(module.PYTHON).relative_to(module.VENV),
        "UV": venv / Path(module.UV).relative_to(module.VENV),
    }.items():
        monkeypatch.setattr(module, name, str(path))
    return module


class Installers:
    """Stands for every command that start.py runs: notes it, and does what a test says."""

    def __init__(self, start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.start, self.said = start, []
        self.fails: dict[str, str] = {}
        monkeypatch.setattr(start, "run", self)

    def __call__(self, command: list[str]) -> tuple[int, str]:
        words = " ".join(command)
        self.said.append(words)
        for part, output in self.fails.items():
            if part in words:
                return 1, output
        if " -m venv " in words:
            packages = self.start.sysconfig.get_path(
                "purelib", "venv", vars={"base": self.start.VENV, "platbase": self.start.VENV}
            )
            Path(packages).mkdir(parents=True)
            Path(self.start.BIN).mkdir(parents=True, exist_ok=True)
            self._touch(self.start.PYTHON)
            home = Path(self.start.BASE).parent
            Path(self.start.VENV, "pyvenv.cfg").write_text(f"home = {home}\n", encoding="utf-8")
        if words.endswith(" uv"):
            self._touch(self.start.UV)
        return 0, ""

    @staticmethod
    def _touch(path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()


@pytest.fixture
def installers(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Installers:
    """No command runs; see `Installers`."""
    monkeypatch.setattr(start, "need_venv", lambda: None)
    return Installers(start, monkeypatch)


# What it says of itself


def test_the_help_names_every_command_and_fits_a_screen(
    start: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["--help"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) <= 24
    assert max(map(len, said)) <= 100
    for name in ("run", "ask", "test", "tidy", "numbers", "forget", "check", "bench", "readme"):
        assert any(line.startswith(f"  {name} ") for line in said), name
    assert "--no-browser" in "\n".join(said)
    assert "--port" in "\n".join(said)


def test_the_commands_are_those_that_the_environment_knows(start: ModuleType) -> None:
    from tools.__main__ import COMMANDS

    assert {"lab", *start.COMMANDS} == set(COMMANDS)


def test_every_command_is_there() -> None:
    from tools.__main__ import COMMANDS

    assert [each for each in COMMANDS if importlib.util.find_spec(f"tools.{each}") is None] == []


def test_an_unknown_command_is_refused_before_anything_is_made(
    start: ModuleType, installers: Installers
) -> None:
    with pytest.raises(start.Stop, match=r"There is no command chek\. Did you mean check\?"):
        start.main(["chek"])
    assert installers.said == []


# Python too old


def test_an_old_python_can_read_it_far_enough_to_say_so() -> None:
    """Nothing in it is newer than Python 2.7's grammar, and the version is looked at first."""
    tree = ast.parse(SOURCE)
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.YieldFrom, ast.Await)
    for node in ast.walk(tree):
        assert not isinstance(node, modern), ast.dump(node)
        if isinstance(node, ast.FunctionDef):
            every = [*node.args.args, *node.args.kwonlyargs]
            assert not node.args.kwonlyargs, node.name
            assert node.returns is None and all(each.annotation is None for each in every)
        if isinstance(node, ast.Raise):
            assert node.cause is None
        if isinstance(node, ast.Name):
            assert node.id != "print"
    assert SOURCE.isascii()
    imports = [i for i, node in enumerate(tree.body) if isinstance(node, (ast.Import, ast.If))]
    assert ast.unparse(tree.body[imports[0]]) == "import sys"
    assert ast.unparse(tree.body[imports[1]]).startswith("if not (3, 11) <= sys.version_info[:2]")


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 15)])
def test_a_python_that_does_not_fit_is_named_with_the_mend(version: tuple[int, int]) -> None:
    code = f"import sys; sys.version_info = {(*version, 0)}; exec(open('start.py').read())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert (
        f"needs Python 3.11 to 3.14, and this is {version[0]}.{version[1]}: install" in done.stderr
    )


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.10"])
def test_an_old_python_that_is_here_says_it(name: str) -> None:
    python = shutil.which(name)
    if python is None or subprocess.run([python, "-V"], capture_output=True).returncode:
        pytest.skip(f"no {name} on this computer")
    done = subprocess.run([python, str(ROOT / "start.py")], capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 to 3.14" in done.stderr
    assert "Traceback" not in done.stderr


# No venv module


def _without(monkeypatch: pytest.MonkeyPatch, start: ModuleType, *missing: str) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        start.importlib.util,
        "find_spec",
        lambda name, *rest: None if name in missing else real(name, *rest),
    )


@pytest.mark.parametrize("missing", [("venv",), ("ensurepip.__main__", "pip")])
def test_without_a_venv_module_debian_is_told_which_package(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]
) -> None:
    _without(monkeypatch, start, *missing)
    monkeypatch.setattr(start.os.path, "exists", lambda path: path == "/etc/debian_version")
    version = "{}.{}".format(*sys.version_info[:2])
    with pytest.raises(start.Stop, match=rf"sudo apt install python{re.escape(version)}-venv"):
        start.make()


def test_without_a_venv_module_other_systems_are_told_what_to_look_for(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without(monkeypatch, start, "venv")
    monkeypatch.setattr(start.os.path, "exists", lambda path: False)
    with pytest.raises(start.Stop, match="install your system's package of venv for Python 3"):
        start.make()


def test_without_ensurepip_the_pip_of_the_system_fills_the_environment(
    start: ModuleType, installers: Installers, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without(monkeypatch, start, "ensurepip.__main__")
    start.prepare([start.LOCK])
    assert installers.said[0].endswith(f"-m venv --without-pip {start.VENV}")
    assert installers.said[1].startswith(f"{start.BASE} -m pip --python {start.PYTHON} install ")


# Making it


def test_a_first_start_makes_the_environment_then_uv_then_the_lock(
    start: ModuleType, installers: Installers, capsys: pytest.CaptureFixture[str]
) -> None:
    start.prepare([start.LOCK])
    venv, uv, lock = installers.said
    assert venv.endswith(f"-m venv {start.VENV}")
    assert uv.endswith(" uv")
    assert lock.startswith(f"{start.UV} pip install ")
    assert start.usable()
    assert start.installed(start.LOCK)
    said = capsys.readouterr().out
    assert re.fullmatch(PROGRESS + r", done in \d+ s\.\n", said)


def test_the_project_itself_is_not_built(start: ModuleType, installers: Installers) -> None:
    start.prepare([start.LOCK])
    assert Path(start.VENV, start.LOCK).read_text() == "numpy==2\nduckdb==1\n"


def test_helpers_are_found_by_a_relative_path(start: ModuleType, installers: Installers) -> None:
    start.prepare([start.LOCK])
    (link,) = Path(start.VENV).rglob("*.pth")
    text = link.read_text(encoding="ascii").strip()
    assert not Path(text).is_absolute()
    assert (link.parent / text).resolve() == Path(start.ROOT).resolve()


def test_a_second_start_runs_no_installer(start: ModuleType, installers: Installers) -> None:
    start.prepare([start.LOCK])
    installers.said.clear()
    start.prepare([start.LOCK])
    assert installers.said == []


def test_a_changed_lock_is_installed_into_what_is_there(
    start: ModuleType, installers: Installers
) -> None:
    start.prepare([start.LOCK])
    installers.said.clear()
    Path(start.ROOT, start.LOCK).write_text("numpy==3\n-e .\n")
    start.prepare([start.LOCK])
    assert len(installers.said) == 1
    assert start.installed(start.LOCK)


def test_the_tests_lock_is_installed_when_the_tests_are_asked_for(
    start: ModuleType, installers: Installers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "hand_over", lambda arguments: 0)
    start.main(["run"])
    assert not start.installed(start.TEST_LOCK)
    start.main(["test"])
    assert start.installed(start.TEST_LOCK)


def test_a_half_made_environment_is_made_again(start: ModuleType, installers: Installers) -> None:
    start.prepare([start.LOCK])
    left = Path(start.VENV, "left-over")
    left.touch()
    Path(start.VENV, start.LOCK + ".stamp").unlink()
    start.prepare([start.LOCK])
    assert not left.exists()
    assert start.installed(start.LOCK)


@pytest.mark.parametrize("what", ["file", "link"])
def test_a_file_or_a_link_in_its_place_gives_way(
    start: ModuleType, installers: Installers, tmp_path: Path, what: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    if what == "file":
        Path(start.VENV).touch()
    else:
        try:
            Path(start.VENV).symlink_to(elsewhere, target_is_directory=True)
        except OSError:
            pytest.skip("no links for plain users on this system")
    start.prepare([start.LOCK])
    assert start.usable()
    assert (elsewhere / "kept").exists()


def test_an_interrupted_install_leaves_no_stamp(start: ModuleType, installers: Installers) -> None:
    installers.fails[f"-r {start.VENV}"] = "Killed"
    with pytest.raises(start.Stop):
        start.prepare([start.LOCK])
    assert not start.usable()


def test_another_version_of_python_makes_it_again(
    start: ModuleType, installers: Installers, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.prepare([start.LOCK])
    monkeypatch.setattr(
        start.sys, "implementation", type("Other", (), {"cache_tag": "cpython-399"}), raising=False
    )
    assert not start.usable()


def test_a_python_that_is_gone_makes_it_again(start: ModuleType, installers: Installers) -> None:
    start.prepare([start.LOCK])
    Path(start.VENV, "pyvenv.cfg").write_text("home = /no/such/folder\n")
    assert not start.usable()


def test_a_folder_that_was_moved_needs_nothing(
    start: ModuleType, installers: Installers, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.prepare([start.LOCK])
    moved = Path(start.ROOT).rename(Path(start.ROOT).with_name("moved"))
    python = moved / Path(start.PYTHON).relative_to(start.ROOT)
    for name, path in {"ROOT": moved, "VENV": moved / ".venv", "PYTHON": python}.items():
        monkeypatch.setattr(start, name, str(path))
    assert start.usable()
    assert start.installed(start.LOCK)


def test_pip_does_the_work_where_uv_can_not_be_had(
    start: ModuleType, installers: Installers
) -> None:
    installers.fails[" uv"] = "ERROR: No matching distribution found for uv"
    start.prepare([start.LOCK])
    assert " -m pip install " in installers.said[-1]
    assert start.installed(start.LOCK)


def test_pip_does_the_work_where_uv_fails(start: ModuleType, installers: Installers) -> None:
    installers.fails["uv pip install"] = installers.fails["uv.exe pip install"] = "no proxy known"
    start.prepare([start.LOCK])
    assert " -m pip install " in installers.said[-1]
    assert start.installed(start.LOCK)


# What installers say when they fail


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk"),
        ("  Caused by: No space left on device (os error 28)", "disk"),
        ("failed to write: There is not enough space on the disk. (os error 112)", "disk"),
        ("Disk quota exceeded (os error 122)", "disk"),
        ("error: failed to create: Read-only file system (os error 30)", "folder"),
        ("PermissionError: [Errno 13] Permission denied: '/x/.venv'", "folder"),
        ("Access is denied. (os error 5)", "folder"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "network"),
        ("error sending request for url: dns error: failed to lookup address", "network"),
        ("ReadTimeoutError: Read timed out. (read timeout=15)", "network"),
        ("ERROR: No matching distribution found for uv", "network"),
        ("Network connectivity is disabled, but the requested data wasn't found", "network"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "certificate"),
        ("invalid peer certificate: UnknownIssuer; connection closed", "certificate"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(
    start: ModuleType, output: str, sentence: str
) -> None:
    said = start.explain("Collecting numpy\n" + output + "\n")
    assert SENTENCES[sentence] in said
    assert "\n" not in said


def test_the_folder_that_can_not_be_written_is_named(start: ModuleType) -> None:
    assert start.ROOT in start.explain("Permission denied")


def test_what_nobody_foresaw_is_said_by_its_last_line(start: ModuleType) -> None:
    said = start.explain("one\nerror: unsupported wheel\n\n")
    assert said == (
        "The environment can't be made (error: unsupported wheel): mend that, and start again."
    )
    assert "no reason given" in start.explain("")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "disk"),
        (errno.EROFS, "folder"),
        (errno.EACCES, "folder"),
        (errno.EPERM, "folder"),
    ],
)
def test_what_the_system_refuses_becomes_one_sentence(
    start: ModuleType, code: int, sentence: str
) -> None:
    assert SENTENCES[sentence] in start.explain_error(OSError(code, os.strerror(code), "x"))


def test_a_file_in_use_on_windows_is_named(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "WINDOWS", True)
    file = os.path.join(start.VENV, "python.exe")
    said = start.explain_error(PermissionError(errno.EACCES, "denied", file))
    assert said == f"{file} is in use: close JupyterLab, and start again."


def test_any_other_refusal_names_the_file(start: ModuleType) -> None:
    said = start.explain_error(OSError(errno.EIO, "Input/output error", "place"))
    assert said == "place: Input/output error. Mend that, and start again."


# Handing over


def test_it_hands_over_in_the_readers_folder_and_to_no_other_tools(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    seen: list[Any] = []
    monkeypatch.setattr(start, "WINDOWS", False)
    monkeypatch.setattr(start.os, "execve", lambda *said: seen.extend(said))
    monkeypatch.setattr(
        start.subprocess, "Popen", lambda *_, **__: type("Done", (), {"wait": lambda self: 7})()
    )
    before = os.getcwd()
    start.hand_over(["ask", "my file.csv"])
    assert seen[1] == [start.PYTHON, "-P", "-m", "tools", "ask", "my file.csv"]
    assert "PYTHONPATH" not in seen[2]
    assert os.getcwd() == before


def test_the_exit_code_comes_back_where_nothing_can_be_replaced(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = iter([KeyboardInterrupt, 7])

    class Process:
        def wait(self) -> int:
            said = next(waits)
            if isinstance(said, int):
                return said
            raise said

    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start.subprocess, "Popen", lambda *_, **__: Process())
    assert start.hand_over(["check"]) == 7


@pytest.mark.parametrize(
    ("typed", "handed"),
    [
        ([], ["lab"]),
        (["--port", "9000"], ["lab", "--port", "9000"]),
        (["run", "02"], ["run", "02"]),
        (["test", "--all", "-x"], ["test", "--all", "-x"]),
    ],
)
def test_without_a_command_the_workbook_opens(
    start: ModuleType,
    installers: Installers,
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    handed: list[str],
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(start, "hand_over", lambda arguments: seen.append(arguments) or 0)
    assert start.main(typed) == 0
    assert seen == [handed]


# On a real computer


def _surroundings(**more: str) -> dict[str, str]:
    """The environment without what this computer's owner set for pip, uv and Python."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST", "JUPYTER", "FIFTY_THREE", "VIRTUAL_ENV"))
    }
    return {**kept, **more}


def _copy(folder: Path) -> Path:
    """A fresh copy of the workbook: what git would give, new files too."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
    )
    if listed.returncode == 0:
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
    else:  # an archive without a history
        left = shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "cache", "mine")
        shutil.copytree(ROOT, folder, ignore=left, dirs_exist_ok=True)
    return folder


def _run(folder: Path, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """One command, with the Python that these tests were made for."""
    options.setdefault("env", _surroundings())
    base = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run(
        [*options.pop("before", []), base, str(folder / "start.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        **options,
    )


def _port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


def _open(folder: Path, told: Callable[[str], None]) -> float:
    """Seconds until the first chapter's page answers; JupyterLab is closed again."""
    port, log = _port(), folder.parent / "log.txt"
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, str(folder / "start.py"), "--no-browser", "--port", str(port)]
    page = f"http://127.0.0.1:{port}/lab/tree/notebooks/00-start-here.ipynb"
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env=_surroundings(), cwd=folder.parent
        )
        try:
            while True:
                if process.poll() is not None or time.monotonic() - began > 300:
                    said = log.read_text(encoding="utf-8")
                    if SENTENCES["network"] in said:
                        pytest.skip("NO REGISTRY: set-up was not tried, packages can't be fetched")
                    raise AssertionError(said)
                try:
                    urllib.request.urlopen(page, timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.05)
            seconds = time.monotonic() - began
        finally:
            process.terminate()
            process.wait(30)
    said = log.read_text(encoding="utf-8")
    told(said)
    assert "Traceback" not in said
    return seconds


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, float, str]]:
    """A copy in a folder with blanks and foreign letters, started once over a torn .venv."""
    folder = _copy(tmp_path_factory.mktemp("a place") / "Моя книга 五十三 viewers é")
    torn = folder / ".venv" / "lib"
    torn.mkdir(parents=True)
    (torn / "half").touch()
    said: list[str] = []
    seconds = _open(folder, said.append)
    yield folder, seconds, said[0]
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_a_fresh_copy_opens_its_first_chapter(
    fresh: tuple[Path, float, str], record_property: Callable[[str, object], None]
) -> None:
    """20 s are promised on a quiet computer with a near registry; three times that fails."""
    folder, seconds, said = fresh
    record_property("say", f"set-up: a fresh copy opens in {seconds:.1f} s (20 promised)")
    assert re.match(PROGRESS + r", done in \d+ s\.\n", said)
    assert said.count("\n") <= 4
    assert not (folder / ".venv" / "lib" / "half").exists()
    assert seconds < 60


@pytest.mark.slow
def test_the_second_start_is_quick(
    fresh: tuple[Path, float, str], record_property: Callable[[str, object], None]
) -> None:
    """4 s are promised on a quiet computer; the best of three counts, three times that fails."""
    said: list[str] = []
    seconds = min(_open(fresh[0], said.append) for _ in range(3))
    record_property("say", f"set-up: the second start takes {seconds:.1f} s (4 promised)")
    assert "Preparing" not in "".join(said)
    assert seconds < 12


@pytest.mark.slow
def test_it_starts_from_another_folder_with_tools_of_its_own(
    fresh: tuple[Path, float, str], tmp_path: Path
) -> None:
    for name in ("tools", "helpers"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong one')")
    done = _run(fresh[0], "check", cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout.endswith("All is well.\n"), done.stdout
    assert done.returncode == 0


@pytest.mark.slow
def test_a_moved_copy_starts_without_a_network(
    fresh: tuple[Path, float, str], tmp_path: Path
) -> None:
    moved = tmp_path / "moved – 移動"
    fresh[0].rename(moved)
    try:
        more = {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "HTTPS_PROXY": "http://127.0.0.1:9"}
        done = _run(moved, "check", env=_surroundings(**more))
    finally:
        moved.rename(fresh[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("All is well.\n"), done.stdout
    assert "Preparing" not in done.stdout


@pytest.mark.slow
def test_a_busy_port_is_said_in_a_sentence(fresh: tuple[Path, float, str]) -> None:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        port = plug.getsockname()[1]
        done = _run(fresh[0], "--no-browser", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {port} is in use: choose another with --port N")
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_an_environment_of_ones_own_works_too(
    fresh: tuple[Path, float, str], tmp_path: Path
) -> None:
    """`pip install -r requirements.txt`, with uv for speed; it reads the file in the same way."""
    python = tmp_path / "own" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = fresh[0] / ".venv" / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    for words in (
        ["venv", "--quiet", "--python", sys.executable, str(tmp_path / "own")],
        ["pip", "install", "--quiet", "--python", str(python), "-r", "requirements.txt"],
    ):
        done = subprocess.run(
            [str(uv), *words], cwd=fresh[0], env=_surroundings(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    code = "from helpers import log; from tools import lab; print(ascii(lab.ROOT.name))"
    done = subprocess.run(
        [str(python), "-c", code], cwd=tmp_path, env=_surroundings(), capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.strip() == ascii(fresh[0].name)


@pytest.mark.slow
def test_without_a_network_the_first_start_says_so(tmp_path: Path) -> None:
    folder = _copy(tmp_path / "copy")
    kept = {k: v for k, v in _surroundings().items() if not k.startswith(("PIP_", "UV_"))}
    kept |= {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "PIP_CONFIG_FILE": os.devnull}
    done = _run(folder, "check", env=kept)
    assert done.returncode == 1
    assert SENTENCES["network"] in done.stderr
    assert done.stderr.count("\n") == 1
    assert re.match(PROGRESS, done.stdout)


def _plain() -> list[str]:
    """What makes root obey a folder's permissions; nothing for anybody else."""
    if os.name == "nt":
        pytest.skip("Windows keeps permissions in another way")
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]
    if not shutil.which("setpriv") or subprocess.run([*command, "true"]).returncode:
        pytest.skip("root can write everywhere here, and setpriv is missing")
    return command


@pytest.mark.slow
def test_a_folder_that_can_only_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    before = _plain()
    folder = _copy(tmp_path / "copy")
    folder.chmod(0o555)
    try:
        done = _run(folder, "check", before=before)
    finally:
        folder.chmod(0o755)
    assert done.returncode == 1
    assert f"The folder {folder} can't be written to" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    space = ["unshare", "-rm", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=6m none '{tmp_path}'"
    if not shutil.which("unshare") or subprocess.run([*space, mount]).returncode:
        pytest.skip("no small disk can be made on this system (unshare -rm, mount)")
    folder = _copy(tmp_path.with_name("small") / "copy")
    names = "start.py requirements.txt requirements-test.txt"
    script = f"{mount} && cd '{folder}' && cp {names} '{tmp_path}' && exec \"$@\""
    done = _run(tmp_path, "check", before=[*space, script, "sh"], cwd=folder)
    assert done.returncode == 1
    assert done.stderr == SENTENCES["disk"] + "\n"


@pytest.mark.slow
def test_an_interrupted_first_start_is_quiet_and_the_next_one_knows(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Ctrl-C is sent in another way on Windows")
    folder = _copy(tmp_path / "copy")
    process = subprocess.Popen(
        [getattr(sys, "_base_executable", sys.executable), str(folder / "start.py"), "check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_surroundings(),
        start_new_session=True,
    )
    said = ""
    while process.stdout and not said.endswith(" uv"):
        said += process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, "")
    assert (folder / ".venv").is_dir()
    assert not (folder / ".venv" / "requirements.txt.stamp").exists()


@pytest.mark.slow
def test_a_debian_without_its_venv_package_works_where_pip_is(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = subprocess.run([start.BASE, "-m", "pip", "--version"], capture_output=True)
    if done.returncode:
        pytest.skip("this Python has no pip")
    _without(monkeypatch, start, "ensurepip.__main__")
    monkeypatch.setattr(start, "need_venv", lambda: None)
    Path(start.ROOT, start.LOCK).write_text("iniconfig\n-e .\n")
    try:
        start.prepare([start.LOCK])
    except start.Stop as stop:
        if SENTENCES["network"] not in str(stop):
            raise
        pytest.skip("NO REGISTRY: set-up was not tried, packages can't be fetched")
    assert not list(Path(start.VENV).rglob("site-packages/pip"))
    assert list(Path(start.VENV).rglob("site-packages/iniconfig"))

"""A pack opens the workbook where there is no network, and says what it lacks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import no_network
from tools.chapters import ROOT
from tools.publish import pack

LOCK = (ROOT / "requirements.txt").read_text("utf-8")
BASE = getattr(sys, "_base_executable", sys.executable)
PYTHON = "{}.{}".format(*sys.version_info)


@pytest.mark.parametrize("system", pack.PLATFORMS)
def test_each_package_of_a_system_has_a_wheel_for_its_laptops(system):
    lines = pack.flat(LOCK, system, "3.13")  # it fails where one has none
    names = {line.split("==")[0] for line in lines}
    assert ({"colorama", "pywinpty"} <= names) is (system == "windows")
    assert ("appnope" in names) is (system == "macos") and {"numpy", "duckdb"} <= names


@pytest.mark.parametrize("git", [True, False], ids=["by git", "by the list"])
def test_a_copy_has_every_file_of_the_workbook_and_nothing_that_lies_about(
    git: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracked = pack.listed()[0]
    root = tmp_path / "here"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".venv", ".git", "cache", "my"))
    if git:
        init = ["init", "-q"], ["add", "-f", *tracked]
        assert not any(subprocess.run(["git", *words], cwd=root).returncode for words in init)
    planted = ["ViewingActivity.csv", "data/ratings.dat", "spark-warehouse/x", "my/notes.ipynb"]
    planted += ["notebooks/mine.ipynb", "helpers/read/export.zip", "data/mine/own.csv"]
    for name in planted:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Ann")
    monkeypatch.setattr(pack, "ROOT", root)
    others = pack.copy(tmp_path / "copy")
    assert not any((tmp_path / "copy" / name).exists() for name in planted)
    assert {"ViewingActivity.csv", "data/ratings.dat"} <= set(others) or not git
    wanted = {name for name in tracked if not name.startswith(pack.UNUSED)}
    assert all((tmp_path / "copy" / name).is_file() for name in wanted - {".gitattributes"})


def test_a_line_without_its_wheel_is_named(tmp_path):
    (tmp_path / "jupyter_core-5.8.1-py3-none-any.whl").touch()
    assert pack.lacking(["jupyter-core==5.8.1", "numpy==2.4.6"], tmp_path) == ["numpy==2.4.6"]


@pytest.mark.slow
def test_a_pack_installs_without_a_network_or_names_the_missing_wheel(tmp_path, monkeypatch):
    alone = no_network()
    if not alone:
        pytest.skip("NO NAMESPACE: a laptop without a network can't be made here")
    book = tmp_path / "book"
    (book / "my").mkdir(parents=True)
    (book / "requirements.txt").write_text("# about\niniconfig==2.3.0\n-e .\n")
    shutil.copy2(ROOT / "start.py", book)
    monkeypatch.setattr(pack, "ROOT", book)
    monkeypatch.setattr(pack.book, "main", lambda words: 0)
    try:
        to = tmp_path / "Ada é книга"  # a blank, an accent and other letters
        pack.main(["--to", str(to), "--python", PYTHON])
    except pack.PackError as error:
        pytest.skip(f"NO REGISTRY: {error}")
    (folder,) = to.iterdir()
    assert not (folder / "my").exists()
    left = ("PYTHON", "PYTEST", "FIFTY_THREE", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    env |= {"HOME": str(tmp_path), "UV_CACHE_DIR": str(tmp_path / "none")}
    start = [*alone, BASE, folder / "start.py", "check"]
    subprocess.run(start, capture_output=True, env=env)  # there are no tools to go on with
    assert (folder / ".venv" / "requirements.txt.stamp").exists()
    shutil.rmtree(folder / ".venv")
    next((folder / "wheels").glob("iniconfig*")).unlink()
    done = subprocess.run(start, capture_output=True, text=True, env=env)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "iniconfig" in done.stderr

"""Worlds kept in data/cache: whole files are used, all others are not."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers.make import cache, worlds


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    # The smaller world stands in for the classroom: the cache does not know the difference.
    monkeypatch.setitem(worlds.SIZES, "classroom", 1_000)
    return tmp_path / "cache"


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_kept_world_is_the_made_one_to_the_last_type(folder: Path) -> None:
    made = worlds.world("classroom").plays
    before = kept(folder).stat().st_mtime_ns
    loaded = worlds.world("classroom").plays
    assert kept(folder).stat().st_mtime_ns == before
    assert loaded.equals(made)
    assert list(loaded.dtypes) == list(made.dtypes)
    assert type(loaded.index) is type(made.index) is pd.RangeIndex
    assert worlds.world("classroom", cache=False).plays.equals(made)


def test_plays_come_from_the_file_when_there_is_one(folder: Path) -> None:
    made = worlds.world("classroom").plays
    file = kept(folder)
    cache._keep(made.head(7), file)
    assert len(worlds.world("classroom").plays) == 7


def test_another_seed_is_another_file(folder: Path) -> None:
    worlds.world("classroom")
    worlds.world("classroom", seed=54)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("harm", ["short", "empty", "text", "flipped", "half a file"])
def test_a_damaged_file_is_made_again_without_a_word(
    folder: Path, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = worlds.world("classroom").plays
    file = kept(folder)
    whole = file.read_bytes()
    middle = len(whole) // 3
    flipped = whole[:middle] + bytes(255 - b for b in whole[middle : middle + 64])
    file.write_bytes(
        {
            "short": whole[:-5],
            "empty": b"",
            "text": b"viewer,title\n1,x\n",
            "flipped": flipped + whole[middle + 64 :],
            "half a file": whole[: len(whole) // 2],
        }[harm]
    )
    assert worlds.world("classroom").plays.equals(made)
    assert kept(folder).read_bytes() == whole
    assert capsys.readouterr() == ("", "")


def test_a_single_changed_byte_is_noticed_wherever_it_is(folder: Path) -> None:
    made = worlds.world("classroom").plays
    file = kept(folder)
    whole = file.read_bytes()
    for part in range(1, 9):
        harmed = bytearray(whole)
        harmed[len(whole) * part // 9] ^= 1
        file.write_bytes(harmed)
        assert worlds.world("classroom").plays.equals(made), part


def test_a_file_that_an_older_source_made_is_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(cache, "fingerprint", lambda: "older")
        worlds.world("classroom")
        assert kept(folder).name == "classroom-53-older.parquet"
    worlds.world("classroom")
    assert cache.fingerprint() in kept(folder).name


def test_a_folder_that_cannot_be_written_to_does_not_matter(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert len(worlds.world("classroom").plays) > 50_000


def test_a_full_disk_does_not_matter_and_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert len(worlds.world("classroom").plays) > 50_000
    assert list(folder.iterdir()) == []


def test_a_tiny_world_is_not_kept(folder: Path) -> None:
    worlds.world("tiny")
    assert not folder.exists()


@pytest.mark.slow
def test_processes_that_start_together_do_not_clash(tmp_path: Path) -> None:
    code = "from helpers import make; print(make.world('classroom', seed=7).plays['minutes'].sum())"
    environment = {**os.environ, "FIFTY_THREE_DATA": str(tmp_path)}
    together = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    answers = {process.communicate()[0] for process in together}
    assert len(answers) == 1
    assert all(process.returncode == 0 for process in together)
    assert len(list((tmp_path / "cache").iterdir())) == 1

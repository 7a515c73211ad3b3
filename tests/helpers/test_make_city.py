"""Cities: the same rows whatever the chunk, and no foreign file touched."""

import ast
import inspect
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from helpers import ask, make
from helpers.make import city


def rows(written: make.City) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file) for file in written.files], ignore_index=True)


def test_chunks_and_workers_change_the_files_and_not_the_rows(tmp_path: Path) -> None:
    one = make.write_city(tmp_path / "one", 2_500, chunk=1_000, workers=2)
    two = make.write_city(tmp_path / "two", 2_500, chunk=1_500, workers=1)
    first, second = rows(one), rows(two)
    assert (len(one.files), len(two.files)) == (3, 2)
    assert one.plays == two.plays == len(first)
    assert first.equals(second)


def test_a_city_of_a_thousand_is_the_tiny_world(tmp_path: Path) -> None:
    plays = make.world("tiny").plays
    found = rows(make.write_city(tmp_path / "city", 1_000))
    assert list(found) == list(plays)
    assert str(found["started_at"].dtype).endswith("UTC]")
    pd.testing.assert_frame_equal(
        found.astype({"title": str, "zone": str, "device": str}).assign(
            started_at=found["started_at"].dt.as_unit("s")
        ),
        plays.astype({"title": str, "zone": str, "device": str}),
    )


@pytest.mark.slow
def test_a_larger_city_begins_with_the_same_viewers(tmp_path: Path) -> None:
    small = make.write_city(tmp_path / "small", 20_000)
    large = make.write_city(tmp_path / "large", 22_000)
    all_rows = rows(large)
    assert all_rows["viewer"].nunique() == 22_000
    first = all_rows.query("viewer <= 20_000").reset_index(drop=True)
    assert first.equals(rows(small))


def test_a_city_holds_53_and_every_other_count(tmp_path: Path) -> None:
    make.write_city(tmp_path, 2_000, seed=8)
    for row in make.COUNTS.to_dict("records"):
        keys = ["days", "until", "who", "at_least", "zone"]
        found = ask.watched_every_day(
            str(tmp_path / "*.parquet"), make.FILM, **{key: row[key] for key in keys}
        )
        assert len(found) == row["count"], row["definition"]


def test_duckdb_reads_the_starts_as_times_in_utc(tmp_path: Path) -> None:
    written = make.write_city(tmp_path / "city", 1_000)
    question = "SELECT typeof(started_at), epoch(min(started_at)) FROM '{}' GROUP BY 1"
    ((kind, first),) = duckdb.sql(question.format(written.files[0].as_posix())).fetchall()
    assert kind == "TIMESTAMP WITH TIME ZONE"
    assert first == make.world("tiny").plays["started_at"].min().timestamp()


def test_progress_adds_up_to_all_viewers(tmp_path: Path) -> None:
    told: list[int] = []
    make.write_city(tmp_path / "city", 2_500, chunk=1_000, progress=told.append)
    assert told == [1_000, 1_000, 500]


@pytest.mark.parametrize("viewers", [0, 999, -5, 2.5, "many", True])
def test_too_few_viewers_are_refused(tmp_path: Path, viewers: object) -> None:
    with pytest.raises(
        make.MakeError, match=r"viewers is .*; expected a whole number of at least 1,000"
    ):
        make.write_city(tmp_path / "city", viewers)  # type: ignore[arg-type]
    assert not (tmp_path / "city").exists()


@pytest.mark.parametrize("name", ["chunk", "workers"])
def test_a_chunk_or_workers_below_one_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        make.MakeError, match=rf"{name} is 0; expected a whole number of at least 1"
    ):
        make.write_city(tmp_path / "city", 1_000, **{name: 0})  # type: ignore[arg-type]


def test_a_seed_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(make.MakeError, match="seed is -1"):
        make.write_city(tmp_path / "city", 1_000, seed=-1)


def test_a_file_in_place_of_the_folder_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "city"
    file.write_text("mine")
    with pytest.raises(make.MakeError, match="is a file; give a folder that is new or empty"):
        make.write_city(file, 1_000)
    assert file.read_text() == "mine"


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "part-00000.parquet").write_text("mine")
    with pytest.raises(make.MakeError, match="is not empty, and nothing in it is overwritten"):
        make.write_city(tmp_path, 1_000)
    assert (tmp_path / "part-00000.parquet").read_text() == "mine"


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(make.MakeError, match="can't be used: .* Give one that can be written to"):
        make.write_city(tmp_path / "file" / "city", 1_000)


def test_a_full_disk_ends_in_one_error_and_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = city._write

    def full(plan: object, numbers: range, file: Path) -> int:
        written = whole(plan, numbers, file)  # type: ignore[arg-type]
        if numbers.start >= 2:
            raise OSError(28, "No space left on device")
        return written

    monkeypatch.setattr(city, "_write", full)
    with pytest.raises(make.MakeError, match="could not be written to .*No space left on device"):
        make.write_city(tmp_path / "city", 4_000, chunk=1_000)
    assert list((tmp_path / "city").iterdir()) == []


def test_an_interrupt_leaves_no_part_either(tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make.write_city(tmp_path / "city", 3_000, chunk=1_000, progress=stop)
    assert list((tmp_path / "city").iterdir()) == []


def test_parquet_is_loaded_when_a_city_is_written_and_not_before() -> None:
    module = ast.parse(inspect.getsource(city))
    names = {a.name for node in module.body if isinstance(node, ast.Import) for a in node.names}
    assert not any(name.startswith("pyarrow") for name in names)

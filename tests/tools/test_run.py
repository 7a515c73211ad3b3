"""`run`, `tidy` and `numbers`: what they say, write and leave alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import sample

from tools import numbers, run, tidy
from tools.files import replace
from tools.notebooks import COLUMNS, NotebookError, chapters, read
from tools.numbers import shown


@pytest.fixture(scope="module")
def tidied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = sample.write(tmp_path_factory.mktemp("tidied"))
    assert tidy.main([str(path)]) == 0
    return path


def test_run_prints_times_and_numbers_and_leaves_the_notebook_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sample.write(tmp_path)
    before = path.read_bytes()
    assert run.main([str(path), "--numbers", str(tmp_path / "n.csv")]) == 0
    assert path.read_bytes() == before
    out, err = capsys.readouterr()
    assert "99-a-sample" in err and " s  2 numbers" in err
    assert "99.default" in out and "0.684  (0.655 to 0.712)  n 1,000" in out
    rows = list(csv.DictReader((tmp_path / "n.csv").open(encoding="utf-8")))
    assert [row["name"] for row in rows] == ["99.default", "99.share"]
    assert rows[1]["low"] == "0.655"


def test_run_names_the_failing_cell_and_goes_on_with_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = sample.notebook()
    notebook.cells[6].source = "people / 0"
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    bad = sample.write(tmp_path / "bad", notebook)
    good = sample.write(tmp_path / "good")
    assert run.main([str(bad), str(good), "--numbers", str(tmp_path / "n.csv")]) == 1
    out, err = capsys.readouterr()
    assert "FAILED 99-a-sample.ipynb, Cell 2 (people / 0): ZeroDivisionError: division by" in out
    assert err.count("2 numbers") == 1
    assert not (tmp_path / "n.csv").exists()


def test_tidy_writes_the_same_bytes_twice(tidied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = tidied.read_bytes()
    assert tidy.main([str(tidied)]) == 0
    assert tidied.read_bytes() == first
    assert "unchanged" in capsys.readouterr().err
    assert tidy.main(["--check", str(tidied)]) == 0


def test_tidy_check_finds_a_changed_output_and_writes_nothing(
    tidied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sample.write(tmp_path, read(tidied))
    text = path.read_text("utf-8").replace("counted 53", "counted 54", 1)
    path.write_text(text, "utf-8")
    assert tidy.main(["--check", str(path)]) == 1
    assert path.read_text("utf-8") == text
    assert "would change" in capsys.readouterr().err


def test_tidy_writes_nothing_when_a_cell_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = sample.notebook()
    notebook.cells[6].source = "people / 0"
    path = sample.write(tmp_path, notebook)
    before = path.read_bytes()
    assert tidy.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "Cell 2 (people / 0)" in capsys.readouterr().out


def test_what_differs_from_run_to_run_is_not_stored(tidied: Path) -> None:
    notebook = read(tidied)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert [cell.id for cell in notebook.cells] == [f"cell-{i:03d}" for i in range(29)]
    assert all(not cell.metadata for cell in notebook.cells)


def test_numbers_prints_the_stored_rows_as_csv(
    tidied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert numbers.main([str(tidied)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["name"], rows[0]["value"], rows[0]["n"]) == ("99.default", "53", "20000")


def test_a_chapter_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (run.main, tidy.main, numbers.main):
        assert command(["97"]) == 1
        out, err = capsys.readouterr()
        assert "No chapter '97'; expected " in out + err


def test_a_file_that_is_no_notebook_is_told(tmp_path: Path) -> None:
    (tmp_path / "07-x.ipynb").write_text("{")
    with pytest.raises(NotebookError, match="07-x.ipynb can't be read as a notebook"):
        read(tmp_path / "07-x.ipynb")


def test_chapters_are_found_by_number_and_in_order(tmp_path: Path) -> None:
    for name in ("10-j", "02-b", "05b-deeper", "05-e", "glossary"):
        (tmp_path / f"{name}.ipynb").write_text("")
    stems = [path.stem for path in chapters(folder=tmp_path)]
    assert stems == ["02-b", "05-e", "05b-deeper", "10-j"]
    assert [p.stem for p in chapters(["5b", "2", "05"], tmp_path)] == ["05b-deeper", "02-b", "05-e"]


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    assert replace(path, "old\n") is True and replace(path, "old\n") is False

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        replace(path, "new\n")
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "old\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [(53, "53"), (1235.0, "1,235"), (0.68412, "0.684"), (12.3456, "12.35"), (None, ""), ("x", "x")],
)
def test_values_are_shown_as_a_reader_wants_them(value: object, text: str) -> None:
    assert shown(value) == text

"""`run`, `tidy` and `numbers`: what they say, write and leave alone."""

import csv
import io

import pytest
import sample

from tools.chapters import COLUMNS, NotebookError, chapters, read, replace
from tools.keep import run
from tools.kernel import execute


@pytest.mark.slow
def test_run_writes_fresh_numbers_and_names_the_failing_cell_of_another_chapter(tmp_path, capsys):
    notebook = sample.notebook()
    notebook.cells[7].source = "people / 0"
    bad, good = sample.write(tmp_path / "bad", notebook), sample.write(tmp_path / "good")
    before, csv_file = good.read_bytes(), tmp_path / "n.csv"
    assert run.main([str(bad), str(good), "--numbers", str(csv_file)]) == 1
    said = capsys.readouterr()
    assert "FAILED 00-a-sample.ipynb, Cell 3 (people / 0): ZeroDivisionError" in said.out
    assert "1 numbers" in said.err and not csv_file.exists()
    assert run.main([str(good), "--numbers", str(csv_file)]) == 0
    assert good.read_bytes() == before
    assert [row["name"] for row in csv.DictReader(csv_file.open("r"))] == ["00.people"]


@pytest.mark.slow
def test_tidy_writes_the_same_bytes_twice_and_check_writes_nothing(tidied, tmp_path):
    first, notebook = tidied.read_bytes(), read(tidied)
    assert run.tidy_main([str(tidied)]) == 0 and tidied.read_bytes() == first
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    path = sample.write(tmp_path, read(tidied))
    text = path.read_text("utf-8").replace("counted 53", "counted 54", 1)
    path.write_text(text, "utf-8")
    assert run.tidy_main(["--check", str(path)]) == 1
    assert path.read_text("utf-8") == text


def test_numbers_prints_the_stored_rows_and_names_an_unrun_chapter(tidied, tmp_path, capsys):
    assert run.numbers_main([str(tidied)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS and rows[0]["value"] == "53"
    path = sample.write(tmp_path, read(tidied))
    path.write_text(path.read_text("utf-8").replace('_count": 7', '_count": null'), "utf-8")
    assert run.numbers_main([str(tidied), str(path)]) == 1
    said = capsys.readouterr()
    assert "Cell 6 (found" in said.err and "00.people" in said.out
    assert run.numbers_main([str(sample.write(tmp_path))]) == 1


def test_a_chapter_that_is_not_there_or_no_notebook_is_told(tmp_path):
    for command in (run.main, run.tidy_main, run.numbers_main):
        with pytest.raises(NotebookError, match="No chapter '97'; expected 00, 01"):
            command(["97"])
    (tmp_path / "07-x.ipynb").write_text("{")
    with pytest.raises(NotebookError, match="07-x.ipynb"):
        execute(tmp_path / "07-x.ipynb")


def test_chapters_are_found_by_number_and_in_order(tmp_path):
    for name in ("10-j", "02-b", "05b-deeper", "05-e", "glossary"):
        (tmp_path / f"{name}.ipynb").write_text("")
    stems = [path.stem for path in chapters(folder=tmp_path)]
    assert stems == ["02-b", "05-e", "05b-deeper", "10-j"]
    assert [p.stem for p in chapters(["5b", "2", "05"], tmp_path)] == ["05b-deeper", "02-b", "05-e"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    assert replace(path, "old\n") is True and replace(path, "old\n") is False

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        replace(path, "new\n")
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "old\n"

"""`readme`: its tables come from the notebooks, and `--check` sees when they don't."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample

from tools import readme
from tools.execute import execute
from tools.notebooks import NotebookError, write


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = sample.write(tmp_path_factory.mktemp("readme"))
    write(execute(path).notebook, path)
    return path


@pytest.fixture
def house(tmp_path: Path, stored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "README.md").write_text(f"before\n{readme.START}\n{readme.END}\nafter\n")
    monkeypatch.setattr(readme, "ROOT", tmp_path)
    monkeypatch.setattr(readme, "chapters", lambda: [stored])
    return tmp_path


def test_the_tables_are_written_and_then_are_up_to_date(house: Path) -> None:
    assert readme.main(["--check"]) == 1
    assert readme.main([]) == 0
    text = (house / "README.md").read_text()
    row = "| 99 | [A sample says what every chapter says](notebooks/99-a-sample.ipynb) | 25 | 4 |"
    assert text.startswith("before\n") and row in text and text.endswith("after\n")
    page = (house / "notebooks" / "numbers.md").read_text()
    assert "| 99.share | 0.684 | 0.655 to 0.712 | 1,000 |" in page
    assert readme.main(["--check"]) == 0


def test_a_number_written_by_hand_is_found(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme.main([])
    page = house / "notebooks" / "numbers.md"
    page.write_text(page.read_text().replace("0.684", "0.685"))
    capsys.readouterr()
    assert readme.main(["--check"]) == 1
    assert capsys.readouterr().out == (
        "notebooks/numbers.md is not what the notebooks say: python3 start.py readme\n"
    )


def test_a_readme_without_a_place_for_the_table_is_told(house: Path) -> None:
    with pytest.raises(NotebookError, match="lacks the lines <!-- chapters"):
        readme.with_table("nothing", "")
    (house / "README.md").write_text("nothing")
    assert readme.main([]) == 1


def test_text_can_not_break_a_table() -> None:
    assert readme.cell("a | b\nc") == "a \\| b c"

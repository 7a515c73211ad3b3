"""`readme`: its tables come from the notebooks, and `--check` sees when they don't."""

from pathlib import Path

import pytest

from tools import readme


def test_the_tables_are_written_and_a_number_written_by_hand_is_found(
    tidied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text(f"before\n{readme.START}\n{readme.END}\nafter\n")
    page = tmp_path / "notebooks" / "numbers.md"
    monkeypatch.setattr(readme, "ROOT", tmp_path)
    monkeypatch.setattr(readme, "chapters", lambda: [tidied])
    assert readme.main(["--check"]) == 1
    assert readme.main([]) == 0 and readme.main(["--check"]) == 0
    text = (tmp_path / "README.md").read_text()
    row = "| 00 | [A sample says what every chapter says](notebooks/00-a-sample.ipynb) | 25 | 2 |"
    assert text.startswith("before\n") and row in text and text.endswith("after\n")
    assert "| 00.people | 53 |" in page.read_text()
    page.write_text(page.read_text().replace("| 53 |", "| 54 |"))
    assert readme.main(["--check"]) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(53, "53"), (1235.0, "1,235"), (0.68412, "0.684"), (12.3456, "12.35"), (None, ""), ("x", "x")],
)
def test_values_are_shown_as_a_reader_wants_them(value: object, text: str) -> None:
    assert readme.shown(value) == text

"""Each number that the text states stands on something, and a test sees when that changes."""

import nbformat
import pytest

from tools.keep import claims


def notebook(text: str, output: str = "") -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell("days = 1_800")
    cell.outputs = [nbformat.v4.new_output("stream", text=output)]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), cell])


def test_the_ledger_is_what_the_chapters_say(capsys):
    assert claims.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "output", "stands"),
    [
        ("1,800", "", True),
        ("53", "53 viewers", True),
        (".5", "0.5", True),
        ("53", "530 53.1", False),
    ],
)
def test_a_number_stands_on_what_a_cell_holds(number, output, stands):
    seen = claims.shown(notebook("text", output))
    assert bool(claims.in_sight(number, seen)) is stands


def test_sentences_come_without_code_and_addresses_and_with_the_names_of_their_line():
    text = "It is 53. <!-- number: 02.viewers --> Look at `days=18` and [page 7](https://x.org/99)."
    found = list(claims.sentences(notebook(text)))
    assert [words for words, _ in found][0] == "It is 53." and "02.viewers" in found[0][1]
    assert not any("18" in words or "99" in words for words, _ in found)


def test_a_value_that_no_longer_holds_is_not_named():
    known = [("02.viewers", 53.0, None), ("02.share", 0.421, 1000)]
    assert claims.named("53", known) == "02.viewers" and claims.named("42%", known) == "02.share"
    assert claims.named("54", known) == ""


def test_every_way_to_write_a_number_is_seen_and_a_version_or_a_fraction_is_not():
    text = "20,000 of 117.58 million, .53, 5 %, and 1,400.5; not 3.11.2, 7/8 or 53rd."
    assert claims.NUMBER.findall(text) == ["20,000", "117.58", ".53", "5 %", "1,400.5"]

"""Sentences and tables show themselves as text and as markup, never as code that runs."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import show, words


def test_say_shows_markdown_and_the_same_words_without_marks():
    said = show.say("**53** viewers and `days=18`, see [the tweet](https://example.org).")
    bundle = said._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown"}
    assert bundle["text/markdown"].startswith("**53**")
    assert bundle["text/plain"] == "53 viewers and days=18, see the tweet."


def test_say_keeps_names_with_underscores_and_products():
    assert repr(show.say("started_at, at_least and 3 * 4 * 5")) == (
        "started_at, at_least and 3 * 4 * 5"
    )


def test_say_keeps_what_stands_in_code():
    assert repr(show.say("`*plays*` and `a_b_c`")) == "*plays* and a_b_c"


@pytest.mark.parametrize("nothing", ["", "  \n", None, 53])
def test_say_refuses_nothing(nothing):
    with pytest.raises(show.ShowError, match="give a text"):
        show.say(nothing)


def test_a_table_shows_its_caption_its_heads_and_what_it_leaves_out():
    frame = pd.DataFrame({"title": [f"film {i}" for i in range(30)], "plays": range(30)})
    bundle = show.table(frame, caption="Thirty films", rows=5)._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Thirty films\n\ntitle ")
    assert bundle["text/plain"].splitlines()[-2:] == ["film 4      4", "and 25 more rows"]
    assert "<caption" in bundle["text/html"] and bundle["text/html"].count('scope="row"') == 5
    assert "and 25 more rows" in bundle["text/html"]


def test_a_table_keeps_an_index_that_names_the_rows():
    assert "viewer" in repr(show.table(pd.Series({"viewer": 53}, name="count"), caption="A"))
    assert "index" not in repr(show.table(pd.DataFrame({"a": [1]}), caption="A"))


def test_a_table_without_caption_or_rows_to_show_is_refused():
    with pytest.raises(show.ShowError, match="give caption="):
        show.table(pd.DataFrame({"a": [1]}), caption=" ")
    with pytest.raises(show.ShowError, match="rows=0; give at least 1"):
        show.table(pd.DataFrame({"a": [1]}), caption="A", rows=0)


def test_a_table_wider_than_the_page_scrolls_in_a_box_of_its_own():
    html = words.html_table(pd.DataFrame({"a": [1]}), rows=1)
    assert html.startswith('<div style="overflow-x: auto">\n<table>')
    assert html.endswith("</table>\n</div>")


def test_a_column_in_small_type_stands_under_the_first_cell():
    frame = pd.DataFrame({"name": ["a"], "value": [53], "source": ["<made>"]})
    html = words.html_table(frame, small="source")
    assert '>a<br><small style="font-weight: normal">&lt;made&gt;</small></th>' in html
    assert 'scope="col"' in html and ">source</th>" not in html and html.count("<td") == 1


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_no_missing_value_is_written_in_any_table(missing):
    kinds = {"object": object, "category": "category", "text": "string"}
    frame = pd.DataFrame(
        {"whole": [1, 2]} | {k: pd.Series([missing, "x"], dtype=t) for k, t in kinds.items()}
    ).assign(float=[float("nan"), 1.5], n=pd.array([None, 3], "Int64"), day=[pd.NaT] * 2)
    for text in (words.html_table(frame), words.text_table(frame)):
        assert not re.search("nan|none|<na>|&lt;na|nat", text.lower())


@given(st.text())
def test_no_title_becomes_a_tag(title):
    html = words.html_table(pd.DataFrame({"a": [title], "b": [title]}))
    first = html.split('<th scope="row" style="text-align: left">')[1].split("</th>")[0]
    second = html.split('<td style="text-align: left">')[1].split("</td>")[0]
    for inside in (first, second):
        assert words.unhtml(inside) == words.cell(title) and "<" not in inside


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (20_000, "20,000"),
        (0.0, "0"),
        (0.5, "0.500"),
        (9.87654, "9.88"),
        (98.7654, "98.8"),
        (987.654, "987.7"),
        (12_345.6, "12,346"),
        (0.000123, "0.000123"),
        (-0.25, "-0.250"),
        (float("nan"), ""),
        (float("inf"), "infinite"),
        (None, ""),
        (pd.NaT, ""),
        (True, "yes"),
        (pd.Timestamp("2017-12-10"), "2017-12-10"),
        (pd.Timestamp("2017-12-10 20:15"), "2017-12-10 20:15:00"),
        ("=cmd()", "=cmd()"),
    ],
)
def test_values_are_written_for_readers(value, text):
    assert words.cell(value) == text


def test_numbers_that_name_somebody_get_no_commas():
    frame = pd.DataFrame({"viewer": [12345], "first_account": [12345], "plays": [12345]})
    assert words.cells(frame) == [["12345", "12345", "12,345"]]

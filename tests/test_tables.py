"""Tables and their values are shown as a reader wants to see them, and never as code that runs."""

import html
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables


def test_a_wide_table_scrolls_in_a_box_of_its_own_and_its_heads_are_heads():
    text = tables.html_table(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), caption="A & B", rows=1)
    assert text.startswith('<div style="overflow-x: auto" tabindex="0"><table><caption')
    assert "A &amp; B</caption>" in text and "and 1 more row<" in text
    assert (text.count('scope="col"'), text.count('scope="row"'), text.count("<td>")) == (2, 1, 1)


def test_text_stands_in_columns_and_what_is_left_out_is_told():
    frame = pd.DataFrame({"title": ["Up", "A Christmas Prince"] * 10, "plays": range(20)})
    lines = tables.text_table(frame, rows=2).splitlines()
    assert len({len(line) for line in lines[:3]}) == 1
    assert lines[-1] == "and 18 more rows"
    assert "A Christmas Prince" in lines[2]
    frame = pd.DataFrame({"viewer": [12345], "first_account": [12345], "plays": [12345]})
    assert tables.text_table(frame).splitlines()[1].split() == ["12345", "12345", "12,345"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_no_missing_value_is_written_in_any_table(missing):
    kinds = {"object": object, "category": "category", "text": "string"}
    frame = pd.DataFrame(
        {"whole": [1, 2]} | {k: pd.Series([missing, "x"], dtype=t) for k, t in kinds.items()}
    ).assign(float=[float("nan"), 1.5], n=pd.array([None, 3], "Int64"), day=[pd.NaT] * 2)
    for text in (tables.html_table(frame), tables.text_table(frame)):
        assert not re.search("nan|none|<na>|&lt;na|nat", text.lower())


@given(st.text())
def test_no_title_becomes_a_tag_and_none_is_cut(title):
    text = tables.html_table(pd.DataFrame({"a": [title], "b": [title * 30]}))
    first = text.split('<th scope="row">')[1].split("</th>")[0]
    second = text.split("<td>")[1].split("</td>")[0]
    for inside, whole in ((first, title), (second, title * 30)):
        assert html.unescape(inside) == html.unescape(html.escape(whole)) and "<" not in inside


VALUES = [
    *((0, "0"), (-0.25, "-0.250"), (9.87654, "9.88"), (98.7654, "98.8"), (12_345.6, "12,346")),
    *((0.000123, "0.000123"), (np.float32(0.5), "0.500"), (float("inf"), "inf")),
    *((True, "yes"), (np.False_, "no"), ([1, 2], "[1, 2]"), ("=cmd()", "=cmd()")),
    (pd.Timestamp("2017-12-10 20:15"), "2017-12-10 20:15:00"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_values_are_written_for_readers(value, text):
    assert tables.cell(value) == text

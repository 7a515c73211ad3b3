"""The numbers of a chapter say what they are, or are refused."""

import json

import numpy as np
import pytest

from helpers import judge
from helpers.estimate import Estimate, share
from helpers.facts import Fact

FACT = Fact("paper.a", 0.684, None, None, 1000, "share", "setting", "paper")


def table():
    return judge.numbers(
        judge.number("02.default", 53, low=53, high=53, n=20_000, published=53),
        judge.number("02.fit.sd", 1.0612345678901234567, source="measured: on a made log"),
        judge.number("05.fig4.8.14", share(684, 1000), published=FACT),
    )


def test_an_estimate_brings_its_interval_and_n():
    row = judge.number("02.share", share(684, 1000)).row()
    assert (row["value"], row["n"]) == (0.684, 1000)
    assert row["low"] == pytest.approx(0.6545, abs=1e-3)
    assert row["high"] == pytest.approx(0.7121, abs=1e-3)


def test_the_frame_has_the_agreed_columns_in_order():
    frame = table().frame
    names = ["name", "value", "low", "high", "n", "published", "source"]
    assert list(frame.columns) == names == list(judge.COLUMNS)
    assert frame["value"].tolist() == [53.0, 1.0612345678901234567, 0.684]
    assert frame["n"].isna().tolist() == [False, True, False]


def test_tools_read_every_row_back_from_the_stored_bundle():
    rows = table()._repr_mimebundle_()["application/vnd.fifty-three.numbers+json"]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert [row["name"] for row in rows] == ["02.default", "02.fit.sd", "05.fig4.8.14"]
    assert rows[0]["value"] == 53 and isinstance(rows[0]["value"], int)
    assert rows[1]["low"] is None and rows[1]["n"] is None
    assert rows[2]["published"] == 0.684


def test_stored_floats_have_twelve_figures_so_that_processors_agree():
    rows = table()._repr_mimebundle_()[judge.MIME]
    assert rows[1]["value"] == 1.06123456789


def test_the_bundle_is_the_same_each_time():
    assert table()._repr_mimebundle_() == table()._repr_mimebundle_()


def test_blank_cells_are_blank():
    bundle = table()._repr_mimebundle_()
    for text in ("nan", "NaN", "None", "<NA>"):
        assert text not in bundle["text/plain"] + bundle["text/html"]
    assert '<th scope="col"' in bundle["text/html"]
    assert '<th scope="row"' in bundle["text/html"]


def test_on_the_page_the_source_stands_under_the_name_and_leaves_room_for_published():
    html = table()._repr_mimebundle_()["text/html"]
    small = '<small style="font-weight: normal">simulated: classroom world, seed 53</small>'
    assert f">02.default<br>{small}</th>" in html
    assert ">published</th></tr>" in html and ">source</th>" not in html


def test_the_plain_table_is_aligned_and_holds_every_row():
    lines = repr(table()).splitlines()
    assert len(lines) == 4
    assert " ".join(lines[1].split()) == (
        "02.default 53 53 53 20,000 53 simulated: classroom world, seed 53"
    )
    assert lines[0].index("source") == lines[1].index("simulated") == lines[2].index("measured")


@pytest.mark.parametrize("name", ["default", "2.default", "02", "02.", "02.Default", "02.a b", 2])
def test_a_name_of_another_form_is_refused(name):
    with pytest.raises(judge.JudgeError, match="a number is named by its chapter and words"):
        judge.number(name, 53)


@pytest.mark.parametrize("name", ["02.default", "06.reconstruction.bits", "05.fig4.8.14", "05b.x"])
def test_names_of_the_agreed_form_pass(name):
    assert judge.number(name, 1).name == name


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(judge.JudgeError, match="02.default comes twice"):
        judge.numbers(judge.number("02.default", 53), judge.number("02.default", 54))


@pytest.mark.parametrize(("low", "high"), [(54, 60), (40, 52)])
def test_an_interval_that_does_not_hold_the_value_is_refused(low, high):
    with pytest.raises(judge.JudgeError, match="does not hold the value 53"):
        judge.number("02.default", 53, low=low, high=high, n=10)


def test_half_an_interval_is_refused():
    with pytest.raises(judge.JudgeError, match="one end of the interval"):
        judge.number("02.default", 53, low=40, n=10)


def test_an_interval_without_n_is_refused():
    with pytest.raises(judge.JudgeError, match="say how many cases"):
        judge.number("02.default", 53, low=40, high=60)
    with pytest.raises(judge.JudgeError, match="say how many cases"):
        judge.number("02.default", Estimate(53, 40, 60))


def test_an_estimate_with_a_second_interval_is_refused():
    with pytest.raises(judge.JudgeError, match="brings its own interval and n"):
        judge.number("02.share", share(1, 2), n=2)


@pytest.mark.parametrize("n", [-1, 2.5, True, "many"])
def test_an_n_that_is_no_count_is_refused(n):
    with pytest.raises(judge.JudgeError, match="give a whole number of cases"):
        judge.number("02.default", 53, n=n)


@pytest.mark.parametrize("source", ["", "our own", "measurement", "Simulated", None])
def test_a_source_that_hides_its_kind_is_refused(source):
    with pytest.raises(judge.JudgeError, match="start it with one of simulated, fitted, measured"):
        judge.number("02.default", 53, source=source)


@pytest.mark.parametrize("kind", ["simulated", "fitted", "measured", "published", "counted"])
def test_each_kind_of_source_passes(kind):
    assert judge.number("02.default", 53, source=f"{kind}: here").source == f"{kind}: here"


@pytest.mark.parametrize("value", [float("nan"), np.inf])
def test_a_value_that_is_not_finite_is_refused(value):
    with pytest.raises(judge.JudgeError, match="give a finite number"):
        judge.number("02.default", value)


@pytest.mark.parametrize("value", ["53", None, True, [53]])
def test_a_value_that_is_no_number_is_refused(value):
    with pytest.raises(judge.JudgeError, match="value is of type"):
        judge.number("02.default", value)


def test_a_fact_in_words_cannot_stand_beside_a_number():
    words = Fact("tweet.text", "To the 53", None, None, None, "", "", "")
    with pytest.raises(judge.JudgeError, match="tweet.text holds the text"):
        judge.number("02.default", 53, published=words)


def test_no_numbers_and_rows_of_another_kind_are_refused():
    with pytest.raises(judge.JudgeError, match="a chapter claims at least one"):
        judge.numbers()
    with pytest.raises(judge.JudgeError, match="make each with judge.number"):
        judge.numbers({"name": "02.default"})


def test_numpy_values_become_plain_ones():
    row = judge.number("02.default", np.int64(53), n=np.int64(5)).row()
    assert type(row["value"]) is int and type(row["n"]) is int

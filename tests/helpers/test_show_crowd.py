"""The crowd counts who fits the facts that are ticked, at once, and names nobody."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import show

VIEW = "application/vnd.jupyter.widget-view+json"


def known(people=20_000):
    """Everybody's number is the fact: every second one, every third, every fifth."""
    number = np.arange(people)
    return pd.DataFrame({f"divided by {n}": number % n == 0 for n in (2, 3, 5)})


@pytest.fixture
def panel():
    return show.crowd(known(300))


def tick(panel, *facts):
    for fact, box in panel.boxes.items():
        box.value = fact in facts


def test_with_nothing_known_everybody_is_left(panel):
    assert panel.text == "300 viewers: nothing is known."
    assert repr(panel).endswith("\nNot ticked: divided by 2; divided by 3; divided by 5.")


def test_a_tick_leaves_those_who_fit_and_a_second_those_who_fit_both(panel):
    tick(panel, "divided by 2")
    assert panel.text == "150 of 300 viewers fit the fact ticked: 1 in 2."
    tick(panel, "divided by 2", "divided by 5")
    assert panel.text == "30 of 300 viewers fit the 2 facts ticked: 1 in 10."
    assert panel.ticked == ["divided by 2", "divided by 5"]


def test_a_fact_taken_back_gives_the_crowd_back(panel):
    tick(panel, "divided by 3")
    tick(panel)
    assert panel.text.startswith("300 viewers")


def test_one_who_is_left_is_singled_out_and_nobody_left_is_said():
    table = pd.DataFrame({"a": [True, False], "b": [False, True]})
    panel = show.crowd(table, ticked=["a"], people="accounts", who="account")
    assert panel.text == "1 account of 2 fits the fact ticked: singled out."
    panel.boxes["b"].value = True
    assert panel.text == "0 of 2 accounts fit the 2 facts ticked: nobody here is meant."


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(*[st.booleans()] * 3), min_size=1, max_size=12),
    st.sets(st.sampled_from("abc")),
)
def test_the_count_is_that_of_a_slow_loop_over_everybody(rows, ticked):
    panel = show.crowd(pd.DataFrame(rows, columns=list("abc")))
    tick(panel, *ticked)
    left = sum(all(row["abc".index(fact)] for fact in ticked) for row in rows)
    assert panel.text.split()[0] == str(left)


def test_the_bar_shrinks_with_the_crowd_on_a_log_scale(panel):
    def width():
        return float(panel.bar.value.split("width: ")[1].split("%")[0])

    widths = [width()]
    for ticked in (["divided by 2"], ["divided by 2", "divided by 5"]):
        tick(panel, *ticked)
        widths.append(width())
    assert widths[0] == 100 and widths[0] > widths[1] > widths[2] > 50


def test_every_box_has_its_words_and_the_sentence_is_announced(panel):
    assert [box.description for box in panel.boxes.values()] == list(known(1).columns)
    assert 'role="status"' in panel.result.value
    assert 'aria-hidden="true"' in panel.bar.value


def test_words_with_html_in_them_are_shown_as_they_are():
    table = pd.DataFrame({"<b>": [True, True]})
    panel = show.crowd(table, ticked=["<b>"], people="a < b")
    assert panel.text == "2 of 2 a < b fit the fact ticked: 1 in 1."
    assert "<b>" not in panel._repr_mimebundle_()["text/html"]


def test_the_crowd_fits_a_narrow_screen(panel):
    for part in (*panel.boxes.values(), panel.bar, panel.result):
        assert (part.layout.width, part.layout.max_width) == ("95%", "36em")
        assert part.layout.min_width == "0"


def test_a_page_without_widgets_shows_the_crowd_in_words(panel):
    bundle = panel._repr_mimebundle_()
    assert VIEW in bundle and bundle["text/plain"] == repr(panel)
    assert bundle["text/html"].startswith("<p>300 viewers: nothing is known.<br>Not ticked: ")


@pytest.mark.parametrize(
    ("table", "ticked", "said"),
    [
        (known(0), (), "no rows"),
        (pd.DataFrame(index=range(3)), (), "no rows"),
        (pd.DataFrame({"a": [1, 0]}), (), "'a' holds int64; give true or false"),
        (pd.DataFrame({"a": [True, None]}), (), "'a' holds object; give true or false"),
        (pd.DataFrame([[True, True]], columns=["a", "a"]), (), "one column a fact"),
        (known(9), ["divided by 7"], "'divided by 7' is no column; there are divided by 2"),
        ([True], (), "a list was given; give a DataFrame"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_to_give(table, ticked, said):
    with pytest.raises(show.ShowError, match=said):
        show.crowd(table, ticked=ticked)


def test_a_tick_is_answered_in_a_fifth_of_a_second():
    panel, took = show.crowd(known()), []
    for fact in panel.boxes:
        start = time.perf_counter()
        panel.boxes[fact].value = True
        took.append(time.perf_counter() - start)
    assert sorted(took)[1] < 0.2, f"the middle of three ticks took {sorted(took)[1]:.3f} s"

"""The web book before Sphinx: what a page folds, what it links, and what the tab fills in."""

import re

import pytest

from exercises import c02
from helpers import ask, learn, make, show
from tools.chapters import NUMBERS
from tools.publish import book, stage


def html(value: object) -> dict[str, str]:
    return {"text/plain": repr(value), "text/html": value._repr_html_()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("exercise", c02.EXERCISES, ids=lambda each: each.id)
def test_an_exercise_shows_its_hints_and_its_solution_each_folded(exercise):
    page = stage.shown(f'learn.exercise("{exercise.id}").check(answer)', html(exercise.check(...)))
    assert page.count("<details>") == len(exercise.hints) + 1
    assert stage.escape(str(exercise.solution).splitlines()[0]) in page.replace("<code>", "")
    assert re.sub(r"<details>.*?</details>", "", page, flags=re.S) == ""


def test_a_prediction_comes_first_and_its_result_is_folded():
    page = stage.shown('learn.predicted("02.1", 59, 53)', html(learn.predicted("02.1", 59, 53)))
    assert re.fullmatch(r"<details><summary>Your prediction first.*?</summary>.*</details>", page)
    assert "59" in page and "No prediction yet" not in page


@pytest.mark.parametrize(
    ("source", "link"), [("show.recount(plays, title)", "count.html"), ("show.crowd(known)", "own")]
)
def test_a_panel_shows_its_still_and_where_it_moves(source, link):
    page = stage.shown(source, {"text/html": "<p>53 viewers</p>", stage.WIDGET: "{}"})
    assert page.startswith("<p>53 viewers</p>") and link in page


def test_a_table_stands_as_it_is_and_the_numbers_of_a_chapter_are_folded():
    bundle = html(show.table(make.COUNTS, caption="Counts"))
    assert stage.shown("show.table(counts)", bundle) == bundle["text/html"]
    assert stage.shown("found", {**bundle, NUMBERS: "[]"}).startswith("<details>")


def test_comments_and_links_out_of_the_book_leave_only_their_words():
    text = "# 53 people <!-- number: 02.default -->\n[README](../README.md), [02](02-x.ipynb)"
    assert stage.prose(text) == "# 53 people\nREADME, [02](02-x.ipynb)"


@pytest.mark.parametrize("zone", book.ZONES)
def test_the_texts_of_the_tab_filled_in_are_those_of_ask(zone):
    definition = {"days": 11, "until": "2017-12-03", "who": "account", "zone": zone}
    values = {"days": 11, "first": "2017-11-23", "last": "2017-12-03", "seconds": 2520}
    for least, text in (0, "false"), (42, "true"):
        filled = book.texts()[f"account, {zone}, {text}"].format(**values)
        assert filled == ask.watched_every_day_sql(make.FILM, at_least=least, **definition)

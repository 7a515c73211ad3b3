"""Numbers in headings, in digits and in words."""

from __future__ import annotations

import pytest

from tools.claims import problems, said

RIGHT = [
    ("Fifty-three people did", 53),
    ("53 people did", 53.0),
    ("Some 1,235 of them", 1235),
    ("A share of 68 % stays", 0.684),
    ("A share of 68 per cent stays", 0.684),
    ("A share of 68.4 percent stays", 0.684),
    ("99 of 100 people are found", 0.987),
    ("Ninety-nine of a hundred people", 0.987),
    ("1 in 377 of the viewers", 1 / 377),
    ("One in 377 of the viewers", 377.2),
    ("2.06 million memberships", 2_058_000),
    ("Half a point: .5 is the median", 0.53),
    ("A median of 12 titles", 12.4),
    ("Twenty of 53 stay", 20),
    ("One hundred plays", 100),
]
WRONG = [
    ("Fifty-three people did", 54),
    ("53 people did", 53.6),
    ("A share of 68 % stays", 0.69),
    ("99 of 100 people are found", 0.98),
    ("1 in 377 of the viewers", 1 / 300),
    ("2.06 million memberships", 2_000_000),
    ("One word moves it", 0.684),
    ("On 10 December 2017 it was 5 degrees", 10),
]


@pytest.mark.parametrize(("text", "value"), RIGHT)
def test_a_heading_that_holds_the_value_passes(text: str, value: float) -> None:
    assert list(problems(f"{text} <!-- number: 02.x -->", {"02.x": value})) == []


@pytest.mark.parametrize(("text", "value"), WRONG)
def test_a_heading_that_holds_another_value_is_told(text: str, value: float) -> None:
    assert "does not hold its value" in next(
        problems(f"{text} <!-- number: 02.x -->", {"02.x": value})
    )


def test_a_number_without_a_row_is_told_and_a_date_is_none() -> None:
    assert "names no row" in next(problems("All 53 of them", {}))
    assert list(problems("On 23 November 2017 one thing or two happened in 2018", {})) == []


def test_a_row_may_be_a_published_fact() -> None:
    assert list(problems("53 people, said the tweet <!-- number: tweet.viewers -->", {})) == []
    assert "no fact" in next(problems("53 people <!-- number: tweet.nothing -->", {}))


def test_several_rows_may_be_named() -> None:
    rows = {"02.a": 53, "02.b": 41}
    assert list(problems("From 53 to 41 <!-- number: 02.a, 02.b -->", rows)) == []
    assert "names '02.b'" in next(problems("From 53 to 42 <!-- number: 02.a, 02.b -->", rows))


def test_words_within_words_are_no_numbers() -> None:
    assert said("Someone often freights a weight") == []

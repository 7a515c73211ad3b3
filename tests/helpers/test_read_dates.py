"""The order of written dates: decided from evidence in the whole file, or refused."""

import contextlib
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read import ReadError
from helpers.read.netflix import ORDERS, days_of

STYLES = {
    "{d.month}/{d.day}/{d:%y}": "month-first",
    "{d:%m/%d/%Y}": "month-first",
    "{d:%d.%m.%y}": "day-first",
    "{d.day}. {d.month}. {d:%Y}": "day-first",
    "{d:%d/%m/%Y}": "day-first",
    "{d:%Y-%m-%d}": "year-first",
    "{d:%Y. %m. %d.}": "year-first",
}
days = st.dates(date(2008, 1, 1), date(2026, 1, 1))


def read(*texts, choice=None):
    """The day of each row; row i is on line i + 2, below a header."""
    texts = pd.Series(texts, range(2, len(texts) + 2), dtype="str")
    found = days_of(texts, choice, "mine.csv")[0]
    return [None if pd.isna(day) else day.date() for day in found]


def refusal(*texts, choice=None):
    with pytest.raises(ReadError) as refused:
        read(*texts, choice=choice)
    return str(refused.value)


@settings(deadline=None, max_examples=50)
@given(st.lists(days, min_size=1, max_size=12), st.sampled_from(list(STYLES)))
def test_days_come_back_as_they_were_written_or_are_refused(wanted, style):
    texts = [style.format(d=day) for day in wanted]
    assert read(*texts, choice=STYLES[style]) == wanted
    with contextlib.suppress(ReadError):
        assert read(*texts) == wanted


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6/19/25", date(2025, 6, 19)),
        ("24.01.23", date(2023, 1, 24)),
        ("2021-12-15", date(2021, 12, 15)),
        ("19/06/2025", date(2025, 6, 19)),
        ("5/5/2025", date(2025, 5, 5)),
        ("\u200f24\u200f/\u200f1\u200f/\u200f2023", date(2023, 1, 24)),
        ("٢٤/١/٢٠٢٣", date(2023, 1, 24)),
    ],
)
def test_one_part_above_twelve_or_equal_parts_decide(text, day):
    assert read(text) == [day]


def test_evidence_on_the_last_line_decides_the_first():
    assert read("3/4/2025", "3/19/2025")[0] == date(2025, 3, 4)
    assert read("3/4/2025", "19/3/2025")[0] == date(2025, 4, 3)


def test_what_nothing_decides_is_refused_with_its_line_and_the_argument():
    message = refusal("5/5/2025", "3/4/2025")
    assert "line 3" in message and "line 2" not in message and "dates=" in message
    assert read("3/4/2025", choice="day-first") == [date(2025, 4, 3)]


def test_two_orders_in_one_file_are_refused_with_their_lines():
    message = refusal("6/19/25", "1/2/25", "24/1/25")
    assert "line 2" in message and "line 4" in message and "line 3" not in message
    refusal("6/19/25", "6/1/25", choice="day-first")


@pytest.mark.parametrize("second", ["12.06.2025", "12/06/25"])
def test_a_spreadsheets_second_style_is_refused_although_one_order_fits_all(second):
    assert "line 3" in refusal("19/06/2025", second)
    assert read("19/06/2025", second, choice="day-first")[1] == date(2025, 6, 12)


@pytest.mark.parametrize("text", ["17/03/04", "17/03/14", "23. 1. 24.", "21-12-15"])
def test_a_year_of_two_digits_that_could_stand_first_is_refused(text):
    assert "year-first" in refusal(text)
    assert read(text, choice="year-first")[0].year == 2000 + int(text[:2])


def test_days_yet_to_come_and_days_before_streaming_speak_against_a_year_first():
    assert read("19/6/25", "30/6/25", "1/7/25")[0] == date(2025, 6, 19)
    assert read("19/6/25", "3/7/25")[0] == date(2025, 6, 19)
    tomorrow = date.today() + timedelta(days=1)
    assert "year-first" in refusal(f"{tomorrow:%d}/12/{tomorrow:%y}", "20/1/25")


def test_what_is_no_date_is_missing_and_the_others_are_read():
    assert read("6/19/25", "yesterday", "30/30/25", "") == [date(2025, 6, 19), None, None, None]
    assert read("24/1/2566", "24/1/2025") == [None, date(2025, 1, 24)]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.sampled_from("0123456789/.- "), max_size=10), min_size=1, max_size=4))
def test_any_text_is_a_day_or_refused(texts):
    for choice in (None, *ORDERS):
        with contextlib.suppress(ReadError):
            assert all(day is None or isinstance(day, date) for day in read(*texts, choice=choice))


@settings(deadline=None, max_examples=50)
@given(days)
def test_a_long_history_newest_first_is_never_read_in_a_wrong_order(start):
    history = [start + timedelta(days=at) for at in range(40)][::-1]
    for style in STYLES:
        with contextlib.suppress(ReadError):
            assert read(*(style.format(d=day) for day in history)) == history

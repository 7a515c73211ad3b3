"""The order of written dates: decided from evidence in the whole file, or refused."""

import contextlib
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read import ReadError
from helpers.read.dates import ORDERS, days_of

STYLES = {
    "{m}/{d}/{yy}": "month-first",
    "{mm}/{dd}/{yyyy}": "month-first",
    "{dd}.{mm}.{yy}": "day-first",
    "{d}.{m}.{yyyy}": "day-first",
    "{dd}/{mm}/{yyyy}": "day-first",
    "{d}. {m}. {yyyy}": "day-first",
    "{dd}-{mm}-{yy}": "day-first",
    "{yyyy}-{mm}-{dd}": "year-first",
    "{yyyy}/{m}/{d}": "year-first",
    "{yyyy}. {mm}. {dd}.": "year-first",
}


def written(day, style):
    return style.format(
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        yy=f"{day.year % 100:02}",
        yyyy=day.year,
    )


def read(texts, choice=None):
    """The day of each row; row i is on line i + 2, below a header."""
    distinct = list(dict.fromkeys(texts))
    codes = np.array([distinct.index(text) for text in texts], dtype=np.int32)
    lines = np.arange(len(texts)) + 2
    days, notes = days_of(distinct, codes, lines, choice, "mine.csv")
    return days[codes].tolist(), notes


def refusal(texts, choice=None):
    with pytest.raises(ReadError) as refused:
        read(texts, choice)
    return str(refused.value)


# From 2008 on, every order of a date lies after the start of streaming, so none is ruled out by it.
days = st.dates(date(2008, 1, 1), date(2049, 12, 31))


@given(st.lists(days, min_size=1, max_size=12), st.sampled_from(list(STYLES)))
def test_days_come_back_as_they_were_written_or_are_refused(wanted, style):
    texts = [written(day, style) for day in wanted]
    assert read(texts, STYLES[style])[0] == wanted
    rivals = {"month-first": "day-first", "day-first": "month-first", "year-first": "year-first"}
    other = [_meant(day, STYLES[style], rivals[STYLES[style]]) for day in wanted]
    if None in other or other == wanted:
        assert read(texts)[0] == wanted
    else:
        assert "Give dates='month-first' or dates='day-first'" in refusal(texts)


def _meant(day, order, rival):
    """The day when its parts are read in the rival order; None when there is no such day."""
    if order == rival:
        return day
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("6/19/25", "month-first"),
        ("24.01.23", "day-first"),
        ("2021-12-15", "year-first"),
        ("19/06/2025", "day-first"),
    ],
)
def test_one_part_above_twelve_decides_the_whole_file(text, order):
    found, notes = read([text])
    assert len(found) == 1
    assert notes[0] == f"Dates were read as {order}: no other order fits."


def test_evidence_on_the_last_line_decides_the_first():
    assert read(["3/4/25", "3/19/25"])[0] == [date(2025, 3, 4), date(2025, 3, 19)]
    assert read(["3/4/25", "19/3/25"])[0] == [date(2025, 4, 3), date(2025, 3, 19)]


def test_when_nothing_decides_the_message_names_the_argument_and_both_days():
    message = refusal(["3/4/25", "5/6/25"])
    assert message == (
        "mine.csv: nothing in the file decides the order of its dates; line 2: '3/4/25' can be "
        "2025-03-04 month-first, 2025-04-03 day-first. Give dates='month-first' or "
        "dates='day-first'"
    )


def test_the_order_of_the_rows_is_told_as_a_hint_and_decides_nothing():
    message = refusal(["3/5/23", "3/4/23", "2/11/23"])
    assert "only month-first puts the rows newest first, as Netflix writes them" in message


def test_days_that_both_orders_agree_on_are_read():
    assert read(["5/5/25", "6/6/25"])[0] == [date(2025, 5, 5), date(2025, 6, 6)]


def test_two_orders_in_one_file_are_refused_with_their_lines():
    message = refusal(["6/19/25", "1/2/25", "24/1/25"])
    assert "mixes dates of two orders" in message
    assert "month-first can't be line 4: '24/1/25'" in message
    assert "day-first can't be line 2: '6/19/25'" in message
    assert "line 3" not in message


def test_a_spreadsheets_second_style_is_refused_although_one_order_fits_all():
    for second, line in [("12/6/2025", 3), ("12.06.2025", 3), ("12/06/25", 3)]:
        message = refusal(["19/06/2025", second])
        assert "writes dates in two ways" in message
        assert "line 2: '19/06/2025'" in message and f"line {line}: {second!r}" in message
        assert read(["19/06/2025", second], "day-first")[0][1] == date(2025, 6, 12)


def test_a_year_of_two_digits_stands_first_only_where_it_can_stand_nowhere_else():
    assert read(["24.01.23", "23.01.23"])[0] == [date(2023, 1, 24), date(2023, 1, 23)]
    assert "dates='year-first'" in read(["24.01.23"])[1][1]
    assert read(["23. 1. 24.", "23. 1. 3."])[0] == [date(2023, 1, 24), date(2023, 1, 3)]
    # Read with the day first, these would be of 2003 and 2002: Netflix did not stream then.
    assert read(["23. 01. 24.", "23. 01. 03."])[0] == [date(2023, 1, 24), date(2023, 1, 3)]
    assert read(["21-12-15", "21-12-02"])[0] == [date(2021, 12, 15), date(2021, 12, 2)]
    assert "dates='day-first' or dates='year-first'" in refusal(["23. 1. 24."])


def test_marks_of_writing_direction_and_arabic_digits_are_read():
    assert read(["\u200f24\u200f/\u200f1\u200f/\u200f2023"])[0] == [date(2023, 1, 24)]
    assert read(["٢٤/١/٢٠٢٣"])[0] == [date(2023, 1, 24)]


def test_what_is_no_date_is_refused_with_its_line():
    assert "line 3: 'yesterday' is no date such as 6/19/25" in refusal(["6/19/25", "yesterday"])
    assert "line 3: '' is no date" in refusal(["6/19/25", ""])
    assert "line 2: '30/30/25' is no day of 1997 to 2049 in any order" in refusal(["30/30/25"])
    assert "line 2: '24/1/2566' is no day of 1997 to 2049" in refusal(["24/1/2566"])


def test_an_order_that_the_reader_names_must_fit():
    message = refusal(["6/19/25", "6/1/25"], "day-first")
    assert message == "mine.csv: with dates='day-first' there is no such day: line 2: '6/19/25'"
    assert refusal(["6/19/25"], "US") == (
        "dates='US'; expected one of 'month-first', 'day-first', 'year-first'"
    )


def test_only_the_first_lines_are_shown_and_the_rest_counted():
    assert "line 5: '?' and 3 more" in refusal(["?"] * 7)


@given(st.lists(st.text(st.sampled_from("0123456789/.- "), max_size=10), min_size=1, max_size=4))
def test_any_text_is_a_day_or_refused(texts):
    for choice in (None, *ORDERS):
        with contextlib.suppress(ReadError):
            assert all(isinstance(day, date) for day in read(texts, choice)[0])


@given(st.lists(days, min_size=40, max_size=60, unique=True))
def test_a_long_history_newest_first_is_never_read_in_a_wrong_order(wanted):
    start = min(wanted)
    history = [start + timedelta(days=at) for at in range(40)][::-1]
    for style in STYLES:
        try:
            assert read([written(day, style) for day in history])[0] == history
        except ReadError as refused:
            assert "dates=" in str(refused)

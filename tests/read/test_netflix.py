"""Netflix's two files come back as plays; dates in doubt are refused; episodes are of shows."""

import contextlib
import csv
import io
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import log, read
from helpers.read import ReadError
from helpers.read.dates import days_of
from helpers.read.netflix import EXTRA
from helpers.read.titles import split
from studies import fixtures

HEADER = fixtures.text_of("netflix activity", []).strip() + "\n"
ROWS = (
    "Ann,2017-12-10 3:05:06,01:32:10,,A Christmas Prince,,Smart TV,01:30:00,01:30:00,DE (Germany)\n"
    'Bob,2017-12-09 23:59:59,25:00:30,,"Dark: Season 1: Lies, all of them",,Phone,,'
    "Not latest view,DE (Germany)\n"
    "Cleo,2017-12-09 20:00:00,00:00:20,,Dark: Season 2 (Trailer),TRAILER,Phone,,,DE (Germany)\n"
    "Ann,2017-12-08 20:00:00,00:00:00,,A Christmas Prince,,Smart TV,,,DE (Germany)\n"
)
ODD = ["<b onload=alert(1)>", "=cmd|' /C calc'!A1", 'Said "no"', "One\nTwo", "One\r\nTwo"]
ODD += ["Fire 🎆", "שלום", "\u202eabc", "Comma, comma", "nan", "NULL", "007", " spaces ", "2:22"]
STYLES = {
    "{d.month}/{d.day}/{d:%y}": "month-first",
    "{d:%d.%m.%y}": "day-first",
    "{d.day}. {d.month}. {d:%Y}": "day-first",
    "{d:%Y. %m. %d.}": "year-first",
}
days = st.dates(date(2008, 1, 1), date(2025, 12, 31))


def history(*rows):
    """The text of an account page's file."""
    return pd.DataFrame(rows, columns=["Title", "Date"]).to_csv(index=False, quoting=csv.QUOTE_ALL)


def dated(*texts, choice=None):
    """The day of each row; row i is on line i + 2, below a header."""
    texts = pd.Series(texts, range(2, len(texts) + 2), dtype="str")
    found = days_of(texts, choice, "mine.csv")[0]
    return [None if pd.isna(day) else day.date() for day in found]


def test_titles_come_back_as_they_are_written_and_rows_without_one_are_counted(write):
    plays = log.check(read.anything(write(history(*((title, "1/31/21") for title in [*ODD, " "])))))
    assert plays["title"].tolist() == ODD
    assert plays.attrs["report"].left_out == {"no title": 1}


def test_a_history_is_a_viewing_log_at_noon_without_lengths(write):
    text = history(("Dark: Season 1: Lies", "12/31/17"), ("Fish", "12/1/17"), ("Fish", "12/1/17"))
    plays = log.check(read.anything(write(text)))
    assert plays["title"].tolist() == ["Dark", "Fish", "Fish"]
    assert plays["episode"].tolist()[0] == "Season 1: Lies" and plays["episode"].isna()[1]
    assert plays["started_at"][1] == pd.Timestamp("2017-12-01 12:00", tz="UTC")
    assert plays["minutes"].isna().all() and (plays["viewer"] == 1).all()


def test_an_activity_is_a_viewing_log_of_all_profiles_without_their_names(write):
    plays = log.check(read.anything(write(HEADER + ROWS)))
    assert plays["viewer"].tolist() == [1, 2, 1] and plays["account"].tolist() == [1, 1, 1]
    assert plays["title"].tolist() == ["A Christmas Prince", "Dark", "A Christmas Prince"]
    assert plays["started_at"][0] == pd.Timestamp("2017-12-10 03:05:06", tz="UTC")
    assert plays["minutes"].tolist() == pytest.approx([92 + 10 / 60, 25 * 60 + 0.5, 0])
    assert plays["device"].tolist() == ["Smart TV", "Phone", "Smart TV"]
    report = plays.attrs["report"]
    assert report.left_out == {"not viewing (TRAILER)": 1} and report.rows == 4
    everything = str(report) + plays.to_csv() + "".join(plays["title"].cat.categories)
    assert not any(name in everything for name in ("Ann", "Bob", "Cleo", "Germany"))


def test_one_profile_can_be_taken_by_name_or_number(write, refusal):
    path = write(HEADER + ROWS)
    for profile in ("Bob", 2, "2"):
        plays = log.check(read.anything(path, profile=profile))
        assert plays["viewer"].tolist() == [2]
        assert plays["title"].cat.categories.tolist() == ["Dark"]
        assert plays.attrs["report"].left_out["of other profiles"] == 2
    for wrong in ("Dora", "Cleo", True, 0, 4):  # of Cleo there is only a trailer
        assert "Ann" not in refusal(path, profile=wrong)


def test_the_report_survives_what_pandas_does_with_attrs(write, tmp_path):
    plays = read.anything(write(HEADER + ROWS))
    assert len(pd.concat([plays, plays])) == 6
    plays.to_parquet(tmp_path / "plays.parquet")
    again = pd.read_parquet(tmp_path / "plays.parquet")
    assert again.attrs["report"] == plays.attrs["report"] == plays.copy(deep=True).attrs["report"]


def test_autoplay_and_hidden_rows_are_kept_counted_and_told_apart(write):
    said = ["Autoplayed: user action: None; ", "Autoplayed: user action: User_Interaction; ", ""]
    said += ["Autoplayed: user action: None; View was hidden; ", "View was hidden;"]
    rows = [f"Ann,2017-12-0{at} 20:00:00,01:00:00,{each},Up,,TV,,,\n" for at, each in
            enumerate(said, 1)]  # fmt: skip
    plays = log.check(read.anything(write(HEADER + "".join(rows))))
    assert plays["autoplay"].tolist() == [True, False, False, True, False]
    assert plays["hidden"].tolist() == [False, False, False, True, True]
    assert list(plays.attrs["report"].still_there.values()) == [2]
    assert "without an action: 2" in str(plays.attrs["report"])


def test_missing_columns_are_named(write, refusal):
    frame = pd.read_csv(io.StringIO(HEADER + ROWS), dtype=str, keep_default_na=False)
    for column in ("Profile Name", "Start Time", "Duration", "Title"):
        assert column.lower() in refusal(write(frame.drop(columns=column).to_csv(index=False)))
    for column in ("Attributes", "Supplemental Video Type", "Device Type"):
        less = read.anything(write(frame.drop(columns=column).to_csv(index=False)))
        assert column.lower() in str(less.attrs["report"])
        assert ("hidden" in less) == (column != "Attributes")


def test_what_is_no_viewing_is_left_out_by_its_kind_and_an_unknown_kind_is_not_repeated(write):
    kinds = [*EXTRA, "ann@example.org"]
    rows = [f"Ann,2017-12-09 20:00:00,00:01:00,,Up,{kind},TV,,,\n" for kind in kinds]
    report = read.anything(write(HEADER + ROWS + "".join(rows))).attrs["report"]
    assert sum(report.left_out.values()) == len(kinds) + 1 and len(report.left_out) == len(kinds)
    assert "example.org" not in str(report)


@pytest.mark.parametrize(
    ("clock", "start"),
    [
        ("12/{day}/17 {day}:05", "2017-12-{day} {day}:05:00"),
        ("{day}/12/2017 3:05:06", "2017-12-{day} 03:05:06"),
    ],
)
def test_times_that_a_spreadsheet_wrote_are_read_when_one_order_fits(write, refusal, clock, start):
    row = "Ann,{clock},01:00:00,,Up,,TV,,,\n"
    days = (21, 20, 13)
    text = HEADER + "".join(row.format(clock=clock.format(day=day)) for day in days)
    plays = log.check(read.anything(write(text)))
    wanted = [pd.Timestamp(start.format(day=day), tz="UTC") for day in days]
    assert plays["started_at"].tolist() == wanted
    doubt = HEADER + row.format(clock="3/4/17 20:15")
    assert "dates=" in refusal(write(doubt))
    assert log.day(read.anything(write(doubt), dates="day-first"))[0] == pd.Timestamp(2017, 4, 3)


def test_a_list_is_once_unless_a_title_stands_on_two_days_and_unsorted_it_is_not_netflixs(write):
    def told(*rows):
        return read.anything(write(history(*rows))).attrs["report"]

    falling = [("A", "12/31/17"), ("B", "12/30/17"), (": Episode 1", "12/30/17")]
    assert told(*falling).once and told(*falling, (": Episode 1", "12/29/17")).once
    assert told(*falling[::-1]).once and told(*falling[::-1]).service == "Netflix"
    again = told(*falling, ("A", "12/29/17"))
    assert not again.once and again.service == "Netflix"
    assert told(("A", "12/29/17"), *falling).service != "Netflix"


@given(st.lists(days, min_size=1, max_size=12), st.sampled_from(list(STYLES)))
def test_days_come_back_as_they_were_written_or_are_refused(wanted, style):
    wanted = sorted(wanted, reverse=True)
    written = [style.format(d=day) for day in wanted]
    assert dated(*written, choice=STYLES[style]) == wanted
    with contextlib.suppress(ReadError):
        assert dated(*written) == wanted


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (["24.01.23"], date(2023, 1, 24)),
        (["2021-12-15"], date(2021, 12, 15)),
        (["5/5/2025"], date(2025, 5, 5)),
        (["\u200f24\u200f/\u200f1\u200f/\u200f2023"], date(2023, 1, 24)),
        (["٢٤/١/٢٠٢٣"], date(2023, 1, 24)),
        (["3/4/2025", "3/19/2025"], date(2025, 3, 4)),
        (["3/4/2025", "19/3/2025"], date(2025, 4, 3)),
        # The lines fall by one order only.
        (["2/7/2017", "4/5/2017", "3/4/2017", "5/3/2017", "9/2/2017"], date(2017, 7, 2)),
        (["19/6/25", "30/6/25", "1/7/25"], date(2025, 6, 19)),  # 2030 is to come, 2001 long ago
    ],
)
def test_evidence_in_any_line_decides(written, day):
    assert dated(*written)[0] == day
    assert dated(*written, "yesterday", "30/30/25", "")[-3:] == [None, None, None]


@pytest.mark.parametrize(
    ("written", "lines", "choice"),
    [
        (["5/5/2025", "3/4/2025"], "3", None),
        (["6/19/25", "1/2/25", "24/1/25"], "24", None),
        (["6/19/25", "6/1/25"], "2", "day-first"),
        (["19/06/2025", "12/06/25"], "23", None),  # a spreadsheet's second style
        *(([text], "2", None) for text in ("17/03/04", "17/03/14", "23. 1. 24.")),
    ],
)
def test_two_orders_or_none_that_is_sure_are_refused_with_their_lines(written, lines, choice):
    with pytest.raises(ReadError) as refused:
        dated(*written, choice=choice)
    assert set(re.findall(r"line (\d)", str(refused.value))) == set(lines)


SHOWS = """
    Dark: Season 2: Beginnings and Endings|The Queen's Gambit: Limited Series: Openings
    |Avatar: The Last Airbender: Book 1: The Warriors|Money Heist: Part 5: The End of the Road
    |Queen: Volume 2: A: B|Tales: Chapter One: The Door|Cooking: Collection: Bread
    |Stranger Things: Stranger Things 3: Chapter One: Suzie|Peaky: Series 3: Episode 1
    |Show: The Bells: An End (Episode 12)|Show: The Bells (Folge 3)|Show: 16. díl
    |Show: Svazek 2: Egg|Show: Bind 2: Egg|Show: Kap. 2: Egg|Show: Season 3B
    |Show: Season 2|Show: Episode 10|Show: Season 5 Part 1: Egg|Dark : Saison 2 : Épisode 1
"""
SEASONS = """
    Season 3B|Serie 4|4. Seri
    |Season 2|Staffel 2|Temporada 2|Saison 2|Stagione 2|Sezon 2|2. Sezon|Sezonul 2|Sæson 2|Säsong 2
    |Sesong 2|Kausi 2|2. kausi|Seizoen 2|Série 2|2. řada|2. évad|Сезон 2|2-й сезон|עונה 2|الموسم 2
    |सीज़न 2|ซีซัน 2|Mùa 2|Musim 2|シーズン2|シーズン 2|시즌 2|第 2 季|第二季|Season Two|Season IV
    |Miniserie|Minissérie|Série limitée|リミテッドシリーズ|Limited Series
"""
FILMS = """
    A Christmas Prince|Mission: Impossible: Fallout|The Hunger Games: Mockingjay: Part 1
    |Kill Bill: Vol. 2|It: Chapter Two|John Wick: Chapter 3 - Parabellum|2:22|Season 2
    |Star Wars: Episode IV: A New Hope|Halloween: Season of the Witch|Love: One Season
    |Alien: Covenant (2017)|Up (Episode 12)|Ends in a colon:||: Episode 10|: Season 1: Egg|: Bird
"""


def test_episodes_are_plays_of_their_show_in_many_languages_and_films_stay_whole():
    for text in map(str.strip, SHOWS.split("|")):
        show = "Avatar: The Last Airbender" if "Avatar" in text else text.split(":")[0].strip()
        assert split(text) == (show, text.removeprefix(show).lstrip(": "))
    for season in map(str.strip, SEASONS.split("|")):
        assert split(f"The Show: {season}: Egg") == ("The Show", f"{season}: Egg")
    long = "a: " * 50_000 + " " * 50_000 + "Season 1: Egg"  # and takes no time
    for text in [*map(str.strip, FILMS.split("|")), " : Episode 10", long]:
        assert split(text) == (text, None)


@given(st.text(st.sampled_from("ab: 1Season\t\n：第季"), max_size=40) | st.text(max_size=40))
def test_a_show_and_its_episode_hold_every_letter_of_the_title(text):
    title, episode = split(text)
    if episode is None:
        assert title == text
    else:
        assert title and text.strip().startswith(title) and text.endswith(episode)
        between = text.strip()[len(title) : len(text.strip()) - len(episode.rstrip())]
        assert between.strip() in (":", "：")

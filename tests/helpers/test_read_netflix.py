"""Netflix's two files come back as plays, and what is in doubt is refused with its line."""

import csv
import io
import zipfile
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import log, read

HEADER = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,"
    "Device Type,Bookmark,Latest Bookmark,Country\n"
)
ROWS = (
    "Ann,2017-12-10 3:05:06,01:32:10,,A Christmas Prince,,Smart TV,01:30:00,01:30:00,DE (Germany)\n"
    'Bob,2017-12-09 23:59:59,25:00:30,,"Dark: Season 1: Lies, all of them",,Phone,,'
    "Not latest view,DE (Germany)\n"
    "Cleo,2017-12-09 20:00:00,00:00:20,,Dark: Season 2 (Trailer),TRAILER,Phone,,,DE (Germany)\n"
    "Ann,2017-12-08 20:00:00,00:00:00,,A Christmas Prince,,Smart TV,,,DE (Germany)\n"
)
ODD_TITLES = [
    "<b onmouseover=alert(1)>Bold</b>",
    "=cmd|' /C calc'!A1",
    'She said "no"',
    "One\nTwo",
    "One\r\nTwo",
    "Fireworks 🎆",
    "שלום עולם",
    "\u202eabc",
    "Comma, comma",
    "nan",
    "NULL",
    "007",
    " spaces ",
    "2:22",
]


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(text, name="NetflixViewingHistory.csv", encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return written


def history(rows, **how):
    """The text of an account page's file."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, **how).writerows([["Title", "Date"], *rows])
    return text.getvalue()


def refusal(path, **choices):
    with pytest.raises(read.ReadError) as refused:
        read.anything(path, **choices)
    return str(refused.value)


# The account page's file ------------------------------------------------------------------------
def test_a_history_is_a_viewing_log_at_noon_without_lengths(write):
    path = write(history([("Dark: Season 1: Lies", "12/31/17"), ("Fish", "12/1/17")]))
    plays = log.check(read.anything(path))
    assert plays["title"].tolist() == ["Dark", "Fish"]
    assert plays["episode"].tolist()[0] == "Season 1: Lies" and plays["episode"].isna()[1]
    assert plays["started_at"].tolist() == [
        pd.Timestamp("2017-12-31 12:00", tz="UTC"),
        pd.Timestamp("2017-12-01 12:00", tz="UTC"),
    ]
    assert plays["minutes"].isna().all() and (plays["zone"] == "UTC").all()
    assert (plays["viewer"] == 1).all() and (plays["account"] == 1).all()
    assert log.day(plays)[0] == pd.Timestamp("2017-12-31")


def test_the_same_title_twice_on_a_day_is_two_plays(write):
    plays = read.anything(write(history([("Fish", "12/31/17"), ("Fish", "12/31/17")])))
    assert len(plays) == 2


def test_odd_titles_are_kept_as_text(write):
    plays = log.check(read.anything(write(history([(title, "1/31/17") for title in ODD_TITLES]))))
    assert plays["title"].tolist() == ODD_TITLES


def test_empty_lines_are_skipped_and_an_empty_show_name_is_kept_and_both_are_told(write):
    text = 'Title,Date\n\n" : Episode 10","1/31/17"\n\n"Fish","1/30/17"\n"","1/29/17"\n,\n'
    plays = read.anything(write(text))
    report = plays.attrs["report"]
    assert plays["title"].tolist() == [" : Episode 10", "Fish"]
    assert report.dropped == {"empty line": 3, "no title": 1}
    assert (report.rows_read, report.plays) == (3, 2)
    assert "Titles without the show's name, kept as they are: 1." in report.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_found_out(write, encoding):
    path = write(history([("Amélie 🎆", "1/31/17")] * 3), encoding=encoding)
    assert read.anything(path)["title"].tolist() == ["Amélie 🎆"] * 3


def test_latin_1_is_read_and_said(write):
    path = write(history([("Fish", "1/31/17"), ("Amélie", "1/30/17")]), encoding="latin-1")
    plays = read.anything(path)
    assert plays["title"].tolist() == ["Fish", "Amélie"]
    assert (
        plays.attrs["report"]
        .notes[0]
        .startswith("Line 3 is not UTF-8, so the file was read as Windows-1252 (Latin-1)")
    )


def test_another_encoding_can_be_named(write):
    path = write(history([("Žižek", "1/31/17")]), encoding="cp1250")
    assert read.anything(path, encoding="cp1250")["title"].tolist() == ["Žižek"]
    assert refusal(path, encoding="klingon") == (
        "encoding='klingon' is no text encoding; give one such as 'utf-8' or 'cp1252'"
    )
    assert "is no text encoding" in refusal(path, encoding="zlib")
    assert "is no text encoding" in refusal(path, encoding=8)


def test_a_file_in_two_encodings_is_refused_with_the_line(write):
    text = history([("Amélie", "1/31/17")]).encode() + '"Amélie","1/30/17"\n'.encode("latin-1")
    assert "is UTF-8 up to line 3, whose bytes are not; the file is damaged" in refusal(write(text))


def test_a_file_cut_off_within_utf_16_is_refused(write):
    text = history([("Fish", "1/31/17")] * 3).encode("utf-16")
    message = refusal(write(text[:-5]))
    assert "is not utf-16 text near line" in message or "never closed" in message


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheets_delimiter_is_read(write, delimiter):
    path = write(history([("Fish; or\tfowl", "31.1.2017")], delimiter=delimiter))
    assert read.anything(path)["title"].tolist() == ["Fish; or\tfowl"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(write, end):
    assert len(read.anything(write(f"Title,Date{end}Fish,1/31/17{end}Bird,1/30/17"))) == 2


def test_a_row_of_the_wrong_width_is_refused_with_its_line(write):
    message = refusal(write('Title,Date\n"One\nTwo","1/31/17"\nRed, green,1/30/17\n'))
    assert "line 4 has 3 fields and the header 2: 'Red', ' green', '1/30/17'" in message
    assert "A comma in a title needs quotation marks" in message


def test_a_quotation_mark_never_closed_is_refused_with_its_line(write):
    message = refusal(write('Title,Date\n"Fish","1/31/17"\n"Bird: Sea'))
    assert "line 3 opens a quotation mark that is never closed" in message
    long = 'Title,Date\n"Fish","1/31/17"\n"Bird' + '\nA,"1/30/17' * 30_000
    assert "line 3" in refusal(write(long))


def test_a_line_without_end_is_refused(write):
    assert "line 2 has more than 1,000,000 characters" in refusal(
        write("Title,Date\n" + "a" * 4_000_000)
    )


def test_zero_bytes_are_no_text(write):
    text = 'Title,Date\n"Fish","1/31/17"\n' + "\0" * 20
    assert "holds zero bytes near line" in refusal(write(text))


def test_dates_in_doubt_are_refused_and_can_be_named(write):
    path = write(history([("Fish", "3/4/25")]))
    assert "Give dates='month-first' or dates='day-first'" in refusal(path)
    plays = read.anything(path, dates="day-first")
    assert plays["started_at"][0] == pd.Timestamp("2025-04-03 12:00", tz="UTC")


def test_mixed_dates_are_refused_with_lines_that_count_newlines_in_titles(write):
    message = refusal(write(history([("One\nTwo", "6/19/25"), ("Fish", "19/6/25")])))
    assert "line 2: '6/19/25'" in message and "line 4: '19/6/25'" in message


def test_titles_can_stay_whole(write):
    path = write(history([("Dark: Season 1: Lies", "12/31/17")]))
    plays = read.anything(path, titles="whole")
    assert plays["title"].tolist() == ["Dark: Season 1: Lies"]
    assert "episode" not in plays
    assert refusal(path, titles="short") == "titles='short'; expected 'shows' or 'whole'"


def test_rows_in_another_order_are_told(write):
    plays = read.anything(write(history([("Fish", "1/30/17"), ("Fish", "1/31/17")])))
    assert "The rows are not newest first" in str(plays.attrs["report"])


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
styles = st.sampled_from(["{m}/{d}/{yy:02}", "{d:02}.{m:02}.{yy:02}", "{y}-{m:02}-{d:02}"])


@given(
    st.lists(st.tuples(texts, st.dates(date(2010, 1, 1), date(2030, 1, 1))), max_size=8),
    styles,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_back(write, rows, style, encoding):
    # The first row decides the order of the dates.
    rows = [("Fish", date(2020, 5, 31)), *rows]
    parts = [
        (title, style.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day))
        for title, day in rows
    ]
    plays = read.anything(write(history(parts), encoding=encoding), titles="whole")
    kept = [(title, day) for title, day in rows if title.strip()]
    assert plays["title"].tolist() == [title for title, _ in kept]
    assert log.day(plays).dt.date.tolist() == [day for _, day in kept]


# The download's file ----------------------------------------------------------------------------
def test_an_activity_is_a_viewing_log_of_all_profiles(write):
    plays = log.check(read.anything(write(HEADER + ROWS, "ViewingActivity.csv")))
    assert plays["viewer"].tolist() == [1, 2, 1] and plays["account"].tolist() == [1, 1, 1]
    assert plays["title"].tolist() == ["A Christmas Prince", "Dark", "A Christmas Prince"]
    assert plays["started_at"][0] == pd.Timestamp("2017-12-10 03:05:06", tz="UTC")
    assert plays["minutes"].tolist() == [92 + 10 / 60, 25 * 60 + 0.5, 0]
    assert plays["device"].tolist() == ["Smart TV", "Phone", "Smart TV"]
    assert plays["zone"].unique().tolist() == ["UTC"]


def test_what_is_no_viewing_is_left_out_and_counted(write):
    report = read.anything(write(HEADER + ROWS, "ViewingActivity.csv")).attrs["report"]
    assert report.dropped == {"not viewing (TRAILER)": 1}
    assert (report.rows_read, report.plays) == (4, 3)


def test_names_of_profiles_are_dropped_and_this_is_said(write):
    plays = read.anything(write(HEADER + ROWS, "ViewingActivity.csv"))
    said = str(plays.attrs["report"])
    assert "3 profiles, numbered in order of appearance; their names were dropped on load." in said
    assert "Columns left out: attributes, bookmark, latest bookmark, country." in said
    everything = said + plays.to_csv() + "".join(map(str, plays["title"].cat.categories))
    for name in ("Ann", "Bob", "Cleo", "Germany"):
        assert name not in everything


def test_one_profile_can_be_taken_by_name_or_number(write):
    path = write(HEADER + ROWS, "ViewingActivity.csv")
    for profile in ("Bob", 2, "2"):
        plays = log.check(read.anything(path, profile=profile))
        assert plays["viewer"].tolist() == [2]
        assert plays["title"].cat.categories.tolist() == ["Dark"]
        assert plays.attrs["report"].dropped["of other profiles"] == 2
    message = refusal(path, profile="Dora")
    assert message == (
        "profile='Dora' is not in ViewingActivity.csv; give a profile's name as Netflix shows it, "
        "or its number: 1 (2 rows), 2 (1 rows), 3 (1 rows)"
    )
    assert "holds no plays; every row was left out" in refusal(path, profile="Cleo")
    assert "is not in" in refusal(path, profile=True)


def test_the_zone_of_the_viewers_can_be_named(write):
    path = write(HEADER + ROWS, "ViewingActivity.csv")
    assert "so are the days, unless zone= says where" in str(read.anything(path).attrs["report"])
    plays = log.check(read.anything(path, zone="America/New_York"))
    assert log.day(plays)[0] == pd.Timestamp("2017-12-09")
    assert refusal(path, zone="Berlin") == (
        "zone='Berlin' is no time zone; give an IANA name such as 'Europe/Berlin'"
    )
    assert "zone='EST' is no time zone" in refusal(path, zone="EST")
    assert "is no time zone" in refusal(path, zone=2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2017-12-10 3:05:06", "12/10/2017 3:05", "line 2 starts at '12/10/2017 3:05'; expected"),
        ("2017-12-10 3:05:06", "2017-02-30 3:05:06", "line 2 starts at '2017-02-30 3:05:06'"),
        ("2017-12-10 3:05:06", "2017-12-10 24:05:06", "line 2 starts at '2017-12-10 24:05:06'"),
        ("25:00:30", "90 min", "line 3 lasts '90 min'; expected hours, minutes and seconds"),
        ("25:00:30", "-1:00:30", "line 3 lasts '-1:00:30'"),
        (",Smart TV,", ",Smart, TV,", "line 2 has 11 fields and the header 10"),
    ],
)
def test_a_cell_that_is_not_what_it_should_be_is_refused_with_its_line(write, old, new, message):
    assert message in refusal(write(HEADER + ROWS.replace(old, new, 1), "ViewingActivity.csv"))


def test_only_trailers_are_no_plays(write):
    row = ROWS.splitlines(keepends=True)[2]
    assert refusal(write(HEADER + row * 2, "ViewingActivity.csv")) == (
        "ViewingActivity.csv holds no plays; every row was left out: 2 not viewing (TRAILER)"
    )


def test_columns_may_stand_in_another_order_or_lack_what_is_not_needed(write):
    text = "Title,Profile Name,Duration,Start Time\nFish,Ann,00:10:00,2017-12-10 03:05:06\n"
    plays = log.check(read.anything(write(text, "ViewingActivity.csv")))
    assert plays["minutes"].tolist() == [10] and plays["device"].tolist() == ["unknown"]


@pytest.mark.parametrize("folder", ["CONTENT_INTERACTION", "netflix-report/INTERAKTION_MIT_INHALT"])
def test_the_download_is_read_as_folder_or_zip_and_its_siblings_stay_closed(
    tmp_path, write, folder, monkeypatch
):
    siblings = ["ACCOUNT/AccountDetails.csv", "CLICKSTREAM/Clickstream.csv", "MESSAGES/M.csv"]
    root = folder.rpartition("/")[0]
    write(HEADER + ROWS, f"report/{folder}/ViewingActivity.csv")
    write("Profile Name,Title Name,Thumbs Value\n", f"report/{folder}/Ratings.csv")
    for sibling in siblings:
        write("secret@example.org", f"report/{root}/{sibling}".replace("//", "/"))
    with zipfile.ZipFile(tmp_path / "report.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((tmp_path / "report").rglob("*.csv")):
            archive.write(path, path.relative_to(tmp_path / "report"))
    opened = []
    original = read.files.File.open
    monkeypatch.setattr(
        read.files.File, "open", lambda file: opened.append(file.name) or original(file)
    )
    from_folder = read.anything(tmp_path / "report")
    from_zip = read.anything(tmp_path / "report.zip")
    pd.testing.assert_frame_equal(from_folder, from_zip)
    assert set(opened) == {
        "ViewingActivity.csv",
        "report.zip",
        "ViewingActivity.csv in report.zip",
    }
    assert "4 other files beside it were not opened." in from_zip.attrs["report"].notes


# The report ---------------------------------------------------------------------------------------
def test_the_report_survives_what_pandas_does_with_attrs(write, tmp_path):
    plays = read.anything(write(HEADER + ROWS, "ViewingActivity.csv"))
    head = plays.head(1)
    assert head.attrs["report"].plays == 3 and "rows read 4" in str(head.attrs["report"])
    merged = plays.merge(pd.DataFrame({"viewer": [1], "name": ["x"]}), on="viewer")
    assert len(merged) == 2
    assert len(pd.concat([plays, plays])) == 6
    plays.to_parquet(tmp_path / "plays.parquet")
    again = pd.read_parquet(tmp_path / "plays.parquet")
    assert again.attrs["report"] == plays.attrs["report"]
    pd.testing.assert_frame_equal(log.check(again)[["viewer"]], plays[["viewer"]])
    assert plays.copy(deep=True).attrs["report"].service == "Netflix viewing activity"


def test_the_report_reads_well(write):
    report = read.anything(write(history([("Fish", "12/31/17")]))).attrs["report"]
    assert (
        str(report)
        == repr(report)
        == (
            "Netflix viewing history: NetflixViewingHistory.csv\n"
            "rows read 1, plays 1\n"
            "Dates were read as month-first: no other order fits.\n"
            "Days only: each play is at noon UTC, and lengths are missing.\n"
            "Titles in the file: 1, of which 0 name an episode of a show."
        )
    )


def test_minutes_are_numbers(write):
    plays = read.anything(write(history([("Fish", "12/31/17")])))
    assert plays["minutes"].dtype == np.float64

"""Netflix's two files come back as plays, and what is in doubt is refused with its line."""

import csv
import io
import zipfile
from datetime import date

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
ODD = ["<b onmouseover=alert(1)>", "=cmd|' /C calc'!A1", 'Said "no"', "One\nTwo", "One\r\nTwo",
       "Fire 🎆", "שלום", "\u202eabc", "Comma, comma", "nan", "NULL", "007", " spaces ", "2:22"]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(text, name="NetflixViewingHistory.csv", encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return written


def history(*rows, **how):
    """The text of an account page's file."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, **how).writerows([["Title", "Date"], *rows])
    return text.getvalue()


def refusal(path, **choices):
    with pytest.raises(read.ReadError) as refused:
        read.anything(path, **choices)
    return str(refused.value)


def test_a_history_is_a_viewing_log_at_noon_without_lengths(write):
    path = write(history(("Dark: Season 1: Lies", "12/31/17"), ("Fish", "12/1/17")))
    plays = log.check(read.anything(path))
    assert plays["title"].tolist() == ["Dark", "Fish"]
    assert plays["episode"].tolist()[0] == "Season 1: Lies" and plays["episode"].isna()[1]
    assert plays["started_at"][1] == pd.Timestamp("2017-12-01 12:00", tz="UTC")
    assert plays["minutes"].isna().all() and (plays["viewer"] == 1).all()
    assert read.anything(path, titles="whole")["title"][0] == "Dark: Season 1: Lies"


def test_titles_are_kept_as_text_and_the_same_one_twice_on_a_day_is_two_plays(write):
    titles = [*ODD, "Fish", "Fish"]
    plays = log.check(read.anything(write(history(*((title, "1/31/17") for title in titles)))))
    assert plays["title"].tolist() == titles


def test_empty_lines_are_skipped_and_rows_without_a_title_counted(write):
    text = 'Title,Date\n\n" : Episode 10","1/31/17"\n\n"Fish","1/30/17"\n"","1/29/17"\n'
    plays = read.anything(write(text))
    report = plays.attrs["report"]
    assert plays["title"].tolist() == [" : Episode 10", "Fish"]
    assert report.dropped == {"no title": 1} and (report.rows_read, report.plays) == (3, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_are_found_out(write, encoding, delimiter, end):
    rows = [("Amélie; or,\t🎆", "1/31/17")] * 3
    path = write(history(*rows, delimiter=delimiter, lineterminator=end), encoding=encoding)
    assert read.anything(path)["title"].tolist() == [title for title, _ in rows]


def test_windows_1252_is_read_and_said_and_another_encoding_can_be_named(write):
    plays = read.anything(write(history(("Amélie", "1/30/17")), encoding="cp1252"))
    assert plays["title"][0] == "Amélie" and "1252" in plays.attrs["report"].notes[0]
    path = write(history(("Žižek", "1/31/17")), encoding="cp1250")
    assert read.anything(path, encoding="cp1250")["title"][0] == "Žižek"
    for wrong in ("klingon", "zlib", 8, "a\0"):
        assert "encoding=" in refusal(path, encoding=wrong)


def test_a_file_that_is_utf_8_up_to_a_line_is_refused_with_the_line(write):
    text = history(("Amélie", "1/31/17")).encode() + '"Amélie","1/30/17"\n'.encode("cp1252")
    assert "line 3" in refusal(write(text))
    refusal(write(history(("Fish", "1/31/17")).encode("utf-16")[:-5]))


DAMAGES = {
    "more fields": "Red, green,1/30/17",
    "fewer fields": "Red",
    "a quotation mark too many": '"Red "green","1/30/17"',
    "no date": '"Red","soon"',
    "no such day": '"Red","2/30/17"',
    "zero bytes": '"R\0d","1/30/17"',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_one_bad_line_of_thousands_is_left_out_and_named_and_many_are_refused(write, damage):
    good = [("One\nTwo", "1/31/17"), *[("Fish", "1/30/17")] * 1_500]
    at = 1_000  # one title takes two lines
    lines = history(*good, lineterminator="\n").split("\n")
    lines.insert(at - 1, DAMAGES[damage])
    plays = read.anything(write("\n".join(lines)))
    assert len(plays) == 1_501 and plays.attrs["report"].rows_read == 1_502
    assert list(plays.attrs["report"].dropped.values()) == [1]
    assert "line 1,000" in str(plays.attrs["report"])
    lines[10:10] = [DAMAGES[damage]] * 3
    message = refusal(write("\n".join(lines)))
    assert "line 11" in message and "Red" not in message
    refusal(write("\n".join([*lines[:3], DAMAGES[damage]])))


def test_what_takes_many_lines_with_it_is_refused(write):
    good = "Title,Date\n" + "Fish,1/31/17\n" * 3_000
    refusal(write(good.replace("Fish", '"Fish', 1)))
    refusal(write(good + "a" * 4_000_000))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
styles = st.sampled_from(["{m}/{d}/{yy:02}", "{d:02}.{m:02}.{yy:02}", "{y}-{m:02}-{d:02}"])


@given(
    st.lists(st.tuples(texts, st.dates(date(2010, 1, 1), date(2026, 1, 1))), max_size=8),
    styles,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_back(write, rows, style, encoding):
    rows = [("Fish", date(2020, 5, 31)), *rows]  # the first row decides the order of the dates
    parts = [
        (title, style.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day))
        for title, day in rows
    ]
    plays = read.anything(write(history(*parts), encoding=encoding), titles="whole")
    kept = [(title, day) for title, day in rows if title.strip()]
    assert plays["title"].tolist() == [title for title, _ in kept]
    assert log.day(plays).dt.date.tolist() == [day for _, day in kept]


def test_an_activity_is_a_viewing_log_of_all_profiles_without_their_names(write):
    plays = log.check(read.anything(write(HEADER + ROWS, "ViewingActivity.csv")))
    assert plays["viewer"].tolist() == [1, 2, 1] and plays["account"].tolist() == [1, 1, 1]
    assert plays["title"].tolist() == ["A Christmas Prince", "Dark", "A Christmas Prince"]
    assert plays["started_at"][0] == pd.Timestamp("2017-12-10 03:05:06", tz="UTC")
    assert plays["minutes"].tolist() == pytest.approx([92 + 10 / 60, 25 * 60 + 0.5, 0])
    assert plays["device"].tolist() == ["Smart TV", "Phone", "Smart TV"]
    report = plays.attrs["report"]
    assert report.dropped == {"not viewing (TRAILER)": 1} and report.rows_read == 4
    assert "names were dropped" in str(report) and "country" in str(report)
    everything = str(report) + plays.to_csv() + "".join(plays["title"].cat.categories)
    assert not any(name in everything for name in ("Ann", "Bob", "Cleo", "Germany"))


def test_one_profile_can_be_taken_by_name_or_number(write):
    path = write(HEADER + ROWS, "ViewingActivity.csv")
    for profile in ("Bob", 2, "2"):
        plays = log.check(read.anything(path, profile=profile))
        assert plays["viewer"].tolist() == [2]
        assert plays["title"].cat.categories.tolist() == ["Dark"]
        assert plays.attrs["report"].dropped["of other profiles"] == 2
    for wrong in ("Dora", "Cleo", True, 0, 4):  # of Cleo there is only a trailer
        assert "Ann" not in refusal(path, profile=wrong)


def test_the_zone_of_the_viewers_can_be_named_and_the_report_speaks_of_it(write):
    path = write(HEADER + ROWS, "ViewingActivity.csv")
    plays = log.check(read.anything(path, zone="America/New_York"))
    assert log.day(plays)[0] == pd.Timestamp("2017-12-09")
    said = str(plays.attrs["report"])
    assert "America/New_York" in said and "UTC" not in said
    for wrong in ("Berlin", "EST", 2):
        assert "zone=" in refusal(path, zone=wrong)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2017-12-10 3:05:06", "12/10/2017 3:05"),
        ("2017-12-10 3:05:06", "2017-02-30 3:05:06"),
        ("2017-12-10 3:05:06", "2017-12-10 24:05:06"),
        ("01:32:10", "90 min"),
        ("01:32:10", "-1:00:30"),
        (",Smart TV,", ",Smart, TV,"),
    ],
)
def test_a_cell_that_is_not_what_it_should_be_is_refused_with_its_line(write, old, new):
    text = HEADER + ROWS.replace(old, new, 1)
    assert "line 2" in refusal(write(text, "ViewingActivity.csv"))
    row = ROWS.splitlines(keepends=True)[0]
    assert len(read.anything(write(text + row * 1_000, "ViewingActivity.csv"))) == 1_002


@pytest.mark.parametrize("folder", ["CONTENT_INTERACTION", "netflix-report/INTERAKTION_MIT_INHALT"])
def test_the_download_is_read_as_folder_or_zip_and_its_siblings_stay_closed(
    tmp_path, write, folder, monkeypatch
):
    write(HEADER + ROWS, f"report/{folder}/ViewingActivity (1).csv")
    write("Profile Name,Title Name,Thumbs Value\n", f"report/{folder}/Ratings.csv")
    for sibling in ("ACCOUNT/AccountDetails.csv", "MESSAGES/ViewingActivity.csv"):
        write("secret@example.org", f"report/{sibling}")
    with zipfile.ZipFile(tmp_path / "report.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((tmp_path / "report").rglob("*.csv")):
            archive.write(path, path.relative_to(tmp_path / "report"))
    opened = set()
    original = read.files.File.open
    monkeypatch.setattr(
        read.files.File, "open", lambda file: opened.add(file.name) or original(file)
    )
    from_folder = read.anything(tmp_path / "report")
    pd.testing.assert_frame_equal(from_folder, read.anything(tmp_path / "report.zip"))
    assert opened == {"ViewingActivity (1).csv"}
    assert "3 other files" in str(from_folder.attrs["report"])


def test_the_report_survives_what_pandas_does_with_attrs(write, tmp_path):
    plays = read.anything(write(HEADER + ROWS, "ViewingActivity.csv"))
    assert plays.head(1).attrs["report"].plays == 3
    assert len(pd.concat([plays, plays])) == 6
    plays.to_parquet(tmp_path / "plays.parquet")
    again = pd.read_parquet(tmp_path / "plays.parquet")
    assert again.attrs["report"] == plays.attrs["report"]
    assert plays.copy(deep=True).attrs["report"].service == "Netflix viewing activity"

"""Whatever file is given: plays come out, or one ReadError of one line."""

import struct
import zipfile

import pandas as pd
import pytest

from helpers import log, read
from studies import fixtures

HISTORY = 'Title,Date\n"Dark: Season 1: Lies","12/31/17"\n"Amélie","12/30/17"\n'
ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
    "Ann,2017-12-10 3:05:06,01:32:10,,A Christmas Prince,,TV,,,DE (Germany)\n"
    "Bob,2017-12-09 23:59:59,25:00:30,,Dark: Season 1: Lies,,TV,,,DE (Germany)\n"
)
CSV = "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,0.5,964982704\n"
GOOD = {
    "NetflixViewingHistory.csv": HISTORY,
    "ViewingActivity.csv": ACTIVITY,
    "ratings.csv": CSV,
    "u.data": "196\t242\t3\t881250949\n186\t302\t3\t891717742\n",
    "ratings.dat": "1::0114508::8::1381006850\n2::0208092::10::1586466072\n",
}
# A cell of the first row, and what stands there in its place: that line is no play.
BROKEN = {
    "NetflixViewingHistory.csv": [
        ('"12/31/17"', '"2/30/17"'),
        ('"12/31/17"', '"12/31/17",x'),
        (',"12/31/17"', ""),
        ('Lies"', 'Lies" x"'),
    ],
    "ViewingActivity.csv": [
        ("2017-12-10 3:05:06", "12/10/2017 3:05"),
        ("01:32:10", "-1:00:30"),
        (",TV,", ",Smart, TV,"),
    ],
    "ratings.csv": [
        *(("1,10,", f"{each},") for each in ("1,-10", "99999999999,10", "1,5.00", "1 ,10")),
        *(("4.0", each) for each in ("", "nan", "11", "4.0,4")),
        ("964982703", "9649"),
    ],
    "u.data": [("\t302", ""), ("\t3\t", "\t\t"), ("891717742", "891717742\t5")],
    "ratings.dat": [("::10", ":10"), ("::10::", "::1:0::"), ("1586466072", "x")],
}
CASES = [(name, *each) for name, changes in BROKEN.items() for each in changes]
OTHERS = {
    '{"spotify": 1}': "Spotify",
    "Deleted from Watch History,Title Name\n": "Prime Video",
    "Date,Name,Year,Letterboxd URI,Rating\n": "Letterboxd",
    '{"watched_at": "2024-01-15T20:30:00.000Z"}': "Trakt",
    '{"events": [{"stored_event": {"timestamp": 1}}]}': "Apple TV",
    "2020-01-01\tx\tDirectPlay": "Jellyfin",
    "%PDF-1.7": "PDF",
    "viewer,account,title,started_at,minutes,zone,device\n": "log",
    "PK\x03\x04": "zip",
}
STEERS = "\x1b[2J\x07\u202e\u2066\u200f\x9b31m\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", GOOD)
def test_encodings_delimiters_and_line_ends_are_found_out(write, name, encoding, end):
    plays = read.anything(write(GOOD[name]))
    for delimiter in ",;\t":
        text = GOOD[name].replace(",", delimiter).replace("\n", end)
        again = read.anything(write(text, encoding=encoding))
        pd.testing.assert_frame_equal(plays, again)


@pytest.mark.parametrize(("name", "old", "new"), CASES)
def test_one_bad_line_of_thousands_is_left_out_and_named_and_many_are_refused(
    write, refusal, name, old, new
):
    first, row, *_ = GOOD[name].splitlines(keepends=True)
    bad, good = row.replace(old, new, 1), row * 2_000
    plays = log.check(read.anything(write(first + bad + good)))
    report = plays.attrs["report"]
    assert len(plays) == len(read.anything(write(first + good))) == report.rows - 1
    assert "line 2" in str(report)
    many = refusal(write(first + bad * 3 + good))
    assert "line 2" in many and row[:-1] not in many


def test_an_open_mark_that_takes_many_lines_with_it_is_refused(write, refusal):
    refusal(write('Title,Date\n"Fish,1/31/17\n' + "Fish,1/31/17\n" * 3_000))


def test_another_services_file_is_named_and_refused(write, refusal):
    for content, service in OTHERS.items():
        for encoding in ("utf-8", "utf-16"):
            assert service in refusal(write(content, encoding=encoding))
    assert "diary" not in refusal(write("Dear diary"))


def test_what_is_no_file_or_no_choice_is_refused(write, refusal, tmp_path):
    for path in (tmp_path / "none.csv", "a\0b.csv", "x" * 3_000):
        refusal(path)
    assert "zone=" in refusal(write(HISTORY), zone="Europe/Berlin")
    assert "dates=" in refusal(write(ACTIVITY), dates="day-first")
    for choice in ({"dates": "US"}, {"titles": "short"}):
        refusal(write(HISTORY), **choice)
    for encoding in ("klingon", "zlib"):
        assert "encoding=" in refusal(write(HISTORY), encoding=encoding)
    assert "zone=" in refusal(write(ACTIVITY), zone="EST")


def test_windows_1252_is_read_and_said_and_a_mixture_is_refused_with_the_line(write, refusal):
    plays = read.anything(write(HISTORY, encoding="cp1252"))
    assert "Amélie" in set(plays["title"]) and "1252" in str(plays.attrs["report"])
    path = write(HISTORY.replace("é", "Ž"), encoding="cp1250")
    assert "AmŽlie" in set(read.anything(path, encoding="cp1250")["title"])
    assert "line 4" in refusal(write(HISTORY.encode() + '"é","12/30/17"\n'.encode("cp1252")))


def test_the_download_is_read_as_folder_or_zip_and_its_siblings_stay_closed(
    tmp_path, write, refusal, pack, monkeypatch
):
    folder = "netflix-report/INTERAKTION_MIT_INHALT"
    members = {
        f"{folder}/ViewingActivity (1).csv": ACTIVITY,
        f"{folder}/Ratings.csv": "Profile Name,Title Name,Thumbs Value\n",
        "ACCOUNT/AccountDetails.csv": "secret@example.org",
        "MESSAGES/ViewingActivity.csv": ACTIVITY,
    }
    for name, content in members.items():
        write(content, f"report/{name}")
    opened, original = set(), read.files.File.open
    monkeypatch.setattr(
        read.files.File, "open", lambda file: opened.add(file.name) or original(file)
    )
    stored = fixtures.pack(tmp_path / "stored.zip", members, zipfile.ZIP_STORED)
    before = set(tmp_path.rglob("*")) | {tmp_path / "export.zip"}
    from_folder = read.anything(tmp_path / "report")
    for packed in (pack(members), stored):
        pd.testing.assert_frame_equal(from_folder, read.anything(packed))
    assert opened == {"ViewingActivity (1).csv"} and set(tmp_path.rglob("*")) == before
    refusal(pack({"MESSAGES/ViewingActivity.csv": ACTIVITY}))


@pytest.mark.parametrize("way", ["bomb", "lzma", "ten gigabytes", "locked", "a link", "out by"])
def test_members_too_large_locked_or_odd_are_refused_before_they_are_opened(
    tmp_path, refusal, monkeypatch, way
):
    paths = [c.make(tmp_path) for c in fixtures.cases() if c.name.startswith(f"zip, {way}")]
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert paths and all(map(refusal, paths))


def test_a_member_larger_than_its_zip_says_is_refused(tmp_path, refusal):
    members = {"ratings.csv": CSV + "3,30,3.0,964982705\n" * 50_000}
    refusal(fixtures.changed(members, 24, struct.pack("<I", len(CSV)))(tmp_path))


def test_a_file_of_too_many_bytes_or_lines_is_refused_wherever_it_is(
    write, refusal, pack, monkeypatch
):
    blank = {"NetflixViewingHistory.csv": HISTORY + "\n" * 12_000_000}
    assert "holds far more" in refusal(pack(blank))  # a thousand bytes for each of the zip's
    monkeypatch.setattr(read.files, "MOST_LINES", 1_000)
    rows = "userId,movieId,rating,timestamp\n" + "1,10,4.0,964982703\n" * 1_001
    for text in (HISTORY + "\n" * 1_001, rows, rows.replace("4.0", "4,0", 1)):
        assert "larger" in refusal(write(text))
        for encoding in ("utf-16", "cp1252"):  # which are not looked through first
            assert "larger" in refusal(write(text, encoding=encoding), encoding=encoding)
    monkeypatch.setattr(read.files, "LARGEST", 100)
    assert "larger" in refusal(write(ACTIVITY)) and "larger" in refusal(pack({"u.data": ACTIVITY}))
    write(ACTIVITY, "folder/ViewingActivity.csv")
    assert "larger" in refusal(write("", "folder/other.csv").parent)


def test_what_would_steer_a_terminal_is_shown_escaped_and_cut(
    write, refusal, pack, plain, tmp_path
):
    long = STEERS + "x" * 3_000
    extra = ACTIVITY.replace("Prince,,TV", f'Prince,"{long}",TV')
    report = str(read.anything(write(extra, f"{STEERS.strip()}.csv")).attrs["report"])
    assert all(plain(line) and len(line) <= 300 for line in report.split("\n"))
    refusal(write("x", f"{STEERS.strip()}{'x' * 150}.csv"))
    refusal(tmp_path / long)
    refusal(pack({f"{long}/ratings.csv": CSV, f"b{long}/ratings.csv": CSV}))
    assert plain(read.files.shown(STEERS)) and len(read.files.shown(long)) == 60
    assert read.files.shown("Fire 👩‍🚒 שלום") == "Fire 👩‍🚒 שלום"


def test_progress_hears_of_every_byte_of_the_file_and_of_a_member(write, pack):
    text = CSV + "1,20,5,964982705\n" * 200_000
    for path in (write(text), pack({"ratings.csv": text})):
        heard = []
        plays = read.anything(
            path, progress=lambda done, size, heard=heard: heard.append((done, size))
        )
        assert len(plays) == 200_002 and len(heard) > 3
        assert heard == sorted(heard) and heard[-1] == (len(text),) * 2

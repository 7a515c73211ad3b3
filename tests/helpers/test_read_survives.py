"""Whatever file is given: plays come out, or one ReadError that says what to do."""

import contextlib
import os
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import log, read
from helpers.read import files

HISTORY = 'Title,Date\n"Dark: Season 1: Lies","12/31/17"\n"Amélie","12/30/17"\n'
ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
    "Ann,2017-12-10 3:05:06,01:32:10,,A Christmas Prince,,TV,,,DE (Germany)\n"
)
CSV = "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,0.5,964982704\n"
DATA = "196\t242\t3\t881250949\n186\t302\t3\t891717742\n"
DAT = "1::0114508::8::1381006850\n2::0208092::10::1586466072\n"
GOOD = {
    "NetflixViewingHistory.csv": HISTORY,
    "ViewingActivity.csv": ACTIVITY,
    "ratings.csv": CSV,
    "u.data": DATA,
    "ratings.dat": DAT,
}
OTHERS = {
    "a Spotify streaming history": '[{"endTime": "2019-03-04 14:22", "msPlayed": 313000}]',
    "a Spotify streaming history ": '[{"ts": "2019-03-04T14:22:00Z", "ms_played": 1}]',
    "a YouTube watch history": '[{"header": "YouTube", "title": "Watched x", "titleUrl": "x"}]',
    "YouTube's watch-history.html": "<html><a href='https://www.youtube.com/watch?v=1'>x</a>",
    "a Prime Video viewing history": "Playback Hour,Title,Marketplace,Operating System\n",
    "a Prime Video viewing history ": "Title,Playback Start Datetime (UTC),Seconds Viewed\n",
    "a Letterboxd file": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n",
    "a Trakt history": '[{"id": 1, "watched_at": "2024-01-15T20:30:00.000Z", "type": "movie"}]',
    "another file of Netflix's download": "Profile Name,Title Name,Thumbs Value\n",
    "MovieLens's list of titles": "movieId,title,genres\n1,Toy Story (1995),Comedy\n",
    "MovieLens's list of tags": "userId,movieId,tag,timestamp\n",
    "MovieLens's list of links": "movieId,imdbId,tmdbId\n",
    "the list of titles beside the ratings": "0114508::Species (1995)::Action\n",
    "the list of titles beside the ratings ": "1|Toy Story (1995)|01-Jan-1995||x|0\n",
    "a viewing log already": "viewer,account,title,started_at,minutes,zone,device\n",
    "a JSON file of no known service": '{"a": 1}',
    "a web page": "<!doctype html><p>Sign in",
    "a Parquet file (read it with pandas.read_parquet)": "PAR1x",
    "a PDF document": "%PDF-1.7",
    "no known file; it begins with 'Dear diary'": "Dear diary\n",
}


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(content, name="file.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.fixture
def pack(tmp_path):
    """Make a zip of names and contents and return its path."""

    def packed(members, name="export.zip", how=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / name, "w", how) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return tmp_path / name

    return packed


def refusal(path, **choices):
    with pytest.raises(read.ReadError) as refused:
        read.anything(path, **choices)
    return str(refused.value)


# One file -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x0b", b"\xef\xbb\xbf", b"\xff\xfe\n\0", b",,\n"]
)
@pytest.mark.parametrize("name", GOOD)
def test_an_empty_file_is_refused(write, content, name):
    assert refusal(write(content, name)) == (
        f"{name} is empty; expected a file of plays. Get it again"
    )


@pytest.mark.parametrize("name", ["NetflixViewingHistory.csv", "ViewingActivity.csv"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\r\n"])
def test_a_header_alone_is_refused(write, name, end):
    header = GOOD[name].split("\n")[0]
    assert refusal(write(header + end, name)) == (
        f"{name} has a header and no plays below it; nothing was read"
    )


@pytest.mark.parametrize("what", OTHERS)
def test_another_services_file_is_named_and_refused(write, what):
    message = refusal(write(OTHERS[what]))
    assert message.startswith(f"file.csv looks like {what.strip()}")
    assert (
        "; it is not a file that can be read here. Read are: Netflix NetflixViewingHistory.csv"
        in message
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_another_services_file_is_named_in_any_encoding(write, encoding):
    message = refusal(write(OTHERS["a Letterboxd file"].encode(encoding)))
    assert "looks like a Letterboxd file" in message


@pytest.mark.parametrize("name", GOOD)
def test_the_content_and_not_the_name_decides(write, name):
    assert len(log.check(read.anything(write(GOOD[name], "my own name.txt"))))


def test_a_missing_file_is_refused_and_a_near_name_offered(write):
    path = write(HISTORY, "NetflixViewingHistory.csv")
    assert refusal(path.with_name("NetflixViewingHistroy.csv")) == (
        "no file 'NetflixViewingHistroy.csv'; is it 'NetflixViewingHistory.csv'?"
    )
    assert "check the name" in refusal(path.parent / "x" / "y.csv")


@pytest.mark.parametrize("given", [None, 5, "", b"", ["a.csv"]])
def test_what_is_no_path_is_refused(given):
    assert refusal(given) == f"given {given!r}; expected the path of a file, a zip or a folder"


def test_a_path_with_a_nul_is_refused():
    assert "the path holds a NUL character" in refusal("a\0b.csv")


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no device files on this system")
def test_a_device_is_refused():
    assert "is neither a file nor a folder" in refusal("/dev/null")


def test_an_unreadable_file_is_refused(write, monkeypatch):
    path = write(HISTORY)

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.File, "head", denied)
    assert "can't be opened (Permission denied); check that you may read it" in refusal(path)


def test_a_choice_that_does_not_apply_is_refused(write):
    assert refusal(write(HISTORY), zone="Europe/Berlin") == (
        "zone= does not apply to a Netflix history file; it takes dates=, titles=, encoding="
    )
    assert "dates= does not apply to a Netflix activity file" in refusal(
        write(ACTIVITY), dates="day-first"
    )


# Folders ------------------------------------------------------------------------------------------
def test_a_file_is_found_in_nested_and_localised_folders(write, tmp_path):
    write(ACTIVITY, "Downloads/netflix-bericht/INHALTE/AKTIVITÄT/ViewingActivity (1).csv")
    assert len(read.anything(tmp_path)) == 1


def test_closed_folders_are_not_searched(write, tmp_path):
    write(ACTIVITY, "MESSAGES/ViewingActivity.csv")
    assert f"the folder {tmp_path.name} holds no viewing log" in refusal(tmp_path)


def test_a_folder_with_two_candidates_is_refused_with_both(write, tmp_path):
    write(HISTORY, "a/NetflixViewingHistory.csv")
    write(HISTORY, "b/NetflixViewingHistory.csv")
    message = refusal(tmp_path)
    assert "holds 2 files that could be meant: a/NetflixViewingHistory.csv, b/Netflix" in message
    assert message.endswith("give the path of one of them")


def test_a_folder_given_as_a_dot_is_called_by_its_name(write, tmp_path, monkeypatch):
    write(HISTORY, "a/NetflixViewingHistory.csv")
    write(HISTORY, "b/NetflixViewingHistory.csv")
    monkeypatch.chdir(tmp_path)
    assert refusal(".").startswith(f"the folder {tmp_path.name} holds 2 files")


def test_a_folder_with_only_a_zip_says_so(write, pack, tmp_path):
    pack({"ratings.csv": CSV})
    assert "it holds export.zip: give that path itself" in refusal(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    assert "holds no viewing log among its 0 files. Read are:" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("MyData/StreamingHistory_music_0.json", "Spotify"),
        ("Takeout/YouTube/history/watch-history.html", "YouTube"),
        ("Digital.PrimeVideo.ViewingHistory.csv", "Prime Video"),
        ("diary.csv", "Letterboxd"),
        ("history/watched-history-1.json", "Trakt"),
    ],
)
def test_an_export_of_another_service_is_named_by_its_files(write, pack, tmp_path, name, service):
    said = f"looks like an export of {service}; {service} files can't be read here"
    assert said in refusal(pack({name: "x"}, "other.zip"))
    (tmp_path / "other.zip").unlink()
    write("x", name)
    assert said in refusal(tmp_path)


def test_a_folder_of_too_many_files_is_refused(write, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for at in range(4):
        write("x", f"{at}.txt")
    assert "holds more than 3 files; give the path of the file itself" in refusal(tmp_path)


# Zips ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", GOOD)
def test_every_file_is_read_from_a_zip(pack, name):
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        plays = log.check(read.anything(pack({f"folder/{name}": GOOD[name]}, how=how)))
        assert plays.attrs["report"].file == f"{name} in export.zip"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_zip_is_refused(pack, part):
    path = pack({"ratings.csv": CSV * 50, "movies.csv": "movieId,title\n"})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert "export.zip is a zip that is cut off or damaged" in refusal(path)


@pytest.mark.parametrize(
    "name", ["../ratings.csv", "a/../../x.txt", "/etc/passwd", "C:/x", "..\\x", "a\\..\\x"]
)
def test_a_zip_that_points_outside_is_refused(pack, name):
    message = refusal(pack({"ratings.csv": CSV, name: "x"}))
    assert "which points outside of it; no export does that" in message


@pytest.mark.parametrize("name", ["ratings.csv", "genome-scores.csv"])
def test_a_member_of_ten_gigabytes_is_refused_before_it_is_opened(pack, name, monkeypatch):
    path = pack({"movies.csv": "movieId,title\n", "ratings.csv": CSV, "genome-scores.csv": "x"})
    # The size that the directory at the end of the zip declares.
    content = bytearray(path.read_bytes())
    at = content.rindex(name.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 4_000_000_000)
    path.write_bytes(content)

    def never(*_, **__):
        raise AssertionError("a member was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert f"says that {name!r} has 4,000,000,000 bytes unpacked; at most" in refusal(path)


def test_a_member_larger_than_it_says_is_refused_without_reading_on(pack):
    body = CSV + "3,30,3.0,964982705\n" * 500_000
    path = pack({"ratings.csv": body})
    content = bytearray(path.read_bytes())
    at = content.rindex(b"ratings.csv") - 46
    content[at + 24 : at + 28] = struct.pack("<I", len(CSV))
    path.write_bytes(content)
    assert "export.zip is a zip that is cut off or damaged" in refusal(path)


def test_a_zip_of_zeros_is_refused_in_little_time(pack):
    path = pack({"NetflixViewingHistory.csv": b"Title,Date\n" + b"a" * 40_000_000})
    start = time.perf_counter()
    assert "line 2 has more than 1,000,000 characters" in refusal(path)
    assert time.perf_counter() - start < 10


def test_a_locked_or_oddly_packed_zip_is_refused(pack):
    path = pack({"ratings.csv": CSV}, how=zipfile.ZIP_LZMA)
    assert "packed in an unusual way; unpack it and give the folder" in refusal(path)
    path = pack({"ratings.csv": CSV})
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "'ratings.csv' in the zip is locked with a password" in refusal(path)


def test_a_workbook_and_an_empty_zip_are_refused(pack):
    assert "is an Excel workbook; give the CSV file" in refusal(
        pack({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "mine.xlsx")
    )
    assert "the zip export.zip holds no viewing log among its 0 files" in refusal(pack({}))


def test_what_a_mac_adds_to_a_zip_is_no_second_candidate(pack):
    path = pack({"a/ratings.csv": CSV, "__MACOSX/a/._ratings.csv": "x", "a/._ratings.csv": "x"})
    assert len(read.anything(path)) == 2


def test_nothing_is_written_to_disk(pack, tmp_path):
    path = pack({"ratings.csv": CSV})
    before = sorted(tmp_path.iterdir())
    read.anything(path)
    assert sorted(tmp_path.iterdir()) == before


# Anything -----------------------------------------------------------------------------------------
fuzz = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
starts = st.sampled_from(
    [b"", *(text.encode() for text in GOOD.values()), b"PK\x03\x04", b"\xff\xfe", b"[{"]
)


def _read_or_refused(path):
    with contextlib.suppress(read.ReadError):
        assert len(log.check(read.anything(path)))


@given(starts, st.binary(max_size=200))
@fuzz
def test_any_bytes_are_plays_or_one_error(write, start, rest):
    _read_or_refused(write(start + rest))


@given(
    st.sampled_from(sorted(GOOD)),
    st.sampled_from(["utf-8", "utf-16", "zip"]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3), st.integers(0, 3)), max_size=4),
    st.floats(0, 1),
)
@fuzz
def test_any_damaged_file_is_plays_or_one_error(write, pack, name, how, damages, kept):
    if how == "zip":
        content = bytearray(pack({name: GOOD[name], "movies.csv": "movieId,title\n"}).read_bytes())
    else:
        content = bytearray(GOOD[name].encode(how))
    for place, new, lost in damages:
        at = int(place * len(content))
        content[at : at + lost] = new
    if kept < 0.3:
        content = content[: int(len(content) * kept / 0.3)]
    _read_or_refused(write(bytes(content)))


@pytest.mark.slow
@given(st.sampled_from(sorted(GOOD)), st.data())
@settings(fuzz, max_examples=3_000)
def test_any_damaged_zip_is_plays_or_one_error(write, pack, name, data):
    content = bytearray(pack({name: GOOD[name]}).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(write(bytes(content)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["NetflixViewingHistory.csv", "ViewingActivity.csv"])
def test_time_grows_no_faster_than_the_file(write, name):
    header, row, *_ = GOOD[name].splitlines(keepends=True)

    def seconds(rows):
        path = write(header + row * rows, name)
        start = time.perf_counter()
        assert len(read.anything(path)) == rows
        return time.perf_counter() - start

    seconds(1_000)
    small, large = seconds(50_000), seconds(400_000)
    assert large < 12 * small + 0.5  # eight times the rows


def test_the_module_starts_quickly_and_without_heavy_packages():
    code = (
        "import sys, helpers.read; "
        "print([name for name in ('duckdb', 'pandera', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

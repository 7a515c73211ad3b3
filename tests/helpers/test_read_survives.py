"""Whatever file is given: plays come out, or one ReadError of one line."""

import os
import random
import struct
import unicodedata
import zipfile

import pytest

from helpers import log, read

HISTORY = 'Title,Date\n"Dark: Season 1: Lies","12/31/17"\n"Amélie","12/30/17"\n'
ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
    "Ann,2017-12-10 3:05:06,01:32:10,,A Christmas Prince,,TV,,,DE (Germany)\n"
)
CSV = "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,0.5,964982704\n"
GOOD = {
    "NetflixViewingHistory.csv": HISTORY,
    "ViewingActivity.csv": ACTIVITY,
    "ratings.csv": CSV,
    "u.data": "196\t242\t3\t881250949\n186\t302\t3\t891717742\n",
    "ratings.dat": "1::0114508::8::1381006850\n2::0208092::10::1586466072\n",
}
OTHERS = {
    '[{"endTime": "2019-03-04 14:22", "msPlayed": 313000}]': "Spotify",
    '[{"ts": "2019-03-04T14:22:00Z", "ms_played": 1}]': "Spotify",
    '[{"header": "YouTube", "title": "Watched x", "titleUrl": "x"}]': "YouTube",
    "Playback Hour,Title,Marketplace,Operating System\n": "Prime Video",
    "Title,Playback Start Datetime (UTC),Seconds Viewed\n": "Prime Video",
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n": "Letterboxd",
    '[{"id": 1, "watched_at": "2024-01-15T20:30:00.000Z", "type": "movie"}]': "Trakt",
    "Profile Name,Title Name,Thumbs Value\n": "Netflix",
    "movieId,title,genres\n1,Toy Story (1995),Comedy\n": "MovieLens",
    "viewer,account,title,started_at,minutes,zone,device\n": "log",
    "Dear diary\n": "",
    "PK\x03\x04": "zip",
}
STEERS = "\x1b[2J\x07\u202e\u2066\u200f\x9b31m\r\n"


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
    message = str(refused.value)
    assert fit_for_a_terminal(message) and len(message) <= 500
    return message


def fit_for_a_terminal(line):
    return not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in line)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x0b", b"\xef\xbb\xbf", b"\xff\xfe\n\0", b","])
def test_an_empty_file_is_refused(write, content):
    refusal(write(content))


@pytest.mark.parametrize("name", list(GOOD)[:3])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\r\n"])
def test_a_header_alone_is_refused(write, name, end):
    refusal(write(GOOD[name].split("\n")[0] + end, name))


@pytest.mark.parametrize("content", OTHERS)
def test_another_services_file_is_named_and_refused(write, content):
    assert OTHERS[content] in refusal(write(content))
    assert OTHERS[content] in refusal(write(content.encode("utf-16")))
    assert "diary" not in refusal(write(content))


@pytest.mark.parametrize("name", GOOD)
def test_the_content_and_not_the_name_decides_alone_and_in_a_zip(write, pack, name):
    plays = log.check(read.anything(write(GOOD[name], "my own name.txt")))
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert len(read.anything(pack({f"folder/{name}": GOOD[name]}, how=how))) == len(plays)


def test_what_is_no_file_is_refused(write, tmp_path):
    for path in (tmp_path / "none.csv", tmp_path / "x" / "y.csv", "a\0b.csv", "x" * 3_000):
        refusal(path)
    if os.path.exists("/dev/null"):
        refusal("/dev/null")


def test_a_choice_that_does_not_apply_is_refused(write):
    assert "zone=" in refusal(write(HISTORY), zone="Europe/Berlin")
    assert "dates=" in refusal(write(ACTIVITY), dates="day-first")
    for choice in ({"dates": "US"}, {"titles": "short"}):
        refusal(write(HISTORY), **choice)


def test_of_two_logs_none_is_taken_and_both_are_named(write, tmp_path):
    refusal(tmp_path)
    write(HISTORY, "a/b/NetflixViewingHistory.csv")
    write("x", "other.zip")
    assert len(read.anything(tmp_path)) == 2
    write(HISTORY, "c/NetflixViewingHistory.csv")
    assert "a/b/Netflix" in refusal(tmp_path) and "c/Netflix" in refusal(tmp_path)


@pytest.mark.parametrize("where", ["MESSAGES", "__MACOSX/a"])
def test_closed_folders_are_not_searched(write, pack, where, tmp_path):
    refusal(pack({f"{where}/ViewingActivity.csv": ACTIVITY}))
    assert len(read.anything(pack({f"{where}/ratings.csv": "x", "a/ratings.csv": CSV}))) == 2
    write(ACTIVITY, f"f/{where}/ViewingActivity.csv")
    refusal(tmp_path / "f")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_zip_is_refused(pack, part):
    path = pack({"ratings.csv": CSV * 50, "movies.csv": "movieId,title\n"})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    refusal(path)


def changed(path, name, at, new):
    """Overwrite a field of a member's entry in the directory at the end of a zip."""
    content = bytearray(path.read_bytes())
    start = content.rindex(name.encode()) - 46 + at
    content[start : start + len(new)] = new
    path.write_bytes(content)
    return path


def test_members_of_gigabytes_locked_or_odd_are_refused_before_they_are_opened(pack, monkeypatch):
    def never(*_, **__):
        raise AssertionError("a member was opened")

    odd = pack({"ratings.csv": CSV}, "odd.zip", zipfile.ZIP_LZMA)
    large = pack({"movies.csv": "", "ratings.csv": CSV}, "large.zip")
    locked = pack({"ratings.csv": CSV}, "locked.zip")
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    refusal(odd)
    refusal(changed(large, "ratings.csv", 24, struct.pack("<I", 4_000_000_000)))
    refusal(changed(locked, "ratings.csv", 8, b"\x01"))


def test_a_member_larger_than_it_says_is_refused(pack):
    path = pack({"ratings.csv": CSV + "3,30,3.0,964982705\n" * 50_000})
    refusal(changed(path, "ratings.csv", 24, struct.pack("<I", len(CSV))))
    refusal(pack({"NetflixViewingHistory.csv": b"Title,Date\n" + b"a" * 40_000_000}))


def test_nothing_is_written_to_disk(pack, tmp_path):
    path = pack({"ratings.csv": CSV})
    read.anything(path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_would_steer_a_terminal_is_shown_escaped_and_cut(write, pack, tmp_path):
    long = STEERS + "x" * 3_000
    title = f'Title,Date\n"{long}","1/31/17"\n'
    steers = STEERS.replace("\n", "").replace("\r", "")
    report = read.anything(write(title, f"{steers}.csv")).attrs["report"]
    extra = ACTIVITY.replace("Prince,,TV", f'Prince,"{long}",TV') + ACTIVITY.split("\n")[1]
    for said in (report, read.anything(write(extra)).attrs["report"]):
        assert all(fit_for_a_terminal(line) and len(line) <= 300 for line in str(said).split("\n"))
    refusal(write("x", f"{steers}{'x' * 150}.csv"))
    refusal(tmp_path / long)
    refusal(pack({f"{long}/ratings.csv": CSV, f"b{long}/ratings.csv": CSV}))
    assert read.shown("Fire 👩‍🚒 שלום") == "Fire 👩‍🚒 שלום"


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("how", ["utf-8", "utf-16", "zip"])
def test_any_damaged_file_is_plays_or_one_error(write, pack, name, how):
    rng = random.Random(f"{name} {how} 53")
    if how == "zip":
        whole = pack({name: GOOD[name], "movies.csv": "movieId,title\n1,x\n"}).read_bytes()
    else:
        whole = GOOD[name].encode(how)
    read_back = 0
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(content))
            new = rng.choice([rng.randbytes(rng.randint(0, 3)), b'"', b",", b"\n", b"\0"])
            content[at : at + rng.randint(0, 3)] = new
        if rng.random() < 0.2:
            content = content[: rng.randrange(len(content))]
        try:
            log.check(read.anything(write(bytes(content), "a.bin")))
            read_back += 1
        except read.ReadError as error:
            assert fit_for_a_terminal(str(error))
    assert read_back < 60


@pytest.mark.slow
def test_time_grows_no_faster_than_the_file(write):
    import time

    header, row, *_ = GOOD["ViewingActivity.csv"].splitlines(keepends=True)

    def seconds(rows):
        path = write(header + row * rows)
        start = time.process_time()
        assert len(read.anything(path)) == rows
        return time.process_time() - start

    seconds(1_000)
    small, large = seconds(50_000), seconds(400_000)
    assert large < 12 * small + 0.5  # eight times the rows

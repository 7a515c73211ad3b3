"""Exports made from each service's grammar come back; a hostile one ends in a sentence."""

import json
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import log, read
from studies import fixtures, readers
from studies.exports import FORMATS, PLAYS, Play

EXTENDED = json.loads(fixtures.text_of("spotify extended"))[0]
VIDEO = {"header": "YouTube", "title": "Watched Up", "time": "2020-01-01T10:00:00Z"}
VIDEO["titleUrl"] = "https://www.youtube.com/watch?v=x"
CASES = fixtures.cases()
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12)
starts = st.datetimes(datetime(2017, 1, 1), datetime(2020, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_made_file_ends_as_it_should_and_shows_no_value_of_a_person(case, tmp_path):
    assert readers.wrong(case, tmp_path) == []


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(st.tuples(texts, starts, st.integers(1, 6_000)), min_size=1, max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_in_any_format_is_read_back(tmp_path, name, rows):
    plays = [
        Play(f"{at} {title}", start.replace(microsecond=0, tzinfo=UTC), seconds / 60)
        for at, (title, start, seconds) in enumerate(rows)
    ]
    path = fixtures.pack(tmp_path / "export.zip", FORMATS[name].write(plays))
    back = log.check(read.anything(path, **FORMATS[name].choices))
    assert readers.came(back) == fixtures.told(name, plays)


def test_changed_bytes_end_in_plays_or_in_a_refusal():
    counts = readers.fuzz(90, seed=7)
    assert counts["failed"] == 0 and 0 < counts["read"] < counts["tried"] == 90


@pytest.fixture
def made(write):
    """The plays of entries or lines that are written, and their report."""

    def plays(content, name="file.json", **choices):
        text = content if isinstance(content, str) else json.dumps(content)
        frame = log.check(read.anything(write(text, name), **choices))
        return frame, frame.attrs["report"]

    return plays


def test_songs_podcasts_and_books_are_told_apart_and_what_is_private_is_gone(made):
    track, owner = "master_metadata_track_name", "master_metadata_album_artist_name"
    none = EXTENDED | {track: None, owner: None}
    podcast = none | {"episode_show_name": "Nest", "episode_name": "Egg"}
    book = none | {"audiobook_title": "Birds", "audiobook_chapter_title": "1"}
    song = EXTENDED | {"user_agent_decrypted": "secret", "incognito_mode": True}
    plays, report = made([song, podcast, book, none])
    assert plays["kind"].tolist() == ["music", "podcast", "audiobook"]
    assert plays["title"].tolist()[1:] == ["Nest", "Birds"]
    assert plays["episode"].tolist()[1:] == ["Egg", "1"] and plays["episode"].isna()[0]
    assert report.read == 3 and sum(report.left_out.values()) == 1
    assert {"addresses", "the user name", "user agents"} <= set(report.dropped)
    everything = plays.to_csv() + str(report)
    for secret in ("ann.secret", "10.9.8.7", "Android 11", "DE,"):
        assert secret not in everything


def test_advertisements_removed_videos_and_what_is_no_video_are_counted_apart(made):
    ad = VIDEO | {"details": [{"name": "From Google Ads"}]}
    market = VIDEO | {"titleUrl": "market://details?id=x"}
    gone = {"title": "Watched a video that has been removed", "time": VIDEO["time"]}
    post = VIDEO | {"title": "Viewed a post", "titleUrl": "https://www.youtube.com/post/x"}
    private = VIDEO | {"title": "Watched " + VIDEO["titleUrl"]}
    song = VIDEO | {"header": "YouTube Music", "titleUrl": "https://music.youtube.com/watch?v=y"}
    plays, report = made([VIDEO, ad, market, gone, post, private, song])
    assert plays["kind"].tolist() == ["video", "music"] and set(plays["title"]) == {"Up"}
    assert sorted(report.left_out.values()) == [1, 1, 1, 2]
    assert report.left_out["an advertisement"] == 2
    assert set(report.unknown) == {"length", "zone"}


def test_a_pages_local_times_need_a_zone_that_fits(made, write, refusal):
    page = fixtures.text_of("youtube page", PLAYS[:1])
    assert "zone=" in refusal(write(page))
    turkish = page.replace("Dec 30, 2017, 03:15:07\u202fPM EST", "30 Sept 2017, 15:15:07 TRT")
    for other, zone in ((page, "Asia/Tokyo"), (page, "UTC"), (turkish, "Asia/Tashkent")):
        refusal(write(other), zone=zone)
    for local, zone, moment in (
        ("Dec 30, 2017, 12:15:07 AM GMT", None, "2017-12-30 00:15:07"),
        ("31 Dec 2017, 02:15:07 am AEDT", "Australia/Sydney", "2017-12-30 15:15:07"),
        ("30 Sept 2017, 15:15:07 TRT", "Europe/Istanbul", "2017-09-30 12:15:07"),
        # The hour that a clock shows twice: the name of the zone tells which.
        ("Nov 5, 2017, 1:15:07 AM EDT", "America/New_York", "2017-11-05 05:15:07"),
        ("Nov 5, 2017, 1:15:07 AM EST", "America/New_York", "2017-11-05 06:15:07"),
    ):
        other = page.replace("Dec 30, 2017, 03:15:07\u202fPM EST", local)
        plays, report = made(other, **({"zone": zone} if zone else {}))
        assert plays["started_at"][0] == pd.Timestamp(moment, tz="UTC")
        assert ("zone" in report.unknown) == (zone is None)


def test_prime_tells_autoplay_and_what_was_deleted_and_is_still_there(made):
    head = "Title,Playback Start Datetime (UTC),Seconds Viewed,Material Type Description,"
    head += "Is Autoplay,Is Deleted,Deleted from Watch History\n"
    head += """Up,2026-01-01T10:00:00Z,60,Feature,Yes,No,Not Available
        Up,2026-01-02T10:00:00Z,60,Full,No,Yes,No
        Up,2026-01-03T10:00:00Z,60,,No,No,yes
        Up,2026-01-04T10:00:00Z,60,Trailer,No,No,No
        Up,2026-01-05T10:00:00Z,0,Feature,No,No,No
        Not Available,2026-01-06T10:00:00Z,9,Feature,No,No,No
        Up,2026-01-07T10:00:00Z,9,ann@example.org,No,No,No"""
    plays, report = made(head)
    assert plays["autoplay"].tolist() == [True, False, False]
    assert plays["hidden"].tolist() == [False, True, True]
    assert list(report.still_there.values()) == [2] and list(report.left_out.values()) == [1] * 4
    assert "example.org" not in str(report)


def test_a_diary_counts_days_of_viewing_only_and_says_what_was_deleted(pack):
    head = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    rows = "2020-01-02,Up,2009,x,4.5,,,1999-12-31\n2020-01-02,Fish,,,,,,\n"
    rows += "2020-01-04,Owls,2001,x,3,,,2020-01-03\n2020-01-05,Owls,2001,x,3,,,2020-01-05\n"
    members = {"diary.csv": head + rows, "deleted/diary.csv": "Ann", "orphaned/x.csv": "Ann"}
    for sep in ",;":
        members["diary.csv"] = (head + rows).replace(",", sep)
        plays = log.check(read.anything(pack(members)))
        report = plays.attrs["report"]
        assert plays["title"].tolist() == ["Up (2009)", *["Owls (2001)"] * 2]
        assert plays["stars"].tolist() == [4.5, 3, 3] and "day than seen: 2" in report.notes[1]
        assert log.day(plays)[0] == pd.Timestamp(1999, 12, 31)
        assert report.left_out == {"no day of viewing": 1}
        assert list(report.still_there.values()) == [2]


def test_what_was_marked_as_watched_at_once_is_left_out_and_counted(made):
    def row(second, action, **more):
        film = {"type": "movie", "movie": {"title": "Up", "year": 2009}}
        return {"watched_at": f"2020-01-01T10:00:0{second}.000Z", "action": action} | film | more

    episode = {"type": "episode", "show": {"title": "Owls"}}
    episode["episode"] = {"season": 1, "number": 5, "title": "Egg"}
    entries = [row(1, "watch"), row(1, "watch"), row(2, "watch"), row(3, "scrobble", **episode)]
    entries += [row(4, "scrobble"), row(4, "scrobble")]
    plays, report = made(entries)
    assert plays["title"].tolist() == ["Up (2009)", "Owls", "Up (2009)", "Up (2009)"]
    assert plays["episode"].tolist()[1] == "S1E5 Egg"
    assert list(report.left_out.values()) == [2] and "viewing" in report.unknown
    assert "viewing" not in made([row(3, "scrobble")])[1].unknown


def test_damaged_entries_are_named_by_number_and_many_are_refused(made, write, refusal):
    long = EXTENDED | {"master_metadata_track_name": "x" * 70_000}
    for bad in ({"ts": 5}, 5, long):
        plays, report = made([*[EXTENDED] * 3_000, bad])
        assert len(plays) == 3_000 and "entry 3,001" in str(report)
        assert "entry 2" in refusal(write(json.dumps([EXTENDED, *[bad] * 5, EXTENDED])))
        refusal(write(json.dumps([EXTENDED] + [bad] * 200)))


def test_half_a_letter_in_a_title_does_not_take_the_file_with_it(made):
    plays, _ = made([EXTENDED, EXTENDED | {"master_metadata_track_name": "Fish \ud83d"}])
    assert len(plays) == 2 and "Fish" in plays["title"][1]


def test_an_entry_is_read_across_the_blocks_of_a_file(write, monkeypatch):
    path = write(json.dumps([EXTENDED | {"ms_played": at} for at in range(50)], indent=1))
    whole = read.anything(path)
    for block in (1, 7, 100):
        monkeypatch.setattr(read.rows, "BLOCK", block)
        pd.testing.assert_frame_equal(whole, read.anything(path))


def test_two_services_or_two_forms_in_one_folder_are_refused_and_parts_are_read_together(
    tmp_path, refusal
):
    fixtures.lay(tmp_path, FORMATS["spotify extended"].write(PLAYS))
    assert len(read.anything(tmp_path)) == len(PLAYS)
    heard = []
    read.anything(tmp_path, progress=lambda done, size: heard.append((done, size)))
    assert heard == sorted(heard) and heard[-1][0] == heard[-1][1]
    part = tmp_path / "MyData" / "Streaming_History_Audio_2020_2.json"
    part.write_text("[]")
    assert len(read.anything(tmp_path)) == len(PLAYS)
    part.write_text("[{ damaged")
    assert part.name in refusal(tmp_path)
    part.unlink()
    fixtures.lay(tmp_path / "x", FORMATS["trakt"].write(PLAYS))
    assert "give the path" in refusal(tmp_path)


def test_times_to_come_and_before_there_was_streaming_are_damaged(write, refusal):
    soon = (datetime.now() + timedelta(9)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for time in (soon, "1999-01-01T00:00:00Z"):
        assert "entry 1" in refusal(write(json.dumps([EXTENDED | {"ts": time}])))


def test_one_damaged_time_does_not_change_how_the_others_are_read(made):
    head = "Title,Playback Start Datetime (UTC),Seconds Viewed\n"
    days = pd.date_range("2020-01-01", periods=1_500)
    rows = [f"Up,{day:%Y-%m-%d}T10:00:00Z,60" for day in days]
    plays, _ = made("\n".join([head.strip(), *rows, "Up,no time,60"]))
    assert len(plays) == 1_500 and (plays["started_at"].dt.hour == 10).all()


def test_a_page_that_calls_summer_and_winter_by_one_name_is_refused_and_json_advised(
    write, refusal
):
    page = fixtures.text_of("youtube page", PLAYS[:1])
    begin, cell = page.split('<div class="outer-cell', 1)
    cells = [
        cell.replace("Dec 30, 2017, 03:15:07\u202fPM EST", f"30 {month} 2017, 15:15:07 AEDT")
        for month in ["Dec", "Jun"] * 5
    ]
    both = begin + "".join('<div class="outer-cell' + each for each in cells)
    message = refusal(write(both), zone="Australia/Sydney")
    assert "AEDT" in message and "JSON" in message


FOREIGN = {
    "IMDb": "Const,Your Rating,Date Rated,Title,URL,Title Type\ntt1,9,2020-01-01,Up,x,movie\n",
    "Goodreads": "Book Id,Title,Author,ISBN,My Rating\n1,Up,Ann,,5\n",
    "Last.fm": 'uts,utc_time,artist,track\n1577836800,"01 Jan 2020, 00:00",Ann,Up\n',
    "TV Time": "created_at,s_id,ep_id\n2020-01-01,1,2\n",
    "Spotify": "ts,ms_played,master_metadata_track_name\n2020-01-01T00:00:00Z,60000,Up\n",
}


@pytest.mark.parametrize("service", FOREIGN)
def test_a_file_that_is_not_read_is_named_by_its_columns(service, write, refusal):
    assert f"looks like {service}'s" in refusal(write(FOREIGN[service]))


def test_what_a_file_is_taken_for_does_not_hang_on_its_titles(write, refusal):
    films = "id,film,year\n1,Youtube watch-history,2020\n2,Spotify,2021\n"
    assert "looks like" not in refusal(write(films))
    assert "looks like" not in refusal(write('[{"film": "Letterboxd and YouTube"}]'))

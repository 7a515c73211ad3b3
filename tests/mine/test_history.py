"""One's own file: whose it is, what it holds and lacks, and what a letter asks for."""

import pandas as pd
import pytest

from helpers import make, mine, read

SECRET = "Planted \u202e<b>secret</b>"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The export of one of the 53, made twice."""
    world = make.world("tiny")
    fans = world.truth.loc[world.truth["counted"], "viewer"]
    name = world.viewers.set_index("viewer")["name"][fans.iloc[0]]
    return [make.export(world, tmp_path_factory.mktemp("made"), name=name) for _ in range(2)]


@pytest.fixture(scope="module")
def logs(made):
    return mine.logs(made[0], zone="America/New_York")[0]


@pytest.fixture
def activity(write):
    """The plays of an account's file from rows: profile, day, title, minutes and attributes."""

    def read_rows(rows):
        lines = [
            f'{who},{day:%Y-%m-%d} 20:00:00,00:{minutes:02}:00,{marks},"{title}",,TV,,,US\n'
            for who, day, title, minutes, marks in rows
        ]
        header = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,"
        header += "Device Type,Bookmark,Latest Bookmark,Country\n"
        return read.anything(write(header + "".join(lines), "ViewingActivity.csv"))

    return read_rows


def evenings(profile, titles, day="2024-06-01", minutes=30, marks=""):
    days = pd.date_range(day, periods=len(titles))
    return [(profile, *pair, minutes, marks) for pair in zip(days, titles, strict=True)]


def test_a_made_export_reads_back_as_two_files_of_one_person(logs):
    short, long = logs.values()
    assert short.attrs["report"].once and not long.attrs["report"].once
    own = mine.hers(long)
    assert long["viewer"].nunique() == 2 and own["viewer"].nunique() == 1
    assert own["day"].max() - own["day"].min() > pd.Timedelta(days=600)
    assert set(short["title"]) <= set(own["title"])


def test_a_file_that_is_not_read_is_counted_and_the_others_are_read(write):
    good = write('Title,Date\n"A","2024-01-20"\n', "NetflixViewingHistory.csv")
    bad = write("hello", "other.txt")
    every, refused = mine.logs([bad, good])
    assert len(every) == 1 and len(refused) == 1 and "file 1" in refused[0]
    with pytest.raises(read.ReadError, match="file 1"):
        mine.logs([bad])
    ambiguous = write('Title,Date\n"A","1/2/20"\n"B","1/1/20"\n', "NetflixViewingHistory.csv")
    every, _ = mine.logs([ambiguous], choices={ambiguous.name: {"dates": "day-first"}})
    assert mine.hers(every.popitem()[1])["day"].max() == pd.Timestamp("2020-02-01")
    with pytest.raises(read.ReadError, match="dates="):
        mine.logs([ambiguous])


def test_made_exports_are_the_same_each_time(made):
    one, two = ([path.read_bytes() for path in files] for files in made)
    assert one == two and made[0] != made[1]


def test_a_made_fan_has_hidden_the_film_which_the_long_file_still_has(logs):
    short, long = logs.values()
    film = long[long["title"] == make.FILM]
    assert len(film) >= 18 and film["hidden"].all() and make.FILM not in set(short["title"])


def test_she_is_the_profile_with_most_plays_unless_another_is_named(activity):
    plays = activity(evenings("Bob", "XY") + evenings("Ann", "ABC"))
    assert set(mine.hers(plays)["title"]) == set("ABC")
    assert set(mine.hers(plays, viewer=1)["title"]) == set("XY")


def test_a_file_of_many_households_needs_to_be_told_whose_plays(write):
    plays = read.anything(write("1\t7\t4\t881250949\n2\t7\t4\t881250949\n", "u.data"))
    with pytest.raises(mine.MineError, match="2 people"):
        mine.hers(plays)
    assert len(mine.hers(plays, viewer=2)) == 1


def test_half_years_hold_first_days_of_titles_and_no_short_plays(activity):
    late = evenings("Ann", "ABCDEFGHIA") + evenings("Ann", "K", minutes=1)
    early = evenings("Ann", "ABZ", day="2023-06-01")
    earlier, later = mine.half_years(mine.hers(activity(late + early)))
    assert sorted(later["title"]) == list("ABCDEFGHI") and sorted(earlier["title"]) == list("ABZ")
    assert later.set_index("title")["day"]["A"] == pd.Timestamp("2024-06-01")
    with pytest.raises(mine.MineError, match="7 titles"):
        mine.half_years(mine.hers(activity(evenings("Ann", "ABCDEFG"))))


def test_the_summary_counts_and_says_what_is_not_there(activity, logs):
    hidden, auto = "View was hidden;", "Autoplayed: user action: None;"
    rows = evenings("Ann", "AB", marks=hidden) + evenings("Ann", "CDE", marks=auto)
    plays = activity(rows + evenings("Bob", "Q"))
    lines = mine.summary(plays, mine.hers(plays))
    counts = {"plays": 5, "hidden, still there": 2, "started by itself": 3, "hours": 2}
    assert lines.to_dict().items() >= (counts | {"other profiles": 1}).items()
    short = next(iter(logs.values()))
    lacks = mine.summary(short, mine.hers(short))
    unknown = ["hours", "plays from midnight to five", "devices", "hidden, still there"]
    assert lacks[unknown].eq(mine.NOT_THERE).all()


def test_runs_are_of_a_title_or_of_any_where_each_is_listed_once(activity, write):
    plays = activity(evenings("Ann", "AAABB"))
    best = mine.runs(plays, mine.hers(plays)).iloc[0]
    assert (best["title"], best["days"]) == ("A", 3)
    rows = "".join(f'"{title}","2024-01-{20 + at}"\n' for at, title in enumerate("ABC"))
    short = read.anything(write("Title,Date\n" + rows, "NetflixViewingHistory.csv"))
    best = mine.runs(short, mine.hers(short)).iloc[0]
    assert (best["title"], best["days"]) == ("any title", 3)


def test_a_title_in_the_tweet_is_one_line_that_steers_nothing(plain):
    text = mine.tweet({"title": "One\nTwo \u202e\x1b[31m", "days": 5})
    assert plain(text) and "5 days" in text and "person" in text


def test_the_letter_asks_for_each_gap_and_holds_no_value_of_hers(activity, logs):
    plays = activity(evenings(SECRET, [SECRET] * 3, marks="View was hidden;"))
    report = plays.attrs["report"]
    for law in mine.LAWS:
        letter = mine.letter(report, law=law)
        flat = " ".join(letter.split())
        assert all(point in flat for point in mine.ASKED) and "3 rows" in flat
        assert "secret" not in letter and "Planted" not in letter
    short = next(iter(logs.values())).attrs["report"]
    text = " ".join(mine.letter(short).split())
    assert all((mine.GAPS[gap] in text) == (gap in short.unknown) for gap in mine.GAPS)


def test_her_files_are_read_in_her_own_copy_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    (tmp_path / "mine").mkdir()
    for name in ("b.csv", "a.zip", ".ipynb_checkpoints"):
        (tmp_path / "mine" / name).write_text("x")
    for folder, names in (("notebooks", []), ("my", ["a.zip", "b.csv"])):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        assert [path.name for path in mine.files()] == names

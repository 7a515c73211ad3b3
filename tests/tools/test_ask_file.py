"""`ask FILE`: answers for one's own file, counts for a file of many, one sentence for a bad one."""

import unicodedata

import pytest

from studies import fixtures
from studies.exports import FORMATS, PLAYS
from tools import __main__ as dispatcher


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "NetflixViewingHistory.csv"
    days = {"Fish": (13, 14, 15), "Bird: Season 1: Egg": (14, 16)}
    rows = [f'"{title}","2017-12-{day}"\n' for title in days for day in days[title]]
    path.write_text("".join(["Title,Date\n", *rows]))
    return str(path)


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "u.data"
    # Viewer, film, stars, seconds: viewers 1 and 2 rate film 7 on two days in a row.
    rows = [(who, 7, 4, 881_250_949 + 86_400 * day) for who in (1, 2) for day in (0, 1)]
    rows += [(3, 8, 4, 881_250_949 + 86_400 * day) for day in (0, 2)]
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
    return str(path)


@pytest.fixture
def said(capsys):
    def run(*words, code=0):
        assert dispatcher.main(["ask", *words]) == code
        out, err = capsys.readouterr()
        assert (not code) == (not err)
        assert err.count("\n") == (code > 0) and len(err) <= 501
        return err if code else out

    return run


def test_the_longest_runs_of_ones_own_file_are_dated(own, said):
    out = said(own)
    assert "  3 days  Fish  (2017-12-13 to 2017-12-15)" in out
    assert "   1 day  Bird  (2017-12-14 to 2017-12-14)" in out
    assert "any title at all: 4 days." in out and "rows read 5, plays 5" in out


def test_a_title_is_counted_until_the_last_day_or_the_day_given(own, said):
    out = said(own, "--title", "Fish", "--days", "3", "--until", "2017-12-15")
    assert "1 viewer watched 'Fish' on each of the 3 days that end on 2017-12-15." in out
    assert "3 days, 2017-12-13 to 2017-12-15." in out
    assert "0 viewers" in said(own, "--title", "Fish", "--days", "3")
    assert "watched 'Fish' on 2017" in said(own, "--title", "Fish", "--days", "1")


def test_a_file_of_many_is_counted_and_no_person_shown(many, said):
    out = said(many)
    runs = [line for line in out.splitlines() if line.startswith("  ")]
    assert runs[0].startswith("    2 days") and runs[0].endswith("(reached by 2)")
    assert runs[1].endswith("(reached by 1)") and "1997" not in "".join(runs)
    assert "watched 'movie" not in said(many, "--title", "movie 7", "--days", "1")


def test_with_a_zone_days_and_report_are_of_that_zone(many, said):
    out = said(many, "--zone", "Pacific/Auckland", "--title", "movie 7", "--days", "1")
    assert "Pacific/Auckland" in out and "UTC" not in out
    assert "1997-12-07" in out and "1997-12-06" in said(many, "--title", "movie 7", "--days", "1")


def test_a_list_with_a_line_a_title_answers_for_any_title_and_refuses_for_one(tmp_path, said):
    path = tmp_path / "NetflixViewingHistory.csv"
    rows = [
        f'"{title}","12/{day}/17"\n' for title, day in zip("ABCD", (15, 14, 14, 11), strict=True)
    ]
    path.write_text("".join(["Title,Date\n", *rows]))
    out = said(str(path))
    assert "  2 days  (2017-12-14 to 2017-12-15)" in out and "may have been longer" in out
    for days in ("1", "3"):
        refused = said(str(path), "--title", "A", "--days", days, code=2)
        assert "ViewingActivity.csv" in refused and "0 viewers" not in refused
    path.write_text("".join(["Title,Date\n", *rows, '"A","12/10/17"\n']))
    assert "1 viewer watched" in said(str(path), "--title", "A", "--days", "1")


def test_a_near_title_is_offered_before_anything_is_said_of_days(own, many, said, tmp_path):
    for title in ("Fsh", "fish", "Fis"):
        assert "'Fish'?" in said(own, "--title", title, "--days", "400", code=2)
    assert "'movie 7'" in said(many, "--title", "Toy Story (1995)", code=2)
    (tmp_path / "u.item").write_text("7|Fish (1988)|\n8|Bird|\n")
    assert "'Fish (1988)'?" in said(many, "--title", "fish", code=2)


def test_a_question_that_is_no_good_ends_in_one_sentence(own, said):
    for words, reason in {
        "--title Fish --days 0": "days",
        "--title Fish --until 2030-01-01": "2030-01-01",
        "--title Fish --until yesterday": "yesterday",
        "--title Fish --days 1 --until 9999-12-31": "9999-12-31",
        "--title Fish --days 400": "2017-12-13",
        "--title Fish --minutes 70": "lengths",
        "--minutes -1": "-1",
        "--days 3": "--title",
        "--until 2017-12-15": "--title",
        "--profile 2": "--profile does",
        "--zone Pacific/Auckland": "--zone does",
    }.items():
        assert reason in said(own, *words.split(), code=2)


def test_a_choice_goes_to_the_reader(tmp_path, said):
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text('Title,Date\n"Fish","03/04/2017"\n"Fish","02/04/2017"\n')
    assert "--dates" in said(str(path), code=2)
    assert "2 days" in said(str(path), "--dates", "day-first")
    assert "  1 day  Fish" in said(str(path), "--dates", "month-first")


def test_a_zip_of_another_service_is_answered_with_its_report(tmp_path, said):
    members = FORMATS["spotify podcasts"].write(PLAYS)
    path = str(fixtures.pack(tmp_path / "my_spotify_data.zip", members))
    assert "The longest daily runs among 15 titles" in said(path)
    out = said(path, "--title", "Up", "--days", "1", "--until", "2017-12-30")
    assert "1 viewer played 'Up' on 2017-12-30." in out and "podcast 15" in out


def test_a_title_or_a_path_can_not_steer_the_terminal(tmp_path, said):
    bad = "\x1b[2J\u202e\x07" + "x" * 3_000
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text(
        f'Title,Date\n"Fish\nand chips","2017-12-13"\n"{bad}","2017-12-14"\n"{bad}","2017-12-12"\n'
    )
    out = said(str(path)) + said(str(path), "--title", bad, "--days", "1")
    out += said(str(path), "--title", bad[:-1], code=2) + said(str(tmp_path / bad), code=2)
    assert "Fish and chips" in out and max(map(len, out.split("\n"))) <= 500
    assert not any(unicodedata.category(each) in ("Cc", "Cf") for each in out.replace("\n", ""))

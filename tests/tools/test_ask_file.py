"""`ask FILE`: answers for one's own file, counts for a file of many, one sentence for a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import ask

HISTORY = "Title,Date\n" + "".join(
    f'"{title}","2017-12-{day:02d}"\n'
    for title, days in (("Fish", range(13, 16)), ("Bird: Season 1: Egg", (14, 16)))
    for day in days
)


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text(HISTORY)
    return str(path)


@pytest.fixture
def many(tmp_path: Path) -> str:
    path = tmp_path / "u.data"
    # Viewer, film, stars, seconds: viewers 1 and 2 rate film 7 on two days in a row.
    rows = [(who, 7, 4, 881_250_949 + 86_400 * day) for who in (1, 2) for day in (0, 1)]
    rows += [(3, 8, 4, 881_250_949 + 86_400 * day) for day in (0, 2)]
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert ask.main(list(words)) == code
    out, err = capsys.readouterr()
    return err if code else out


def test_the_longest_runs_of_ones_own_file_are_dated(
    own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, own)
    assert "The longest daily runs among 2 titles:" in out
    assert "  3 days  Fish  (2017-12-13 to 2017-12-15)" in out
    assert "   1 day  Bird  (2017-12-14 to 2017-12-14)" in out
    assert "The longest run of days with any title at all: 4 days." in out
    assert "What was read, and what was left out:" in out and "rows read 5, plays 5" in out


def test_a_title_is_counted_until_the_last_day_or_the_day_given(
    own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, own, "--title", "Fish", "--days", "3", "--until", "2017-12-15")
    assert "1 viewer watched 'Fish' on each of the 3 days that end on 2017-12-15." in out
    assert "Its longest daily run: 3 days, 2017-12-13 to 2017-12-15." in out
    out = said(capsys, own, "--title", "Fish", "--days", "3")
    assert "0 viewers watched 'Fish' on each of the 3 days that end on 2017-12-16." in out


def test_a_file_of_many_is_counted_and_no_person_shown(
    many: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, many)
    runs = [line for line in out.splitlines() if line.startswith("  ")]
    assert runs[0].startswith("    2 days") and runs[0].endswith("(reached by 2)")
    assert runs[1].endswith("(reached by 1)")
    assert "1997" not in "".join(runs)


def test_a_file_without_a_run_of_two_days_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text('Title,Date\n"Fish","2017-12-13"\n"Fish","2017-12-15"\n')
    assert "No title was watched on two days in a row." in said(capsys, str(path))


def test_a_choice_goes_to_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text('Title,Date\n"Fish","03/04/17"\n"Fish","02/04/17"\n')
    assert "--dates" in said(capsys, str(path), code=2)
    assert "2 days" in said(capsys, str(path), "--dates", "day-first")
    assert "No title" in said(capsys, str(path), "--dates", "month-first")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--title", "Fsh", "--days", "1"], "is it 'Fish'?"),
        (["--title", "Fish", "--days", "0"], "days"),
        (["--title", "Fish", "--until", "2030-01-01"], "2030-01-01"),
        (["--title", "Fish", "--until", "yesterday"], "yesterday"),
        (["--title", "Fish", "--days", "400"], "first day, 2017-12-13 (zone 'local'); give at m"),
        (["--zone", "Mars"], "the file holds days and no times; --zone does not apply"),
        (["--title", "Fish", "--zone", "Pacific/Auckland"], "--zone does not apply"),
        (["--title", "Fish", "--minutes", "70"], "has no lengths, so --minutes cannot be asked"),
        (["--minutes", "20"], "this file has no lengths, so --minutes cannot be asked"),
        (["--minutes", "-1"], "-1"),
        (["--days", "3"], "--days needs --title"),
        (["--until", "2017-12-15"], "--until needs --title"),
        (
            ["--profile", "2"],
            "--profile does not apply to a Netflix history file; it takes --dates, --titles, "
            "--encoding\n",
        ),
        (["--titles", "none"], "--titles none; expected"),
    ],
)
def test_a_question_that_is_no_good_ends_in_one_sentence(
    words: list[str], reason: str, own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = said(capsys, own, *words, code=2)
    assert reason in err and "Traceback" not in err


def test_a_zone_that_is_none_is_told_where_the_file_has_times(
    many: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "'Mars'" in said(capsys, many, "--zone", "Mars", code=2)
    assert "2 days" in said(capsys, many, "--zone", "Pacific/Auckland")


def test_a_value_with_a_blank_keeps_its_quotation_marks() -> None:
    assert ask.as_options("profile='Kid A' is not") == "--profile 'Kid A' is not"
    assert ask.as_options("titles='x'; expected") == "--titles x; expected"


def test_a_title_asked_of_numbered_films_is_told_how_to_get_names(
    many: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = said(capsys, many, "--title", "Toy Story (1995)", code=2)
    assert err == (
        "no play of 'Toy Story (1995)'. No list of titles beside it, so the file has numbers for "
        "titles: put MovieLens's u.item beside it, or ask for 'movie 7'.\n"
    )
    (Path(many).parent / "u.item").write_text("7|Fish|\n8|Bird|\n")
    assert "is it 'Fish'?" in said(capsys, many, "--title", "fsh", "--days", "1", code=2)


def test_films_are_rated_and_one_day_is_that_day(
    many: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, many, "--title", "movie 7", "--days", "1", "--until", "1997-12-05")
    assert "2 viewers rated 'movie 7' on 1997-12-05." in out
    Path(many).write_text("1\t7\t4\t881250949\n")
    out = said(capsys, many)
    assert "No title was rated on two days in a row." in out
    assert "watched" not in out


def test_the_help_has_an_example_for_each_choice() -> None:
    text = " ".join(ask.parser().format_help().split())
    for example in ("--profile 2", "--titles whole", "--who account", "(shows, unless said)"):
        assert example in text
    assert "as it is" not in text


def test_a_file_that_is_not_there_or_another_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "none.csv" in said(capsys, str(tmp_path / "none.csv"), code=2)
    (tmp_path / "bank.csv").write_text("date,amount\n2017-12-10,53\n")
    assert "bank.csv" in said(capsys, str(tmp_path / "bank.csv"), code=2)


def test_a_title_can_not_break_the_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text('Title,Date\n"Fish\nand chips","2017-12-13"\n')
    out = said(capsys, str(path))
    assert "Fish and chips" in out

"""`measure`: counts of real data, made again; and the table that they are written into."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from helpers import facts
from tools import measure

NAME = "movietweetings_10k_day.csv"
ROWS = """viewer_id,title,year,day,rating,genres
1,Ash,2001,2013-02-28,8,Drama|War
1,Bee,2002,2013-03-01,8,War
1,Cup,2003,2013-03-02,8,
2,Ash,2001,2013-02-28,8,Drama
2,Ash,2005,2013-03-02,8,Drama
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text(ROWS)
    return path


def counts(rows: list[dict]) -> dict[str, int]:
    return {row["id"].removeprefix("movietweetings."): row["value"] for row in rows}


def test_a_small_file_counts_as_a_reader_would_by_hand(small: Path) -> None:
    found = counts(measure.movietweetings(small))
    assert (found["ratings"], found["viewers"], found["titles"], found["days"]) == (5, 2, 4, 3)
    # Viewer 1 rated on three days in a row, two of them war films; viewer 2 missed a day.
    assert (found["any.2"], found["any.3"], found["any.5"]) == (1, 1, 0)
    assert (found["genre.2"], found["genre.3"]) == (1, 0)
    longest = [found[f"longest.{name}"] for name in ("any", "genre", "title")]
    assert longest == [3, 2, 1]


def reached(days: pd.Series, least: int) -> bool:
    """Whether some `least` days in a row are all there, looked up one by one."""
    there = set(days)
    return any(
        all(day + pd.Timedelta(days=ahead) in there for ahead in range(least)) for day in there
    )


def test_the_stored_rows_are_counted_again_from_the_real_file(shared_data: Path) -> None:
    path = shared_data / NAME
    if not path.exists():
        pytest.skip(f"NO REAL DATA: {path} is not there")
    found = measure.movietweetings(path)
    for row in found:
        stored = facts.measured(row["id"])
        assert (stored.value, stored.n or "") == (row["value"], row["n"]), row["id"]
    ratings = pd.read_csv(path, parse_dates=["day"], keep_default_na=False)
    by_viewer = ratings.groupby("viewer_id")["day"]
    for least in (2, 3, 5, 7):
        slow = sum(reached(days, least) for _, days in by_viewer)
        assert facts.measured(f"movietweetings.any.{least}").value == slow


def test_rows_are_replaced_by_id_and_others_kept(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "measured.csv"
    table.write_text(
        ",".join(measure.COLUMNS) + "\n"
        "world.seconds,7.5,,,,s,two cores,made,python3 start.py bench world,53,2026-11-01\n"
        "movietweetings.any.2,9,,,,viewers,old,old,old,,2020-01-01\n"
    )
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    assert measure.main(["movietweetings", str(small), "--date", "2026-11-24"]) == 0
    rows = {row["id"]: row for row in csv.DictReader(table.open(encoding="utf-8"))}
    assert rows["world.seconds"]["value"] == "7.5"
    assert rows["movietweetings.any.2"]["value"] == "1"
    assert rows["movietweetings.any.2"]["date"] == "2026-11-24"
    ids = list(rows)
    assert ids.index("movietweetings.any.2") < ids.index("movietweetings.any.10")
    first = table.read_bytes()
    measure.main(["movietweetings", str(small), "--date", "2026-11-24"])
    assert table.read_bytes() == first


def test_another_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("userId,movieId,day\n1,2,2013-02-28\n")
    assert measure.main(["movietweetings", str(path)]) == 2
    said = capsys.readouterr().err
    assert "ratings.csv has no column viewer_id, title, year, rating, genres; expected" in said
    assert measure.main(["movietweetings", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def brute_force(release: pd.DataFrame, count: int, days: int | None, people: int) -> tuple:
    """Unicity by looking at everybody for every target; the draws are those of the measure."""
    rows = release.sort_values(["pseudonym", "title"])
    groups = [group for _, group in rows.groupby("pseudonym")]
    able = [place for place, group in enumerate(groups) if len(group) >= count]
    name = "titles" if days is None else f"days{days}"
    rng = measure.points(name, count)
    chosen = rng.choice(able, people, replace=False) if len(able) > people else able
    held = [dict(zip(group["title"], group["day"], strict=True)) for group in groups]
    alone = 0
    for place in chosen:
        at = rng.choice(len(groups[place]), count, replace=False)
        facts_of_her = groups[place].iloc[at][["title", "day"]].itertuples(index=False)
        said = [(row.title, row.day) for row in facts_of_her]
        fits = [
            all(
                title in has and (days is None or abs((has[title] - day).days) <= days)
                for title, day in said
            )
            for has in held
        ]
        alone += sum(fits) == 1
    return alone / len(chosen), len(chosen)


SLOW = [pytest.param(*each, marks=pytest.mark.slow) for each in ((4, 0), (2, None), (8, None))]


@pytest.mark.parametrize("count, days", [(2, 3), *SLOW])
def test_unicity_of_real_ratings_is_that_of_a_count_by_brute_force(
    shared_data: Path, count: int, days: int | None
) -> None:
    path = shared_data / NAME
    if not path.exists():
        pytest.skip(f"NO REAL DATA: {path} is not there")
    stored = facts.measured(
        f"movietweetings.unicity.{'titles' if days is None else f'days{days}'}.{count}"
    )
    share, n = brute_force(measure.release(path), count, days, 1_000)
    assert (stored.value, stored.n) == (round(share, 6), n)

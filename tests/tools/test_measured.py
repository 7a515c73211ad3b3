"""What is stored in data/measured.csv is made again in part, and stored as it says."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from helpers import attack, facts, make, paper
from tools import measured, run
from tools.measured import fit, full, movietweetings

ROWS = """viewer_id,title,year,day,rating,genres
1,Ash,2001,2013-02-28,8,Drama|War
1,Bee,2002,2013-03-01,8,War
1,Cup,2003,2013-03-02,8,
2,Ash,2001,2013-02-28,8,Drama
2,Ash,2005,2013-03-02,8,Drama
"""
# Within which each fitted figure lies for classroom worlds: held over the seeds below.
BANDS = {
    "activity.log_sd": (1.06, 1.13), "activity.gini": (0.54, 0.60), "activity.titles": (15, 25),
    "titles.log_sd.films": (1.53, 1.69), "titles.gini.films": (0.76, 0.80),
    "titles.top1.films": (0.24, 0.28), "titles.top10.films": (0.66, 0.70),
    "titles.log_sd.shows": (1.59, 1.66), "titles.gini.shows": (0.73, 0.77),
    "titles.top1.shows": (0.18, 0.22), "titles.top10.shows": (0.60, 0.64),
    "running.q05": (77, 79), "running.median": (103, 105), "running.q95": (141, 143),
    "views.q25": (49, 55), "views.median": (113, 125), "views.q75": (1230, 1350),
    "hour.busiest": (15, 20), "hour.quietest": (1, 3), "weekend": (0.39, 0.45),
    "shows.share": (0.72, 0.75), "twice_a_day": (0.13, 0.18),
    "runs.3_given_2": (0.145, 0.33), "runs.5_given_3": (0.087, 0.22),
    "runs.7_given_5": (0.21, 0.45), "runs.10_given_7": (0.25, 0.45),
}  # fmt: skip
for decay in facts.measured_under("viewing.decay"):
    BANDS[decay.id.removeprefix("viewing.")] = (0.88 * decay.value, 1.12 * decay.value)


def figures(world: make.World) -> dict[str, float]:
    tables = fit.counted(world)
    values = {id: statistic(tables[name]) for id, _, _, name, statistic, *_ in fit.FIGURES}
    outside = [id for id, value in values.items() if not BANDS[id][0] <= value <= BANDS[id][1]]
    assert values.keys() == BANDS.keys() and not outside
    return values


def test_the_stored_fit_is_measured_again_and_lies_in_its_bands() -> None:
    stored = {row.id.removeprefix("fit."): row for row in facts.measured_under("fit")}
    again = figures(make.world("classroom"))
    assert {id: row.value for id, row in stored.items()} == pytest.approx(again, rel=1e-5)
    assert all(row.low <= row.value <= row.high and row.n > 0 for row in stored.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_fit_lies_in_its_bands_for_other_seeds(seed: int) -> None:
    figures(make.world("classroom", seed=seed, cache=False))


@pytest.fixture(scope="module")
def board() -> attack.Scoreboard:
    return full.board(53, 0.005)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    for name in ("TARGETS", "ABSENT", "FOR_THRESHOLD"):
        monkeypatch.setattr(full, name, 100)
    return 100


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("measured.csv", "published.csv"):
        (tmp_path / name).write_bytes((facts.data_folder() / name).read_bytes())
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    monkeypatch.setattr(full, "check_memory", lambda: None)
    return tmp_path / "measured.csv"


def test_each_published_cell_has_its_setting_and_its_row() -> None:
    figures = paper.cells()["id"].str.partition(".")[0].value_counts()
    assert figures.to_dict() == dict.fromkeys(("fig4", "fig8", "fig9", "fig12"), 6) | {
        "fig5": 5,  # the legend hides a bar
        "fig10": 5,
    }
    cells = full.settings()
    assert len(cells) == 40
    for id, cell in cells.items():
        assert facts.measured(f"prize.{id}.right").setting == f"{cell.words}; at phi = 1.5"


def test_a_cell_has_right_wrong_refused_and_the_same_numbers_again(board, few: int) -> None:
    setting = full.settings()["fig4.d3.3of4"]
    rows = {row["id"].rpartition(".")[2]: row for row in full.cell(board, setting, 53)}
    three = [rows[name]["value"] for name in ("right", "wrong", "refused")]
    assert sum(three) == pytest.approx(1, abs=1e-5)
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows.values() if "low" in row)
    short = full.found(board, setting, 53)
    assert [short.top1.value, short.right.value] == [rows[n]["value"] for n in ("top1", "right")]


def test_full_size_rows_are_stored_and_those_of_another_scale_or_seed_printed(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = full.row("x.y", 0.25, "share", "a")
    monkeypatch.setitem(full.PARTS, "seeds", lambda seed, scale: iter([row]))
    before = data.read_bytes()
    for other in (["--scale", "0.001"], ["--seed", "54"]):
        assert run.main(["05", "--full", "--parts", "seeds", *other]) == 0
        assert data.read_bytes() == before and "prize.x.y" in capsys.readouterr().out
    assert full.main(["--parts", "seeds", "--date", "2026-01-02"]) == 0
    stored = facts.measured("prize.x.y")
    assert (stored.value, stored.seed, stored.date) == (0.25, "53", "2026-01-02")
    assert stored.command == "python3 start.py run 05 --full --parts seeds"
    assert stored.source == "simulated: make.prize(53), 480,189 made members"


def test_the_stored_curve_of_scale_is_measured_again() -> None:
    """One smaller release of the stored curve; drawn alike, so that chance is no excuse."""
    name = "scale.4802.fig4.d14.3of4"
    row = full.top1(full.board(53, 0.01), full.settings()["fig4.d14.3of4"], name, 53, "")
    # Another system's logarithms may move a few rows, so not to the last target.
    assert row["value"] == pytest.approx(facts.measured(f"prize.{name}").value, abs=0.01)


def test_the_stored_fit_of_the_prize_keeps_its_bands() -> None:
    """What it promises of Figures 4 and 5, of all cells together, and of the new seeds."""
    cells = paper.cells()
    apart = cells.groupby(cells["id"].str.partition(".")[0])["points"].agg(lambda p: p.abs().max())
    assert apart["fig4"] <= 0.07 and apart["fig5"] <= 0.04
    assert len(cells) == 34 and (cells["points"].abs() <= 0.05).sum() >= 20
    for each in facts.published_under("ns2008.fig4"):
        cell = each.id.removeprefix("ns2008.")
        *seeds, mean = facts.measured_under(f"prize.seeds.{cell}.top1")
        assert abs(mean.value - each.value) <= 0.06, cell
        assert [int(fact.seed) for fact in seeds] == list(full.NEW)
        assert max(abs(fact.value - each.value) for fact in seeds) <= 0.07, cell
        right = facts.measured(f"prize.seeds.{cell}.right.mean").value
        assert abs(right - facts.published(f"reproduction.{cell}.phi").value) <= 0.10, cell


def test_each_sigma_is_that_of_its_candidates(board: attack.Scoreboard, few: int) -> None:
    """The same targets and cards, scored by the public method and judged by pandas."""
    id, hits = "fig4.d14.2of2", {"all": 0, "sharers": 0}
    rows = {row["id"]: row["value"] for row in full.sigmas(board, 53)}
    data, known, rng = board.release, full.settings()[id].knowing, full.generator(53, f"sigma.{id}")
    people = rng.permutation(np.flatnonzero(data.counts >= 2))[:few]
    for who in data.pseudonyms[people].tolist():
        scores = board.scores(attack.know(data, who, **known, rng=rng))
        first, second = scores.nlargest(2)
        for rule, among in (("all", scores), ("sharers", scores[scores > 0])):
            hits[rule] += scores.idxmax() == who and first - second >= 1.5 * among.std(ddof=0)
    assert hits["all"] != hits["sharers"]
    assert all(rows[f"prize.sigma.{id}.{rule}"] == hit / few for rule, hit in hits.items())
    ties = 0
    rng = full.generator(53, f"sigma.{id}")
    rng.permutation(np.flatnonzero(data.counts >= 2))
    for who in data.pseudonyms[people].tolist():
        first, second = board.scores(attack.know(data, who, **known, rng=rng)).nlargest(2)
        ties += bool(np.isclose(first, second))
    assert rows[f"prize.unseen.{id}.tied"] == ties / few
    assert len(list(full.wrongs(board, 53))) == 4 * 2 * len(full.WRONG)


def test_a_small_file_counts_as_a_reader_would_by_hand(data: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text(ROWS)
    assert measured.main(["movietweetings", str(small), "--date", "2026-01-02"]) == 0
    rows = {row["id"]: row for row in csv.DictReader(data.open(encoding="utf-8"))}
    value = {id.removeprefix("movietweetings."): row["value"] for id, row in rows.items()}
    assert [value[n] for n in ("ratings", "viewers", "titles", "days")] == ["5", "2", "4", "3"]
    # Viewer 1 rated on three days in a row, two of them war films; viewer 2 missed a day.
    assert [value[n] for n in ("any.2", "any.3", "any.5")] == ["1", "1", "0"]
    assert [value[n] for n in ("genre.2", "genre.3")] == ["1", "0"]
    assert [value[f"longest.{n}"] for n in ("any", "genre", "title")] == ["3", "2", "1"]
    assert "prize.fig4.d3.2of2.top1" in rows  # the others are kept


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Path:
    return shared_data / "movietweetings_10k_day.csv"


def test_the_stored_rows_are_counted_again_from_the_real_file(real: Path) -> None:
    for row in movietweetings.rows(real):
        stored = facts.measured(row["id"])
        assert (stored.value, stored.n) == (row["value"], row.get("n")), row["id"]


@pytest.mark.parametrize("count, days", [(2, 3), (2, None)])
def test_unicity_of_real_ratings_is_that_of_a_count_by_brute_force(
    real: Path, count: int, days: int | None
) -> None:
    """Everybody is looked at for every target; the draws are those of the measure."""
    rows = movietweetings.release(movietweetings.read(real)).sort_values(["pseudonym", "title"])
    people = [list(zip(g["title"], g["day"], strict=True)) for _, g in rows.groupby("pseudonym")]
    name, within = ("titles", np.inf) if days is None else (f"days{days}", days)
    rng = movietweetings.points(name, count)
    able = [place for place, own in enumerate(people) if len(own) >= count]
    chosen = rng.choice(able, 1_000, replace=False) if len(able) > 1_000 else able
    has, alone = [dict(own) for own in people], 0
    for place in chosen:
        known = [people[place][at] for at in rng.choice(len(people[place]), count, replace=False)]
        fits = (all(t in own and abs((own[t] - d).days) <= within for t, d in known) for own in has)
        alone += sum(fits) == 1
    stored = facts.measured(f"movietweetings.unicity.{name}.{count}")
    assert (stored.value, stored.n) == (round(alone / len(chosen), 6), len(chosen))

"""The stored frontier is measured again in part, and its promises keep the needs that they say."""

import math
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import make, protect
from helpers.attack import distinguish
from helpers.judge import frontier, use
from helpers.release import coded
from studies import options, promises


@pytest.fixture(scope="module")
def source():
    world = make.world()
    return coded(protect.pseudonymise(world.plays, stars=make.stars(world)))


def release(lists: list[set[str]]) -> pd.DataFrame:
    """Each viewer's titles, all seen in one week."""
    rows = [(viewer, title) for viewer, has in enumerate(lists) for title in sorted(has)]
    frame = pd.DataFrame(rows, columns=["pseudonym", "title"])
    return frame.assign(day=pd.Timestamp("2017-11-01") + pd.to_timedelta(frame.index % 5, unit="D"))


@given(
    st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=5),
    st.integers(1, 6),
)
def test_a_bound_keeps_the_mean_over_all_choices_of_so_many_titles(lists, bound):
    data = coded(release(lists))
    weekly, pairs = promises.weekly(data), promises.pairs(data)
    popular = data.titles[np.argsort(-data.support, kind="stable")].tolist()
    singles, both = np.zeros(len(weekly.true)), np.zeros(len(pairs.true))
    for has in lists:
        choices = list(combinations(sorted(has), min(bound, len(has))))
        for some in choices:
            inside = np.array([{*pair} <= {*some} for pair in combinations(popular, 2)])
            singles += np.isin(data.titles, some) / len(choices)
            both += inside.astype(float) / len(choices)
    assert np.allclose(weekly.kept(bound), singles) and np.allclose(pairs.kept(bound), both)
    assert weekly.most == pairs.most == len(popular)
    assert pairs.true.tolist() == use.together(data, data.title_codes(popular)).tolist()


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(0, 9), st.floats(0.2, 9))
def test_one_viewer_moves_the_chance_of_a_bound_by_e_to_the_epsilon_at_most(own, hers, mu):
    lists = [promises.Counts(np.array(has), np.zeros((10, 1)), int) for has in (own, [*own, hers])]
    without, with_her = (each.chances(mu) for each in lists)
    price = promises.pure_epsilon(promises.CHOOSING * mu)
    assert with_her.sum() == pytest.approx(1)
    assert np.abs(np.log(with_her / without)).max() <= price + 1e-9


@pytest.mark.slow
def test_what_is_computed_of_a_promise_is_what_utility_counts_after_a_draw(source) -> None:
    counts, mu, rng = promises.weekly(source), 0.681, np.random.default_rng(53)
    sd = 4 / mu
    drawn = [
        use.error(counts.true, counts.kept(16) + rng.normal(0, sd, len(counts.true)))
        for _ in range(200)
    ]
    assert counts.gauss(16, mu) == pytest.approx(np.mean(drawn), rel=0.02)


def test_noise_for_a_person_meets_both_needs_and_its_hits_are_capped(source) -> None:
    rows = {(name, at): found for name, at, found in promises.promised(source)}
    gauss, laplace = rows["gauss", "hits_5"], [rows["noise", at] for at in promises.EPSILONS]
    assert gauss["streak"] == gauss["member"] == pytest.approx(0.05)
    needs = {"streak": 0.05, "member": 0.05, "weekly_error": 0.02, "pairs_error": 0.05}
    assert not any(row["streak"] <= 0.05 and row["weekly_error"] <= 0.02 for row in laplace)
    assert min(row["pairs_error"] for row in laplace) > 0.05
    for kind, most in needs.items():
        stored = frontier.over_seeds(kind).loc["Gaussian noise, hits .05"]
        assert gauss[kind] == pytest.approx(stored[53], rel=1e-4)
        assert (stored <= most).all() and [*stored.index] == [53, 54, 55]


@given(st.floats(0.01, 5))
def test_a_pure_epsilon_taken_from_mu_promises_no_less_than_mu(mu):
    epsilon = promises.pure_epsilon(mu)
    false = np.linspace(0.001, 0.999, 999)
    most = distinguish.gaussian_hits(false, mu)
    assert (distinguish.allowed(false, epsilon) <= most + 1e-12).all()
    corner = 1 / (1 + math.exp(epsilon))
    assert distinguish.gaussian_hits(corner, mu) == pytest.approx(1 - corner)


SOME = {"sample_viewers", "swap", "crowd"}


@pytest.mark.slow
def test_a_sample_of_the_stored_frontier_is_measured_again() -> None:
    case, _ = options.case_of("classroom", 53, 1)
    rows = chain(*options.options(case, None, [*SOME, "noise", "gauss"]))
    again = pd.DataFrame(rows)
    stored = frontier.stored()
    stored = stored[(stored["world"] == "classroom") & (stored["seed"] == 53)]
    key = ["defence", "setting", "measure"]
    both = again.merge(stored, on=key, how="left", suffixes=("", "_stored"))
    assert both["value_stored"].notna().all() and set(both["defence"]) > SOME
    # Another system's logarithms may move a few targets.
    apart = (both["value"] - both["value_stored"]).abs()
    assert apart.max() <= 0.01, both[apart > 0.01]


def test_rows_of_a_world_and_seed_replace_their_own_and_keep_the_others(tmp_path, monkeypatch):
    (tmp_path / "frontier.csv").write_text(f"{','.join(frontier.COLUMNS)}\n")
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    blank = dict.fromkeys(frontier.COLUMNS)
    rows = [
        blank | {"world": "classroom", "seed": seed, "defence": name, "setting": at, "value": value}
        for seed, name, at, value in [
            (53, "swap", "30", 0.3), (53, "swap", "10", 0.5), (53, "pseudonyms", "on", 1.0),
            (54, "swap", "10", 0.4),
        ]
    ]  # fmt: skip
    options.store(rows)
    options.store([rows[1] | {"value": 0.25}])
    table = frontier.stored()
    assert table["value"].tolist() == [1.0, 0.25, 0.3, 0.4]
    assert table["defence"].tolist() == ["pseudonyms", "swap", "swap", "swap"]

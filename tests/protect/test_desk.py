"""The query desk counts as a slow count does, and each rule does what its name says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from bands import band

from helpers import log, make
from helpers.protect import ProtectError, desk

FILM = desk.every_day(make.FILM)


@pytest.fixture(scope="module")
def plays(world) -> pd.DataFrame:
    return world.plays


@pytest.fixture(scope="module")
def exact(plays) -> desk.Desk:
    return desk.Desk(plays, desk.exact())


def test_conditions_are_counted_as_sets_of_viewers_are(plays, exact):
    titles = plays["title"].value_counts().index[:2]
    up, wall = (set(plays.loc[plays["title"] == title, "viewer"]) for title in titles)
    tokyo = set(plays.loc[plays["zone"] == "Asia/Tokyo", "viewer"])
    on = set(plays.loc[(plays["title"] == titles[0]) & (log.day(plays) == "2017-11-23"), "viewer"])
    a, b = map(desk.watched, titles)
    day, zone, nine = desk.watched(titles[0], "2017-11-23"), desk.lives("Asia/Tokyo"), [*up][:9]
    expected = {a: up, a & b: up & wall, a | b: up | wall, ~a & zone: tokyo - up, day: on}
    expected |= {~(a & ~b): {*plays["viewer"]} - (up - wall), desk.among(nine) & a: nine}
    expected = {condition: len(viewers) for condition, viewers in expected.items()}
    assert {each: exact.count(each) for each in expected} == expected
    assert exact.count(FILM) == 53 and len(exact.asked) == 1 + len(expected)


def test_a_desk_that_remembers_little_counts_the_same(plays, exact, monkeypatch):
    monkeypatch.setattr(desk, "KEPT", 2)
    forgetful, titles = desk.Desk(plays, desk.exact()), plays["title"].value_counts().index[:6]
    for title in titles:
        condition = FILM & ~desk.watched(str(title)) | desk.watched(str(title), "2017-11-23")
        assert forgetful.count(condition) == exact.count(condition)
    assert len(forgetful._known) < 10


def test_what_the_log_does_not_hold_is_refused(exact):
    for condition in (desk.watched("Nothing"), desk.lives("Asia/Kabul")):
        with pytest.raises(ProtectError):
            exact.count(condition)


def test_what_is_known_of_a_viewer_fits_her(plays, exact):
    for viewer in (1, 500):
        card = desk.resembling(plays, viewer, popular=["Dornburgh"], rng=np.random.default_rng(53))
        assert exact.count(card & desk.among([viewer])) == 1


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        (desk.exact(), [53, 53, 947]),
        (desk.minimum(60), [None, None, 947]),
        (desk.minimum(60, complement=True), [None, None, None]),
        (desk.rounding(5), [55, 55, 945]),
        (desk.no_repeats(), [53, None, 947]),  # the same viewers, asked for in other words
    ],
)
def test_a_rule_without_noise_lets_out_what_its_name_says(exact, rule, answers):
    each = exact.under(rule)
    assert [each.count(condition) for condition in (FILM, FILM & FILM, ~FILM)] == answers


def test_fresh_noise_is_uniform_between_its_bounds(exact):
    each = exact.under(desk.fresh(5))
    noise = np.array([each.count(FILM) - 53 for _ in range(2000)])
    shares = pd.Series(noise).value_counts(normalize=True)
    assert sorted(shares.index) == [*range(-5, 6)]
    assert shares.between(*band(1 / 11, 2000, of=11)).all()


def test_sticky_noise_hangs_on_the_viewers_and_on_nothing_else(exact):
    sticky = exact.under(desk.sticky(5))
    again = [sticky.count(FILM), sticky.count(FILM & FILM), sticky.count(~~FILM)]
    titles = map(desk.watched, [*exact._rows["title"]][:300])  # that all miss a value: one in 1e11
    others = {sticky.count(title) - exact.count(title) for title in titles}
    assert len(set(again)) == 1 and others == set(range(-5, 6))


def test_layers_of_the_same_viewers_cancel_only_within_a_clone(exact):
    each = exact.under(desk.layered(1))
    same = FILM | FILM
    assert each.count(FILM) == each.count(FILM) and each.count(desk.among([1])) is None
    assert len({each.count(FILM & (same | desk.among([n]))) for n in range(1, 60)}) > 1


def test_layers_answer_from_their_least_count_on(exact):
    for people, answered in ((4, False), (5, True)):
        counted = exact.under(desk.layered(1e-9, least=5)).count(desk.among(range(1, people + 1)))
        assert counted == (people if answered else None)


def test_laplace_noise_has_the_spread_asked_for(exact):
    each = exact.under(desk.laplace(100))
    noise = np.array([each.count(FILM) - 53 for _ in range(2000)])
    low, high = band(np.exp(-1), 2000)  # P(|noise| > scale)
    assert low <= (abs(noise) > 100).mean() <= high


def test_the_lists_are_those_of_a_slow_cosine(plays):
    some = plays[plays["title"].isin(plays["title"].value_counts().index[400:430])]
    lists = desk.also_watched(some, until="2017-10-01", top=3)
    early = some[log.day(some) < "2017-10-01"].astype({"title": str})
    seen = {title: set(viewers) for title, viewers in early.groupby("title")["viewer"]}

    def cosine(a: str, b: str) -> float:
        both = len(seen[a] & seen[b])
        return both / np.sqrt(len(seen[a]) * len(seen[b])) if a != b and both > 1 else 0.0

    for title in seen:
        best = sorted((cosine(title, other) for other in seen), reverse=True)[:3]
        rows = lists[lists["title"] == title]
        said = [cosine(title, other) for other in rows["also"]]
        assert said == pytest.approx([each for each in best if each])
        assert rows["rank"].tolist() == [*range(1, len(said) + 1)]
    assert 0 < len(lists) < 3 * len(seen)

"""The attacker who weighs evidence: Bayes' rule by hand on small releases, and what it finds."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack, judge, protect
from helpers.release import coded

TITLES = pd.DataFrame({"title": list("ABCDEF"), "genre": list("xxyyyy"), "kind": "film"})


def small(draws: np.random.Generator) -> pd.DataFrame:
    """Some titles of six people, each with a day of a hundred and one to five stars."""
    pairs = np.sort(draws.permutation(6 * 6)[: draws.integers(8, 30)])
    release = pd.DataFrame({"pseudonym": pairs // 6, "title": np.array(list("ABCDEF"))[pairs % 6]})
    days, stars = draws.integers(0, 100, len(pairs)), draws.integers(1, 6, len(pairs))
    return release.assign(day=days, stars=stars)


def odds_by_hand(release, known, *, days, stars, wrong, changed, lost, coarse, moves):
    """Odds of each pseudonym against absence, as the module's formula says, one by one."""
    span = release["day"].max() - release["day"].min() + coarse
    right, people = (1 - wrong) * (1 - changed), release.groupby("pseudonym")
    odds = dict.fromkeys(people.groups, 0.0)
    for block in moves:
        part = len(block) / sum(len(b) for b in moves)
        product = dict.fromkeys(odds, 1 / len(odds))
        for fact in known.itertuples():
            likely = {}
            for who, hers in people:
                for row in hers[hers["title"] == fact.title].itertuples():
                    true = [row.day + n - move for n in range(coarse) for move in block]
                    near = sum(abs(day - fact.day) <= days for day in true) / len(true)
                    same = abs(row.stars - fact.stars) <= stars
                    agree = right * near * same / (2 * days + 1) + (1 - right) / span / 5
                    likely[who] = agree / len(hers)
            if not likely:
                continue
            mean = sum(likely.values()) / len(odds)
            for who in odds:
                product[who] *= (1 - lost) * likely[who] / mean if who in likely else lost
        for who in odds:
            odds[who] += part * product[who]
    return odds


@given(
    st.integers(0, 10**6),
    st.sampled_from([0.05, 0.25]),
    st.sampled_from([0.0, 0.3, 1.0]),
    st.sampled_from([1e-4, 0.2]),
    st.sampled_from([1, 7]),
    st.sampled_from([[range(1)], [range(-6, 0), range(0, 7)]]),
)
def test_the_odds_are_those_of_bayes_rule_by_hand(seed, wrong, changed, lost, coarse, moves):
    draws = np.random.default_rng(seed)
    release = small(draws)
    asked = {"days": 9, "stars": 0, "wrong": wrong, "changed": changed, "lost": lost}
    asked |= {"coarse": coarse, "moves": moves}
    some = draws.choice(sorted(set(release["title"])), draws.integers(1, 4), replace=True)
    known = pd.DataFrame({"title": sorted(set(some))})
    # The stars are some that the release has: another number is taken for the nearest.
    known = known.assign(day=draws.integers(0, 100, len(known)))
    known = known.assign(stars=draws.choice(release["stars"], len(known)))
    posterior = attack.Posterior(release, **asked)
    odds = pd.Series(odds_by_hand(release, known, **asked))
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(posterior.scores(known), np.log(odds), rtol=1e-9)
    match = posterior.match(known, threshold=-math.inf)
    best = odds.idxmax()
    if odds[best] > 0:
        assert odds[match.best] == pytest.approx(odds[best])
        against = 1 + odds.drop(match.best).sum()
        assert match.log_odds == pytest.approx(math.log(odds[best] / against), abs=1e-9)
        belief = np.append(odds, 1) / (odds.sum() + 1)
        belief = belief[belief > 0]
        assert match.bits == pytest.approx(-(belief * np.log2(belief)).sum(), abs=1e-3)


def test_nobody_is_named_unless_she_is_likelier_than_all_else_together():
    release = pd.DataFrame({"pseudonym": [7, 7, 7, 8, 9, 10], "title": list("ABCAAA")})
    posterior = attack.Posterior(release)
    sure = posterior.match(pd.DataFrame({"title": ["B", "C"]}))
    unsure = posterior.match(pd.DataFrame({"title": ["B"]}))  # one fact that anybody might have
    assert sure.pseudonym == 7 and sure.log_odds > 0
    assert unsure.pseudonym is None and unsure.best == 7 and unsure.log_odds < 0


def test_of_two_alike_the_first_is_the_best_guess_and_nobody_is_named():
    release = pd.DataFrame({"pseudonym": [7, 7, 8, 8, 9], "title": list("ABABC")})
    match = attack.Posterior(release).match(pd.DataFrame({"title": ["A", "B"]}))
    assert (match.best, match.tied, match.pseudonym) == (7, 2, None) and match.log_odds < 0


def test_whoever_is_known_by_nothing_that_is_left_is_not_guessed_at():
    posterior = attack.Posterior(pd.DataFrame({"pseudonym": [1, 2], "title": list("AB")}))
    nothing = attack.Facts(np.array([-1]), np.array([np.nan]), np.array([np.nan]))
    with np.errstate(all="raise"):
        assert posterior.guess(posterior.score(nothing)).best is None


def test_a_word_stands_for_a_title_where_the_title_is_missing():
    rows = {1: ["A", "C"], 2: ["a x film", "C"], 3: ["a film", "C"], 4: ["C", "D"]}
    pairs = [(who, title) for who, titles in rows.items() for title in titles]
    release = pd.DataFrame(pairs, columns=["pseudonym", "title"])
    viewers = pd.Series({"A": 9, "B": 30, "C": 90, "D": 9, "E": 9, "F": 9})
    posterior = attack.Posterior(release, titles=TITLES, viewers=viewers)
    scores = posterior.scores(pd.DataFrame({"title": ["A"]}))
    assert scores[1] > scores[2] > scores[3] > scores[4]
    share = viewers["A"] / viewers.sum()  # more saw it than the release says
    assert scores[1] == pytest.approx(math.log((1 - 1e-4) / 2 / share / 4))


def test_of_days_that_are_left_the_older_facts_say_little():
    """Whoever lacks a title of long ago is not ruled out; whoever lacks a recent one nearly is."""
    release = pd.DataFrame({"pseudonym": [1, 1, 2, 2], "title": list("ABBC")})
    release["day"] = [95, 99, 99, 90]
    recent = attack.Recent(release, share=0.2, days=2)
    known = [pd.DataFrame({"title": ["A"], "day": [day]}) for day in (20, 91, 92, 95)]
    lacks_old, lacks_new = (recent.scores(facts)[2] for facts in (known[0], known[3]))
    assert lacks_old > lacks_new + 1
    whole = attack.Recent(release, share=1 - 1e-9, days=2)
    plain = attack.Posterior(release, lost=0.25e-9, days=2)
    for facts, alike in ((known[2], True), (known[1], False)):  # from 92 on none is before the 90th
        assert np.allclose(whole.scores(facts), plain.scores(facts), rtol=1e-6) == alike


def test_the_earlier_the_first_day_the_more_titles_are_behind_a_word():
    release = pd.DataFrame({"pseudonym": [1, 2, 3], "title": "a y film", "day": [0, 50, 99]})
    names = attack.generalised(release, TITLES).names
    viewers = pd.Series(2, list("ABCDEF"))
    weighs = attack.FirstOfMany(release, viewers=viewers, names=names)
    by_day = weighs.many[0, :-1]
    assert (np.diff(by_day) < 0).all() and by_day[0] > 3 and 1 < by_day[-1] < 1.1
    scores = weighs.scores(pd.DataFrame({"title": ["C"], "day": [70]}))
    assert min(scores[1], scores[2]) > scores[3] + 0.3  # the third began after it


def found(source, against) -> float:
    rng = np.random.default_rng(53)
    knowing = {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
    asked = {"targets": 150, "absent": 150, "knowing": knowing, "false_names": 0.02}
    return judge.reidentification(source, against=against, rng=rng, **asked).right.value


def test_weighing_evidence_finds_more_than_the_heuristics_do(world, published):
    source = coded(published)
    swapped = protect.swap(source, share=1, seed=53)
    crowd = protect.crowd(source, k=5, m=2, titles=world.titles)
    names = attack.generalised(crowd, world.titles).names
    genre = protect.generalise_titles(source, titles=world.titles)
    words = attack.generalised(genre, world.titles)
    viewers = pd.Series(source.support, source.titles)
    for heuristic, posterior in [
        (attack.lightest(attack.by_titles(swapped)), attack.Posterior(swapped, changed=1)),
        (
            attack.lightest(attack.by_titles(crowd, world.titles)),
            attack.Posterior(crowd, names=names),
        ),
        (words, attack.FirstOfMany(genre, names=words.names, viewers=viewers)),
    ]:
        assert found(source, posterior) > found(source, heuristic) + 0.2

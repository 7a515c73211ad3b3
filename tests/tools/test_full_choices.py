"""`run 05 --full --parts choices`: both rules see the same targets, and do what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from helpers import attack, make
from helpers.attack.facts import Facts
from tools.full import cells, choices
from tools.full.settings import find

TARGETS = 100


@pytest.fixture(scope="module")
def board() -> attack.Scoreboard:
    return attack.Scoreboard(make.prize(53, 0.005).release)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "TARGETS", TARGETS)


def values(rows: choices.Rows) -> dict[str, float]:
    return {row["id"].removeprefix("prize."): row["value"] for row in rows}


def test_what_one_rule_has_more_is_what_it_alone_has_right(board: attack.Scoreboard) -> None:
    found = values(choices.sigmas(board, 53)) | values(choices.wrongs(board, 53))
    pairs = [(f"sigma.{id}", "all", "sharers") for id in choices.SIGMA]
    for way in ("top1", "right"):
        pairs += [(f"wrong.{way}.{id}", "uniform", "another") for id in choices.WRONG]
    assert len(found) == 4 * len(pairs)
    for id, one, other in pairs:
        more = found[f"{id}.{one}"] - found[f"{id}.{other}"]
        alone = found[f"{id}.{one}.alone"] - found[f"{id}.{other}.alone"]
        assert more == pytest.approx(alone, abs=1e-5)


def test_each_sigma_is_that_of_its_candidates(board: attack.Scoreboard) -> None:
    """The same targets and cards, scored by the public method and judged by pandas."""
    id = "fig4.d14.2of2"
    rows = values(choices.sigmas(board, 53))
    data, known = board.release, find(id).knowing
    rng = cells.generator(53, f"sigma.{id}")
    people = rng.permutation(np.flatnonzero(data.counts >= 2))[:TARGETS]
    hits = {"all": 0, "sharers": 0}
    for who in data.pseudonyms[people].tolist():
        scores = board.scores(attack.know(data, who, **known, rng=rng))
        first, second = scores.nlargest(2)
        for rule, among in (("all", scores), ("sharers", scores[scores > 0])):
            hits[rule] += scores.idxmax() == who and first - second >= 1.5 * among.std(ddof=0)
    shares = {rule: hit / TARGETS for rule, hit in hits.items()}
    assert shares["all"] != shares["sharers"]
    for rule, share in shares.items():
        assert rows[f"sigma.{id}.{rule}"] == pytest.approx(share, abs=1e-5)


def someone_fits(board: attack.Scoreboard, known: Facts, days: int) -> bool:
    """Whether a member has every title with just these stars, and a day near enough."""
    fit = np.ones(board.release.people, bool)
    for title, day, stars in zip(*known, strict=True):
        who, cell = board.postings.of_title(title)
        rated, given = board.release.parts(cell)
        fit &= np.isin(np.arange(len(fit)), who[(abs(rated - day) <= days) & (given == stars)])
    return bool(fit.any())


def test_one_title_has_a_wrong_rating_and_the_others_are_as_they_were(
    board: attack.Scoreboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Facts, int, float, float]] = []
    put = choices._put

    def watched(*args: Any) -> Facts:
        seen.append(args)
        return put(*args)

    monkeypatch.setattr(choices, "_put", watched)
    rows = values(choices.wrongs(board, 53))
    assert len(seen) == 2 * TARGETS * len(choices.WRONG) and rows
    known, at, day, stars = seen[1]
    card = put(known, at, day, stars)
    rest = np.arange(4) != at
    assert (card.title == known.title).all() and len(card.title) == 4
    assert (card.day[rest] == known.day[rest]).all() and card.day[at] == day
    assert (card.stars[rest] == known.stars[rest]).all() and card.stars[at] == stars
    assert all(someone_fits(board, known, 14) for known, *_ in seen)  # the rest is right
    # Uniform stars are 3 on average; those of ratings are liked more, and crowd the late days.
    uniform, another = (
        np.array([each[1:] for each in seen[::2]]),
        np.array([each[1:] for each in seen[1::2]]),
    )
    assert uniform[:, 2].mean() == pytest.approx(3, abs=0.6)
    assert another[:, 2].mean() > uniform[:, 2].mean()
    assert another[:, 1].mean() > uniform[:, 1].mean()
    assert set(np.unique(uniform[:, 2])) <= {1, 2, 3, 4, 5}

"""Logs in which 53 accounts meet the question and nobody chose the film every day."""

import pandas as pd
import pytest

from helpers import ask, log, make

CAUSES = ["shared accounts", "autoplay", "bots"]


def streak(plays: pd.DataFrame, who: str = "account") -> list[int]:
    return list(ask.watched_every_day(plays, make.FILM, who=who))


def of_the_53(plays: pd.DataFrame) -> pd.DataFrame:
    film = plays[(plays["title"] == make.FILM) & plays["account"].isin(streak(plays))]
    return film.assign(day=log.day(film))


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("seed", [53, 0, 1, 2, 3])
def test_53_accounts_meet_the_question(cause: str, seed: int) -> None:
    plays = log.check(make.explained(cause, seed=seed))
    assert len(streak(plays)) == 53
    assert 3_000 < len(plays) < 12_000
    assert list(plays) == list(make.world("tiny").plays)


@pytest.mark.slow
@pytest.mark.parametrize("cause", CAUSES)
def test_53_accounts_meet_the_question_for_two_hundred_seeds(cause: str) -> None:
    counts = {len(streak(make.explained(cause, seed=seed))) for seed in range(200)}
    assert counts == {53}


def test_no_viewer_of_a_shared_account_has_the_18_days() -> None:
    plays = make.explained("shared accounts")
    assert streak(plays, who="viewer") == []
    days = of_the_53(plays).query("'2017-11-23' <= day <= '2017-12-10'")
    each = days.groupby(["account", "viewer"])["day"].nunique().groupby("account").max()
    assert len(each) == 53
    assert each.median() < 14


def test_autoplay_starts_at_the_same_second_of_each_day_after_one_choice() -> None:
    film = of_the_53(make.explained("autoplay"))
    automatic = film[film["device"] == "tv autoplay"]
    assert (film[film["device"] != "tv autoplay"].groupby("account")["day"].nunique() == 1).all()
    local = pd.concat(
        [group["started_at"].dt.tz_convert(str(zone)).dt.strftime("%H:%M:%S")
         for zone, group in automatic.groupby("zone", observed=True)]
    )  # fmt: skip
    assert (local.groupby(automatic["account"]).nunique() == 1).all()


def test_bots_play_at_exact_intervals_by_day_and_by_night() -> None:
    film = of_the_53(make.explained("bots")).sort_values(["account", "started_at"])
    gaps = film.groupby("account")["started_at"].diff().dropna()
    assert (gaps.groupby(film["account"]).nunique() == 1).all()
    assert (film.groupby("account")["minutes"].nunique() == 1).all()
    night = film["started_at"].dt.hour.isin([0, 1, 2, 3, 4, 5])
    assert 0.2 < night.mean() < 0.3


@pytest.mark.parametrize("cause", CAUSES)
def test_others_see_the_film_too(cause: str) -> None:
    plays = make.explained(cause)
    film = plays[plays["title"] == make.FILM]
    assert film.loc[~film["account"].isin(streak(plays)), "viewer"].nunique() > 3


@pytest.mark.parametrize("cause", CAUSES)
def test_the_same_seed_explains_alike(cause: str) -> None:
    pd.testing.assert_frame_equal(make.explained(cause), make.explained(cause, seed=53))


def test_an_unknown_cause_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        make.MakeError,
        match="cause is 'magic'; expected one of 'shared accounts', 'autoplay', 'bots'",
    ):
        make.explained("magic")


def test_a_seed_that_is_none_is_refused() -> None:
    with pytest.raises(make.MakeError, match="seed is 1.5"):
        make.explained("bots", seed=1.5)  # type: ignore[arg-type]

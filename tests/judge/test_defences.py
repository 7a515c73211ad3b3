"""Every defence is in the register, can be made, and is met by somebody who knows it."""

import numpy as np
import pytest

from helpers import judge, protect
from helpers.judge import defences, frontier
from helpers.release import coded

KNOWING = {"titles": 5, "wrong": 1, "days": 14, "stars": 0}


@pytest.fixture(scope="module")
def case(world, published) -> defences.Case:
    return defences.Case(coded(published), world.titles, published.log)


def test_every_defence_of_rows_has_its_row():
    made = {name for name, each in vars(protect).items() if hasattr(each, "__wrapped__")}
    assert made | {"retention", "pseudonyms"} <= {row.name for row in defences.ROWS}
    assert len(defences.DEFENCES) == len(defences.ROWS) + len(defences.COUNTS)


@pytest.mark.parametrize("name", [row.name for row in defences.ROWS])
def test_a_defence_is_made_and_attacked_by_its_attackers(name, case):
    defence = defences.DEFENCES[name]
    choices = [*defence.settings.values()][0]
    made = defence.make(case, **choices)
    assert set(made.pseudonyms) <= set(case.source.pseudonyms)
    attackers = defence.attackers(case, made, **choices)
    assert [*attackers][0] == "board" and [*attackers][-1] == "posterior"
    for against in attackers.values():
        rng = np.random.default_rng(53)
        asked = {"against": against, "targets": 10, "knowing": KNOWING}
        verdict = judge.reidentification(case.source, threshold=0, rng=rng, **asked)
        shares = verdict.right, verdict.wrong, verdict.refused
        assert sum(share.value for share in shares) == pytest.approx(1)


def test_a_setting_is_found_by_its_choices_and_called_what_it_is():
    weeks = defences.DEFENCES["coarsen_days"]
    assert weeks.call(weeks.setting({"to": "week"})) == "weeks for days"
    few = defences.DEFENCES["suppress_titles"]
    assert few.call(few.setting({"watched_by_fewer_than": 7})) == "only titles of 7+"
    assert defences.DEFENCES["noise"].call("0_5") == "noise, ε .5"


def test_what_needs_a_catalogue_or_a_log_is_left_out_where_there_is_none(case):
    names = {row.name for row, _, _ in defences.releases(defences.Case(case.source))}
    assert "swap" in names and not {"crowd", "generalise_titles", "retention"} & names
    some = [row.name for row, _, _ in defences.releases(case, ["crowd"])]
    assert some == ["crowd"] * 4


def test_all_attackers_of_a_defence_are_asked_about_the_same_people(case):
    tried = frontier.Defences(case, targets=60, absent=60, knowing=KNOWING)
    row = tried.meet("drop_both").iloc[0]
    assert row["heuristic"] > 0.5 and row["weekly"] == 0 and row["pairs"] == 1
    assert tried.attacked(tried.made["drop_both"]).top1.value == 0  # the board adds up nothing
    assert row["found"] == pytest.approx(tried.again("drop_both").right.value, abs=1e-3)
    tried.meet("sample_viewers", share=0.2, seed=53)
    there = tried.made["sample_viewers"].pseudonyms
    gone = np.setdiff1d(case.source.pseudonyms, there)
    assert tried.again("sample_viewers", among=gone).right.value == 0
    assert tried.again("sample_viewers", among=there).right.value > 0.9
    assert [*tried.frame.columns][:4] == ["defence", "heuristic", "posterior", "found"]


def test_a_bar_that_is_known_is_not_counted_again(case):
    asked = {"targets": 20, "absent": 20, "knowing": KNOWING}
    tried = frontier.Defences(case, bars={"swap.100": 1e9}, **asked)
    tried.meet("swap", share=1, seed=53)
    assert tried.verdicts["swap"].threshold == 1e9 and tried.verdicts["swap"].refused.value == 1
    tried.meet("swap", share=0.3, seed=53)
    assert tried.verdicts["swap"].threshold < 1e9

"""Employees who look at people they know, and how well four detectors find them."""

from __future__ import annotations

import functools

import pandas as pd
import pytest
from bands import band

from helpers import log, make, protect
from helpers.make import staff
from helpers.protect import creeping

SEEDS = range(60, 72)


@functools.cache
def lookups(seed: int) -> pd.DataFrame:
    return make.lookups(make.world("tiny"), seed)


def test_five_employees_creep_and_all_lookups_are_of_viewers_in_90_days():
    rows, world = lookups(53), make.world("tiny")
    assert len(rows.attrs["creeping"]) == 5 < rows["person"].nunique() == 40
    assert set(rows["person"]) == set(staff.employees(53)["person"])
    assert not set(rows["person"]) & set(world.viewers["name"])
    assert rows.merge(world.viewers, on=["viewer", "account"]).shape[0] == len(rows)
    assert (rows["at"].max() - rows["at"].min()).days < 90
    pd.testing.assert_frame_equal(rows, make.lookups(world, 53))


def test_each_detector_counts_what_it_says():
    at = pd.to_datetime(
        ["2017-10-02 09:00", "2017-10-03 20:00", "2017-10-03 20:00", "2017-10-07 09:00"]
    )
    rows = pd.DataFrame({"person": "x", "viewer": [1, 1, 2, 3], "account": [1, 1, 1, 2], "at": at})
    rows["ticket"] = pd.array([7, None, None, 7], "Int64")
    scores = {name: detector(rows)["x"] for name, detector in creeping.DETECTORS.items()}
    assert scores == {"again": 2, "off_purpose": 0.75, "out_of_hours": 0.75, "same_household": 1}


@pytest.mark.slow
def test_repetition_finds_creeps_better_than_a_guess():
    found = creeping.judged([lookups(s) for s in SEEDS[:6]], [lookups(s) for s in SEEDS[6:]])
    assert [each.n for each in found["recall"]] == [30] * 4
    guess = 5 / 40
    assert all(each.low > guess for each in found["precision"])
    low, high = band(0.67, 30)  # the share over fifty other seeds
    assert low <= found.loc["again", "recall"].value <= high


def test_thresholds_come_from_other_employees_and_many_detectors_end_the_access():
    first, other = (creeping.judged([lookups(60)], [lookups(s)]) for s in (66, 60))
    assert first["threshold"].tolist() == other["threshold"].tolist()
    steps = creeping.sanctions(lookups(66), first)
    assert steps.sum().tolist() == [40, 5] and steps.index.tolist() == creeping.STEPS
    assert steps["creeping"].iloc[-1] > steps["people"].iloc[-1] / 2


def test_retention_keeps_the_last_days(world):
    plays = world.plays
    for days in (1, 7, 90, 10_000):
        kept = protect.retention(plays, keep=f"{days} days")
        assert log.day(kept).nunique() == min(days, log.day(plays).nunique())
        assert log.day(kept).max() == log.day(plays).max()
    for keep in ("0 days", "a month", "-1 days", "1.5 days", "30"):
        with pytest.raises(ValueError):
            protect.retention(plays, keep=keep)

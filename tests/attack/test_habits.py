"""Habits of one season are recognised in another, under new pseudonyms."""

import pandas as pd
import pytest
from bands import band

from helpers import attack, log, protect

OF = ("zone", "device")


def habits(rows: list) -> pd.DataFrame:
    """Of plays on ten days: who, zone, device and how many."""
    frame = pd.DataFrame(rows, columns=["viewer", "zone", "device", "n"])
    days = pd.date_range("2017-07-01", periods=10, tz="UTC").tolist()
    frame = frame.assign(started_at=[(days * n)[:n] for n in frame["n"]]).explode("started_at")
    return attack.habits(frame, who="viewer", of=OF)


def test_the_likest_is_named_unless_two_are_alike():
    tv, rome = ("UTC", "tv"), ("Europe/Rome", "tv")
    known = habits([(1, *tv, 8), (1, "UTC", "phone", 2), (2, *tv, 2), (3, *rome, 10)])
    assert known.loc[1, ("device", "tv")] == pytest.approx((8 / 10) ** 0.5)
    # 5 and 6 are both like 2; 7 has a device that 3 had not, 8 is nearer.
    later = [(9, *tv, 10), (5, *tv, 2), (6, *tv, 2), (8, *rome, 9)]
    named = attack.recognise(known, habits([*later, (7, *rome, 9), (7, "Europe/Rome", "watch", 1)]))
    assert named["best"].tolist() == [9, pd.NA, 8] and named.loc[2, "eccentricity"] == 0


def test_habits_find_more_made_viewers_than_guessing(world, published):
    plays = world.plays
    known = attack.habits(plays[log.day(plays) < "2017-10-01"], who="viewer", of=OF)
    seen = attack.habits(protect.retention(published.log), who="pseudonym", of=OF)
    named = attack.recognise(known, seen)["best"].map(published.key)
    assert (named == named.index).mean() > band(1 / len(published.key), len(named))[1]

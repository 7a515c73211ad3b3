"""A mistake is code: it gives the wrong answer that its help is for, in the chapter's own state."""

import re

import numpy as np
import pytest

from helpers import learn
from tools.chapters import chapters, read
from tools.drill import split

UTC = 'film = film.assign(day=log.day(film, zone="UTC"))\n'
WEEK = 'week = film[film["day"].between("2017-11-23", "2017-11-29")]\n'
DAYS = 'answer = (week.groupby("viewer")["day"].nunique() == 7).sum()'
PART = 'part = film[film["day"].between("2017-11-22", "2017-12-06")]\n'
LONG = """minutes = part.groupby(["viewer", "day"])["minutes"].sum()
enough = minutes[minutes >= 20]
answer = (enough.groupby("viewer").size() == 15).sum()"""
NEAR = "near = np.exp({}) + np.exp({})\n"
LEAD = """score = near / np.log(every["title"].map(support))
totals = score.groupby(every["pseudonym"]).sum()
best, second = totals.nlargest(2)
answer = best - second"""
RIGHT = NEAR.format("-stars.abs() / 1.5", "-late.abs() / 30") + LEAD
COUNT = '\nanswer = duckdb.sql(f"SELECT count(*) FROM {log} WHERE {condition}").fetchall()[0][0]'
NAMED = """each = outsiders.groupby("name")
named = [board.match(known, threshold={}).pseudonym for _, known in each]
answer = pd.notna(named).mean()"""
# Of each exercise: the lines in place of its stub, the answer, and which misconception it is.
MISTAKES = {
    "01.3": [
        ("answer = (((hour - 8) % 24) >= 18).mean()", 0.3426, 0),
        (
            "answer = (west.started_at.dt.tz_convert('Europe/Berlin').dt.hour >= 18).mean()",
            0.2605,
            1,
        ),
        ("answer = (((hour - 8) % 24) >= 18).sum()", 108_013, 2),
    ],
    "02.2": [
        ('answer = (week.groupby("viewer").size() == 7).sum()', 12, 0),
        (DAYS.replace("nunique() == 7", "size() > 7"), 83, 0),
        (DAYS.replace("== 7", ">= 6"), 93, 1),
        ('answer = week["viewer"].nunique()', 427, 1),
        (DAYS.replace("viewer", "account"), 79, 2),
        (UTC + WEEK + DAYS, 57, 2),
    ],
    "02.3": [
        ((PART + LONG).replace("film", "seen"), 2, 0),
        (PART + LONG + "\nanswer = len(enough)", 1_934, 1),
        (PART + LONG + '\nanswer = enough.groupby("viewer").ngroups', 460, 1),
        ((PART + LONG).replace("viewer", "account"), 48, 2),
        (UTC + PART + LONG, 34, 2),
    ],
    "03.1": [
        ('answer = len(phone.drop_duplicates(["viewer", "day"]))', 266, 0),
        ('answer = (phone["viewer"].value_counts() == 1).sum()', 177, 1),
        ('answer = phone["account"].nunique()', 225, 2),
        ('answer = phone["day"].nunique()', 142, 2),
        ('answer = plays.loc[plays["device"] == "phone", "viewer"].nunique()', 6_461, 2),
    ],
    "04.2": [
        (NEAR.format("-stars / 1.5", "-late / 30") + LEAD, 0, 0),
        (NEAR.format("stars.abs() / 1.5", "late.abs() / 30") + LEAD, 5.695, 1),
        (NEAR.format("stars / 1.5", "-late.abs() / 30") + LEAD, 1.77, 1),
        (RIGHT.replace("best - second", "second - best"), -0.408, 2),
        (RIGHT + " \nanswer = answer / totals.std()", 6.47, 2),
    ],
    "04.3": [
        ("answer = hand.max()", 0.987, 0),
        ("answer = hand.std(ddof=0)", 0.364, 0),
        ("answer = (hand.max() - hand.mean()) / hand.std()", 1.38, 0),
        ("answer = hand.nlargest(2).diff().abs().sum() / hand.std()", 1.4026, 1),
        ("answer = board.match(known).eccentricity", 6.83, 2),
    ],
    "04.5": [
        ('answer = table["wrong"].sum()', 154, 0),
        ('answer = at(3)["right"].sum() / at(3)[["right", "wrong"]].sum().sum()', 0.964, 1),
    ],
    "05b.3": [
        ("answer = np.log2(len(P)) + np.log2(P[1])", 0, 0),
        ("answer = -(P * np.log2(P)).sum()", 1.75, 1),
        ("answer = np.log(len(P)) + np.log(P[-1])", -0.6931, 2),
    ],
    "08.4": [
        ("answer = marked[:, 0].mean()", 0.2036, 0),
        ("answer = (marked.sum(axis=1) != 1).mean()", 0.59, 1),
        ("answer = 100 * (marked.sum(axis=1) == 1).mean()", 41, 2),
    ],
    "09.2": [
        ("odds = 4 * 2**0.5\nanswer = odds / (1 + odds)", 0.85, 0),
        ("answer = min(1, 0.8 * np.exp(0.5))", 1, 1),
        ("answer = 4 * np.exp(0.5)", 6.59, 2),
    ],
    "09b.2": [
        ("answer = bound * epsilon", 50, 0),
        ("answer = bound / (epsilon / bound)", 20_000, 1),
        ("answer = bound", 100, 2),
    ],
    "11.5": [
        ("answer = 100_000 * 0.10 * 0.05", 500, 0),
        ("answer = 100_000 * (0.10 * 0.05 + 0.01)", 1_500, 1),
        ("answer = 100_000 * (0.10 + 0.05 + 0.01) / 3", 5_333, 1),
        ("answer = 100 * 0.10 * 0.05 * 0.01", 0.005, 2),
    ],
    "12.3": [
        ("condition = \"local_day > '2017-11-23' AND local_day < '2017-12-10'\"", 10_613, 0),
        ("condition = \"local_day >= '2017-11-23'\"", 23_502, 1),
        ("condition = \"title = 'A Christmas Prince'\"", 3_954, 2),
    ],
    "13.3": [
        (NAMED.format(1), 0.005, 0),
        (NAMED.format(-5), 0.09, 1),
        ("answer = pd.notna(named).sum()", 200, 2),
    ],
    "13.5": [
        ("answer = (said - true).abs().sum()", 1_378, 0),
        ("answer = ((said - true).abs() / true).mean()", 0.0247, 1),
        ("answer = (said - true).sum() / true.sum()", -0.00252, 2),
    ],
}
ALONE = {"05b", "08", "09", "09b", "11"}  # these stubs need nothing that stands above them
SLOW = {"04", "13"}
CHAPTERS = dict.fromkeys(id.split(".")[0] for id in MISTAKES)


def at(chapter, ids):
    """The exercises of a chapter, each with the names that its stub and the open cells leave."""
    names = {"np": np}
    for cell in read(chapters([chapter])[0]).cells:
        exercise = re.search(r'learn\.exercise\("(.+)"\)\.check\(', cell.source)
        if exercise and exercise[1] in ids:
            here = dict(names)
            exec(split(cell.source)[0], here)
            yield exercise[1], here
            if exercise[1] == ids[-1]:
                return
        elif cell.cell_type == "code" and chapter not in ALONE and not exercise:
            folded = "hide-input" in cell.metadata.get("tags", [])
            exec("" if folded else cell.source, names)


@pytest.mark.parametrize(
    "chapter", [pytest.param(c, marks=[pytest.mark.slow] * (c in SLOW)) for c in CHAPTERS]
)
def test_what_a_mistake_gives_is_met_with_the_help_for_it(chapter):
    ids = [id for id in MISTAKES if id.split(".")[0] == chapter]
    tried = []
    for id, names in at(chapter, ids):
        for code, value, place in MISTAKES[id]:
            here, exercise = dict(names), learn.exercise(id)
            exec(code + COUNT * (id == "12.3"), here)
            assert here["answer"] == pytest.approx(value, rel=2e-3), (id, code)
            for answer in (here["answer"], value):  # as it is, and as it is copied by hand
                assert exercise.check(answer).message == exercise.wrong[place].message, (id, code)
        tried.append(id)
    assert tried == ids

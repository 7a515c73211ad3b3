"""`me FILE`: shares for one person in two crowds, as lines and as JSON, without a title of hers."""

import json

import pandas as pd
import pytest

from helpers import make, mine
from tools import __main__ as dispatcher
from tools.ask import me


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A list of 12 titles, a year apart twice; the classroom is the tiny one, tries are few."""
    world, find = make.world("tiny"), mine.Crowd.find
    monkeypatch.setattr(me.make, "world", lambda: world)
    monkeypatch.setattr(me, "SEEDS", (53, 54))

    def fewer(crowd, *parts, **asked):
        return find(crowd, *parts, **asked | {"tries": 20, "absent": 50})

    monkeypatch.setattr(mine.Crowd, "find", fewer)
    path = tmp_path / "NetflixViewingHistory.csv"
    days = pd.date_range("2024-01-20", periods=12, freq="5D")
    rows = [f'"Planted {n}: Season {n}: Egg","{d:%Y-%m-%d}"\n' for n, d in enumerate(days)]
    rows += [
        f'"Planted {n}: Season 9: Egg","{d:%Y-%m-%d}"\n' for n, d in enumerate(days - me.mine.YEAR)
    ]
    path.write_text("Title,Date\n" + "".join(reversed(rows)))
    return str(path)


def test_the_answer_has_both_crowds_with_intervals_and_no_title(own, capsys):
    assert me.main([own, "--json"]) == 0
    out = capsys.readouterr().out
    answer = json.loads(out)
    assert "Planted" not in out and answer["titles"] == 12
    for crowd in ("alike", "classroom"):
        for titles in ("2", "4", "8"):
            came = answer["found"][crowd][titles]
            shares = [came[name]["value"] for name in ("right", "wrong", "refused")]
            assert sum(shares) == pytest.approx(1) and came["right"]["n"] == 20
            assert came["draws"][0] <= came["right"]["value"] <= came["draws"][1]
    assert answer["a_year_earlier"]["n"] == 20
    assert me.main([own]) == 0
    lines = capsys.readouterr().out
    assert "Planted" not in lines and lines.count("classroom") == 3 and "was left out" in lines


def test_a_file_that_can_not_answer_ends_in_one_sentence(tmp_path, capsys):
    (tmp_path / "u.data").write_text("1\t7\t4\t881250949\n2\t7\t4\t881250949\n")
    (tmp_path / "few.csv").write_text('Title,Date\n"A","2024-01-20"\n')
    for name in ("u.data", "few.csv", "none.csv"):
        assert dispatcher.main(["me", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_of_many_people_the_one_who_is_named_is_answered(own, tmp_path, capsys):
    day = 86_400
    rows = [f"{p}\t{n}\t4\t{881_250_949 + 5 * n * day}\n" for p in (1, 2) for n in range(10 + p)]
    (tmp_path / "u.data").write_text("".join(rows))
    assert me.main([str(tmp_path / "u.data"), "--viewer", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["titles"] == 12

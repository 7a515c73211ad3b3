"""A teacher knows beforehand what a right answer says."""

import pytest

from helpers import attack, learn
from tools.learn import room


def test_the_codes_of_a_room_are_those_of_right_answers(world, published, monkeypatch, capsys):
    monkeypatch.setattr(room.make, "world", lambda: world)
    me = learn.target("Ada", published)
    found = attack.Scoreboard(published.release).match(me.known).pseudonym
    assert room.main(["ada", "Bob", "--exercises", "02.1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    ada, bob = (line.split() for line in lines[-2:])
    right = learn.exercise("02.1").right
    assert ada[1] in repr(me.check(found)) and ada[2] == learn.code("Ada", right)
    assert ada[1] != bob[1] and ada[2] != bob[2]


def test_another_answer_has_another_code():
    assert len({learn.code("Ada", answer) for answer in range(200)}) > 190
    assert learn.code("Ada", "more") == learn.code(" ADA", "More ")
    assert learn.code("Ada", 0.408261) == learn.code("Ada", 0.40826) != learn.code("Ada", 0.41)


def test_a_sentence_has_no_code():
    with pytest.raises(learn.LearnError):
        room.answer("04.7")

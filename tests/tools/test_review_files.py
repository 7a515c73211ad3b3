"""`review publish|attack|score`: both opponents play by folders to the verdict and the league."""

import shutil

import pandas as pd

from tools import __main__ as dispatcher


def said(capsys, *words):
    code = dispatcher.main(["review", *map(str, words)])
    return code, *capsys.readouterr()


def test_opponents_play_to_the_league_and_a_stick_carries_no_key(tmp_path, capsys):
    teams = [tmp_path / "careless", tmp_path / "fair"]
    for team in teams:
        assert said(capsys, "publish", team, "--blue", team.name, "--size", "tiny")[0] == 0
        stick = shutil.copytree(team / "handed", tmp_path / f"stick-{team.name}")
        assert not list(stick.glob("*key*")) and not list(stick.glob("*before*"))
        for red in ("merges", "weighs"):
            assert said(capsys, "attack", stick, "--red", red, "--team", red)[0] == 0
            shutil.copy(stick / f"claims-{red}.csv", team / "handed")
    code, out, err = said(capsys, "score", *teams)
    assert (code, err) == (0, "") and out.count("The editor needs") == 4
    assert "The blue teams" in out and "The red teams" in out
    assert len(list(tmp_path.glob("*/handed/verdict-*.md"))) == 4


def test_worlds_are_new_and_their_seed_is_nowhere(tmp_path, capsys):
    for team in ("a", "b"):
        words = ("--defence", "swap 100", "--size", "tiny", "--promise", "nothing")
        assert said(capsys, "publish", tmp_path / team, *words)[0] == 0
    keys = [(tmp_path / team / "key" / "key.csv").read_text() for team in ("a", "b")]
    assert not {*keys[0].splitlines()[1:]} & {*keys[1].splitlines()[1:]}
    assert not any("seed" in file.read_text() for file in tmp_path.rglob("*.txt"))


def test_what_does_not_fit_is_one_message_each(tmp_path, capsys):
    a, b = tmp_path / "a", tmp_path / "b"
    for team in (a, b):
        said(capsys, "publish", team, "--blue", "careless", "--size", "tiny")
        said(capsys, "attack", team / "handed", "--red", "merges")
    shutil.copy(b / "key" / "key.csv", a / "key")
    code, _, err = said(capsys, "score", a, b)  # b is scored all the same
    assert code == 2 and err.count("\n") == 1 and (b / "handed" / "verdict-red.md").is_file()
    (b / "handed" / "release.parquet").write_bytes(b"damaged")
    mine = tmp_path / "mine.csv"
    pd.DataFrame({"name": ["Nobody"], "claim": [1], "confidence": [1]}).to_csv(mine)
    for words in (
        ("attack", b / "handed", "--red", "weighs"),
        ("attack", a / "handed", "--claims", mine),
        ("attack", tmp_path / "nowhere", "--red", "weighs"),
        ("publish", tmp_path / "c", "--defence", "magic", "--size", "tiny"),
        ("score", tmp_path / "nowhere"),
    ):
        code, _, err = said(capsys, *words)
        assert code == 2 and err.count("\n") == 1 and len(err) > 20, words

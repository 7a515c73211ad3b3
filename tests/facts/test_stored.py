"""A fact is found by its id, as it stands in the table, and nothing else is made of it."""

import csv

import pandas as pd
import pytest

from helpers import facts
from helpers.facts import stored
from helpers.facts.stored import Fact, FactsError

HEAD = "id,value,low,high,n,unit,setting,source\n"
ROWS = (
    'tweet.people,53,,,,people,"""every day for the past 18 days""",@netflix\n'
    "paper.fig4.d3.2,.684,.65,0.712,1000,share,d 3,paper\n"
    "tweet.day,2017-12-10,,,,date,,@netflix\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    (tmp_path / "published.csv").write_text(HEAD + ROWS, encoding="utf-8")
    for name in ("cells", "measured", "prize"):
        (tmp_path / f"{name}.csv").write_text(HEAD)
    return tmp_path


def test_a_fact_has_its_value_setting_and_source(folder):
    setting, none = '"every day for the past 18 days"', (None, None, None)
    wanted = Fact("tweet.people", 53, *none, "people", setting, "@netflix")
    assert facts.published("tweet.people") == wanted
    fact = facts.published("paper.fig4.d3.2")
    assert (fact.value, fact.low, fact.high, fact.n) == (0.684, 0.65, 0.712, 1000)
    assert facts.published("tweet.day").value == "2017-12-10"


def test_an_unknown_id_and_a_prefix_without_facts_are_refused(folder):
    with pytest.raises(FactsError, match="tweet.people"):
        facts.published("tweet.peple")
    with pytest.raises(FactsError):
        facts.published_under("paper.fi")


@pytest.mark.parametrize("name", ["published", "measured"])
def test_every_row_of_the_real_tables_is_a_fact_with_a_source(name, monkeypatch):
    monkeypatch.delenv("FIFTY_THREE_DATA", raising=False)
    ids = []
    for table in getattr(stored, name.upper()):
        with (facts.data_folder() / table).open(encoding="utf-8-sig", newline="") as file:
            ids += [row["id"] for row in csv.DictReader(file)]
    assert ids and len(set(ids)) == len(ids)
    for id in ids:
        fact = getattr(stored, name)(id)
        assert fact.source, id
        if fact.low is not None and fact.high is not None:
            middle = fact.low if fact.value == "range" else fact.value
            assert fact.low <= middle <= fact.high, id


def test_facts_under_a_prefix_come_in_the_order_of_the_table():
    found = facts.published_under("ns2008.fig4")
    assert [fact.id.removeprefix("ns2008.fig4.") for fact in found] == [
        f"{days}.{size}" for days in ("d3", "d14") for size in ("2of2", "3of4", "6of8")
    ]
    assert facts.measured_under("movietweetings.any")[0].unit == "viewers"


def test_a_fitted_figure_is_off_where_its_interval_misses_the_real_value(folder):
    rows = "fit.a,.5,.4,.6,9,share,a,made\nviewing.a,range,.1,.3,,share,,real\n"
    rows += "fit.b,.5,.4,.6,9,share,b,made\nviewing.b,.3,.1,.45,,share,,real\n"
    rows += "fit.c.d,5,4,6,9,h,c,made\nviewing.c.d,7,,,,h,,real\nfit.e,5,4,6,9,h,e,made\n"
    (folder / "measured.csv").write_text(HEAD + rows)
    assert facts.fitted()["off"].to_dict() == {"a": True, "b": False, "c.d": True, "e": False}
    assert list(facts.fitted("c")["real"]) == ["7"] and facts.fitted()["real"]["e"] == ""


def test_a_table_of_measured_facts_has_a_column_for_each_world(folder):
    ids = {"lists.53.12": 0.5, "lists.54.12": 0.6, "lists.53.14": 7}
    rows = "".join(f"{id},{value},,,,share,,made\n" for id, value in ids.items())
    (folder / "measured.csv").write_text(HEAD + rows)
    table = facts.measured_table("lists")
    assert table.loc["12"].to_dict() == {"53": 0.5, "54": 0.6}
    assert table.loc["14", "53"] == 7 and pd.isna(table.loc["14", "54"])

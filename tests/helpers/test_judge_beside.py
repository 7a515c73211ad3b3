"""The table of published and simulated values: nothing mixed up, the difference exact."""

import pytest

from helpers import facts, judge


def test_the_difference_is_simulated_less_published():
    table = judge.beside()
    assert ((table["simulated"] - table["published"]).round(6) == table["difference"]).all()
    inside = (table["low"] <= table["simulated"]) & (table["simulated"] <= table["high"])
    assert inside.all()


def test_each_row_holds_the_two_facts_that_it_names():
    for row in judge.beside("fig10").itertuples():
        assert row.published == facts.published(f"ns2008.fig10.{row.cell}").value
        assert row.simulated == facts.measured(f"prize.fig10.{row.cell}.top1").value
    bits = judge.beside("fig11").set_index("cell").loc["top100.3of4"]
    assert bits["simulated"] == facts.measured("prize.fig8.top100.3of4.bits").value
    absent = judge.beside("fig5").set_index("cell").loc["6of7.absent"]
    assert absent["simulated"] == facts.measured("prize.fig5.d14.6of7.equal_absent").value


def test_phi_stands_beside_the_reproduction_and_not_beside_the_paper():
    for row in judge.beside("phi").itertuples():
        assert row.published == facts.published(f"reproduction.fig4.{row.cell}.phi").value
        assert row.simulated == facts.measured(f"prize.fig4.{row.cell}.right").value


def test_an_unknown_figure_is_refused_with_those_there_are():
    with pytest.raises(judge.JudgeError, match="figure='fig7'; give one of fig1, fig4"):
        judge.beside("fig7")

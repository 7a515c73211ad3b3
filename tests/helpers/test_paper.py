"""The paper's figures beside the simulation: nothing mixed up, every text the row of its cell."""

import pytest

from helpers import estimate, facts, paper


def written(id):
    fact = facts.measured(id)
    return f"{fact.value:.3f} ({fact.low:.3f} to {fact.high:.3f})"


def read(table):
    """The table with plain blanks in its texts, which hold some at which no line ends."""
    return table.replace("\u00a0", " ", regex=True)


def test_the_difference_is_simulated_less_published_and_in_its_interval():
    table = paper.beside()
    assert ((table["simulated"] - table["published"]).round(6) == table["difference"]).all()
    inside = (table["low"] <= table["simulated"]) & (table["simulated"] <= table["high"])
    assert inside.all() and set(table["figure"]) == set(paper.FIGURES)


def test_each_row_holds_the_two_facts_that_it_names():
    for row in paper.beside("fig10").itertuples():
        assert row.published == facts.published(f"ns2008.fig10.{row.cell}").value
        assert row.simulated == facts.measured(f"prize.fig10.{row.cell}.top1").value
    for row in paper.beside("phi").itertuples():  # beside the reproduction, not the paper
        assert row.published == facts.published(f"reproduction.fig4.{row.cell}.phi").value
        assert row.simulated == facts.measured(f"prize.fig4.{row.cell}.right").value
    bits = paper.beside("fig11").set_index("cell").loc["top100.3of4"]
    assert bits["simulated"] == facts.measured("prize.fig8.top100.3of4.bits").value
    absent = paper.beside("fig5").set_index("cell").loc["6of7.absent"]
    assert absent["simulated"] == facts.measured("prize.fig5.d14.6of7.equal_absent").value


@pytest.mark.parametrize("figure", ["fig4", "fig8", "fig9", "fig10", "fig12"])
def test_each_way_is_its_own_measure_of_the_same_cell(figure):
    table = read(paper.three_ways(figure, more=["by lot", "wrong, φ = 1.5"]))
    cells = paper.beside(figure)["cell"]
    ways = {"top-1": "top1", "by lot": "lot", "φ = 1.5": "right", "equal error": "equal"}
    ways["wrong, φ = 1.5"] = "wrong"
    for way, end in ways.items():
        assert table[way].tolist() == [written(f"prize.{figure}.{cell}.{end}") for cell in cells]


def test_every_number_of_the_three_ways_has_three_decimals():
    table = read(paper.three_ways("fig4", "fig5", "fig8", "fig9", "fig10", "fig12"))
    texts = table.drop(columns="what").to_numpy().ravel()
    numbers = [part for text in texts for part in text.strip("()").replace("(", "").split()]
    assert all(part == "to" or len(part.partition(".")[2].rstrip(")")) == 3 for part in numbers)


@pytest.mark.parametrize("days", [3, 14])
def test_those_who_were_taken_out_have_no_best_candidate_in_figure_5(days):
    table = read(paper.three_ways("fig5", days=days)).set_index("what")
    absent, found = table.loc["6 of 7, absent"], table.loc["6 of 7, found"]
    assert absent["top-1"] == ""
    assert absent["φ = 1.5"] == written(f"prize.fig5.d{days}.6of7.absent")
    assert absent["equal error"] == written(f"prize.fig5.d{days}.6of7.equal_absent")
    assert found["φ = 1.5"] == written(f"prize.fig5.d{days}.6of7.right")
    assert found["threshold"] == absent["threshold"]


def test_every_cell_of_a_figure_has_words_of_its_own():
    every = paper.beside()
    words = paper.in_words(every["cell"], every["figure"])
    assert len(set(words)) == len(words)
    assert words[-1].replace("\u00a0", " ") == "φ = 1.5: ±14 days, 6 of 8"


@pytest.mark.parametrize("measure", ["top1", "phi"])
def test_the_reproduction_keeps_its_values_and_gains_the_interval_of_its_n(measure):
    table = read(paper.reproduction(measure))
    assert table["cell"].tolist() == paper.beside("fig4")["cell"].tolist()
    for row in table.itertuples():
        fact = facts.published(f"reproduction.fig4.{row.cell}.{measure}")
        wilson = estimate.share(round(fact.value * fact.n), fact.n)
        assert (row.share, row.low, row.high, row.n) == (
            fact.value,
            wilson.low,
            wilson.high,
            fact.n,
        )
        assert row.text == f"{row.share:.3f} ({row.low:.3f} to {row.high:.3f})"

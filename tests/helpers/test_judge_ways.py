"""The paper's figures in three ways: each text is the measured row of its cell and measure."""

import pytest

from helpers import estimate, facts, judge


def written(id):
    fact = facts.measured(id)
    return f"{fact.value:.3f} ({fact.low:.3f} to {fact.high:.3f})"


def read(table):
    """The table with plain blanks in its texts, which hold some at which no line ends."""
    return table.replace("\u00a0", " ", regex=True)


@pytest.mark.parametrize("figure", ["fig4", "fig8", "fig9", "fig10", "fig12"])
def test_each_way_is_its_own_measure_of_the_same_cell(figure):
    table = read(judge.three_ways(figure, more=["by lot", "wrong, φ = 1.5"]))
    cells = judge.beside(figure)["cell"]
    ways = {"top-1": "top1", "by lot": "lot", "φ = 1.5": "right", "equal error": "equal"}
    ways["wrong, φ = 1.5"] = "wrong"
    for way, end in ways.items():
        assert table[way].tolist() == [written(f"prize.{figure}.{cell}.{end}") for cell in cells]
    for same in ("published", "difference"):
        assert table[same].tolist() == judge.beside(figure)[same].tolist()


def test_a_threshold_has_no_interval_and_is_found_with_three_figures():
    thresholds = judge.three_ways("fig4")["threshold"]
    first = facts.measured("prize.fig4.d3.2of2.threshold").value
    assert thresholds[0] == f"{first:.3f}"


def test_several_figures_stand_below_each_other_with_their_names():
    table = read(judge.three_ways("fig9", "fig12"))
    assert table["what"].tolist()[5:7] == ["Fig. 9: outside top 500, 4 of 5", "Fig. 12: 2 of 2"]
    for column in ("difference", "top-1", "equal error"):
        both = [*judge.three_ways("fig9")[column], *judge.three_ways("fig12")[column]]
        assert judge.three_ways("fig9", "fig12")[column].tolist() == both


@pytest.mark.parametrize("days", [3, 14])
def test_those_who_were_taken_out_have_no_best_candidate_in_figure_5(days):
    table = read(judge.three_ways("fig5", days=days)).set_index("what")
    absent, found = table.loc["6 of 7, absent"], table.loc["6 of 7, found"]
    assert absent["top-1"] == ""
    assert absent["φ = 1.5"] == written(f"prize.fig5.d{days}.6of7.absent")
    assert absent["equal error"] == written(f"prize.fig5.d{days}.6of7.equal_absent")
    assert found["φ = 1.5"] == written(f"prize.fig5.d{days}.6of7.right")
    assert found["threshold"] == absent["threshold"]


def test_every_cell_of_a_figure_has_words_of_its_own():
    for figure in ("fig4", "fig5", "fig8", "fig9", "fig10", "fig12"):
        words = judge.in_words(judge.beside(figure)["cell"])
        assert len(set(words)) == len(words)
        assert not any("." in text for text in words)
    every = judge.beside()
    words = judge.in_words(every["cell"], every["figure"])
    assert len(set(words)) == len(words)
    assert words[-1].replace("\u00a0", " ") == "φ = 1.5: ±14 days, 6 of 8"


@pytest.mark.parametrize("measure", ["top1", "phi"])
def test_the_reproduction_keeps_its_values_and_gains_the_interval_of_its_n(measure):
    table = judge.reproduction(measure)
    assert table["cell"].tolist() == judge.beside("fig4")["cell"].tolist()
    for row in table.itertuples():
        fact = facts.published(f"reproduction.fig4.{row.cell}.{measure}")
        assert (row.share, row.n) == (fact.value, fact.n)
        wilson = estimate.share(round(fact.value * fact.n), fact.n)
        assert (row.low, row.high) == (wilson.low, wilson.high)
        said = f"{row.share:.3f} ({row.low:.3f} to {row.high:.3f})"
        assert row.text.replace("\u00a0", " ") == said


def test_the_reproduction_has_no_other_measure():
    with pytest.raises(judge.JudgeError, match="measure='bits'; give top1 or phi"):
        judge.reproduction("bits")


def test_a_figure_without_shares_found_and_other_days_are_refused():
    with pytest.raises(judge.JudgeError, match="give one or more of fig4, fig5, fig8"):
        judge.three_ways("fig4", "fig6")
    with pytest.raises(judge.JudgeError, match=r"figures=\(\); give one or more"):
        judge.three_ways()
    with pytest.raises(judge.JudgeError, match="days=7; Fig. 5 was read as 3 and as 14"):
        judge.three_ways("fig5", days=7)
    for more in ("by lot", ["by chance"]):
        with pytest.raises(judge.JudgeError, match="give a list, of 'by lot' and 'wrong"):
            judge.three_ways("fig8", more=more)


def test_a_full_size_result_comes_with_its_interval_and_its_n() -> None:
    found = judge.full_size("fig4.d14.3of4.top1")
    row = facts.measured("prize.fig4.d14.3of4.top1")
    assert (found.value, found.low, found.high, found.n) == (row.value, row.low, row.high, row.n)


def test_a_full_size_row_without_an_interval_is_no_estimate() -> None:
    with pytest.raises(judge.JudgeError, match="prize.fig4.d3.2of2.threshold has no interval"):
        judge.full_size("fig4.d3.2of2.threshold")
    with pytest.raises(facts.FactsError, match="near it: prize.fig4"):
        judge.full_size("fig4.d3.2of2.top2")

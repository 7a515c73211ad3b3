"""The paper's cells beside ours: each is the two facts that it names, compared as it says."""

import math

import pytest

from helpers import estimate, facts
from helpers.facts import paper_2008


def by_id(*figures):
    return paper_2008.cells(*figures).set_index("id")


@pytest.mark.parametrize(
    ("figure", "cell", "ours"),
    [
        ("fig4", "d14.3of4", "fig4.d14.3of4.top1"),
        ("fig5", "7of8.absent", "fig5.d14.7of8.equal_absent"),
        ("fig11", "top100.3of4", "fig8.top100.3of4.bits"),
    ],
)
def test_each_cell_holds_the_two_facts_that_it_names(figure, cell, ours):
    row = by_id(figure).loc[f"{figure}.{cell}"]
    assert row["published"] == facts.published(f"ns2008.{figure}.{cell}").value
    assert row["estimate"] == facts.measured(f"prize.{ours}").estimate
    assert row["simulated"] == row["estimate"].value and row["fitted"]


def test_all_shares_of_the_paper_are_there_but_the_one_that_cannot_be_read():
    cells = by_id()
    assert len(cells) == 34 and "fig5.6of7.absent" not in cells.index
    assert cells["cell"].is_unique and cells["known"].between(2, 8).all()
    assert (cells["simulated"] - cells["published"] - cells["points"]).abs().max() < 1e-6
    # at_phi is by the rule that the paper states
    assert cells["at_phi"]["fig9.all.4of5"] == facts.measured("prize.fig9.all.4of5.right").value
    absent = facts.measured("prize.fig5.d14.5of6.absent").value
    assert cells["at_phi"]["fig5.5of6.absent"] == absent


def test_z_is_that_of_two_samples_where_both_sizes_are_known():
    row = by_id("fig9").loc["fig9.all.3of4"]
    both = (100 * row["published"] + 1000 * row["simulated"]) / 1100
    error = math.sqrt(both * (1 - both) * (1 / 100 + 1 / 1000))
    assert row["z"] == pytest.approx((row["simulated"] - row["published"]) / error)
    assert row["published_low"] < row["published"] < row["published_high"]
    assert by_id("fig4", "fig10")["z"].isna().all()


def test_figure_4_is_told_by_the_real_data_and_by_ours_with_one_rule():
    table = paper_2008.fig4("phi", ours="sigma.{}.sharers").set_index(["id", "group"])["estimate"]
    real = facts.published("reproduction.fig4.d3.6of8.phi")
    assert table["fig4.d3.6of8", "±3\u00a0days, real"] == estimate.share(907, real.n)
    ours = facts.measured("prize.sigma.fig4.d14.2of2.sharers").estimate
    assert table["fig4.d14.2of2", "±14\u00a0days, simulated"] == ours and len(table) == 12


@pytest.mark.parametrize(("family", "parts", "cells"), [("scale", 6, 3), ("stairs", 7, 1)])
def test_a_family_of_runs_ends_with_the_fitted_release_at_full_size(family, parts, cells):
    runs = paper_2008.runs(family, last="full")
    assert len(runs) == cells * parts + 6 and runs["part"].nunique() == parts + 1
    end = runs[runs["part"] == "full"]
    assert end["published"].notna().all() and runs["published"].notna().sum() == 6
    assert end["estimate"].tolist() == paper_2008.cells("fig4")["estimate"].tolist()

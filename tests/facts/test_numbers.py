"""The numbers of a chapter say what they are, or are refused."""

import json

import numpy as np
import pytest

from helpers.estimate import share
from helpers.facts.numbers import MIME, Numbers
from helpers.facts.stored import Fact

FACT = Fact("paper.a", 0.684, None, None, 1000, "share", "setting", "paper")
SHARE = share(684, 1000)


@pytest.fixture
def noted() -> Numbers:
    found = Numbers("05")
    found["default"] = 53
    found.add("fit.sd", 1.0612345678901234567, n=12, source="simulated: on a made log")
    found.add("fig4.8.14", SHARE, published=FACT)
    return found


def test_tools_read_every_row_back_from_the_stored_bundle(noted):
    bundle = noted._repr_mimebundle_()
    rows = bundle[MIME]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert list(rows[0]) == ["name", "value", "low", "high", "n", "published", "source"]
    assert [row["name"] for row in rows] == ["05.default", "05.fit.sd", "05.fig4.8.14"]
    assert [row["n"] for row in rows] == [None, 12, 1000]
    assert [row["published"] for row in rows] == [None, None, 0.684]
    # Twelve figures, so that processors agree.
    assert repr([row["value"] for row in rows]) == "[53, 1.06123456789, 0.684]"
    assert rows[2]["low"] == pytest.approx(SHARE.low) and rows[1]["low"] is None
    for text in ("nan", "NaN", "None", "<NA>"):  # blank cells are blank
        assert text not in bundle["text/plain"] + bundle["text/html"]


def test_families_are_told_apart_by_all_but_the_number_at_the_end(noted):
    for days in (7, 30):
        noted[f"fig4.9.{days}"], noted[f"fig4.{days}"] = SHARE, days
    rows = noted.families({"fig4.9": "nine", "fig4.8": "eight"}, number="days")
    assert rows["family"].tolist() == ["nine", "nine", "eight"] and rows["n"].eq(1000).all()
    assert rows["days"].tolist() == [7, 30, 14] and set(rows["value"]) == {0.684}


def test_a_cell_that_is_run_again_replaces_its_row(noted):
    names = list(noted.rows)
    noted["default"] = 54
    assert noted["default"].value == 54 and list(noted.rows) == names


@pytest.mark.parametrize(("name", "value"), [("a b", 53), ("default", np.nan)])
def test_a_number_without_a_name_a_value_or_a_kind_of_source_is_refused(noted, name, value):
    with pytest.raises(ValueError):
        noted[name] = value
    with pytest.raises(ValueError):
        noted.add("default", 53, source="our own")

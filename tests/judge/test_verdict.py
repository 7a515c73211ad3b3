"""The numbers of a chapter say what they are, or are refused."""

import json

import numpy as np
import pandas as pd
import pytest

from helpers import judge
from helpers.estimate import share
from helpers.facts.stored import Fact

FACT = Fact("paper.a", 0.684, None, None, 1000, "share", "setting", "paper")
MIME = "application/vnd.fifty-three.numbers+json"
SHARE = share(684, 1000)


def noted() -> judge.Numbers:
    found = judge.Numbers("05")
    found["default"] = 53
    found.add("fit.sd", 1.0612345678901234567, n=12, source="simulated: on a made log")
    found.add("fig4.8.14", SHARE, published=FACT)
    return found


def test_tools_read_every_row_back_from_the_stored_bundle():
    bundle = noted()._repr_mimebundle_()
    rows = bundle[MIME]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert list(rows[0]) == ["name", "value", "low", "high", "n", "published", "source"]
    assert [row["name"] for row in rows] == ["05.default", "05.fit.sd", "05.fig4.8.14"]
    assert rows[0]["value"] == 53 and isinstance(rows[0]["value"], int)
    assert rows[1]["value"] == 1.06123456789  # twelve figures, so that processors agree
    assert rows[1]["low"] is None and rows[1]["n"] == 12
    assert (rows[2]["value"], rows[2]["n"], rows[2]["published"]) == (0.684, 1000, 0.684)
    assert rows[2]["low"] == pytest.approx(SHARE.low) and rows[2]["high"] > 0.7
    assert bundle == noted()._repr_mimebundle_() and len(repr(noted()).splitlines()) == 4
    for text in ("nan", "NaN", "None", "<NA>"):  # blank cells are blank
        assert text not in bundle["text/plain"] + bundle["text/html"]


def test_families_are_told_apart_by_all_but_the_number_at_the_end():
    found = noted()
    for days in (7, 30):
        found[f"fig4.9.{days}"], found[f"fig4.{days}"] = SHARE, days
    rows = found.families({"fig4.9": "nine", "fig4.8": "eight"}, number="days")
    assert rows["family"].tolist() == ["nine", "nine", "eight"] and rows["n"].eq(1000).all()
    assert rows["days"].tolist() == [7, 30, 14] and set(rows["value"]) == {0.684}


def test_a_named_stranger_is_wrong_and_who_is_not_sure_refuses():
    guesses = {"best": pd.array([1, 1, 3, None], "Int64"), "eccentricity": [2, 1.5, 1.4, 0]}
    came = judge.recognised(pd.DataFrame(guesses, index=[1, 2, 3, 4]))
    values = [came[name].value for name in ("nearest", "right", "wrong", "refused")]
    assert values == [0.5, 0.25, 0.25, 0.5] and came["right"].n == 4


def test_a_cell_that_is_run_again_replaces_its_row():
    found = noted()
    found.add("fig4.8.14", SHARE, published=FACT)
    assert repr(found) == repr(noted())
    found["default"] = 54
    assert found["default"].value == 54 and list(found.rows) == list(noted().rows)


REFUSED = [("", 53), ("Default", 53), ("a b", 53), ("default", np.nan), ("default", np.inf)]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_number_without_a_name_or_a_value_is_refused(name, value):
    with pytest.raises(ValueError):
        noted()[name] = value
    with pytest.raises(ValueError):
        noted().add("default", 53, source="our own")

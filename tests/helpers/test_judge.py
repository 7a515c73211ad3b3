"""The numbers of a chapter say what they are, or are refused."""

import json

import numpy as np
import pytest

from helpers import judge
from helpers.estimate import share
from helpers.facts import Fact

FACT = Fact("paper.a", 0.684, None, None, 1000, "share", "setting", "paper")
MIME = "application/vnd.fifty-three.numbers+json"
SHARE = share(684, 1000)


def noted() -> judge.Numbers:
    found = judge.Numbers("05")
    found["default"] = 53
    found.add("fit.sd", 1.0612345678901234567, n=12, source="measured: on a made log")
    found.add("fig4.8.14", SHARE, published=FACT)
    return found


def written() -> judge.Numbers:
    return judge.numbers(
        judge.number("05.default", 53),
        judge.number("05.fit.sd", 1.0612345678901234567, n=12, source="measured: on a made log"),
        judge.number("05.fig4.8.14", SHARE, published=FACT),
    )


@pytest.mark.parametrize("table", [noted, written])
def test_tools_read_every_row_back_from_the_stored_bundle(table):
    bundle = table()._repr_mimebundle_()
    rows = bundle[MIME]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert [row["name"] for row in rows] == ["05.default", "05.fit.sd", "05.fig4.8.14"]
    assert list(rows[0]) == ["name", "value", "low", "high", "n", "published", "source"]
    assert rows[0]["value"] == 53 and isinstance(rows[0]["value"], int)
    assert rows[1]["value"] == 1.06123456789  # twelve figures, so that processors agree
    assert rows[1]["low"] is None and rows[1]["n"] == 12
    assert (rows[2]["value"], rows[2]["n"], rows[2]["published"]) == (0.684, 1000, 0.684)
    assert rows[2]["low"] == pytest.approx(SHARE.low) and rows[2]["high"] > 0.7
    assert bundle == table()._repr_mimebundle_()


def test_a_cell_that_is_run_again_changes_nothing_and_another_value_is_refused():
    found, before = noted(), repr(noted())
    found["default"] = 53
    found.add("fig4.8.14", SHARE, published=FACT)
    assert repr(found) == before
    with pytest.raises(ValueError):
        found["default"] = 54
    with pytest.raises(ValueError):
        judge.numbers(judge.number("02.default", 53), judge.number("02.default", 54))


def test_every_row_is_shown_and_blank_cells_are_blank():
    bundle = noted()._repr_mimebundle_()
    assert len(repr(noted()).splitlines()) == 4
    for text in ("nan", "NaN", "None", "<NA>"):
        assert text not in bundle["text/plain"] + bundle["text/html"]


@pytest.mark.parametrize("name", ["default", "2.default", "02", "02.", "02.Default", "02.a b"])
def test_a_name_of_another_form_is_refused(name):
    with pytest.raises(ValueError):
        judge.number(name, 53)


REFUSED = [
    {"low": 54, "high": 60},
    {"value": float("nan")},
    {"value": np.inf},
    {"source": "our own"},
    {"source": ""},
]


@pytest.mark.parametrize("given", REFUSED)
def test_a_number_that_says_something_else_than_it_holds_is_refused(given):
    with pytest.raises(ValueError):
        judge.number("02.default", **{"value": 53, **given})

"""The stored frontier is measured again in part."""

from itertools import chain

import pandas as pd
import pytest

from helpers.judge import frontier
from studies import options

SOME = {"sample_viewers", "swap", "crowd"}


@pytest.mark.slow
def test_a_sample_of_the_stored_frontier_is_measured_again() -> None:
    case, _ = options.case_of("classroom", 53, 1)
    rows = chain(*options.options(case, None, [*SOME, "noise", "gauss"]))
    again = pd.DataFrame(rows)
    stored = frontier.stored()
    stored = stored[(stored["world"] == "classroom") & (stored["seed"] == 53)]
    key = ["defence", "setting", "measure"]
    both = again.merge(stored, on=key, how="left", suffixes=("", "_stored"))
    assert both["value_stored"].notna().all() and set(both["defence"]) > SOME
    # Another system's logarithms may move a few targets.
    apart = (both["value"] - both["value_stored"]).abs()
    assert apart.max() <= 0.01, both[apart > 0.01]


def test_rows_of_a_world_and_seed_replace_their_own_and_keep_the_others(tmp_path, monkeypatch):
    (tmp_path / "frontier.csv").write_text(f"{','.join(frontier.COLUMNS)}\n")
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    blank = dict.fromkeys(frontier.COLUMNS)
    rows = [
        blank | {"world": "classroom", "seed": seed, "defence": name, "setting": at, "value": value}
        for seed, name, at, value in [
            (53, "swap", "30", 0.3), (53, "swap", "10", 0.5), (53, "pseudonyms", "on", 1.0),
            (54, "swap", "10", 0.4),
        ]
    ]  # fmt: skip
    options.store(rows)
    options.store([rows[1] | {"value": 0.25}])
    table = frontier.stored()
    assert table["value"].tolist() == [1.0, 0.25, 0.3, 0.4]
    assert table["defence"].tolist() == ["pseudonyms", "swap", "swap", "swap"]

"""The stored frontier is measured again in part."""

import pytest

from helpers import facts, make, protect
from helpers.estimate import Estimate
from helpers.release import coded
from studies import defences


@pytest.fixture(scope="module")
def source():
    world = make.world()
    return coded(protect.pseudonymise(world.plays, stars=make.stars(world)))


@pytest.mark.slow
def test_a_sample_of_the_stored_frontier_is_measured_again(source) -> None:
    every = defences.settings()
    some = {"coarsen_days": "month", "sample_viewers": 10, "swap": 100}
    made = {name: {at: every[name][at]} for name, at in some.items()}
    for defence, at, found in defences.releases(source, made):
        for name, value in found.items():
            stored = facts.measured(f"frontier.classroom.{defence}.{at}.{name}").value
            value = value.value if isinstance(value, Estimate) else value
            # Another system's logarithms may move a few targets.
            assert value == pytest.approx(stored, abs=0.01), (defence, at, name)

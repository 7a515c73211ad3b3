"""The stored frontier is measured again in part."""

import pytest

from helpers import facts, make, protect
from helpers.estimate import Estimate
from helpers.release import coded
from tools.measured import counts, defences


def same(world: str, defence: str, setting: object, found: dict) -> None:
    for name, value in found.items():
        stored = facts.measured(f"frontier.{world}.{defence}.{setting}.{name}").value
        value = value.value if isinstance(value, Estimate) else value
        # Another system's logarithms may move a few targets.
        assert value == pytest.approx(stored, abs=0.01), (defence, setting, name)


@pytest.fixture(scope="module")
def source():
    world = make.world()
    return coded(protect.pseudonymise(world.plays, stars=make.stars(world)))


def test_a_sample_of_the_stored_releases_is_measured_again(source) -> None:
    for name, setting in (("coarsen_days", "month"), ("sample_viewers", 10), ("swap", 100)):
        one = defences.defences(source, None)[name]
        one = one._replace(settings={setting: one.settings[setting]})
        for row in defences.releases(source, {name: one}):
            same("classroom", *row)


def test_the_stored_noise_is_measured_again(source) -> None:
    for row in counts.promised(source):
        same("classroom", *row)

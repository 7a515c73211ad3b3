"""What is drawn stays drawn: made worlds by their hashes.

`measured.csv`, the answers of the exercises and the prose rest on these draws. A hash that moves is
a decision, named in the commit that moves it. The chapters' numbers are held by their outputs.
"""

import functools
import hashlib
import tempfile
from collections.abc import Callable

import pandas as pd
import pytest

from helpers import make, protect


def known(frame: pd.DataFrame) -> str:
    """A hash of the names and of the values as text."""
    digest = hashlib.sha256(",".join(map(str, frame.columns)).encode())
    for name in frame:
        codes, values = pd.factorize(frame[name], use_na_sentinel=False)
        texts = pd.Series(values, dtype=frame[name].dtype).astype(str).astype(object)
        digest.update(pd.util.hash_pandas_object(texts, index=False).to_numpy()[codes].tobytes())
    return digest.hexdigest()[:16]


@functools.cache
def tiny() -> make.World:
    return make.world("tiny")


def city() -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        make.write_city(folder, 1_000)
        return pd.read_parquet(folder).drop(columns="local_day")


def pseudonymous() -> pd.DataFrame:
    published = protect.pseudonymise(tiny().plays, stars=make.stars(tiny()))
    return published.release.assign(viewer=published.release["pseudonym"].map(published.key))


def prize(naive: bool) -> pd.DataFrame:
    release = make.prize(scale=0.01, naive=naive).release
    columns = ("pseudonym", "title", "day", "stars")
    return pd.DataFrame({name: getattr(release, name) for name in columns})


GOLDEN: dict[str, tuple[Callable[[], pd.DataFrame], str]] = {
    "tiny plays": (lambda: tiny().plays, "fd47524acffdf55d"),
    "tiny viewers": (lambda: tiny().viewers, "6a854a88a60ae977"),
    "tiny accounts": (lambda: tiny().accounts, "4b936942a176a3ba"),
    "tiny titles": (lambda: tiny().titles, "708e9f2077f7a891"),
    "tiny truth": (lambda: tiny().truth, "93142c41536ac34d"),
    "another seed": (lambda: make.world("tiny", seed=7).plays, "2db16d7d009763f2"),
    "classroom plays": (lambda: make.world("classroom").plays, "d860c84907cdaace"),
    "reviews": (lambda: make.reviews(tiny()), "8e4c9ee499f09ec6"),
    "stars": (lambda: make.stars(tiny()), "bd722c3784c2343f"),
    "pseudonymous release": (pseudonymous, "906e9ae7509a26af"),
    "lookups": (lambda: make.lookups(tiny()), "37dc080bc002cd3c"),
    "shared accounts": (lambda: make.explained("shared accounts"), "81e4522fe5d54a24"),
    "autoplay": (lambda: make.explained("autoplay"), "98cb1ef368460212"),
    "bots": (lambda: make.explained("bots"), "7754dcc671e72b4d"),
    "city": (city, "fd47524acffdf55d"),
    "prize": (lambda: prize(naive=False), "59634adde2bf4277"),
    "naive prize": (lambda: prize(naive=True), "ccda1751059f29ea"),
}


LARGE = pytest.mark.slow  # the chapters' stored outputs hold the classroom in every run
NAMES = [pytest.param(n, marks=LARGE if n == "classroom plays" else ()) for n in GOLDEN]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_made_is_what_was_made(name):
    made, hashed = GOLDEN[name]
    assert known(made()) == hashed

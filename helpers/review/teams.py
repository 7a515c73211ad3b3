"""Opponents for whoever plays the review alone: two blues, and two reds.

A blue takes a case and gives a release and its sheet. A red takes what was handed over and gives
claims: name, claim and confidence; a name that it leaves out is refused.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from helpers.attack import distinguish
from helpers.protect import histogram
from helpers.release import COLUMNS, coded
from helpers.review import game

Published = tuple[pd.DataFrame, dict[str, Any]]
BOUND = 16  # counts a viewer: announced, and chosen after looking at chapter 10


def careless(case: game.Case, rng: np.random.Generator) -> Published:
    """Names off, numbers on."""
    sheet = {"need": "editor", "defence": "pseudonyms on"}
    sheet |= {"promise": "There are no names, so nobody can be found.", "not promised": "nothing"}
    return case.before, sheet


def fair(case: game.Case, rng: np.random.Generator) -> Published:
    """The counts of the weekly lists with Gaussian noise, and what it promises to a viewer.

    The promise takes the titles of the lists as announced. The world is made; of a real one the
    noise is drawn in secret, by OpenDP.
    """
    lists = game.listed(case.before)
    rows = game.with_weeks(case.before).merge(lists.index.to_frame(index=False))
    kept = rows.sample(frac=1, random_state=rng).groupby("pseudonym").head(BOUND)
    counts = kept.groupby(game.COUNTS[:2]).size().reindex(lists.index, fill_value=0)
    mu = round(distinguish.mu_for(game.SUCCESS, game.FALSE), 3)
    noise = rng.normal(0, histogram.gauss_sd(BOUND, mu), len(counts)).round().astype(int)
    sheet = {
        "need": "editor",
        "defence": f"Gaussian noise, at most {BOUND} counts for a viewer",
        "mu": f"{mu}",
        "bound": f"{BOUND}",
        "promise": "Whoever knows everybody else has 5 hits in 100 at 1 false alarm in 100, at "
        "most: for each viewer, and whatever she watched.",
        "not promised": "The choice of the titles, and a second publication, are not covered.",
    }
    return (counts + noise).rename("viewers").reset_index(), sheet


def merges(given: game.Handed) -> pd.DataFrame:
    """The pseudonym with most rows of the same title and day (or title): chapter 04's first try."""
    if "pseudonym" not in given.release:  # counts
        return pd.DataFrame(columns=game.CLAIMS)
    shared = [name for name in ("title", "day") if name in given.release]
    same = given.reviews.merge(given.release, on=shared)
    votes = same.value_counts(["name", "pseudonym"], sort=False).rename("confidence").reset_index()
    most = votes[votes["confidence"] == votes.groupby("name")["confidence"].transform("max")]
    return most.drop_duplicates("name", keep=False).rename(columns={"pseudonym": "claim"})


def weighs(given: game.Handed) -> pd.DataFrame:
    """Bayes' rule over all candidates and absence, by what the sheet says of the defence.

    The confidence is the log odds; below 0 it refuses, and counts tell it nothing of a name.
    """
    claims = []
    if "pseudonym" in given.release:
        made, viewers = coded(given.release), given.titles.set_index("title")["viewers"]
        public: Any = SimpleNamespace(source=made, titles=given.titles, viewers=viewers)
        defence, choices = game.defended(given.sheet)
        posterior = defence.posterior(public, made, **choices)
        # The rest of a review tells nothing.
        told = [name for name in COLUMNS[1:] if made.has(name)]
        called = given.reviews["title"].replace(dict(posterior.names))
        for name, known in given.reviews[called.isin(made.titles)].groupby("name"):
            match = posterior.match(known[told], bits=False)
            if match.pseudonym is not None:
                claims.append((name, match.pseudonym, match.log_odds))
    return pd.DataFrame(claims, columns=game.CLAIMS)


BLUES = {"careless": careless, "fair": fair}
REDS = {"merges": merges, "weighs": weighs}

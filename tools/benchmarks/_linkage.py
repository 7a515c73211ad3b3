"""What `bench linkage` compares with: a student's pandas, the memory's limit, cost curves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import attack, make

SCORE = 8  # bytes of a score
# Passes over all scores: set to 0, maximum, ties, two sums for sigma, second best in two parts.
PASSES = 6


@dataclass(frozen=True)
class Peer:
    """Scoreboard-RH as a student writes it: merge the known titles, weigh, group, compare."""

    release: pd.DataFrame

    def scores(self, known: pd.DataFrame) -> pd.Series:
        """Scores of those who share a title, by pseudonym.

        Parameters
        ----------
        known : DataFrame
            title, day, stars.
        """
        near = self.release.merge(known, on="title", suffixes=("", "_known"))
        support = near.groupby("title")["pseudonym"].transform("size")
        days = (near["day"] - near["day_known"]).abs().dt.days
        stars = (near["stars"] - near["stars_known"]).abs()
        near["score"] = (np.exp(-days / 30) + np.exp(-stars / 1.5)) / np.log(support.clip(lower=2))
        return near.groupby("pseudonym")["score"].sum()

    def match(self, known: pd.DataFrame) -> int | None:
        """Who stands out by 1.5 standard deviations of all scores.

        Parameters
        ----------
        known : DataFrame
            title, day, stars.
        """
        everyone = pd.Index(self.release["pseudonym"].unique())
        scores = self.scores(known).reindex(everyone, fill_value=0.0)
        best = scores.nlargest(2)
        out = (best.iloc[0] - best.iloc[1]) / scores.std(ddof=0)
        return int(best.index[0]) if out >= 1.5 else None


def cards(board: attack.Scoreboard, titles: int, targets: int) -> list[pd.DataFrame]:
    """What is known of some members, as frames.

    Parameters
    ----------
    board : Scoreboard
        Of the release.
    titles, targets : int
        How many titles of how many members.
    """
    rng = np.random.default_rng(titles)
    able = np.flatnonzero(board.release.counts >= titles)
    people = board.release.pseudonyms[rng.choice(able, min(targets, len(able)), replace=False)]
    return [attack.know(board.release, who, titles=titles, days=14, rng=rng) for who in people]


def touched(board: attack.Scoreboard, known: pd.DataFrame) -> float:
    """Bytes that an attack has to read and write at least.

    Parameters
    ----------
    board : Scoreboard
        Of what is attacked.
    known : DataFrame
        title, day, stars.
    """
    titles = board.release.title_codes(known["title"].to_numpy())
    support = board.release.support[titles].sum()
    row = board.postings.who.itemsize + board.postings.cell.itemsize + 2 * SCORE
    return float(support * row + board.release.people * SCORE * PASSES)


def curves(made: Any, board: attack.Scoreboard, seed: int, scale: float) -> None:
    """Print what a target costs against members, titles known, and ratings, with slopes.

    Parameters
    ----------
    made : Release
        The made release, in order of members.
    board : Scoreboard
        Its index.
    seed, scale
        As for `make.prize`.
    """
    print("ms a target, without bits, and how its logarithm grows with that of")
    scales = [part * scale for part in (0.03, 0.1, 0.3) if part * scale >= 0.001]
    boards = [attack.Scoreboard(make.prize(seed, part).release) for part in scales]
    _curve("members", [(each.release.people, _cost(each, 4)) for each in (*boards, board)])
    _curve("titles known", [(titles, _cost(board, titles)) for titles in (1, 2, 4, 8, 16, 32)])
    thin = [(len(made), _cost(board, 4))]
    thin += [(part.rows, _cost(part.board, 4)) for part in map(_Thin(made), (0.3, 0.1, 0.03))]
    _curve("ratings, the members as they are", sorted(thin))


@dataclass(frozen=True)
class _Part:
    rows: int
    board: attack.Scoreboard


class _Thin:
    """A release of which every member keeps a share of her ratings, one at least."""

    def __init__(self, made: Any) -> None:
        self.made = made

    def __call__(self, share: float) -> _Part:
        made = self.made
        keep = np.random.default_rng(1).random(len(made)) < share
        keep[made.starts()[:-1]] = True
        columns = {
            name: getattr(made, name)[keep] for name in ("pseudonym", "title", "day", "stars")
        }
        part = type(made)(**columns, pseudonyms=made.pseudonyms, titles=made.titles)
        return _Part(len(part), attack.Scoreboard(part))


def _cost(board: attack.Scoreboard, titles: int, targets: int = 60) -> float:
    """Milliseconds a target, the slowest tenth left out, since others work on this machine."""
    times: list[float] = []
    for facts in cards(board, titles, targets):
        start = time.perf_counter()
        board.match(facts, bits=False)
        times.append(time.perf_counter() - start)
    return float(np.mean(np.sort(times)[: len(times) * 9 // 10])) * 1e3


def _curve(name: str, points: list[tuple[int, float]]) -> None:
    x, y = (np.log(np.array(column, float)) for column in zip(*points, strict=True))
    slope = float(np.polyfit(x, y, 1)[0])
    shown = ", ".join(f"{count:,}: {cost:.2f}" for count, cost in points)
    print(f"  {name}: slope {slope:.2f} ({shown})")

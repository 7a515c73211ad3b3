"""Right, wrong, refused: what an attack does to a release, on people whose pseudonym is known."""

import math
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import estimate, tables
from helpers.attack import CLOSE, Board, Facts, Guess, Informed, Knowing, Scoreboard
from helpers.attack.auxiliary import need
from helpers.estimate import Estimate
from helpers.release import Release, coded, instead

LARGE = 1_000_000  # rows from which on threads are worth their while


def outcome(guess: Guess, target: int, threshold: float = -math.inf) -> str:
    """What came of an attack: three numbers and never one. Without a threshold, the best counts."""
    if not guess.stands_out(threshold):
        return "refused"
    return "right" if guess.best == target else "wrong"


class JudgeError(ValueError):
    """An attack that can't be judged as asked; the text says what to give instead."""


@dataclass(frozen=True, repr=False)
class Verdict:
    """What came of an attack on people drawn at random, each share with its interval."""

    top1: Estimate  # the best candidate is the target, at no threshold; a tie is not right,
    top1_by_lot: Estimate  # or goes by lot
    right: Estimate  # at the threshold; right, wrong and refused add up to 1
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate | None  # of targets that were taken out of the release
    bits: Estimate  # gained: mean log2 N + log2 P(target); N candidates, P ~ exp(score / sigma)
    guessing: float  # 1 / N
    threshold: float

    @property
    def frame(self) -> pd.DataFrame:
        """measure, value, low, high, n."""
        rows = [{"measure": k} | vars(e) for k, e in vars(self).items() if isinstance(e, Estimate)]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return tables.text_table(self.frame)

    def _repr_html_(self) -> str:
        caption = f"The attack at threshold {self.threshold:g}; a guess gets {self.guessing:.2g}"
        return tables.html_table(self.frame, caption=caption)


def reidentification(
    release: Any, *, threshold: float = 1.5, false_names: float | None = None, **asked: Any
) -> Verdict:
    """How often an attacker who knows a little of somebody finds her pseudonym.

    JudgeError: nobody has so many titles, or `board` or `against` belongs to another release.
    AttackError: the release lacks day or stars that are to be known.

    Parameters
    ----------
    release, against : DataFrame, Published or Release
        What the attacker knows facts of; and what is attacked, if not the release: a defended copy
        with the same pseudonyms, or an attacker who knows the defence: a board, an
        `attack.Posterior`, an `attack.Informed`. A target that the defence removed is refused or
        wrong.
    board, threshold : Scoreboard, float
        Of what is attacked, when it is built already; and the paper's phi.
    false_names : float, optional
        In place of a threshold: the least one at which at most this share of `absent` people is
        named. As many others are then attacked as absent, to check it.
    targets, absent : int, default 300 and 0
        How many people are attacked, and how many of them again after they were taken out.
    among : array of pseudonyms, optional
        Who may be attacked; anybody of whom enough is to be known, by default.
    each : int, default 1
        How many times each of them is attacked, by somebody who knows other facts each time.
    knowing : dict, optional
        The arguments of `attack.know`: by default 8 titles, days to within 3, stars *exactly*.
        Besides, count=0.5: she is said to have a number of titles within 50% of the true one, and
        only candidates whom that number fits as well are compared.

    >>> from helpers import make
    >>> rng, knowing = np.random.default_rng(53), {"titles": 4}
    >>> reidentification(make.prize(scale=0.001), knowing=knowing, rng=rng).right
    0.9... (0.9... to ..., n 300)
    """
    if false_names is not None:
        threshold = bar(release, false_names, **asked)
    return trials(release, **asked).verdict(threshold)


def bar(release: Any, false_names: float, **asked: Any) -> float:
    """The least threshold at which at most this share of `absent` people is named."""
    draws = asked["rng"].spawn(1)[0]  # so that targets are drawn as for any other attacker
    return trials(
        release, **asked | {"targets": 1, "among": None, "each": 1, "rng": draws}
    ).threshold(false_names)


def equal_error(release: Any, *, targets: int = 300, **asked: Any) -> float:
    """The threshold at which it is as common to miss who is there as to name who is not.

    The arguments are those of `reidentification`; all targets are attacked again as absent.
    """
    return trials(release, targets=targets, absent=targets, **asked).equal_error()


class Trial(NamedTuple):
    """One attack: the guess, the place of the target (-1: gone), bits gained, chance by lot."""

    guess: Guess
    target: int
    bits: float
    chance: float


@dataclass(frozen=True, eq=False, repr=False)
class Trials:
    """Attacks on some people, `here`, and on the first of them after each was taken out, `gone`."""

    here: list[Trial]
    gone: list[Trial]
    candidates: int
    seed: np.random.SeedSequence

    def verdict(self, threshold: float = 1.5) -> Verdict:
        n, rng = len(self.here), np.random.default_rng(self.seed)
        came = [outcome(trial.guess, trial.target, threshold) for trial in self.here]
        best = [outcome(trial.guess, trial.target) for trial in self.here]
        absent = [outcome(trial.guess, trial.target, threshold) for trial in self.gone]
        bits = estimate.bootstrap([trial.bits for trial in self.here], np.mean, rng=rng)
        lots = rng.random(n) < [trial.chance for trial in self.here]
        return Verdict(
            top1=estimate.share(best.count("right"), n),
            top1_by_lot=estimate.share(int(lots.sum()), n),
            right=estimate.share(came.count("right"), n),
            wrong=estimate.share(came.count("wrong"), n),
            refused=estimate.share(came.count("refused"), n),
            absent_refused=estimate.share(absent.count("refused"), len(absent)) if absent else None,
            bits=bits,
            guessing=1 / self.candidates,
            threshold=float(threshold),
        )

    def threshold(self, false: float = 0.01) -> float:
        """The least threshold at which at most this share of those who are absent is named."""
        stands = sorted(_stands_out(trial.guess) for trial in self.gone)
        last = stands[len(stands) - 1 - int(false * len(stands))]
        return float(np.nextafter(last, np.inf))

    def equal_error(self) -> float:
        """The middle of the thresholds at which as many are missed as are named though absent."""
        found = np.sort([_stands_out(trial.guess, trial.target, "right") for trial in self.here])
        false = np.sort([_stands_out(trial.guess, trial.target, "wrong") for trial in self.gone])
        # The errors change at these values only, and stay the same up to and with the next.
        steps = np.unique(np.concatenate([[0.0], found[found >= 0], false[false >= 0]]))
        missed = np.searchsorted(found, steps) / len(found)
        named = 1 - np.searchsorted(false, steps) / len(false)
        apart = np.abs(missed - named)
        best = np.flatnonzero(apart <= apart.min() + 1e-12)
        return float((steps[max(best[0] - 1, 0)] + steps[best[-1]]) / 2)


def _stands_out(guess: Guess, target: int = -1, only: str = "") -> float:
    """By how much somebody is named, where that is right or wrong; nobody stands out by less."""
    if guess.best is None or (only and outcome(guess, target) != only):
        return -math.inf
    return guess.lead


def trials(
    release: Any,
    *,
    board: Board | None = None,
    against: Any = None,
    targets: int = 300,
    absent: int = 0,
    knowing: Mapping[str, Any] | None = None,
    among: Any = None,
    each: int = 1,
    rng: np.random.Generator,
) -> Trials:
    """Attacks on people drawn at random, to put any threshold to; as for `reidentification`."""
    known = dict(knowing or {})
    within, asked, source = known.pop("count", None), Knowing(**known), coded(release)
    if board is not None and board.release.same(source):
        source = board.release  # whose index is there already
    need(source, day=asked.days, stars=asked.stars)
    reads = against if isinstance(against, Informed) else Informed(board)
    if isinstance(against, Board):
        reads = Informed(against, against.names)
    board = _board(source, source if against is None else coded(against), reads.board)
    people = asked.enough(source)
    if among is not None:
        people = people[np.isin(source.pseudonyms[people], among)]
    people = np.repeat(rng.permutation(people)[: max(targets, absent)], each)
    if targets < 1 or not len(people):
        raise JudgeError(f"{targets=}: nobody in the release has {asked.titles} titles to be known")
    # Everything is drawn before the first attack, so that threads can't change the draws.
    cards = [asked.draw(source, int(who), rng) for who in people]
    stated: list[int | None] = [None] * len(people)
    if within is not None:  # uniform within so much of the true number (Fig. 12)
        off = np.floor(within * source.counts[people] + CLOSE).astype(int)
        stated = (source.counts[people] + rng.integers(-off, off, endpoint=True)).tolist()
    # Facts and targets in the codes of what is attacked; -1: gone by a defence.
    titles = board.release.title_codes(reads.names.get(title, title) for title in source.titles)
    cards = [reads.read(card._replace(title=titles[card.title])) for card in cards]
    places = board.release.people_codes(source.pseudonyms[people]).tolist()

    def attacked(person: int, out: bool) -> Trial:
        return trial(board, within, cards[person], places[person], stated[person], out)

    here, gone = (range(min(number, len(people))) for number in (targets * each, absent))
    large = len(board.release.title) >= LARGE
    with ThreadPoolExecutor(os.cpu_count() if large else 1) as threads:
        found = list(threads.map(attacked, here, repeat(False)))
        missing = list(threads.map(attacked, gone, repeat(True)))
    seed = np.random.SeedSequence(int(rng.integers(2**63)))
    return Trials(found, missing, board.release.people, seed)


def _board(source: Release, attacked: Release, board: Board | None) -> Board:
    """The board of what is attacked, which must be the release or a copy of it."""
    for column in ("day", "stars"):
        offer = instead(column, attacked.ignored)
        if offer and not attacked.has(column):
            raise JudgeError(f"what is attacked has no {column}{offer}")
    if attacked.has("day") and source.has("day") and attacked.dated != source.dated:
        raise JudgeError("days are dates in one release and numbers in the other; give the same")
    if (source.people_codes(attacked.pseudonyms) < 0).any():
        raise JudgeError("`against` has pseudonyms that the release has not: it is no copy of it")
    if board is not None and not board.release.same(attacked):
        raise JudgeError("the board was built on something else; give that as `against`")
    return board or Scoreboard(attacked)


def trial(
    board: Board,
    within: float | None,
    known: Facts,
    target: int,
    stated: int | None,
    out: bool,
) -> Trial:
    """The attack on a target, or on what is left when she is taken out."""
    counts = board.release.counts
    score = board.score(known, without=target if out else None)
    among = np.ones(len(counts), bool)
    if stated is not None and within is not None:  # whom the stated number fits
        among = np.abs(counts - stated) <= within * counts + CLOSE
    if out and target >= 0:
        among[target] = False
    if not among.all():
        score = score[among]
    guess = board.guess(score)
    if target < 0 or not among[target]:
        return Trial(guess, -1, 0.0, 0.0)
    place = int(np.count_nonzero(among[:target]))
    share = max(board.probability(score, guess, place), 1e-300)
    bits = float(np.log2(len(counts)) + np.log2(share))  # of all, not of those compared
    tied = guess.tied and score[place] >= guess.top - CLOSE * abs(guess.top)
    return Trial(guess, place, bits, 1 / guess.tied if tied else 0.0)


def against_rules(
    desk: Any, rules: Mapping[str, Any], attacks: Mapping[str, Any], *, times: int = 20
) -> pd.DataFrame:
    """A row an attack and rule: the shares of right, wrong and refused, and n.

    A rule is made from a seed. An attack takes a desk and the number of the try, and gives what it
    says (None: refused) and what is true; two arrays count for as many people.
    """
    rows = []
    for attack, run in attacks.items():
        # All rules are asked the same in turn: what a desk has looked up it still knows.
        tries = [
            [run(desk.under(make(seed)), seed) for make in rules.values()] for seed in range(times)
        ]
        for rule, pairs in zip(rules, zip(*tries, strict=True), strict=True):
            said = np.concatenate(
                [np.broadcast_to(a, np.shape(truth)).ravel() for a, truth in pairs]
            )
            true = np.concatenate([np.ravel(truth) for _, truth in pairs])
            refused, right = np.array([each is None for each in said]), said == true
            shares = {"right": right.mean(), "wrong": (~right & ~refused).mean()}
            shares |= {"refused": refused.mean(), "n": len(true)}
            rows.append({"attack": attack, "rule": rule} | shares)
    return pd.DataFrame(rows)


def recognised(guesses: pd.DataFrame, *, threshold: float = 1.5) -> dict[str, Estimate]:
    """How many guesses of `attack.recognise` are the same person, nearest or at a threshold."""
    hers, sure = guesses["best"] == guesses.index, guesses["eccentricity"] >= threshold
    cases = {"nearest": hers, "right": hers & sure, "wrong": ~hers & sure, "refused": ~sure}
    return {name: estimate.share(int(each.sum()), len(each)) for name, each in cases.items()}


def tally(rows: Mapping[str, Verdict] | Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """The table that grows: a row a verdict by defence, or a row a (defence, attack, verdict)."""
    lines = []
    for name, *attack, verdict in rows.items() if isinstance(rows, Mapping) else rows:
        line: dict[str, Any] = {"defence": name, "attack": attack[0] if attack else "the same"}
        for measure in ("top1", "right", "wrong", "refused", "absent_refused", "bits"):
            got = getattr(verdict, measure)
            ends = (got.value, got.low, got.high) if got else (np.nan,) * 3
            line |= dict(zip((measure, f"{measure}_low", f"{measure}_high"), ends, strict=True))
        guess = {"threshold": verdict.threshold, "guessing": verdict.guessing}
        lines.append(line | guess | {"n": verdict.right.n})
    return pd.DataFrame(lines)

"""`run 05 --full`: the paper's figures at the size of the Netflix Prize, into data/measured.csv.

Source: A. Narayanan and V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE S&P
2008, the table of its settings on page 11 and Figures 4 to 12.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil
from tqdm import tqdm

from helpers import attack, estimate, judge, make
from helpers.attack import Facts, Guess, Knowing, decide
from helpers.estimate import Estimate
from tools import measured

MEMORY = 4.5  # GiB that have to be free at full size
COMMAND = "python3 start.py run 05 --full"
SEED = 53
NEW = range(86, 91)  # seeds that nobody looked at while the release was fitted; 53 to 85 were
STUDENT = 2.776  # the 97.5 % quantile of Student's t with four degrees of freedom
SCALES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
POINTS = (1, 2, 3, 4, 8)
ALIKE = (0.1, 0.2, 0.3, 0.4, 0.5)
POOL = 1_000
PHI = 1.5
TARGETS, ABSENT, FOR_THRESHOLD = 1_000, 1_000, 1_000
# The mechanisms one after another, from the independent release to the fitted one.
STAIRS = ("reach", "tastes", "joining", "first_day", "sessions", "arrivals", "stars")

Rows = Iterator[dict[str, Any]]

# What is known of a target: "m of m'" is m' known titles, of which m' - m are wrong.
SMALL, MIDDLE, LARGE = ((2, 2), (3, 4), (6, 8)), ((3, 4), (4, 5)), ((5, 6), (6, 7), (7, 8))
OF_8 = tuple((right, 8) for right in (4, 5, 6, 7, 8))
INEXACT = "stars to within 1, days to within 14"
TABLE: list[tuple[str, Any, str, dict[str, Any]]] = [
    ("fig4.d3", SMALL, "days to within 3, stars exact", {"days": 3, "stars": 0}),
    ("fig4.d14", SMALL, "days to within 14, stars exact", {"days": 14, "stars": 0}),
    ("fig5.d3", LARGE, "days to within 3, stars exact", {"days": 3, "stars": 0}),
    ("fig5.d14", LARGE, "days to within 14, stars exact", {"days": 14, "stars": 0}),
    ("fig8.top100", SMALL, "all outside the top 100, stars exact, no days",
     {"days": None, "stars": 0, "outside_top": 100}),
    ("fig8.top500", SMALL, "all outside the top 500, stars exact, no days",
     {"days": None, "stars": 0, "outside_top": 500}),
    ("fig9.all", MIDDLE, INEXACT, {"days": 14, "stars": 1, "outside_top": None}),
    ("fig9.top100", MIDDLE, f"{INEXACT}, all outside the top 100",
     {"days": 14, "stars": 1, "outside_top": 100}),
    ("fig9.top500", MIDDLE, f"{INEXACT}, all outside the top 500",
     {"days": 14, "stars": 1, "outside_top": 500}),
    ("fig10", OF_8, f"{INEXACT}; the others are wrong titles",
     {"days": 14, "stars": 1, "wrong_titles": True}),
    ("left_out", OF_8, f"{INEXACT}; the wrong ones are left out", {"days": 14, "stars": 1}),
    ("fig12.without", SMALL, INEXACT, {"days": 14, "stars": 1, "count": None}),
    ("fig12.count", SMALL, f"{INEXACT}, the number of her titles to within 50 %",
     {"days": 14, "stars": 1, "count": 0.5}),
]  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One cell: its name, such as fig4.d3.2of2, what is known, and that in words."""

    id: str
    knowing: dict[str, Any] = field(hash=False)
    words: str


def settings() -> dict[str, Setting]:
    """Every cell that is attacked, by name."""
    cells = {}
    for figure, sizes, words, known in TABLE:
        for right, of in sizes:
            id, size = f"{figure}.{right}of{of}", {"titles": of, "wrong": of - right}
            said = f"{right} of {of} titles, {words}"
            if figure == "left_out":
                size, said = {"titles": right, "wrong": 0}, f"{right} titles, {words}"
            cells[id] = Setting(id, size | known, said)
    return cells


FOUR = [each for id, each in settings().items() if id.startswith("fig4.")]


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of another scale or seed are printed and not written."""
    parser = argparse.ArgumentParser(prog="start.py run 05 --full", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=sorted(PARTS), default=list(FIRST))
    parser.add_argument("--seed", type=int, default=SEED, help=f"{SEED} alone is written")
    parser.add_argument("--scale", type=float, default=1.0, help="below 1 nothing is written")
    parser.add_argument("--date", default=str(datetime.date.today()), help="the day of measuring")
    options = parser.parse_args(argv)
    # The chapters read these rows as those of one seed at full size.
    kept = options.scale == 1 and options.seed == SEED
    if options.scale == 1:
        check_memory()
    for part in options.parts:
        command = COMMAND if part in FIRST else f"{COMMAND} --parts {part}"
        start = time.monotonic()
        made = PARTS[part](options.seed, options.scale)
        rows = list(tqdm(made, desc=part, unit=" rows", file=sys.stderr, mininterval=2))
        if kept:
            known = {"command": command, "date": options.date, "seed": options.seed}
            measured.store(known | each for each in rows)
        else:
            print("\n".join(f"{each['id']:<42} {each['value']}" for each in rows))
        print(f"{part}: {len(rows)} rows in {time.monotonic() - start:.0f} s", flush=True)
    return 0


def check_memory() -> None:
    """Refuse a machine that has too little memory left, before anything is made."""
    free = psutil.virtual_memory().available / 2**30
    if free < MEMORY:
        raise measured.MeasureError(
            f"{free:.1f} GiB of memory are free, and the full-size release needs {MEMORY:g}: close "
            "what is open, or add --scale 0.1, which needs a tenth and writes nothing."
        )


def row(id: str, value: Estimate | float, unit: str, setting: str, **more: Any) -> dict[str, Any]:
    """A row of the family prize.*, of the usual release unless `more` says otherwise."""
    of = f"({more.get('seed', SEED)})" if more.get("seed", SEED) else ""
    source = f"simulated: make.prize{of}, 480,189 made members"
    return measured.row(f"prize.{id}", value, unit, setting, **({"source": source} | more))


def generator(seed: int, id: str) -> np.random.Generator:
    """A generator of its own for each result, so that any of them can be made again alone."""
    return np.random.default_rng([seed, *id.encode()])


def board(seed: int, scale: float, **how: Any) -> attack.Scoreboard:
    """The index of a made release; the release itself is let go."""
    return attack.Scoreboard(make.prize(seed, scale, **how).release)


def cell(board: attack.Scoreboard, setting: Setting, seed: int) -> Rows:
    """The rows of a cell: without a threshold, at phi = 1.5, and at equal error."""
    id, words = setting.id, setting.words
    known: dict[str, Any] = {"board": board, "knowing": setting.knowing}
    # The threshold is found on targets of its own: on the same ones it would flatter itself.
    rng = generator(seed, f"{id}.threshold")
    threshold = judge.equal_error(board.release, **known, targets=FOR_THRESHOLD, rng=rng)
    rng = generator(seed, id)
    trials = judge.trials(board.release, **known, targets=TARGETS, absent=ABSENT, rng=rng)
    phi, equal = trials.verdict(PHI), trials.verdict(threshold)
    rows: list[tuple[str, Any, str]] = [
        ("top1", phi.top1, "without a threshold, a tie is not right"),
        ("lot", phi.top1_by_lot, "without a threshold, ties by lot"),
        ("right", phi.right, "at phi = 1.5"),
        ("wrong", phi.wrong, "at phi = 1.5"),
        ("refused", phi.refused, "at phi = 1.5"),
        ("absent", phi.absent_refused, "at phi = 1.5, taken out and said to be absent"),
        ("equal", equal.right, "right at the threshold of equal error"),
        ("equal_absent", equal.absent_refused, "at equal error, said to be absent"),
    ]
    for name, value, said in rows:
        yield row(f"{id}.{name}", value, "share", f"{words}; {said}")
    said = f"{words}; found with {FOR_THRESHOLD:,} other targets"
    yield row(f"{id}.threshold", threshold, "standard deviations", said)
    yield row(f"{id}.bits", phi.bits, "bits", f"{words}; entropic version")


def found(board: attack.Scoreboard, setting: Setting, seed: int, id: str = "") -> judge.Verdict:
    """The verdict on a cell's targets, which need no absent ones; `id` draws others."""
    return judge.reidentification(
        board.release,
        board=board,
        knowing=setting.knowing,
        targets=TARGETS,
        threshold=PHI,
        rng=generator(seed, id or setting.id),
    )


def top1(board: attack.Scoreboard, setting: Setting, id: str, seed: int, words: str) -> dict:
    """The row of a cell's share without a threshold, under another name."""
    said = f"{setting.words}; without a threshold; {words}"
    return row(id, found(board, setting, seed, id).top1, "share", said)


def figures(seed: int, scale: float) -> Rows:
    """Figures 4 to 12, Fig. 1, and unicity, of one release."""
    made = board(seed, scale)
    for setting in settings().values():
        yield from cell(made, setting, seed)
    for name, pool in (("fig1", None), ("fig1pool", POOL)):
        best = attack.nearest(made, sample=TARGETS, pool=pool, rng=generator(seed, name))
        among = "among all others" if pool is None else f"among {POOL:,} members drawn once"
        for least in ALIKE:
            value = estimate.share(int((best >= least).sum()), len(best))
            said = f"of the nearest, Jaccard similarity of titles is at least {least:g}, {among}"
            yield row(f"{name}.{least * 100:.0f}", value, "share", said)
    for name, days in (("days0", 0), ("days3", 3), ("days14", 14), ("titles", None)):
        for points in POINTS:
            id = f"unicity.{name}.{points}"
            rng = generator(seed, id)
            value = attack.unicity(made, points=points, days=days, sample=1_000, rng=rng)
            known = "no days" if days is None else f"days to within {days}"
            yield row(id, value, "share", f"{points} points of title, {known}: alone")


def seeds(seed: int, scale: float) -> Rows:
    """Fig. 4 for five seeds that the fit did not look at, each and on average."""
    values: dict[str, list[float]] = {}
    for new in NEW:
        made = board(new, scale)
        for setting in FOUR:
            verdict = found(made, setting, new)
            for name, value, said in (
                ("top1", verdict.top1, "without a threshold, a tie is not right"),
                ("right", verdict.right, "at phi = 1.5"),
            ):
                id = f"seeds.{setting.id}.{name}"
                words = f"{setting.words}; {said}; the release of seed {new}"
                one = row(f"{id}.{new}", value, "share", words, seed=new)
                values.setdefault(id, []).append(one["value"])
                yield one
    for id, each in values.items():
        yield average(id, each)


def average(id: str, values: list[float]) -> dict[str, Any]:
    """The mean over seeds, with the t interval, which holds what differs between seeds too."""
    mean, reach = np.mean(values), STUDENT * np.std(values, ddof=1) / len(values) ** 0.5
    value = Estimate(float(mean), float(mean - reach), float(min(mean + reach, 1)), len(values))
    words = f"mean over seeds {NEW[0]} to {NEW[-1]}, with the t interval over seeds"
    return row(f"{id}.mean", value, "share", words, seed="")


def scales(seed: int, scale: float) -> Rows:
    """Fig. 4 for fewer members, from 1/1000 to 3/10 of them."""
    for smaller in (each for each in SCALES if each < scale):
        made = board(seed, smaller)
        members = made.release.people
        how = f"simulated: make.prize({seed}, {smaller:g}), {members:,} made members"
        for setting in FOUR:
            id = f"scale.{members}.{setting.id}"
            yield top1(made, setting, id, seed, f"{members:,} members") | {"source": how}


def mechanisms(seed: int, scale: float) -> Rows:
    """Fig. 4 from the independent release to the fitted one, a mechanism more each time."""
    for step in range(len(STAIRS)):
        made = board(seed, scale, without=STAIRS[step:])
        last = STAIRS[step - 1] if step else "naive"
        words = f"release with {', '.join(('activity', 'popularity', *STAIRS[:step]))}"
        for setting in FOUR:
            yield top1(made, setting, f"stairs.{step}_{last}.{setting.id}", seed, words)


# What the paper leaves open, tried both ways on the same targets, pair by pair.
SIGMA = [setting.id for setting in FOUR]
SIGMAS = {"all": "all candidates", "sharers": "those who share a title"}
WRONG = ("fig4.d3.3of4", "fig4.d14.3of4")
RATINGS = {"uniform": "uniform", "another": "those of some other rating"}


def choices(seed: int, scale: float) -> Rows:
    """What sigma is over, and what is wrong in a wrong rating."""
    made = board(seed, scale)
    yield from sigmas(made, seed)
    yield from wrongs(made, seed)


def sigmas(board: attack.Scoreboard, seed: int) -> Rows:
    """Right at phi = 1.5 with sigma over all candidates, and over those who share a title."""
    for id in SIGMA:
        setting, pairs, seen = settings()[id], [], []
        asked = Knowing(**setting.knowing)
        for person, known, _ in _targets(board, asked, seed, f"sigma.{id}"):
            score = board.score(known)
            guess = decide(score)
            # Not lead / sigma: where one member alone shares a title, that sigma is 0.
            lead, spread = guess.eccentricity * guess.sigma, score[score > 0].std()
            right = guess.best == person and bool(lead >= PHI * spread)
            pairs.append((_right(guess, person), right))
            winner, apart = int(score.argmax()), lead / spread if spread else np.inf
            seen.append((guess.tied > 1, -1 if winner == person else winner, apart))
        yield from _compared(f"sigma.{id}", SIGMAS, pairs, f"{setting.words}; sigma over")
        yield from unseen(f"unseen.{id}", setting.words, seen)


def unseen(id: str, words: str, seen: list[tuple[bool, int, float]]) -> Rows:
    """What the fit did not look at: ties, who wins failed attacks, and how far the surest stand."""
    tied, winner, apart = (np.array(column) for column in zip(*seen, strict=True))
    failed = winner[winner >= 0]
    value = estimate.share(int(tied.sum()), len(tied))
    yield row(f"{id}.tied", value, "share", f"{words}; the best candidates tie")
    said = "different best candidates of the attacks whose best candidate is not the target"
    value = estimate.exactly(len(np.unique(failed)), len(failed))
    yield row(f"{id}.winners", value, "candidates", f"{words}; {said}")
    said = "the eccentricity that a tenth of the attacks exceed, sigma over those who share a title"
    upper, deviations = float(np.quantile(apart, 0.9)), "standard deviations"
    yield row(f"{id}.upper", upper, deviations, f"{words}; {said}") | {"n": len(apart)}


def wrongs(board: attack.Scoreboard, seed: int) -> Rows:
    """What is found when a wrong rating is uniform, and when it is some other rating's."""
    data = board.release
    for id in WRONG:
        setting, guesses = settings()[id], []
        asked = Knowing(**{**setting.knowing, "wrong": 0})
        for person, known, rng in _targets(board, asked, seed, f"wrong.{id}"):
            at = int(rng.integers(len(known.title)))
            uniform = rng.integers(data.days[-1] + 1), rng.integers(1, 6)
            other = data.parts(data.cell[rng.integers(len(data.cell), size=1)])
            cards = [put(known, at, *wrong) for wrong in (uniform, [part[0] for part in other])]
            guesses.append([(decide(board.score(card)), person) for card in cards])
        for way, words, hit in (
            ("top1", "without a threshold", lambda guess, person: guess.best == person),
            ("right", "at phi = 1.5", _right),
        ):
            pairs = [(hit(*one), hit(*two)) for one, two in guesses]
            said = f"{setting.words}; {words}; the wrong stars and day are"
            yield from _compared(f"wrong.{way}.{id}", RATINGS, pairs, said)


def _targets(
    board: attack.Scoreboard, asked: Knowing, seed: int, id: str
) -> Iterator[tuple[int, Facts, np.random.Generator]]:
    """Targets by code, what is known of each, and the generator that drew it."""
    rng = generator(seed, id)
    for person in rng.permutation(asked.enough(board.release))[:TARGETS].tolist():
        yield person, asked.draw(board.release, person, rng), rng


def _right(guess: Guess, person: int) -> bool:
    return guess.stands_out(PHI) and guess.best == person


def put(known: Facts, at: int, day: float, stars: float) -> Facts:
    """What is known, with another day and stars in one place."""
    here = np.arange(len(known.title)) == at
    return Facts(known.title, np.where(here, day, known.day), np.where(here, stars, known.stars))


def _compared(id: str, rules: dict[str, str], pairs: list[tuple[bool, bool]], said: str) -> Rows:
    """What each of two rules has right, and what it alone has right."""
    one, other = np.array(pairs).T
    for (rule, words), hits, others in zip(rules.items(), (one, other), (other, one), strict=True):
        for kind, right, more in (("", hits, ""), (".alone", hits & ~others, ", by this only")):
            value = estimate.share(int(right.sum()), len(right))
            yield row(f"{id}.{rule}{kind}", value, "share", f"{said} {words}{more}")


PARTS = {
    "figures": figures,
    "scales": scales,
    "seeds": seeds,
    "mechanisms": mechanisms,
    "choices": choices,
}
FIRST = ("figures", "scales")  # what runs when no part is named

"""`run 05 --full`: the paper's figures at the size of the Netflix Prize, into data/prize.csv.

Source: A. Narayanan and V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE S&P
2008, the table of its settings on page 11 and Figures 4 to 12.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import psutil
from numpy.typing import NDArray
from tqdm import tqdm

import studies
from helpers import attack, estimate, facts, judge, make
from helpers.attack import Facts, Guess, Knowing, decide
from helpers.estimate import Estimate
from helpers.release import Release

MEMORY = 4.5  # GiB that have to be free at full size
COMMAND = "python3 start.py run 05 --full"
SEED = 53
NEW = range(86, 91)  # seeds that nobody looked at while the release was fitted; 53 to 85 were
STUDENT = 2.776  # the 97.5 % quantile of Student's t with four degrees of freedom
PHI = 1.5
TARGETS = 1_000  # as many again are taken out, and as many others find the threshold
DAYS_KEPT = (30, 91, 365, 730, 2243)  # all six years are 2,243 days
# The mechanisms one after another, from the independent release to the fitted one.
STAIRS = ("reach", "tastes", "joining", "first_day", "sessions", "arrivals", "stars")

Rows = Iterator[dict[str, Any]]


class Setting(NamedTuple):
    """One cell: its name, such as fig4.d3.2of2, what is known, and that in words."""

    id: str
    knowing: dict[str, Any]
    words: str


# What is known of a target: "m of m'" is m' known titles, of which m' - m are wrong.
SMALL, MIDDLE, LARGE = ((2, 2), (3, 4), (6, 8)), ((3, 4), (4, 5)), ((5, 6), (6, 7), (7, 8))
OF_8 = ((4, 8), (5, 8), (6, 8), (7, 8), (8, 8))
ABOUT = "stars to within 1, days to within 14"
INEXACT = {"days": 14, "stars": 1}
TABLE: list[tuple[str, Any, str, dict[str, Any]]] = [
    ("fig4.d3", SMALL, "days to within 3, stars exact", {"days": 3, "stars": 0}),
    ("fig4.d14", SMALL, "days to within 14, stars exact", {"days": 14, "stars": 0}),
    ("fig5.d14", LARGE, "days to within 14, stars exact", {"days": 14, "stars": 0}),
    ("fig8.top100", SMALL, "all outside the top 100, stars exact, no days",
     {"days": None, "stars": 0, "outside_top": 100}),
    ("fig8.top500", SMALL, "all outside the top 500, stars exact, no days",
     {"days": None, "stars": 0, "outside_top": 500}),
    ("fig9.all", MIDDLE, ABOUT, INEXACT),
    ("fig9.top100", MIDDLE, f"{ABOUT}, all outside the top 100", INEXACT | {"outside_top": 100}),
    ("fig9.top500", MIDDLE, f"{ABOUT}, all outside the top 500", INEXACT | {"outside_top": 500}),
    ("fig10", OF_8, f"{ABOUT}; the others are wrong titles", INEXACT | {"wrong_titles": True}),
    ("fig12.without", SMALL, ABOUT, INEXACT),
    ("fig12.count", SMALL, f"{ABOUT}, the number of her titles to within 50 %",
     INEXACT | {"count": 0.5}),
]  # fmt: skip
SETTINGS: dict[str, Setting] = {}
for figure, sizes, words, known in TABLE:
    for right, of in sizes:
        id, knowing = f"{figure}.{right}of{of}", {"titles": of, "wrong": of - right, **known}
        SETTINGS[id] = Setting(id, knowing, f"{right} of {of} titles, {words}")
FOUR = [setting for id, setting in SETTINGS.items() if id.startswith("fig4.")]
# What chapter 05 shows of smaller releases, and of those that lack a mechanism.
SMALLER = [SETTINGS[f"fig4.{id}"] for id in ("d3.2of2", "d14.2of2", "d14.3of4")]
SIMPLER = [SETTINGS["fig4.d3.2of2"]]


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of another scale are printed and not written."""
    parser = argparse.ArgumentParser(prog="start.py run 05 --full", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=sorted(PARTS), default=list(FIRST))
    parser.add_argument("--scale", type=float, default=1.0, help="below 1 nothing is written")
    options = parser.parse_args(argv)
    kept = options.scale == 1
    if kept:
        check_memory()
    for part in options.parts:
        command = COMMAND if part in FIRST else f"{COMMAND} --parts {part}"
        made = PARTS[part](options.scale)
        rows = list(tqdm(made, desc=part, unit=" rows", file=sys.stderr, mininterval=2))
        if kept:
            studies.store([{"command": command, "seed": SEED} | row for row in rows], "prize.csv")
        else:
            print("\n".join(f"{row['id']:<42} {row['value']}" for row in rows))
    return 0


def check_memory() -> None:
    """Refuse a machine that has too little memory left, before anything is made."""
    free = psutil.virtual_memory().available / 2**30
    if free < MEMORY:
        raise studies.MeasureError(
            f"{free:.1f} GiB of memory are free, and the full-size release needs {MEMORY:g}: close "
            "what is open, or add --scale 0.1, which needs a tenth and writes nothing."
        )


def row(id: str, value: Estimate | float, unit: str, setting: str, **more: Any) -> dict[str, Any]:
    """A row of the family prize.*, of the usual release unless `more` says otherwise."""
    source = f"simulated: make.prize({SEED}), 480,189 made members"
    return studies.row(f"prize.{id}", value, unit, setting, **({"source": source} | more))


def generator(seed: int, id: str) -> np.random.Generator:
    """A generator of its own for each result, so that any of them can be made again alone."""
    return np.random.default_rng([seed, *id.encode()])


def board(seed: int, scale: float, **how: Any) -> attack.Scoreboard:
    """The index of a made release; the release itself is let go."""
    return attack.Scoreboard(make.prize(seed, scale, **how).release)


def figures(scale: float) -> Rows:
    """Figures 4 to 12, and Fig. 1, of one release."""
    made = board(SEED, scale)
    for setting in SETTINGS.values():
        yield from cell(made, setting)
    for name, pool in (("fig1", None), ("fig1pool", 1_000)):
        best = nearest(made.release, pool, generator(SEED, name))
        among = "among all others" if pool is None else f"among {pool:,} members drawn once"
        for least in (0.1, 0.2, 0.3, 0.4, 0.5):
            value = estimate.share(int((best >= least).sum()), len(best))
            words = f"of the nearest, Jaccard similarity of titles is at least {least:g}, {among}"
            yield row(f"{name}.{least * 100:.0f}", value, "share", words)


def nearest(data: Release, pool: int | None, rng: np.random.Generator) -> NDArray[np.float64]:
    """Jaccard's |both| / |either| of titles with the most similar of a `pool` of others, or all."""
    people = rng.permutation(data.people)[:TARGETS]
    others = np.arange(data.people) if pool is None else rng.permutation(data.people)[:pool]
    best = np.empty(len(people))
    for place, person in enumerate(people):
        both = np.zeros(data.people, np.int32)  # (people,): titles that are hers, too
        for title in data.title[data.rows(person)]:
            who, _ = data.who_has(int(title))
            both[who] += 1
        alike = both / (data.counts + data.counts[person] - both)
        best[place] = alike[others[others != person]].max()
    return best


def cell(board: attack.Scoreboard, setting: Setting) -> Rows:
    """The rows of a cell that are read; a threshold of equal error where the paper has one."""
    asked: dict[str, Any] = {"board": board, "knowing": setting.knowing, "targets": TARGETS}
    rng, figure = generator(SEED, setting.id), setting.id.partition(".")[0]
    trials = judge.trials(board.release, **asked, absent=TARGETS, rng=rng)
    phi = trials.verdict(PHI)
    rows: list[tuple[str, Any, str]] = [("right", phi.right, "at phi = 1.5")]
    if figure == "fig5":
        # The threshold is found on targets of its own: on the same ones it would flatter itself.
        rng = generator(SEED, f"{setting.id}.threshold")
        equal = trials.verdict(judge.equal_error(board.release, **asked, rng=rng))
        rows += [
            ("absent", phi.absent_refused, "at phi = 1.5, taken out and said to be absent"),
            ("equal", equal.right, "right at the threshold of equal error"),
            ("equal_absent", equal.absent_refused, "at equal error, said to be absent"),
        ]
    else:
        rows += [("top1", phi.top1, "without a threshold, a tie is not right")]
    if figure in ("fig4", "fig8"):  # Figures 6 and 11 are these cells in bits
        rows += [("wrong", phi.wrong, "at phi = 1.5"), ("bits", phi.bits, "entropic version")]
    for name, value, words in rows:
        unit = "bits" if name == "bits" else "share"
        yield row(f"{setting.id}.{name}", value, unit, f"{setting.words}; {words}")


def fig4(
    board: attack.Scoreboard, family: str = "", cells: list[Setting] = FOUR, seed: int = SEED
) -> Iterator[tuple[Any, ...]]:
    """Fig. 4 in a release: id in a family of rows, words, and the verdict, without absent ones."""
    for setting in cells:
        asked: dict[str, Any] = {"board": board, "knowing": setting.knowing, "targets": TARGETS}
        id, words = f"{family}{setting.id}", setting.words
        rng = generator(seed, id)
        yield id, words, judge.reidentification(board.release, threshold=PHI, rng=rng, **asked)


def scales(scale: float) -> Rows:
    """Fig. 4 for fewer members, from 1/1000 to 3/10 of them."""
    for smaller in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3):
        if smaller >= scale:
            return
        made = board(SEED, smaller)
        members = made.release.people
        how = f"simulated: make.prize({SEED}, {smaller:g}), {members:,} made members"
        for id, words, verdict in fig4(made, f"scale.{members}.", SMALLER):
            words += f"; without a threshold; {members:,} members"
            yield row(id, verdict.top1, "share", words, source=how)


def mechanisms(scale: float) -> Rows:
    """Fig. 4 from the independent release to the fitted one, a mechanism more each time."""
    for step, last in enumerate(("naive", *STAIRS[:-1])):
        made = board(SEED, scale, without=STAIRS[step:])
        have = ", ".join(("activity", "popularity", *STAIRS[:step]))
        for id, words, verdict in fig4(made, f"stairs.{step}_{last}.", SIMPLER):
            words += f"; without a threshold; release with {have}"
            yield row(id, verdict.top1, "share", words)


def seeds(scale: float) -> Rows:
    """Fig. 4 on average over five seeds that the fit did not look at."""
    values: dict[str, list[float]] = {}
    for new in NEW:
        for id, _, verdict in fig4(board(new, scale), seed=new):
            values.setdefault(f"seeds.{id}.top1", []).append(verdict.top1.value)
            values.setdefault(f"seeds.{id}.right", []).append(verdict.right.value)
    for id, shares in values.items():
        # The t interval holds what differs between seeds, too.
        mean, spread = float(np.mean(shares)), float(np.std(shares, ddof=1))
        reach = STUDENT * spread / len(shares) ** 0.5
        average = Estimate(mean, mean - reach, min(mean + reach, 1), len(shares))
        words = f"mean over seeds {NEW[0]} to {NEW[-1]}, with the t interval over seeds"
        source = "simulated: make.prize, 480,189 made members"
        yield row(f"{id}.mean", average, "share", words, seed="", source=source)


def choices(scale: float) -> Rows:
    """What the paper leaves open, tried both ways on the same targets, pair by pair."""
    made = board(SEED, scale)
    yield from sigmas(made)
    yield from wrongs(made)


def sigmas(board: attack.Scoreboard) -> Rows:
    """Right at phi = 1.5 with sigma over all candidates, and over those who share a title."""
    rules = {"all": "all candidates", "sharers": "those who share a title"}
    for id, knowing, words in FOUR:
        pairs, seen = [], []
        for person, known, _ in _targets(board, knowing, f"sigma.{id}"):
            score = board.score(known)
            guess = decide(score)
            # Not lead / sigma: where one member alone shares a title, that sigma is 0.
            lead, spread = guess.lead * guess.sigma, score[score > 0].std()
            pairs.append((_right(guess, person), guess.best == person and lead >= PHI * spread))
            winner, apart = int(score.argmax()), lead / spread if spread else np.inf
            seen.append((guess.tied > 1, -1 if winner == person else winner, apart))
        yield from _compared(f"sigma.{id}", rules, pairs, f"{words}; sigma over")
        columns = ["tied", "winner", "apart"]
        yield from unseen(f"unseen.{id}", words, pd.DataFrame(seen, columns=columns))


def unseen(id: str, words: str, seen: pd.DataFrame) -> Rows:
    """What the fit did not look at: ties, who wins failed attacks, and how far the surest stand."""
    failed = seen["winner"][seen["winner"] >= 0]
    ties = estimate.share(int(seen["tied"].sum()), len(seen))
    winners = estimate.exactly(failed.nunique(), len(failed))
    what = "different best candidates of the attacks whose best candidate is not the target"
    upper = float(np.quantile(seen["apart"], 0.9))
    far = "the eccentricity that a tenth of the attacks exceed, sigma over those who share a title"
    rows = [
        row(f"{id}.tied", ties, "share", f"{words}; the best candidates tie"),
        row(f"{id}.winners", winners, "candidates", f"{words}; {what}"),
        row(f"{id}.upper", upper, "standard deviations", f"{words}; {far}", n=len(seen)),
    ]
    known = {fact.id for fact in facts.published_under("reproduction.unseen")}
    yield from [each for each in rows if each["id"].replace("prize", "reproduction") in known]


def wrongs(board: attack.Scoreboard) -> Rows:
    """What is found when a wrong rating is uniform, and when it is some other rating's."""
    data, rules = board.release, {"uniform": "uniform", "another": "those of some other rating"}
    for id, knowing, words in (SETTINGS["fig4.d3.3of4"], SETTINGS["fig4.d14.3of4"]):
        top1, right = [], []
        for person, known, rng in _targets(board, {**knowing, "wrong": 0}, f"wrong.{id}"):
            at = int(rng.integers(len(known.title)))
            uniform = rng.integers(data.days[-1] + 1), rng.integers(1, 6)
            other = data.parts(data.cell[rng.integers(len(data.cell), size=1)])
            guesses = []
            for day, stars in (uniform, [part[0] for part in other]):
                known.day[at], known.stars[at] = day, stars
                guesses.append(decide(board.score(known)))
            top1.append([guess.best == person for guess in guesses])
            right.append([_right(guess, person) for guess in guesses])
        ways = (("top1", "without a threshold", top1), ("right", "at phi = 1.5", right))
        for way, how, pairs in ways:
            setting = f"{words}; {how}; the wrong stars and day are"
            yield from _compared(f"wrong.{way}.{id}", rules, pairs, setting)


def _targets(
    board: attack.Scoreboard, knowing: dict[str, Any], id: str
) -> Iterator[tuple[int, Facts, np.random.Generator]]:
    """Targets by code, what is known of each, and the generator that drew it."""
    asked, rng = Knowing(**knowing), generator(SEED, id)
    for person in rng.permutation(asked.enough(board.release))[:TARGETS].tolist():
        yield person, asked.draw(board.release, person, rng), rng


def _right(guess: Guess, person: int) -> bool:
    return guess.stands_out(PHI) and guess.best == person


def _compared(id: str, rules: dict[str, str], pairs: list[Any], setting: str) -> Rows:
    """What each of two rules has right, and what it alone has right."""
    right = pd.DataFrame(pairs, columns=list(rules))
    for rule, words in rules.items():
        hits = right[rule]
        alone = hits & (right.sum(axis=1) == 1)
        value = estimate.share(int(hits.sum()), len(hits))
        yield row(f"{id}.{rule}", value, "share", f"{setting} {words}")
        value = estimate.share(int(alone.sum()), len(alone))
        yield row(f"{id}.{rule}.alone", value, "share", f"{setting} {words}, by this only")


def retention(scale: float) -> Rows:
    """The last days kept, of six years, and titles known of any time or of those days."""
    data = attack.Scoreboard(make.prize(SEED, scale).release).release
    for days in DAYS_KEPT:
        kept = data.cell // (len(data.stars) + 1) > data.days[-1] - days
        before = np.append(0, np.cumsum(kept, dtype=np.int32))  # kept rows before each row
        start = before[data.start]
        left = replace(data, title=data.title[kept], cell=data.cell[kept], start=start)
        asked: dict[str, Any] = {"board": attack.Scoreboard(left), "against": left}
        ways = (("time", "of any time", data), ("kept", "of the days kept", left))
        for way, of, source in ways:
            for titles in (4, 8):
                id = f"{way}.{titles}.{days}"
                asked |= {"knowing": {"titles": titles, "days": 14, "stars": None}}
                asked |= {"targets": TARGETS, "rng": generator(SEED, f"retention.{id}")}
                verdict = judge.reidentification(source, **asked)
                words = f"{days} days kept; {titles} titles {of}, days to within 14, no stars"
                yield row(f"retention.right.{id}", verdict.right, "share", f"{words}; at phi = 1.5")


PARTS = {part.__name__: part for part in (figures, scales, seeds, mechanisms, choices, retention)}
FIRST = ("figures", "scales")  # what runs when no part is named

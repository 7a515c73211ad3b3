"""`run 10 --full`: every defence against whoever knows it, and its use, into data/frontier.csv.

A release is attacked by the board of chapter 04, by heuristics, and by a posterior that knows the
defence; the best of them counts. Thresholds are set on absent people.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

from tqdm import tqdm

import studies
from helpers import attack, judge, make, protect
from helpers.estimate import Estimate, share
from helpers.judge import defences
from helpers.release import coded
from studies import desk_rules
from studies.figures_2008 import check_memory, generator
from studies.promises import FALSE, promised

TARGETS = 1_000  # people attacked
LIGHT, SOME, FEWER = (8, 12), 500, 300  # titles of light viewers; how many of them; on the Prize
STREAK = 17_493  # its first day, 23 November 2017, as days are counted since 1970
KNOWING = {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
FAN, TRIES = "Wilfa Ivorywell", 10  # whom the chapters follow, and how often she is attacked


def attacked(case: defences.Case, name: str, against: Any, **asked: Any) -> judge.Trials:
    """Trials with draws of their own by name; of few people all are attacked."""
    rng = generator(53, name)
    return judge.trials(case.source, against=against, knowing=KNOWING, rng=rng, **asked)


def one_attacker(case: defences.Case, name: str, against: Any) -> dict[str, Any]:
    """The threshold at 1 % false names, and the shares right, found and said to be in."""
    threshold = attacked(case, f"{name}.threshold", against, absent=TARGETS, targets=1)
    at = threshold.threshold(FALSE)
    verdict = attacked(case, name, against, targets=TARGETS).verdict(at)
    member = share(round((1 - verdict.refused.value) * TARGETS), TARGETS)
    return {"at": at, "right": verdict.top1_by_lot, "found": verdict.right, "member": member}


def found_light(case: defences.Case, name: str, against: Any, at: float) -> Estimate:
    """How many of those with few titles the posterior names rightly."""
    counts, (least, most) = case.source.counts, LIGHT
    light = case.source.pseudonyms[(counts >= least) & (counts <= most)]
    targets = FEWER if case.log is None else SOME
    return attacked(case, f"{name}.light", against, targets=targets, among=light).verdict(at).right


def of_the_fan(
    case: defences.Case, defence: defences.Defence, choices: Any, posterior: Any, at: float
) -> dict[str, Any]:
    """What the posterior says of the fan, each time by other facts; what draws, draws anew."""
    said = []
    for number in range(TRIES):
        if "seed" in choices and number:
            again = choices | {"seed": choices["seed"] + number}
            posterior = defence.posterior(case, defence.make(case, **again), **again)
        tried = attacked(case, f"fan.{number}", posterior, targets=1, among=[case.fan])
        said.append(judge.outcome(tried.here[0].guess, tried.here[0].target, at))
    return {f"fan_{word}": share(said.count(word), TRIES) for word in ("right", "wrong", "refused")}


def measures(
    case: defences.Case, defence: defences.Defence, setting: str, choices: Any
) -> dict[str, Any]:
    """All that is counted of a published release: each attacker, who is alone, and the use."""
    name, made = f"{defence.name}.{setting}", defence.make(case, **choices)
    attackers = defence.attackers(case, made, **choices)
    each = {who: one_attacker(case, name, against) for who, against in attackers.items()}
    best = {
        measure: max((row[measure] for row in each.values()), key=lambda share: share.value)
        for measure in ("right", "found", "member")
    }
    heuristics = [row["found"] for who, row in each.items() if who != "posterior"]
    found: dict[str, Any] = {
        "right": best["right"],
        "found_heuristic": max(heuristics, key=lambda share: share.value),
        "found_posterior": each["posterior"]["found"],
        "found": best["found"],
        "member": best["member"],
    }
    posterior, at = attackers["posterior"], each["posterior"]["at"]
    found["found_light"] = found_light(case, name, posterior, at)
    if made.counts.max() >= 4:
        rng, days = generator(53, f"{name}.alone"), 0 if made.has("day") else None
        found["alone"] = attack.unicity(made, points=4, days=days, sample=TARGETS, rng=rng)
    if defence.name == "retention":  # the days of the streak are in the log, or they are not
        found["streak"] = found["found"] if made.days[0] <= STREAK else share(0, TARGETS)
    found["bar"] = at
    if case.fan is not None:
        found |= of_the_fan(case, defence, choices, posterior, at)
    use = defence.utility(case, made, **choices)
    return found | {f"{kind}_error": use[f"{kind}_error"] for kind in ("weekly", "pairs")}


def options(case: defences.Case, world: Any, only: list[str]) -> Iterator[list[dict[str, Any]]]:
    """The rows of an option, one a measure: defence, setting, measure, value, low, high, n."""
    for defence, setting, choices in defences.releases(case, only):
        yield rows(defence.name, setting, measures(case, defence, setting, choices))
    rules = {name: at for name, at in desk_rules.RULES.items() if not only or name in only}
    counts = [] if world is None else [desk_rules.answered(world, case.source, rules)]
    for name, at, found in chain(*counts, promised(case.source)):
        if not only or name in only:
            yield rows(name, str(at), found)


def rows(defence: str, setting: str, found: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an option; a value that was not drawn has no ends and no n."""
    option = {"defence": defence, "setting": setting}
    return [option | {"measure": name} | studies.cut(value) for name, value in found.items()]


def case_of(world: str, seed: int, scale: float) -> tuple[defences.Case, Any]:
    """What is defended, and the world behind it; the Prize has no genres and no log."""
    if world == "classroom":
        made = make.world(seed=seed)
        published = protect.pseudonymise(made.plays, stars=make.stars(made))
        names = published.key.map(made.viewers.set_index("viewer")["name"])
        fan = next(iter(names.index[names == FAN]), None)  # she lives in the world of seed 53
        return defences.Case(coded(published), made.titles, published.log, fan), made
    if scale == 1:
        check_memory()
    return defences.Case(coded(make.prize(seed, scale))), None


def store(rows: list[dict[str, Any]]) -> None:
    """Replace the options that the rows are of, and keep the others, as the register has them."""
    options = [(row.name, at) for row in defences.DEFENCES.values() for at in row.settings]

    def place(row: dict[str, Any]) -> tuple[str, int, int]:
        return row["world"], int(row["seed"]), options.index((row["defence"], row["setting"]))

    studies.store(rows, "frontier.csv", ("world", "seed", "defence", "setting"), place)


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of a smaller Prize are printed."""
    worlds, parser = ["classroom", "prize"], argparse.ArgumentParser("start.py run 10 --full")
    parser.add_argument("--worlds", nargs="+", choices=worlds, default=worlds)
    parser.add_argument("--seeds", nargs="+", type=int, default=[53, 54, 55], help="classroom's")
    parser.add_argument("--only", nargs="+", choices=[*defences.DEFENCES], default=[])
    parser.add_argument("--scale", type=float, default=1.0, help="of the Prize")
    asked = parser.parse_args(argv)
    runs = [("classroom", seed) for seed in asked.seeds if "classroom" in asked.worlds]
    runs += [("prize", 53)] if "prize" in asked.worlds else []
    for world, seed in runs:
        case, made = case_of(world, seed, asked.scale)
        found = options(case, made, asked.only)
        # Each is stored when it is done: whoever stops the run keeps what there is.
        for option in tqdm(found, desc=f"{world}, seed {seed}", file=sys.stderr, mininterval=5):
            table = [row | {"world": world, "seed": seed} for row in option]
            if world == "prize" and asked.scale < 1:
                print(*table, sep="\n")
            else:
                store(table)
    return 0

"""Every defence on one page: success left against use left, from the stored results of chapter 10.

    a dominates b   if   a leaves no less use and no more success, and one of the two is better
    a is enough     if   the upper end of each interval is within what is asked for

Success is that of the best attacker we have, who knows the defence, at 1% false alarms. With a
promise it is computed: the most that any attacker gets. Nothing is safe because attacks failed.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from helpers import facts
from helpers.estimate import Estimate
from helpers.facts.numbers import CLASSROOM
from helpers.judge import defences
from helpers.judge.verdict import Verdict, bar, reidentification
from helpers.release import Release

Case = defences.Case
COLUMNS = ("world", "seed", "defence", "setting", "measure", "value", "low", "high", "n", "date")
FALSE = 0.01  # of the absent who may be named
ATTACKS = ("found", "member", "streak")  # at so many false alarms
SOURCES = {"classroom": CLASSROOM, "prize": "simulated: make.prize(53), 480,189 made members"}
# The criteria of the Article 29 Working Party, Opinion 05/2014 (WP216), and what answers each.
CRITERIA = {
    "singling out": ("alone",),
    "linkability": ("found", "right"),
    "inference": ("member", "streak"),
}


def stored() -> pd.DataFrame:
    """The rows of data/frontier.csv: a row for each world, seed, defence, setting and measure."""
    return _read(facts.data_folder() / "frontier.csv").copy()


@lru_cache(maxsize=2)
def _read(path: Any) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"setting": "str"})


def options(world: str = "classroom", seed: int = 53) -> pd.DataFrame:
    """What is stored of a world, "classroom" or "prize": a row for each defence and setting.

    Columns: `label`, what it is called; `use`, 1 less the weekly error and at least 0; `success`,
    its ends and its `attack`; `kind` in words; defence, setting; each measure with its interval
    (the value again where nothing was drawn); `dominated`. What does not apply is missing.
    """
    rows = stored()
    rows = rows[(rows["world"] == world) & (rows["seed"] == seed)]
    for end in ("low", "high"):
        rows[end] = rows[end].fillna(rows["value"])
    rows["place"] = pd.factorize(rows["defence"] + "." + rows["setting"])[0]
    wide = rows.pivot(index="place", columns="measure", values=["value", "low", "high", "n"])
    ends, names = (wide.columns.get_level_values(level) for level in (0, 1))
    wide.columns = names.where(ends == "value", names + "_" + ends)
    frame = rows.groupby("place")[["defence", "setting"]].first().join(wide)
    frame["use"] = (1 - frame["weekly_error"]).clip(lower=0)
    frame["attack"] = frame[[*ATTACKS]].astype(float).idxmax(axis=1)
    for end in ("", "_low", "_high"):
        frame[f"success{end}"] = [row[f"{row['attack']}{end}"] for _, row in frame.iterrows()]
    known = [defences.DEFENCES[name] for name in frame["defence"]]
    called = [row.call(at) for row, at in zip(known, frame["setting"], strict=True)]
    frame = frame.assign(label=called, kind=[row.kind for row in known])
    frame.loc[frame["kind"] == defences.EPSILON, "attack"] = "any, at most"
    frame = frame.assign(dominated=dominated(frame["use"], frame["success"])).reset_index(drop=True)
    first = ["label", "use", "success", "attack", "kind"]
    return frame[[*first, *frame.columns.drop(first)]]


def over_seeds(measure: str) -> pd.DataFrame:
    """A measure of each option in every classroom that is stored: a column a seed."""
    rows = stored()
    rows = rows[(rows["world"] == "classroom") & (rows["measure"] == measure)]
    labels = [
        defences.DEFENCES[defence].call(setting)
        for defence, setting in zip(rows["defence"], rows["setting"], strict=True)
    ]
    table = rows.assign(label=labels).pivot(index="label", columns="seed", values="value")
    return table.loc[list(dict.fromkeys(labels))]


def bars() -> dict[str, float]:
    """The bar of each release, such as "swap.100": the posterior names 1 in 100 of the absent."""
    rows = stored().query("world == 'classroom' and seed == 53 and measure == 'bar'")
    return dict(zip(rows["defence"] + "." + rows["setting"], rows["value"], strict=True))


def dominated(use: pd.Series, success: pd.Series) -> list[bool]:
    """Whether some other option leaves no less use and no more success, and is better in one."""
    return [
        bool(((use >= u) & (success <= s) & ((use > u) | (success < s))).any())
        for u, s in zip(use, success, strict=True)
    ]


def enough(frame: pd.DataFrame, at_most: Mapping[str, float]) -> pd.DataFrame:
    """The options that meet a need, none when nothing does. What was not counted meets nothing.

    >>> enough(options(), {"success": 0.001, "weekly_error": 0.02})["label"].tolist()
    []
    """
    fits = pd.Series(True, frame.index)
    for name, most in at_most.items():
        fits &= frame.get(f"{name}_high", frame[name]) <= most
    return frame[fits].sort_values("success", kind="stable")


def at_equal_use(frame: pd.DataFrame, least: float = 0.9) -> pd.DataFrame:
    """Of each defence the setting with the least success that leaves at least so much use."""
    left = frame[frame["use"] >= least]
    left = left.sort_values(["success", "use"], ascending=[True, False], kind="stable")
    return left.drop_duplicates("defence")


def criteria(frame: pd.DataFrame) -> pd.DataFrame:
    """WP216's criteria as columns: the worst of the measures that answer each.

    `predicate` is how often Cohen and Nissim's isolates one of k people who look alike (PNAS 2020):
    k (1/k) (1 - 1/k)^(k - 1), where all of a person's rows are those of a crowd of k.
    """
    worst = {name: frame[[*measures]].max(axis=1) for name, measures in CRITERIA.items()}
    sizes = frame["setting"].where(frame["defence"] == "crowd_whole").str.removeprefix("k")
    k = sizes.astype(float)
    table = frame[["label"]].assign(**worst)
    table.insert(2, "predicate", (1 - 1 / k) ** (k - 1))
    return table


def numbers(frame: pd.DataFrame, measure: str) -> dict[str, Any]:
    """A measure of each option as a chapter names it, such as "swap.10.right", where it applies."""
    found: dict[str, Any] = {}
    for row in frame.dropna(subset=measure).to_dict("records"):
        value, n = row[measure], row.get(f"{measure}_n")
        if n is not None and pd.notna(n):  # it was drawn
            value = Estimate(value, row[f"{measure}_low"], row[f"{measure}_high"], int(n))
        found[f"{row['defence']}.{row['setting']}.{measure}"] = value
    return found


class Defences:
    """Defended copies of a release, a row each: attacked by whoever knows the defence.

    All attackers know the same of the same people; `asked` is as for `judge.reidentification`. The
    bar of the posterior lets 1% of `absent` people be named; known `bars` are taken.
    """

    def __init__(
        self,
        case: Case,
        *,
        bars: Mapping[str, float] | None = None,
        seed: int = 53,
        **asked: Any,
    ) -> None:
        self.case, self.seed = case, seed
        self.bars = dict(bars or {})
        self.absent, self.asked = asked.pop("absent", 300), asked
        self.made: dict[str, Release] = {}
        self.posterior: dict[str, Any] = {}
        self.verdicts: dict[str, Verdict] = {}  # of the posterior
        self.rows: dict[str, dict[str, Any]] = {}

    def attacked(self, against: Any, **asked: Any) -> Verdict:
        """What comes of one attacker, who may be asked something else than the others."""
        rng = np.random.default_rng(self.seed)
        return reidentification(self.case.source, against=against, rng=rng, **self.asked | asked)

    def meet(self, name: str, **choices: Any) -> pd.DataFrame:
        """The row of a defence: shares right and found, and 1 less the errors of `utility`.

        `heuristic` and `posterior` are the shares for whom the best guess is right, of the best
        heuristic attacker and of the posterior. `found` is named rightly by the posterior.
        """
        defence = defences.DEFENCES[name]
        made = self.made[name] = defence.make(self.case, **choices)
        attackers = defence.attackers(self.case, made, **choices)
        self.posterior[name] = posterior = attackers.pop("posterior")
        setting = defence.setting(choices)
        threshold = self.bars.get(f"{name}.{setting}")
        if threshold is None:
            more = {"absent": self.absent, "rng": np.random.default_rng(self.seed)}
            asked = self.asked | more
            threshold = bar(self.case.source, FALSE, against=posterior, **asked)
        self.verdicts[name] = best = self.attacked(posterior, threshold=threshold)
        others = [self.attacked(attacker).top1.value for attacker in attackers.values()]
        row = {"defence": defence.call(setting), "heuristic": max(others)}
        row |= {"posterior": best.top1_by_lot.value, "found": best.right.value}
        error = defence.utility(self.case, made, **choices)
        left = {part: 1 - min(error[f"{part}_error"], 1) for part in ("weekly", "pairs")}
        self.rows[name] = row | left
        return self.frame.tail(1).round(3)

    def again(self, name: str, **asked: Any) -> Verdict:
        """The posterior of a defence at its bar, on other people or with other knowledge."""
        asked |= {"threshold": self.verdicts[name].threshold}
        return self.attacked(self.posterior[name], **asked)

    @property
    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(list(self.rows.values()))

"""Every defence on one page: success left against use left, from the stored results of chapter 10.

    a dominates b   if   a leaves no less use and no more success, and one of the two is better
    a is enough     if   the upper end of each interval is within what is asked for

Success is that of the worst of the attacks that apply, at 1 % false alarms; with an epsilon it is
computed, the most that epsilon allows any attack. Nothing is safe because attacks have failed.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers import facts
from helpers.estimate import Estimate

ATTACKS = ("found", "member", "streak")  # at 1 % false alarms
# The criteria of the Article 29 Working Party, Opinion 05/2014 (WP216), and what answers each.
CRITERIA = {
    "singling out": ("alone",),
    "linkability": ("found", "right"),
    "inference": ("member", "streak"),
}
KINDS = dict.fromkeys(("crowd", "crowd_whole", "coherent"), "rows, in a crowd")
KINDS |= dict.fromkeys(("event", "noise"), "counts, with an ε")
LABELS = {
    "pseudonyms": "pseudonyms only", "drop_days": "no days", "drop_stars": "no stars",
    "coarsen_days": "{}s for days", "round_stars": "stars rounded",
    "suppress_titles": "only titles of {}+", "sample_viewers": "sample of {} %",
    "swap": "swap {} %", "shift_days": "days moved ±{}", "number_titles": "numbers for titles",
    "as_in_2006": "as in 2006, {} % changed", "generalise_titles": "{} for title",
    "crowd": "crowd {}", "crowd_whole": "whole crowd {}", "coherent": "coherent {}",
    "retention": "last {} days", "exact": "exact counts", "minimum": "minimum {}",
    "rounding": "rounded to {}", "fresh": "fresh ±{}", "sticky": "sticky ±{}",
    "layered": "layers of {}", "no_repeats": "no repeats", "event": "noise per play, ε {}",
    "noise": "noise, ε {}",
}  # fmt: skip


def options(world: str = "classroom") -> pd.DataFrame:
    """What is stored of a world, "classroom" or "prize": a row for each defence and setting.

    Columns: defence, setting, label and kind in words; each measure with its interval (the value
    again where nothing was drawn); `use`, 1 less the weekly error and at least 0; `success`, its
    ends and its `attack`; `dominated`. What does not apply is missing.
    """
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    for fact in facts.measured_under(f"frontier.{world}"):
        *of, name = fact.id.split(".")[2:]
        ends = [fact.value if end is None else end for end in (fact.low, fact.high)]
        line = lines.setdefault(tuple(of), dict(zip(("defence", "setting"), of, strict=True)))
        line |= {name: fact.value, f"{name}_low": ends[0], f"{name}_high": ends[1]}
        line[f"{name}_n"] = fact.n
    frame = pd.DataFrame(lines.values())
    frame = frame.sort_values("defence", key=lambda d: d.map([*LABELS].index), ignore_index=True)
    frame["use"] = (1 - frame["weekly_error"]).clip(lower=0)
    frame["attack"] = frame[[*ATTACKS]].idxmax(axis=1)
    for end in ("", "_low", "_high"):
        frame[f"success{end}"] = [row[f"{row['attack']}{end}"] for _, row in frame.iterrows()]
    settings = frame["setting"].str.replace("^0_", ".", regex=True).str.replace("_", " ")
    frame["label"] = [LABELS[a].format(b) for a, b in zip(frame["defence"], settings, strict=True)]
    usual = np.where(frame["right"].notna(), "rows, changed", "counts, by a rule")
    frame["kind"] = [KINDS.get(a, b) for a, b in zip(frame["defence"], usual, strict=True)]
    frame.loc[frame["kind"] == "counts, with an ε", "attack"] = "any, at most"
    return frame.assign(dominated=dominated(frame))


def dominated(frame: pd.DataFrame) -> list[bool]:
    """Whether some other row leaves no less use and no more success, and is better in one."""
    use, success = frame["use"].to_numpy(), frame["success"].to_numpy()
    return [
        bool(((use >= u) & (success <= s) & ((use > u) | (success < s))).any())
        for u, s in zip(use, success, strict=True)
    ]


def enough(frame: pd.DataFrame, at_most: Mapping[str, float]) -> pd.DataFrame:
    """The options that meet a need, none when nothing does. What was not measured meets nothing.

    >>> enough(options(), {"success": 0.05, "weekly_error": 0.02})["label"].tolist()
    []
    """
    fits = pd.Series(True, frame.index)
    for name, most in at_most.items():
        fits &= frame.get(f"{name}_high", frame[name]) <= most
    return frame[fits].sort_values("success", kind="stable")


def at_equal_use(frame: pd.DataFrame, least: float = 0.9) -> pd.DataFrame:
    """Of each defence the setting with the least success that leaves at least so much use."""
    left = frame[frame["use"] >= least].sort_values(["success", "use"], ascending=[True, False])
    return left.drop_duplicates("defence")


def criteria(frame: pd.DataFrame) -> pd.DataFrame:
    """WP216's criteria as columns: the worst of the measures that answer each."""
    each = {name: frame[[*measures]].max(axis=1) for name, measures in CRITERIA.items()}
    return frame[["label"]].assign(**each)


def numbers(frame: pd.DataFrame, measure: str) -> dict[str, Any]:
    """A measure of each option as a chapter names it, such as "swap.10.right", where it applies."""
    found: dict[str, Any] = {}
    for row in frame.dropna(subset=measure).to_dict("records"):
        name = f"{row['defence']}.{row['setting']}.{measure}"
        ends = [row.get(f"{measure}_{end}", row[measure]) for end in ("low", "high", "n")]
        drawn = f"{measure}_n" in row
        found[name] = Estimate(row[measure], *ends) if drawn else row[measure]
    return found

"""Every defence on one page: success left against use left, from the stored results of chapter 10.

    a dominates b   if   a leaves no less use and no more success, and one of the two is better
    a is enough     if   the upper end of each interval is within what is asked for

Success is that of the worst of the attacks that apply, at 1 % false alarms. Nothing is safe because
the attacks that were tried have failed.
"""

from typing import Any

import pandas as pd

from helpers import facts

# The criteria of the Article 29 Working Party, Opinion 05/2014 (WP216), and what answers each.
CRITERIA = {
    "singling out": ("alone",),
    "linkability": ("found", "right"),
    "inference": ("member", "streak"),
}
ATTACKS = ("found", "member", "streak")  # at 1 % false alarms


def options(world: str = "classroom") -> pd.DataFrame:
    """All that was measured of a world, a row a defence and setting.

    Columns: defence, setting, each measure and the ends of its interval where it was drawn (else
    the value again), `use` (1 - weekly_error, at least 0), `success` with its ends and the `attack`
    it is of, and whether the option is `dominated` by another. What does not apply is missing.
    """
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    for fact in facts.measured_under(f"frontier.{world}"):
        *of, name = fact.id.split(".")[2:]
        ends = [fact.value if end is None else end for end in (fact.low, fact.high)]
        line = lines.setdefault(tuple(of), {})
        line |= dict(zip((name, f"{name}_low", f"{name}_high"), (fact.value, *ends), strict=True))
    frame = pd.DataFrame.from_dict(lines, orient="index").rename_axis(["defence", "setting"])
    frame["use"] = (1 - frame["weekly_error"]).clip(lower=0)
    frame["attack"] = frame[[*ATTACKS]].fillna(0).idxmax(axis=1)
    for end in ("", "_low", "_high"):
        frame[f"success{end}"] = [row[f"{row['attack']}{end}"] for _, row in frame.iterrows()]
    return frame.assign(dominated=dominated(frame)).reset_index()


def dominated(frame: pd.DataFrame, use: str = "use", success: str = "success") -> pd.Series:
    """Whether some other row leaves no less use and no more success, and is better in one."""
    by = [
        (
            (frame[use] >= row[use])
            & (frame[success] <= row[success])
            & ((frame[use] > row[use]) | (frame[success] < row[success]))
        ).any()
        for _, row in frame.iterrows()
    ]
    return pd.Series(by, frame.index)


def enough(
    frame: pd.DataFrame, at_most: dict[str, float], at_least: dict[str, float] | None = None
) -> pd.DataFrame:
    """The options that meet a need; none when nothing does. What was not measured meets nothing.

    >>> enough(options(), {"weekly_error": 0.02, "success": 0.05})["defence"].tolist()
    []
    """
    fits = pd.Series(True, frame.index)
    for name, most in at_most.items():
        fits &= frame.get(f"{name}_high", frame[name]) <= most
    for name, least in (at_least or {}).items():
        fits &= frame.get(f"{name}_low", frame[name]) >= least
    return frame[fits].sort_values("success")


def at_equal_use(frame: pd.DataFrame, least: float = 0.9) -> pd.DataFrame:
    """Of each defence the setting with the least success that leaves at least so much use."""
    left = frame[frame["use"] >= least].sort_values(["success", "use"], ascending=[True, False])
    return left.drop_duplicates("defence")


def criteria(frame: pd.DataFrame) -> pd.DataFrame:
    """WP216's criteria as columns: the worst of the measures that answer each."""
    each = {name: frame[[*measures]].max(axis=1) for name, measures in CRITERIA.items()}
    return frame[["defence", "setting"]].assign(**each)

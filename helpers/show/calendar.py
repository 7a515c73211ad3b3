"""One row a viewer, one mark a day: what a streak looks like."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.show.figure import COLOURS, QUIET, Figure, ShowError, drawn, short
from helpers.tables import cell


def calendar(
    days: pd.DataFrame,
    *,
    start: str,
    end: str,
    title: str,
    description: str,
    viewer: str = "viewer",
    window: tuple[str, str] | None = None,
    group: str | None = None,
) -> Figure:
    """One row a viewer, in order of appearance, and a mark for each day watched.

    `days` has the columns `day`, `minutes` (several rows a day are summed), the one named by
    `viewer` and the one named by `group`, which stands above its viewers. `window` is shaded: the
    first and the last day of a question.
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    inside = days[pd.to_datetime(days["day"]).between(first, last)]
    viewers = inside.drop_duplicates(viewer)
    if not 1 <= len(viewers) <= 60:
        raise ShowError("calendar: give 1 to 60 viewers with days between start and end")
    by_day = inside.groupby([viewer, "day"], observed=True)["minutes"]
    watched = by_day.sum(min_count=1).reset_index()

    labels: list[str] = []
    heads: list[int] = []
    places = {}
    for name, part in zip(viewers[viewer], viewers[group or viewer], strict=True):
        if group and cell(part) not in labels:
            heads.append(len(labels))
            labels.append(cell(part))
        places[name] = len(labels)
        labels.append(cell(name))

    def paint(axes: Any) -> None:
        ticks = [pd.Timestamp(day) for day in window or (first, last)]
        left, right = ((day - first).days for day in ticks)
        if window:
            label = f"the {right - left + 1} days asked about"
            axes.axvspan(left - 0.5, right + 0.5, color="#EDEDED", zorder=0, label=label)
        x, y = (watched["day"] - first).dt.days, watched[viewer].map(places)
        for label, (mask, look) in _marks(watched["minutes"]).items():
            if mask.any():
                axes.plot(x[mask], y[mask], ls="none", color=COLOURS[0], label=label, **look)
        axes.set_xticks([left, right], [short(day) for day in ticks])
        axes.set_yticks(range(len(labels)), labels, fontsize=11)
        for place in heads:
            axes.get_yticklabels()[place].set_fontweight("bold")
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", color=QUIET, linewidth=0.2)
        axes.figure.legend(loc="outside lower left", ncols=2)

    numbers = viewers[[*([group] if group else []), viewer]].merge(_numbers(watched, viewer))
    return drawn(paint, numbers, title, description, height=1.8 + 0.25 * len(labels))


def _marks(minutes: pd.Series) -> dict[str, tuple[pd.Series, dict]]:
    """What the marks mean, which days have them, and how they look: shape and size, one colour."""
    hollow = {"marker": "s", "mfc": "white", "mew": 1.8}
    return {
        "under 20 minutes": (minutes < 20, {"marker": "o", "markersize": 4}),
        "20 to under 70 minutes": (minutes.between(20, 70, "left"), hollow),
        "70 minutes or more": (minutes >= 70, {"marker": "s", "markersize": 7}),
        "length not known": (minutes.isna(), {"marker": "x"}),
    }


def _numbers(watched: pd.DataFrame, viewer: str) -> pd.DataFrame:
    """For each viewer: days watched, the longest run of them, and the minutes."""
    by_viewer = watched.groupby(viewer, observed=True)
    run = (by_viewer["day"].diff() != pd.Timedelta(days=1)).cumsum()
    lengths = watched.groupby([viewer, run], observed=True).size()
    longest = lengths.groupby(viewer, observed=True).max()
    minutes = by_viewer["minutes"].sum(min_count=1)
    numbers = {"days": by_viewer.size(), "longest_run": longest, "minutes": minutes}
    return pd.DataFrame(numbers).reset_index()

"""One row a viewer, one mark a day: what a streak looks like."""

from typing import Any

import numpy as np
import pandas as pd

from helpers.show.figure import COLOURS, PALE, QUIET, Figure, ShowError, drawn, headed, short

# What the marks mean and how they look: by shape and size, in one colour.
LOOKS: dict[str, dict[str, Any]] = {
    "under 20 minutes": {"marker": "o", "markersize": 4},
    "20 to under 70 minutes": {"marker": "s", "mfc": "white", "mew": 1.8},
    "70 minutes or more": {"marker": "s", "markersize": 7},
    "length not known": {"marker": "x"},
}


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

    `days` has the columns `day`, `minutes` (several rows a day are summed), and those named by
    `viewer` and `group`, which stands above its viewers. `window`, two days, is shaded.
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    inside = days[pd.to_datetime(days["day"]).between(first, last)]
    viewers = inside.drop_duplicates(viewer).set_index(viewer)
    if not 1 <= len(viewers) <= 60:
        raise ShowError("calendar: give 1 to 60 viewers with days between start and end")
    by_day = inside.groupby([viewer, "day"], observed=True)["minutes"]
    watched = by_day.sum(min_count=1).reset_index()
    places, height, write = headed(viewers.index, viewers[group] if group else [""] * len(viewers))
    x = (watched["day"] - first).dt.days
    y = watched[viewer].map(dict(zip(viewers.index, places, strict=True)))

    def paint(axes: Any) -> None:
        ticks = [pd.Timestamp(day) for day in window or (first, last)]
        left, right = [(day - first).days for day in ticks]
        if window:
            label = f"the {right - left + 1} days asked about"
            axes.axvspan(left - 0.5, right + 0.5, color=PALE, zorder=0, label=label)
        steps = np.digitize(watched["minutes"], [20, 70])  # (rows,), a place in LOOKS
        steps[watched["minutes"].isna()] = 3
        for step, (label, look) in enumerate(LOOKS.items()):
            if (steps == step).any():
                at = x[steps == step], y[steps == step]
                axes.plot(*at, ls="none", color=COLOURS[0], label=label, **look)
        axes.set_xticks([left, right], [short(day) for day in ticks])
        write(axes, fontsize=11)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", color=QUIET, linewidth=0.2)
        axes.figure.legend(loc="outside lower left", ncols=2)

    by_viewer = watched.groupby(viewer, observed=True)
    run = by_viewer["day"].diff().ne(pd.Timedelta(days=1)).cumsum()
    longest = watched.groupby([viewer, run], observed=True).size().groupby(viewer).max()
    numbers = viewers[[group] if group else []].assign(days=by_viewer.size(), longest_run=longest)
    numbers["minutes"] = by_viewer["minutes"].sum(min_count=1)
    return drawn(paint, numbers.reset_index(), title, description, height=1.8 + 0.25 * height)

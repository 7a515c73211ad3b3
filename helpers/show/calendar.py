"""One row a viewer, one square a day: what a streak looks like."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure
from helpers.words import cell

MOST_ROWS = 60
STEPS = (20, 70)
LEGEND: dict[str, Any] = {"frameon": False, "fontsize": 11, "handletextpad": 0.2}


def calendar(
    days: pd.DataFrame,
    *,
    start: str | pd.Timestamp,
    end: str | pd.Timestamp,
    title: str,
    description: str,
    viewer: str = "viewer",
    window: tuple[str, str] | None = None,
    steps: tuple[float, float] = STEPS,
) -> Figure:
    """Return a figure with one row a viewer and one mark for each day watched.

    The mark tells how long: a dot under the first step of minutes, a small square under the
    second, a whole square from there on, a cross where the length is not known.

    Parameters
    ----------
    days : DataFrame
        Columns `viewer` (number or name), `day` and `minutes`; several rows a day are summed.
        Rows are drawn in the order in which the viewers first appear.
    start, end : day
        The first and the last day drawn.
    title, description : str
        What the figure shows; the description for those who cannot see it.
    viewer : str
        The column that names the rows.
    window : (day, day), optional
        Two days between which the ground is shaded: the days that a question asks about.
    steps : (float, float)
        Minutes at which the mark grows.

    Raises
    ------
    ShowError
        When a column is missing, no day lies between start and end, or there are over 60 viewers.

    Examples
    --------
    >>> watched = pd.DataFrame({"viewer": [7, 7, 7], "minutes": [90, 92, 1],
    ...     "day": pd.to_datetime(["2017-12-01", "2017-12-02", "2017-12-04"])})
    >>> calendar(watched, start="2017-12-01", end="2017-12-05", title="One viewer",
    ...     description="Viewer 7 misses one day of four.").numbers["longest_run"].tolist()
    [2]
    """
    canvas.need(days, [viewer, "day", "minutes"], where="calendar")
    first, last = _day(start, "start"), _day(end, "end")
    names = list(dict.fromkeys(days[viewer]))
    summed = _summed(days, viewer, first, last)
    if len(names) > MOST_ROWS:
        raise ShowError(f"calendar: {len(names)} viewers were given; at most {MOST_ROWS} fit")
    if summed.empty:
        raise ShowError(f"calendar: no day between {first.date()} and {last.date()} was watched")
    minutes = summed["minutes"]
    shaded = tuple(_day(d, "window") for d in window) if window else None

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        _ground(axes, len(names), (last - first).days + 1, shaded, first)
        _marks(
            axes, (summed["day"] - first).dt.days, summed[viewer].map(names.index), minutes, steps
        )
        _axes(axes, [cell(name, commas=False) for name in names], first, last)
        figure.legend(loc="outside lower left", ncols=2, **LEGEND)
        canvas.heading(axes, title)

    numbers = _numbers(summed, viewer, names)
    return Figure(canvas.render(paint, height=2.0 + 0.23 * len(names)), description, numbers)


def _day(value: Any, name: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(value).tz_localize(None).normalize()
    except (TypeError, ValueError):
        raise ShowError(f'calendar: {name}={value!r} is no day; write "2017-12-10"') from None


def _summed(
    days: pd.DataFrame, viewer: str, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """One row a viewer and day within the days drawn; unknown when a length is unknown."""
    held = days[[viewer, "day", "minutes"]].assign(day=pd.to_datetime(days["day"]).dt.normalize())
    held = held[held["day"].between(first, last)]
    minutes = held.groupby([viewer, "day"], observed=True, sort=False)["minutes"]
    return minutes.agg(lambda m: m.sum(skipna=False)).reset_index()


def _kinds(minutes: pd.Series, steps: tuple[float, float]) -> list[tuple[Any, str, dict]]:
    """Which days get which mark, with the mark's words."""
    low, high = steps
    blue = {"color": canvas.COLOURS[0]}
    return [
        (minutes < low, f"under {low:g} minutes", {"marker": "o", "markersize": 4, **blue}),
        (
            (minutes >= low) & (minutes < high),
            f"{low:g} to under {high:g} minutes",
            {"marker": "s", "markersize": 6, "mfc": "white", "mew": 1.8, **blue},
        ),
        (minutes >= high, f"{high:g} minutes or more", {"marker": "s", "markersize": 9, **blue}),
        (minutes.isna(), "length not known", {"marker": "x", "markersize": 6, **blue}),
    ]


def _marks(
    axes: Any, x: pd.Series, y: pd.Series, minutes: pd.Series, steps: tuple[float, float]
) -> None:
    """The marks of each kind that occurs, so that the legend names no other."""
    for mask, label, style in _kinds(minutes, steps):
        if mask.any():
            axes.plot(x[mask], y[mask], linestyle="none", label=label, **style)


def _ground(axes: Any, rows: int, days: int, shaded: Any, first: pd.Timestamp) -> None:
    """A pale tick for each day not watched, and the shaded window."""
    grid = [(x, y) for y in range(rows) for x in range(days)]
    axes.plot(*zip(*grid, strict=True), "|", color="#AAAAAA", markersize=3, zorder=1)
    if shaded:
        left, right = ((day - first).days for day in shaded)
        label = f"the {right - left + 1} days asked about"
        axes.axvspan(left - 0.5, right + 0.5, color="#EDEDED", zorder=0, label=label)
        for edge in (left - 0.5, right + 0.5):
            axes.axvline(edge, color=canvas.QUIET, linewidth=1.2, zorder=0)


def _axes(axes: Any, names: list[str], first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Names on the left, days along the bottom, no frame."""
    days = pd.date_range(first, last)
    step = max(1, -(-len(days) // 5))
    # Counted back from the last day, which is the one that a question names.
    places = list(range(len(days) - 1, -1, -step))
    axes.set_xticks(places, [canvas.day_text(days[i]) for i in places])
    axes.set_yticks(range(len(names)), names, fontsize=11)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _numbers(summed: pd.DataFrame, viewer: str, names: list[Any]) -> pd.DataFrame:
    """For each viewer: days watched, the longest run of them, and the minutes."""
    rows = []
    for name in names:
        held = summed[summed[viewer] == name].sort_values("day")
        run = (held["day"].diff() != pd.Timedelta(days=1)).cumsum()
        longest = int(run.value_counts().max()) if len(held) else 0
        minutes = held["minutes"].sum(min_count=1, skipna=True)
        ends = (held["day"].min(), held["day"].max())
        rows.append((name, len(held), longest, *ends, minutes))
    columns = [viewer, "days", "longest_run", "first_day", "last_day", "minutes"]
    return pd.DataFrame(rows, columns=columns)

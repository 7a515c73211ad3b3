"""One row a viewer, one square a day: what a streak looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure, sentence
from helpers.show.groups import grouped, headings, places, said
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
    group: str | None = None,
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
    group : str, optional
        The column that names the group of each row, such as "among the 53"; its name stands above
        its rows, which must follow each other.
    steps : (float, float)
        Minutes at which the mark grows.

    Raises
    ------
    ShowError
        When a column is missing, no day lies between start and end, there are over 60 viewers, or
        the rows of a group do not stand together.

    Examples
    --------
    >>> watched = pd.DataFrame({"viewer": [7, 7, 7], "minutes": [90, 92, 1],
    ...     "day": pd.to_datetime(["2017-12-01", "2017-12-02", "2017-12-04"])})
    >>> calendar(watched, start="2017-12-01", end="2017-12-05", title="One viewer",
    ...     description="Viewer 7 misses one day of four.").numbers["longest_run"].tolist()
    [2]
    """
    canvas.need(days, [viewer, "day", "minutes", group], where="calendar")
    first, last = _day(start, "start"), _day(end, "end")
    shaded = tuple(_day(d, "window") for d in window) if window else ()
    names = list(dict.fromkeys(days[viewer]))
    summed = _summed(days, viewer, first, last)
    _refuse(len(names), summed, first, last)
    numbers = _numbers(summed, viewer, names)
    groups = grouped(days, viewer, group) if group else {}
    rows = places(groups) or [float(row) for row in range(len(names))]
    if group:
        numbers.insert(0, group, [name for name, size in groups.items() for _ in range(size)])
        description = f"{sentence(description)} {said(groups)}"

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        _ground(axes, rows, (last - first).days + 1, shaded, first)
        _marks(axes, summed, summed[viewer].map(lambda name: rows[names.index(name)]), steps)
        _axes(axes, dict(zip(rows, names, strict=True)), first, last, shaded)
        headings(axes, groups, rows)
        canvas.heading(axes, title)

    return Figure(canvas.render(paint, height=2.23 + 0.23 * rows[-1]), description, numbers)


def _refuse(rows: int, summed: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Refuse more rows than fit, and days of which none was watched."""
    if rows > MOST_ROWS:
        raise ShowError(f"calendar: {rows} viewers were given; at most {MOST_ROWS} fit")
    if summed.empty:
        raise ShowError(f"calendar: no day between {first.date()} and {last.date()} was watched")


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
    summed = minutes.agg(lambda m: m.sum(skipna=False)).reset_index()
    return summed.assign(place=(summed["day"] - first).dt.days)


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


def _marks(axes: Any, summed: pd.DataFrame, y: pd.Series, steps: tuple[float, float]) -> None:
    """The marks of each kind that occurs, and the legend, which names no other."""
    for mask, label, style in _kinds(summed["minutes"], steps):
        if mask.any():
            axes.plot(summed["place"][mask], y[mask], linestyle="none", label=label, **style)
    axes.figure.legend(loc="outside lower left", ncols=2, **LEGEND)


def _ground(axes: Any, rows: list[float], days: int, shaded: Any, first: pd.Timestamp) -> None:
    """A pale tick for each day not watched, and the shaded window."""
    grid = [(x, y) for y in rows for x in range(days)]
    axes.plot(*zip(*grid, strict=True), "|", color="#AAAAAA", markersize=3, zorder=1)
    if shaded:
        left, right = ((day - first).days for day in shaded)
        label = f"the {right - left + 1} days asked about"
        axes.axvspan(left - 0.5, right + 0.5, color="#EDEDED", zorder=0, label=label)
        for edge in (left - 0.5, right + 0.5):
            axes.axvline(edge, color=canvas.QUIET, linewidth=1.2, zorder=0)


def _axes(
    axes: Any,
    names: Mapping[float, Any],
    first: pd.Timestamp,
    last: pd.Timestamp,
    named: Sequence[pd.Timestamp],
) -> None:
    """Names on the left, days along the bottom, no frame."""
    axes.set_xticks(*_ticks(first, last, named))
    axes.set_yticks(list(names), [cell(name, commas=False) for name in names.values()], fontsize=11)
    axes.set_ylim(max(names) + 0.6, -0.6)
    axes.set_xlim(-0.7, (last - first).days + 0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _ticks(
    first: pd.Timestamp, last: pd.Timestamp, named: Sequence[pd.Timestamp]
) -> tuple[list[int], list[str]]:
    """Where days are written along the bottom, and the days: those named first of all."""
    days = pd.date_range(first, last)
    # Counted back from the last day, which is the one that a question names.
    wanted = [days[-1], days[0]] if named else days[:: -max(1, -(-len(days) // 5))]
    kept: list[int] = []
    for day in [*reversed(named), *wanted]:
        place = (day - first).days
        # A written day takes about an eighth of the width.
        if day in days and all(abs(place - other) >= len(days) / 8 for other in kept):
            kept.append(place)
    return sorted(kept), [canvas.day_text(days[place]) for place in sorted(kept)]


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

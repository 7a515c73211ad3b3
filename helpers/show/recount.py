"""A panel that counts again when a definition is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import log, words
from helpers.show.canvas import MONTHS, ShowError, need

if TYPE_CHECKING:
    from helpers.show.panel import Panel

ZONES = ("local", "UTC", "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo")


def recount(
    plays: pd.DataFrame,
    title: str,
    *,
    days: int = 18,
    until: str = "2017-12-10",
    who: str = "viewer",
    at_least: int = 0,
    zone: str = "local",
    zones: Sequence[str] = ZONES,
    minutes: int = 92,
    most_days: int = 24,
    count: Callable[..., Any] | None = None,
) -> Panel:
    """Return a panel of five controls and one sentence that counts again at each change.

    Only the plays of the title are kept, cut once, so that a change is answered at once. A
    combination that the question refuses shows the reason in place of a count.

    Parameters
    ----------
    plays : DataFrame
        A viewing log.
    title : str
        The title asked about.
    days, until, who, at_least, zone
        The definition to start from, as for `ask.watched_every_day`.
    zones : sequence of str
        The zones offered: "local", "UTC" or IANA names.
    minutes, most_days : int
        Where the sliders for minutes a day and for days end.
    count : callable, optional
        What counts; else `ask.watched_every_day`.

    Raises
    ------
    ShowError
        When the log has no play of the title (near titles are offered), or the start lies outside
        what the controls offer.
    """
    if count is None:
        from helpers import ask

        count = ask.watched_every_day
    need(plays, ["viewer", "account", "title", "started_at", "zone"], where="recount")
    cut = _cut(plays, title)
    start = {"at_least": at_least, "days": days, "until": until, "who": who, "zone": zone}
    choices = {
        "at_least": range(minutes + 1),
        "days": range(1, most_days + 1),
        "until": _last_days(cut, title),
        "who": ("viewer", "account"),
        "zone": tuple(zones),
    }
    _offered(start, choices)
    from helpers.show.panel import Panel

    def answer(**definition: Any) -> str:
        return _answer(count, cut, title, definition)

    return Panel(start, choices, answer)


def _offered(start: Mapping[str, Any], choices: Mapping[str, Sequence[Any]]) -> None:
    """Refuse a start that the controls do not offer."""
    for name, value in start.items():
        if value not in choices[name]:
            first, *_, last = choices[name]
            raise ShowError(
                f"recount: {name}={value!r} is not among the choices, {first!r} to {last!r}"
            )


def _cut(plays: pd.DataFrame, title: str) -> pd.DataFrame:
    """The plays of one title, and the first and last of the log, so that its bounds are known."""
    cut = plays[plays["title"] == title]
    if cut.empty:
        near = log.nearest(str(title), plays["title"].astype(str).unique())
        offer = f"; is it {near!r}?" if near else ""
        raise ShowError(f"recount: no play of {title!r} in this log{offer}")
    ends = plays.loc[[plays["started_at"].idxmin(), plays["started_at"].idxmax()]]
    cut = pd.concat([ends[ends["title"] != title], cut], ignore_index=True)
    if isinstance(cut["title"].dtype, pd.CategoricalDtype):
        cut["title"] = cut["title"].cat.remove_unused_categories()
    return cut


def _last_days(cut: pd.DataFrame, title: str) -> tuple[str, ...]:
    """Every day from the title's first local day to the log's last, as text."""
    local = log.day(cut)
    first = local[cut["title"] == title].min()
    return tuple(str(day.date()) for day in pd.date_range(first, local.max()))


def _answer(count: Callable[..., Any], cut: pd.DataFrame, title: str, definition: dict) -> str:
    """The sentence for one definition, as HTML; the reason where there is no count."""
    try:
        found = len(count(cut, title, **definition))
    except ValueError as error:
        return f"This definition is refused: {words.escape(str(error))}"
    return f"<strong>{found:,}</strong> {words.escape(_sentence(found, title, **definition))}"


def _sentence(
    found: int, title: str, *, days: int, until: str, who: str, at_least: int, zone: str
) -> str:
    """What was counted, in words, without the count itself."""
    when = f"on {long_day(until)}"
    if days > 1:
        when = f"on each of the {days} days that end {when}"
    long = f", at least {at_least} {'minute' if at_least == 1 else 'minutes'} a day" * (
        at_least > 0
    )
    where = "" if zone == "local" else f", by the calendar of {zone}"
    return f"{who}{'' if found == 1 else 's'} watched {title} {when}{long}{where}."


def long_day(day: Any) -> str:
    """Return a day in full words, the same in every language of a system.

    Examples
    --------
    >>> long_day("2017-12-10")
    '10 December 2017'
    """
    stamp = pd.Timestamp(day)
    return f"{stamp.day} {MONTHS[stamp.month - 1]} {stamp.year}"

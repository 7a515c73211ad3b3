"""The truth about the planted viewers, in a table and in sentences."""

import numpy as np
import pandas as pd

from . import clock, words
from .cast import Plan
from .film import Planted

_PROPERTIES = {
    "half": "on some of them only a part, 24 to 58 minutes",
    "minutes": "on some of them for 3 to 15 minutes",
    "looks": "on some of them for less than two minutes",
    "western evenings": "in the evening on weekdays, which is the next day in UTC",
    "eastern mornings": "in the morning at weekends, which is the day before in New York",
}
_REASONS = {
    "missed a day": "Played it every day but {}.",
    "began a day late": "Played it every day from 24 November on, a day too late for 18.",
    "stopped a day early": "Played it every day until 9 December, a day short of the last.",
    "took turns": "Two people on one account played it in turn: the account has every day, "
    "neither viewer has.",
    "after midnight, Berlin": "Put it on after midnight on {}, so by local days that day is "
    "missing; in UTC and in New York it was still that day.",
    "after midnight, Sao Paulo": "Put it on after midnight on {}, so by local days that day is "
    "missing; in New York it was still that day, in UTC it was not.",
    "another title on one day": f"Played {words.TRAILER}, another title, on {{}} instead.",
    "weekends only": "Played it on Saturdays and Sundays only.",
    "eighteen other days": "Played it on 18 days in a row or more, but not on those that end on "
    "10 December.",
}


def table(planted: Planted) -> pd.DataFrame:
    """A row for each planted viewer: who, which kind, counted or not, and why; the 53 first."""
    plans = planted.plans
    first, last = ([plan.days()[end] for plan in plans] for end in (0, -1))
    frame = pd.DataFrame(
        {
            "viewer": planted.viewer,
            "account": planted.account,
            "kind": [plan.kind for plan in plans],
            "counted": [plan.counted for plan in plans],
            "first_day": (clock.FIRST + np.array(first)).astype("datetime64[s]"),
            "last_day": (clock.FIRST + np.array(last)).astype("datetime64[s]"),
            "why": [why(plan) for plan in plans],
        }
    )
    return frame.sort_values(["counted", "viewer"], ascending=[False, True], ignore_index=True)


def why(plan: Plan) -> str:
    """The sentence that says why a planted viewer is counted or not."""
    if not plan.counted:
        return _REASONS[plan.kind].format(*(_date(day) for day in sorted(plan.off)[:1]))
    parts = [_PROPERTIES[name] for name in (plan.length, plan.hours) if name in _PROPERTIES]
    if plan.partner is not None:
        parts.append("beside another of the 53 on the same account")
    text = f"Played {words.FILM} on each day from 23 November to 10 December"
    return ", ".join([text, *parts]) + "."


def _date(day: int) -> str:
    date = pd.Timestamp(clock.FIRST + day)
    return f"{date.day} {date.month_name()}"

"""What the sample chapter imports: three exercises and a figure of its own."""

from __future__ import annotations

import base64
import io
from typing import Any

from helpers.learn import Choice, Exercise, Wrong

EXERCISES = {
    each.id: each
    for each in (
        Exercise(
            "99.1",
            "predict",
            "How many days has a weekend?",
            right=2,
            because="Saturday and Sunday.",
            solution="answer = 2",
            hints=["Count from Friday evening.", "It ends when Monday begins."],
            wrong=[
                Wrong("answer = 5", 5, "Those are the days of work."),
                Wrong("answer = 7", 7, "That is the whole week."),
            ],
        ),
        Choice(
            "99.2",
            "Which day ends the week?",
            options={"a": "Friday", "b": "Sunday"},
            right="b",
            because="By ISO 8601 a week ends on Sunday.",
            wrong={"a": "That ends the days of work."},
            hints=["Count from Monday.", "ISO 8601 says it."],
        ),
        Exercise(
            "99.3",
            "fix",
            "Mend the sum so that it adds all three days.",
            right=6,
            because="The slice left the last day out.",
            solution="days = [1, 2, 3]\nanswer = sum(days)",
            hints=["Look at the slice.", "A slice leaves its end out."],
            wrong=[Wrong("days = [1, 2, 3]\nanswer = days", [1, 2, 3], "A sum is one number.")],
            untouched=3,
        ),
        Exercise(
            "99.4",
            "fill in",
            "Fill in the name of the column.",
            right="viewer",
            because="A viewer is a person.",
            solution='answer = "viewer"',
            hints=["Who watches?", "A person, and no household."],
            wrong=[Wrong('answer = "account"', "account", "That is a household.")],
        ),
    )
}


class learn:  # noqa: N801 - stands where a chapter has the module
    """As a chapter sees helpers.learn."""

    @staticmethod
    def exercise(id: str) -> Exercise:
        """One of the sample's exercises."""
        return EXERCISES[id]


class Picture:
    """A line, with its description, as a chapter shows a figure."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(2, 1), dpi=50)
        figure.subplots().plot([1, 2, 3])
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
        data = base64.b64encode(file.getvalue()).decode()
        alt = "A line that rises from one to three in two equal steps."
        return {
            "text/plain": f"Figure: {alt}",
            "text/html": f'<img alt="{alt}" src="data:image/png;base64,{data}">',
        }

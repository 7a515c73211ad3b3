"""What the sample chapter imports: two exercises and a picture of its own."""

from typing import Any

from helpers.learn import Choice, Exercise

EXERCISES = {
    "00.1": Exercise(
        "00.1",
        "predict",
        "How many days has a weekend?",
        right=2,
        because="Saturday and Sunday.",
        wrong={5: "Those are the days of work.", 7: "That is the whole week."},
        hints=["Count from Friday evening.", "It ends when Monday begins."],
    ),
    "00.2": Choice(
        "00.2",
        "Which day ends the week?",
        options={"a": "Friday", "b": "Sunday"},
        right="b",
        because="By ISO 8601 a week ends on Sunday.",
        wrong={"a": "That ends the days of work."},
        hints=["Count from Monday.", "ISO 8601 says it."],
    ),
}


class learn:  # noqa: N801 - stands where a chapter has the module
    """As a chapter sees helpers.learn."""

    exercise = staticmethod(EXERCISES.__getitem__)


class Picture:
    """A picture with its description, as a chapter shows a figure."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        alt = "A line that rises from one to three in two equal steps."
        image = f'<img alt="{alt}" src="data:image/png;base64,iVBORw0KGgo=">'
        return {"text/plain": f"Figure: {alt}", "text/html": image}

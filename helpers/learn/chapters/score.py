"""The exercises of chapter 04 on the score: its formula, and the lead over the second."""

from helpers.learn import Exercise, Wrong

_STARS, _DAYS = "np.exp(-stars.abs() / 1.5)", "np.exp(-late.abs() / 30)"


def _scored(near: str = f"{_STARS} + {_DAYS}", by: str = "/") -> str:
    """The lines of exercise 04.2 with another bracket, or another use of the weight."""
    return f"""every = known.merge(release, on="title", suffixes=("_said", ""))
stars = every["stars_said"] - every["stars"]
late = (every["day_said"] - every["day"]).dt.days
near = {near}
score = near {by} np.log(every["title"].map(support))
answer = score.groupby(every["pseudonym"]).sum().max()"""


def _led(by: str) -> str:
    """The lines of exercise 04.3, with another divisor."""
    return f"best, second = hand.nlargest(2)\nanswer = (best - second) / {by}"


# Brackets of exercise 04.2 that are mended by half, what comes of each, and what is said to it.
_HALF = (
    (
        "np.exp(-stars / 1.5) + np.exp(-late / 30)",
        34.02040,
        "The minus sign alone turns it round: now whoever watched after the review wins, "
        "the later the better. Which differences should count alike?",
    ),
    (
        "np.exp(stars.abs() / 1.5) + np.exp(late.abs() / 30)",
        64.83564,
        "With the absolute value alone the candidate who is farthest off wins. A greater "
        "difference should make the term smaller.",
    ),
    (
        f"{_STARS} + np.exp(late / 30)",
        55.27927,
        "The stars are mended. The days have the same two faults.",
    ),
    (
        f"np.exp(stars / 1.5) + {_DAYS}",
        3.56186,
        "The days are mended. The stars have the same two faults.",
    ),
    (
        f"{_STARS} + np.exp(-late / 30)",
        33.90588,
        "The stars are mended. For the days a difference must count alike in both ways.",
    ),
    (
        f"{_STARS} * {_DAYS}",
        0.47694,
        "Both terms are mended. They are added: a day far off leaves what the stars say.",
    ),
    (
        "np.exp(-stars.abs() / 30) + np.exp(-late.abs() / 1.5)",
        0.64420,
        "The scales have changed places: 1.5 is for stars, 30 for days.",
    ),
)

FORMULA = Exercise(
    "04.2",
    "fix",
    "Mend the formula as it is printed: `answer` is the highest score of all candidates.",
    right=0.98676,
    within=0.0005,
    because="With the minus sign and the absolute value a difference lowers the score, "
    "whichever way it goes; as printed it raises the score without limit.",
    solution=_scored(),
    untouched=55.62546,
    wrong=[
        *(Wrong(_scored(near), value, said) for near, value, said in _HALF),
        Wrong(
            _scored(by="*"),
            37.14817,
            "The bracket is mended, and now popular titles weigh most: the weight is one over "
            "the logarithm.",
        ),
    ],
    hints=[
        "What is `np.exp(late / 30)` for somebody who watched 90 days before the review?",
        "Two things are missing inside each `np.exp`: a sign, and `.abs()`.",
    ],
)

LEAD = Exercise(
    "04.3",
    "fill in",
    "What is the eccentricity of the best of the four candidates?",
    right=1.61953,
    within=0.001,
    because="The lead over the second, in population standard deviations of all candidates.",
    solution=_led("hand.std(ddof=0)"),
    wrong=[
        Wrong(
            _led("hand.std()"),
            1.40256,
            "pandas divides by n - 1, as for a sample. The candidates are all there are.",
        ),
        Wrong(
            _led("hand[hand > 0].std(ddof=0)"),
            1.83597,
            "The candidate with 0 was left out. All count, those who share nothing too.",
        ),
        Wrong(
            "answer = (hand.max() - hand.mean()) / hand.std(ddof=0)",
            1.59523,
            "That is the distance from the mean. What matters is the distance from the next.",
        ),
        Wrong(
            _led("1"),
            0.58907,
            "That is the lead in points. Divide it by the standard deviation.",
        ),
        Wrong(
            _led("hand.max()"),
            0.59697,
            "That is the lead as a share of the best. Divide it by the standard deviation.",
        ),
        Wrong(
            "answer = hand.max() / hand.std(ddof=0)",
            2.71291,
            "That is how far the best is from 0. What matters is its lead over the second.",
        ),
    ],
    hints=[
        "`hand.nlargest(2)` gives the best and the second.",
        "`.std(ddof=0)` is the deviation of a population.",
    ],
)

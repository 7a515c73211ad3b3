"""The exercises of chapter 04, linkage."""

from helpers.learn import Choice, Exercise, Wrong

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


EXERCISES = (
    Exercise(
        "04.1",
        "predict",
        "Of the 1,000 reviewers who are viewers, how many does the merge on title and day link "
        'rightly: "almost none", "under half" or "nearly all"?',
        right="under half",
        options=("almost none", "under half", "nearly all"),
        because="About one review in four has the right day. Two or three such rows often tell a "
        "pseudonym from the others; one seldom does.",
        solution='answer = "under half"',
        wrong=[
            Wrong(
                'answer = "almost none"',
                "almost none",
                "Most reviews are late, but not all, and two rows that meet are hard to share.",
            ),
            Wrong(
                'answer = "nearly all"',
                "nearly all",
                "That needs most days to be exact. A merge knows equal and unequal, not nearly.",
            ),
        ],
        hints=[
            "Which rows of a reviewer can meet her own rows at all?",
            "Some reviews are on time, most are late. And a rare title has few viewers on a day.",
        ],
    ),
    Exercise(
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
            Wrong(
                _scored("np.exp(-stars / 1.5) + np.exp(-late / 30)"),
                34.02040,
                "The minus sign alone turns it round: now whoever watched after the review wins, "
                "the later the better. Which differences should count alike?",
            ),
            Wrong(
                _scored("np.exp(stars.abs() / 1.5) + np.exp(late.abs() / 30)"),
                64.83564,
                "With the absolute value alone the candidate who is farthest off wins. A greater "
                "difference should make the term smaller.",
            ),
            Wrong(
                _scored(f"{_STARS} + np.exp(late / 30)"),
                55.27927,
                "The stars are mended. The days have the same two faults.",
            ),
            Wrong(
                _scored(by="*"),
                37.14817,
                "The bracket is mended, and now popular titles weigh most: the weight is one over "
                "the logarithm.",
            ),
            Wrong(
                _scored("np.exp(-stars.abs() / 30) + np.exp(-late.abs() / 1.5)"),
                0.64420,
                "The scales have changed places: 1.5 is for stars, 30 for days.",
            ),
        ],
        hints=[
            "What is `np.exp(late / 30)` for somebody who watched 90 days before the review?",
            "Two things are missing inside each `np.exp`: a sign, and `.abs()`.",
        ],
    ),
    Exercise(
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
        ],
        hints=[
            "`hand.nlargest(2)` gives the best and the second.",
            "`.std(ddof=0)` is the deviation of a population.",
        ],
    ),
    Exercise(
        "04.4",
        "fill in",
        "Which share of all the names that are linked at 1.5 is linked rightly?",
        right=0.854854,
        within=0.0006,
        because="Linked are the right and the wrong ones of both rows; refused ones are not.",
        solution='answer = table["right"].sum() / table[["right", "wrong"]].to_numpy().sum()',
        wrong=[
            Wrong(
                'answer = table["right"].sum() / table.loc["viewers"].sum()',
                0.907,
                "That is of the viewers, how many are found. Divide by those who are linked.",
            ),
            Wrong(
                'answer = table.loc["viewers", "right"] / table.iloc[0, :2].sum()',
                0.993428,
                "The outsiders who are linked are missing. The attacker can't tell them apart.",
            ),
            Wrong(
                'answer = table["right"].sum() / table.to_numpy().sum()',
                0.4535,
                "That counts a refusal as if it were wrong. Who is refused is not linked.",
            ),
        ],
        hints=[
            "Who is linked? Two of the three columns, and both rows.",
            "`table[...].to_numpy().sum()` adds up several columns over both rows.",
        ],
    ),
    Exercise(
        "04.5",
        "fill in",
        'Which pseudonym has the person for the nickname "Leo"?',
        right=5_017_358,
        within=0,
        because="The card and the release are enough; the key was not needed.",
        solution="answer = board.match(leo.known).pseudonym",
        wrong=[
            Wrong(
                'answer = release.merge(leo.known, on="title")["pseudonym"].mode()[0]',
                5_004_970,
                "Three pseudonyms have all the titles on the card, and this is one with many "
                "others besides. Days and stars tell them apart.",
            ),
            Wrong(
                'answer = release.merge(leo.known, on=["title", "day"])["pseudonym"].mode()[0]',
                5_004_078,
                "That one shares the most titles on the very day; the friend's days are not exact.",
            ),
            Wrong(
                "answer = match.pseudonym",
                5_015_457,
                'That is the person for "Ada". Match the card of `leo`.',
            ),
            Wrong(
                "answer = board.match(leo.known).eccentricity",
                lambda answer: 4 < answer < 5,
                "That is by how much the best stands out. Who is it?",
            ),
        ],
        hints=[
            "The same two steps as for your own person: the card stands in `leo.known`.",
            "What `board.match(...)` returns has several fields; one of them is asked for.",
        ],
    ),
    Choice(
        "04.6",
        "Some candidates share the highest score. What should the attack answer?",
        options={
            "a": "the first of them, since one must be given",
            "b": "one of them, drawn by chance",
            "c": "the one of them with the most titles",
            "d": "nobody, and how many fit alike",
        },
        right="d",
        because="Any other answer names somebody else nine times in ten. That ten are left of "
        "so many is still something that the attacker has learnt.",
        wrong={
            "a": "The first by number is first by chance: nine times in ten it is somebody else.",
            "b": "A fair draw is right one time in ten, and looks like a finding all the same.",
            "c": "Who has many titles agrees with many cards; that is what the vote got wrong.",
        },
        hints=[
            "What does each of the answers get wrong, and how often?",
            "What is the eccentricity when the second is as good as the best?",
        ],
    ),
)

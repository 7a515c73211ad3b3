"""The exercises of chapter 04, linkage; two of them stand in `score`."""

from helpers.learn import Choice, Exercise, Wrong
from helpers.learn.chapters import score

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
    score.FORMULA,
    score.LEAD,
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

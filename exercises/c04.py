"""The exercises of chapter 04, linkage."""

from helpers.learn import Choice, Exercise, between

EXERCISES = (
    Exercise(
        "04.1",
        "predict",
        "Of the 1,000 reviewers who are viewers, how many does the merge on title and day link "
        'rightly: "almost none", "under half" or "nearly all"?',
        options=("almost none", "under half", "nearly all"),
        right="under half",
        because="About one review in four has the right day. Two or three such rows often tell a "
        "pseudonym from the others; one seldom does.",
        wrong={
            "almost none": "Most reviews are late, but not all, and few people share two rows.",
            "nearly all": "That needs the exact day of most. A merge knows equal, but not nearly.",
        },
        hints=[
            "Which rows of a reviewer can meet her own rows at all?",
            "Some reviews are on time, most are late. And few watch a rare title on one day.",
        ],
    ),
    Exercise(
        "04.2",
        "fix",
        "Fix the formula as it is printed: `answer` is the highest score of all candidates.",
        right=0.98676,
        within=0.0005,
        because="With the minus sign and the absolute value a difference lowers the score, "
        "whichever way it goes. As printed it raises the score without limit.",
        solution="near = np.exp(-stars.abs() / 1.5) + np.exp(-late.abs() / 30)\n"
        'score = near / np.log(every["title"].map(support))\n'
        'answer = score.groupby(every["pseudonym"]).sum().max()',
        untouched=55.62546,
        wrong={
            34.02040: "You added the sign. Now whoever watched after the review wins. Should it "
            "matter which of the two came first?",
            64.83564: "You took absolute values. Now whoever is farthest off wins. Should a "
            "greater difference make the term larger?",
            55.27927: "The stars are fixed. The days have the same two faults.",
        },
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
        solution="best, second = hand.nlargest(2)\nanswer = (best - second) / hand.std(ddof=0)",
        wrong={
            0.58907: "That is the lead itself. Divide it by the standard deviation.",
            2.71291: "That is the best score in standard deviations. Take its lead instead.",
            1.40256: "pandas divides by n - 1, as for a sample. These four are all there are.",
        },
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
        because="The right and the wrong ones of both rows are linked; the refused ones are not.",
        solution='answer = table["right"].sum() / table[["right", "wrong"]].to_numpy().sum()',
        wrong={
            0.907: "That is the share of viewers who are found. Divide by all who are linked.",
            0.993428: "You left out the outsiders. The attacker cannot tell them apart.",
            between(0.83, 0.87): "That is near, but rounded. Give at least three digits.",
        },
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
        because="The card and the release are enough; the key was not needed.",
        solution="answer = board.match(leo.known).pseudonym",
        wrong={
            5_004_970: "She has all the titles on the card, and many more. Use the days, too.",
            5_015_457: 'That is the person for "Ada". Match the card of `leo`.',
            between(4, 5): "That is the eccentricity: how far the best stands out. Who is it?",
        },
        hints=[
            "Take the same two steps as for your own person. The card is `leo.known`.",
            "What `board.match(...)` returns has several fields. Which one is asked for?",
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
        because="Any other answer names somebody else nine times in ten. The attacker has still "
        "learnt something: only ten of so many are left.",
        wrong={
            "a": "The first is first by chance. Nine times in ten she is somebody else.",
            "b": "A fair draw is right one time in ten, yet it looks like a finding.",
            "c": "Who has many titles fits many cards. The vote went wrong in the same way.",
        },
        hints=[
            "What does each of the answers get wrong, and how often?",
            "What is the eccentricity when the second is as good as the best?",
        ],
    ),
)

"""The exercises of chapter 04, linkage."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "04.1",
        "predict",
        "Of the 1,000 reviewers who are viewers, how many does the merge on title and day link "
        'rightly: "almost none", "under half" or "nearly all"?',
        options=("almost none", "under half", "nearly all"),
        right="under half",
        reveal="It is {} of 1,000. ({} more are linked wrongly, and so are {} outsiders.)",
        because="About one review in four has the right day. Two or three such rows often tell a "
        "pseudonym from the others; one seldom does.",
        wrong={
            "almost none": "Most reviews are late, but not all, and few people share two rows.",
            "nearly all": 'Most reviews are late. A merge knows "equal", not "nearly".',
        },
        hints=[
            "Which rows of a reviewer can meet her own rows at all?",
            "Some reviews are on time, most are late. And few watch a rare title on one day.",
        ],
    ),
    Exercise(
        "04.2",
        "fix",
        "Fix the formula as it is printed: `answer` is the lead of the best over the second.",
        right=0.408261,
        within=0.0005,
        because="Now a difference lowers the score, whichever way it goes. As printed it adds.",
        solution="near = np.exp(-stars.abs() / 1.5) + np.exp(-late.abs() / 30)\n"
        'score = near / np.log(every["title"].map(support))\n'
        'best, second = score.groupby(every["pseudonym"]).sum().nlargest(2)\n'
        "answer = best - second",
        untouched=4.333205,
        wrong={
            0.0: "You added the sign. Now whoever watched after the review wins, and several do. "
            "Should it matter which of the two came first?",
            either(5.695, between(3.5, 6.1), 1.77, 1.646, 0.069, 0.223, within=1e-3): "In one "
            "of the terms, or both, a difference can raise the score. Put -2, 0 and 2 into each.",
            either(-0.408261, 6.47, 6.833, 0.986757, within=1e-3): "The formula is right now. The "
            "lead is the best less the second, in this order, and not divided by σ.",
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
        because="It is the lead over the second, in standard deviations of all four candidates.",
        solution="best, second = hand.nlargest(2)\nanswer = (best - second) / hand.std(ddof=0)",
        wrong={
            either(
                0.5891, -0.5891, 0.3637, 0.987, -1.6195, 2.7129, 1.5952, 1.381, within=2e-3
            ): "The lead is the best less the second, in this order. Divide it by the standard "
            "deviation.",
            either(1.4026, 1.836, 1.4991, 4.4526, within=0.001): "The lead fits, σ does not. It is "
            "over all four, the 0 among them, and of a population, so divide by n.",
            either(between(6.4, 7.2), between(1.55, 1.69)): "Take these four candidates only, and "
            "give two decimals or more.",
        },
        hints=[
            "`hand.nlargest(2)` gives the best and the second.",
            "`.std(ddof=0)` is the deviation of a population.",
        ],
    ),
    Exercise(
        "04.4",
        "predict",
        "Which change of the reviews costs the attacker most: days up to 60 late, 30% of titles "
        "from elsewhere, 3 to 5 reviews each, or other stars in 60%? "
        'Say "days", "titles", "number" or "stars".',
        options=("days", "titles", "number", "stars"),
        right="days",
        reveal="It is days: with late days {} are found.",
        because="The day says more than the stars: there are many days and only five kinds of "
        "stars. Once it is a month off, its term has shrunk to a third.",
        wrong={
            "titles": "That costs much, but the other seven titles in ten still count in full.",
            "number": "Three to five exact titles are often enough. Chapter 03 counted that.",
            "stars": "One star off still leaves half of the term, and many people agree anyway.",
        },
        hints=[
            "Look at the formula: what is left of each term after the change?",
            "What tells two people with the same title apart, and what does not?",
        ],
    ),
    Exercise(
        "04.5",
        "fill in",
        "Which share of all the names that are linked at 1.5 is linked rightly?",
        right=0.854854,
        within=0.0006,
        because="The right and the wrong names of both rows are linked; the refused ones are not.",
        solution='answer = table["right"].sum() / (table["right"].sum() + table["wrong"].sum())',
        wrong={
            either(0.907, 0.4535, 0.1451, 0.4741, 154, 907, 1_061, within=6e-4): "Take those who "
            "are linked *rightly*, and divide by all who are linked: not by the viewers, nor by "
            "all names.",
            either(0.993428, 0.964, within=6e-4): "Those are not all names linked at 1.5: you left "
            "out the outsiders, whom the attacker cannot tell apart, or took another threshold.",
            either(between(0.83, 0.87), between(83, 87)): "That is near. Count the wrong ones of "
            "both rows, and give a share with three digits or more.",
        },
        hints=[
            "Who is linked? Two of the three columns, and both rows.",
            '`table["wrong"].sum()` adds up one column over both rows.',
        ],
    ),
    Choice(
        "04.6",
        "Some candidates share the highest score. What should the attack answer?",
        options={
            "a": "the first of them, since one must be given",
            "b": "one of them, drawn by chance",
            "c": "the one of them with the most titles",
            "d": "no name, but how many candidates fit equally well",
        },
        right="d",
        because="Any other answer names somebody else nine times in ten. The attacker has still "
        "learnt something: only ten people are left.",
        wrong={
            "a": "The first is first by chance. Nine times in ten she is somebody else.",
            "b": "A fair draw is right one time in ten, yet it looks like a finding.",
            "c": "Somebody with many titles fits many cards, and is named too often.",
        },
        hints=[
            "What does each of the answers get wrong, and how often?",
            "What is the eccentricity when the second is as good as the best?",
        ],
    ),
    Explain(
        "04.7",
        'A company writes: "We publish numbers, not names, and films are harmless. Nobody can be '
        'hurt." What do you answer?',
        model="One number ties all that a viewer watched together, so whoever knows a few of her "
        "titles finds it and reads the rest. Which of them are harmless is for her to decide, "
        "and once the release is out she can't take it back.",
        points=[
            "All rows of a viewer carry the same number, so finding one finds all.",
            "A few titles that others know of her are enough to find it.",
            "She decides what is harmless, and nobody asked her.",
            "It can't be undone; and a wrong match hurts somebody else.",
        ],
        hints=[
            "What did the friend know before the attack, and what after it?",
            "Who chose what is known of her, and can she change it?",
        ],
    ),
)

"""The exercises of chapter 03, singled out."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "03.1",
        "fix",
        "How many viewers played Wystport on a phone?",
        right=226,
        untouched=339,
        because="A row is a play, and a viewer who pauses or comes back has several. Count people.",
        solution='answer = phone["viewer"].nunique()',
        wrong={
            266: "That counts viewer-days: a viewer who came back on another day counts twice.",
            either(177, 49, 113): "You left out viewers with one play, or with several. Each "
            "viewer counts, and counts once.",
            either(225, 142, 6_461, 1_235, 1_946): "Those are accounts or days, or you left out "
            "the title or the device. Count the viewers in `phone`.",
        },
        hints=[
            "What is a row of `phone`, and can one viewer have two of them?",
            "Count the different values of the column `viewer`.",
        ],
    ),
    Choice(
        "03.2",
        'What follows from "53 people is an aggregate"?',
        options={
            "a": "nobody can learn anything about any of the 53",
            "b": "each of the 53 is singled out by the tweet",
            "c": "whoever knows that somebody is one of the 53 learns about 18 of her days",
            "d": '"19,999 of our 20,000 viewers finished it" would be safer still, since its '
            "number is larger",
        },
        right="c",
        because="An aggregate passes the first test, and inference is the third. A fact about all "
        "members is a fact about anybody who is known to be one.",
        wrong={
            "a": "No record is isolated, that is true. But what do all of them have in common?",
            "b": "How many viewers does the tweet's question return? Singling out isolates one.",
            "d": "Turn the claim round: how many viewers did not finish it?",
        },
        hints=[
            "There are three tests. Which of them does the size of the cohort answer?",
            "A friend says: yes, I am one of them. What do you know then?",
        ],
    ),
    Exercise(
        "03.3",
        "predict",
        "How few points single out more than nine in ten of our viewers: "
        '"one", "two", "four" or "eight"?',
        options=("one", "two", "four", "eight"),
        right="two",
        reveal="It is two: with exact days they single out {} of the viewers.",
        because="Thousands share a popular title, but few began it on the same day, and hardly "
        "anybody has the same pair.",
        solution='answer = "two"',
        wrong={
            "one": "One title on one day is often shared: think of a popular title's busiest day.",
            "four": "Published studies took four points, for millions of people. Ours are fewer.",
            "eight": "Fewer will do. How many people share one title, and how many also its day?",
        },
        hints=[
            "Of those who saw a title of yours, how many began it on your day?",
            "Of the few who share one point with you, how many have your next one as well?",
        ],
    ),
    Exercise(
        "03.4",
        "fill in",
        "What share of viewers do three points single out, each day known to within 14 days?",
        right=0.756,
        within=0.005,
        because="One more point makes up for much of the doubt about the days.",
        solution="answer = unique(points=3, days=14).value",
        wrong={
            1.0: "Is that with the exact day? `unique` takes 0 when you leave out `days`. And the "
            "points come first.",
            either(
                0.929, 0.083, 0.213, 0.963, 0.395, 0.785, 0.731, 0.487, within=0.0005
            ): "That is another setting. The question has three points, and days to within 14.",
            either(
                between(1.01, 1_000), 0.244, 0.728, 0.782, within=0.0005
            ): "The share itself is asked, from 0 to 1: not per cent, not an end of its interval, "
            "and not the viewers who are not alone.",
        },
        hints=[
            "`unique` takes `points` and `days`, and returns an estimate.",
            "The share itself is its `.value`.",
        ],
    ),
    Explain(
        "03.5",
        "What is missing between unique and named?",
        model="Somebody has to know four such points of a named person, without error, and has to "
        "have the log with her in it; unicity only says that no second record fits.",
        points=[
            "Unique is said of a record: no other record has the same points.",
            "To name its owner, somebody must know such points about a named person.",
            "The points must be right: five days too early, and Galen was taken for Wilfa.",
            "That somebody needs the log, and the person must be in it.",
        ],
        hints=[
            "Where did the neighbour's facts come from, and whose were they?",
            "List what else she needed: about the facts, and about the log.",
        ],
    ),
)

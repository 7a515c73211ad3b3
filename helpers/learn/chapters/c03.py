"""The exercises of chapter 03, singled out."""

from helpers.learn import Choice, Exercise, Explain, Wrong

EXERCISES = (
    Exercise(
        "03.1",
        "fix",
        "How many viewers played Wystport on a phone?",
        right=226,
        within=0,
        because="A row is a play; who pauses or comes back has several. A cohort is of people.",
        solution='answer = phone["viewer"].nunique()',
        untouched=339,
        wrong=[
            Wrong(
                'answer = len(phone.drop_duplicates(["viewer", "day"]))',
                266,
                "Those are days of viewers: who came back on another day is counted again.",
            ),
            Wrong(
                'answer = phone["account"].nunique()',
                225,
                "Those are accounts. The question asks for viewers.",
            ),
            Wrong(
                'answer = seen.query("title == \'Wystport\'")["viewer"].nunique()',
                1235,
                "Those are viewers on any device. Keep `phone`.",
            ),
            Wrong(
                'answer = phone[phone["minutes"] >= 2]["viewer"].nunique()',
                119,
                "Those played it for two minutes or more. The question asks for any play.",
            ),
        ],
        hints=[
            "What is a row of `phone`, and can one viewer have two of them?",
            "Count different values of the column `viewer`, as the rungs above do.",
        ],
    ),
    Choice(
        "03.2",
        'What follows from "53 people is an aggregate"?',
        options={
            "a": "nobody can learn anything about any of the 53",
            "b": "each of the 53 is singled out by the tweet",
            "c": "who knows that somebody belongs to the 53 learns of 18 of her days",
            "d": '"19,999 of our 20,000 viewers finished it" would be safer still, since its '
            "number is larger",
        },
        right="c",
        because=(
            "An aggregate passes the first test; inference is the third. What is true of every "
            "member is learnt of each one of whom it is known that she belongs."
        ),
        wrong={
            "a": "No record is isolated, that is true. But ask what all of them have in common.",
            "b": "By that test somebody is singled out when the records of one individual are "
            "isolated. How many does the tweet's question return?",
            "d": "Take the claim the other way round: how many viewers did not finish it?",
        },
        hints=[
            "There are three tests. Which of them does the size of the cohort answer?",
            "Suppose that a friend says: yes, I am one of them. What do you know then?",
        ],
    ),
    Exercise(
        "03.3",
        "predict",
        "How few points single out more than nine in ten of our viewers: "
        '"one", "two", "four" or "eight"?',
        right="two",
        options=("one", "two", "four", "eight"),
        because=(
            "Thousands share a popular title, but few began it on the same day, and hardly anybody "
            "has the same pair."
        ),
        solution='answer = "two"',
        wrong=[
            Wrong(
                'answer = "one"',
                "one",
                "One title on one day is often shared: count the viewers of a popular title on its "
                "busiest day.",
            ),
            Wrong(
                'answer = "four"',
                "four",
                "That is what the published studies used, for millions of people. Ours are fewer.",
            ),
            Wrong(
                'answer = "eight"',
                "eight",
                "More are not needed, by far. How many people share one title, and one day of it?",
            ),
        ],
        hints=[
            "How many of the viewers who saw a title of yours began it on your day?",
            "Of the few who share one point with you, what share has a further one as well?",
        ],
    ),
    Exercise(
        "03.4",
        "fill in",
        "What share of viewers do three points single out, each day known to within 14 days?",
        right=0.756,
        within=0.0005,
        because="A point more makes up for much of the fortnight's doubt.",
        solution="answer = unique(points=3, days=14).value",
        wrong=[
            Wrong(
                "answer = unique(points=3).value",
                1.0,
                "That is with the exact day, which is what `unique` takes when you leave out "
                "`days`. How well are the days known?",
            ),
            Wrong(
                "answer = unique(points=3, days=None).value",
                lambda answer: abs(answer - 0.083) < 0.0005,
                "That is without any day. `days` takes the number of days.",
            ),
            Wrong(
                "answer = unique(points=2, days=14).value",
                lambda answer: abs(answer - 0.213) < 0.0005,
                "That is with two points.",
            ),
            Wrong(
                "answer = unique(points=4, days=14).value",
                lambda answer: abs(answer - 0.963) < 0.0005,
                "That is with four points.",
            ),
            Wrong(
                "answer = unique(points=3, days=7).value",
                lambda answer: abs(answer - 0.929) < 0.0005,
                "That is to within a week, seven days to either side.",
            ),
        ],
        hints=[
            "`unique` takes `points` and `days`, and returns an estimate.",
            "The share itself is its `.value`.",
        ],
    ),
    Explain(
        "03.5",
        "What is missing between unique and named?",
        ideas={
            "what somebody has to bring along": [
                "know",
                "knew",
                "auxiliary",
                "learn",
                "from elsewhere",
                "neighbour",
                "neighbor",
                "background",
                "another source",
                "second source",
                "other data",
                "another data set",
            ],
            "what else has to hold": [
                "error",
                "wrong",
                "mistake",
                "exact",
                "correct",
                "access",
                "at hand",
                "copy",
                "the log",
                "the release",
                "the records",
            ],
        },
        model=(
            "Somebody has to know four such points of a named person, without error, and has to "
            "have the log with her in it; unicity only says that no second record fits."
        ),
        because="Unicity is a property of records. To name somebody takes knowledge and access.",
        wrong=[
            Wrong(
                'answer = "Nothing is missing, since a unique customer is an identified one."',
                ["nothing is missing", "nothing missing", "means the same", "is identified"],
                "Think of the neighbour who was wrong by five days: one record was left.",
            ),
            Wrong(
                'answer = "It is only 95 % and so the other 5 % of them are missing."',
                ["5 %", "5%", "five per cent", "the rest of the customers"],
                "Leave the share as it is. What does one unique customer still lack to be named?",
            ),
            Wrong(
                'answer = "The log has only pseudonyms, so nobody can be named."',
                ["nobody can be named", "only pseudonyms", "no one can be named"],
                "Wilfa's neighbour had no name in the log either. What did she have?",
            ),
        ],
        hints=[
            "Where did the neighbour's facts come from, and whose were they?",
            "List what she needed besides: about the facts, and about the log.",
        ],
    ),
)

"""The exercises of chapter 10, the frontier."""

from helpers.learn import Choice, Exercise, Explain

EXERCISES = (
    Exercise(
        "10.1",
        "predict",
        "How many releases of rows bring `right` below 10 %: "
        '"one in seven", "half" or "nearly all"?',
        options=("one in seven", "half", "nearly all"),
        right="one in seven",
        because="Only what takes nearly all titles, or nearly all people. What keeps eight titles "
        "keeps the person.",
        solution='answer = guess_10_1 = "one in seven"',
        wrong={
            "half": "Days, stars and order can all go. What else does the attacker know?",
            "nearly all": "Weeks for days, or swapped days: how many of eight titles do they hide?",
        },
        hints=[
            "Which defences leave her titles as they are?",
            "In chapter 08 hiding the day alone hardly helped against eight titles.",
        ],
    ),
    Exercise(
        "10.2",
        "fix",
        "Which option has the least success among those with a use of at least .9?",
        right="noise, ε .5",
        untouched="whole crowd k100",
        because="Its success is no measurement: it is the most that ε = .5 allows any attack.",
        solution='best = options[options["use"] >= 0.9].sort_values("success")\n'
        'answer = best["label"].iloc[0]',
        wrong={
            "pseudonyms only": "That is the most use. Keep enough of it, then take least success.",
        },
        hints=[
            "First keep the rows of `options` whose `use` is large enough.",
            'Then sort these by `"success"`, as her lines do.',
        ],
    ),
    Exercise(
        "10.3",
        "fill in",
        "What is the least weekly error that one must accept to get a success of .05 at most?",
        right=0.0567860,
        within=0.0005,
        because="Below it there are options with little error, and others with little success.",
        solution='answer = frontier.enough(options, {"success": 0.05})["weekly_error"].min()',
        wrong={
            0: "Counts without any change have no error. What is their success?",
            0.295: "That is the noise of ε = .1. A larger ε has less error.",
        },
        hints=[
            "`frontier.enough` with only one of the two wishes gives more options.",
            "Of those it gives, look at the column of the other wish.",
        ],
    ),
    Choice(
        "10.4",
        "Whole sets of titles shared by 20 people: nobody was found. What follows?",
        options={
            "a": "the release is safe",
            "b": "this attack fails on it, and weekly lists can't be made of it",
            "c": "it meets all three of WP216's criteria",
            "d": "it promises what noise with a small ε promises",
        },
        right="b",
        because="It shows an attack that failed. Only a promise speaks of those nobody has tried.",
        wrong={
            "a": "One attack failed, from one kind of knowledge. Who knows something else?",
            "c": "Chapter 08 singled somebody out of a k-anonymous release by a predicate.",
            "d": "Which of the two holds against somebody who knows everybody else?",
        },
        hints=[
            "What exactly was tried, and by an attacker who knows what?",
            "Look at the columns of use as well.",
        ],
    ),
    Explain(
        "10.5",
        "What could the company have published instead of the tweet? Write it.",
        model="This week's ten most watched titles, with counts that hold noise for every viewer: "
        "A Christmas Prince is among them. We are glad that you like it.",
        points=[
            "It speaks of a film, and no viewer can think that she is meant.",
            "Its number, if any, is noisy, with a unit and an ε, and paid from a budget.",
            "Nobody who watched it is laughed at: that no noise can do.",
            "It would be welcome to each of those who are counted.",
        ],
        hints=[
            "Which number did the joke need? Does the news about the film need it?",
            "Read your text as Wilfa.",
        ],
    ),
)

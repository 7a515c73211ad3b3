"""The exercises of chapter 10, the frontier."""

from helpers.learn import Choice, Exercise, Explain

EXERCISES = (
    Exercise(
        "10.1",
        "predict",
        "For how many releases of rows is the whole interval of `found` below 10%: "
        '"one in five", "half" or "nearly all"?',
        options=("one in five", "half", "nearly all"),
        right="one in five",
        reveal="It is {} of {}, and {} are below 1%.",
        because="Only what takes nearly all titles or nearly all people does. Whoever keeps eight "
        "titles keeps the person.",
        wrong={
            "half": "Days and stars can both go. What else does the attacker know?",
            "nearly all": "Weeks for days, or swapped days: how many of her titles do they hide?",
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
        untouched="whole crowd k2",
        because="Its success is computed: the most that ε = .5 allows any attack.",
        solution='best = options[options["use"] >= 0.9].sort_values("success")\n'
        'answer = best["label"].iloc[0]',
        wrong={
            "pseudonyms only": "That has the most use. Ask for enough use, then for least success.",
        },
        hints=[
            "First keep the rows of `options` whose `use` is large enough.",
            'Then sort them by `"success"`, as the lines do.',
        ],
    ),
    Exercise(
        "10.3",
        "fill in",
        "`success` may be .05 at most. What is the least weekly error one can get?",
        right=0.0185,
        within=0.0006,
        because="It is Gaussian noise. With less error, every option has too much success.",
        solution='answer = frontier.enough(options, {"success": 0.05})["weekly_error"].min()',
        wrong={
            0: "Exact counts have no error. What is their success?",
            0.0491: "That is Laplace noise with ε = 1. Is there another kind of noise?",
        },
        hints=[
            "Ask `frontier.enough` for the success alone.",
            "In what it gives, look at the column of the error.",
        ],
    ),
    Choice(
        "10.4",
        "A release holds only whole lists that 20 people share. Nobody was found. What follows?",
        options={
            "a": "the release is safe",
            "b": "our attacks fail on it, and weekly lists can't be made of it",
            "c": "it meets all three of WP216's criteria",
            "d": "it promises what noise with a small ε promises",
        },
        right="b",
        because="An attack failed. Only a promise speaks of attacks that nobody has tried.",
        wrong={
            "a": "Our attacks failed, with one kind of knowledge. Who knows something else?",
            "c": "Chapter 08 singled somebody out of a k-anonymous release by a predicate.",
            "d": "Which of the two holds against somebody who knows everybody else?",
        },
        hints=[
            "What exactly was tried, and what did the attacker know?",
            "Look at the use that is left, too.",
        ],
    ),
    Explain(
        "10.5",
        "What could the company have published instead of the tweet? Write it.",
        model="This week's ten most watched titles, their counts with noise for every viewer: "
        "A Christmas Prince is among them. We are glad that you like it.",
        points=[
            "It speaks of a film, and no viewer can think that she is meant.",
            "Its numbers, if any, have noise with an ε for a viewer, paid from a budget.",
            "Nobody who watched the film is laughed at. No noise can do that for you.",
            "Those who are counted would be glad to read it.",
        ],
        hints=[
            "Which number did the joke need? Does the news about the film need it?",
            "Read your text as Wilfa.",
        ],
    ),
)

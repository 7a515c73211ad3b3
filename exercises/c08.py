"""The exercises of chapter 08, hiding in a crowd."""

from helpers.learn import Choice, Exercise, Explain, between

EXERCISES = (
    Exercise(
        "08.1",
        "predict",
        "The days are gone. Of 200 viewers of whom eight titles are known, how many are found: "
        '"almost none", "about half" or "nearly all"?',
        options=("almost none", "about half", "nearly all"),
        right="nearly all",
        because="Eight titles with their stars say as much as titles with days. Each is shared "
        "with hundreds, all of them with nobody.",
        solution='answer = guess_08_1 = "nearly all"',
        wrong={
            "almost none": "The titles are still there, and so are the stars.",
            "about half": "Count what is left: eight titles, six of them with the right stars.",
        },
        hints=[
            "What does the attacker know besides the days?",
            "How many people have seen *all* of your last eight films?",
        ],
    ),
    Choice(
        "08.2",
        "All days of a viewer are moved by one unknown number. What can still be compared?",
        options={
            "a": "the weekdays",
            "b": "the days between two titles",
            "c": "the number of titles",
            "d": "nothing, the days are lost",
        },
        right="b",
        because="Two days that move together stay as far apart as they were.",
        wrong={
            "a": "A move of three days turns a Monday into a Thursday.",
            "c": "That is as it was, but our attacker does not know it, and it has no days in it.",
            "d": "One number moves them all. What does that leave as it was?",
        },
        hints=[
            "Write down two days, and move both by the same number.",
            "What is the difference of the two, before and after?",
        ],
    ),
    Exercise(
        "08.3",
        "fill in",
        "What is the smallest number of owners that any three of Wilfa's titles have?",
        right=2,
        because="For any two titles five are promised. Three may have two owners, or one.",
        solution="answer = min(\n"
        "    len(people[one] & people[two] & people[three])\n"
        "    for one, two, three in combinations(wilfas, 3)\n"
        ")",
        wrong={
            26: "That is for two of them. Take one more set into the `&`.",
            5: "Five is what is promised for two titles. Count for three.",
            1: "That is for four of her titles. Here she is one of the owners, too.",
        },
        hints=[
            "The cell above does it for two. `combinations(wilfas, 3)` gives all threes.",
            "`people[one] & people[two] & people[three]` is who has all three.",
        ],
    ),
    Exercise(
        "08.4",
        "fix",
        "In which share of the tries does the predicate isolate one person?",
        right=between(0.395, 0.425),
        untouched=between(0.65, 0.69),
        because="Isolated means that it fits one and nobody else: five times 1/5 times (4/5)^4.",
        solution="answer = (marked.sum(axis=1) == 1).mean()",
        wrong={
            between(0.19, 0.21): "That is how often a given one of them is marked, others or not.",
            between(0.31, 0.35): "That is how often nobody is marked.",
        },
        hints=[
            "`marked.sum(axis=1)` is how many of the five a fingerprint marks.",
            "A predicate that fits two people isolates neither.",
        ],
    ),
    Explain(
        "08.5",
        'A company writes: "Our release is 5-anonymous, so it is anonymous." What do you answer?',
        model="It promises five candidates to somebody who knows only what you counted on. Who "
        "knows one title more may be left with one of them, and somebody can be singled out by a "
        "question that your release does not show.",
        points=[
            "k is a property of the table, under a guess at what others know.",
            "It says nothing about the next title, a day, or another release.",
            "The five may have the same sensitive title: then being one of them is enough.",
            "Singling out is possible all the same, which is one of WP216's three tests.",
        ],
        hints=[
            "Five candidates for somebody who knows what?",
            "What did three of Wilfa's titles do to the crowd of five?",
        ],
    ),
)

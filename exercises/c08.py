"""The exercises of chapter 08, hiding in a crowd."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "08.1",
        "predict",
        "Days and stars are gone. Irene knows eight titles of each of 100 viewers. How many does "
        'Irene find: "almost none", "about half" or "nearly all"?',
        options=("almost none", "about half", "nearly all"),
        right="nearly all",
        because="Eight titles are enough. Hundreds share each of them. Most of the few who have "
        "all eight have hundreds more.",
        wrong={
            "almost none": "The titles are still there. How many viewers have all eight?",
            "about half": "Of those with all eight, one has ten titles, one 300. Who is likelier?",
        },
        hints=[
            "What does Irene know besides days and stars?",
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
        because="Two days that move together stay equally far apart.",
        wrong={
            "a": "A move of three days turns a Monday into a Thursday.",
            "c": "It has not changed, but Irene does not know how many titles a viewer has.",
            "d": "One number moves them all. What does that not change?",
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
            26: "That is for two of them. Add a third set with `&`.",
            either(1, 0): "Count Wilfa, too: she is one of the owners of each of her titles.",
            between(
                3, 25
            ): "Another three of her titles have fewer owners. Five is the promise for pairs.",
        },
        hints=[
            "The cell above does it for two. `combinations(wilfas, 3)` gives every three.",
            "`people[one] & people[two] & people[three]` holds those who have all three.",
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
            either(0.2, 0.082, within=0.01): "That is for one given person of the five. Count all.",
            either(
                between(0.57, 0.61), between(0.25, 0.28), between(0.31, 0.35), between(0.72, 0.76)
            ): "In some of those tries nobody is marked, or several are. Is one isolated then?",
            either(between(39.5, 42.5), between(3_950, 4_250)): "Those are tries, or tries in a "
            "hundred. We ask for the share, from 0 to 1: take the mean.",
        },
        hints=[
            "`marked.sum(axis=1)` is how many of the five have the mark.",
            "A predicate that fits two people isolates neither.",
        ],
    ),
    Explain(
        "08.5",
        'A company writes: "Our release is 5-anonymous, so it is anonymous." What do you answer?',
        model="It promises that an attacker has five candidates, if they know no more than "
        "you thought. Whoever knows one title more may be left with one candidate. And a question "
        "about what you did not publish can still single somebody out.",
        points=[
            "k holds under a guess at what others know.",
            "It says nothing about the next title, a day, or another release.",
            "The five may share a sensitive title: then being one of them tells it.",
            "Somebody can still be singled out, one of WP216's three tests.",
        ],
        hints=[
            "Five candidates for somebody who knows what?",
            "What did three of Wilfa's titles do to the crowd of five?",
        ],
    ),
)

"""The exercises of chapter 09, noise with a promise."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "09.1",
        "predict",
        'How often is the noisy count at most 3 away: "half of the time", "nine times in ten" or '
        '"97 times in 100"?',
        options=("half of the time", "nine times in ten", "97 times in 100"),
        right="97 times in 100",
        because="Each step away is less likely by the factor .37, so four steps or more are rare.",
        reveal="It is 97 times in 100, here {}.",
        wrong={
            "half of the time": "No noise at all has chance .46 already. Add the steps up to 3.",
            "nine times in ten": "That is nearly the share within 2. Now take one more step.",
        },
        hints=[
            "Noise of 0 has chance .46; of +1 or -1 each .37 times as much.",
            "Add .46, twice .17, twice .06 and twice .02.",
        ],
    ),
    Exercise(
        "09.2",
        "fill in",
        "What may somebody believe at most who believed .8, after a count with ε = 0.5?",
        right=0.868,
        within=0.005,
        because="Odds of 4 to 1 become 4 times e^.5, or 6.6 to 1, and 6.6 / 7.6 is .868.",
        solution="answer = distinguish.believed(0.8, 0.5)",
        wrong={
            between(0, 0.9): "He starts from odds of 4 to 1. By which factor may a count with this "
            "ε raise them at most?",
            between(0.9, 1): "That is more than ε = 0.5 allows. Multiply the odds, not the belief, "
            "and do it once.",
            between(1.01, 100): "A belief is from 0 to 1. Are these odds, or per cent?",
        },
        hints=[
            "A probability of .8 is odds of .8 to .2.",
            "`distinguish.believed` takes what was believed before, and ε.",
        ],
    ),
    Choice(
        "09.3",
        "Which promise is the strongest for Wilfa, when all 18 counts are published?",
        options={
            "a": "ε = 0.1 for each play",
            "b": "ε = 1 for each viewer, over all 18 days together",
            "c": "ε = 0.5 for each viewer and day",
            "d": "ε = 2 for each account, over all 18 days together",
        },
        right="b",
        because="For her, a adds up to 1.8 or more, c to 9, and d to 2. b is 1 in all.",
        wrong={
            "a": "The smallest ε, but for one play. How many of hers are in the counts?",
            "c": "She is in 18 of these counts. What do 18 promises add up to?",
            "d": "A larger unit is a stronger promise, but here ε is larger, too.",
        },
        hints=[
            "For each, work out what all 18 counts together promise her.",
            "Promises add up: how many plays or days, times ε?",
        ],
    ),
    Exercise(
        "09.4",
        "fix",
        "Which of the three questions does one budget of 1 answer?",
        right=["answered", "answered", "refused"],
        untouched=["answered"] * 3,
        because="One budget pays for all: two questions cost 1, and the third is refused.",
        solution="said, mine = [], budget.Budget(1)\n"
        "for days in (16, 17, 18):\n"
        "    if mine.left >= mine.cost(epsilon=0.5):\n"
        "        noise.watched_every_day(film, make.FILM, days=days, epsilon=0.5, budget=mine)\n"
        "        said += ['answered']\n"
        "    else:\n"
        "        said += ['refused']\n"
        "answer = said",
        wrong={
            either(("answered",) * 2, ("answered", "refused")): "All three questions are asked, "
            "and each of them adds a word. The budget has to refuse one of them.",
            ("answered", "refused", "refused"): "Two times 0.5 is no more than 1. Are both paid?",
        },
        hints=[
            "How many budgets do the lines make?",
            "Move the line that makes the budget above the loop.",
        ],
    ),
    Explain(
        "09.5",
        "What has Wilfa gained by a tweet that is differentially private, and what hasn't she?",
        model="Others hardly learn from the number whether she is one of them. But she knows it, "
        "and is asked in public who hurt her. Inside the company her plays can be seen as before.",
        points=[
            "The promise is about what others learn of her from the number.",
            "It is kept however much they know, and however many they are.",
            "It says nothing about who looks at the log inside.",
            "To be made fun of needs no name: she recognises herself.",
        ],
        hints=[
            "Which people learn less than before? Which know just as much?",
            "Read the tweet once more as one of the 53.",
        ],
    ),
)

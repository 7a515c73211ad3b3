"""The exercises of chapter 10, the frontier."""

from helpers.judge import frontier
from helpers.learn import Choice, Exercise, Explain, Wrong, between, either


def _use(label: str) -> float:
    """The use that an option leaves; -1 for what is none."""
    return float(frontier.options().set_index("label")["use"].get(label, -1))


def _little(answer: str) -> bool:
    return 0 <= _use(answer) < 0.95


def _much(answer: str) -> bool:
    return _use(answer) >= 0.95


def _other(answer: str | float) -> bool:
    return isinstance(answer, (str, float, int))


EXERCISES = (
    Exercise(
        "10.1",
        "predict",
        "For how many releases of rows is the whole interval of `found` below 10%: "
        '"one in five", "half" or "nearly all"?',
        options=("one in five", "half", "nearly all"),
        right="one in five",
        reveal="It is {} of {}, and {} are below 1%.",
        because="Such a release has lost nearly all titles or nearly all people. Eight titles that "
        "keep their names are enough to find a person.",
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
        "Which option has the least success among those with a use of at least .95?",
        right="noise, ε 1",
        untouched="whole crowd k2",
        because="Its success is computed: the most that ε = 1 allows any attack.",
        solution='best = options[options["use"] >= 0.95].sort_values("success")\n'
        'answer = best["label"].iloc[0]',
        wrong=[
            Wrong('answer = "noise, ε .5"', _little, "It leaves a use below .95."),
            Wrong(
                'answer = "exact counts"', _much, "Another option leaves the attacker less success."
            ),
            Wrong(
                'answer = options["use"].max()', _other, "Which option? Give its name, the `label`."
            ),
        ],
        hints=[
            "First keep the rows of `options` whose `use` is large enough.",
            'Then sort them by `"success"`, as the lines do.',
        ],
    ),
    Exercise(
        "10.3",
        "fill in",
        "`success` may be .02 at most. What is the least `pairs_error` of such an option?",
        right=between(0.0852, 0.0862),
        because="It is Gaussian noise. With less error, every option has too much success.",
        solution='answer = frontier.enough(options, {"success": 0.02})["pairs_error"].min()',
        wrong={
            either(0, between(0.031, 0.033)): "With so little error the attacker has more success.",
            between(0.005, 1.1): "Of what is left, take the least value of `pairs_error`.",
            between(1.1, 100): "Give it as a share: 1% is .01.",
        },
        hints=[
            "Ask `frontier.enough` for the success alone.",
            "Of what it gives, take the column `pairs_error`.",
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
        model="Here are the ten titles that most people began this week, with noise in each "
        "count to protect every viewer. A Christmas Prince comes first; we are glad you like it.",
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

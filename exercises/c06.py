"""The exercises of chapter 06, aggregates leak."""

from helpers.learn import Exercise, Explain, Wrong, between


def _different(parts):
    """How many of the conditions differ: titles asked about once, whatever the order."""
    return len(set(parts))


EXERCISES = (
    Exercise(
        "06.1",
        "fill in",
        "Did she also play Dornburgh?",
        right=True,
        because="29 of the 53 played it, and 28 without her: the difference is one viewer.",
        solution='answer = attack.difference(counter, fans & desk.watched("Dornburgh"), her)',
        wrong={
            None: "One viewer alone is refused. Ask two counts among the 53: with and without her.",
            False: "Compare those of the 53 who played it, with her and without her.",
            between(0, 20_000): "That is a count. Two counts tell whether she makes a difference.",
        },
        hints=[
            "Which group should the two counts be about? It needs ten viewers or more.",
            "`fans & desk.watched(...)` is a group; `attack.difference` asks both questions.",
        ],
    ),
    Exercise(
        "06.2",
        "predict",
        'After how many questions have 95 of 100 attackers seen both ends: "about 10", "about 40" '
        'or "about 200"?',
        options=("about 10", "about 40", "about 200"),
        right="about 40",
        because="An end is missed n times in a row with chance (10/11)^n. There are two ends, and "
        "2 (10/11)^n is 5% at n = 39.",
        reveal="It is about 40: after 45 questions the two ends are exact for {} of attackers.",
        wrong={
            "about 10": "There are eleven values. How likely is it that ten draws miss one end?",
            "about 200": "Each end comes up once in eleven questions. How long is one missed?",
        },
        hints=[
            "How likely is it that one answer is the largest possible?",
            "Missing one end n times in a row has chance (10/11)^n, and there are two ends.",
        ],
    ),
    Exercise(
        "06.3",
        "fix",
        "Fix the second line so that the attack takes the noise away.",
        right=lambda parts: _different(parts) >= 50,
        asked="list",
        untouched=lambda parts: _different(parts) == 1,
        because="Each title splits the 53 another way, so each pair brings new noise, and in a "
        "mean of 99 pairs little of it is left. (Titles that none of the 53 played bring no new "
        "noise: most of `parts` are such titles, so with all of them the attack finds 55.)",
        solution="asked = parts[:99]",
        wrong=[
            Wrong(
                "asked = parts[:10] * 10",
                lambda parts: _different(parts) > 1,
                "The same title always brings the same noise. Ask about more titles, once each.",
            ),
        ],
        hints=[
            "What does `parts[:1] * 99` hold, and what does sticky noise do with it?",
            "A slice such as `parts[:3]` holds different titles. How many do you need?",
        ],
    ),
    Exercise(
        "06.4",
        "predict",
        'What share does least squares get right: "half, as by guessing", "two thirds" or "nearly '
        'nine tenths"?',
        options=("half, as by guessing", "two thirds", "nearly nine tenths"),
        right="nearly nine tenths",
        because="One answer says little, but 512 answers about 64 unknowns leave little room.",
        reveal="It is nearly nine tenths: {}.",
        wrong={
            "half, as by guessing": "One noisy answer tells hardly anything. What do 512 tell?",
            "two thirds": "There are eight answers for each unknown. They tell more than that.",
        },
        hints=[
            "How many answers are there, and how many unknowns?",
            "Each answer has an error of its own. What happens to such errors in a mean?",
        ],
    ),
    Explain(
        "06.5",
        "What is missing in: sticky noise, a minimum of ten, any number of questions?",
        model="Different questions get different noise, so an attacker with enough questions adds "
        "up or reconstructs what the noise should hide. What all answers tell together must be "
        "limited, by more noise for more questions or by a last question.",
        points=[
            "A minimum looks at one answer; differencing uses two large ones.",
            "Sticky noise stops the same question, but not different ones that add up.",
            "When questions have no limit, noise below √n reveals nearly everybody.",
            "What protects is a limit on what all answers tell together: a budget.",
        ],
        hints=[
            "Which attacks in the picture still work in the column of sticky noise?",
            "What do those attacks need many of?",
        ],
    ),
)

"""The exercises of chapter 06b, more attacks on counts and lists."""

from helpers.learn import Choice, Exercise, Wrong, between
from helpers.learn.answers import kind


def _tracked(counts):
    """What four large counts say about a small group."""
    with_it, without_it, large, others = counts
    return with_it + without_it - large - others if min(counts) >= 1_000 else None


EXERCISES = (
    Exercise(
        "06b.1",
        "predict",
        'With 20 titles known instead of 10, precision "rises", "stays" or "falls"?',
        options=("rises", "stays", "falls"),
        right="falls",
        because="More lists bring more rises that have nothing to do with her. With more titles "
        "known, an attacker should ask for more lists than three.",
        reveal="It falls: {} with 10, {} with 20.",
        wrong={
            "rises": "More titles are found. But what else rises in three of 20 lists?",
            "stays": "The rule asks for three lists. Are three of 20 as rare as three of 10?",
        },
        hints=[
            "Who else makes titles rise in the lists?",
            "By chance, is it easier to rise in three of 10 lists or in three of 20?",
        ],
    ),
    Exercise(
        "06b.2",
        "fill in",
        "How many of the 53 live in Kolkata time? Answer with the four counts that tell it.",
        right=lambda counts: _tracked(counts) == 3,
        asked="list",
        because="Both large counts hold the small group, so together they count it once too often: "
        "three people, by four permitted questions.",
        solution='few = desk.every_day(make.FILM) & desk.lives("Asia/Kolkata")\n'
        "answer = [locked.count(each) for each in (few | T, few | ~T, T, ~T)]",
        wrong=[
            Wrong("answer = 3", between(-30_000, 30_000), "Give the four counts that tell it."),
            Wrong(
                "answer = [*large, locked.count(T), locked.count(~T)]",
                lambda counts: kind(counts) == "list",
                "Four counts: few or T, few or not T, T, and not T. Does `few` hold those of the "
                "53 in Kolkata, not in Tokyo? `None` is a refusal.",
            ),
        ],
        hints=[
            "Which group is small here? Combine two conditions with `&`.",
            "Ask about few or T, few or not T, T, and not T.",
        ],
    ),
    Choice(
        "06b.3",
        "Which minimum would stop every attack of this kind on 20,000 viewers?",
        options={
            "a": "10",
            "b": "1,000",
            "c": "5,000, a quarter",
            "d": "more than 10,000, half of them",
        },
        right="d",
        because="A group and its complement can't both hold more than half. This desk answers "
        "nothing at all, and so is perfectly safe.",
        wrong={
            "a": "That was the first desk. Two counts were enough.",
            "b": "That was `locked`. Four counts were enough.",
            "c": "Look at the last line of the table.",
        },
        hints=[
            "An attacker needs a large group whose complement is large as well.",
            "From which minimum on can no group and its complement both be large enough?",
        ],
    ),
    Exercise(
        "06b.4",
        "fix",
        "Fix the second line, so that the attack sees that she played it.",
        right=lambda asked: len(set(asked)) >= 5,
        asked="list",
        untouched=lambda asked: len(set(asked)) == 1,
        because="Each clone needs a condition of its own: the same text has the same noise.",
        solution="asked = clones",
        wrong=[
            Wrong("asked = True", True, "The attack says so. Which clones did it ask?"),
            Wrong(
                "asked = clones[:2] * 5",
                lambda asked: len(set(asked)) > 1,
                "Two or three clones may agree by chance. Take all that `aim` has made.",
            ),
        ],
        hints=[
            "How many different conditions does the last argument hold?",
            "`aim` has made ten different ones. Use each once.",
        ],
    ),
    Exercise(
        "06b.5",
        "predict",
        'How many are falsely said to be in the pool: "about 1 in 100", "about 3 in 100" or "more '
        'than 10 in 100"?',
        options=("about 1 in 100", "about 3 in 100", "more than 10 in 100"),
        right="more than 10 in 100",
        because="They resemble the pool. The film, and what goes with it, sets members apart from "
        "others, and it sets these viewers apart, too.",
        reveal="It is more than 10 in 100: {}, the median, least and most of 40 pools.",
        wrong={
            "about 1 in 100": "That is the claim, made for outsiders of all kinds.",
            "about 3 in 100": "They are no ordinary outsiders. What do they share with the pool?",
        },
        hints=[
            "How were the 100 of the pool chosen?",
            "Which titles raise a score, and which viewers have played them?",
        ],
    ),
)

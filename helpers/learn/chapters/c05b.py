"""The exercises of chapter 05b, the deeper companion of chapter 05."""

from helpers.learn import Choice, Exercise, Wrong
from helpers.learn.chapters import explained

_CANDIDATES = "P = np.array([0.5, 0.25, 0.125, 0.125])\n"


def _gained(how: str) -> str:
    """The lines of exercise 05b.3, with another last one."""
    return f"{_CANDIDATES}answer = {how}"


EXERCISES = (
    Exercise(
        "05b.1",
        "predict",
        "Compared with σ over all candidates, is σ over those who share a title "
        '"always larger", "always smaller", or "now larger, now smaller"?',
        right="now larger, now smaller",
        options=("always larger", "always smaller", "now larger, now smaller"),
        because=(
            "Zeros add distance, since they lie far from the sharers; and they add sameness, since "
            "they are all alike. Which of the two wins depends on how many share."
        ),
        solution='answer = "now larger, now smaller"',
        wrong=[
            Wrong(
                'answer = "always larger"',
                "always larger",
                "Suppose that half of the candidates score 0 and the others 1. How much do those "
                "who score 1 differ from each other?",
            ),
            Wrong(
                'answer = "always smaller"',
                "always smaller",
                "Suppose that nearly everybody scores 0, a few score 1 and a few 2. What do so "
                "many equal values do to a standard deviation?",
            ),
        ],
        hints=[
            "Make up ten scores, most of them 0, and then ten of which few are 0.",
            "Try [0] * 98 + [1, 2] and [0] * 5 + [1] * 5, each with and without the zeros.",
        ],
    ),
    Exercise(
        "05b.2",
        "predict",
        "Two titles are known, nothing is wrong, days are to within 14. At φ = 1.5, does the "
        'minimum find "fewer", "about as many" (to within five points) or "more" members than '
        "the sum?",
        right="more",
        options=("fewer", "about as many", "more"),
        because=(
            "Whoever lacks one of the titles has 0, however well the other fits. Few rivals are "
            "left, σ is small, and the target is far ahead."
        ),
        solution='answer = "more"',
        wrong=[
            Wrong(
                'answer = "fewer"',
                "fewer",
                "The minimum is strict, and a strict rule loses whoever fails once. Does the "
                "target fail, when all that is known is right? Do her rivals?",
            ),
            Wrong(
                'answer = "about as many"',
                "about as many",
                "With the sum a rival who has only one of the titles still scores. What does he "
                "score with the minimum?",
            ),
        ],
        hints=[
            "Who has a score above 0 with the sum, and who with the minimum?",
            "Eccentricity is a lead, divided by σ. Think of what happens to each of them.",
        ],
    ),
    Exercise(
        "05b.3",
        "fix",
        "Mend the report: how many bits were gained, when the target is the last of the four?",
        right=-1.0,
        within=1e-6,
        because=(
            "Guessing gives her a quarter, the attack an eighth: it led away from the truth. The "
            "attacker can't see that, since it takes the target to know."
        ),
        solution=_gained("np.log2(len(P)) + np.log2(P[-1])"),
        untouched=0.25,
        expects=0.5,
        wrong=[
            Wrong(
                _gained("-(P * np.log2(P)).sum()"),
                1.75,
                "That is what is left: how unsure the attacker feels.",
            ),
            Wrong(
                _gained("np.log2(len(P)) + np.log2(P.max())"),
                1.0,
                "That is gained when the target is the best candidate. Is she? And if you took the "
                "sign away: it matters, since an attack can lead away from her.",
            ),
            Wrong(
                _gained("-np.log2(P[-1])"),
                3.0,
                "That is how many bits the attacker still lacks. Compare it with guessing.",
            ),
            Wrong(
                _gained("np.log2(len(P)) - np.log2(P[-1])"),
                5.0,
                "The logarithm of a probability is negative already: it is added.",
            ),
            Wrong(
                _gained("np.log(len(P)) + np.log(P[-1])"),
                lambda answer: abs(answer + 0.693147) < 1e-5,
                "The sum is the right one, and in another unit: bits are logarithms to base 2.",
            ),
        ],
        hints=[
            "The definition has the target in it. Does the report's last line?",
            "Her probability is the last of `P`; guessing would give her `1 / len(P)`.",
        ],
    ),
    Choice(
        "05b.4",
        "Which sentence about Fig. 1 may stand in a report?",
        options={
            "a": "The paper searched a sample of its members",
            "b": "With a pool of 1,000 our simulation reproduces Fig. 1",
            "c": "A sample could explain part of the gap; whether the paper took one is not known",
            "d": "Real members are less alike than ours, since the paper's curve is lower",
        },
        right="c",
        because=(
            "It says what was tried and what follows, and leaves open what nobody has said. The "
            "other sentences each turn one possible reason, or a nearness, into a fact."
        ),
        wrong={
            "a": "Our curve moved when we searched fewer. Does that say what the authors did?",
            "b": "Look at the figure again, from the left to the right: where do the two meet? And "
            "can made members reproduce anything?",
            "d": "That compares two curves as if both were searched alike, with one measure. Are "
            "these known? And is the paper's lower everywhere?",
        },
        hints=[
            "For each sentence ask what one would have to know to be sure of it.",
            "Two things are left open by the paper. Which sentences need them to be settled?",
        ],
    ),
    explained.SIMULATED,
)

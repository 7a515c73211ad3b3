"""The exercises of chapter 05b, the deeper companion of chapter 05."""

from helpers.learn import Choice, Exercise, Explain, either

EXERCISES = (
    Exercise(
        "05b.1",
        "predict",
        "Compared with σ over all candidates, is σ over those who share a title "
        '"always larger", "always smaller", or "now larger, now smaller"?',
        options=("always larger", "always smaller", "now larger, now smaller"),
        right="now larger, now smaller",
        reveal="It is {} to {} times as large for nine members in ten.",
        because="Zeros add distance, since they lie far from the sharers; and they add sameness, "
        "since they are all alike. Which of the two wins depends on how many share.",
        wrong={
            "always larger": "Suppose that half of the candidates score 0 and the others 1. How "
            "much do those who score 1 differ from each other?",
            "always smaller": "Suppose that nearly everybody scores 0, a few score 1 and a few 2. "
            "What do all these equal values do to a standard deviation?",
        },
        hints=[
            "Make up ten scores, most of them 0, and then ten of which few are 0.",
            "Try [0] * 98 + [1, 2] and [0] * 5 + [1] * 5, each with and without the zeros.",
        ],
    ),
    Exercise(
        "05b.2",
        "predict",
        "Two titles are known, nothing is wrong, days are to within 14. At φ = 1.5, does the "
        'minimum find "fewer", "about as many" (to within five points) or "more" members than the '
        "sum?",
        options=("fewer", "about as many", "more"),
        right="more",
        reveal="It is {} by the sum, {} by the minimum.",
        because="Whoever lacks one of the titles has 0, however well the other fits. Few rivals "
        "are left, σ is small, and the target is far ahead.",
        wrong={
            "fewer": "The minimum is strict: whoever fails once is out. Does the target fail, when "
            "all that is known is right? Do her rivals?",
            "about as many": "With the sum, a rival who has one of the titles still scores. How "
            "much does that rival score with the minimum?",
        },
        hints=[
            "Who has a score above 0 with the sum, and who with the minimum?",
            "Eccentricity is a lead, divided by σ. Think of what happens to each of them.",
        ],
    ),
    Exercise(
        "05b.3",
        "fix",
        "Fix the report: how many bits were gained, when the target is the last of the four?",
        right=-1.0,
        within=1e-6,
        because="Guessing gives the target a quarter, the attack an eighth: it led away from the "
        "truth. The attacker cannot see that without knowing the target.",
        solution="answer = np.log2(len(P)) + np.log2(P[-1])",
        untouched=0.25,
        wrong={
            either(1.0, 0.0, 5.0): "That would be gained if the target were another candidate, or "
            "you lost a sign. Which is she? An attack can lead away from her.",
            either(3.0, -3.0, 2.0, -2.0, 1.75, -1.75, -0.25, 3.75): "Compare two guesses at the "
            "target: by lot, and by the attack. Bits left do not depend on the target.",
            either(
                -0.6931, -0.125, 0.5, within=1e-3
            ): "You compare the right two, but in another unit: bits are logarithms to base 2.",
        },
        hints=[
            "The definition has the target in it. Does the report?",
            "Her probability is the last of `P`; guessing would give her `1 / len(P)`.",
        ],
    ),
    Choice(
        "05b.4",
        "Which sentence about Fig. 1 may stand in a report?",
        options={
            "a": "The paper searched only a sample of its members",
            "b": "With a pool of 1,000 our simulation reproduces Fig. 1",
            "c": "A smaller pool brings the head of our curve nearer; why they differ is open",
            "d": "Real members are less alike than ours, since the paper's curve is lower",
        },
        right="c",
        because="It tells what we tried and what came of it, and leaves the reason open. The "
        "others turn a possible reason, or a nearness, into a fact.",
        wrong={
            "a": "Our curve moved when we searched fewer. Does that say what the authors did?",
            "b": "Where do the two curves meet? And can made members reproduce anything?",
            "d": "Is the paper's curve lower everywhere? And how many targets does it have?",
        },
        hints=[
            "For each sentence ask what one would have to know to be sure of it.",
            "Which sentences say what was tried, and which say why?",
        ],
    ),
    Explain(
        "05b.5",
        "Why simulated, not reproduced; why is nearness no test, and what would be one?",
        model="The attack ran on made members, not on the real data, and the release they are in "
        "was fitted with the paper's numbers in view. That they come near says that the fit "
        "worked. A test would be a value that nobody had looked at, predicted before it is known.",
        points=[
            "To reproduce is to repeat the experiment on the same data. Ours were made.",
            "The release was fitted with the paper's numbers in view, so it had to come near.",
            "A test needs a value that nobody had looked at, predicted before it is known.",
            "More targets or another seed are no such test: the rules stay the same.",
        ],
        hints=[
            "Whose ratings were attacked here? When were the published numbers known?",
            "What if somebody had kept back some cells until the end?",
        ],
    ),
)

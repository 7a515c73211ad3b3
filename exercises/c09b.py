"""The exercises of chapter 09b, noise on many counts at once."""

from helpers.learn import Choice, Exercise, Explain, Wrong, between, either

EXERCISES = (
    Exercise(
        "09b.1",
        "predict",
        'Which bound gives the smallest error at ε = 1: "1", "10", "100" or "540"?',
        options=("1", "10", "100", "540"),
        right="100",
        because="With a bound of 1 or 10 most titles lose most of their viewers, and noise for 540 "
        "titles drowns most counts. In between, both errors are moderate.",
        reveal="It is {}: an error of {} viewers for a title.",
        wrong={
            "1": "There is little noise. But how many of her 37 titles are still counted?",
            "10": "Half of the viewers have more than 37 titles. What becomes of titles 11 to 37?",
            "540": "Nothing is lost. But how large is the noise on a title with 142 viewers?",
        },
        hints=[
            "Two things make an error: the viewers who are not counted, and the noise.",
            "The scale of the noise is bound / ε. Compare it with the mean count, 537.",
        ],
    ),
    Exercise(
        "09b.2",
        "fix",
        "Which scale hides a viewer who is in 100 counts, at ε = 0.5?",
        right=200,
        untouched=2,
        within=1e-6,
        because="She moves 100 counts by one each. Noise made for one count would cost ε = 0.5 for "
        "each of them, 50 in all.",
        solution="answer = bound / epsilon",
        wrong={
            either(50, 0.02): "A smaller ε protects better. Is the noise then larger or smaller?",
            either(0.005, 20_000): "ε divided by the bound is the ε for each count. The scale is "
            "its inverse, and the bound does not count again.",
            either(1, 100): "That is the sensitivity, of one count or of all. What does ε do to "
            "that of all?",
        },
        hints=[
            "When one viewer comes or goes, how far do all counts move, added up?",
            "The scale is the sensitivity divided by ε.",
        ],
    ),
    Choice(
        "09b.3",
        "What raises a threshold of 15 most?",
        options={
            "a": "δ = 10⁻⁹",
            "b": "a bound of 2",
            "c": "ε = 0.1",
            "d": "ten times as many viewers",
        },
        right="c",
        because="A tenth of ε makes the noise ten times larger: 133. A bound of 2 doubles it: 30. "
        "δ is inside the logarithm: 22. The number of viewers is not in the formula.",
        wrong={
            "a": "It is a thousand times smaller, but inside a logarithm. How much is ln(1000)?",
            "b": "That doubles the noise. Does another choice change it more?",
            "d": "Read the formula. Is the number of viewers in it?",
        },
        hints=[
            "Look at what stands before the logarithm, and what inside it.",
            "`histogram.threshold(1, 1e-6, 1)` is 15; try the others.",
        ],
    ),
    Exercise(
        "09b.4",
        "fill in",
        "In how many sums of each length is somebody who plays the film on all 45 days?",
        right=[45, 23, 12, 6, 3, 2],
        because="She is in every sum there is, 91 in all. Noise for six of them hides one of her "
        "days, not her.",
        solution="answer = [len(np.unique(days // length)) for length in lengths]",
        wrong=[
            Wrong("answer = 6", between(0, 5_000), "Give a list: one number for each length."),
            Wrong("answer = [1] * 6", [1] * 6, "That is for one of her days. Count all 45."),
            Wrong(
                "answer = [45 // length for length in lengths]",
                lambda sums: len(sums) == 6,
                "All of her days need a sum, and the last sum may be shorter. A sum of two days "
                "holds two of hers: count it once.",
            ),
        ],
        hints=[
            "How many different sums of two days do the 45 days fall into?",
            "`np.unique(days // length)` are the sums of that length that she is in.",
        ],
    ),
    Explain(
        "09b.5",
        "Why does success with people outside the data break no promise?",
        model="She was not in the data, so nothing of hers can have leaked from it. The attack "
        "uses what is true of people in general, and chance: now and then a list of titles fits "
        "one person. Differential privacy promises that being in the data changes little. So what "
        "counts is the gap between inside and outside, not how often an attack succeeds.",
        points=[
            "Nothing of hers was in the data, so nothing of hers leaked from it.",
            "The attack uses what is true of people in general, and chance.",
            "What counts is the gap between inside and outside.",
        ],
        hints=[
            "Compare the two groups. What do the made viewers know about each?",
            "What would the attacker know if she had never been a member?",
        ],
    ),
)

"""The exercises of chapter 05, how little is enough."""

from helpers import facts
from helpers.learn import Choice, Exercise, Explain, between

_PAPER = facts.published("ns2008.fig4.d3.2of2").value
_GAP = facts.measured("prize.fig4.d3.2of2.top1").value - _PAPER
_GAP_AT_PHI = facts.measured("prize.fig4.d3.2of2.right").value - _PAPER

EXERCISES = (
    Choice(
        "05.1",
        "Without days, 2 of 2 titles: where does the gap between top-1 and by lot come from?",
        options={
            "a": "from the draw of 1,000 targets",
            "b": "from members who tie with others, and whom the lot hits",
            "c": "from members who are named wrongly at φ = 1.5",
            "d": "from members whose known stars are wrong",
        },
        right="b",
        because="Many members share two titles and their stars. A tie counts as not right in "
        "top-1; of ten who tie, the lot names the right one once in ten times.",
        wrong={
            "a": "Both columns are about the same targets, so the draw moves both alike.",
            "c": "Neither column uses a threshold. How do they count a tie?",
            "d": "With 2 of 2, nothing that is known is wrong.",
        },
        hints=[
            "Read again what top-1 does with two candidates who have the same score.",
            "How many members have given the same stars to the same two titles?",
        ],
    ),
    Exercise(
        "05.2",
        "fill in",
        "On the small release, eight titles known, four of them wrong titles, days to within 14, "
        "stars to within one: which share is top-1?",
        right=between(0.46, 0.56),
        because="A wrong title adds to the scores of those who have it, and some have several. "
        "With the four wrong ones left out (`titles=4`) nearly everybody is found.",
        solution="asked = dict(titles=8, wrong=4, wrong_titles=True, days=14, stars=1)\n"
        "answer = attacked(board, **asked).top1.value",
        wrong={
            between(0.25, 0.38): "That is found at φ = 1.5. Top-1 has no threshold.",
            between(
                0.63, 0.78
            ): "Days or stars are too exact. Did you give both `days` and `stars`?",
            between(46, 56): "That is per cent. A share lies between 0 and 1.",
        },
        hints=[
            "`attacked(board, ...)` stands further up. Every word of the setting is an argument.",
            "`titles=8, wrong=4` and three more. What it returns has a `top1`, with a `value`.",
        ],
    ),
    Explain(
        "05.3",
        "Why is agreement in the cells no test of the generator, and what would be one?",
        model="The generator was fitted with these cells in view, so agreement shows that fitting "
        "worked and no more. A test would be a value that nobody had looked at, predicted before "
        "it is known: another setting, counted on the real data.",
        points=[
            "These cells were looked at while the generator was made.",
            "So their agreement shows that the fit worked, and no more.",
            "A test needs a value that nobody had looked at, predicted before it is known.",
            "More targets or another seed are no such test: the rules stay the same.",
        ],
        hints=[
            "When were these 41 values known: before or after the generator was settled?",
            "What if somebody had kept back some cells until the end?",
        ],
    ),
    Exercise(
        "05.4",
        "predict",
        'Does the attack find "fewer", "about as many" or "more" in the naive release than in the '
        "fitted one?",
        options=("fewer", "about as many", "more"),
        right="more",
        because="Independent titles and days spread members over all that is possible: hardly "
        "anybody has a double. Joining in the same months, and entering popular titles on a first "
        "day, crowd them together.",
        wrong={
            "fewer": "Structure helps to guess what she watched. It does not help to tell her from "
            "people like her. In which release does she have more doubles?",
            "about as many": "Both have as many ratings. But in which do more members have rated "
            "the same two titles in the same week?",
        },
        hints=[
            "The attack fails when somebody else fits as well. What makes two members alike?",
            "Think of a popular title that everybody enters on the day she joins.",
        ],
    ),
    Exercise(
        "05.5",
        "fix",
        "Fix the report: by how much is top-1 on our release above the paper's, with 2 of 2 "
        "titles and days to within 3?",
        right=_GAP,
        within=1e-6,
        because="The same size and the same measure on both sides. Most of the gap in the report "
        "came from the size of the crowd.",
        solution='ours = facts.measured("prize.fig4.d3.2of2.top1").value\nanswer = ours - theirs',
        untouched=between(0.25, 0.35),
        wrong={
            -_GAP: "The sign is the other way round. Take ours less the paper's.",
            100 * _GAP: "That is in points of per cent. Give the difference of the shares.",
            _GAP_AT_PHI: "The size is right now. But ours is at φ = 1.5, and top-1 is asked for.",
        },
        hints=[
            "How many members has the release that `live` attacked, and how many the paper's?",
            '`facts.measured("prize....")` has the results at full size. Their ids are like the '
            "published ones, with the measure at the end.",
        ],
    ),
)

"""The exercises of chapter 05, how little is enough."""

from helpers import facts
from helpers.learn import Exercise, Explain, between

_PAPER = facts.published("ns2008.fig4.d3.2of2").value
_GAP = facts.measured("prize.fig4.d3.2of2.top1").value - _PAPER
_GAP_AT_PHI = facts.measured("prize.fig4.d3.2of2.right").value - _PAPER

EXERCISES = (
    Exercise(
        "05.1",
        "fill in",
        "On the small release four titles are known, one of them wrongly, and days to within 14. "
        "What share is right at φ = 1.5?",
        right=between(0.78, 0.88),
        because="Four titles are known and one of them is wrong; the other three still tell most "
        "members from the few thousand others.",
        solution="answer = attacked(board, titles=4, wrong=1, days=14).right.value",
        wrong={
            between(0.97, 1.0): "That is top-1, which has no threshold. Look for `right`.",
            between(0.1, 0.2): "Of the four titles one is known wrongly. `wrong` counts those.",
            between(78, 88): "That is per cent. A share lies between 0 and 1.",
        },
        hints=[
            "`attacked(board, ...)` stands further up. It takes `titles`, `wrong` and `days`.",
            "`titles` counts all that are known, the wrong one too. What comes back has a `right`.",
        ],
    ),
    Exercise(
        "05.2",
        "predict",
        "With 480,189 members instead of 4,802 and the same knowledge, for how many is the best "
        'candidate right: "nearly all", "about two in three" or "about one in ten"?',
        options=("nearly all", "about two in three", "about one in ten"),
        right="about two in three",
        because="A hundred times as many members are a hundred times as many rivals, so more of "
        "them fit. But the right title on nearly the right day still tells a great deal.",
        wrong={
            "nearly all": "Among a hundred times as many members, how many more may have rated the "
            "same two titles in the same week?",
            "about one in ten": "A rival needs both titles, the same stars and nearly the same "
            "days. How common is that, even in a large crowd?",
        },
        hints=[
            "The attack fails when somebody else fits as well. What does a larger crowd change?",
            "In the small crowd hardly anybody has a double. What if each had a hundred times as "
            "many chances of one?",
        ],
    ),
    Exercise(
        "05.3",
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
            -_GAP: "The sign is the other way round. Take ours minus the paper's.",
            100 * _GAP: "That is in percentage points. Give the difference of the shares.",
            _GAP_AT_PHI: "The size is right now. But ours is at φ = 1.5, and top-1 is asked for.",
        },
        hints=[
            "How many members has the release that `live` attacked, and how many the paper's?",
            '`facts.measured("prize....")` has the results at full size. Their ids are like the '
            "published ones, with the measure at the end.",
        ],
    ),
    Exercise(
        "05.4",
        "predict",
        'Does the attack find "fewer", "about as many" or "more" in the naive release than in the '
        "fitted one?",
        options=("fewer", "about as many", "more"),
        right="more",
        because="Independent titles and days spread members over all that is possible, so hardly "
        "anybody has a double. Joining in the same months, and entering popular titles on a first "
        "day, make members alike.",
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
    Explain(
        "05.5",
        "Why is agreement in the cells no test of the release, and what would be one?",
        model="The release was built with these cells in view, so agreement shows that fitting "
        "worked and no more. A test would be a value that nobody had looked at, predicted before "
        "it is known: another setting, counted on the real data.",
        points=[
            "These cells were looked at while the release was built.",
            "So their agreement shows that the fit worked, and no more.",
            "A test needs a value that nobody had looked at, predicted before it is known.",
            "More targets or another seed are no such test: the rules stay the same.",
        ],
        hints=[
            "When were the published values known: before or after the release was settled?",
            "What if somebody had kept back some cells until the end?",
        ],
    ),
)

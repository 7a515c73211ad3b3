"""The exercises of chapter 05, how little is enough."""

from helpers import facts
from helpers.learn import Exercise, between, either

_PAPER = facts.published("ns2008.fig4.d3.2of2").value
_GAP = facts.measured("prize.fig4.d3.2of2.top1").value - _PAPER

EXERCISES = (
    Exercise(
        "05.1",
        "fill in",
        "On the small release four titles are known, one of them wrongly, and days to within 14. "
        "What share is right at φ = 1.5?",
        right=between(0.825, 0.835),
        because="Four titles are known and one of them is wrong; the other three still tell most "
        "members from the few thousand others.",
        solution="answer = attacked(board, titles=4, wrong=1, days=14).right.value",
        wrong={
            either(between(0.98, 1), between(82, 84), between(0, 0.2)): "Look for `right`, a share "
            "between 0 and 1. Top-1 has no threshold; `wrong` and `refused` are other shares.",
            between(0.84, 0.98): "Too many are found. Is one of the four titles known wrongly, and "
            "are the days to within 14?",
            between(0.2, 0.82): "Too few are found. `titles` counts all four, `wrong` only the "
            "wrong one, and stars stay exact.",
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
        reveal="It is {} in the paper, {} in ours.",
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
        because="Now both sides have the same size and the same measure. Most of the gap in the "
        "report came from the size of the crowd.",
        solution='ours = facts.measured("prize.fig4.d3.2of2.top1").value\nanswer = ours - theirs',
        untouched=between(0.25, 0.35),
        wrong={
            either(-_GAP, 100 * _GAP, -100 * _GAP): "The size is right. Take ours less the "
            "paper's, as shares, not as percentage points.",
            between(0.005, 0.0151): "The size and the measure are right. Take the values "
            "themselves, not rounded ones.",
            between(-0.7, -0.01): "Take ours at full size, by top-1 without φ, for 2 of 2 titles "
            "and days to within 3, less the paper's.",
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
        reveal="It is more: {} in the naive release, {} in the fitted one.",
        because="Independent titles and days spread the members widely, so hardly anybody has a "
        "double. Joining in the same months, and entering popular titles on a first "
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
)

"""The exercises of chapter 05, how little is enough."""

from collections.abc import Callable

from helpers import facts
from helpers.learn import Choice, Exercise, Wrong
from helpers.learn.chapters import explained

_PAPER = "ns2008.fig4.d3.2of2"
_ASKED = "answer = attacked(board, {knowing}).{measure}.value"
_WRONG_TITLES = "titles=8, wrong=4, wrong_titles=True, days=14, stars=1"
_GAP = """ours, theirs = {ours}, facts.published("{theirs}").value
answer = ours - theirs"""


def _top1(knowing: str = _WRONG_TITLES, measure: str = "top1") -> str:
    """The line of exercise 05.2 with other knowledge, or with another measure."""
    return _ASKED.format(knowing=knowing, measure=measure)


def _between(low: float, high: float) -> Callable[[float], bool]:
    """Whether an answer lies between two values: the same draw of targets is not asked for."""
    return lambda answer: low <= answer <= high


def _gap(ours: str, theirs: str = _PAPER) -> str:
    """The lines of exercise 05.5 with another number on one side."""
    if ours.startswith("prize."):
        ours = f'facts.measured("{ours}").value'
    return _GAP.format(ours=ours, theirs=theirs)


def _apart(ours: str, theirs: str = _PAPER, sign: int = 1) -> Callable[[float], bool]:
    """Whether an answer is a full-size result, as it stands today, less a published one."""

    def meets(answer: float) -> bool:
        gap = float(facts.measured(ours).value) - float(facts.published(theirs).value)
        return abs(answer - sign * gap) < 1e-6

    return meets


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
        because=(
            "Many members share two titles and their stars. A tie counts as not right in top-1; "
            "the lot is right one time in as many as tie."
        ),
        wrong={
            "a": "Both columns are about the same targets, so their draw moves both alike.",
            "c": "Both columns do without a threshold. Look at what differs in how they count.",
            "d": "With 2 of 2 nothing that is known is wrong.",
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
        right=_between(0.46, 0.56),
        because=(
            "A wrong title adds to the scores of those who have it, and some have several. With "
            "the four wrong ones left out (titles=4) nearly everybody is found."
        ),
        solution=_top1(),
        expects=0.9,
        wrong=[
            Wrong(
                _top1(measure="right"),
                _between(0.25, 0.38),
                "That is the share found at φ = 1.5. Top-1 does without a threshold.",
            ),
            Wrong(
                _top1("titles=8, wrong=4, days=14, stars=1"),
                _between(0.9, 0.98),
                "There the wrong titles are still hers, or they are left out. Which argument makes "
                "them titles that she never rated?",
            ),
            Wrong(
                _top1("titles=8, wrong_titles=True, days=14, stars=1"),
                _between(0.98, 1),
                "No title is wrong as long as `wrong` does not say how many.",
            ),
            Wrong(
                _top1("titles=8, wrong=4, wrong_titles=True"),
                _between(0.7, 0.78),
                "Days and stars were left as they are by default, which is nearer than asked for.",
            ),
            Wrong(
                _top1("titles=8, wrong=4, wrong_titles=True, days=14"),
                _between(0.63, 0.695),
                "The stars are exact by default. Here they are known to within one.",
            ),
            Wrong(
                _top1() + " * 100",
                _between(46, 56),
                "That is per cent. A share lies between 0 and 1.",
            ),
            Wrong(
                'answer = facts.measured("prize.fig10.4of8.top1").value',
                _between(0.15, 0.22),
                "That is so at full size. Here the small release is attacked, `board`.",
            ),
        ],
        hints=[
            "`attacked(board, ...)` stands further up; every word of the setting is an argument.",
            "`titles=8, wrong=4` and three more; the verdict has `top1`, and that has a `value`.",
        ],
    ),
    explained.NO_TEST,
    Exercise(
        "05.4",
        "predict",
        'Does the attack find "fewer", "about as many" or "more" in the naive release than in the '
        "fitted one?",
        right="more",
        options=("fewer", "about as many", "more"),
        because=(
            "Independent titles and days spread members over all that is possible: hardly anybody "
            "has a double. Joining in the same months, and entering popular titles on a first day, "
            "crowd them together."
        ),
        solution='answer = "more"',
        wrong=[
            Wrong(
                'answer = "fewer"',
                "fewer",
                "Structure helps whoever guesses what she watched. It does not help to tell her "
                "from others who are like her. In which release does she have more doubles?",
            ),
            Wrong(
                'answer = "about as many"',
                "about as many",
                "How much is rated is the same in both. Does that decide how many others have "
                "rated the same two titles in the same week?",
            ),
        ],
        hints=[
            "The attack fails when somebody else fits as well. What makes two members alike?",
            "Think of a new title that everybody who joined in the same week enters on the first "
            "day.",
        ],
    ),
    Exercise(
        "05.5",
        "fix",
        "Mend the report: by how much is top-1 on our release above the paper's, with 2 of 2 "
        "titles and days to within 3?",
        right=_apart("prize.fig4.d3.2of2.top1"),
        because=(
            "The same size and the same measure on both sides. Most of the gap in the report came "
            "from the size of the crowd."
        ),
        solution=_gap("prize.fig4.d3.2of2.top1"),
        untouched=lambda answer: 0.25 < answer < 0.35,
        expects=0.1,
        wrong=[
            Wrong(
                _gap("prize.fig4.d3.2of2.right"),
                _apart("prize.fig4.d3.2of2.right"),
                "The size is mended. But now ours is at φ = 1.5; the report is about top-1.",
            ),
            Wrong(
                _gap("prize.fig4.d3.2of2.top1", "reproduction.fig4.d3.2of2.top1"),
                _apart("prize.fig4.d3.2of2.top1", "reproduction.fig4.d3.2of2.top1"),
                "The size is mended. The other side is the reproduction's value now, not the "
                "paper's.",
            ),
            Wrong(
                _gap("prize.scale.144057.fig4.d3.2of2"),
                _apart("prize.scale.144057.fig4.d3.2of2"),
                "That is a larger part of the membership, and still a part of it.",
            ),
            Wrong(
                _gap("prize.fig4.d3.2of2.top1") + "\nanswer = -answer",
                _apart("prize.fig4.d3.2of2.top1", sign=-1),
                "The two have changed sides: asked for is ours less the paper's.",
            ),
            Wrong(
                _gap("prize.fig4.d3.2of2.top1") + "\nanswer = 100 * answer",
                lambda answer: 0.1 < answer < 5,
                "That is in points of per cent. Give the difference of the shares.",
            ),
            Wrong(
                _gap("prize.fig4.d14.2of2.top1", "ns2008.fig4.d14.2of2"),
                _apart("prize.fig4.d14.2of2.top1", "ns2008.fig4.d14.2of2"),
                "The size is mended. But those are days to within 14.",
            ),
            Wrong(
                _gap("live.right.value"),
                _between(0.05, 0.09),
                "That is the small release still, now at φ = 1.5.",
            ),
        ],
        hints=[
            "How many members has the release that `live` was attacked in, and how many the "
            "paper's?",
            '`facts.measured("prize....")` has the full-size results; the ids are like those of '
            "the published ones, with the measure at the end.",
        ],
    ),
)

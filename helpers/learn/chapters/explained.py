"""The exercises of chapters 05 and 05b that are answered in sentences."""

import re

from helpers.learn import Explain, Wrong
from helpers.learn.explain import holds

_FITTED = ["fit", "looked", "seen", "saw", "tuned", "chose", "choose", "adjust", "built", "knew"]
_FITTED += ["known", "knowing", "made to", "used to", "used for", "used in", "same cells"]
_FITTED += ["same data", "train", "peek", "optimi", "in view", "went into", "circular", "calibrat"]
_NEW = ["new", "predict", "other", "another", "different", "unseen", "before", "fresh"]
_NEW += ["independent", "never", "afterwards", "in advance", "held out", "held-out", "holdout"]
_NEW += ["hold-out", "kept back", "keep back", "held back", "hold back", "aside", "hidden", "blind"]
_NEW += ["validation", "test set", "not used", "not looked", "real data"]
_SEEDS = (
    r"\b(?:a |some |five )?(?:new|other|another|more|different|fresh|unseen)(?: random)? seeds?\b"
)

_MADE = ["made", "invented", "generat", "synthetic", "artificial", "fictional", "fake", "not real"]
_MADE += ["real data", "real ones", "real members", "real ratings", "real netflix", "actual data"]
_MADE += ["same data", "original data", "netflix's data", "netflix data", "netflix ratings"]
_MADE += ["other data", "different data", "not people who exist", "nobody ever", "drawn by"]
_NEAR = ["fit", "tuned", "looked", "adjust", "chose", "chosen", "calibrat", "built to", "until"]
_NEAR += ["knew", "known", "in view", "aimed", "made to", "on purpose", "turned towards"]


def _seeds_alone(text: str) -> bool:
    """Whether the only test that is named is another seed."""
    flat = " ".join(text.casefold().split())
    rest = re.sub(_SEEDS, "", flat)
    return rest != flat and not holds(rest, _NEW)


NO_TEST = Explain(
    "05.3",
    "Why is agreement in the cells no test of the generator, and what would be one?",
    ideas={"how the generator came to agree": _FITTED, "what it would have to meet": _NEW},
    model=(
        "The generator was fitted with these cells in view, so agreement shows that fitting "
        "worked and no more. A test would be a value that nobody had looked at, predicted "
        "before it is known: another setting, counted on the real data."
    ),
    because="Whatever was looked at while choosing can't judge the choice.",
    hints=[
        "When, in the making of the generator, were these 41 values known?",
        "What if somebody had kept back some cells until the end?",
    ],
    wrong=[
        Wrong(
            'answer = "The intervals are too wide, a test needs more targets than these."',
            ["more targets", "too wide", "sample is too small", "too few targets"],
            "More targets make the intervals narrower. The objection would stay the same with "
            "all 480,189. When was each value known?",
        ),
        Wrong(
            'answer = "Because thirteen cells are off, and a test would have none off at all."',
            ["cells are off", "not all cells", "not all of them agree", "do not agree"],
            "Suppose that all 41 agreed. Would you then call it a test?",
        ),
        Wrong(
            'answer = "It was fitted to these cells, and a new seed would test it."',
            _seeds_alone,
            "New seeds draw anew from the same rules. Could they show that a rule is wrong?",
        ),
        Wrong(
            'answer = "It is a good test, since the numbers fit the other figures, too."',
            [
                "a good test",
                "a fair test",
                "proves the generator",
                "proves that the",
                "were not looked",
            ],
            "When were these values known, before the generator was settled or after? Could they "
            "still have failed?",
        ),
        Wrong(
            "answer = \"I don't know why, and I don't know what another test would be.\"",
            ["i don't know", "i do not know", "no idea"],
            "Start with one half: were the 41 values known while the generator was made?",
        ),
    ],
)

SIMULATED = Explain(
    "05b.5",
    "Why simulated, not reproduced, and why is nearness no surprise?",
    ideas={"what the attack ran on": _MADE, "where the nearness comes from": _NEAR},
    model=(
        "The attack ran on made members, not on the real data, and the release they are in "
        "was fitted with the paper's numbers in view. That they come near says that the fit "
        "worked; a reproduction would repeat the experiment on the same data."
    ),
    because="To reproduce is to do the same again, on the same data, and to get what one gets.",
    hints=[
        "One thing is about the data, one about the order in which things were done.",
        "Whose ratings were attacked here? And were the published numbers known before or "
        "after the release was settled?",
    ],
    wrong=[
        Wrong(
            'answer = "Because the numbers are not near enough, a few cells are far off."',
            ["not near enough", "far off", "not close enough", "do not match", "not equal"],
            "Suppose that each cell agreed to the last digit. Would the reader then be right?",
        ),
        Wrong(
            'answer = "Because it was run on a smaller number of members than the paper."',
            ["smaller number", "smaller size", "smaller scale", "too small", "fewer members"],
            "Fig. 4 was run at full size, with as many members as the paper has. So it must "
            "be something else.",
        ),
        Wrong(
            'answer = "They reproduced it, because the generated numbers fit Netflix so well."',
            [
                "they reproduced it",
                "reproduced is right",
                "is right to say",
                "it is a reproduction",
            ],
            "To reproduce needs the same data. Whose ratings were attacked here?",
        ),
    ],
)

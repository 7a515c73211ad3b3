"""The exercises in sentences of chapters 05 and 05b: what readers wrote, good and not good."""

import pytest

from helpers import learn

NO_TEST = [
    "The cells were used to choose the settings; a test would be a cell kept back until the end.",
    "They trained on these cells, and a test needs a figure held back.",
    "We peeked at them. A blind comparison would be one.",
    "It was optimised for them, so use a validation set.",
    "The numbers were in view during making; only another setting could fail.",
    "It was fitted to these; new seeds are not enough, it takes an unseen setting.",
]
NO_TEST_YET = [
    "I don't know why, and I don't know what another test would be.",
    "It is a good test, since the numbers fit the other figures too.",
    "Agreement proves the generator is like the real data because the fit holds elsewhere.",
    "It was fitted, and a new seed would test it.",
    "It was fitted to the cells. Five other seeds would be a test.",
]
SIMULATED = [
    "The members are made up by a generator fitted to Netflix's figures, not Netflix's data.",
    "What comes out of made data is simulated; it was tuned until it came near.",
    "It never touched real ratings, and the numbers were known while it was built.",
]
SIMULATED_YET = [
    "They reproduced it because the generated numbers fit Netflix so well.",
    "It is a reproduction, the generated release was fitted.",
    "The members are made up, nobody of them ever lived.",
]


@pytest.mark.parametrize(
    ("id", "text", "good"),
    [
        *(("05.3", text, True) for text in NO_TEST),
        *(("05.3", text, False) for text in NO_TEST_YET),
        *(("05b.5", text, True) for text in SIMULATED),
        *(("05b.5", text, False) for text in SIMULATED_YET),
    ],
)
def test_a_sentence_is_met_as_it_deserves(id: str, text: str, good: bool) -> None:
    said = str(learn.exercise(id).check(text))
    assert said.startswith("Looks right.") is good, said


@pytest.mark.parametrize("answer", ["b) from members who tie with others, and whom the lot hits"])
def test_an_option_may_come_with_its_letter(answer: str) -> None:
    assert str(learn.exercise("05.1").check(answer)).startswith("Right.")


def test_an_option_may_lose_its_comma() -> None:
    assert str(learn.exercise("05b.1").check("now larger now smaller")).startswith("Right.")

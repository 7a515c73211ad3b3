"""The exercises of chapter 13, the release review."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Choice(
        "13.1",
        'Which sentence is missing from the sheet, under "not promised"?',
        options={
            "a": "The release has no names of viewers.",
            "b": "The list of titles is not complete.",
            "c": "Whoever knows a few titles and days of a viewer may find her rows.",
            "d": "Some viewers have only a few rows.",
        },
        right="c",
        because="It says who can do what to whom, so that a reader of the sheet can decide.",
        wrong={
            "a": "That is the promise over again. What can happen although it is kept?",
            "b": "That is a limit of the data. Which harm to a viewer does it speak of?",
            "d": "That is true. What could somebody do with it, and what would they have to know?",
        },
        hints=[
            "The promise is about names. What do the rows still say about a person?",
            "A limit is useful when it says what an attacker knows, and what she then gets.",
        ],
    ),
    Exercise(
        "13.2",
        "predict",
        'How many does each red name rightly: "the merge finds more", "about the same" or '
        '"weighing finds more"?',
        options=("the merge finds more", "about the same", "weighing finds more"),
        right="weighing finds more",
        reveal="It is {} by weighing, and {} by merging.",
        because="Most reviews are late, and a merge needs the exact day. It misses rows that are "
        "a day off, and finds those of other people.",
        wrong={
            "the merge finds more": "A merge needs the same day. How many reviews have that?",
            "about the same": "Both see the same rows. What does each do with a day that is off?",
        },
        hints=[
            "In chapter 04, what became of a review that was one day late?",
            "Chapter 08 tells what Irene does with a day that is nearly right.",
        ],
    ),
    Exercise(
        "13.3",
        "fix",
        "Make red refuse below log odds of 0. Which share of the outsiders is then named?",
        right=0.01,
        within=0.002,
        untouched=1.0,
        because="At 0 a claim is as likely true as false. Few outsiders fit a viewer that well.",
        solution="board, bar = attack.Posterior(given.release), 0\n"
        'outsiders = given.reviews[given.reviews["name"].map(case.key) == 0]\n'
        "named = [board.match(known, threshold=bar).pseudonym "
        'for _, known in outsiders.groupby("name")]\n'
        "answer = pd.notna(named).mean()",
        wrong={
            between(0, 0.008): "Red now refuses claims that are more likely true than false.",
            between(0.012, 0.998): "That is too large. Is the bar at 0, and do you count the "
            "outsiders who get a name?",
            between(1.5, 500): "Give a share, as `.mean()` does.",
        },
        hints=[
            "Which name in the first line decides from where on somebody is named?",
            "The bar stands at minus infinity: nothing is below that.",
        ],
    ),
    Exercise(
        "13.4",
        "predict",
        'How many does the red find that weighs evidence: "almost none", "one in five" or "most"?',
        options=("almost none", "one in five", "most"),
        right="most",
        reveal="It is most: {} of them.",
        because="The titles are hers, and a few titles are enough.",
        wrong={
            "almost none": "The days are other people's. What in a row is still hers?",
            "one in five": "How many viewers share the same three to twelve titles?",
        },
        hints=[
            "What does the sheet say about titles?",
            "Remember chapter 10: the same release, judged by points and by evidence.",
        ],
    ),
    Exercise(
        "13.5",
        "fill in",
        "What is the error of the published counts, as a part of the true ones?",
        right=0.018495,
        within=5e-5,
        because="It is below the 2% that the editor allows. Some of it is noise, and some comes "
        "from viewers who are in more lists than we count them in.",
        solution="answer = (said - true).abs().sum() / true.sum()",
        wrong={
            either(between(0.9, 6), between(10, 20_000)): "Give the error as a part of the "
            "true counts: not in viewers, not in per cent, and not what is left of 1.",
            either(between(0.0175, 0.2), between(6, 7)): "Did you take the parts one by one? Add "
            "up the distances first, and divide once.",
            between(-1_000, 0.0175): "Distances have no sign: what is too high and what is too low "
            "must not cancel.",
        },
        hints=[
            "Subtract one from the other: pandas lines them up by title and week.",
            "Take `.abs()` before you add up, and divide once, at the end.",
        ],
    ),
    Explain(
        "13.6",
        "Which draft do we publish, and what do we say beside it?",
        model="Publish the weekly counts with noise, and their sheet: at most 5 hits in 100 at 1 "
        "false alarm in 100, for each viewer, whatever anybody knows. Say that a second list costs "
        "more of that promise, and that the titles were chosen as announced. Rows stay inside.",
        points=[
            "It names one draft by its promise, not by what one red team failed to do.",
            "It says what the promise does not cover.",
            "It says what the need was, and that the draft meets it.",
            "Wilfa could read it, and would agree to be counted.",
        ],
        hints=[
            "For which of the four does the verdict not depend on the red team?",
            "Read your text as one of the people who are counted.",
        ],
    ),
)

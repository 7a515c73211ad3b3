"""The exercises of chapter 01, making viewers."""

from helpers.learn import Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "01.1",
        "predict",
        'What share of all plays do the busiest tenth of the viewers have: "a tenth", '
        '"about two fifths" or "nearly all"?',
        options=("a tenth", "about two fifths", "nearly all"),
        right="about two fifths",
        reveal="It is {}: about two fifths.",
        because="The busiest tenth has 42 of 100 plays. That is neither a tenth nor all of them.",
        wrong={
            "a tenth": "It would be so if everybody had the same number. Compare mean and median.",
            "nearly all": "A few viewers have very many plays. But half of all viewers have 57 or "
            "more, and together that is a lot.",
        },
        hints=[
            "Look at both pictures. How many plays has a very busy viewer, and a median one?",
            "One viewer in ten has four times the median or more. What do the other nine have?",
        ],
    ),
    Exercise(
        "01.2",
        "fill in",
        "What share of all film hours does the top tenth of the films have?",
        right=between(0.675, 0.685),
        because="110 of the 1,098 films take more than two thirds of the hours.",
        solution="answer = hours[-len(hours) // 10 :].sum() / hours.sum()",
        wrong={
            between(0, 0.01): "That is the bottom tenth. `hours` runs from small to large.",
            either(between(0.05, 0.67), between(0.99, 1)): "Those are not the hours of a tenth of "
            "the films, counted from the large end. How many films did you take?",
            between(1.01, 1e9): "That is no share from 0 to 1. Divide the hours of the top tenth "
            "by the sum of all hours, and leave it at that.",
        },
        hints=[
            "`hours[-5:]` are the five largest. How many films are a tenth of all?",
            "Take the sum of the largest tenth, and divide it by the sum of all.",
        ],
    ),
    Exercise(
        "01.3",
        "fix",
        "What share of the plays in Los Angeles start at 18:00 or later, by the clocks there?",
        right=between(0.381, 0.3835),
        because="By the clocks there, 38 of 100 plays start in the evening. Taking off a fixed "
        "number of hours fails, because the clocks changed on 5 November.",
        solution='hour = west["started_at"].dt.tz_convert("America/Los_Angeles").dt.hour\n'
        "answer = (hour >= 18).mean()",
        untouched=between(0.3145, 0.3155),
        wrong={
            either(0.343, 0.394, 0.12, 0.099, 0.48, 0, within=1e-3): "You moved all times by a "
            "fixed number of hours, but the clocks changed on 5 November. Let pandas move them, "
            "before `.dt.hour`.",
            either(0.2605, 0.442, 0.214, 0.059, within=1e-3): "Those are the clocks, or the plays, "
            "of other cities. Which zone do the plays in `west` have?",
            either(0.303, 0.618, between(1.01, 4e5), within=0.02): "Look at the last line: 18:00 "
            "counts, and the answer is a share between 0 and 1.",
        },
        hints=[
            "`started_at` is in UTC. Whose evening is it at 3 o'clock UTC?",
            "Call `.dt.tz_convert(...)` with the zone of `west`, and take the hour after that.",
        ],
    ),
    Explain(
        "01.4",
        "What can a study on a made log show that one on a real log can't? And what can't it show?",
        model="In a made log the truth is known, so we can say whether a query or an attack was "
        "right. It says nothing new about real viewers: it repeats what it was fitted to, and what "
        "its makers assumed.",
        points=[
            "In a made log we know the 53 and the near misses, because we planted them.",
            "So a query or an attack can be scored there, which no real log allows.",
            "It tells nothing new about real viewers: its makers put in or assumed all it says.",
            "Nobody real is exposed by it.",
        ],
        hints=[
            "On a real log, who could say whether the query found the right 53?",
            "Think of both sides: what we planted, and what we assumed.",
        ],
    ),
)

"""The exercises of chapter 01, making viewers."""

from helpers.learn import Choice, Exercise, Explain, between

EXERCISES = (
    Exercise(
        "01.1",
        "predict",
        'Do the busiest tenth of the viewers have "a tenth", "about two fifths" or "nearly all" '
        "of the plays?",
        options=("a tenth", "about two fifths", "nearly all"),
        right="about two fifths",
        because="A spread of 1.1 in the logarithm gives the busiest tenth about 42 of 100 plays: "
        "far from equal, and far from everything.",
        wrong={
            "a tenth": "That would be so if everybody watched the same. Compare the nine-tenths "
            "quantile above with the median.",
            "nearly all": "The tail is heavy, but not that heavy: half of the viewers have more "
            "than 50 plays each, and there are many of them.",
        },
        hints=[
            "Look at the three quantiles: how many times the median do the top viewers have?",
            "One viewer in ten has four times the median or more. Set that against the other nine.",
        ],
    ),
    Exercise(
        "01.2",
        "fill in",
        "What share of all hours do the top tenth of titles have?",
        right=between(0.68, 0.692),
        because="200 of the 2,000 titles take about two thirds of the hours.",
        solution="answer = hours[-len(hours) // 10 :].sum() / hours.sum()",
        wrong={
            between(0, 0.01): "That is the bottom tenth. `hours` runs from small to large.",
            between(1_000, 1e9): "Those are hours. For a share, divide by the sum of all hours.",
            between(10, 100): "That is per cent. The question asks for a number from 0 to 1.",
        },
        hints=[
            "`hours[-200:]` are the 200 largest. How many titles are there in all?",
            "Take the sum of the largest tenth, and divide it by the sum of all.",
        ],
    ),
    Exercise(
        "01.3",
        "fix",
        "Make `answer` the busiest hour of the viewers in Los Angeles, by their own clocks.",
        right=18,
        because="By their own clocks they start most plays between 18 and 19 o'clock. Taking off "
        "8 hours happens to give the same, and is wrong until 5 November, when the clocks change.",
        solution='west_time = west["started_at"].dt.tz_convert("America/Los_Angeles")\n'
        "answer = int(west_time.dt.hour.mode()[0])",
        untouched=between(2, 3),
        wrong={
            between(-9, -1): "You took hours off, and landed below 0. Let pandas move the clock.",
            between(19, 20): "You took off a fixed number of hours. In autumn that number changes.",
            between(21, 23): "That is the busiest hour as told by a clock in New York.",
        },
        hints=[
            "`started_at` is in UTC. Whose evening is it at 3 o'clock UTC?",
            "`.dt.tz_convert(...)` moves times to a zone. Take the hour after that.",
        ],
    ),
    Choice(
        "01.4",
        "With the same chance on each further day, what would that chance be?",
        options={
            "a": "about 1 in 5",
            "b": "about 1 in 10",
            "c": "about 47 in 100",
            "d": "about 4 in 5",
        },
        right="c",
        because="Two further days are needed, so the chance is multiplied by itself: .47 times .47 "
        "is .22. That is more than the .19 with which a run gets beyond its first day.",
        wrong={
            "a": "That is the chance of two further days. A single day is likelier.",
            "b": "Halving does not undo two steps. One in ten, twice in a row, is 1 in 100.",
            "d": "That is the chance that the run ends before the fifth day.",
        },
        hints=[
            "From three days to five there are two steps. Both must be taken.",
            "Which number, multiplied by itself, gives about .22?",
        ],
    ),
    Explain(
        "01.5",
        "What can a study on a made log show, and what can it not?",
        model="In a made log the truth is known, so a query or an attack can be scored against it. "
        "Of real viewers it shows only what the generator was fitted to, or what follows from its "
        "assumptions.",
        points=[
            "In a made log we know the truth: who the 53 are, and who the near misses are.",
            "So a query or an attack can be scored there, which no real log allows.",
            "It tells nothing new about real viewers: what comes out was put in or assumed.",
        ],
        hints=[
            "On a real log, who could say whether the 53 found are the 53 meant?",
            "Think of both sides: what we planted, and what we assumed.",
        ],
    ),
)

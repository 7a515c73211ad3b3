"""The exercises of chapter 01, making viewers."""

from helpers.learn import Choice, Exercise, Explain, Wrong

EXERCISES = (
    Exercise(
        "01.1",
        "predict",
        'The busiest tenth of the viewers have "a tenth", "about two fifths" or "nearly all" '
        "of the plays?",
        right="about two fifths",
        options=("a tenth", "about two fifths", "nearly all"),
        because=(
            "A spread of 1.1 in the logarithm gives the busiest tenth about 42 of 100 plays: "
            "far from equal, and far from everything."
        ),
        solution='answer = "about two fifths"',
        wrong=[
            Wrong(
                'answer = "a tenth"',
                "a tenth",
                "That would be so if all watched the same. Compare the nine-tenths quantile above "
                "with the median.",
            ),
            Wrong(
                'answer = "nearly all"',
                "nearly all",
                "The tail is heavy, but not that heavy: half of the viewers have more than 50 "
                "plays each, and there are many of them.",
            ),
        ],
        hints=[
            "Look at the three quantiles: how many times the median has somebody in the top tenth?",
            "Four times the median and more, for one viewer in ten: set that against the other "
            "nine.",
        ],
    ),
    Exercise(
        "01.2",
        "fill in",
        "What share of all hours do the top tenth of titles have?",
        right=lambda share: abs(share - 0.686) < 0.006,
        because="200 of the 2,000 titles take about two thirds of the hours.",
        solution="answer = hours[-len(hours) // 10 :].sum() / hours.sum()",
        expects=0.5,
        wrong=[
            Wrong(
                "answer = hours[: len(hours) // 10].sum() / hours.sum()",
                lambda share: 0 < share < 0.01,
                "That is the bottom tenth: `hours` is sorted from small to large, so the most "
                "watched stand at the end.",
            ),
            Wrong(
                "answer = hours[-len(hours) // 100 :].sum() / hours.sum()",
                lambda share: 0.2 < share < 0.3,
                "That is the top hundredth, 20 titles. A tenth are 200.",
            ),
            Wrong(
                "answer = hours[: -len(hours) // 10].sum() / hours.sum()",
                lambda share: 0.305 < share < 0.325,
                "Those are the other nine tenths: `hours[:-200]` leaves the largest out.",
            ),
            Wrong(
                "answer = len(hours) // 10",
                200,
                "That is how many titles a tenth are. What share of the hours do they have?",
            ),
            Wrong(
                "answer = hours[-len(hours) // 10 :].mean() / hours.mean()",
                lambda share: 6 < share < 8,
                "Those are averages: the ratio says how many times an average title's hours they "
                "have. For a share, divide sums.",
            ),
            Wrong(
                "answer = 0.7",
                lambda share: 0.65 < share < 0.72,
                "That is near. Let the code say it to the third digit.",
            ),
            Wrong(
                "answer = hours[-len(hours) // 10 :].sum()",
                lambda share: share > 1_000,
                "Those are hours. For a share, divide by the sum of all hours.",
            ),
            Wrong(
                "answer = 68.6",
                lambda share: 10 < share <= 100,
                "A number between 0 and 1 is asked for; yours looks like a percentage.",
            ),
        ],
        hints=[
            "`hours[-200:]` are the 200 largest. How many titles are there in all?",
            "The sum of the largest tenth, divided by the sum of all.",
        ],
    ),
    Exercise(
        "01.3",
        "fix",
        "Make `answer` the busiest hour of the viewers in Los Angeles, by their own clocks.",
        right=18,
        within=0,
        because=(
            "By their own clocks they start most plays between 18 and 19 o'clock. Taking off 8 "
            "hours would give the same here, and be wrong until 5 November, when the clock moved."
        ),
        solution=(
            'west = world.plays[world.plays["zone"] == "America/Los_Angeles"]\n'
            'hour = west["started_at"].dt.tz_convert("America/Los_Angeles").dt.hour\n'
            "answer = int(hour.mode()[0])"
        ),
        untouched=lambda hour: hour in (2, 3),
        wrong=[
            Wrong(
                "answer = int(\n"
                '    west["started_at"].dt.tz_convert("America/New_York").dt.hour.mode()[0]\n'
                ")",
                lambda hour: hour in (21, 22, 23),
                "That is when it is busiest in Los Angeles, told by a clock in New York.",
            ),
            Wrong(
                "answer = int((hour.mode()[0] + 8) % 24)",
                lambda hour: hour in (9, 10, 11),
                "Hours were added. West of Greenwich the clock is behind UTC, and not by the same "
                "number of hours all year: let pandas convert.",
            ),
        ],
        hints=[
            "`started_at` is in UTC. Whose evening is it at 3 o'clock UTC?",
            "pandas converts moments to a zone with `.dt.tz_convert(...)`; the hour comes after.",
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
        because=(
            "Two further days are needed, so the chance is multiplied by itself: .47 times .47 is "
            ".22. That is more than the .19 with which a run gets beyond its first day."
        ),
        wrong={
            "a": "That is the chance of two further days together. Each of them alone is likelier.",
            "b": "Halving does not undo two steps: one in ten, twice in a row, is one in a "
            "hundred.",
            "d": "That is the chance that the run ends before the fifth day.",
        },
        hints=[
            "From three days to five there are two steps, and both have to be taken.",
            "Look for the number that gives about .22 when multiplied by itself.",
        ],
    ),
    Explain(
        "01.5",
        "What can a study on a made log show, and what can it not?",
        ideas={
            "what we know of a made log and of no real one": [
                "truth",
                "true",
                "known",
                "know",
                "planted",
                "put in",
                "right people",
                "score",
                "check whether",
            ],
            "how far it reaches beyond the log": [
                "real view",
                "reality",
                "real world",
                "real people",
                "how common",
                "how often",
                "fitted",
                "generator",
                "assum",
                "behav",
                "netflix",
                "outside",
            ],
        },
        model=(
            "In a made log the truth is known, so a query or an attack can be scored against it. "
            "Of real viewers it shows only what the generator was fitted to, or what follows from "
            "its assumptions."
        ),
        because="Right answers on made data test the method; they do not measure the world.",
        wrong=[
            Wrong(
                'answer = "A made log is useless because it is fake and nothing follows from it."',
                ["useless", "worthless", "fake"],
                "Something does follow: a method that fails where the answer is known has failed. "
                "Say what can be scored here that could not be scored there.",
            ),
            Wrong(
                'answer = "A made log shows what is true of real viewers."',
                ["true of real", "what real viewers", "how real viewers", "real viewers do"],
                "Of real viewers it can only repeat what was put in. What does it show about the "
                "query or the attack?",
            ),
        ],
        hints=[
            "Who could say, on a real log, whether the 53 found are the 53 meant?",
            "Think of both sides: what we planted, and what we assumed.",
        ],
    ),
)

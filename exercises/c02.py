"""The exercises of chapter 02, fifty-three people."""

from helpers.learn import Choice, Exercise

EXERCISES = (
    Exercise(
        "02.1",
        "predict",
        'With accounts instead of viewers, do we get "more", "fewer" or "the same"?',
        options=("more", "fewer", "the same"),
        right="more",
        because="Two people who take turns make an account that has every day, though neither of "
        "them has. That adds more than the fans who share an account take away.",
        wrong={
            "fewer": "There are fewer accounts than viewers, and some fans do share one. But an "
            "account gathers the days of everybody in it. What does that do to a missed day?",
            "the same": "It would be if every account held one viewer. Here 20,000 viewers share "
            "9,000 accounts.",
        },
        hints=[
            "A day counts for the account when anybody in it watched.",
            "Picture two people: one watches on even days, the other on odd days.",
        ],
    ),
    Exercise(
        "02.2",
        "fix",
        "Count the viewers who watched on each of the seven days from 23 to 29 November.",
        right=73,
        because="Seven plays are not seven days: who pauses has several plays on one evening.",
        solution='days_each = week.groupby("viewer")["day"].nunique()\n'
        "answer = int((days_each == 7).sum())",
        untouched=95,
        wrong={
            12: "These are still plays, now exactly seven. What is a row of `week`?",
            64: "Your window begins a day early. Does it begin on 23 November?",
            83: "Does your window end a day late? Or do you still count plays?",
        },
        hints=[
            "`size()` counts rows. What is a row of `week`?",
            "Count the different days of each viewer: `nunique()` of the column `day`.",
        ],
    ),
    Exercise(
        "02.3",
        "fill in",
        "How many viewers watched the film for at least 20 minutes on each of the 15 days that end "
        "on 6 December?",
        right=42,
        because="All the choices are arguments: `at_least`, `days` and `until` are given, `who` "
        "and `zone` stay as they are.",
        solution="answer = len(\n"
        '    ask.watched_every_day(plays, make.FILM, days=15, until="2017-12-06", at_least=20)\n'
        ")",
        wrong={
            51: "That counts any play. `at_least` asks for minutes.",
            53: "Those days end on 10 December, as they do when you leave out `until`.",
            20: "Those are 18 days, as they are when you leave out `days`.",
        },
        hints=[
            "`ask.watched_every_day` takes `days`, `until`, `who`, `at_least` and `zone`.",
            "It returns the viewers themselves; `len(...)` counts them.",
        ],
    ),
    Choice(
        "02.4",
        "Which of these would do most to make the claim checkable?",
        options={
            "a": "the number of all members",
            "b": "the query, with what counts as a person and as a replay",
            "c": "the names of the 1,204",
            "d": "the same number for another show",
        },
        right="b",
        because="With the definition, somebody with access can count again, and somebody without "
        "can at least say what was claimed. It exposes nobody.",
        wrong={
            "a": "It would tell how rare this is, but not what was counted.",
            "c": "It would expose 1,204 people, and still not say what a replay is.",
            "d": "It would be a second number without a definition.",
        },
        hints=[
            "In this chapter, what did you need before you could get any number at all?",
            "With which of them could somebody who has the log count again, and get the same?",
        ],
    ),
)

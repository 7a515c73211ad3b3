"""The exercises of chapter 02, fifty-three people."""

from helpers.learn import Choice, Exercise, Wrong

EXERCISES = (
    Exercise(
        "02.1",
        "predict",
        'With accounts instead of viewers, do we get "more", "fewer" or "the same"?',
        right="more",
        options=("more", "fewer", "the same"),
        because=(
            "Two people who take turns make an account that has every day, though neither of "
            "them has. That adds more than the fans who share an account take away."
        ),
        solution='answer = "more"',
        wrong=[
            Wrong(
                'answer = "fewer"',
                "fewer",
                "There are fewer accounts than viewers, and some fans do share one. But an account "
                "gathers the days of everybody in it: what does that do to a missed day?",
            ),
            Wrong(
                'answer = "the same"',
                "the same",
                "It would be if every account held one viewer. Here there are 20,000 viewers in "
                "9,000 accounts.",
            ),
        ],
        hints=[
            "A day counts for the account when anybody in it watched.",
            "Picture two people, one who watches on even days and one on odd days.",
        ],
    ),
    Exercise(
        "02.2",
        "fix",
        "Count the viewers who watched on each of the seven days from 23 to 29 November.",
        right=73,
        within=0,
        because="Seven plays are not seven days: who pauses has several plays on one evening.",
        solution=(
            'week = film[film["day"].between("2017-11-23", "2017-11-29")]\n'
            'days_each = week.groupby("viewer")["day"].nunique()\n'
            "answer = int((days_each == 7).sum())"
        ),
        untouched=95,
        wrong=[
            Wrong(
                "answer = int((plays_each > 7).sum())",
                83,
                "Eight plays or more: these are still plays. What is a row of `week`?",
            ),
            Wrong(
                "answer = int((plays_each == 7).sum())",
                12,
                "Exactly seven plays: these are still plays, and who paused is lost. What is a row "
                "of `week`?",
            ),
            Wrong(
                'answer = int((film.groupby("viewer")["day"].nunique() >= 7).sum())',
                122,
                "Those are viewers with seven days at any time. The question asks for one week: "
                "keep `week`.",
            ),
            Wrong(
                'answer = int((week.groupby("account")["day"].nunique() == 7).sum())',
                79,
                "Those are accounts. The question asks for viewers.",
            ),
            Wrong(
                'answer = len(ask.watched_every_day(film, make.FILM, days=7, until="2017-11-29",\n'
                '    zone="UTC"))',
                57,
                "Those are days in UTC. Each viewer's own calendar is asked for.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(film, make.FILM, days=7))",
                88,
                "Those are the seven days that end on 10 December, which is what the helper takes "
                "when you leave out `until`.",
            ),
            Wrong(
                'answer = week["viewer"].nunique()',
                427,
                "Those are all who watched in that week at all. Who has each of the seven days?",
            ),
        ],
        hints=[
            "`size()` counts rows. What is a row of `week`?",
            "Count different days a viewer: `nunique()` of the column `day`.",
        ],
    ),
    Exercise(
        "02.3",
        "fill in",
        "How many viewers watched the film for at least 20 minutes on each of the 15 days that end "
        "on 6 December?",
        right=42,
        within=0,
        because="All the choices are arguments: at_least, days, until, and who and zone as they "
        "stand.",
        solution=(
            "answer = len(ask.watched_every_day(\n"
            '    plays, make.FILM, days=15, until="2017-12-06", at_least=20\n'
            "))"
        ),
        expects=1,
        wrong=[
            Wrong(
                "answer = len(ask.watched_every_day(\n"
                '    plays, make.FILM, days=15, until="2017-12-06"\n'
                "))",
                51,
                "That counts any play. `at_least` asks for minutes.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(plays, make.FILM, days=15, at_least=20))",
                53,
                "Those are the 15 days that end on 10 December, which is what the helper takes "
                "when you leave out `until`.",
            ),
            Wrong(
                'answer = len(ask.watched_every_day(plays, make.FILM, until="2017-12-06", '
                "at_least=20))",
                20,
                "Those are 18 days, which is what the helper takes when you leave out `days`.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(\n"
                '    plays, make.FILM, days=15, until="2017-12-06", at_least=20, who="account"\n'
                "))",
                48,
                "Those are accounts. The question asks for viewers.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(\n"
                '    plays, make.FILM, days=15, until="2017-12-06", at_least=20, zone="UTC"\n'
                "))",
                34,
                "Those are days in UTC. Each viewer's own calendar is asked for.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(\n"
                '    plays, make.FILM, days=15, until="2017-12-06", at_least=70\n'
                "))",
                31,
                "That is 70 minutes a day. The question asks for 20.",
            ),
            Wrong(
                "answer = len(ask.watched_every_day(\n"
                '    plays, make.FILM, days=14, until="2017-12-06", at_least=20\n'
                "))",
                49,
                "Those are 14 days. Both ends count: 22 November to 6 December.",
            ),
        ],
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
        because=(
            "With the definition somebody with access can count again, and somebody without can "
            "at least say what was claimed. It exposes nobody."
        ),
        wrong={
            "a": "It would tell how rare the thing is, but not what was counted.",
            "c": "It would hand 1,204 people to the public, and still not say what a replay is.",
            "d": "It would be a second number without a definition.",
        },
        hints=[
            "What did you need, in this chapter, before you could get any number at all?",
            "Ask of each option: could somebody with the log now count again, and get the same?",
        ],
    ),
)

"""The exercises of chapter 02, fifty-three people."""

from helpers.learn import Choice, Exercise, either

EXERCISES = (
    Exercise(
        "02.1",
        "predict",
        'With accounts instead of viewers, do we get "more", "fewer" or "the same"?',
        options=("more", "fewer", "the same"),
        right="more",
        because="Two people who take turns give their account every day, though neither has every "
        "day.",
        reveal="It is more: {} accounts, {} viewers. Three accounts hold two of the 53 each: three "
        "fewer. On nine others two people took turns: nine more.",
        wrong={
            "fewer": "There are fewer accounts than viewers, and some fans do share one. But an "
            "account has the days of everybody on it. What does that do to a missed day?",
            "the same": "That would be so if every account had one viewer. Here 20,000 viewers "
            "share 9,000 accounts.",
        },
        hints=[
            "A day counts for the account when anybody on it watched.",
            "Picture two people: one watches on even days, the other on odd days.",
        ],
    ),
    Exercise(
        "02.2",
        "fix",
        "Count the viewers who watched on each of the seven days from 23 to 29 November.",
        right=73,
        because="Seven plays are not seven days: a viewer who pauses has several plays on one day.",
        solution='answer = int((week.groupby("viewer")["day"].nunique() == 7).sum())',
        untouched=95,
        wrong={
            either(12, 83, 0): "You still count plays. What is a row of `week`?",
            either(64, 93, 72, 82, 84, 427, 1_112): "Count the viewers who have each of the days "
            "from 23 to 29 November: all seven, and no others.",
            either(79, 57): "Those are accounts, or days in UTC. Count viewers, and the days of "
            "their own calendar: the column `day`.",
        },
        hints=[
            "`size()` counts rows. What is a row of `week`?",
            "Count the different days of each viewer: `nunique()` of the column `day`.",
        ],
    ),
    Exercise(
        "02.3",
        "fill in",
        "How many viewers watched the film for at least 20 minutes a day, in one play or several, "
        "on each of the 15 days that end on 6 December, by their own calendar?",
        right=42,
        because="The minutes of a day add up, so the viewer who watches in pieces counts, too.",
        solution='part = film[film["day"].between("2017-11-22", "2017-12-06")]\n'
        'minutes = part.groupby(["viewer", "day"])["minutes"].sum()\n'
        'enough = minutes[minutes >= 20].groupby("viewer").size()\n'
        "answer = int((enough == 15).sum())",
        wrong={
            either(2, 9, 41, 59): "That looks at single plays: `seen` keeps one a day, a filter on "
            "`minutes` keeps long ones. Start from `film`, and add up a day's minutes.",
            either(51, 127, 460, 1_934): "Count viewers with 20 minutes on every single day.",
            either(60, 0, 23, 37, 48, 49, 53, 71, 87, 105, 34): "Check the window: 6 December "
            "is the last of the 15 days. And count viewers, not accounts, by `day`, not by UTC.",
        },
        hints=[
            "The first of the 15 days is 22 November. Select the window as in step 4, "
            "but from `film`: `seen` has lost the later plays of a day.",
            'Group by both, `["viewer", "day"]`, and sum the minutes. Keep the days with enough.',
            "Then count the days that are left for each viewer, as in steps 5 and 6.",
        ],
    ),
    Exercise(
        "02.4",
        "predict",
        'If we count by days in UTC, does the list "lose" people, "gain" people, or "both"?',
        options=("lose", "gain", "both"),
        right="both",
        because="In UTC a late evening in the Americas has the next date, and a night in Berlin "
        "has the date before. The first can break a run, the second can fill a gap.",
        reveal="It does both: {} lost, {} gained, {} in all. Late in an American evening UTC has "
        "the next date; shortly after midnight in Berlin it still has the date before. By days in "
        "New York there are {}.",
        wrong={
            "lose": "That happens to many in the Americas. Now think of somebody in Berlin who "
            "pressed play half an hour after midnight, and so missed a day by her own calendar.",
            "gain": "That happens to some in Berlin. Now think of somebody in New York who watches "
            "at eight on some evenings, and earlier on others.",
        },
        hints=[
            "What date does a play at 20:00 in New York have in UTC? And one at 15:00?",
            "What date does a play at 00:30 in Berlin have in UTC?",
        ],
    ),
    Choice(
        "02.5",
        "Which of the three logs is the bot's: a, b or c?",
        options={"a": "log a", "b": "log b", "c": "log c"},
        right="b",
        because="A bot plays day and night, a few minutes each time. So it starts at several fixed "
        "times of day, and drops out when you ask for 70 minutes.",
        reveal="Log {} is the bot's: its viewers drop out when you ask for 70 minutes. Counting "
        "viewers exposes the shared accounts (log {}). Autoplay (log {}) passes both tests when it "
        "runs to the end in an empty room. Only the clock gives it away: it always starts at the "
        "same second.",
        wrong={
            "a": "In log a no viewer has the streak, only accounts do. Which cause makes that?",
            "c": "In log c plays always start at the same time of day, and many last 70 minutes. "
            "Is that how a bot plays, every few hours?",
        },
        hints=[
            "In one log no viewer has the streak. That log is not the bot's.",
            "Which cause plays more than once a day, and never to the end of the film?",
        ],
    ),
)

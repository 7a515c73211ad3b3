"""The exercises of chapter 12, at their scale."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Exercise(
        "12.1",
        "predict",
        'What does the file fit on: `"a memory stick of 64 GB"`, `"a disk of a few TB"` or '
        '`"a room of machines"`?',
        options=("a memory stick of 64 GB", "a disk of a few TB", "a room of machines"),
        right="a disk of a few TB",
        reveal="In Parquet a play takes {} bytes. A year takes {} TB.",
        because="Columns hold the same few titles, zones and devices again and again: each is "
        "written once, and then only its number.",
        wrong={
            "a memory stick of 64 GB": "That leaves less than a byte for each play.",
            "a room of machines": "That would be thousands of bytes for each play. "
            "How long is a title?",
        },
        hints=[
            "A play has eight values. How many bytes might each need, if titles get numbers?",
            "Multiply the plays of a year by ten or by a hundred, and count the zeros.",
        ],
    ),
    Exercise(
        "12.2",
        "predict",
        'Which conditions does the engine apply while it reads: `"only the title"`, `"both"` '
        'or `"neither"`?',
        options=("only the title", "both", "neither"),
        right="both",
        reveal="The first step of the plan says: {}",
        because="SQL says what is wanted, not in which order it is done. A condition on the day "
        "can be moved in front of the grouping, since the days stay what they are.",
        wrong={
            "only the title": "Would the answer change if other days were dropped earlier?",
            "neither": "The plan names only the steps. What may the first step do while it reads?",
        },
        hints=[
            "The plan has one filter of its own. Which condition must wait until days are counted?",
            "An engine may move a condition, if the answer stays the same.",
        ],
    ),
    Exercise(
        "12.3",
        "fix",
        "How many plays are left to read, when a condition keeps the folders of the 18 days?",
        right=12_122,
        untouched=106_022,
        because="Eighteen folders of 184 are opened, and with them a ninth of the plays.",
        solution="condition = \"local_day BETWEEN '2017-11-23' AND '2017-12-10'\"\n"
        'answer = duckdb.sql(f"SELECT count(*) FROM {log} WHERE {condition}").fetchall()[0][0]',
        wrong={
            either(
                10_613, 11_205, 11_530, 11_744, 12_101, 12_661, 12_693
            ): "The window has 18 days, from 23 November to 10 December: both ends belong to it.",
            either(23_502, 22_910, 94_642, 93_725): "The condition has one end. The window has "
            "two, and the folders outside it should stay shut.",
            either(3_954, 2_708, between(12_000, 12_121)): "The folders are by the viewers' own "
            "days: not by title, nor by moment. Which column names them?",
        },
        hints=[
            "The folders are called `local_day=2017-11-23` and so on.",
            "`BETWEEN` counts both ends. Days are written as texts in quotes.",
        ],
    ),
    Choice(
        "12.4",
        "When is Spark the better choice?",
        options={
            "a": "whenever the log has more than a million plays",
            "b": "when one machine can't hold the log, or would take longer than you can wait",
            "c": "when processor time is expensive",
            "d": "never: it is slower",
        },
        right="b",
        because="It takes more processor time for each play, and it can have as many processors "
        "as you can pay for.",
        wrong={
            "a": "What does DuckDB take for a hundred million?",
            "c": "Which of the two takes less of it?",
            "d": "Slower on one machine. Where does it get more of them?",
        },
        hints=[
            "What can a cluster give that a faster program on one machine can't?",
            "Think of the disk, and of the clock on the wall.",
        ],
    ),
    Explain(
        "12.5",
        "Somebody proposes to put the gateway on each analyst's laptop. What do you say?",
        model="A gateway on my laptop is mine to remove. It must stand where the files are, hold "
        "the only key to them, and know what all 200 of us have asked.",
        points=[
            "Whoever can read the files needs no gateway: the key must not be on the laptop.",
            "Two colleagues find out what one is refused, so the history must be shared.",
            "An audit on a laptop can be rewritten by whoever it is about.",
            "Programs read the store, too: the rule must hold for them as well.",
        ],
        hints=[
            "Where does the key to the files lie in that proposal?",
            "Think of Merrit and Linnet in chapter 07.",
        ],
    ),
)

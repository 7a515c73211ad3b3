"""The exercises of chapter 07, who may look."""

from helpers.learn import Choice, Exercise, Explain

EXERCISES = (
    Exercise(
        "07.1",
        "predict",
        "How many of the 40 could have written the tweet: "
        '"nobody", "only marketing", "more than marketing" or "all 40"?',
        options=("nobody", "only marketing", "more than marketing", "all 40"),
        right="more than marketing",
        because="A role counts by what it may ask, not by what it is called: analysts may ask for "
        "campaigns too, and there are nine of them.",
        reveal="It is more than marketing: {} of 40, marketing and the analysts.",
        wrong={
            "nobody": "Somebody at the company did. Which purpose has the three columns?",
            "only marketing": "Read who else may ask for the purpose `campaign`.",
            "all 40": "Support staff may ask too, but do they get the title?",
        },
        hints=[
            "The tweet needs a title, a day and the days in a row.",
            "Which purposes have all three, and which roles have those purposes?",
        ],
    ),
    Choice(
        "07.2",
        "Merrit has her 53. Which question may she still ask?",
        options={
            "a": "how many saw it 17 days or more",
            "b": "how many saw it 20 days or more",
            "c": "how many saw it fewer than 18 days",
            "d": "how many saw it on that day at all",
        },
        right="c",
        because="No play is counted by both questions, so their difference is about nobody.",
        wrong={
            "a": "All of the 53 are in that count too. What would the difference be?",
            "b": "Those people are among the 53. The rest would be those with 18 or 19 days.",
            "d": "The 53 are in it. Subtract, and you have the others.",
        },
        hints=[
            "Two counts are subtracted when one holds the people of the other.",
            "Look for the count that shares no play with hers.",
        ],
    ),
    Explain(
        "07.3",
        "What would you have told the person who wanted to post the tweet?",
        model="Fifty-three people will know that we mean them, and that we count their evenings. "
        "They lent us the log so that films play; ask them, or praise the film without a count.",
        points=[
            "No law or rule about names was needed: a person recognises herself.",
            "The purpose: she let a service log her evenings, not joke about them in public.",
            "Her view: the tweet's question is about her life, and she can't answer it.",
            "Something else to do: ask, wait, or write about the film.",
        ],
        hints=[
            "Read the tweet as one of the 53.",
            "Which of the four columns of the review says no, and which say nothing?",
        ],
    ),
    Exercise(
        "07.4",
        "predict",
        "The log keeps 30 days. Of people of whom a friend remembers four titles *of that month*, "
        'how many are still found: "almost none", "under half" or "most"?',
        options=("almost none", "under half", "most"),
        right="most",
        because="What is left is as telling as before. Retention protects the past, not the month.",
        reveal="It is most: {}.",
        wrong={
            "almost none": "That would take titles that are no longer in the log. These are.",
            "under half": "Fewer plays are left for her, but also for all the others.",
        },
        hints=[
            "Are the four titles that the friend remembers deleted, or kept?",
            "In chapter 03 two titles with their days singled out nearly everybody.",
        ],
    ),
)

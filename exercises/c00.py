"""The exercise of chapter 00, start here."""

from helpers.learn import Choice

EXERCISES = (
    Choice(
        "00.1",
        "The tweet says 53 people. What did the service count?",
        options={
            "a": "accounts: whoever pays, a household at a time",
            "b": "profiles: the names that one picks after signing in",
            "c": "people: each of them, whoever holds the remote",
            "d": "nobody outside the service knows",
        },
        right="d",
        because="No definition, no query and no data were published. A service sees accounts and "
        "profiles; whether one person sits behind each is a guess.",
        wrong={
            "a": "It may be: a service certainly has accounts. Did it ever say so?",
            "b": "It may be, though several people can share a profile. Did anyone ever say so?",
            "c": "It may be: the tweet uses that word. Did it say what counts as one?",
        },
        hints=[
            "A word in a tweet is not a definition.",
            "Look for what was published beside the number: a query, a definition, a table.",
        ],
    ),
)

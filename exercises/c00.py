"""The exercise of chapter 00, start here."""

from helpers.learn import Choice

EXERCISES = (
    Choice(
        "00.1",
        "The tweet says 53 people. What did the service count?",
        options={
            "a": "accounts: one for each household that pays",
            "b": "profiles: the names you pick after signing in",
            "c": "people: every one of them, whoever holds the remote",
            "d": "nobody outside the service knows",
        },
        right="d",
        because="The service published no definition, no query and no data. It sees accounts and "
        "profiles, and can only guess whether one person sits behind each.",
        wrong={
            "a": "Perhaps: a service certainly has accounts. Did it say that it counted those?",
            "b": "Perhaps: but several people can share a profile. Did it say that it "
            "counted profiles?",
            "c": "Perhaps: the tweet uses that word. Did it say what counts as one person?",
        },
        hints=[
            "A word in a tweet is not a definition.",
            "Look for what was published beside the number: a query, a definition, a table.",
        ],
    ),
)

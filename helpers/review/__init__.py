"""The release review: blue publishes, red attacks, the judge scores, all by files. Chapter 13.

game        what is handed over, what is handed in, and the score
promise     whether counts can hold the noise that their sheet promises
teams       the teams that play it: two that publish, two that attack
"""

from helpers.review.game import (
    CLAIMS,
    COUNTS,
    FALSE,
    NEEDS,
    SUCCESS,
    Case,
    Handed,
    ReviewError,
    Score,
    attack,
    case,
    defended,
    error,
    judged,
    league,
    listed,
    opened,
    publish,
    score,
    with_weeks,
)

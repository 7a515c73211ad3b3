"""How large the release is, which mechanisms make it, and which random numbers each of them has."""

import numpy as np

# Narayanan and Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE S&P 2008,
# pp. 111-125, whose data this release is fitted to.
MEMBERS = 480_189
TITLES = 17_770
FIRST_DAY = np.datetime64("1999-11-11")  # day 0; the last day is 31 December 2005
DAYS = 2_243

# In the order in which they act. Without one of them its place is taken by what is said here.
MECHANISMS = {
    "activity": "some rate far more than others; without it everyone wishes to rate 209 titles",
    "popularity": "some titles are rated far more; without it every title is as popular",
    "reach": "some keep to the head of the catalogue, some to its tail; without it all are alike",
    "tastes": "members of one taste pick the same titles; without it popularity alone decides",
    "joining": "more join each year, and leave again; without it all stay throughout",
    "first_day": "much is entered on one day, popular titles first; without it no day is special",
    "sessions": "later ratings come several a day; without it each falls on a day of its own",
    "arrivals": "titles arrive during the six years; without it all are there from the first day",
    "stars": "titles, members and tastes have their stars; without it chance alone gives them",
}
# The independent release keeps how much members rate and how much titles are rated, nothing else.
NAIVE = tuple(name for name in MECHANISMS if name not in ("activity", "popularity"))

# What a stream of random numbers is for, after the uses that `draw` counts. Each step has a stream
# of its own, so that switching one mechanism off leaves the numbers of the others as they were.
(
    ACTIVITY, REACH, TASTES, JOINING, FIRST, SESSIONS, ARRIVALS, STARS, PICKS, THIN,
    LABELS, FLOOR,
) = range(101, 113)  # fmt: skip

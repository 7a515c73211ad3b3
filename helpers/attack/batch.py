"""The linkage attack as one SQL statement, on many targets at once, where the release lies.

It is `attack.Scoreboard` word for word: the same weights, scores, spread and refusals.
"""

from typing import Any

import pandas as pd

from helpers.ask import choose
from helpers.ask.dialects import written
from helpers.attack.auxiliary import AttackError
from helpers.attack.linkage import CLOSE
from helpers.release import has_dates, instead

SCORES = """\
WITH people AS (
    SELECT count(DISTINCT pseudonym) AS everybody
    FROM release
), weights AS (
    SELECT title, 1 / ln(greatest(count(*), 2)) AS weight
    FROM release
    WHERE title IN (SELECT title FROM known)
    GROUP BY title
), scores AS (
    SELECT known.target, release.pseudonym, sum(weights.weight * (
        coalesce(exp(-abs({days}) / {days_scale}), 0)
        + coalesce(exp(-abs({stars}) / {stars_scale}), 0)
    )) AS score
    FROM known
    JOIN weights ON weights.title = known.title
    JOIN release ON release.title = known.title
    GROUP BY known.target, release.pseudonym
)"""

# Those who share no title are in no row of `scores`: their score is 0, and sigma counts them.
LINK = """\
{scores}, spreads AS (
    SELECT target, max(score) AS top, max(score) * (1 - {close}) AS near, count(*) AS scored,
        avg(score) AS mean, var_pop(score) AS variance
    FROM scores
    GROUP BY target
), sigmas AS (
    SELECT target, top, near, sqrt(
        scored * variance / everybody
        + mean * mean * scored / everybody * (everybody - scored) / everybody
    ) AS sigma
    FROM spreads CROSS JOIN people
), leads AS (
    SELECT sigmas.target, top, sigma,
        count(CASE WHEN score >= near THEN 1 END) AS tied,
        max(CASE WHEN score >= near THEN pseudonym END) AS best,
        coalesce(max(CASE WHEN score < near THEN score END), 0) AS second
    FROM scores
    JOIN sigmas ON sigmas.target = scores.target
    GROUP BY sigmas.target, top, sigma
), guesses AS (
    SELECT target, tied, best, CASE WHEN sigma > 0 THEN (top - second) / sigma ELSE 0 END AS apart
    FROM leads
    WHERE top > 0
), decided AS (
    SELECT targets.target, coalesce(tied, everybody) AS tied,
        CASE WHEN tied = 1 THEN best END AS best,
        CASE WHEN tied = 1 THEN apart ELSE 0 END AS eccentricity
    FROM (SELECT DISTINCT target FROM known) AS targets
    LEFT JOIN guesses ON guesses.target = targets.target
    CROSS JOIN people
)
SELECT target, CASE WHEN eccentricity >= {threshold} THEN best END AS pseudonym, best,
    eccentricity, tied
FROM decided
ORDER BY target"""


def link_sql(
    *,
    threshold: float = 1.5,
    stars_scale: float = 1.5,
    days_scale: float = 30,
    dated: bool = True,
    dialect: str = "duckdb",
) -> str:
    """The attack of `Scoreboard` on tables `release` and `known`, a row a target.

    `release` has pseudonym, title, day and stars; `known` has target, title, day and stars, each
    target and title once. What is missing is NULL. Days are dates, or numbers if not `dated`;
    `dialect` is as for `ask.watched_every_day_sql`.
    """
    if min(stars_scale, days_scale) <= 0:
        raise AttackError(f"{stars_scale=}, {days_scale=}; give more than 0")
    number = "CAST({0} AS DOUBLE)".format
    days = f"{number('release.day')} - {number('known.day')}"
    if dated:
        days = "date_diff('day', CAST(known.day AS DATE), CAST(release.day AS DATE))"
    scores = SCORES.format(
        days=days,
        stars=f"{number('release.stars')} - {number('known.stars')}",
        days_scale=number(float(days_scale)),  # of a bare 30.0 some engines make a decimal
        stars_scale=number(float(stars_scale)),
    )
    text = LINK.format(scores=scores, close=CLOSE, threshold=float(threshold))
    return written(text, dialect)


def link_many(release: Any, known: pd.DataFrame, **asked: Any) -> pd.DataFrame:
    """What `Scoreboard.match` says of many targets: target, pseudonym, best, eccentricity, tied.

    A row a target, in order. `release` is a frame of pandas or Spark, or a path, folder or glob of
    Parquet files, with a row a pseudonym and title; `known` has target, title, day and stars, a row
    a target and title. On either side day and stars may be missing, in part or wholly. The rest is
    as in `link_sql`. AttackError: a title of a target comes twice, or a day or stars are known that
    the release lacks, or days are dates on one side only.

    >>> release = pd.DataFrame({"pseudonym": [7, 8, 9], "title": list("ABB"), "stars": [5, 3, 1]})
    >>> link_many(release, pd.DataFrame({"target": ["Ada"], "title": ["A"], "stars": [5]})).round(3)
      target  pseudonym  best  eccentricity  tied
    0    Ada          7     7         2.121     1
    """
    if known.empty or known.duplicated(["target", "title"]).any():
        raise AttackError("what is known: give each target and title once, and one or more")
    with choose.connection(release) as con:
        kinds = choose.kinds(con, release)
        shared = [column for column in ("day", "stars") if _given(column, known, kinds)]
        dated = kinds.get("day", "date").lower().startswith(("date", "timestamp", "object", "str"))
        if "day" in shared and has_dates(known) != dated:
            raise AttackError("days are dates on one side and numbers on the other; give the same")
        empty = "".join(f", NULL AS {name}" for name in ("day", "stars") if name not in shared)
        for name, rows, key in (("release", release, "pseudonym"), ("known", known, "target")):
            choose.see(con, rows, [key, "title", *shared], name=f"{name}_rows")
            rows_of = f"SELECT *{empty} FROM {name}_rows"
            con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {rows_of}")
        answer = con.sql(link_sql(dated=dated, **asked)).to_arrow_table().to_pandas()
    return answer.astype({"pseudonym": "Int64", "best": "Int64"})


def _given(column: str, known: pd.DataFrame, release: dict[str, str]) -> bool:
    """Whether a column is known, which the release must then have too."""
    given = column in known and bool(known[column].notna().any())
    if given and column not in release:
        raise AttackError(f"the release has no {column}{instead(column, release)}")
    if not given and (offer := instead(column, known.columns)):  # it would be left out unseen
        raise AttackError(f"what is known has no {column}{offer}")
    return given

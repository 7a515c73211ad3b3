"""A release review by files: blue publishes, red attacks, and a judge who has the key scores both.

    handed  = review.publish(release, sheet, "blue", case=case)  # blue/handed, and blue/key
    review.attack(handed, claims)                                # blue/handed/claims-red.csv
    verdict = review.score(handed, "blue/key")                   # blue/handed/verdict-red.md

Red is given `handed` and nothing else: the release, the sheet, public reviews under names, and the
public list of titles. `key` stays with blue. A name without a claim is a refusal.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import estimate, judge, make, protect, tables
from helpers.attack import Guess, distinguish
from helpers.estimate import Estimate
from helpers.judge import defences, frontier, use
from helpers.release import coded, framed
from helpers.review.promise import Promise, broken, promised

NEEDS = {"editor": ("weekly_error", 0.02), "researcher": ("pairs_error", 0.05)}  # at most
SUCCESS, FALSE = 0.05, 0.01  # what a need leaves to an attacker, at so many false names
FIELDS = ("need", "defence", "promise", "not promised")  # of a sheet
COUNTS = ["title", "week", "viewers"]  # a week is its Monday
CLAIMS = ["name", "claim", "confidence"]
ALIKE = 0.005  # use that differs by less is the same


class ReviewError(ValueError):
    """Files that can't be published, claimed or scored; the text says what to give instead."""


class Case(NamedTuple):
    """What blue starts with: the release with pseudonyms only, what is public, and the key."""

    before: pd.DataFrame
    titles: pd.DataFrame  # title, kind, genre, and about how many viewers: public
    reviews: pd.DataFrame  # name, title, day, stars: public
    key: pd.Series  # the pseudonym of each name, 0 of an outsider: secret


class Handed(NamedTuple):
    """What red is given: rows or counts, the sheet, and what is public."""

    release: pd.DataFrame
    sheet: dict[str, str]
    reviews: pd.DataFrame
    titles: pd.DataFrame


def case(world: make.World, reviews: pd.DataFrame, *, seed: int = 53) -> Case:
    """What is to be published of a made world, when red knows these reviews.

    Whoever knows the seeds can make the key again: in earnest both are drawn in secret.
    """
    published = protect.pseudonymise(world.plays, stars=make.stars(world), seed=seed)
    number = pd.Series(published.key.index, index=published.key)
    hers = world.viewers.set_index("name")["viewer"].map(number)
    key = hers.reindex(reviews["name"].unique()).fillna(0).astype("int64").rename("pseudonym")
    viewers = world.titles["title"].map(published.release["title"].value_counts()).fillna(0)
    about = (viewers / 50).round().astype(int) * 50  # as charts say it
    titles = world.titles[["title", "kind", "genre"]].assign(viewers=about)
    return Case(published.release, titles, reviews, key.rename_axis("name"))


def publish(release: pd.DataFrame, sheet: Mapping[str, Any], folder: Any, *, case: Case) -> Path:
    """Write what red gets into `folder`/handed, and the key into `folder`/key; give the first.

    ReviewError: the sheet lacks something, or nobody in the case has a pseudonym of the release.

    Parameters
    ----------
    release : DataFrame
        Rows (pseudonym, title, day, stars; the last two may be missing, others stay at home), or
        counts (title, week, viewers; a week is its Monday).
    sheet : dict
        need, "editor" or "researcher"; defence, as the register calls it ("swap 100") or in words;
        promise; not promised; and, of Gaussian noise on counts, mu and bound: how many counts one
        viewer is in at most.
    """
    for field in FIELDS:
        if not str(sheet.get(field, "")).strip():
            raise ReviewError(f"the sheet has no {field!r}; give {FIELDS}")
    if sheet["need"] not in NEEDS:
        raise ReviewError(f"the need is {sheet['need']!r}; give one of {[*NEEDS]}")
    promise_of(sheet)
    if list(release) == COUNTS:
        if release.duplicated(COUNTS[:2]).any() or not np.isfinite(release["viewers"]).all():
            raise ReviewError(
                "a count is no number, or stands twice; give each title and week once"
            )
        release = pd.DataFrame(dict(release))  # without `attrs`, which would be written, too
    else:
        release = framed(coded(release))  # in the order of pseudonyms: another order may tell
        if not release["pseudonym"].isin(case.before["pseudonym"]).all():
            raise ReviewError("the release has pseudonyms that the case does not have")
    handed, key = Path(folder) / "handed", Path(folder) / "key"
    handed.mkdir(parents=True, exist_ok=True)
    key.mkdir(exist_ok=True)
    release.to_parquet(handed / "release.parquet", index=False)
    said = {**sheet, "release": mark(handed)}
    lines = [f"{name}: {' '.join(str(value).split())}\n" for name, value in said.items()]
    (handed / "sheet.txt").write_text("".join(lines), "utf-8")
    case.reviews.to_csv(handed / "reviews.csv", index=False)
    case.titles.to_csv(handed / "titles.csv", index=False)
    case.before.to_parquet(key / "before.parquet", index=False)
    case.key.reset_index().assign(release=said["release"]).to_csv(key / "key.csv", index=False)
    return handed


def promise_of(sheet: Mapping[str, Any]) -> Promise | None:
    """The promise of a sheet; ReviewError where it can't be read."""
    try:
        return promised(sheet)
    except (ValueError, OverflowError):
        said = f"mu: {sheet['mu']}, bound: {sheet.get('bound', 'not said')}"
        raise ReviewError(f"{said}; mu is a number above 0, bound a whole number") from None


def claims_of(team: str) -> str:
    """The name of a team's claims; ReviewError: it is no name of a file."""
    if not re.fullmatch(r"\w[\w .-]{0,59}", team):
        raise ReviewError(f"{team[:60]!r} is no name of a team; give 1 to 60 letters and digits")
    return f"claims-{team}.csv"


def mark(folder: Path) -> str:
    """The mark of a release: with a letter, since a table would be read with a number otherwise."""
    return f"r{hashlib.sha256((folder / 'release.parquet').read_bytes()).hexdigest()[:12]}"


def opened(folder: Any) -> Handed:
    """What red was given, from its folder. ReviewError: the release is not that of the sheet."""
    folder = Path(folder)
    lines = (folder / "sheet.txt").read_text("utf-8").splitlines()
    sheet = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if mark(folder) != sheet.get("release"):
        raise ReviewError("the release is damaged, or not that of its sheet; copy both again")
    reviews = pd.read_csv(folder / "reviews.csv", parse_dates=["day"])
    titles = pd.read_csv(folder / "titles.csv")
    return Handed(pd.read_parquet(folder / "release.parquet"), sheet, reviews, titles)


def attack(folder: Any, claims: pd.DataFrame, *, team: str = "red") -> Path:
    """Check claims, and write them beside the release as claims-TEAM.csv.

    A row a name: `claim`, her pseudonym, or "in" where the release has counts (empty: refused);
    and `confidence`, any number, larger where surer. ReviewError: a claim can't be read.
    """
    given, file = opened(folder), Path(folder) / claims_of(team)
    checked(claims, given).assign(release=given.sheet["release"]).to_csv(file)
    return file


def checked(claims: pd.DataFrame, given: Handed) -> pd.DataFrame:
    """claim and confidence by name, a row for every name that red was given."""
    if not set(CLAIMS) <= set(claims):
        raise ReviewError(f"the claims have {list(claims)}; give {CLAIMS}, with commas between")
    made = claims[CLAIMS].dropna(subset="claim")
    made["claim"] = made["claim"].astype("str").str.removesuffix(".0")
    made["confidence"] = pd.to_numeric(made["confidence"], errors="coerce")
    can = ["in"]
    if "pseudonym" in given.release:
        can = [*given.release["pseudonym"].unique().astype("str")]
    unfit = ~made["name"].isin(given.reviews["name"]) | made["name"].duplicated()
    unfit |= ~made["claim"].isin(can) | ~np.isfinite(made["confidence"])
    if unfit.any():
        first, what = made[unfit].iloc[0].to_dict(), f"a claim such as {can[0]!r}"
        raise ReviewError(f"{first}: give each reviewer once, {what} and a number for confidence")
    return made.set_index("name").reindex(given.reviews["name"].unique()).rename_axis("name")


@dataclass(frozen=True, repr=False)
class Score:
    """What came of a release and of the claims on it; shares have Wilson 95% intervals."""

    right: Estimate  # of the reviewers who are in the release: these three add up to 1
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate | None  # of those who are not
    found: Estimate  # right, from the confidence on at which 1 in 100 of the absent is named
    success: Estimate  # found; of counts the most that a promise which can be kept leaves anybody
    use: Estimate  # 1 less the error of what the need asks for
    need: str
    outcomes: pd.Series  # by name
    promise: str = ""  # of counts: what the judge sees of it

    @property
    def meets(self) -> bool:
        """Whether use and success, with its whole interval, are what the need asks for."""
        return 1 - self.use.value <= NEEDS[self.need][1] and self.success.high <= SUCCESS

    def __repr__(self) -> str:
        numbers = {name: each for name, each in vars(self).items() if isinstance(each, Estimate)}
        rows = [{"measure": name} | vars(each) for name, each in numbers.items()]
        asked = f"a use of {1 - NEEDS[self.need][1]:.2f} or more, success of {SUCCESS} or less"
        met = "met, by a promise" if self.promise else "met, against this red alone"
        if not self.meets:
            met = "not met"
        lines = [tables.text_table(pd.DataFrame(rows)), f"The {self.need} needs {asked}: {met}."]
        return "\n".join([*lines, self.promise]).rstrip()


def score(folder: Any, key: Any, *, team: str = "red") -> Score:
    """The verdict on a release and a team's claims, with blue's key; verdict-TEAM.md has it, too.

    ReviewError: the claims or the key belong to another release.
    """
    given, folder, key = opened(folder), Path(folder), Path(key)
    claims, secret = pd.read_csv(folder / claims_of(team)), pd.read_csv(key / "key.csv")
    release = given.sheet["release"]
    for what, table in {"the claims are": claims, "the key is": secret}.items():
        if np.any(table.get("release") != release):
            raise ReviewError(f"{what} of another release than {release}; give those of this one")
    numbers = secret.set_index("name")["pseudonym"]
    verdict = judged(given, claims, numbers, pd.read_parquet(key / "before.parquet"))
    text = f"# Verdict on release {release}\n\n```\n{verdict}\n```\n"
    (folder / f"verdict-{team}.md").write_text(text, "utf-8")
    return verdict


def judged(given: Handed, claims: pd.DataFrame, key: pd.Series, before: pd.DataFrame) -> Score:
    """The same without files."""
    attacks = {}
    for name, claim, confidence in checked(claims, given).itertuples():
        hers, best = int(key[name]), None
        if claim == "in":
            best = hers
        elif pd.notna(claim):
            best = int(claim)
        guess = Guess(best, confidence, sigma=1.0, tied=1, top=0.0)
        attacks[name] = judge.Trial(guess, hers or -1, bits=0.0, chance=0.0)
    here = [each for each in attacks.values() if each.target > 0]
    gone = [each for each in attacks.values() if each.target < 0]
    trials = judge.Trials(here, gone, len(key), np.random.SeedSequence(0))
    every, sure = trials.verdict(-np.inf), trials.verdict(trials.threshold(FALSE))
    outcomes = {name: judge.outcome(each.guess, each.target) for name, each in attacks.items()}
    success, said = sure.right, ""
    if "pseudonym" not in given.release:
        mu, said = promise_left(before, given)
        most = float(distinguish.gaussian_hits(FALSE, mu))
        success = Estimate(most, most, most)
    shares = ("right", "wrong", "refused", "absent_refused")
    return Score(
        **{name: getattr(every, name) for name in shares},
        found=sure.right,
        success=success,
        use=estimate.exactly(max(1 - error(before, given), 0), len(before)),
        need=given.sheet["need"],
        outcomes=pd.Series(outcomes, name="outcome"),
        promise=said,
    )


def promise_left(before: pd.DataFrame, given: Handed) -> tuple[float, str]:
    """The mu that the counts can have, and what is said of it; without one all may be known."""
    promise = promise_of(given.sheet)
    if promise is None:
        return np.inf, "There is no promise: whoever knows everybody else can subtract them."
    why = broken(given.release, with_weeks(before), promise)
    if why:
        return np.inf, f"The promise is not kept: {why}."
    return promise.mu, "The counts are consistent with the promise; no output proves one."


def with_weeks(release: pd.DataFrame) -> pd.DataFrame:
    """Rows with the Monday of their day."""
    return release.assign(week=release["day"] - pd.to_timedelta(release["day"].dt.weekday, "D"))


def listed(release: pd.DataFrame) -> pd.Series:
    """How many saw each title of the weekly top tens first in that week, by title and Monday."""
    viewers = with_weeks(release).groupby(["title", "week"]).size().rename("viewers")
    return viewers.groupby("week", group_keys=False).nlargest(use.LIST)


def error(before: pd.DataFrame, given: Handed) -> float:
    """The error of the counts that the need of the sheet asks for, as chapter 10 has it."""
    measure, _ = NEEDS[given.sheet["need"]]
    if "pseudonym" in given.release:
        defence, choices = defended(given.sheet)
        case = defences.Case(coded(before))
        return float(defence.utility(case, coded(given.release), **choices)[measure])
    if measure != "weekly_error":
        return 1.0
    true, said = listed(before), given.release.set_index(COUNTS[:2])["viewers"]
    return use.error(true.to_numpy(), said.reindex(true.index).fillna(0).to_numpy())


def defended(sheet: Mapping[str, str]) -> tuple[defences.Defence, Mapping[str, Any]]:
    """The defence of the register that a sheet names, and its choices; else pseudonyms only."""
    name, _, setting = sheet["defence"].partition(" ")
    defence = defences.DEFENCES.get(name, defences.DEFENCES["pseudonyms"])
    return defence, defence.settings.get(setting, {})


def league(verdicts: Mapping[tuple[str, str], Score], side: str = "blue") -> pd.DataFrame:
    """A row a team, the best first: use and success, dominated, and with whom it is tied.

    `verdicts` are by (blue, red), on one need. Of a blue team the most successful red counts. A red
    team has the shares right and wrong, over all releases, in place of use and success.
    """
    teams = defaultdict(list)
    for (blue, red), verdict in verdicts.items():
        teams[blue if side == "blue" else red].append(verdict)
    rows = []
    for team, its in teams.items():
        if side == "blue":
            best = max(its, key=lambda verdict: verdict.success.value)
            use, success = best.use, best.success
        else:
            use, success = pooled(its, "right"), pooled(its, "wrong")
        rows.append((team, use.value, success.value, success.low, success.high))
    frame = pd.DataFrame(rows, columns=[side, "use", "success", "success_low", "success_high"])
    left, low, high = frame[["use", "success_low", "success_high"]].to_numpy().T
    tied = np.abs(np.subtract.outer(left, left)) < ALIKE
    tied &= np.less_equal.outer(low, high) & np.less_equal.outer(low, high).T  # they overlap
    np.fill_diagonal(tied, False)
    names = [", ".join(frame.loc[row, side]) for row in tied]
    frame = frame.assign(dominated=frontier.dominated(frame["use"], frame["success"]), tied=names)
    frame = frame.sort_values(["success", "use"], ascending=[True, False], ignore_index=True)
    if side == "red":
        frame.columns = frame.columns.str.replace("success", "wrong").str.replace("use", "right")
    return frame


def pooled(verdicts: list[Score], share: str) -> Estimate:
    """A share over all releases."""
    shares = [getattr(verdict, share) for verdict in verdicts]
    n = sum(each.n for each in shares)
    return estimate.share(sum(each.value * each.n for each in shares), n)

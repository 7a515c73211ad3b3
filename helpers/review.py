"""A release review by files: blue publishes, red attacks, and a judge who has the key scores both.

    handed  = review.publish(release, sheet, "blue", case=case)  # blue/handed, and blue/key
    review.attack(handed, claims)                                # blue/handed/claims.csv
    verdict = review.score(handed, "blue/key")                   # blue/handed/verdict.md

Red is given `handed` and nothing else: the release, the sheet, public reviews under names, and the
public list of titles. `key` stays with blue. A name without a claim is a refusal.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import estimate, frontier, judge, make, protect, register, tables, utility
from helpers.attack import Guess, distinguish
from helpers.estimate import Estimate
from helpers.release import COLUMNS, check, coded, framed

NEEDS = {"editor": ("weekly_error", 0.02), "researcher": ("pairs_error", 0.05)}
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

    ReviewError: the sheet or the release lacks something, or has what red must not get.

    Parameters
    ----------
    release : DataFrame
        Rows (pseudonym, title, day, stars; the last two may be missing), or counts (title, week,
        viewers; a week is its Monday).
    sheet : dict
        need, "editor" or "researcher"; defence, as the register calls it ("swap 100") or in words;
        promise; not promised; and mu, of Gaussian noise on counts.
    """
    lacks = [field for field in FIELDS if not str(sheet.get(field, "")).strip()]
    if lacks or sheet["need"] not in NEEDS:
        wrong = f"no {lacks[0]!r}" if lacks else f"the need {sheet['need']!r}"
        raise ReviewError(f"the sheet has {wrong}; give {FIELDS}, and a need of {[*NEEDS]}")
    counts, strange = list(release) == COUNTS, set(release) - set(COLUMNS)
    if not counts and strange:  # a column of viewers would be the key
        raise ReviewError(f"the release has {strange}; its columns are {COLUMNS} or {COUNTS}")
    if not counts:
        check(release)
        release = framed(coded(release))  # in the order of pseudonyms: another order may tell
        if not release["pseudonym"].isin(case.before["pseudonym"]).all():
            raise ReviewError("the release has pseudonyms that the case does not have")
    handed, key = Path(folder) / "handed", Path(folder) / "key"
    for place in (handed, key):
        place.mkdir(parents=True, exist_ok=True)
    for old in handed.glob("release.*"):
        old.unlink()
    file = _write(release, handed / ("release.csv" if counts else "release.parquet"))
    said = {**sheet, "release": _id(file)}
    lines = [f"{name}: {' '.join(str(value).split())}\n" for name, value in said.items()]
    (handed / "sheet.txt").write_text("".join(lines), "utf-8")
    _write(case.reviews, handed / "reviews.csv")
    _write(case.titles, handed / "titles.csv")
    _write(case.before, key / "before.parquet")
    _write(case.key.reset_index().assign(release=said["release"]), key / "key.csv")
    return handed


def opened(folder: Any) -> Handed:
    """What red was given, from its folder. ReviewError: the release is not that of the sheet."""
    lines = (Path(folder) / "sheet.txt").read_text("utf-8").splitlines()
    sheet = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    file = next(Path(folder).glob("release.*"), Path(folder) / "release.parquet")
    if _id(file) != sheet.get("release"):
        raise ReviewError(f"{file.name} is damaged, or not that of its sheet; copy both again")
    public = [_read(Path(folder) / name) for name in ("reviews.csv", "titles.csv")]
    return Handed(_read(file), sheet, *public)


def attack(folder: Any, claims: pd.DataFrame, *, team: str = "") -> Path:
    """Check claims, and write them beside the release as claims.csv or claims-TEAM.csv.

    A row a name: `claim`, her pseudonym, or "in" where the release has counts (empty: refused);
    and `confidence`, any number, larger where surer. ReviewError: a claim can't be read.
    """
    given = opened(folder)
    table = checked(claims, given).reset_index().assign(release=given.sheet["release"])
    return _write(table, _file(folder, "claims", team))


def checked(claims: pd.DataFrame, given: Handed) -> pd.DataFrame:
    """claim and confidence by name, a row for every name that red was given."""
    counts = "pseudonym" not in given.release
    lacks = [name for name in CLAIMS if name not in claims]
    if lacks:
        raise ReviewError(f"the claims have no {lacks[0]}; give {CLAIMS}, with commas between")
    made = claims[CLAIMS].dropna(subset="claim")
    made["claim"] = made["claim"].astype("str").str.removesuffix(".0")
    made["confidence"] = pd.to_numeric(made["confidence"], errors="coerce")
    can = ["in"] if counts else given.release["pseudonym"].unique().astype("str")
    unfit = ~made["name"].isin(given.reviews["name"]) | made["name"].duplicated()
    unfit |= ~made["claim"].isin(can) | ~np.isfinite(made["confidence"])
    if unfit.any():
        first = made[unfit].to_dict("records")[:1]
        what = "'in'" if counts else "a pseudonym of the release"
        raise ReviewError(f"{first}: give each reviewer once, {what} and a number for confidence")
    return made.set_index("name").reindex(given.reviews["name"].unique()).rename_axis("name")


@dataclass(frozen=True, repr=False)
class Verdict:
    """What came of a release and of the claims on it; shares have Wilson 95% intervals."""

    right: Estimate  # of the reviewers who are in the release: these three add up to 1
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate  # of those who are not
    found: Estimate  # right, from the confidence on at which 1 in 100 of the absent is named
    success: Estimate  # found; of counts the most that the promise leaves to any attacker
    use: Estimate  # 1 less the error of what the need asks for
    need: str
    outcomes: pd.Series  # by name

    @property
    def meets(self) -> bool:
        """Whether use and success, with its whole interval, are what the need asks for."""
        return 1 - self.use.value <= NEEDS[self.need][1] and self.success.high <= SUCCESS

    @property
    def frame(self) -> pd.DataFrame:
        """measure, value, low, high, n."""
        rows = [{"measure": k} | vars(e) for k, e in vars(self).items() if isinstance(e, Estimate)]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        asked = f"a use of {1 - NEEDS[self.need][1]:.2f} or more, success of {SUCCESS} or less"
        met = f"met, {'against this red alone' if self.success is self.found else 'by a promise'}"
        said = f"The {self.need} needs {asked}: {met if self.meets else 'not met'}."
        return f"{tables.text_table(self.frame)}\n{said}"


def score(folder: Any, key: Any, *, team: str = "") -> Verdict:
    """The verdict on a release and a team's claims, with blue's key; verdict.md has it, too.

    ReviewError: the claims or the key belong to another release.
    """
    given, claims = opened(folder), _read(_file(folder, "claims", team))
    id, secret = given.sheet["release"], _read(Path(key) / "key.csv")
    for what, table in {"the claims are": claims, "the key is": secret}.items():
        if "release" not in table or (table["release"] != id).any():
            raise ReviewError(f"{what} of another release than {id}; give those of this one")
    numbers = secret.set_index("name")["pseudonym"]
    verdict = judged(given, claims, numbers, _read(Path(key) / "before.parquet"))
    text = f"# Verdict on release {id}\n\n```\n{verdict}\n```\n"
    _file(folder, "verdict", team, "md").write_text(text, "utf-8")
    return verdict


def judged(given: Handed, claims: pd.DataFrame, key: pd.Series, before: pd.DataFrame) -> Verdict:
    """The same without files."""
    attacks = []  # as `judge` has them: a guess, and who is meant
    for name, claim, confidence in checked(claims, given).itertuples():
        target = int(key[name]) or -1
        best = None if pd.isna(claim) else abs(target) if claim == "in" else int(claim)
        attacks.append(judge.Trial(Guess(best, confidence, 1.0, 1, 0.0), target, 0.0, 0.0))
    here = [trial for trial in attacks if trial.target > 0]
    gone = [trial for trial in attacks if trial.target < 0]
    bar = judge.Trials(here, gone, len(key), np.random.SeedSequence(0)).threshold(FALSE)

    def came(trials: list[judge.Trial], what: str, bar: float = -np.inf) -> Estimate:
        outcomes = [judge.outcome(trial.guess, trial.target, bar) for trial in trials]
        return estimate.share(outcomes.count(what), len(trials))

    success = found = came(here, "right", bar)
    if "pseudonym" not in given.release:
        mu = float(given.sheet.get("mu", np.inf))  # without a promise everybody else may be known
        most = float(distinguish.gaussian_hits(FALSE, mu))
        success = Estimate(most, most, most)
    use = max(1 - error(before, given), 0)
    shares = {what: came(here, what) for what in ("right", "wrong", "refused")}
    names = [judge.outcome(trial.guess, trial.target) for trial in attacks]
    return Verdict(
        **shares,
        absent_refused=came(gone, "refused"),
        found=found,
        success=success,
        use=estimate.exactly(use, len(before)),
        need=given.sheet["need"],
        outcomes=pd.Series(names, index=given.reviews["name"].unique(), name="outcome"),
    )


def weekly(release: pd.DataFrame) -> pd.Series:
    """How many saw each title first in a week, by title and its Monday."""
    monday = release["day"] - pd.to_timedelta(release["day"].dt.weekday, "D")
    return release.groupby(["title", monday.rename("week")]).size().rename("viewers")


def listed(release: pd.DataFrame) -> pd.Series:
    """The counts of the weekly top tens."""
    return weekly(release).groupby("week", group_keys=False).nlargest(utility.LIST)


def error(before: pd.DataFrame, given: Handed) -> float:
    """The error of the counts that the need of the sheet asks for, as chapter 10 has it."""
    measure, _ = NEEDS[given.sheet["need"]]
    if "pseudonym" in given.release:
        defence, choices = defended(given.sheet)
        told = defence.told(register.Case(coded(before)), coded(given.release), **choices)
        return float(utility.utility(before, given.release, **told)[measure])
    if measure != "weekly_error":
        return 1.0
    true, said = listed(before), given.release.set_index(COUNTS[:2])["viewers"]
    return utility.error(true.to_numpy(), said.reindex(true.index).fillna(0).to_numpy())


def defended(sheet: Mapping[str, str]) -> tuple[register.Defence, Mapping[str, Any]]:
    """The defence of the register that a sheet names, and its choices; else pseudonyms only."""
    name, _, setting = sheet["defence"].partition(" ")
    defence = register.DEFENCES.get(name, register.DEFENCES["pseudonyms"])
    return defence, defence.settings.get(setting, {})


def league(verdicts: Mapping[tuple[str, str], Verdict], side: str = "blue") -> pd.DataFrame:
    """A row a team, the best first: use and success, dominated, and with whom it is tied.

    `verdicts` are by (blue, red), on one need. Of a blue team the most successful red counts. A red
    team has the shares right and wrong, over all releases, in place of use and success.
    """
    rows: list[Any] = []
    for team in dict.fromkeys(names[side == "red"] for names in verdicts):
        its = [each for names, each in verdicts.items() if names[side == "red"] == team]
        best = max(its, key=lambda verdict: verdict.success.value)
        use, success = best.use, best.success
        if side == "red":
            n = sum(each.right.n or 0 for each in its)
            use, success = (
                estimate.share(sum(each.value * (each.n or 0) for each in some), n)
                for some in ([v.right for v in its], [v.wrong for v in its])
            )
        row = {side: team, "use": use.value, "success": success.value}
        rows.append(row | {"success_low": success.low, "success_high": success.high})
    frame = pd.DataFrame(rows)
    ties = []
    for row in rows:
        near = (frame["use"] - row["use"]).abs() < ALIKE
        near &= frame["success_low"] <= row["success_high"]
        near &= frame["success_high"] >= row["success_low"]
        ties.append(", ".join(other for other in frame.loc[near, side] if other != row[side]))
    frame = frame.assign(dominated=frontier.dominated(frame), tied=ties)
    frame = frame.sort_values(["success", "use"], ascending=[True, False], ignore_index=True)
    names = {"use": "right", "success": "wrong"}
    names |= {f"success_{end}": f"wrong_{end}" for end in ("low", "high")}
    return frame.rename(columns=names if side == "red" else {})


def _file(folder: Any, what: str, team: str, kind: str = "csv") -> Path:
    return Path(folder) / f"{what}{'-' if team else ''}{team}.{kind}"


def _id(file: Path) -> str:
    # With a letter: a table would be read with a number otherwise, now and then.
    return f"r{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


def _write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        frame.to_csv(path, index=False, lineterminator="\n")
    else:
        frame.to_parquet(path, index=False)
    return path


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    frame = pd.read_csv(path)
    dates = {name: "datetime64[s]" for name in ("day", "week") if name in frame}
    return frame.astype(dates)

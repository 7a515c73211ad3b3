"""The register of defences: what each is called, its settings, and the attackers who know it.

    made      = defences.DEFENCES["swap"].make(case, share=1, seed=53)
    attackers = defences.DEFENCES["swap"].attackers(case, made, share=1, seed=53)

Every defence that publishes rows has the board of chapter 04, heuristics, and a posterior whose
likelihood holds what the defence did. A new defence is a row here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from helpers import attack, log, protect
from helpers.judge.use import utility
from helpers.release import Release, coded, framed

LONGEST = {"week": 7, "month": 31, "quarter": 92}  # days
Settings = dict[str, dict[str, Any]]  # the choices of a setting, by its name in stored tables


class Case(NamedTuple):
    """What is defended: a release, and the catalogue and the log behind it, where there are any."""

    source: Release
    titles: Any = None  # a frame as `World.titles`
    log: Any = None  # the plays of a log release
    fan: int | None = None  # her pseudonym, where one person is followed

    @property
    def viewers(self) -> pd.Series:
        """How many saw each title, which is public."""
        return pd.Series(self.source.support, self.source.titles)


def plainly(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    """An attacker for whom the release says what it seems to say."""
    return attack.Posterior(made)


def no_heuristics(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Defence:
    """One defence: a function of `protect` of the same name, or another that makes the release.

    `label` is what it is called, with a place for the setting. `told` is what readers are told of
    it, for `utility`. `made`, `posterior` and `heuristics` take a case (and the release that was
    made) and the choices of a setting.
    """

    name: str
    label: str
    settings: Settings
    kind: str = "rows, changed"
    made: Callable[..., Any] | None = None
    posterior: Callable[..., attack.Posterior] = plainly
    heuristics: Callable[..., dict[str, Any]] = no_heuristics
    told: Callable[..., dict[str, Any]] = no_heuristics
    needs: str = ""  # the part of a case without which it can't be made

    def make(self, case: Case, **choices: Any) -> Release:
        """The defended release in codes."""
        if self.made is not None:
            return coded(self.made(case, **choices))
        return coded(getattr(protect, self.name)(case.source, **choices))

    def attackers(self, case: Case, made: Release, **choices: Any) -> dict[str, Any]:
        """Whoever attacks it, by name: the board, the heuristics, and the posterior."""
        heuristics = self.heuristics(case, made, **choices)
        return {"board": made, **heuristics, "posterior": self.posterior(case, made, **choices)}

    def utility(self, case: Case, made: Release, **choices: Any) -> pd.Series:
        """What is left of its use, for readers who are told of the defence."""
        return utility(case.source, made, **self.told(case, made, **choices))

    def call(self, setting: str) -> str:
        """What one of its settings is called."""
        return self.label.format(WORDS.get(setting, setting.replace("_", " ")))

    def setting(self, choices: Mapping[str, Any]) -> str:
        """The setting with these choices, or the choices where there is none."""
        values = ", ".join(map(str, choices.values()))
        return next((name for name, each in self.settings.items() if each == choices), values)


def shared(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    """Attackers who look at titles alone."""
    by_titles = attack.by_titles(made, case.titles)
    return {"by_titles": by_titles, "lightest": attack.lightest(by_titles)}


def rounded(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    return {"rounded": attack.rounded(made)}


def generalised(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    return {"generalised": attack.generalised(made, case.titles)}


def numbered(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    return {"numbered": attack.numbered(made, case.viewers)}


def moved(case: Case, made: Release, *, within: int, **choices: Any) -> dict[str, Any]:
    return {"shifted": attack.shifted(made, within=within, step=max(within // 3, 1))}


def knows_length(case: Case, made: Release, *, to: str) -> attack.Posterior:
    return attack.Posterior(made, coarse=LONGEST[to])


def knows_moves(case: Case, made: Release, *, within: int, **choices: Any) -> attack.Posterior:
    first, block = range(-within, within + 1, 15), 15
    blocks = [range(move, min(move + block, within + 1)) for move in first]
    return attack.Posterior(made, moves=blocks)


def knows_swaps(case: Case, made: Release, *, share: float, **choices: Any) -> attack.Posterior:
    return attack.Posterior(made, changed=share)


def knows_2006(case: Case, made: Release, *, changed: float, **choices: Any) -> attack.Posterior:
    return attack.Posterior(made, changed=changed)


def knows_numbers(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    # Titles of equally many viewers may be taken for each other: a tenth, our choice.
    return attack.Posterior(made, names=attack.numbered(made, case.viewers).names, lost=0.1)


def knows_words(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    names = attack.generalised(made, case.titles).names
    return attack.Posterior(made, names=names)


def knows_first_days(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    names = attack.generalised(made, case.titles).names
    return attack.FirstOfMany(made, names=names, viewers=case.viewers)


def knows_groups(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    return attack.Posterior(made, titles=case.titles, viewers=case.viewers, lost=0.02)


def knows_last_days(case: Case, made: Release, **choices: Any) -> attack.Posterior:
    return attack.Recent(made, share=len(made.title) / len(case.source.title))


def bare(case: Case) -> Release:
    return protect.drop_stars(protect.drop_days(case.source))


def in_crowd(case: Case, **choices: Any) -> Release:
    return protect.crowd(case.source, titles=case.titles, **choices)


def in_words(case: Case, *, to: str) -> Release:
    return protect.generalise_titles(case.source, titles=case.titles, to=to)


def without_romance(case: Case, **choices: Any) -> Release:
    romance = set(case.titles.loc[case.titles["genre"] == "romance", "title"])
    return protect.coherent(case.source, sensitive=romance, **choices)


def last_days(case: Case, *, days: int) -> pd.DataFrame:
    """The release of a log that is shorter: the first day that is left, and the stars."""
    left = protect.retention(case.log, keep=f"{days} days")
    left = left.assign(day=log.day(left)).sort_values("day", kind="stable").astype({"title": "str"})
    first = left.drop_duplicates(["pseudonym", "title"])[["pseudonym", "title", "day"]]
    stars = framed(case.source)[["pseudonym", "title", "stars"]]
    return first.merge(stars, on=["pseudonym", "title"])


def sampled(case: Case, made: Release, **choices: Any) -> dict[str, Any]:
    return {"sampled": made.people / case.source.people}


def coarse(case: Case, made: Release, *, to: str) -> dict[str, Any]:
    return {"coarse": LONGEST[to]}


def each(name: str, *values: Any, per: int = 0, **more: Any) -> Settings:
    """A setting for each value of a choice; `per` makes shares of percentages."""
    return {str(value): {name: value / per if per else value, **more} for value in values}


ON: Settings = {"on": {}}
CROWDS = {f"k{k}_m{m}": {"k": k, "m": m} for k, m in ((5, 1), (5, 2), (5, 3), (20, 2))}
WHOLE = {f"k{k}": {"k": k, "m": None} for k in (2, 5, 20, 100)}
COHERENT = {f"h{h}": {"h": h / 100, "k": 5} for h in (20, 40, 60, 80)}
EPSILONS = {"0_1": 0.1, "0_5": 0.5, "1": 1.0, "3": 3.0}
WORDS = {"hits_5": "hits .05", "eps_1": "ε 1, δ 10⁻⁶", "0_1": ".1", "0_5": ".5"}
CROWD, COUNT, EPSILON = "rows, in a crowd", "counts, by a rule", "counts, with a promise"

ROWS: tuple[Defence, ...] = (
    Defence("pseudonyms", "pseudonyms only", ON, made=lambda case: case.source),
    Defence("drop_days", "no days", ON, heuristics=shared),
    Defence("drop_stars", "no stars", ON),
    Defence("drop_both", "no days, no stars", ON, made=bare, heuristics=shared),
    Defence("coarsen_days", "{}s for days", each("to", *LONGEST), posterior=knows_length,
            heuristics=rounded, told=coarse),
    Defence("round_stars", "stars rounded", ON, heuristics=rounded),
    Defence("suppress_titles", "only titles of {}+",
            each("watched_by_fewer_than", 5, 50, 500, 2000, 5000)),
    Defence("sample_viewers", "sample of {}%", each("share", 50, 20, 10, 1, per=100, seed=53),
            told=sampled),
    Defence("swap", "swap {}%", each("share", 10, 30, 60, 100, per=100, seed=53),
            posterior=knows_swaps, heuristics=shared),
    Defence("shift_days", "days moved ±{}", each("within", 7, 14, 30, 90, seed=53),
            posterior=knows_moves, heuristics=moved),
    Defence("number_titles", "numbers for titles", {"on": {"seed": 53}},
            posterior=knows_numbers, heuristics=numbered),
    Defence("as_in_2006", "as in 2006, {}% changed",
            each("changed", 1, 10, 50, 100, per=100, seed=53), posterior=knows_2006,
            heuristics=shared, told=sampled),
    Defence("generalise_titles", "{} for title", each("to", "genre", "kind"), made=in_words,
            posterior=knows_first_days, heuristics=generalised, needs="titles"),
    Defence("crowd", "crowd {}", CROWDS, CROWD, made=in_crowd, posterior=knows_words,
            heuristics=shared, needs="titles"),
    Defence("crowd_whole", "whole crowd {}", WHOLE, CROWD, made=in_crowd, posterior=knows_groups,
            heuristics=shared, needs="titles"),
    Defence("coherent", "coherent {}", COHERENT, CROWD, made=without_romance, heuristics=shared,
            needs="titles"),
    Defence("retention", "last {} days", each("days", 30, 60, 90, 120), made=last_days,
            posterior=knows_last_days, needs="log"),
)  # fmt: skip
COUNTS: tuple[Defence, ...] = (
    Defence("exact", "exact counts", ON, COUNT),
    Defence("minimum", "minimum {}", each("size", 10, 50, 100, 1000), COUNT),
    Defence("rounding", "rounded to {}", each("to", 5, 10, 50, 100), COUNT),
    Defence("fresh", "fresh ±{}", each("bound", 2, 5, 20, 50), COUNT),
    Defence("sticky", "sticky ±{}", each("bound", 2, 5, 20, 50), COUNT),
    Defence("layered", "layers of {}", each("sd", 1, 2, 5, 20), COUNT),
    Defence("no_repeats", "no repeats", ON, COUNT),
    Defence("event", "noise per play, ε {}", each("epsilon", *EPSILONS), EPSILON),
    Defence("noise", "noise, ε {}", each("epsilon", *EPSILONS), EPSILON),
    Defence("gauss", "Gaussian noise, {}", {"hits_5": {}, "eps_1": {}}, EPSILON),
)  # fmt: skip
DEFENCES = {defence.name: defence for defence in (*ROWS, *COUNTS)}


def releases(case: Case, only: Iterable[str] = ()) -> Iterable[tuple[Defence, str, Mapping]]:
    """Every defence of rows that the case allows, with each of its settings."""
    for defence in ROWS:
        there = not defence.needs or getattr(case, defence.needs) is not None
        if there and (not only or defence.name in only):
            for setting, choices in defence.settings.items():
                yield defence, setting, choices

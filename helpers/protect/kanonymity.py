"""Hide everybody among k: the same titles, or the same m of them, as k - 1 others.

    for m of the titles of anybody in the release:
        assert len([who for who in release if who has all m]) >= k

What that takes is given up: a title becomes its genre and kind ("a crime film"), then its kind ("a
film"), then nothing. Days and stars go, too: one day beside the titles would undo the promise.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from helpers.protect.generalise import defence, drop_days, drop_stars, enough, kept
from helpers.protect.pseudonyms import ProtectError
from helpers.release import Release, words


@defence
def generalise_titles(release: Any, *, titles: pd.DataFrame, to: str = "genre") -> Any:
    """The release with "a crime film" (to="genre") or "a film" ("kind") for each title.

    Of rows that become one the first day is kept. Hides the title; neither a taste nor a person.
    `titles` has title, genre and kind, as `World.titles`.
    """
    return _called(release, _names(release, titles)[("title", "genre", "kind").index(to)])


@defence
def crowd(release: Any, *, k: int, m: int | None = None, titles: pd.DataFrame | None = None) -> Any:
    """The release, without days and stars, in which whoever knows m titles has k candidates.

    With m = 1, 2 or 3 any m titles, as the release calls them, are had by nobody or by k people
    (k^m-anonymity; M. Terrovitis, N. Mamoulis and P. Kalnis, PVLDB 1 (2008), 115-125): from the
    most popular on, each title keeps its name if it can beside those before it. With m=None
    everybody has the same set as k - 1 others (k-anonymity; L. Sweeney, IJUFKS 10 (2002), 557-570):
    groups who share popular titles, and what all of a group have. Without `titles`, as
    `World.titles`, what can't keep its name is left out.

    It promises nothing against whoever knows m + 1 titles, or the others of a group; nor that
    nobody is singled out (A. Cohen and K. Nissim, PNAS 117 (2020), 8344-8352). ProtectError: k is
    below 1 or above the number of viewers, or another m.

    >>> four = pd.DataFrame({"pseudonym": [1, 1, 2, 2, 3, 4], "title": list("ABABAB")})
    >>> crowd(four, k=3, m=1)["title"].tolist(), crowd(four, k=3, m=2)["title"].tolist()
    (['A', 'B', 'A', 'B', 'A', 'B'], ['A', 'A', 'A'])
    """
    enough(release, k)
    if m not in (None, 1, 2, 3):
        raise ProtectError(f"{m=}; give 1, 2, 3 or None")
    release = drop_stars(drop_days(release))
    has, names = _has(release), _names(release, titles)
    if m is None:
        return _grouped(release, has, names, k)

    def fits(who: NDArray, beside: NDArray) -> bool:
        return not _thin(has[who], k, m - 1, beside)

    named = _named(release, fits, np.arange(len(release.titles)))
    level = np.where(named, 0, 1)  # (titles,): how general a title's label is, a place in names
    while True:  # what the others are called must be as common as the names are
        labels = np.choose(level, names)
        items, called, _ = _items(has, labels)
        general = np.flatnonzero(np.isin(called, list(set(labels[level > 0]))))
        thin = []
        for item in general:
            who = items[:, [item]].toarray().ravel() > 0  # (people,)
            if _thin(items[who], k, m - 1):
                thin.append(item)
        if not thin:
            return _called(release, labels)
        level[np.isin(labels, called[thin])] += 1


@defence
def coherent(release: Any, *, sensitive: Collection[str], k: int, h: float = 0.5) -> Any:
    """The release, without days and stars, in which two titles give no sensitive one away.

    (h, k, 2)-coherence (Y. Xu, K. Wang, A. W.-C. Fu and P. S. Yu, KDD 2008, 767-775): whoever knows
    one or two of her other titles has k candidates, of whom at most a share h has any one title of
    `sensitive`; other titles are left out for it. (l-diversity is for tables: one sensitive value a
    person, and the same few columns known of everybody.)

    It promises nothing against whoever knows three titles or a sensitive one, nor that the *genre*
    is hidden. ProtectError: k as for `crowd`, another h, or nobody has a sensitive title.
    """
    enough(release, k)
    secret = np.isin(release.titles.astype(str), list(sensitive))
    if not 0 <= h <= 1 or not secret.any():
        raise ProtectError(f"{h=}; give 0 to 1, and sensitive titles that somebody has")
    release = drop_stars(drop_days(release))
    has = _has(release)
    private = has[:, np.flatnonzero(secret)]

    def fits(who: NDArray, beside: NDArray) -> bool:
        rows = has[who]
        if _thin(rows, k, 1, beside):
            return False
        known = rows[:, beside]  # the title itself is one of them
        both = (known.T @ private[who]).toarray()
        return bool((both <= h * known.sum(0)[:, None]).all())

    stays = _named(release, fits, np.flatnonzero(~secret)) | secret
    return _called(release, np.where(stays, release.titles, None))


def _names(release: Release, titles: pd.DataFrame | None) -> list[NDArray]:
    """What each title may be called: its name, "a crime film", "a film", nothing."""
    nothing = np.full(len(release.titles), None)
    if titles is None:
        return [release.titles, nothing]
    called = words(titles).set_index("title").reindex(release.titles)
    return [release.titles, *called.to_numpy(object).T, nothing]


def _called(release: Release, labels: Any) -> Release:
    """A label for each title, None leaves it out; of rows that become one the first day is kept."""
    codes, called = pd.factorize(labels, sort=True)  # (titles,); the labels; -1 for None
    title = codes[release.title]  # (rows,)
    who = np.repeat(np.arange(release.people), release.counts)
    order = np.lexsort((release.cell, title, who))
    title, who = title[order], who[order]
    again = (np.diff(title, prepend=-1) == 0) & (np.diff(who, prepend=-1) == 0)
    ordered = replace(release, titles=called, title=title, cell=release.cell[order])
    return kept(ordered, ~again & (title >= 0))


def _has(release: Release) -> csr_array:
    """Who has what: (people, titles)."""
    ones = np.ones(len(release.title), np.float32)
    return csr_array((ones, release.title, release.start), (release.people, len(release.titles)))


def _items(has: csr_array, labels: NDArray) -> tuple[csr_array, NDArray, NDArray]:
    """Who has what by label (people, labels); the labels; and the label's place of each title."""
    codes, called = pd.factorize(labels)  # -1 for None
    some = np.flatnonzero(codes >= 0)
    ones = np.ones(len(some), np.float32)
    label = csr_array((ones, (some, codes[some])), (len(codes), len(called)))  # (titles, labels)
    return csr_array(has @ label).minimum(1), called, codes


def _named(release: Release, fits: Callable[[NDArray, NDArray], bool], among: Any) -> NDArray:
    """Which titles keep their names: from the most popular on, if they fit beside those before."""
    named = np.zeros(len(release.titles), bool)
    for title in among[np.argsort(release.rank[among])]:
        named[title] = True
        named[title] = fits(release.who_has(title)[0], np.flatnonzero(named))
    return named


def _thin(rows: csr_array, k: int, m: int, among: Any = slice(None)) -> bool:
    """Whether 1 to k - 1 of these people (a row each) have some m columns, or fewer, in common."""

    def few(people: NDArray) -> bool:
        return bool(((people > 0) & (people < k)).any())

    if few(np.array(rows.shape[0])):
        return True
    if m >= 1 and few(rows.sum(0)[among]):
        return True
    if m < 2:
        return False
    has = rows[:, among].toarray()
    return few(has.T @ has)  # (columns, columns): how many have both


def _grouped(release: Release, has: csr_array, names: list[NDArray], k: int) -> pd.DataFrame:
    """Groups of k or more who have the same popular titles; to each what all in it have."""
    popular = np.argsort(release.rank)[:64]
    order = np.lexsort(has[:, popular[::-1]].toarray().T)  # neighbours have popular titles alike
    group = np.argsort(order) * (release.people // k) // release.people  # (people,)
    ones = np.ones(release.people, np.float32)
    groups = csr_array((ones, (group, np.arange(release.people))))  # (groups, people)
    size = np.bincount(group)[:, None]
    frames = []
    for labels in names[:-1]:  # first by name, then what of the rest all have by genre, by kind
        items, called, codes = _items(has, labels)
        shared = (groups @ items).toarray() == size  # (groups, labels): all of the group have it
        who, label = shared[group].nonzero()
        rows = {"pseudonym": release.pseudonyms[who], "title": called[label]}
        frames.append(pd.DataFrame(rows))
        who, title = has.nonzero()
        rest = ~shared[group[who], codes[title]]
        ones = np.ones(rest.sum(), np.float32)
        has = csr_array((ones, (who[rest], title[rest])), has.shape)
    return pd.concat(frames)

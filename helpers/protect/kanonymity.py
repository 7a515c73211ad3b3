"""Hide everybody among k: the same titles, or the same m of them, as k - 1 others.

    for m of the titles of anybody in the release:
        assert len([who for who in release if who has all m]) >= k

What that takes is given up: a title becomes its genre and kind ("a crime film"), then its kind ("a
film"), then nothing. Days and stars go, too: one day beside the titles would undo the promise.
"""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from helpers.protect.generalise import as_given, drop_days, drop_stars, enough
from helpers.protect.pseudonyms import ProtectError
from helpers.release import Release, coded, framed


def generalise_titles(release: Any, titles: pd.DataFrame, *, to: str = "genre") -> Any:
    """The release with "a crime film" (to="genre") or "a film" ("kind") for each title.

    `titles` has title, genre and kind, as `World.titles`. Of rows that become one the first day is
    kept. Hides the title from everybody. It does not hide a taste, and promises no number of
    candidates. ProtectError: another `to`.
    """
    if to not in ("genre", "kind"):
        raise ProtectError(f"to={to!r}; give genre or kind")
    data = coded(release)
    return as_given(release, _called(data, _names(data, titles)[1 + (to == "kind")]))


def crowd(release: Any, *, k: int, m: int | None = None, titles: pd.DataFrame | None = None) -> Any:
    """The release, without days and stars, in which whoever knows m titles has k candidates.

    With m = 1, 2 or 3 it promises that any m titles, as the release calls them, are had by nobody
    or by k people or more (k^m-anonymity; M. Terrovitis, N. Mamoulis and P. Kalnis, PVLDB 1 (2008),
    115-125). From the most popular on, each title keeps its name if it can beside those before it.
    With m=None everybody has the same set as k - 1 others (k-anonymity; L. Sweeney, IJUFKS 10
    (2002), 557-570): groups of people who are alike, and what all of a group have.

    It promises nothing against somebody who knows m + 1 titles, or the others of a group; nor that
    the k differ in what they watched; nor that nobody is singled out (A. Cohen and K. Nissim, PNAS
    117 (2020), 8344-8352). Without `titles`, as `World.titles`, what can't keep its name is left
    out. ProtectError: k is below 1 or above the number of viewers, or another m.

    >>> four = pd.DataFrame({"pseudonym": [1, 1, 2, 2, 3, 4], "title": list("ABABAB")})
    >>> crowd(four, k=3, m=1)["title"].tolist(), crowd(four, k=3, m=2)["title"].tolist()
    (['A', 'B', 'A', 'B', 'A', 'B'], ['A', 'A', 'A'])
    """
    data = drop_stars(drop_days(coded(release)))
    enough(data, k)
    if m not in (None, 1, 2, 3):
        raise ProtectError(f"{m=}; give 1, 2, 3 or None")
    has, names = _has(data), _names(data, titles)
    if m is None:
        return as_given(release, _grouped(data, has, names, k))
    named = _named(data, lambda who, keep: not _thin(has[who][:, keep], k, m - 1))
    level = np.where(named, 0, 1)
    while True:  # what the others are called must be as common as the names are
        labels = np.choose(level, names)
        items, called = _items(has, labels)
        general = np.flatnonzero(np.isin(called, labels[level > 0]))
        thin = [each for each in general if _thin(items[_who(items, each)], k, m - 1)]
        if not thin:
            return as_given(release, _called(data, labels))
        level[np.isin(labels, called[thin])] += 1


def coherent(
    release: Any, *, sensitive: Collection[str], k: int, p: int = 2, h: float = 0.5
) -> Any:
    """The release, without days and stars, in which p titles give no sensitive one away.

    (h, k, p)-coherence: whoever knows any p or fewer of somebody's other titles (p = 1 or 2) has k
    candidates or more, of whom at most a share h has any one title of `sensitive`. Other titles are
    left out for it, never the sensitive ones, which the attacker is taken not to know. Y. Xu, K.
    Wang, A. W.-C. Fu and P. S. Yu, KDD 2008, 767-775.

    l-diversity is for tables with one sensitive value a person, and the same few columns known of
    everybody. Here a person has many values, and any p of hundreds of titles may be known. It
    promises nothing against somebody who knows p + 1 titles or a sensitive one, or guesses from
    the genre. ProtectError: as for `crowd`, h outside 0 to 1, another p, or no sensitive title.
    """
    data = drop_stars(drop_days(coded(release)))
    enough(data, k)
    secret = np.isin(data.titles.astype(str), np.array(list(sensitive), str))
    if p not in (1, 2) or not 0 <= h <= 1 or not secret.any():
        raise ProtectError(
            f"{p=}, {h=}; give 1 or 2, 0 to 1, and sensitive titles that somebody has"
        )
    has = _has(data)

    def fits(who: NDArray, keep: NDArray) -> bool:
        known, hidden = has[who][:, keep], has[who][:, secret]
        if _thin(known, k, p - 1) or hidden.sum(0).max() > h * len(who):
            return False
        both = (known.T @ hidden).toarray() if p > 1 else np.zeros((1, 1))
        return bool((both <= h * np.asarray(known.sum(0)).reshape(-1, 1)).all())

    named = _named(data, fits, among=~secret) | secret
    return as_given(release, _called(data, np.where(named, data.titles, None)))


def _names(data: Release, titles: pd.DataFrame | None) -> list[NDArray]:
    """What each title may be called: its name, "a crime film", "a film", nothing."""
    nothing = np.full(len(data.titles), None)
    if titles is None:
        return [data.titles, nothing]
    about = titles.set_index(titles["title"].astype(str)).reindex(data.titles).astype(str)
    kind, both = "a " + about["kind"], "a " + about["genre"] + " " + about["kind"]
    return [data.titles, both.to_numpy(object), kind.to_numpy(object), nothing]


def _called(data: Release, labels: NDArray) -> pd.DataFrame:
    """The frame with a label for each title, None leaves it out; the first day of each is kept."""
    frame = framed(data)
    frame["title"] = frame["title"].map(dict(zip(data.titles, labels, strict=True)))
    frame = frame.dropna(subset="title")
    if "day" in frame:
        frame = frame.sort_values("day", kind="stable")
    return frame.drop_duplicates(["pseudonym", "title"])


def _has(data: Release) -> csr_array:
    """Who has what: a row a person, a column a title."""
    ones = np.ones(len(data.title), np.float32)
    return csr_array((ones, data.title, data.start), shape=(data.people, len(data.titles)))


def _items(has: Any, labels: NDArray) -> tuple[csr_array, NDArray]:
    """Who has what by label, and the label of each column."""
    codes, called = pd.factorize(labels, sort=True)
    kept = np.flatnonzero(codes >= 0)
    shape = (len(codes), len(called))
    columns = csr_array((np.ones(len(kept), np.float32), (kept, codes[kept])), shape=shape)
    items = csr_array(has @ columns)
    items.data[:] = 1
    return items, called


def _who(items: csr_array, column: int) -> NDArray:
    return np.flatnonzero(items[:, [column]].toarray().ravel())


def _named(
    data: Release, fits: Callable[[NDArray, NDArray], bool], among: NDArray | None = None
) -> NDArray[np.bool_]:
    """The titles that keep their names: from the most popular on, each that fits beside those."""
    keep = np.zeros(len(data.titles), bool)
    for title in np.argsort(data.rank):
        if among is None or among[title]:
            keep[title] = True
            keep[title] = fits(data.who_has(title)[0], np.flatnonzero(keep))
    return keep


def _thin(rows: csr_array, k: int, m: int) -> bool:
    """Whether these people, or those of them who have some m columns or fewer, are 1 to k - 1."""
    if m == 0 or rows.shape[0] < k:
        return 0 < rows.shape[0] < k
    if m == 1:
        people = np.asarray(rows.sum(0))
    elif _thin(rows, k, 1):
        return True
    else:
        dense = rows.toarray()
        people = dense.T @ dense
    return bool(((people > 0) & (people < k)).any())


def _grouped(data: Release, has: csr_array, names: list[NDArray], k: int) -> pd.DataFrame:
    """Groups of k or more who have the same popular titles; to each what all in it have."""
    everything = csr_array(np.eye(len(data.titles), dtype=np.float32))
    ladder = [_items(everything, each) for each in names[:-1]]
    popular = np.argsort(data.rank)[:64]
    order, rows = np.lexsort(has[:, popular[::-1]].toarray().T), []
    for group in np.array_split(order, data.people // k):
        got = has[group].toarray()
        for items, called in ladder:  # what all have, and then what of the rest
            shared = (items.T @ got.T > 0).all(1)
            got = got * (items @ shared == 0)
            rows += [(who, label) for who in data.pseudonyms[group] for label in called[shared]]
    return pd.DataFrame(rows, columns=["pseudonym", "title"])

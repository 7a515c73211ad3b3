"""The settings of the paper's figures: what is known of a target in each cell.

Source: A. Narayanan and V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE S&P
2008, the table of its settings on page 11 and Figures 4 to 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# "m of m'" is m' known titles, of which m' - m are wrong.
SIZES = {"2of2": (2, 2), "3of4": (3, 4), "6of8": (6, 8)}
OUTSIDE = {"all": None, "top100": 100, "top500": 500}


@dataclass(frozen=True)
class Setting:
    """One cell: its name, such as fig4.d3.2of2, what is known, and that in words."""

    id: str
    knowing: dict[str, Any] = field(hash=False)
    words: str


def settings() -> list[Setting]:
    """Every cell that is attacked, figure by figure."""
    return [*_days(), *_absent(), *_rare(), *_inexact(), *_wrong_titles(), *_counted()]


def find(id: str) -> Setting:
    """The setting of a name.

    Parameters
    ----------
    id : str
        Such as fig4.d3.2of2.

    Raises
    ------
    KeyError
        When there is none of that name.
    """
    return {each.id: each for each in settings()}[id]


def _setting(figure: str, kind: str, size: tuple[int, int], words: str, **known: Any) -> Setting:
    right, of = size
    knowing = {"titles": of, "wrong": of - right, **known}
    name = ".".join(part for part in (figure, kind, f"{right}of{of}") if part)
    return Setting(name, knowing, f"{right} of {of} titles, {words}")


def _days() -> Iterator[Setting]:
    """Fig. 4, and in bits Fig. 6: stars exact, days to within 3 or 14."""
    for days in (3, 14):
        for size in SIZES.values():
            words = f"days to within {days}, stars exact"
            yield _setting("fig4", f"d{days}", size, words, days=days, stars=0)


def _absent() -> Iterator[Setting]:
    """Fig. 5: as Fig. 4, and again after the target was taken out; days to within 3 or 14."""
    for days in (3, 14):
        for size in ((5, 6), (6, 7), (7, 8)):
            words = f"days to within {days}, stars exact"
            yield _setting("fig5", f"d{days}", size, words, days=days, stars=0)


def _rare() -> Iterator[Setting]:
    """Fig. 8, and in bits Fig. 11: no days, stars exact, outside the most rated titles."""
    for top in ("top100", "top500"):
        for size in SIZES.values():
            words = f"all outside the top {OUTSIDE[top]}, stars exact, no days"
            known = {"days": None, "stars": 0, "outside_top": OUTSIDE[top]}
            yield _setting("fig8", top, size, words, **known)


def _inexact() -> Iterator[Setting]:
    """Fig. 9: stars to within 1, days to within 14; all titles, and those outside the top."""
    for top, outside in OUTSIDE.items():
        for size in ((3, 4), (4, 5)):
            where = f", all outside the top {outside}" if outside else ""
            known = {"days": 14, "stars": 1, "outside_top": outside}
            yield _setting(
                "fig9", top, size, f"stars to within 1, days to within 14{where}", **known
            )


def _wrong_titles() -> Iterator[Setting]:
    """Fig. 10: the wrong ones are wrong titles; and the same with the wrong ones left out."""
    words = "stars to within 1, days to within 14"
    for right in (4, 5, 6, 7, 8):
        known = {"days": 14, "stars": 1}
        yield _setting(
            "fig10",
            "",
            (right, 8),
            f"{words}; the others are wrong titles",
            wrong_titles=True,
            **known,
        )
        left_out = {"titles": right, "wrong": 0, **known}
        said = f"{right} titles, {words}; the wrong ones are left out"
        yield Setting(f"left_out.{right}of8", left_out, said)


def _counted() -> Iterator[Setting]:
    """Fig. 12: stars to within 1, days to within 14; without and with the number of titles."""
    for kind, count in (("without", None), ("count", 0.5)):
        for size in SIZES.values():
            words = "stars to within 1, days to within 14"
            words += ", the number of her titles to within 50 %" * (count is not None)
            yield _setting("fig12", kind, size, words, days=14, stars=1, count=count)

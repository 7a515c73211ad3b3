"""Chapter 04: the cells about a person of one's own run for any nickname, found or not."""

from __future__ import annotations

from typing import Any

import pytest

from helpers import attack, learn, make, protect
from tools.notebooks import chapters, code_cells, read

SOME = ["Ada", "", " Zoë ", "53", 'o\'Hara \\ "x"', "名前"]


@pytest.fixture(scope="module")
def published() -> protect.Published:
    world = make.world("tiny")
    return protect.pseudonymise(world.plays, stars=make.stars(world))


@pytest.fixture(scope="module")
def board(published: protect.Published) -> attack.Scoreboard:
    return attack.Scoreboard(published.release)


@pytest.fixture(scope="module")
def cells() -> list[str]:
    """The cells from the nickname to the list of what else she watched, as they stand."""
    sources = [cell.source for cell in code_cells(read(chapters(["04"])[0]))]
    first = next(place for place, text in enumerate(sources) if text.startswith("nickname = "))
    last = next(place for place, text in enumerate(sources) if text.startswith("rest = "))
    return sources[first : last + 1]


def ran(
    cells: list[str], nickname: str, published: protect.Published, board: attack.Scoreboard
) -> dict[str, Any]:
    """The names after the cells, with another nickname in place of the one that stands there."""
    names = {"published": published, "release": published.release, "board": board, "learn": learn}
    first, _, others = cells[0].partition("\n")
    assert first == 'nickname = "Ada"'
    for source in [f"nickname = {nickname!r}\n{others}", *cells[1:]]:
        exec(source, names)
    return names


@pytest.mark.parametrize("nickname", SOME)
def test_any_nickname_runs_through(
    nickname: str, cells: list[str], published: protect.Published, board: attack.Scoreboard
) -> None:
    after = ran(cells, nickname, published, board)
    hers = published.release["pseudonym"].eq(after["match"].pseudonym).sum()
    assert after["me"].check(after["match"].pseudonym).status in ("right", "not yet")
    assert len(after["rest"]) == max(hers - len(after["me"].known), 0)


def test_who_is_refused_is_told_so_and_nothing_of_her_is_listed(
    cells: list[str], published: protect.Published, board: attack.Scoreboard
) -> None:
    tries = (str(number) for number in range(300))
    refused = next(
        nickname
        for nickname in tries
        if board.match(learn.target(nickname, published).known).pseudonym is None
    )
    after = ran(cells, refused, published, board)
    assert "refused" in after["me"].check(after["match"].pseudonym).message
    assert after["rest"].empty

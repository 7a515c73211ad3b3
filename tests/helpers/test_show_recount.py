"""The panel counts again, at once, and answers in a sentence."""

import time

import numpy as np
import pandas as pd
import pytest

from helpers import make, show

FILM = "A Christmas Prince"


def plays(viewers=60, days=24, others=2000):
    """Every viewer watches every day at 20 h in Berlin, but viewer 1, who misses the last."""
    first = pd.Timestamp("2017-11-17 20:00", tz="Europe/Berlin")
    rows = [(v, first + pd.Timedelta(days=d), FILM) for v in range(viewers) for d in range(days)]
    rows = [row for row in rows if not (row[0] == 1 and row[1].day == 10)]
    rows += [(0, first, "The Other Film")] * others
    viewer, started, title = zip(*rows, strict=True)
    frame = pd.DataFrame({"viewer": viewer, "title": title})
    frame["account"] = frame["viewer"] // 2
    frame["started_at"] = pd.DatetimeIndex(started).tz_convert("UTC")
    frame["minutes"], frame["zone"], frame["device"] = 90.0, "Europe/Berlin", "tv"
    return frame.astype({"title": "category"})


@pytest.fixture(scope="module")
def panel():
    return show.recount(plays(), FILM)


@pytest.fixture(autouse=True)
def as_at_first(request):
    if "panel" in request.fixturenames:
        start = {"at_least": 0, "days": 18, "until": "2017-12-10", "who": "viewer"}
        for name, value in {**start, "zone": "local"}.items():
            request.getfixturevalue("panel").controls[name].value = value


def test_the_panel_starts_with_the_count_of_the_definition_given(panel):
    assert panel.text == (
        f"59 viewers watched {FILM} on each of the 18 days that end on 10 December 2017."
    )


def test_a_change_of_any_control_changes_the_sentence(panel):
    said = {panel.text}
    for name, value in [("days", 17), ("until", "2017-12-09"), ("who", "account"),
                        ("zone", "Asia/Tokyo"), ("at_least", 70)]:  # fmt: skip
        panel.controls[name].value = value
        assert panel.text not in said
        said.add(panel.text)


def test_a_day_earlier_counts_the_viewer_who_misses_the_last(panel):
    panel.controls["until"].value = "2017-12-09"
    assert panel.text.startswith("60 viewers")


def test_the_definition_is_said_in_full(panel):
    for name, value in [("days", 1), ("at_least", 70), ("who", "account"), ("zone", "UTC")]:
        panel.controls[name].value = value
    assert panel.text == (
        f"30 accounts watched {FILM} on 10 December 2017, at least 70 minutes a day, "
        "by the calendar of UTC."
    )


def test_a_combination_that_is_refused_says_why_and_raises_nothing():
    def refuse(cut, title, **definition):
        if definition["days"] == 3:
            raise ValueError("days <3> are refused")
        return np.arange(53)

    panel = show.recount(plays(), FILM, count=refuse)
    panel.controls["days"].value = 3
    assert panel.text == "This definition is refused: days <3> are refused"
    assert "<3>" not in panel.result.value
    panel.controls["days"].value = 18
    assert panel.text.startswith("53 viewers")


def test_only_the_plays_of_the_title_are_counted_again():
    seen = []
    show.recount(plays(), FILM, count=lambda cut, title, **_: seen.append(cut) or [1])
    assert seen[0]["title"].unique().tolist() == [FILM]


def test_one_viewer_is_one_viewer():
    panel = show.recount(plays(), FILM, count=lambda cut, title, **_: [7])
    assert panel.text.startswith("1 viewer watched")


def test_the_last_day_runs_from_the_first_to_the_last_day_of_the_film(panel):
    offered = [label for label, _ in panel.controls["until"].options]
    assert (offered[0], offered[-1], len(offered)) == ("17 Nov", "10 Dec", 24)


def test_days_before_the_film_are_nobody_s_days_and_are_not_refused():
    world = make.world("tiny", cache=False)
    panel = show.recount(world.plays, FILM)
    panel.controls["until"].value = "2017-11-20"
    assert panel.text.startswith("0 viewers watched")
    offered = [label for label, _ in panel.controls["until"].options]
    assert (offered[0], offered[-1]) == ("17 Nov", "31 Dec")


def test_every_control_has_a_label_and_the_sentence_is_announced(panel):
    labels = [control.description for control in panel.controls.values()]
    assert all(labels) and len(set(labels)) == 5
    assert 'role="status"' in panel.result.value


def test_the_panel_in_plain_text_is_its_sentence_and_its_controls(panel):
    assert repr(panel).splitlines()[0] == panel.text
    assert "Last day: 2017-12-10" in repr(panel)


def test_the_panel_fits_a_narrow_screen(panel):
    for control in panel.controls.values():
        assert (control.layout.width, control.layout.max_width) == ("95%", "36em")
        assert control.layout.min_width == "0"


def test_a_page_without_widgets_shows_the_panel_in_words(panel):
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == repr(panel)
    assert bundle["text/html"].startswith(f"<p>{panel.text}<br>Controls: Minutes a day: 0; ")


def test_an_unknown_title_offers_a_near_one():
    with pytest.raises(show.ShowError, match="no play of 'A Christmas Prinz'.* is it 'A Christ"):
        show.recount(plays(), "A Christmas Prinz")


@pytest.mark.parametrize("start", [{"days": 99}, {"until": "2018-03-01"}, {"who": "device"}])
def test_a_start_that_the_controls_do_not_offer_is_refused(start):
    with pytest.raises(show.ShowError, match="is not among the choices"):
        show.recount(plays(), FILM, **start)


def test_moving_a_slider_is_answered_in_a_fifth_of_a_second(panel):
    took = []
    for days in (17, 16, 15, 14, 13):
        start = time.perf_counter()
        panel.controls["days"].value = days
        took.append(time.perf_counter() - start)
    assert sorted(took)[2] < 0.2, f"the middle of five moves took {sorted(took)[2]:.3f} s"

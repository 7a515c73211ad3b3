"""Figures carry their words and numbers, and are the same bytes every time; panels count again."""

import base64
import hashlib
import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import ask, make, protect, show
from helpers.show.figure import COLOURS, INKS

REST = {"title": "A title", "description": "A description that says what is seen."}


def counts():
    names = ["viewer", "account", "a definition of many words that has to be wrapped"]
    ends = {"low": [45, 52, 30], "high": [60, 70, 45]}
    return pd.DataFrame({"who": names, "count": [53, 61, 38]} | ends)


def weeks():
    hours = {"hours": [1, 0.98, 0.5, 1, 1.03, 0.8], "published": [1, 0.99, 0.52, 1, 1.05, np.nan]}
    table = pd.DataFrame({"week": [1, 2, 3] * 2, "kind": ["film"] * 3 + ["show"] * 3} | hours)
    return table.assign(low=table["hours"] - 0.1, high=table["hours"] + 0.1)


def watched():
    days = pd.to_datetime(["2017-12-01", "2017-12-02", "2017-12-02", "2017-12-04", "2017-12-01"])
    viewers, minutes = [7, 7, 7, 7, 8], [90, 10, 60, 1, np.nan]
    part = ["among the 53"] * 4 + ["not counted"]
    return pd.DataFrame({"viewer": viewers, "day": days, "minutes": minutes, "part": part})


SPAN = {"start": "2017-12-01", "end": "2017-12-05", "window": ("2017-12-02", "2017-12-04")}
NEEDS = {"weekly": ("weekly error", 0.02, 0.05), "pairs": ("error of pairs", 0.05, 0.05)}


def options():
    far = "d, whose name reaches far to the left of it"
    some = {"label": [*"abc", far], "kind": ["rows", "rows", "counts", "counts"]}
    some |= {"weekly": [0.0, 0.5, 0.01, 0.3], "pairs": [0.0, 0.6, np.nan, 0.2]}
    ends = {"success": [0.9, 0.8, 0.05, 0.045]}
    ends |= {"success_low": [0.8, 0.7, 0.05, 0.045], "success_high": [0.95, 0.9, 0.05, 0.045]}
    return pd.DataFrame(some | ends)


def figures():
    ends = {"low": "low", "high": "high", "published": "published", "source": "the tweet"}
    days = pd.DataFrame({"day": pd.date_range("2017-11-17", periods=40), "plays": range(40)})
    plays = np.geomspace(1, 900, 200)
    return {
        "bars": show.bars(counts(), x="count", y="who", low="low", high="high", **REST),
        "dots": show.bars(counts(), x="count", y="who", dots=True, log_x=True, **REST),
        "line": show.bars(counts(), x="count", y="who", line_at=53, line_label="53", **REST),
        "lines": show.lines(weeks(), x="week", y="hours", group="kind", **ends, **REST),
        "days": show.lines(days, x="day", y="plays", **REST),
        "histogram": show.histogram(plays, log_x=True, x_label="plays", marks={"a": 30}, **REST),
        "against": show.against(pairs(), title="A", measure="share", source="the paper"),
        "grid": show.grid(weeks().astype({"week": str}), x="week", y="kind", value="hours", **REST),
        "tradeoff": show.tradeoff(options(), needs=NEEDS, **REST),
        "calendar": show.calendar(watched(), group="part", **SPAN, **REST),
    }


def digests(drawn):
    return {name: hashlib.sha256(each.image).hexdigest() for name, each in drawn.items()}


@pytest.fixture(scope="module")
def drawn():
    return figures()


def test_every_figure_carries_its_picture_its_description_and_its_numbers(drawn):
    for figure in drawn.values():
        text, html = repr(figure), figure._repr_html_()
        image = re.search(r'tabindex="0"><img alt="(.*?)" style="(.*?)".*?base64,(.*?)"', html)
        assert image[1] == figure.description in text
        assert base64.b64decode(image[3]) == figure.image
        assert "<details>" in html and "<table" in html
        assert len(text.splitlines()) >= 3 + len(figure.numbers.head(30))
        # Seven inches of 150 dots, on white in the dark theme too.
        assert int.from_bytes(figure.image[16:20], "big") == 1050
        assert "max-width: 100%" in image[2] and "background: white" in image[2]
        # On a phone words of 11 points have 12 pixels at least, in a box that scrolls.
        least = int(re.search(r"min-width: (\d+)px", image[2])[1]) - 16
        assert 11 / 72 * least / 7 >= 12


@pytest.mark.slow
def test_figures_are_the_same_bytes_in_a_fresh_process_which_opens_no_window(drawn):
    here = Path(__file__)
    code = (
        f"import sys; sys.path[:0] = [{str(here.parents[2])!r}, {str(here.parent)!r}]\n"
        "from helpers import show\n"
        "print([m for m in ('matplotlib', 'ipywidgets', 'duckdb') if m in sys.modules])\n"
        "import test_show as t; print(sorted(t.digests(t.figures()).items()))\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    same = str(sorted(digests(drawn).items()))
    assert out.stdout.splitlines() == ["[]", same, "False"]
    assert out.stderr == ""


def test_a_readers_own_style_changes_nothing_and_is_left_alone(drawn):
    import matplotlib

    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        again = figures()["bars"].image
        assert matplotlib.rcParams["font.size"] == 30
    assert again == drawn["bars"].image


def test_words_are_escaped_inside_the_html():
    said = 'A "quoted" title <script>alert(1)</script> & more, as text.'
    numbers = pd.DataFrame({"<b>": ["<i>x</i>"]})
    for shown in (show.Figure(b"png", said, numbers), show.table(numbers, caption=said)):
        html = shown._repr_html_()
        assert "<script>" not in html and "<i>" not in html and "<b>" not in html


LONE = pd.DataFrame({"x": [1.0, 2.0], "y": [1.0, np.nan]})
SIX = pd.DataFrame({"x": range(6), "y": range(6), "g": list("abcdef")})
CROWD = pd.DataFrame({"viewer": range(61), "day": "2017-12-01", "minutes": 1.0})
REFUSED = {
    "no rows": lambda: show.bars(counts()[:0], x="count", y="who", **REST),
    "a bar missing": lambda: show.bars(LONE, x="y", y="x", **REST),
    "a point missing": lambda: show.lines(LONE, x="x", y="y", **REST),
    "a value missing": lambda: show.histogram([1, np.nan], x_label="x", **REST),
    "six lines": lambda: show.lines(SIX, x="x", y="y", group="g", **REST),
    "log of 0": lambda: show.lines(SIX, x="x", y="y", log_x=True, **REST),
    "log of 0 upwards": lambda: show.lines(SIX, x="x", y="y", log_y=True, **REST),
    "log of none": lambda: show.histogram([0, 1], log_x=True, x_label="x", **REST),
    "61 viewers": lambda: show.calendar(CROWD, start="2017-12-01", end="2017-12-05", **REST),
    "other days": lambda: show.calendar(watched(), start="2018-01-01", end="2018-01-05", **REST),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_missing_from_a_picture_is_refused(name):
    with pytest.raises(show.ShowError):
        REFUSED[name]()


def test_a_histogram_counts_every_value_the_ends_included(drawn):
    assert drawn["histogram"].numbers["viewers"].sum() == 200


def test_a_calendar_sums_the_plays_of_a_day_and_finds_the_longest_run(drawn):
    rows = drawn["calendar"].numbers.set_index("viewer")
    assert rows.loc[7, ["part", "days", "longest_run"]].tolist() == ["among the 53", 3, 2]
    assert rows.loc[7, "minutes"] == 161 and np.isnan(rows.loc[8, "minutes"])


# What stands in the picture


@pytest.fixture
def painted(monkeypatch):
    """The axes of a figure after it was drawn."""
    from matplotlib.figure import Figure as Canvas

    kept, subplots = [], Canvas.subplots
    monkeypatch.setattr(
        Canvas, "subplots", lambda self, *n: kept.append(subplots(self, *n)) or kept[-1]
    )

    def axes_of(draw, *table, **look):
        draw(*table, **REST | look)
        np.ravel(kept[-1])[0].figure.draw_without_rendering()
        return kept[-1]

    return axes_of


def none_overlap(texts):
    boxes = [text.get_window_extent() for text in texts]
    return not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2))


def test_a_calendar_shades_the_days_asked_about_and_says_how_many(painted):
    axes = painted(show.calendar, watched(), **SPAN)
    shade = axes.patches[0]
    assert (shade.get_x(), shade.get_width()) == (0.5, 3)  # in days since the first
    assert "the 3 days asked about" in axes.get_legend_handles_labels()[1]


def test_no_number_stands_on_the_line(painted):
    table = pd.DataFrame({"n": [53, 61, 48, 49, 52, 54], "what": list("abcdef")})
    axes = painted(show.bars, table, x="n", y="what", line_at=53, line_label="tweet", dots=True)
    line = axes.transData.transform((53, 0))[0]
    boxes = {text.get_text(): text.get_window_extent() for text in axes.texts}
    assert boxes.pop("tweet").y0 > axes.get_window_extent().y1 - 5
    for count, box in boxes.items():
        assert box.x1 < line if int(count) < 53 else box.x0 > line


@pytest.mark.parametrize(("end", "weeks_of_film"), [(0.8, 3), (0.5, 2), (0.0, 3)])
def test_each_line_is_named_at_its_end_and_no_name_lies_on_another(painted, end, weeks_of_film):
    table = weeks().replace({"hours": 0.5}, end)
    table = table[(table["kind"] == "show") | (table["week"] <= weeks_of_film)]
    axes = painted(show.lines, table, x="week", y="hours", group="kind")
    ends = {text.get_text()[2:]: text.xy[0] for text in axes.texts}  # after the sign of the line
    assert ends == {"film": weeks_of_film, "show": 3}
    inks = {text.get_text()[2:]: INKS.index(text.get_color()) for text in axes.texts}
    lines = [COLOURS.index(line.get_color()) for line in axes.lines]
    assert [inks["film"], inks["show"]] == lines
    assert none_overlap(axes.texts)
    axis = axes.get_window_extent().y0 - 12  # the layout moves it a little afterwards
    assert all(text.get_window_extent().y0 > axis for text in axes.texts)


def test_over_named_ticks_no_line_covers_another(painted):
    rows = [(n, who, 0.5) for n in (2, 8) for who in "ab"]
    table = pd.DataFrame(rows, columns=["n", "who", "share"])
    ticks = {2: "two", 8: "eight"}
    axes = painted(show.lines, table, x="n", y="share", group="who", ticks=ticks)
    left, right = (line.get_xdata() for line in axes.lines)
    assert (left < [2, 8]).all() and (right > [2, 8]).all()
    assert {text.xy[0] for text in axes.texts} == {right[1]}


def pairs():
    """Three cells: one agrees by the intervals, one is far off, one nearly as far, beside it."""
    ends = {"published_low": [0.45, None, None], "low": [0.53, 0.1, 0.1], "high": [0.6, 0.3, 0.3]}
    table = pd.DataFrame({"cell": ["near", "far", "beside"], "published": [0.5, 0.9, 0.88]} | ends)
    return table.assign(simulated=[0.56, 0.2, 0.21], published_high=[0.55, None, None])


def test_ours_against_theirs_counts_what_agrees_names_the_misses_and_hollows_the_fitted(
    painted, drawn
):
    text = drawn["against"].description
    assert "1 of 3 cells" in text and "far: published 0.900, ours 0.200" in text
    bare = pairs()[["cell", "published", "simulated"]]
    more = {"title": "A", "measure": "share", "source": "B 2008"}
    assert "0 of 3 cells" in show.against(bare, **more).description
    table = pairs().assign(fitted=[True, False, None])
    axes = painted(lambda description, **look: show.against(table, **look), **more)
    assert sorted(text.get_text() for text in axes.texts) == ["beside", "far"]
    assert none_overlap(axes.texts)
    full, hollow = (line for line in axes.lines if line.get_marker() == "o")
    assert list(hollow.get_xdata()) == [0.5] and hollow.get_markerfacecolor() == "white"
    assert full.get_markerfacecolor() == full.get_markeredgecolor() == hollow.get_markeredgecolor()
    assert axes.get_aspect() == 1  # so that the diagonal is one


MEMBERS = [480, 1441, 4802, 14406, 48019, 144057, 480189]
DAYS = [pd.date_range("2017-07-01", periods=days) for days in (2, 38, 184, 400)]


@pytest.mark.parametrize("places", [MEMBERS, *DAYS])
def test_no_two_numbers_or_days_of_an_axis_overlap(painted, places):
    table = pd.DataFrame({"at": places, "n": range(len(places)), "known": "±14 days, 3 of 4"})
    axes = painted(show.lines, table, x="at", y="n", group="known", log_x=places is MEMBERS)
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert len(boxes) >= 2
    apart = 10 if places is MEMBERS else 0
    assert all(one.x1 + apart < two.x0 for one, two in itertools.pairwise(boxes))


def test_published_values_are_hollow_marks_in_the_colour_of_ours(painted):
    more = {"group": "kind", "published": "published", "source": "B 2008"}
    axes = painted(show.lines, weeks(), x="week", y="hours", **more)
    for ours, theirs in (axes.lines[:2], axes.lines[2:]):
        assert theirs.get_markeredgecolor() == ours.get_color() != "none"
        assert theirs.get_markerfacecolor() == "none" and theirs.get_marker() == ours.get_marker()


@pytest.mark.parametrize("name", ["A $5 film, then $6", r"\$ \frac"])
def test_a_name_with_dollars_is_written_as_it_is(painted, name):
    axes = painted(show.bars, counts().assign(who=[name, "b", "c"]), x="count", y="who")
    label = axes.get_yticklabels()[0]
    assert label.get_text() == name and not label.get_parse_math()


def test_a_panel_of_options_names_those_that_none_dominates_and_marks_what_was_computed(painted):
    panels = painted(show.tradeoff, options(), needs=NEEDS)
    assert [[text.get_text()[0] for text in axes.texts] for axes in panels] == [[*"acd"], [*"ad"]]
    for axes in panels:
        assert none_overlap(axes.texts)
        marks = {line.get_label(): line.get_mfc() for line in axes.get_lines()}
        assert marks["counts: computed"] == "white" and marks["rows: simulated"] != "white"
        for axis in (axes.xaxis, axes.yaxis):
            assert not any("$" in text.get_text() for text in axis.get_ticklabels(which="both"))


def test_a_bar_stands_below_the_name_of_its_group(painted):
    table = counts().assign(group=["one", "two", "one"])
    axes = painted(show.bars, table, x="count", y="who", group="group")
    names = [text.get_text().split("\n")[0] for text in axes.get_yticklabels()]
    assert names == ["one", "viewer", "a definition of many words", "two", "account"]
    assert [bar.get_width() for bar in axes.patches] == [53, 38, 61]
    assert [bar.get_y() + bar.get_height() / 2 for bar in axes.patches] == pytest.approx([1, 2, 4])


# Panels


@pytest.fixture
def panel():
    return show.recount(make.world("tiny").plays, make.FILM)


def test_the_panel_counts_as_the_question_does_after_every_change(panel):
    asked = {"at_least": 0, "days": 18, "until": "2017-12-10", "who": "viewer", "zone": "local"}
    plays, said = make.world("tiny").plays, set()
    changes = [{}, {"days": 17}, {"until": "2017-12-09"}, {"who": "account"}, {"zone": "UTC"}]
    for change in [*changes, {"at_least": 70}]:
        asked |= change
        for name, value in change.items():
            panel.controls[name].value = value
        count = len(ask.watched_every_day(plays, make.FILM, **asked))
        assert panel.text.startswith(f"{count} {asked['who']}")
        said.add(panel.text)
    assert len(said) == 6


def test_a_window_that_begins_before_the_film_says_so(panel):
    day = f"{pd.Timestamp(make.PREMIERE).day} Nov"
    panel.controls["until"].value = "2017-12-04"
    assert day not in panel.text  # 18 days from 17 November on
    panel.controls["until"].value = "2017-12-03"
    assert panel.text.startswith("0 viewers") and f"not played before {day}" in panel.text


def test_ticks_count_who_still_fits():
    known = pd.DataFrame({"in Berlin": [True, True, False, False]})
    known = known.assign(alone=[True, False, True, False], never=False)
    panel = show.crowd(known)
    facts = ("in Berlin", "2 of 4"), ("alone", "singled out"), ("never", "0 of 4")
    for fact, text in facts:
        panel.controls[fact].value = not panel.controls[fact].value
        assert text in panel.text


def test_a_desk_answers_as_many_questions_as_it_may_and_only_when_asked():
    plays = make.world("tiny").plays
    counter = protect.desk.Desk(plays, protect.desk.minimum(10))
    film, alone = protect.desk.every_day(make.FILM), protect.desk.among([1])
    panel = show.desk(counter, {"the 53": film, "one": alone}, most=2)
    ask = panel.controls["ask"]
    panel.controls["without"].value = "one"
    assert not counter.asked
    ask.value = True
    panel.controls["those"].value = "one"
    ask.value = False
    ask.value = True
    assert len(counter.asked) == 2 and "Questions left: 0" in panel.text
    assert "53" in panel.result.value and "refused" in panel.result.value


def test_an_epsilon_is_told_as_risk_and_its_control_says_which_end_protects():
    panel = show.risk([0.5, 1, 8])
    assert "0.731" in panel.text and "97%" in panel.text and "3 real deployments, 2" in panel.text
    assert all(f">{mark}</text>" in panel.result.value for mark in ("0.1", "1", "10"))
    slider = panel.controls["epsilon"]
    slider.value = max(step for step in slider.options if step < 1)
    assert "3 real deployments, 1" in panel.text and "safer" in slider.description


def test_a_panel_is_announced_has_labels_fits_narrow_screens_and_is_words_without_widgets(panel):
    labels = [control.description for control in panel.controls.values()]
    assert all(labels) and len(set(labels)) == len(labels)
    assert all(control.layout.width == "95%" for control in panel.controls.values())
    assert 'role="status"' in panel.result.value
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].splitlines()[0] == panel.text
    assert "<p role" not in bundle["text/plain"] and labels[0] in bundle["text/html"]

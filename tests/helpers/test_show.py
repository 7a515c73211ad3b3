"""Figures carry their words and numbers, and are the same bytes every time."""

import base64
import hashlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import show
from helpers.show import canvas
from helpers.show.calendar import _ticks as ticks

SAID = "A description that says what is seen."
ROOT = Path(__file__).parents[2]


def counts():
    return pd.DataFrame(
        {
            "who": ["viewer", "account", "a definition of many words that has to be wrapped"],
            "count": [53, 61, 38],
            "low": [45, 52, 30],
            "high": [60, 70, 45],
            "published": [53, None, 50],
        }
    )


def weeks():
    return pd.DataFrame(
        {
            "week": [1, 2, 3] * 2,
            "hours": [1, 0.98, 0.5, 1, 1.03, 0.6],
            "low": [0.9, 0.9, 0.4, 0.9, 0.9, 0.5],
            "high": [1.1, 1.1, 0.6, 1.1, 1.1, 0.7],
            "published": [1, 0.99, 0.52, 1, 1.05, np.nan],
            "kind": ["film"] * 3 + ["show"] * 3,
        }
    )


def watched():
    days = pd.to_datetime(["2017-12-01", "2017-12-02", "2017-12-02", "2017-12-04", "2017-12-01"])
    return pd.DataFrame(
        {"viewer": [7, 7, 7, 7, 8], "day": days, "minutes": [90, 10, 60, 1, np.nan]}
    )


def fit():
    rows = [
        ["log-sd of plays a viewer", 1.09, 1.07, 1.11, None, 1.06, 1.13, "ratings"],
        ["Gini of hours", 0.78, None, None, 0.79, None, None, "reports"],
    ]
    names = ["what", "made", "low", "high", "real", "real_low", "real_high", "source"]
    return pd.DataFrame(rows, columns=names)


def figures():
    rest = {"title": "A title", "description": SAID}
    ends = {"low": "low", "high": "high", "published": "published", "source": "the tweet"}
    days = pd.DataFrame({"day": pd.date_range("2017-11-17", periods=40), "plays": range(40)})
    return {
        "bars": show.bars(counts(), x="count", y="who", **ends, **rest),
        "dots": show.bars(counts(), x="count", y="who", dots=True, log_x=True, **rest),
        "lines": show.lines(weeks(), x="week", y="hours", group="kind", **ends, **rest),
        "days": show.lines(days, x="day", y="plays", **rest),
        "histogram": show.histogram(
            np.geomspace(1, 900, 200), log_x=True, x_label="plays", marks={"half": 30}, **rest
        ),
        "calendar": show.calendar(
            watched(),
            start="2017-12-01",
            end="2017-12-05",
            window=("2017-12-02", "2017-12-04"),
            **rest,
        ),
        "groups": show.calendar(
            watched().assign(part=["among the 53"] * 4 + ["not counted"]),
            start="2017-12-01",
            end="2017-12-05",
            group="part",
            **rest,
        ),
        "compare": show.compare(fit(), **rest),
        "definitions": show.definitions({"viewers": 53, "accounts": 61}, **rest),
    }


@pytest.fixture(scope="module")
def drawn():
    return figures()


class Pictures(HTMLParser):
    """The attributes of each img."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def test_every_figure_carries_its_description_and_its_numbers(drawn):
    for figure in drawn.values():
        bundle = figure._repr_mimebundle_()
        (picture,) = Pictures(bundle["text/html"]).found
        assert picture["alt"].startswith(SAID)
        assert "max-width: 100%" in picture["style"]
        assert "<details>" in bundle["text/html"] and '<th scope="col"' in bundle["text/html"]
        assert bundle["text/plain"].startswith(f"Figure: {figure.description}\n\n")
        assert len(bundle["text/plain"].splitlines()) >= 3 + len(figure.numbers.head(30))


def test_the_picture_in_the_html_is_the_picture(drawn):
    html = drawn["bars"]._repr_mimebundle_()["text/html"]
    inside = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", html)
    assert base64.b64decode(inside[1]) == drawn["bars"].image
    assert drawn["bars"].image.startswith(b"\x89PNG")


def test_figures_are_at_most_150_dots_an_inch_and_seven_inches_wide(drawn):
    for figure in drawn.values():
        width = int.from_bytes(figure.image[16:20], "big")
        assert width == 1050
        assert b"Software" not in figure.image[:400]


def digests():
    return {name: hashlib.sha256(one.image).hexdigest() for name, one in figures().items()}


def test_figures_are_the_same_bytes_twice(drawn):
    again = digests()
    assert {n: hashlib.sha256(f.image).hexdigest() for n, f in drawn.items()} == again


def test_figures_are_the_same_bytes_in_a_fresh_process(drawn):
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]\n"
        "import test_show; print(sorted(test_show.digests().items()))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    here = {n: hashlib.sha256(f.image).hexdigest() for n, f in drawn.items()}
    assert out.stdout.strip() == str(sorted(here.items()))
    assert out.stderr == ""


def test_a_readers_own_style_changes_nothing_and_is_left_alone(drawn):
    import matplotlib

    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        again = figures()["bars"].image
        assert matplotlib.rcParams["font.size"] == 30
    assert again == drawn["bars"].image


def test_drawing_opens_no_pyplot_window():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from helpers import show\n"
        "light = [m for m in ('matplotlib', 'ipywidgets', 'duckdb') if m in sys.modules]\n"
        "show.definitions({'a': 1, 'b': 2}, title='A', description='One and two, two dots here.')\n"
        "print(light, 'matplotlib.pyplot' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[] False"


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_marks_stand_out_three_to_one_and_text_seven_to_one_against_white():
    for colour in canvas.COLOURS:
        assert 1.05 / (luminance(colour) + 0.05) >= 3
    assert 1.05 / (luminance(canvas.INK) + 0.05) >= 7


def test_no_two_lines_differ_by_colour_alone():
    assert len(set(canvas.MARKERS)) == len(set(canvas.COLOURS)) == len(set(canvas.DASHES)) == 5


def test_a_description_is_escaped_inside_the_html():
    said = 'A "quoted" title <script>alert(1)</script> & more, as text.'
    figure = show.Figure(b"png", said, pd.DataFrame({"<b>": ["<i>x</i>"]}))
    html = figure._repr_mimebundle_()["text/html"]
    assert "<script>" not in html and "<i>" not in html and "<b>" not in html
    assert Pictures(html).found[0]["alt"] == said


@pytest.mark.parametrize("description", ["", "Bars.", "Three bars without a stop at all", None])
def test_a_description_that_is_no_sentence_is_refused(description):
    with pytest.raises(show.ShowError, match="say in a sentence"):
        show.definitions({"a": 1, "b": 2}, title="A", description=description)


def test_a_figure_without_numbers_is_refused():
    with pytest.raises(show.ShowError, match="a figure shows numbers"):
        show.Figure(b"png", SAID, pd.DataFrame())


def test_missing_columns_are_named_beside_those_that_exist():
    with pytest.raises(show.ShowError, match="bars: no column 'counts'; the table has 'who', 'c"):
        show.bars(counts(), x="counts", y="who", title="A", description=SAID)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: show.bars(counts()[:0], x="count", y="who", title="A", description=SAID),
        lambda: show.lines(weeks()[:0], x="week", y="hours", title="A", description=SAID),
        lambda: show.histogram([], title="A", description=SAID, x_label="x"),
        lambda: show.calendar(watched()[:0], start="2017-12-01", end="2017-12-05", title="A",
                              description=SAID),
        lambda: show.compare(fit()[:0], title="A", description=SAID),
        lambda: show.definitions({}, title="A", description=SAID),
        lambda: show.table(pd.DataFrame({"a": []}), caption="A"),
    ],
)  # fmt: skip
def test_nothing_to_show_is_refused(draw):
    with pytest.raises(show.ShowError, match="has no rows; there is nothing to show"):
        draw()


def test_missing_values_are_refused_with_their_number():
    holes = counts().assign(count=[1, np.nan, np.nan])
    with pytest.raises(show.ShowError, match="'count' has 2 missing values of 3"):
        show.bars(holes, x="count", y="who", title="A", description=SAID)
    with pytest.raises(show.ShowError, match="has 1 missing values of 2"):
        show.histogram([1, np.nan], title="A", description=SAID, x_label="x")


def test_text_where_numbers_belong_is_refused():
    with pytest.raises(show.ShowError, match="'who' holds no numbers"):
        show.lines(counts(), x="count", y="who", title="A", description=SAID)


def test_half_an_interval_and_a_published_value_without_source_are_refused():
    with pytest.raises(show.ShowError, match="low and high go together"):
        show.bars(counts(), x="count", y="who", low="low", title="A", description=SAID)
    with pytest.raises(show.ShowError, match="published values need source="):
        show.lines(weeks(), x="week", y="hours", published="published", title="A",
                   description=SAID)  # fmt: skip


def test_more_lines_than_can_be_told_apart_are_refused():
    many = pd.DataFrame({"x": range(6), "y": range(6), "g": list("abcdef")})
    with pytest.raises(show.ShowError, match="6 lines were given; at most 5"):
        show.lines(many, x="x", y="y", group="g", title="A", description=SAID)


def test_a_log_scale_of_zero_is_refused():
    with pytest.raises(show.ShowError, match="log scale needs values above 0"):
        show.lines(weeks().assign(week=0), x="week", y="hours", log_x=True, title="A",
                   description=SAID)  # fmt: skip
    with pytest.raises(show.ShowError, match="log scale needs values above 0"):
        show.histogram([0, 1], log_x=True, title="A", description=SAID, x_label="x")
    with pytest.raises(show.ShowError, match="needs dots=True"):
        show.bars(counts(), x="count", y="who", log_x=True, title="A", description=SAID)


def test_a_histogram_counts_every_value_the_ends_included():
    values = np.random.default_rng(53).lognormal(3, 1, 1000)
    for log_x in (False, True):
        figure = show.histogram(values, log_x=log_x, title="A", description=SAID, x_label="x")
        assert figure.numbers["viewers"].sum() == 1000


def test_a_calendar_sums_the_plays_of_a_day_and_finds_the_longest_run(drawn):
    rows = drawn["calendar"].numbers.set_index("viewer")
    assert rows.loc[7, ["days", "longest_run", "minutes"]].tolist() == [3, 2, 161]
    assert rows.loc[8, "days"] == 1 and np.isnan(rows.loc[8, "minutes"])


def test_a_calendar_refuses_too_many_viewers_and_days_that_are_none():
    many = pd.DataFrame({"viewer": range(61), "day": "2017-12-01", "minutes": 1.0})
    rest = {"title": "A", "description": SAID}
    with pytest.raises(show.ShowError, match="61 viewers were given; at most 60 fit"):
        show.calendar(many, start="2017-12-01", end="2017-12-05", **rest)
    with pytest.raises(show.ShowError, match="start='soon' is no day"):
        show.calendar(watched(), start="soon", end="2017-12-05", **rest)
    with pytest.raises(show.ShowError, match="no day between 2018-01-01 and 2018-01-05"):
        show.calendar(watched(), start="2018-01-01", end="2018-01-05", **rest)


def test_a_calendar_of_groups_names_them_in_its_words_and_its_numbers(drawn):
    figure = drawn["groups"]
    assert figure.numbers[["part", "viewer"]].to_numpy().tolist() == [
        ["among the 53", 7],
        ["not counted", 8],
    ]
    assert figure.description == f"{SAID} Groups of rows: among the 53 (1), not counted (1)."
    assert figure.image != drawn["calendar"].image


def test_groups_that_do_not_stand_together_or_are_two_are_refused():
    days = pd.DataFrame({"viewer": [1, 2, 3], "day": "2017-12-01", "minutes": 1.0})
    rest = {"start": "2017-12-01", "end": "2017-12-05", "title": "A", "description": SAID}
    with pytest.raises(show.ShowError, match="follow each other; sort the table by 'part'"):
        show.calendar(days.assign(part=["a", "b", "a"]), group="part", **rest)
    with pytest.raises(show.ShowError, match="'part' names one group for each viewer"):
        show.calendar(days.assign(part=["a", "b", "b"], viewer=[1, 1, 2]), group="part", **rest)
    with pytest.raises(show.ShowError, match="some have none or two"):
        show.calendar(days.assign(part=["a", "b", None]), group="part", **rest)
    with pytest.raises(show.ShowError, match="calendar: no column 'half'"):
        show.calendar(days, group="half", **rest)


@pytest.mark.parametrize(
    ("window", "written"),
    [
        (("2017-11-23", "2017-12-10"), ["17 Nov", "23 Nov", "10 Dec"]),
        (("2017-11-23", "2017-12-06"), ["17 Nov", "23 Nov", "6 Dec", "12 Dec"]),
        (("2017-12-09", "2017-12-10"), ["17 Nov", "10 Dec"]),
        (("2017-11-01", "2017-12-10"), ["17 Nov", "10 Dec"]),
    ],
)
def test_the_days_of_the_window_are_written_and_the_ends_where_there_is_room(window, written):
    days = [pd.Timestamp(day) for day in window]
    ends = pd.Timestamp("2017-11-17"), pd.Timestamp("2017-12-12")
    assert ticks(*ends, days)[1] == written


def painted(monkeypatch, draw):
    """The axes of a figure after it was drawn."""
    kept = []
    render = canvas.render

    def keeping(paint, **size):
        return render(lambda figure: (paint(figure), kept.append(figure)), **size)

    monkeypatch.setattr(canvas, "render", keeping)
    draw()
    kept[0].draw_without_rendering()
    return kept[0].axes[0]


def test_no_number_of_a_definition_stands_on_the_line(monkeypatch):
    counts = {"viewers": 53, "accounts": 61, "one": 48, "two": 49, "three": 52, "four": 54}
    rest = {"title": "A", "description": SAID}
    axes = painted(monkeypatch, lambda: show.definitions(counts, **rest))
    line = axes.transData.transform((53, 0))[0]
    boxes = {text.get_text(): text.get_window_extent() for text in axes.texts}
    assert len(boxes) == 6
    for count, box in boxes.items():
        assert box.x1 < line if int(count) < 53 else box.x0 > line
    assert axes.get_xlabel() == "viewers or accounts"


@pytest.mark.parametrize("dots", [True, False])
def test_a_published_mark_is_whole_and_hides_no_dot_below_it(monkeypatch, dots):
    table = pd.DataFrame({"what": ["A", "B"], "share": [0.1, 0.5], "published": [0.0, 0.5]})
    rest = {"title": "A", "description": SAID, "published": "published", "source": "B 2008"}
    draw = lambda: show.bars(table, x="share", y="what", dots=dots, **rest)  # noqa: E731
    (mark,) = [each for each in painted(monkeypatch, draw).lines if each.get_marker() == "D"]
    assert not mark.get_clip_on()  # at 0 it reaches over the end of the axis
    assert (mark.get_markerfacecolor() == "none") is dots


def test_long_names_of_definitions_do_not_touch(monkeypatch):
    long = "a definition of a great many words that has to be wrapped into several lines, {}"
    counts = {long.format(i): 53 + i for i in range(2)} | {f"short {i}": i for i in range(7)}
    rest = {"title": "A", "description": SAID}
    axes = painted(monkeypatch, lambda: show.definitions(counts, **rest))
    boxes = [label.get_window_extent() for label in axes.get_yticklabels()]
    for above, below in zip(boxes, boxes[1:], strict=False):
        assert above.y0 - below.y1 > 6


def test_a_comparison_without_a_real_value_is_refused():
    with pytest.raises(show.ShowError, match="no real value to divide by in the row 'Gini of ho"):
        show.compare(fit().assign(real=None), title="A", description=SAID)


def test_names_at_line_ends_keep_their_distance_and_their_order():
    placed = canvas.apart([0.5, 0.52, 0.1], 0.1)
    assert sorted(placed, key=placed.index)[1] - placed[0] >= 0.1 - 1e-12
    assert np.argsort(placed).tolist() == [2, 0, 1]


def test_a_line_of_published_values_alone_is_drawn_and_named():
    alone = weeks()
    alone.loc[alone["kind"] == "show", "hours"] = np.nan
    alone["published"] = [1, 0.99, 0.52, 1, 1.05, 0.6]
    rest = {"title": "A", "description": SAID, "published": "published", "source": "reports"}
    figure = show.lines(alone, x="week", y="hours", group="kind", **rest)
    assert figure.numbers["hours"].isna().sum() == 3

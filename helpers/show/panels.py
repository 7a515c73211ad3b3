"""Five panels, of which four count again when something is changed, and one takes files."""

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import ask, log
from helpers.show.figure import COLOURS, short
from helpers.tables import many

ZONES = ("local", "UTC", "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo")
AXIS = (
    '<svg aria-hidden="true" viewBox="0 0 500 44" style="width: 95%; max-width: 36em">'
    '<g stroke="currentColor"><path d="M15 30H485" opacity="0.3"/>'
)


def recount(plays: pd.DataFrame, title: str) -> Any:
    """How many watched a title every day, by five controls; a dot moves beside 53."""
    from ipywidgets import Dropdown, IntSlider, SelectionSlider

    # The film's plays and the ends of the log, so that a change is answered at once.
    ends = plays["started_at"].agg(["min", "max"])
    film = plays[(plays["title"] == title) | plays["started_at"].isin(ends)]
    span = pd.date_range(log.day(film)[film["title"] == title].min(), log.day(film).max())
    tweet = min(max(pd.Timestamp("2017-12-10"), span[0]), span[-1])  # or the nearest day
    until = [(short(day), str(day.date())) for day in span]
    trail: list[int] = []  # the counts so far

    def answer(**asked: Any) -> tuple[str, str]:
        count = len(ask.watched_every_day(film, title, **asked))
        trail.append(count)
        days, last = asked["days"], pd.Timestamp(asked["until"])
        text = f"{many(count, asked['who'])} watched {title} {many(days, 'day')} in a row"
        text += f", up to {short(last)}"
        if asked["at_least"]:
            text += f", at least {many(asked['at_least'], 'minute')} a day"
        if asked["zone"] != "local":
            text += f", by the calendar of {asked['zone']}"
        first = last - pd.Timedelta(days=days - 1)
        if count == 0 and first < span[0]:
            return f"{text}. Nobody can: it was not played before {short(span[0])}.", _dots(trail)
        return f"{text}.", _dots(trail)

    controls = {
        "at_least": IntSlider(value=0, max=92, description="Minutes a day"),
        "days": IntSlider(value=18, min=1, max=24, description="Days in a row"),
        "until": SelectionSlider(options=until, value=str(tweet.date()), description="Last day"),
        "who": Dropdown(options=["viewer", "account"], description="Counted"),
        "zone": Dropdown(options=ZONES, description="Calendar of"),
    }
    return _panel(controls, answer)


def _dots(trail: Sequence[int]) -> str:
    """The latest count as a dot, earlier ones as hollow dots, and the line at 53."""
    latest = trail[-12:]
    end = max(106, *latest)

    def x(count: int) -> str:
        return f"{15 + 470 * count / end:.0f}"

    at, places = x(53), [x(count) for count in latest]
    look = f'cy="30" r="5" stroke="{COLOURS[0]}" stroke-width="2"'
    dots = "".join(f'<circle cx="{place}" {look} fill="none"/>' for place in places[:-1])
    return (
        f'{AXIS}<path d="M{at} 16V44" stroke-dasharray="4"/></g>'
        f'<text x="{at}" y="12" text-anchor="middle" fill="currentColor">53</text>{dots}'
        f'<circle cx="{places[-1]}" {look} fill="{COLOURS[0]}"/></svg>'
    )


def crowd(known: pd.DataFrame) -> Any:
    """A box for each fact (a column of true and false); each tick counts again who still fits."""
    from ipywidgets import Checkbox

    def answer(**boxes: bool) -> tuple[str, str]:
        facts = [fact for fact, on in boxes.items() if on]
        left = int(known[facts].all(axis=1).sum())
        end = "singled out" if left == 1 else "nobody"
        if left > 1:
            end = f"1 in {len(known) / left:,.0f}"
        full, size = math.log1p(len(known)), math.log1p(left)
        look = f"width: 95%; accent-color: {COLOURS[0]}"
        bar = f'<progress aria-hidden="true" max="{full}" value="{size}" style="{look}"></progress>'
        return f"{left:,} of {len(known):,} viewers fit (facts ticked: {len(facts)}): {end}.", bar

    boxes = {fact: Checkbox(value=False, description=fact, indent=False) for fact in known.columns}
    return _panel(boxes, answer)


def desk(at: Any, choices: Mapping[str, Any], *, most: int = 10) -> Any:
    """Up to ten questions to a query desk: how many fit one condition, and do not fit another."""
    from ipywidgets import Dropdown, ToggleButton

    answers: list[str] = []

    def answer(those: str, without: str, ask: bool) -> tuple[str, str]:
        # Each press turns the button round: a change of the lists alone asks nothing.
        if ask is (len(answers) % 2 == 0) and len(answers) < most:
            condition, words = choices[those], those
            if without != "nobody":
                condition, words = condition & ~choices[without], f"{those}, without {without}"
            count = at.count(condition)
            answers.append(f"{words}: {'refused' if count is None else f'{count:,}'}")
        text = ". ".join([*answers[-1:], f"Questions left: {most - len(answers)}"]) + "."
        items = "".join(f"<li>{escape(line)}</li>" for line in answers)
        return text, f"<ol>{items}</ol>"

    controls = {
        "those": Dropdown(options=list(choices), description="Count"),
        "without": Dropdown(options=["nobody", *choices], description="without"),
        "ask": ToggleButton(description="Ask the desk"),
    }
    return _panel(controls, answer)


def risk(deployments: Sequence[float]) -> Any:
    """What an epsilon promises a viewer and costs a count; ticks are what others chose."""
    from ipywidgets import SelectionSlider

    from helpers.attack.distinguish import allowed, believed
    from helpers.protect import noise

    def answer(epsilon: float) -> tuple[str, str]:
        rare, even = believed([0.003, 0.5], epsilon)
        hits = allowed(0.05, epsilon)
        close = noise.within(3, 1 / epsilon)
        fewer = len([other for other in deployments if other <= epsilon])
        text = f"ε = {epsilon:g}. A belief of .003 may grow to {rare:.3f}, "
        text += f"one of .5 to {even:.3f}. A test with 5% false alarms has at most {hits:.0%} "
        text += f"hits. The count is within 3 in {close:.0%} of draws. "
        text += f"Of {len(deployments)} real deployments, {fewer} state at most this ε."
        ticks = "".join(f'<path d="M{at(x):.0f} 20V40" opacity="0.5"/>' for x in deployments)
        numbers = "".join(
            f'<text x="{at(x):.0f}" y="12" text-anchor="middle" fill="currentColor">{x:g}</text>'
            for x in (0.01, 0.1, 1, 10)
        )
        dot = f'<circle cx="{at(epsilon):.0f}" cy="30" r="6" fill="{COLOURS[0]}"/>'
        return text, f"{AXIS}{ticks}</g>{numbers}{dot}</svg>"

    def at(epsilon: float) -> float:
        """The place on the ruler, from .01 to 63."""
        return 15 + 470 * (math.log10(epsilon) + 2) / 3.8

    steps = [round(10 ** (quarter / 4), 2) for quarter in range(-8, 8)]
    slider = SelectionSlider(options=steps, value=1.0, description="ε: less is safer")
    return _panel({"epsilon": slider}, answer)


def upload(folder: Path, *, on: bool) -> Any:
    """A button that puts files into a folder; where it is not `on`, it says why."""
    from ipywidgets import FileUpload

    button = FileUpload(multiple=True, description="Add files", disabled=not on)

    def answer(files: Any) -> tuple[str, str]:
        for each in files:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / Path(each["name"]).name).write_bytes(each["content"])
        button.value = ()  # the widget keeps nothing
        if not on:
            return "This copy reads a made export. Open the chapter in the folder my.", ""
        there = len(list(folder.glob("[!.]*")))
        return f"Files in data/mine: {there}. Put one of over 10 MB there yourself.", ""

    return _panel({"files": button}, answer)


def _panel(controls: Mapping[str, Any], answer: Callable[..., tuple[str, str]]) -> Any:
    """Controls above a picture and a sentence, which is announced; in words without widgets."""
    from ipywidgets import HTML, Layout, VBox

    class Panel(VBox):
        text = ""

        def __repr__(self) -> str:
            chosen = [f"{control.description}: {control.value}" for control in controls.values()]
            return f"{self.text}\nControls: {'; '.join(chosen)}"

        def _repr_mimebundle_(self, **choices: Any) -> dict[str, Any]:
            view = super()._repr_mimebundle_(**choices) or {}
            words = escape(repr(self)).replace("\n", "<br>")
            return {**view, "text/plain": repr(self), "text/html": f"<p>{words}</p>"}

    result = HTML()
    panel = Panel([*controls.values(), result])
    panel.controls, panel.result = dict(controls), result

    def write(change: Any = None) -> None:
        chosen = {name: control.value for name, control in controls.items()}
        panel.text, picture = answer(**chosen)
        words = f'<p role="status" aria-live="polite">{escape(panel.text)}</p>'
        result.value = picture + words

    for control in controls.values():
        control.layout = Layout(width="95%", max_width="36em", min_width="0")
        control.style.description_width = "8em"
        control.observe(write, names="value")
    write()
    return panel

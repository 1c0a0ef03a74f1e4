"""The four small charts of the policy lab: a plan's bands over what happens without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from clusterlib import theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.axes import Plane
from clusterlib.charts.figure import Mark
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.policy import model
from clusterlib.policy.arithmetic import ratio

WORDS = "lab.chart."
TOGETHER = "all"
HEIGHT = 150  # axis included
START, YEARS = model.FIRST - 1, 20
END = START + YEARS
Values = dict[str, np.ndarray]
Added = Callable[[np.ndarray], np.ndarray]


def _workers(v: Values, add: Added) -> np.ndarray:
    return add(v["workers"])


def _hired(v: Values, add: Added) -> np.ndarray:
    return 100 * ratio(add(v["hired"]), add(v["graduates"]))


def _moved(v: Values, add: Added) -> np.ndarray:
    return 100 * ratio(add(v["moved"]), add(v["firms"] + v["moved"]))


def _link(v: Values, _: Added) -> np.ndarray:
    return 100 * v["link"]


# What each chart shows, and whether more of it is better.
SERIES: dict[str, tuple[Callable[[Values, Added], np.ndarray], bool]] = {
    "workers": (_workers, True),
    "hired": (_hired, True),
    "moved": (_moved, False),
    "link": (_link, True),
}


def seen(run: model.Run, each: bool = False) -> dict[str, np.ndarray]:
    """What the charts show of a run, by series: (years, places, draws).

    workers: people. hired: of 100 graduates of the year, hired in the region. moved: of 100 firms,
    moved away in the year. link: nearness times agreements, of 100.

    Parameters
    ----------
    run : Run
        With workers, hired, graduates, moved, firms and link.
    each : bool
        Each region for itself; the link is always one for all.
    """
    add: Added = (lambda x: x) if each else (lambda x: x.sum(axis=1, keepdims=True))
    return {name: of(run.values, add) for name, (of, _) in SERIES.items()}


def bands(run: model.Run, shown: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """p10, median and p90 of what `seen` gave, (3, years, places) by series."""
    told = replace(run, values=shown)
    return {name: told.bands(name) for name in shown}


def places(name: str, regions: Sequence[str], each: bool) -> list[str]:
    """The places of a series: the regions, or all together."""
    return list(regions) if each and name != "link" else [TOGETHER]


def rows(
    cut: dict[str, np.ndarray], regions: Sequence[str], each: bool, which: str, words: Words
) -> dict[str, list[dict[str, Any]]]:
    """The bands as named datasets, "plan_workers" and so on; people in thousands or 만."""
    made = {}
    for name, band in cut.items():
        scale = words.scale if name == "workers" else 1
        low, middle, high = np.round(band / scale, 3).tolist()
        made[f"{which}_{name}"] = [
            {"year": START + 1 + n, "place": place, "lo": low[n][p], "mid": middle[n][p],
             "hi": high[n][p]}
            for p, place in enumerate(places(name, regions, each))
            for n in range(len(low))
        ]  # fmt: skip
    return made


def tops(*cuts: dict[str, np.ndarray], words: Words) -> dict[str, list[dict[str, Any]]]:
    """Where each axis ends: in steps, so that it stands still while a lever moves a little."""
    made = {}
    for name in SERIES:
        scale = words.scale if name == "workers" else 1
        most = max(float(cut[name].max()) for cut in cuts if cut) / scale
        made[f"top_{name}"] = [{"top": round_up(most), "year": END}]
    return made


STEPS = (1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.4, 8.0, 10.0)


def round_up(value: float) -> float:
    """The next larger of the steps 1, 1.25, 1.6, … of its power of ten.

    >>> round_up(9.3), round_up(41), round_up(0)
    (10.0, 50.0, 1.0)
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in STEPS if step * power >= value * (1 - 1e-9)))


def key(regions: dict[str, str], each: bool, sketched: bool, words: Words) -> list[Mark]:
    """What the colours and lines mean.

    regions : names by region.
    """
    shown = regions if each else {"accent": words(WORDS + "key.plan")}
    marks = [Mark(name, shade, "line") for shade, name in shown.items()]
    drawn = {"sketch": ("said", "dash")} if sketched else {}
    return marks + texts.key(words, WORDS, band="band", nothing=("nothing", "dash"), **drawn)


def charts(regions: Sequence[str]) -> list[alt.LayerChart]:
    """One chart a series; all fed by datasets."""
    return [_chart(name, regions) for name in SERIES]


def _chart(name: str, regions: Sequence[str]) -> alt.LayerChart:
    quiet = {"domain": False, "ticks": False, "title": None}
    years = [model.FIRST, (model.FIRST + END) // 2, END]
    time = alt.Axis(values=years, format="d", grid=False, labelFlush=True, **quiet)
    plane = Plane(
        across={"scale": alt.Scale(domain=[START, END], nice=False, zero=False), "axis": time},
        up={"scale": alt.Scale(nice=False, zero=True), "axis": alt.Axis(tickCount=3, **quiet)},
    )
    band, middle = {**plane.at("year", "lo"), "y2": "hi:Q"}, plane.at("year", "mid")
    place = looks.colour("place", {TOGETHER: "accent", **{region: region for region in regions}})
    base, plan = (chart_of(f"{which}_{name}") for which in ("base", "plan"))
    begins = chart_of("begins").mark_rule(strokeDash=[2, 3]).encode(plane.x("year"))
    grey = theme.colour("nothing")
    layers = [
        chart_of(f"top_{name}").mark_point(opacity=0).encode(**plane.at("year", "top")),
        begins,
        base.mark_area(color=grey, opacity=0.22).encode(**band, detail="place:N"),
        plan.mark_area(opacity=0.3).encode(**band, color=place),
        base.mark_line(color=grey, strokeDash=[5, 4], strokeWidth=1.5).encode(
            **middle, detail="place:N"
        ),
        plan.mark_line(strokeWidth=2.5).encode(**middle, color=place),
    ]
    if name == "workers":
        layers.append(_sketched().encode(**middle))
    return alt.layer(*layers).properties(
        height=HEIGHT, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def _sketched() -> Any:
    """The curve that the learner drew beforehand."""
    style = {"strokeDash": [1, 3], "strokeWidth": 3, "strokeCap": "round"}
    return chart_of("sketch").mark_line(color=theme.colour("said"), **style)

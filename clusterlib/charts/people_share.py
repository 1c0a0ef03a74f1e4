"""The capital region's share of the nation's people, a shape for each kind of source."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.share."
REGISTER, PROJECTED = "resident_registration", "projection"
# Each kind of source: shape, colour, sign in the key. Hollow is what is not final or not counted.
BASES = {
    "census": ("square", "ink", "■"),
    "census_tentative": ("square", "muted", "□"),
    "register_census": ("triangle-up", "observed", "▲"),
    REGISTER: ("circle", "capital", "●"),
    PROJECTED: ("diamond", "estimated", "◇"),
}
HOLLOW = ("census_tentative", PROJECTED)
# From here on more than one kind of source tells of the same years; the second chart enlarges it.
RECENT = 2005
HEIGHT = 360
# Is it projected? Then it is estimated.
PROJECTIONS = {False: "observed", True: "estimated"}


def population_share(frame: pd.DataFrame, words: Words) -> Figure:
    """All points since the first census, and the years that several sources tell of, enlarged.

    Parameters
    ----------
    frame : frame
        The table capital_population_share: year, basis, share_pct (%), population (people, blank
        where only the share was printed).
    words : Words
        The reader's language.
    """
    points = _points(frame.sort_values("year", ignore_index=True), words)
    recent = points[(points["year"] >= RECENT) & (points["basis"] != PROJECTED)]
    fixed = {"far": points, "far_notes": _far_notes(points, words)}
    drawn = [("far", points, 10, words(WORDS + "axis.all"))]
    if len(recent):
        fixed |= {"near": recent, "near_notes": _near_notes(recent, words)}
        title = words(WORDS + "axis.recent", recent=RECENT)
        drawn.append(("near", recent, 0.5, title))
    return Figure(
        id="1.population_share",
        charts=lambda: [_chart(*each) for each in drawn],
        content=_content(points, words),
        sources=datasets.citation([frame, datasets.series_breaks()], words.lang),
        fixed=fixed,
        table=_table(points, words),
    )


@cache
def correction() -> dict[str, int]:
    """When the register took in people of unknown residence, and how many: no line crosses it."""
    row = datasets.series_breaks().set_index("series").loc["population"]
    return {"year": int(row["year"]), "n": int(row["persons"])}


def _points(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows of the view; `run` parts the register's line where its rules changed."""
    named = [words(WORDS + f"key.{basis}") for basis in frame["basis"]]
    # Shares worked out from two counts are known to two decimals, printed ones to one.
    digits = (frame["confidence"] == "derived").map({True: "decimal2", False: "decimal1"})
    said = [words.say(p, spec) for p, spec in zip(frame["share_pct"], digits, strict=True)]
    points = pd.DataFrame(
        {
            "year": frame["year"],
            "shown": frame["share_pct"],
            "basis": frame["basis"],
            "run": frame["year"] >= correction()["year"],
            "named": named,
            "said": said,
        }
    )
    rows = zip(points["year"], points["named"], points["said"], strict=True)
    return points.assign(tip=[words(WORDS + "tip", year=y, basis=b, p=p) for y, b, p in rows])


def _content(points: pd.DataFrame, words: Words) -> Content:
    said = {"first": points["year"].min(), "last": points["year"].max(), "recent": RECENT}
    return Content(
        rows={},
        title=_title(points, words),
        subtitle=words(WORDS + "subtitle", **said),
        alt=words(WORDS + "alt", list="; ".join(_ranges(points, words))),
        reading=" ".join(_reading(points, words)),
        key=[
            Mark(words(WORDS + f"key.{basis}"), shade, sign)
            for basis, (_, shade, sign) in BASES.items()
            if (points["basis"] == basis).any()
        ],
    )


def _title(points: pd.DataFrame, words: Words) -> str:
    """When half of the register's people was reached: for good, not yet, no more, or unknown."""
    counted = points[points["basis"] == REGISTER]
    bare = counted.empty
    shown = points[points["basis"] != PROJECTED] if bare else counted
    half = shown.loc[shown["shown"] >= 50, "year"].min()
    first, last = shown.iloc[0], shown.iloc[-1]
    said = {"half": half, "last": last["year"], "p": last["shown"]}
    if bare:
        return words(WORDS + "title.bare", first=first["year"], low=first["shown"], **said)
    if pd.isna(half):
        return words(WORDS + "title.below", **said)
    return words(WORDS + ("title.half" if last["shown"] >= 50 else "title.once"), **said)


def _ranges(points: pd.DataFrame, words: Words) -> list[str]:
    """One phrase a kind of source: its first and its last point."""
    said = []
    for basis, rows in points.groupby("basis", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        ends = {"first": first["year"], "last": last["year"]}
        values = {"low": first["said"], "high": last["said"]}
        key = "range" if len(rows) > 1 else "one"
        named = words(WORDS + f"key.{basis}")
        said.append(words(WORDS + f"alt.{key}", basis=named, **ends, **values))
    return said


def _reading(points: pd.DataFrame, words: Words) -> list[str]:
    """Why the points are not joined: the year that most sources tell of, the register's step."""
    said = []
    most = points.groupby("year")["basis"].count()
    if most.max() > 1:
        year = most.idxmax()
        rows = points[points["year"] == year]
        pairs = zip(rows["named"], rows["said"], strict=True)
        each = [words(WORDS + "reading.basis", basis=basis, p=p) for basis, p in pairs]
        said.append(words(WORDS + "reading.bases", year=year, list="; ".join(each)))
    if points.loc[points["basis"] == REGISTER, "run"].nunique() > 1:
        said.append(words(WORDS + "reading.correction", **correction()))
    if (points["basis"] == PROJECTED).any():
        said.append(words(WORDS + "reading.projection"))
    return said


def _table(points: pd.DataFrame, words: Words) -> dict[str, Any]:
    standing = {flag: words(f"common.evidence.{PROJECTIONS[flag]}") for flag in PROJECTIONS}
    projected = points["basis"] == PROJECTED
    rows = points.assign(basis=points["named"], evidence=projected.map(standing))
    columns = [
        Column("year", words("common.year")),
        *texts.columns(words, WORDS, basis="text", said="text", evidence="text"),
    ]
    return {**tabled(rows, columns, words), "numeric": (words(WORDS + "column.said"),)}


def _far_notes(points: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Labels of the whole span: the first point, the register's first, and what is projected."""
    counted = points[points["basis"] == REGISTER]
    projected = points[points["basis"] == PROJECTED]
    firsts = [(rows.iloc[0], "label") for rows in (points, counted) if len(rows)]
    picked = [*firsts, *((row, "projected") for _, row in projected.iterrows())]
    last = points["year"].max()
    notes = []
    for row, key in picked:
        at = "right" if key == "label" else ("top" if row["year"] == last else "left")
        notes.append(_note(row, words(WORDS + key, year=row["year"], p=row["said"]), at))
    return [*notes, _half(points, words)]


def _near_notes(points: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Labels of the enlarged years: every printed value, every fifth of the register's."""
    notes = [_half(points, words)]
    for _, row in points.iterrows():
        register = row["basis"] == REGISTER
        if row["basis"] in HOLLOW or (register and row["year"] % 5):
            continue
        notes.append(_note(row, row["said"], _beside(row)))
    step = {"year": correction()["year"] - 0.5, "shown": 50.25, "at": "step"}
    return [*notes, {**step, "text": words(WORDS + "correction", year=correction()["year"])}]


def _beside(row: pd.Series) -> str:
    """Where a label stands clear of the register's line: below it, or above where the line ends."""
    if row["basis"] == REGISTER:
        return "above" if row["year"] == correction()["year"] else "right"
    return "right" if row["basis"] == "census" and row["year"] >= correction()["year"] else "left"


def _note(row: pd.Series, text: str, at: str) -> dict[str, Any]:
    shade = {"shown": row["shown"], "basis": row["basis"]}
    return {"year": row["year"], **shade, "text": text, "at": at}


def _half(points: pd.DataFrame, words: Words) -> dict[str, Any]:
    return {"year": points["year"].min(), "shown": 50, "at": "half", "text": words(WORDS + "half")}


def _ends(points: pd.DataFrame, step: float) -> list[float]:
    """The axis of shares: a whole step below the lowest point, half a step above the highest."""
    low, high = points["shown"].min(), points["shown"].max()
    return [low // step * step - step / 2, high + step * 0.45]


def _chart(data: str, points: pd.DataFrame, step: float, title: str) -> alt.LayerChart:
    low, high = _ends(points, step)
    ticks = [n * step for n in range(int(low // step) + 1, int(high // step) + 1)]
    margin = (points["year"].max() - points["year"].min()) * 0.04
    years = [points["year"].min() - margin, points["year"].max() + margin]
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=years, nice=False, zero=False),
        axis=alt.Axis(title=None, format="d", grid=False, tickCount=5),
    )
    form = ".1f" if step < 1 else "d"
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(title=title, values=ticks, format=form, domain=False, ticks=False),
    )
    base = chart_of(data).encode(x=x, y=y)
    notes = chart_of(data + "_notes")
    layers = [*_rules(notes, x, y), *_marks(base), *_texts(notes.encode(x=x, y=y))]
    return alt.layer(*layers).properties(height=HEIGHT)


def _rules(notes: Any, x: Any, y: Any) -> list[Any]:
    """Half of the people as a level line, the change of the register's rules as an upright one."""
    dashed = {"strokeDash": [4, 3], "color": theme.colour("edge")}
    half = notes.transform_filter("datum.at == 'half'").mark_rule(**dashed)
    step = notes.transform_filter("datum.at == 'step'").mark_rule(**dashed)
    return [half.encode(y=y), step.encode(x=x)]


def _marks(base: Any) -> list[Any]:
    colour = looks.colour("basis", {basis: shade for basis, (_, shade, _) in BASES.items()})
    shape = looks.shape("basis", {basis: shape for basis, (shape, _, _) in BASES.items()})
    register = f"datum.basis == '{REGISTER}'"
    hollow = f"indexof({list(HOLLOW)}, datum.basis) >= 0"
    line = base.transform_filter(register).mark_line(strokeWidth=1.5)
    layers = [line.encode(color=colour, detail="run:N")]
    for test, style in (
        (register, {"filled": True, "size": 28}),
        (f"!({register}) && !({hollow})", {"filled": True, "size": 75}),
        (hollow, {"filled": False, "size": 150, "strokeWidth": 2}),
    ):
        points = base.transform_filter(test).mark_point(opacity=1, **style)
        layers.append(points.encode(color=colour, shape=shape, tooltip="tip:N"))
    return layers


def _texts(notes: Any) -> list[Any]:
    places = {
        "left": {"align": "right", "dx": -4, "dy": -12, "baseline": "middle"},
        "right": {"align": "left", "dx": 4, "dy": 13, "baseline": "middle"},
        "above": {"align": "left", "dx": -6, "dy": -17, "baseline": "middle"},
        "top": {"align": "right", "dx": 4, "dy": -18, "baseline": "middle"},
        "half": {"align": "left", "dy": -8, "baseline": "middle"},
        "step": {"align": "left", "dx": 6, "dy": -7, "baseline": "middle", "lineBreak": "\n"},
    }
    layers = []
    for at, style in places.items():
        shade = theme.colour("muted" if at in ("half", "step") else "ink")
        one = notes.transform_filter(f"datum.at == '{at}'")
        layers.append(one.mark_text(fontSize=12, color=shade, **style).encode(text="text:N"))
    return layers

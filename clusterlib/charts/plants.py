"""Plants and places: what two indices of concentration say of the same ones."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, looks, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import on_halo
from clusterlib.i18n import Words

WORDS = "lesson3.plants."
# Ellison and Glaeser's own line for an industry that is strongly concentrated.
STRONG = 0.05
INDEX = {"ellison_glaeser": "accent", "maurel_sedillot": "capital"}


def indices(examples: dict[str, dict[str, Any]], start: dict[str, Any], words: Words) -> Figure:
    """Shares by place and both indices, while the largest plant grows, shrinks or moves.

    Parameters
    ----------
    examples : mapping
        By key: name, plants (frame of place and size), totals (Series by place), places (names).
    start : mapping
        example, times (how large the largest plant is, 1 as it is), site ("own", "largest",
        "smallest") at the beginning.
    words : Words
        The reader's language.
    """

    def respond(values: dict[str, Any]) -> Content:
        return _content(examples[values["example"]], values, words)

    return Figure(
        id="3.plants",
        charts=lambda: [
            ranked.beside("shares", "share", "even", words(WORDS + "axis.share"), {"step": 30}),
            _scale(words),
        ],
        content=respond(start),
        sources=datasets.citation([each["plants"] for each in examples.values()], words.lang),
        evidence="teaching",
        respond=respond,
    )


def altered(plants: pd.DataFrame, totals: pd.Series, values: dict[str, Any]) -> pd.DataFrame:
    """The plants with the largest one as the controls have it."""
    largest = plants["size"].idxmax()
    changed = plants.astype({"size": "float64"})
    changed.loc[largest, "size"] *= float(values["times"])
    site = {"largest": totals.idxmax(), "smallest": totals.idxmin()}.get(values["site"])
    if site:
        changed.loc[largest, "place"] = site
    return changed


def _content(example: dict[str, Any], values: dict[str, Any], words: Words) -> Content:
    totals = example["totals"]
    plants = altered(example["plants"], totals, values)
    asked = plants.rename(columns={"place": "region"}).assign(industry="one")
    found = {name: getattr(indicators, name)(asked, totals).loc["one"] for name in INDEX}
    share = 100 * plants.groupby("place")["size"].sum().reindex(totals.index, fill_value=0)
    share, even = share / plants["size"].sum(), 100 * totals / totals.sum()
    count = plants["place"].value_counts().reindex(totals.index, fill_value=0)
    rows = pd.DataFrame(
        {
            "name": [example["places"][place] for place in totals.index],
            "share": share.to_numpy(),
            "even": even.to_numpy(),
            "plants": count.to_numpy(),
        }
    ).sort_values("even", ascending=False, ignore_index=True)
    rows["tip"] = [
        _tip(*row, words) for row in rows[["name", "share", "even"]].itertuples(index=False)
    ]
    said = _said(example, plants, found, words)
    region = Column("name", words("common.region"))
    numbers = texts.columns(words, WORDS, plants="count", share="decimal1", even="decimal1")
    return Content(
        rows={"shares": rows, "indices": _dots(found, words)},
        key=texts.key(words, WORDS, share="accent", even=("edge", "◆")),
        **texts.sentences(words, WORDS, said, title=_finding(said)),
        **tabled(rows, [region, *numbers], words),
    )


def _said(
    example: dict[str, Any], plants: pd.DataFrame, found: dict[str, pd.Series], words: Words
) -> dict[str, Any]:
    glaeser, maurel = found["ellison_glaeser"], found["maurel_sedillot"]
    return {
        "name": example["name"],
        "base": example["base"],
        "n": len(plants),
        "largest": plants["size"].max(),
        "part": 100 * plants["size"].max() / plants["size"].sum(),
        "hhi": words.say(glaeser["hhi"], "decimal3"),
        "g": words.say(glaeser["g"], "decimal3"),
        "eg": glaeser["gamma"],
        "ms": maurel["gamma"],
        "eg_said": words.say(glaeser["gamma"], "decimal3"),
        "ms_said": words.say(maurel["gamma"], "decimal3"),
    }


def _tip(name: str, share: float, even: float, words: Words) -> str:
    ours, whole = (words(WORDS + f"key.{part}") for part in ("share", "even"))
    return words("lesson3.mix.tip", name=name, place=ours, mine=share, base=whole, theirs=even)


def _finding(said: dict[str, Any]) -> str:
    if said["eg"] * said["ms"] < 0:
        return "differ"
    return "both" if said["eg"] > 0 else "neither"


def _dots(found: dict[str, pd.Series], words: Words) -> list[dict[str, Any]]:
    return [
        {
            "index": name,
            "name": words(WORDS + f"index.{name}"),
            "gamma": row["gamma"],
            "text": words.say(row["gamma"], "decimal3"),
        }
        for name, row in found.items()
    ]


def _scale(words: Words) -> alt.LayerChart:
    base = looks.rows_of("indices", axis=ranked.named())
    scale = alt.Scale(domain=[-0.8, 1], clamp=True, nice=False)
    axis = alt.Axis(title=words(WORDS + "axis.gamma"), values=[-0.8, -0.4, 0, 0.4, 0.8])
    x = alt.X("gamma:Q", scale=scale, axis=axis)
    marks = base.mark_point(filled=True, size=190, opacity=1).encode(
        x=x,
        color=looks.colour("index", INDEX),
        shape=looks.shape("index", dict(zip(INDEX, ("circle", "diamond"), strict=True))),
    )
    lines = [
        alt.Chart().mark_rule(color=theme.colour("ink")).encode(x=alt.datum(0, scale=scale)),
        alt.Chart()
        .mark_rule(color=theme.colour("edge"), strokeDash=[4, 3])
        .encode(x=alt.datum(STRONG, scale=scale)),
    ]
    number = {"dy": -16, "fontWeight": 700}
    written = on_halo(base.encode(x=x, text="text:N"), width=5, **number)
    return alt.layer(*lines, marks, *written).properties(height=alt.Step(58))

"""The model page: equations, numbers and limits in one text, from which it can be written again.

Everything stands in tables and words of the kit or is computed here from the model itself, so that
the page cannot say anything else than the code does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from clusterlib import catalog, datasets
from clusterlib.explorers.policy_room import BAND
from clusterlib.policy import arithmetic, behaviour, decision, ensemble, model, parameters, worked
from clusterlib.policy import scenario as plans

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORKED = {
    "v": 1, "model": plans.MODEL,
    "phases": [{"from": 0, "S": 0.5, "O": 0.5, "f": 0.5}],
}  # fmt: skip
# Points of the worked plan by region, in the order of the levers; the second pays otherwise.
PAID = ((10, 10, 5, 5, 5, 5, 10), (10, 15, 5, 10, 0, 5, 5))
CHECKED = ("nothing", "settle", "infra", "open", "focus", "venture")
HALVED = "open"
CLOSED = ("closed", "closed15", "closed_all", "closed15_all")  # answers of the worksheet
POLICY = "policy."  # the words of the equations
# lever: the name under which it enters, and the equation
ENTERS = {
    "settle": ("settle", 23), "transit": ("transit", 29), "vc": ("points", 25),
    "talent": ("spent", 24), "retain": ("retain", 18), "attract": ("effort, rivals", 20),
    "infra": ("infra", 26), "special": ("target", 30), "openness": ("target", 30),
    "focus": ("focus", 27),
}  # fmt: skip


def context(said: Words) -> dict[str, Any]:
    """What the template of the page needs, in one language."""
    table, lang = datasets.policy_parameters(), said.lang
    names = datasets.policy_regions().set_index("region")[f"name_{lang}"].to_dict()
    told = _told()
    order = list(dict.fromkeys(line.equation for line in told["years"][0]))
    return {
        "title": said("model.page.title"),
        "say": said.group("model.page."),
        "regions": names,
        "equations": [_equation(number, table, said) for number in [0, *order]],
        "variables": _named("var_", said),
        "facts": _facts(table, names, order, told, said),
        "levers": _levers(said),
        "ready": _ready(names, lang),
        "beliefs": _rows(table.dropna(subset=["people"]), ["id", "people", "jobs"]),
        "anchors": _anchors(names, said),
        "learned": [[names[r.region], *map(_ten, (r.p10, r.p50, r.p90))]
                    for r in told["band"].itertuples()],
        "values": _rows(datasets.policy_values(), ["outcome", "worst", "best"]),
        "numbers": _numbers(table, said),
        "worked": _worked(told, names, said),
        "checks": told["checks"],
        "halved": told["halved"],
        "outcomes": decision.OUTCOMES,
    }  # fmt: skip


def _named(prefix: str, said: Words) -> list[tuple[str, str]]:
    return list(said.group(f"{POLICY}{prefix}").items())


def _equation(number: int, table: pd.DataFrame, said: Words) -> dict[str, Any]:
    words = said.group(f"{POLICY}eq_{number:02}_")
    reads = [str(number) in str(used).split() for used in table["equations"]]
    return {
        "number": number,
        "name": words["name"],
        "lines": words["form"].split("; "),
        "note": words.get("note", ""),
        "uses": list(dict.fromkeys(table.loc[reads, "name"])),
    }


def _left(number: int, said: Words) -> list[str]:
    """Names that an equation gives, in order."""
    form = said.group(f"{POLICY}eq_{number:02}_")["form"]
    return re.findall(r"(?:^|; )(\w+) =", form)


def _levers(said: Words) -> list[list[str]]:
    units = dict.fromkeys(ENTERS, said("model.page.plan.hundreds"))
    units |= {"vc": said("model.page.plan.plain")}
    units |= dict.fromkeys(("special", "openness", "focus"), said("model.page.plan.share"))
    return [
        [lever, said(f"model.page.lever.{lever}"), name, str(number), units[lever]]
        for lever, (name, number) in ENTERS.items()
    ]


def _ready(names: dict[str, str], lang: str) -> list[list[str]]:
    columns = [*plans.LEVERS, "special", "openness", "focus"]
    table = datasets.policy_plans()
    return [
        [f"`{row['plan']}`", row[f"name_{lang}"], names[row["region"]],
         *(_nine(row[column]) for column in columns)]
        for row in table.to_dict("records")
    ]  # fmt: skip


def _anchors(names: dict[str, str], said: Words) -> list[list[str]]:
    return [
        [names[row.region], str(row.year), row.measure, _nine(row.value),
         said(f"model.page.calibration.{row.role}")]
        for row in datasets.policy_anchors().itertuples()
    ]  # fmt: skip


def _numbers(table: pd.DataFrame, said: Words) -> list[dict[str, Any]]:
    lang, values = said.lang, ("low", "base", "high", "people", "jobs")
    return [
        {
            **{name: _nine(row[name]) for name in values},
            **{name: row[name] for name in ("id", "unit", "distribution", "equations")},
            "label": row[f"label_{lang}"],
            "reference": row[f"reference_{lang}"],
            "standing": said(f"{POLICY}standing_{row['standing']}"),
        }
        for row in table.to_dict("records")
    ]


@cache
def _told() -> dict[str, Any]:
    """What the model itself says on the page; the same in both languages."""
    table = datasets.policy_parameters()
    base = parameters.worlds(table)
    every = parameters.worlds(table, datasets.policy_ensemble())
    ready = decision.plans(datasets.policy_plans(), base.regions)
    return {
        "base": base,
        "years": worked.years(_plan(), base, 2),
        "before": model.history(base).state,
        "band": ensemble.band_of_history(every),
        "learned": ensemble.learned(table, datasets.policy_ensemble()),
        "checks": _checks(ready, base),
        "halved": _halved(ready[HALVED], base),
        "closed": [
            _closed_worse(ready, each, times)
            for each in (every.only(slice(BAND)), every)
            for times in (1.0, 1.5)
        ],
    }


def _plan() -> plans.Scenario:
    keys = tuple(datasets.policy_regions()["key"])
    return plans.from_plan(worked_plan(keys), keys)


def worked_plan(keys: tuple[str, ...]) -> dict[str, Any]:
    """The plan of the worked years; regions beyond the second pay as the second does."""
    paid = {key: list(PAID[min(place, 1)]) for place, key in enumerate(keys)}
    return {**WORKED, "phases": [{**WORKED["phases"][0], **paid}]}


def _closed_worse(ready: Any, worlds: parameters.Worlds, times: float) -> int:
    """In how many of 100 worlds closed specialising is worse, with support begun otherwise."""
    moved = {n: v * times for n, v in worlds.values.items() if n.startswith("R0:")}
    other = parameters.Worlds(worlds.regions, {**worlds.values, **moved}, worlds.beliefs)
    told = behaviour.report(ready, other).set_index("key")
    return round(told.loc["closed_worse", "of_100"])


def _checks(ready: Any, base: parameters.Worlds) -> list[list[str]]:
    rows = []
    for name in CHECKED:
        for theory in plans.THEORIES:
            run = model.simulate(replace(ready[name], theory=theory), base)
            found = decision.outcomes(run)
            rows.append([name, theory, *(_ten(found[o][0]) for o in decision.OUTCOMES)])
    return rows


def _halved(plan: plans.Scenario, base: parameters.Worlds) -> list[list[Any]]:
    rows = []
    for parts in (1, 2):
        found = decision.outcomes(model.simulate(plan, base, parts=parts))
        rows.append([str(parts), *(_ten(found[o][0]) for o in decision.OUTCOMES)])
    return rows


def _worked(told: dict[str, Any], names: dict[str, str], said: Words) -> dict[str, Any]:
    """The worked years: values before, and of each equation the results by region and year."""
    before = told["before"]
    stocks = [[f"`{n}`", *(_ten(getattr(r, n)) for r in before.here)] for n in model.STOCKS]
    stocks += [["`capability_start`", *(_ten(r.capability0) for r in before.here)]]
    shared = [[f"`{n}`", _ten(getattr(before.shared, n))] for n in (*model.SHARED[:4], "nearness")]
    keys = tuple(datasets.policy_regions()["key"])
    return {
        "plan": worked_plan(keys), "stocks": stocks, "shared": shared,
        "lines": _traced(told["years"], names, said),
    }  # fmt: skip


def _traced(years: list[list[worked.Line]], names: dict[str, str], said: Words) -> list[list[str]]:
    rows = []
    for lines in zip(*years, strict=True):
        first = lines[0]
        left = _left(first.equation, said)[-len(first.results) :]
        where = names.get(first.region, said("model.page.worked.shared"))
        for place, name in enumerate(left):
            rows.append([str(first.equation), where, f"`{name}`",
                         *(_ten(line.results[place]) for line in lines)])  # fmt: skip
    return rows


def _facts(
    table: pd.DataFrame, names: dict[str, str], order: list[int], told: dict[str, Any], said: Words
) -> dict[str, Any]:
    """Numbers that stand in the page's sentences."""
    counted = parameters.standings(table).set_index("standing")["numbers"].to_dict()
    learned = told["learned"].assign(size=lambda frame: frame["moved"].abs())
    most = learned.loc[learned["size"].idxmax()]
    narrow = learned["widened"] < -ensemble.NARROWED
    narrowed = [
        said("model.page.narrowed", id=row.id, n=-100 * row.widened)
        for row in learned[narrow].itertuples()
    ]
    record = catalog.record("policy_ensemble")
    return {
        "version": plans.MODEL, "regions": ", ".join(names.values()), "region": next(iter(names)),
        "one": next(iter(names.values())), "levers": ", ".join(f"`{x}`" for x in plans.LEVERS),
        "first": model.FIRST, "last": model.FIRST + plans.YEARS - 1,
        "count": len(table), "assumed": counted["assumption"], **counted,
        "largest": _nine(arithmetic.LARGEST), "budget": _nine(plans.MOST_POINTS),
        "regional": ", ".join(str(n) for n in order if n not in {1, 2, 3, 4, 27, 28, 29}),
        "uncertain": len(parameters.uncertain(table)), "draws": ensemble.DRAWS,
        "seed": ensemble.SEED, "kept": record["rows"], "hash": record["hash"].split(":")[1],
        "workers": _nine(100 * ensemble.NEAR["workers"]),
        "firms": _nine(100 * ensemble.NEAR["firms"]), "band": BAND,
        "sure": _nine(decision.SURE), "most": 100 * most["size"], "id": most["id"], "plan": HALVED,
        "narrow": ", ".join(narrowed), "rest": -100 * learned.loc[~narrow, "widened"].min(),
        "stop": _nine(table.set_index("id").loc["v_stop", "base"]), **_answers(told),
    }  # fmt: skip


def _answers(told: dict[str, Any]) -> dict[str, Any]:
    """What the answers of the worksheet need."""
    first, before = told["years"][0], told["before"]
    region = told["base"].regions[0]
    found = {line.equation: line.results for line in first if line.region == region}
    p, here = told["base"].numbers[0], before.here[0]
    one, two = ([float(x) for x in row[1:]] for row in told["halved"])
    gains = [(1 - p.L0) * arithmetic.fading(p.eta_L * p.lever_scale * x) for x in (0.45, 0.9)]
    return {
        "nearness": _ten(before.shared.nearness), "link": _ten(before.shared.link),
        "before": _ten(here.workers), "hires": _ten(found[15][0]), "left": _ten(found[12][0]),
        "retired": _ten(found[12][1]), "after": _ten(found[31][0]),
        "step": max(100 * abs(b / a - 1) for a, b in zip(one, two, strict=True)),
        **dict(zip(CLOSED, told["closed"], strict=True)),
        "once": f"{gains[0]:.4f}", "twice": f"{gains[1]:.4f}",
    }  # fmt: skip


def _rows(frame: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    plain = frame[columns].to_dict("records")
    return [[_nine(v) if isinstance(v, float) else f"`{v}`" for v in row.values()] for row in plain]


def _ten(value: float) -> str:
    return f"{float(value):.10g}"


def _nine(value: float) -> str:
    return "" if value != value else f"{float(value):.9g}"

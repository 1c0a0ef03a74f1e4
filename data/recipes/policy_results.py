"""Run the policy model for the lesson's text and the workshop: make.py policy_results.

Writes policy/behaviours.csv (each statement with the worlds in which it held), policy/findings.csv
(single figures that the text of lesson 6 uses) and policy/allocations.csv (plans and single levers
by theory, for a room without a network). Run it after policy_ensemble, then seal.py.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from common import DATA, Row, lookup, own, write_csv

sys.path.insert(0, str(DATA.parent))

POINTS = (10, 25, 50, 100)  # a year, half in each region, at which a single lever is tried
TOKEN = 25  # a room spends 100 points in tokens of this size
CUTS = (10, 50, 90)
CHECKED = 2010  # the year of which the brief draws a figure and prints none
RIVALS = ("settle", "venture")  # the two plans of which each leads under one theory
TIGHT = ("complete", "special_closed")  # complete at home against specialised behind closed doors


class Table:
    """The model over all matched worlds; each plan is run once."""

    def __init__(self) -> None:
        from clusterlib import datasets
        from clusterlib.policy import decision, model, parameters, scenario

        table, plans = datasets.policy_parameters(), datasets.policy_plans()
        self.worlds = parameters.worlds(table, datasets.policy_ensemble())
        self.history = model.history(self.worlds)
        self.levers, self.scenario = scenario.LEVERS, scenario
        self.decision, self.model = decision, model
        regions = self.worlds.regions
        self.plans = {name: decision.plans(plans, regions, name) for name in scenario.THEORIES}
        self.names = plans.drop_duplicates("plan").set_index("plan")[["name_ko", "name_en"]]
        self._found: dict = {}

    def spread(self, points: tuple[float, ...], theory: str):
        """Give a plan that spends points by lever, the same in each region."""
        each = tuple(x / len(self.worlds.regions) for x in points)
        spend = tuple(each for _ in self.worlds.regions)
        return self.scenario.Scenario((self.scenario.Phase(0, spend),), theory=theory)

    def outcomes(self, plan) -> dict:
        """Give workers, graduates hired in % and firms that leave of 100 a year, by world."""
        if plan not in self._found:
            run = self.model.simulate(plan, self.worlds, state=self.history.state)
            found = self.decision.outcomes(run)
            self._found[plan] = {
                "workers": found["workers"],
                "hired": 100 * found["grads_hired_share"],
                "left": 100 * (1 - found["stay_rate"]),
                "capability": found["Q"],
            }
        return self._found[plan]

    def change(self, plan, outcome: str):
        """Give what a plan changes against doing nothing, world by world."""
        nothing = self.plans[plan.theory]["nothing"]
        return self.outcomes(plan)[outcome] - self.outcomes(nothing)[outcome]


def build(into: Path) -> None:
    """Write the three tables."""
    table = Table()
    write_csv(into / "policy" / "behaviours.csv", behaviours(table))
    write_csv(into / "policy" / "allocations.csv", allocations(table))
    write_csv(into / "policy" / "findings.csv", findings(table))
    print("three tables of results; now run seal.py")


def behaviours(table: Table) -> list[Row]:
    """Give each statement of the model with the worlds in which it held."""
    from clusterlib.policy import behaviour

    found = behaviour.report(table.plans["both"], table.worlds)
    shown = found.assign(of_100=[of_100(x) for x in found["of_100"] / 100])
    return [{**row, **own()} for row in shown.rename(columns={"key": "claim"}).to_dict("records")]


def allocations(table: Table) -> list[Row]:
    """Give each ready-made plan and each lever alone, by theory and outcome."""
    rows = []
    for theory, plans in table.plans.items():
        for name, plan in plans.items():
            said = {"plan": name, "lever": "", "points": "", **table.names.loc[name]}
            rows += [{**said, "theory": theory, **row} for row in told(table, plan)]
        for lever, points in itertools.product(table.levers, POINTS):
            plan = table.spread(alone(table, lever, points), theory)
            said = {"plan": f"{lever}_{points}", "lever": lever, "points": points, **named(lever)}
            rows += [{**said, "theory": theory, **row} for row in told(table, plan)]
    return [{**row, **own()} for row in rows]


def told(table: Table, plan) -> list[Row]:
    """Give the rows of one plan: band, middle change against nothing, worlds with more."""
    import numpy as np

    rows = []
    for outcome in ("workers", "hired", "left"):
        values, change = table.outcomes(plan)[outcome], table.change(plan, outcome)
        band = {f"p{c}": short(x) for c, x in zip(CUTS, np.percentile(values, CUTS), strict=True)}
        more = table.decision.better(change, 0 * change)
        moved = {"change": short(np.median(change)), "more_in": of_100(more)}
        rows.append({"outcome": outcome, **band, **moved})
    return rows


def alone(table: Table, lever: str, points: float) -> tuple[float, ...]:
    """Give points by lever with all of them on one."""
    return tuple(float(points) if name == lever else 0.0 for name in table.levers)


def named(lever: str) -> Row:
    """Give the names of a lever, as the catalogue titles its column."""
    from clusterlib import catalog

    about = catalog.fields("policy_plans")[lever]
    return {"name_ko": about["title_ko"], "name_en": about["title_en"]}


def findings(table: Table) -> list[Row]:
    """Give the single figures, each with what it is."""
    values = {**early(table), **closed(table), **rivals(table), **sheet(table)} | paid(table)
    about = lookup("coding_policy_findings", "finding")
    if set(values) != set(about):
        raise ValueError(f"findings without words or value: {set(values) ^ set(about)}")
    return [{**about[name], "value": short(value), **own()} for name, value in values.items()]


def paid(table: Table) -> dict[str, float]:
    """Give what concentration alone takes from the other regions, and what it adds here."""
    from clusterlib.policy import behaviour

    middle = behaviour.moved_away(table.plans["both"], table.worlds)["p50"]
    return {"others_lost": 100 * middle["lost"], "here_gained": 100 * middle["gained"]}


def early(table: Table) -> dict[str, float]:
    """Give the band of workers of 2010 by region: what later data could test."""
    import numpy as np

    year = table.history.years.index(CHECKED)
    found = {}
    for place, region in enumerate(table.worlds.regions):
        cut = np.percentile(table.history.values["workers"][year, place], CUTS)
        found |= {
            f"workers_{CHECKED}_{region}_p{c}": float(x) for c, x in zip(CUTS, cut, strict=True)
        }
    return found


def closed(table: Table) -> dict[str, float]:
    """Give the bound that decides whether specialising behind closed doors is worse."""
    complete, special = (table.outcomes(table.plans["both"][name]) for name in TIGHT)
    wins = complete["capability"] > special["capability"]
    return rule(table, wins, "closed")


def rivals(table: Table) -> dict[str, float]:
    """Give how often the one rival has more graduates hired, and what would overturn it."""
    first, second = (table.outcomes(table.plans["both"][name])["hired"] for name in RIVALS)
    found = {f"rival_hired_{t}": 100 * share for t, share in rival_shares(table).items()}
    return found | rule(table, first > second, "rival")


def rival_shares(table: Table) -> dict[str, float]:
    """Give the share of worlds in which the first rival has more graduates hired, by theory."""
    shares = {}
    for theory, plans in table.plans.items():
        first, second = (table.outcomes(plans[name])["hired"] for name in RIVALS)
        shares[theory] = table.decision.better(first, second)
    return shares


def rule(table: Table, wins, stem: str) -> dict[str, float]:
    """Give the best single rule of a comparison: its bound, the share within and over all."""
    best = table.decision.rule(wins, table.worlds).iloc[0]
    known = lookup("coding_policy_findings", "finding")[f"{stem}_bound"]["about"]
    if f"{best['id']} {best['side']}" != known:
        raise ValueError(f"{stem}: the rule is now {best['id']} {best['side']}, not {known}")
    return {
        f"{stem}_bound": best["bound"],
        f"{stem}_within": 100 * best["share"],
        f"{stem}_base": 100 * best["base"],
    }


def sheet(table: Table) -> dict[str, float]:
    """Give how far adding up single levers is off, over every way to spend four tokens."""
    import numpy as np

    found = {}
    for theory in ("people", "jobs"):
        off = []
        for spent in itertools.combinations_with_replacement(range(len(table.levers)), 4):
            points = tuple(float(TOKEN * spent.count(n)) for n in range(len(table.levers)))
            whole = float(np.median(table.change(table.spread(points, theory), "workers")))
            added = sum(single(table, n, x, theory) for n, x in enumerate(points) if x)
            off.append(100 * abs(added - whole) / whole)
        found |= {
            f"sheet_{theory}_median": np.median(off),
            f"sheet_{theory}_p90": np.percentile(off, 90),
        }
    return found


def single(table: Table, place: int, points: float, theory: str) -> float:
    """Give the middle change in workers of one lever alone, between the printed points a line."""
    import numpy as np

    lever = table.levers[place]
    plans = [table.spread(alone(table, lever, x), theory) for x in POINTS]
    known = [float(np.median(table.change(plan, "workers"))) for plan in plans]
    return float(np.interp(points, (0, *POINTS), (0, *known)))


def of_100(share: float) -> int:
    """Give a share as a count of 100; none and all only where that is so."""
    return round(100 * share) if share in (0.0, 1.0) else min(max(round(100 * share), 1), 99)


def short(value: float) -> str:
    """Write a number with five significant digits."""
    return f"{value:.5g}" if abs(value) < 1e5 else f"{value:.0f}"

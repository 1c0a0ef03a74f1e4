"""Run the policy model for the lesson's text and the workshop: make.py policy_results.

Writes policy/behaviours.csv (each statement with the worlds in which it held), policy/findings.csv
(single figures that the text of lesson 6 uses) and policy/allocations.csv (plans and single levers
by theory, for a room without a network). Run it after policy_ensemble, then seal.py.
"""

from __future__ import annotations

import itertools
import random
import sys
from functools import cache
from pathlib import Path

from common import DATA, Row, lookup, own, write_csv

sys.path.insert(0, str(DATA.parent))

POINTS = (10, 25, 50, 100)  # a year, half in each region, at which a single lever is tried
OWN = 30  # points that one region holds, at which it is tried alone
SPLITS, SEED = 200, 916  # allocations as the roles may make them, to try the sheet on
CENTRAL = (20, 10, 0)  # points in each region that the centre gives living conditions; 20 in all
REACHED = 0.45  # capability above which the investor matches
CUTS = (10, 50, 90)
# What is read off the sheet lever by lever. How the regions balance hangs on who pays: by_one.
SHEET = ("workers", "hired", "left", "access", "Q", "link")
CHECKED = 2010  # the year of which the brief draws a figure and prints none
MATCHED = ("nothing", "concentrate", "infra", "open", "focus")  # plans that may reach it
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
        """Give by world workers, those of each region, and all else of 100."""
        if plan not in self._found:
            run = self.model.simulate(plan, self.worlds, state=self.history.state)
            found = self.decision.outcomes(run)
            here = zip(self.worlds.regions, run.values["workers"][-1], strict=True)
            self._found[plan] = {
                "workers": found["workers"],
                "hired": 100 * found["grads_hired_share"],
                "left": 100 * (1 - found["stay_rate"]),
                **{name: 100 * found[name] for name in ("access", "Q", "QO", "link", "equity_DC")},
                **{f"workers_{region}": workers for region, workers in here},
            }
        return self._found[plan]

    def paid(self, points: tuple[tuple[float, ...], ...], theory: str):
        """Give a plan that spends points by region and lever."""
        return self.scenario.Scenario((self.scenario.Phase(0, points),), theory=theory)

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
            said = {"plan": name, "lever": "", "payer": "", "points": "", **table.names.loc[name]}
            rows += [{**said, "theory": theory, **row} for row in told(table, plan)]
        for lever, points in itertools.product(table.levers, POINTS):
            plan = table.spread(alone(table, lever, points), theory)
            said = {"plan": f"{lever}_{points}", "lever": lever, "payer": "", "points": points}
            found = told(table, plan, SHEET)
            rows += [{**said, **named(lever), "theory": theory, **row} for row in found]
        rows += by_one(table, theory)
    return [{**row, **own()} for row in rows]


def by_one(table: Table, theory: str) -> list[Row]:
    """Give each lever as one region alone pays for it: workers of each region."""
    regions, rows = table.worlds.regions, []
    for lever, payer in itertools.product(table.levers, regions):
        own_points, none = alone(table, lever, OWN), alone(table, lever, 0)
        plan = table.paid(tuple(own_points if r == payer else none for r in regions), theory)
        said = {"plan": f"{lever}_{OWN}_{payer}", "lever": lever, "payer": payer, "points": OWN}
        found = told(table, plan, tuple(f"workers_{region}" for region in regions))
        rows += [{**said, **named(lever), "theory": theory, **row} for row in found]
    return rows


def told(table: Table, plan, outcomes: tuple[str, ...] = ()) -> list[Row]:
    """Give the rows of one plan: band, middle change against nothing, worlds with more."""
    import numpy as np

    rows = []
    for outcome in outcomes or table.outcomes(plan):
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
    values = early(table) | closed(table) | rivals(table) | sheet(table) | paid(table)
    values |= matched(table) | contest(table) | narrowed()
    about = lookup("coding_policy_findings", "finding")
    if set(values) != set(about):
        raise ValueError(f"findings without words or value: {set(values) ^ set(about)}")
    return [{**about[name], "value": short(value), **own()} for name, value in values.items()]


def paid(table: Table) -> dict[str, float]:
    """Give what concentration alone takes from the other regions, and what it adds here."""
    from clusterlib.policy import behaviour

    middle = behaviour.moved_away(table.plans["both"], table.worlds)["p50"]
    return {"others_lost": 100 * middle["lost"], "here_gained": 100 * middle["gained"]}


def matched(table: Table) -> dict[str, float]:
    """Give in how many of 100 worlds a plan ends with capability at which the investor matches."""
    found = {name: table.outcomes(table.plans["both"][name])["Q"] for name in MATCHED}
    return {f"match_{name}": 100 * (each > 100 * REACHED).mean() for name, each in found.items()}


def contest(table: Table) -> dict[str, float]:
    """Give what attracting firms does to the workers of each region, paid by one or by both.

    And the least that as many points bring Chungbuk elsewhere, under whichever belief: of the
    levers that work without the neighbour, all but keeping firms.
    """
    import numpy as np

    def middle(plan, region: str) -> float:
        return float(np.median(table.change(plan, f"workers_{region}")))

    def by(lever: str, payers: tuple[str, ...], theory: str = "both"):
        own_points, none = alone(table, lever, OWN), alone(table, lever, 0)
        return table.paid(tuple(own_points if r in payers else none for r in regions), theory)

    regions = table.worlds.regions
    found = {}
    for name, payers in {**{r: (r,) for r in regions}, "both": regions}.items():
        plan = by("attract", payers)
        found |= {f"attract_{name}_{region}": middle(plan, region) for region in regions}
    elsewhere = ("settle", "vc", "talent", "infra")
    tried = itertools.product(elsewhere, table.plans)
    least = min(middle(by(lever, ("chungbuk",), t), "chungbuk") for lever, t in tried)
    return found | {"elsewhere_chungbuk": least}


def narrowed() -> dict[str, float]:
    """Give by how much matching history narrowed the two rates it hangs on, and any other most."""
    from clusterlib import datasets
    from clusterlib.policy import ensemble

    learned = ensemble.learned(datasets.policy_parameters(), datasets.policy_ensemble())
    by = -100 * learned.set_index("id")["widened"]
    rates = {"growth": "gJ_mult", "births": "sig_mult"}
    found = {f"narrowed_{name}": by[rate] for name, rate in rates.items()}
    return found | {"narrowed_next": by.drop(list(rates.values())).max()}


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
    wins = complete["Q"] > special["Q"]
    return rule(table, wins, "closed")


def rivals(table: Table) -> dict[str, float]:
    """Give how often the one rival has more graduates hired, and what would overturn it.

    What helps the second most is what overturns the first, so the shares are those of the first.
    """
    first, second = (table.outcomes(table.plans["both"][name])["hired"] for name in RIVALS)
    found = {f"rival_hired_{t}": 100 * share for t, share in rival_shares(table).items()}
    turned = rule(table, second > first, "rival")
    kept = {f"rival_{of}": 100 - turned[f"rival_{of}"] for of in ("within", "base")}
    return found | turned | kept


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
    """Give how far adding up single levers is off, on allocations as the roles may make them.

    By outcome, in its unit, the worse of the two beliefs: middle, nine in ten, worst.
    """
    import numpy as np

    chance = random.Random(SEED)
    tried = [split(table, chance) for _ in range(SPLITS)]
    found = {}
    for outcome in SHEET:
        cuts = []
        for theory in ("people", "jobs"):
            off = [off_sheet(table, points, outcome, theory) for points in tried]
            cuts.append((np.median(off), np.percentile(off, 90), max(off)))
        middle, most, worst = np.max(cuts, axis=0)
        found |= {f"sheet_{outcome}_median": middle, f"sheet_{outcome}_p90": most}
        found |= {f"sheet_{outcome}_worst": worst}
    return found


def split(table: Table, chance: random.Random) -> tuple[tuple[float, ...], ...]:
    """Give points by region and lever: half of the centre's, and a region's own on one to three."""
    settled = chance.choice(CENTRAL)
    spent = []
    for _ in table.worlds.regions:
        chosen = chance.sample(table.levers, chance.randint(1, 3))
        points = {lever: OWN / len(chosen) for lever in chosen}
        points["settle"] = points.get("settle", 0.0) + settled
        points["infra"] = points.get("infra", 0.0) + max(CENTRAL) - settled
        spent.append(tuple(points.get(lever, 0.0) for lever in table.levers))
    return tuple(spent)


def off_sheet(table: Table, points: tuple[tuple[float, ...], ...], outcome: str, theory: str):
    """Give how far the sum of printed cells is from the model, as the sheet says to add them.

    A lever is looked up at the points of both regions, transit at twice the smaller payment.
    """
    import numpy as np

    whole = float(np.median(table.change(table.paid(points, theory), outcome)))
    added = 0.0
    for place, paid_here in enumerate(zip(*points, strict=True)):
        both = 2 * min(paid_here) if table.levers[place] == "transit" else sum(paid_here)
        added += single(table, place, both, outcome, theory)
    return abs(added - whole)


@cache
def single(table: Table, place: int, points: float, outcome: str, theory: str) -> float:
    """Give the middle change of one lever alone, between the printed points along a line."""
    import numpy as np

    lever = table.levers[place]
    plans = [table.spread(alone(table, lever, x), theory) for x in POINTS]
    known = [float(np.median(table.change(plan, outcome))) for plan in plans]
    return float(np.interp(points, (0, *POINTS), (0, *known)))


def of_100(share: float) -> int:
    """Give a share as a count of 100; none and all only where that is so."""
    return round(100 * share) if share in (0.0, 1.0) else min(max(round(100 * share), 1), 99)


def short(value: float) -> str:
    """Write a number with five significant digits."""
    return f"{value:.5g}" if abs(value) < 1e5 else f"{value:.0f}"

"""The policy model written once more from docs/model.en.md alone: floats, loops, no clusterlib.

This is what a reader of the page would write who never saw the code. Numbers, ready-made plans and
beliefs are read from the page's tables; only the worlds come from the file that the page names.
What this file needs and the page does not say is a defect of the page.
"""

from __future__ import annotations

import re
from math import exp, log, prod
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "model.en.md").read_text("utf-8")
STAGES = 4
LEVERS = ("settle", "transit", "vc", "talent", "retain", "attract", "infra")


def section(title: str) -> str:
    """The text under a heading of the page."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(title: str, place: int = 0) -> list[dict[str, str]]:
    """A table of a section as rows by the names in its head."""
    found = re.findall(r"(?:^\|.*\|\n)+", section(title) + "\n", re.MULTILINE)[place]
    lines = [[c.strip().strip("`") for c in line.split("|")[1:-1]] for line in found.splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


ROWS = table("Every number")
REGIONS = list(dict.fromkeys(r["id"].split(":")[1] for r in ROWS if ":" in r["id"]))
BASE = {row["id"]: float(row["base"]) for row in ROWS}
BELIEFS = {
    belief: {row["id"]: float(row[belief]) for row in table("Two beliefs")}
    for belief in ("people", "jobs")
} | {"both": {}}


def ready() -> dict[str, dict]:
    """The ready-made plans as {from, spend by region, S, O, f}."""
    found: dict[str, dict] = {}
    for row in table("Ready-made plans"):
        plan = found.setdefault(row["plan"], {"from": 0, "spend": [], "f": float(row["focus"])})
        plan["spend"].append({lever: float(row[lever]) for lever in LEVERS})
        for name, column in (("S", "special"), ("O", "openness")):
            plan[name] = float(row[column]) if row[column] else None
    return found


NOTHING = {"from": 0, "spend": [dict.fromkeys(LEVERS, 0.0) for _ in REGIONS], "S": None, "O": None,
           "f": 0.0}  # fmt: skip


def of(world: dict[str, float], region: str) -> dict[str, float]:
    """Numbers as one region reads them."""
    own = {k.split(":")[0]: v for k, v in world.items() if k.endswith(":" + region)}
    return {k: v for k, v in world.items() if ":" not in k} | own


def held(x: float) -> float:
    return exp(min(x, 700.0))


def part(x: float) -> float:
    return 1 - exp(-x)


class Model:
    """The state at some time, and how a step moves it."""

    def __init__(self, world: dict[str, float]) -> None:
        self.world = world
        self.p = [of(world, region) for region in REGIONS]
        p = self.p[0]
        self.minutes, self.openness, self.others = p["T_pt0"], p["O0"], p["RO0"]
        self.here = [
            {"workers": p["W_start"], "posts": p["W_start"] / (1 - p["v_ref"]),
             "firms": p["F_start"], "living": p["L0"], "support": p["R0"], "talent": p["B0"],
             "fund": 0.0, "special": p["S0"]}
            for p in self.p
        ]  # fmt: skip
        self.connect()
        self.capability_start = self.capabilities()

    def believe(self, belief: str) -> None:
        """From 2023 on the numbers are those of the belief."""
        self.p = [p | BELIEFS[belief] for p in self.p]

    def connect(self) -> None:  # equation 1
        self.nearness = self.p[0]["T_car"] / self.minutes
        self.link = self.nearness * self.openness

    def capabilities(self) -> list[float]:  # equations 2, 3, 4
        own = []
        for p, r in zip(self.p, self.here, strict=True):
            usable = r["support"] * (p["ups0"] + (1 - p["ups0"]) * r["talent"])
            shares = [(1 - r["special"]) / STAGES + r["special"] * p[f"spec_{k + 1}"]
                      for k in range(STAGES)]  # fmt: skip
            own.append([usable * share for share in shares])
        found = []
        for place, p in enumerate(self.p):
            total = 0.0
            for k in range(STAGES):
                lent = sum(each[k] for other, each in enumerate(own) if other != place)
                reached = own[place][k] + self.link * lent
                total += reached**2 / (reached**2 + p["c0"] ** 2)
            found.append(total / STAGES)
        return found

    def step(self, plan: dict, t: float, h: float = 1.0) -> list[dict[str, float]]:
        p0, spend = self.p[0], plan["spend"]
        capability = self.capabilities()
        taken = p0["envelope"] * (p0["focus_high"] - p0["focus_low"]) * plan["f"]  # 27
        central = taken / len(REGIONS)
        seen = []
        for place in range(len(REGIONS)):
            u = {lever: points / 100 for lever, points in spend[place].items()}
            rivals = sum(s["attract"] / 100 for other, s in enumerate(spend) if other != place)
            seen.append(self.people(place, capability[place], u, rivals, t, h))
            self.conditions(place, u, spend[place]["vc"], central, plan["S"], h)
        self.others += -taken * h - (self.others - p0["RO0"]) * part(p0["del_R"] * h)  # 28
        joint = prod(s["transit"] / 100 for s in spend) ** (1 / len(REGIONS))
        speed = p0["eta_T"] * p0["lever_scale"] * joint * h
        self.minutes -= (self.minutes - p0["T_min"]) * part(speed)  # 29
        if plan["O"] is not None:  # 30
            self.openness += (plan["O"] - self.openness) * part(p0["eta_S"] * h)
        self.connect()
        return seen

    def people(
        self, place: int, capability: float, u: dict, rivals: float, t: float, h: float
    ) -> dict[str, float]:
        """Equations 5 to 22 and 31 of one region."""
        p, r = self.p[place], self.here[place]
        access = p["A0"] + (1 - p["A0"]) * part(r["fund"] / p["V_half"])  # 5
        ratio = capability / self.capability_start[place]  # 6
        growth = (p["theta_Q"] * log(ratio) + p["theta_A"] * log(access / p["A0"])
                  + p["theta_B"] * log(r["talent"] / p["B0"]))  # fmt: skip
        birth_factor = ratio ** p["theta_Q"] * (access / p["A0"]) ** p["theta_A"]
        today = p["T_car"] / p["T_pt0"]  # 7
        gain = r["living"] - p["L0"] + p["w_T"] * (self.nearness - today) / (1 - today)
        capital = p["g_P"] * max(t, 0)  # 8
        drawn = p["b_L"] * gain - p["b_P"] * capital + p["b_J"] * growth
        willing = 1 / (1 + held(-(log(p["ret"] / (1 - p["ret"])) + drawn)))  # 9
        hold = held(p["b_Lo"] * gain - p["pull_P"] * p["b_P"] * capital
                    + p["pull_J"] * p["b_J"] * growth)  # 10  # fmt: skip
        graduates = p["G"] * held(p["g_G"] * max(t, 0))  # 11
        left = r["workers"] * part(p["kap"] * h / hold)  # 12
        retired = (r["workers"] - left) * part(p["retire"] * h)
        attracted = (p["alpha"] * (1 + p["eta_att"] * u["attract"]) * ratio ** p["theta_Q"]
                     / (1 + p["omega"] * p["eta_att"] * rivals))  # 20  # fmt: skip
        supply = h * (graduates * willing + p["iota"] * r["workers"] * hold
                      + p["staff_attracted"] * attracted)  # 13  # fmt: skip
        gap = h * (r["posts"] - r["workers"]) / p["fill_time"]
        openings = max(gap + left + retired, 0)  # 14
        few, many = min(openings, supply), max(openings, supply)
        hires = few / (1 + (few / many) ** p["match"]) ** (1 / p["match"]) if few > 0 else 0.0  # 15
        graduates *= h
        hired = hires * graduates * willing / supply if supply > 0 else 0.0  # 16
        vacancy = max(r["posts"] - r["workers"], 0) / r["posts"] if r["posts"] > 0 else 0.0  # 17
        push = (p["b_s"] * (vacancy - p["v_ref"]) - p["b_A"] * (access - p["A0"])
                - p["eta_ret"] * u["retain"])  # fmt: skip
        moved = r["firms"] * min(p["rho0"] * held(push), p["move_cap"]) * h  # 18
        born = h * p["sig_mult"] * p["sigma"] * r["workers"] * birth_factor  # 19
        attracted *= h
        closed = (r["firms"] - moved) * part(p["del_F"] * h)  # 21
        size = r["posts"] / r["firms"] if r["firms"] > 0 else 0.0  # 22
        room = max(1 - vacancy / p["v_stop"], 0)
        grown = p["gJ_mult"] * p["g_J"] * h * r["posts"] * held(growth) * room
        come = p["posts_born"] * born + p["posts_attracted"] * attracted
        gone = size * (p["posts_closed"] * closed + p["posts_moved"] * moved)
        r["posts"] = max(r["posts"] + grown + come - gone, 0)
        r["workers"] += hires - left - retired  # 31
        r["firms"] += born + attracted - closed - moved
        return {"hired": hired, "graduates": graduates, "moved": moved, "access": access,
                "capability": capability}  # fmt: skip

    def conditions(
        self, place: int, u: dict, points: float, central: float, special: float | None, h: float
    ) -> None:
        """Equations 23 to 26 and 30 of one region."""
        p, r = self.p[place], self.here[place]
        for name, effect, start, fade, paid in (
            ("living", "eta_L", "L0", "del_L", u["settle"]),
            ("talent", "eta_B", "B0", "del_B", u["talent"]),
        ):
            gained = (1 - r[name]) * part(p[effect] * p["lever_scale"] * paid * h)
            r[name] += gained - (r[name] - p[start]) * part(p[fade] * h)
        r["fund"] += points * h - (1 - p["reinv"]) * r["fund"] * part(h / p["tau_V"])
        wear = (r["support"] - p["R0"]) * part(p["del_R"] * h)
        r["support"] += (p["eta_R"] * p["lever_scale"] * u["infra"] + central) * h - wear
        if special is not None:
            r["special"] += (special - r["special"]) * part(p["eta_S"] * h)


def at(phases: list[dict], year: int) -> dict:
    begun = [phase for phase in phases if phase["from"] <= year]
    return begun[-1] if begun else NOTHING


def run(
    phases: list[dict],
    belief: str = "both",
    changed: dict[str, float] | None = None,
    parts: int = 1,
) -> dict[str, list]:
    """Twenty years of a plan in one world: stocks at the end of years, flows and views of them."""
    model = Model(BASE | (changed or {}))
    h = 1 / parts
    for year in range(2001, 2023):
        for k in range(parts):
            model.step(NOTHING, year - 2023 + k * h, h)
    model.believe(belief)
    told: dict[str, list] = {}
    for year in range(20):
        steps = [model.step(at(phases, year), year + k * h, h) for k in range(parts)]
        row = {name: [r[name] for r in model.here] for name in model.here[0]}
        row |= {name: [sum(s[place][name] for s in steps) for place in range(len(REGIONS))]
                for name in ("hired", "graduates", "moved")}  # fmt: skip
        row |= {name: [r[name] for r in steps[-1]] for name in ("access", "capability")}
        row |= {"minutes": [model.minutes], "openness": [model.openness],
                "others": [model.others], "link": [model.link]}  # fmt: skip
        for name, value in row.items():
            told.setdefault(name, []).append(value)
    return told


def outcomes(told: dict[str, list]) -> dict[str, float]:
    """The eight outcomes at the end of a run."""
    last = {name: values[-1] for name, values in told.items()}
    hired, graduates = (sum(map(sum, told[name][-5:])) for name in ("hired", "graduates"))
    return {
        "workers": sum(last["workers"]),
        "grads_hired_share": hired / graduates,
        "stay_rate": 1 - sum(last["moved"]) / (sum(last["firms"]) + sum(last["moved"])),
        "access": sum(last["access"]) / len(REGIONS),
        "Q": sum(last["capability"]) / len(REGIONS),
        "QO": last["others"][0],
        "link": last["link"][0],
        "equity_DC": min(last["workers"]) / max(last["workers"]),
    }

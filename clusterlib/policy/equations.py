"""The equations of the policy model, each a function that bears its number.

`p` holds the numbers of one region as data/policy/parameters.csv has them (and those shared by
all); every other argument is a state or the result of an earlier equation. `h` is the length of a
step in years. What each equation means stands in data/words/policy.json under its number; a test
holds that every number of the table is used by exactly the equations that its row names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from clusterlib.policy.arithmetic import Number, exp, fading, least, log, most, ratio

Numbers = Any  # the numbers of one region as attributes


def eq00_start(p: Numbers) -> dict[str, Number]:
    """Starting values of a region; as many posts are empty as the reference vacancy says."""
    return {
        "workers": p.W_start,
        "posts": p.W_start / (1.0 - p.v_ref),
        "firms": p.F_start,
        "living": p.L0,
        "support": p.R0,
        "talent": p.B0,
        "fund": 0.0,
        "special": p.S0,
    }


def eq00_shared(p: Numbers) -> dict[str, Number]:
    """Starting values that the regions share."""
    return {"minutes": p.T_pt0, "openness": p.O0, "others": p.RO0}


def eq01_link(p: Numbers, minutes: Number, openness: Number) -> tuple[Number, Number]:
    """Nearness by public transport against the car, and the link: transport times agreements."""
    nearness = p.T_car / minutes
    return nearness, nearness * openness


def eq02_usable(p: Numbers, support: Number, talent: Number) -> Number:
    """Support capability that firms can use: facilities need people who make them work."""
    return support * (p.ups0 + (1.0 - p.ups0) * talent)


def eq03_shares(p: Numbers, special: Number) -> list[Number]:
    """How a region divides its capability over the stages, evenly or as it is specialised."""
    stages = (p.spec_1, p.spec_2, p.spec_3, p.spec_4)
    even = (1.0 - special) / len(stages)
    return [even + special * stage for stage in stages]


def eq04_capability(
    p: Numbers, link: Number, own: Sequence[Number], others: Sequence[Sequence[Number]]
) -> Number:
    """Capability along the chain: each stage counts by its critical mass, with what others lend."""
    total, critical = 0.0, p.c0 * p.c0
    for stage, mine in enumerate(own):
        here = mine
        for other in others:
            here = here + link * other[stage]
        squared = here * here
        total = total + squared / (squared + critical)
    return total / len(own)


def eq05_access(p: Numbers, fund: Number) -> Number:
    """Access to capital: today's, and what a regional fund adds."""
    return p.A0 + (1.0 - p.A0) * fading(fund / p.V_half)


def eq06_growth(
    p: Numbers, capability_ratio: Number, access: Number, talent: Number
) -> tuple[Number, Number, Number]:
    """Growth factor (its logarithm), and the factors of births and of attraction."""
    by_capability = p.theta_Q * log(capability_ratio)
    by_access = p.theta_A * log(access / p.A0)
    by_talent = p.theta_B * log(talent / p.B0)
    births = exp(by_capability + by_access)
    return by_capability + by_access + by_talent, births, exp(by_capability)


def eq07_living_gain(p: Numbers, living: Number, nearness: Number) -> Number:
    """Gain in living conditions since the start, with what a nearer neighbour adds."""
    today = p.T_car / p.T_pt0
    return living - p.L0 + p.w_T * (nearness - today) / (1.0 - today)


def eq08_capital_pull(p: Numbers, t: float) -> Number:
    """Growth of the capital's pull since the first policy year."""
    return p.g_P * (t if t > 0 else 0.0)


def eq09_willing(p: Numbers, gain: Number, capital: Number, growth: Number) -> Number:
    """Share of graduates willing to stay."""
    drawn = p.b_L * gain - p.b_P * capital + p.b_J * growth
    return 1.0 / (1.0 + (1.0 - p.ret) / p.ret * exp(-drawn))


def eq10_hold(p: Numbers, gain: Number, capital: Number, growth: Number) -> Number:
    """How well the region holds and draws people in mid-career (1 = at the start)."""
    return exp(p.b_Lo * gain - p.pull_P * p.b_P * capital + p.pull_J * p.b_J * growth)


def eq11_graduates(p: Numbers, t: float) -> Number:
    """Graduates a year; their number changes from the first policy year on."""
    return p.G * exp(p.g_G * (t if t > 0 else 0.0))


def eq12_leaving(p: Numbers, workers: Number, hold: Number, h: float) -> tuple[Number, Number]:
    """Workers who move to the capital and, of those who stay, who retire."""
    moved = workers * fading(p.kap * h / hold)
    return moved, (workers - moved) * fading(p.retire * h)


def eq13_supply(
    p: Numbers, willing_graduates: Number, workers: Number, hold: Number, attracted: Number
) -> Number:
    """People a year who would take a post: graduates, mid-career movers, staff of new plants."""
    return willing_graduates + p.iota * workers * hold + p.staff_attracted * attracted


def eq14_openings(p: Numbers, posts: Number, workers: Number, gone: Number, h: float) -> Number:
    """Posts to fill in a step: a share of the gap, and those just left if still planned."""
    return most(h * (posts - workers) / p.fill_time + gone, 0.0)


def eq15_hires(p: Numbers, openings: Number, supply: Number) -> Number:
    """Hires: below openings and below supply, 0 where either is 0."""
    fewer = least(openings, supply)
    part = ratio(fewer, most(openings, supply))
    return fewer / (1.0 + part**p.match) ** (1.0 / p.match)


def eq16_graduate_ways(
    graduates: Number, willing: Number, supply: Number, hires: Number
) -> tuple[Number, Number, Number]:
    """Graduates who are hired, who would stay but find no post, and who go: they sum to all."""
    staying = graduates * willing
    hired = hires * ratio(staying, supply)
    return hired, staying - hired, graduates - staying


def eq17_vacancy(posts: Number, workers: Number) -> Number:
    """Share of planned posts that nobody fills."""
    return ratio(most(posts - workers, 0.0), posts)


def eq18_moved(
    p: Numbers, firms: Number, vacancy: Number, access: Number, retain: Number, h: float
) -> Number:
    """Firms that leave for the capital region in a step."""
    push = p.b_s * (vacancy - p.v_ref) - p.b_A * (access - p.A0) - p.eta_ret * retain
    return firms * least(p.rho0 * exp(push), p.move_cap) * h


def eq19_births(p: Numbers, workers: Number, birth_factor: Number) -> Number:
    """New firms a year."""
    return p.sig_mult * p.sigma * workers * birth_factor


def eq20_attracted(p: Numbers, attraction_factor: Number, effort: Number, rivals: Number) -> Number:
    """Firms a year drawn from outside; neighbours who also pay take a part."""
    won = p.alpha * (1.0 + p.eta_att * effort) * attraction_factor
    return won / (1.0 + p.omega * p.eta_att * rivals)


def eq21_closed(p: Numbers, firms: Number, moved: Number, h: float) -> Number:
    """Firms that close in a step, of those that did not move away."""
    return (firms - moved) * fading(p.del_F * h)


def eq22_posts(
    p: Numbers, posts: Number, growth: Number, vacancy: Number, size: Number,
    flows: tuple[Number, Number, Number, Number], h: float,
) -> Number:  # fmt: skip
    """Planned posts after a step; growth stops where too many posts stay empty."""
    born, attracted, closed, moved = flows
    room = most(1.0 - vacancy / p.v_stop, 0.0)
    grown = p.gJ_mult * p.g_J * h * posts * exp(growth) * room
    come = p.posts_born * born + p.posts_attracted * attracted
    gone = size * (p.posts_closed * closed + p.posts_moved * moved)
    return most(posts + grown + come - gone, 0.0)


def eq23_living(p: Numbers, living: Number, settle: Number, h: float) -> Number:
    """Living conditions after a step: spending closes the gap to the capital, gains fade."""
    gained = (1.0 - living) * fading(p.eta_L * p.lever_scale * settle * h)
    return living + gained - (living - p.L0) * fading(p.del_L * h)


def eq24_talent(p: Numbers, talent: Number, spent: Number, h: float) -> Number:
    """Business talent after a step, in the same way."""
    gained = (1.0 - talent) * fading(p.eta_B * p.lever_scale * spent * h)
    return talent + gained - (talent - p.B0) * fading(p.del_B * h)


def eq25_fund(p: Numbers, fund: Number, points: Number, h: float) -> Number:
    """The regional fund after a step: paid in, paid back, and partly invested again."""
    ended = fund * fading(h / p.tau_V)
    return fund + points * h - (1.0 - p.reinv) * ended


def eq26_support(p: Numbers, support: Number, infra: Number, central: Number, h: float) -> Number:
    """Support capability after a step: regional spending, central focus, wear."""
    wear = (support - p.R0) * fading(p.del_R * h)
    return support + (p.eta_R * p.lever_scale * infra + central) * h - wear


def eq27_focus(p: Numbers, focus: float) -> Number:
    """Central capability a year that concentration moves here from the other regions."""
    return p.envelope * (p.focus_high - p.focus_low) * focus


def eq28_others(p: Numbers, others: Number, taken: Number, h: float) -> Number:
    """Capability of the other regions after a step: they lose exactly what is moved."""
    return others - taken * h - (others - p.RO0) * fading(p.del_R * h)


def eq29_minutes(p: Numbers, minutes: Number, transit: Sequence[float], h: float) -> Number:
    """Public transport minutes after a step; what the ends pay counts by its geometric mean."""
    joint = math.prod(transit) ** (1.0 / len(transit))
    return minutes - (minutes - p.T_min) * fading(p.eta_T * p.lever_scale * joint * h)


def eq30_orientation(p: Numbers, now: Number, target: Number, h: float) -> Number:
    """Specialisation or openness after a step towards the chosen target."""
    return now + (target - now) * fading(p.eta_S * h)


def eq31_stocks(
    workers: Number, hires: Number, gone: Number,
    firms: Number, flows: tuple[Number, Number, Number, Number],
) -> tuple[Number, Number]:  # fmt: skip
    """Workers and firms after a step: what was there, plus who came, less who went."""
    born, attracted, closed, moved = flows
    return workers + hires - gone, firms + born + attracted - closed - moved

"""The brief's instruments and the workshop's roles: complete, and in step with one another."""

from __future__ import annotations

from collections import Counter

import pytest

from clusterlib import datasets

MONEY = {"settle", "transit", "vc", "talent", "retain", "attract", "infra"}
TARGETS = {"S_target", "O_target", "focus"}


def words(column) -> set[str]:
    return {word for cell in column.dropna() for word in cell.split()}


def test_every_instrument_hangs_on_a_lever_and_every_lever_on_an_instrument() -> None:
    assert words(datasets.instruments()["levers"]) == MONEY | TARGETS


def test_only_what_the_brief_proposes_counts_as_its_proposal() -> None:
    frame = datasets.instruments()
    apart = frame[frame["strategy_standing"] != "brief"]
    assert set(apart["said_as"]) == {"implied", "practice"}
    assert not set(frame[frame["strategy_standing"] == "brief"]["said_as"]) & set(apart["said_as"])
    assert (frame.loc[frame["said_as"] == "practice", "level_stated"] == "practice").all()


def test_three_of_four_strategies_name_who_acts_and_the_venture_one_is_partly_inferred() -> None:
    frame = datasets.instruments()
    inferred = frame[frame["level_stated"] == "inferred"]
    assert set(inferred["strategy"]) == {"venture", "transit"}


def test_the_roles_hold_the_budget_of_a_year_between_them() -> None:
    rules = datasets.workshop_rules().set_index("rule")["value"]
    roles = datasets.roles()
    assert roles["points"].sum() == rules["budget_points_per_year"]
    assert len(roles) == rules["min_players"]
    assert words(roles["may_fund"]) == MONEY
    assert words(roles["sets"]) == {"focus", "S_target"}


def test_who_has_no_money_has_another_power() -> None:
    roles = datasets.roles()
    assert ((roles["points"] == 0) == roles["power"].notna()).all()
    assert (roles["power"].isna() == roles["secret_ko"].notna()).all()


def test_the_weights_of_a_role_add_to_one() -> None:
    frame = datasets.role_weights()
    for role, weights in frame.groupby("role")["weight"]:
        assert weights.sum() == pytest.approx(1), role
    assert set(frame["role"]) == set(datasets.roles()["role"])


def test_the_script_keeps_to_its_time_and_ends_in_every_kind_of_question() -> None:
    frame = datasets.workshop()
    minutes = frame["minute"].dropna()
    rules = datasets.workshop_rules().set_index("rule")["value"]
    assert list(minutes) == sorted(minutes)
    assert minutes.max() < rules["minutes"]
    assert frame[frame["part"] == "script"]["text_en"].str.startswith("Round").sum() == 3
    asked = Counter(frame[frame["part"] == "debrief"]["phase"])
    assert set(asked) == {"feel", "what", "why", "doubt", "next"}

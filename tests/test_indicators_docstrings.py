"""Each measure explains itself: its formula, its paper, what it raises, an example that runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

from clusterlib import i18n, indicators

MODULES = [
    f"clusterlib.indicators.{found.name}" for found in pkgutil.iter_modules(indicators.__path__)
]
MEASURES = {name: getattr(indicators, name) for name in indicators.__all__ if name.islower()}
SAID = i18n.catalogue("indicators")
# From before the cards: their lessons say in prose what these tell and what they do not.
WITHOUT_CARD = {"extinction_class", "net_migration_rate", "relative_to_nation"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert failed == 0
    room = importlib.import_module(name)
    own = [f for f in MEASURES.values() if inspect.getmodule(f) is room]
    assert tried >= len(own)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_names_its_input_its_errors_its_paper_and_an_example(name):
    text = inspect.getdoc(MEASURES[name])
    assert text.split("\n\n")[0].count("\n") == 0, "the first sentence fits a line"
    for section in ("Parameters", "Returns", "Raises", "Notes"):
        assert f"{section}\n{'-' * len(section)}" in text, section
    assert re.search(r"(19|20)\d\d", text.split("Notes\n-----")[1]), "no paper with its year"
    assert ">>> " in text
    for parameter in inspect.signature(MEASURES[name]).parameters:
        assert re.search(rf"\b{parameter}\b", text.split("Parameters")[1]), parameter


@pytest.mark.parametrize("name", [n for n in MEASURES if n not in WITHOUT_CARD])
def test_a_measure_has_words_for_what_it_says_and_what_it_cannot_tell(name):
    for side in ("says", "cannot"):
        entry = SAID[f"{name}.{side}"]
        assert entry["ko"]
        assert entry["en"]


def test_no_card_is_kept_for_a_measure_that_is_gone():
    assert {key.split(".")[0] for key in SAID} <= MEASURES.keys()

"""What all figures say of their controls, and the canvases that are no chart."""

from __future__ import annotations

import doctest

import pandas as pd

from clusterlib import loops
from clusterlib.charts.figure import Content
from clusterlib.explorers import controls
from clusterlib.i18n import Words


def test_the_example_runs():
    assert doctest.testmod(controls) == (0, 1)


def test_a_column_offers_each_value_once_by_its_name_and_in_its_order():
    columns = {"kind": ["b", "a", "b"], "kind_ko": ["나", "가", "나"], "title_en": ["B", "A", "B"]}
    frame = pd.DataFrame(columns)
    assert controls.named(frame, "kind", Words("ko")) == [["b", "나"], ["a", "가"]]
    assert controls.named(frame, "kind", Words("en"), "title") == [["b", "B"], ["a", "A"]]


def test_a_canvas_begins_as_its_controls_stand_and_follows_them():
    def respond(values):
        return Content({}, title=str(values["n"]), subtitle="", alt="")

    asked = [controls.slider("n", "", (0, 5), 2)]
    view = loops.canvas("1.test", respond, asked, "", Words("en"), widget=loops.LedgerFigure)
    assert view.content["title"] == "2"
    view.values = {"n": 5}
    assert view.content["title"] == "5"

"""Explorers of lesson 0."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import migration
from clusterlib.i18n import Words


def first_look(words: Words, flows: pd.DataFrame) -> live.LiveFigure:
    """Answer the first prediction: fifty-six years of balance, the years of loss marked."""
    return live.explorer(migration.first_look(flows, words), words)

"""instrument_levers: how far a lever of the model stands for an instrument of the brief."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row an instrument."""
    return [{**row, **own()} for row in raw("coding_instrument_levers")]

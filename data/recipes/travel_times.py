"""travel_times: minutes between places of the two clusters, each on the basis it was given on."""

from common import Row, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a trip, in the order of its basis."""
    return [tidy(row) for row in raw("travel_times")]


def tidy(row: Row) -> Row:
    """Name both ends, the means and the basis."""
    mode = lookup("coding_travel_modes", "spelling")[row["mode"]]
    basis = lookup("coding_travel_bases", "spelling")[row["basis"]]
    return {
        "trip": row["trip"],
        **end("from", row["origin"]),
        **end("to", row["destination"]),
        **{key: mode[key] for key in ("mode", "mode_ko", "mode_en")},
        "minutes": row["minutes"],
        **lookup("coding_bounds", "bound")[row["bound"]],
        "date": row["date"],
        **{key: basis[key] for key in ("basis", "basis_ko", "basis_en")},
        "planned_for": mode["planned_for"],
        "interview": row["interview"],
        **standing(row),
    }


def end(side: str, spelling: str) -> Row:
    """Name one end of a trip."""
    stop = lookup("coding_stops", "spelling")[spelling]
    return {side: stop["stop"], f"{side}_ko": stop["stop_ko"], f"{side}_en": stop["stop_en"]}

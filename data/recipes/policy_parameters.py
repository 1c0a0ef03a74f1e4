"""policy_parameters: every number of the policy model, calibrated ones filled in."""

from common import Row, raw

PATH = "policy/parameters.csv"


def rows() -> list[Row]:
    """Give one row a number; a calibrated one takes the value that policy_ensemble found."""
    found = {(row["name"], row["region"]): row["value"] for row in raw("policy_calibrated")}
    coded = raw("coding_policy_parameters")
    return [filled(row, found.get((row["name"], row["region"]))) for row in coded]


def filled(row: Row, value: str | None) -> Row:
    """Put an id before the row, the calibrated value into it, how sure it is behind it."""
    values = {} if value is None else dict.fromkeys(("low", "base", "high"), value)
    standing = "seen-official" if row["source"] == "brief" else "derived"
    name = f"{row['name']}:{row['region']}" if row["region"] else row["name"]
    return {"id": name, **row, **values, "confidence": standing}

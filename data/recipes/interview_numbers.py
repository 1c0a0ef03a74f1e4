"""interview_numbers: numbers that the interviewees named; each is one person's word."""

from common import Row, by_brief, lookup, raw


def rows() -> list[Row]:
    """Give one row a number, with how exactly it was said."""
    return [
        {**row, **lookup("coding_bounds", "bound")[row["bound"]], **by_brief()}
        for row in raw("coding_interview_numbers")
    ]

"""transfer_lessons: what each case teaches, what does not transfer, what to ask; brief or ours."""

from common import Row, raw


def rows() -> list[Row]:
    """Give the rows as they were worded."""
    return raw("coding_transfer_lessons")

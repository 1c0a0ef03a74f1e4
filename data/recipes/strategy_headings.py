"""strategy_headings: the four strategies of the summary beside the three headings of section 04."""

from common import Row, lookup, raw

STANDING = {"brief": ("brief", "seen-official"), "ours": ("kit", "derived")}
NAMED = ("strategy_ko", "strategy_en")


def rows() -> list[Row]:
    """Give one row a strategy and heading that was looked at, whether it fits or not."""
    return [tidy(row) for row in raw("coding_strategy_headings")]


def tidy(row: Row) -> Row:
    """Spell out the strategy and the heading; what fits by our reading is marked as derived."""
    strategy = lookup("coding_strategies", "strategy").get(row["strategy"], {})
    heading = lookup("coding_headings", "heading")[row["heading"]]
    head = {"order": row["order"], "strategy": row["strategy"]}
    names = {name: strategy.get(name, "") for name in NAMED}
    rest = ("fits", "standing", "instruments", "section", "text_ko", "text_en")
    source, confidence = STANDING[row["standing"]]
    said = {key: row[key] for key in rest}
    return {**head, **names, **heading, **said, "source": source, "confidence": confidence}

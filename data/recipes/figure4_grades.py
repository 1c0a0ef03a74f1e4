"""figure4_grades: how many arrows and closed loops are left when one grade of arrow is hidden."""

from common import Row, own, raw

HIDDEN = ("none", "text", "adjacent", "inference")
# One interview (3 June 2022) says that large firms could not hire and left. We put its arrow on
# the firms that leave; it may as well be put on the large firms, which are a label of their own.
OTHERWISE = {"from": "supply", "to": "bigout", "sign": "+", "grade": "text"}


def rows() -> list[Row]:
    """Give one row a hidden grade; "none" is the whole map."""
    return [_left(hidden) for hidden in HIDDEN]


def _left(hidden: str) -> Row:
    edges = raw("coding_figure4_edges")
    kept = [row for row in edges if row["grade"] != hidden]
    signs = [_sign(loop, kept) for loop in _loops(kept)]
    return {
        "hidden": hidden,
        "arrows": str(len(kept)),
        "hidden_arrows": str(len(edges) - len(kept)),
        "loops": str(len(signs)),
        "reinforcing": str(signs.count(1)),
        "balancing": str(signs.count(-1)),
        "loops_otherwise": str(len(_loops(kept if hidden == "text" else [*kept, OTHERWISE]))),
        **own(),
    }


def _loops(edges: list[Row]) -> list[list[str]]:
    """Every closed way that visits no label twice, each once, from its first label by name."""
    acts: dict[str, list[str]] = {}
    for row in edges:
        acts.setdefault(row["from"], []).append(row["to"])
    found, ways = [], [[start] for start in sorted(acts)]
    while ways:
        way = ways.pop()
        for effect in acts.get(way[-1], []):
            if effect == way[0]:
                found.append(way)
            elif effect > way[0] and effect not in way:
                ways.append([*way, effect])
    return found


def _sign(loop: list[str], edges: list[Row]) -> int:
    signs = {(row["from"], row["to"]): row["sign"] for row in edges}
    pairs = zip(loop, [*loop[1:], loop[0]], strict=True)
    return (-1) ** sum(signs[pair] == "-" for pair in pairs)

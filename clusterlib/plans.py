"""Plans as files and links: text in, a plain dict out, and back; what it means is not known here.

Both are written by others and treated so: a link or a file is measured before it is unpacked, and
unpacked no further than a plan can be long.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from clusterlib.errors import BadInput

LONGEST_LINK = 4_000  # characters
LONGEST_PLAN = 16_000  # bytes of JSON
MARK = "s"  # the link says ?s=…
AROUND = ".,;:!()[]<>\"'“”‘’「」\u200b"  # what may stand around a link in a text


def packed(plan: Mapping[str, Any]) -> str:
    """The part of a link that carries a plan: base64url(zlib(JSON)), reasons left out.

    >>> unpacked(packed({"v": 1, "why": "…"}))
    {'v': 1}
    """
    shared = {key: value for key, value in plan.items() if key != "why"}
    text = json.dumps(shared, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).rstrip(b"=").decode()


def link(address: str, plan: Mapping[str, Any]) -> str:
    """An address with the plan behind it."""
    return f"{address.split('?')[0]}?{MARK}={packed(plan)}"


def unpacked(link: str) -> dict[str, Any]:
    """The plan of a link, a whole address or only what stands behind ?s=.

    Blanks that a mail has put into it do no harm, nor do signs of the sentence around it.

    >>> unpacked("<" + packed({"v": 1})[:9] + " " + packed({"v": 1})[9:] + ">.")
    {'v': 1}

    Raises BadInput: link_too_long, link_broken (cut, altered or no plan in it), plan_too_long.
    """
    if len(link) > LONGEST_LINK:
        raise BadInput("link_too_long", length=len(link), limit=LONGEST_LINK)
    carried = _bare(_carried(_bare(link)))
    try:
        squeezed = base64.b64decode(carried + "=" * (-len(carried) % 4), b"-_", validate=True)
        opener = zlib.decompressobj()
        content = opener.decompress(squeezed, LONGEST_PLAN + 1)
    except (binascii.Error, ValueError, zlib.error) as broken:
        raise BadInput("link_broken") from broken
    if len(content) > LONGEST_PLAN:
        raise BadInput("plan_too_long", limit=LONGEST_PLAN)
    if not opener.eof:  # the end is missing: the link was cut
        raise BadInput("link_broken")
    return read(content)


def _bare(link: str) -> str:
    return "".join(link.split()).strip(AROUND)


def _carried(link: str) -> str:
    try:
        asked = parse_qs(urlsplit(link).query).get(MARK)
    except ValueError as broken:
        raise BadInput("link_broken") from broken
    return asked[0] if asked else link


def read(content: bytes) -> dict[str, Any]:
    """The plan in the bytes of a file; raises BadInput: plan_too_long or plan_unreadable."""
    if len(content) > LONGEST_PLAN:
        raise BadInput("plan_too_long", limit=LONGEST_PLAN)
    try:
        plan = json.loads(content, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError) as broken:  # bad UTF-8 is a ValueError, too
        raise BadInput("plan_unreadable") from broken
    if not isinstance(plan, dict):
        raise BadInput("plan_unreadable")
    return plan


def written(plan: Mapping[str, Any]) -> bytes:
    """The bytes of a plan's file, reasons and all."""
    return (json.dumps(plan, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= 12 else _refuse(text)

"""A package of parts, as both office formats are, whose bytes follow from its parts and a day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

FIRST = "mimetype"  # read before anything is unpacked: first, and stored


def settled(
    content: bytes, when: date, change: Callable[[str, bytes], bytes] = lambda name, part: part
) -> bytes:
    """The same package with one date on every part, the parts in order.

    Parameters
    ----------
    content : bytes
        The package as a library wrote it.
    when : date
        The date that the parts get.
    change : callable
        Given name and bytes of a part; returns the bytes to write.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as made:
        for name in sorted(package.namelist(), key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, (max(when.year, 1980), when.month, when.day, 0, 0, 0))
            entry.create_system = 0  # as any system writes it
            entry.compress_type = zipfile.ZIP_STORED if name == FIRST else zipfile.ZIP_DEFLATED
            made.writestr(entry, change(name, package.read(name)), compresslevel=9)
    return out.getvalue()

"""A learner's own file: picked, read with every doubt shown, confirmed, then handed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import pandas as pd
import traitlets

from clusterlib import upload
from clusterlib.errors import BadInput, KitError
from clusterlib.i18n import Words, explain
from clusterlib.live import script, style
from clusterlib.upload import limits

SHOWN_ROWS = 6
SHOWN_NAMES = 30  # questions at once; the rest can be left out together
COLUMNS = {"region", "place", "period", "industry", "lon", "lat", "item", "value"}
OUT = "-"  # the answer that leaves the rows of a name out


def own_file(words: Words) -> OwnFile:
    """A place to drop a CSV, XLSX or GeoJSON; `.frame` holds it once the learner has confirmed."""
    return OwnFile(words)


class OwnFile(anywidget.AnyWidget):
    """The learner's file on the page.

    Attributes
    ----------
    frame : DataFrame or None
        The tidy frame (see `upload.Upload`) after the learner's yes; None before.
    upload : Upload or None
        The file as it was last read, with its report.
    """

    _esm = script("dom", "own")
    _css = style("own")
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, words: Words) -> None:
        self.say = words
        self.upload: upload.Upload | None = None
        self.frame: pd.DataFrame | None = None
        self._told: list[Callable[[pd.DataFrame], object]] = []
        self._forget()
        super().__init__(
            words=words.group("upload.ui."),
            lang=words.lang,
            limit=limits.BYTES,
            state={"phase": "empty"},
        )
        self.on_msg(self._hear)

    def on_frame(self, tell: Callable[[pd.DataFrame], object]) -> None:
        """Call `tell` with the frame whenever the learner confirms a file."""
        self._told.append(tell)
        if self.frame is not None:
            tell(self.frame)

    def take(self, name: str, content: bytes) -> None:
        """Read a file as if the learner had dropped it."""
        self._forget()
        self._name, self._content = name, content
        self._read()

    def _forget(self) -> None:
        self._name, self._content = "", b""
        self._parts: list[bytes] = []
        self._answers: dict[str, str | None] = {}
        self._codes: str | None = None
        self._sheet: str | None = None

    def _hear(self, _: object, message: dict[str, Any], buffers: list[Any]) -> None:
        try:
            self._do(message, buffers)
        except KitError as problem:
            self._refuse(problem)

    def _do(self, message: dict[str, Any], buffers: list[Any]) -> None:
        if "part" in message:
            self._gather(message, b"".join(bytes(each) for each in buffers))
        elif "example" in message:
            self.take(*upload.example())
        elif "answers" in message:
            self._answer(message["answers"])
            self._read()
        elif "codes" in message:
            self._codes = message["codes"] if message["codes"] in ("kostat", "mois") else None
            self._read()
        elif "sheet" in message:
            self._sheet = str(message["sheet"])[:80]
            self._read()
        elif "confirm" in message:
            self._confirm()
        elif "again" in message:
            self._forget()
            self.upload = self.frame = None
            self.state = {"phase": "empty"}

    def _gather(self, message: dict[str, Any], part: bytes) -> None:
        """A file comes in parts, so that no message is too long for the line to the kernel."""
        if message["part"] == 0:
            self._forget()
            self._name = str(message.get("name", ""))[:200]
        if message["part"] != len(self._parts):
            raise BadInput("upload_lost_part")
        self._parts.append(part)
        if sum(map(len, self._parts)) > limits.BYTES:
            self._parts = []
            raise BadInput("upload_lost_part")
        if message.get("last"):
            self._content, self._parts = b"".join(self._parts), []
            self._read()

    def _answer(self, answers: Any) -> None:
        open_names = {each.name for each in self.upload.report.unmatched} if self.upload else set()
        if not isinstance(answers, dict):
            return
        if answers.get("*") == OUT:  # all that are still open
            self._answers |= dict.fromkeys(open_names)
        for name, chosen in answers.items():
            if name in open_names and isinstance(chosen, str) and chosen:
                self._answers[name] = None if chosen == OUT else chosen

    def _read(self) -> None:
        if not self._content and not self._name:
            return
        self.frame = self.upload = None
        self.upload = upload.read(
            self._name,
            self._content,
            places=self._answers,
            codes=self._codes,
            sheet=self._sheet,
        )
        self.state = self._understood(self.upload)

    def _confirm(self) -> None:
        if self.upload is None:
            return
        self.frame = self.upload.frame  # raises while a name is open
        self.state = {**self._understood(self.upload), "phase": "done"}
        for tell in self._told:
            tell(self.frame)

    def _refuse(self, problem: KitError) -> None:
        said = explain(problem, self.say.lang)
        asked = []
        if problem.key == "upload_codes_ambiguous":
            asked = [[name, self.say(f"upload.ui.codes.{name}")] for name in ("kostat", "mois")]
        self.state = {"phase": "refused", "say": said, "codes": asked}

    def _understood(self, own: upload.Upload) -> dict[str, Any]:
        report = own.report
        sheets = report.how.get("others") or []
        return {
            "phase": "read",
            "name": own.name,
            "lines": report.lines(self.say.lang),
            "columns": [self._column(column) for column in report.columns[:40]],
            "raw": own.preview,
            "table": self._table(own),
            "open": [self._open(each) for each in report.unmatched[:SHOWN_NAMES]],
            "more": max(0, len(report.unmatched) - SHOWN_NAMES),
            "sheets": [report.how["sheet"], *sheets] if sheets else [],
            "rows": len(own.frame) if own.settled else 0,
        }

    def _column(self, column: Any) -> dict[str, str]:
        unit = f" ({column.unit})" if column.unit else ""
        return {
            "label": column.label + unit,
            "role": self.say(f"upload.role.{column.role or 'text'}"),
        }

    def _open(self, each: upload.Unmatched) -> dict[str, Any]:
        near = [[p.code or p.region, self._said(p)] for p in each.nearest]
        lines = ", ".join(map(str, each.lines[:4])) + ("…" if len(each.lines) > 4 else "")
        return {"name": each.name, "lines": lines, "near": near}

    def _said(self, place: upload.Place) -> str:
        return upload.said_place(place, self.say.lang)

    def _table(self, own: upload.Upload) -> dict[str, list[str]]:
        """The first rows as they will be handed on, places in words."""
        if not own.settled:
            return {}
        rows = own.frame.head(SHOWN_ROWS).to_dict("records")
        names = [name for name in own.frame.columns if name != "municipality"]
        labels = [self.say(f"upload.column.{n}") if n in COLUMNS else str(n) for n in names]
        return {
            label: [self._cell(name, row) for row in rows]
            for label, name in zip(labels, names, strict=True)
        }

    def _cell(self, name: str, row: dict[str, Any]) -> str:
        value = row[name]
        if pd.isna(value):
            return "–"
        if name == "region":
            return self._said(upload.Place(value, row.get("municipality", "")))
        if name == "value":
            return f"{value:,.10g}"
        return str(value)

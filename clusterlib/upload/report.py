"""What a learner's file became: the frame, and the report of how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clusterlib.errors import UploadRefused
from clusterlib.i18n import Words
from clusterlib.upload.layout import Column, Layout
from clusterlib.upload.matching import TOTAL, Matching, Unmatched
from clusterlib.upload.places import Place, gazetteer
from clusterlib.upload.tidy import Tidy


@dataclass
class Report:
    """How a file was read, to be shown before anything is done with it.

    Attributes
    ----------
    matched : list of (str, Place)
        Each name of the file and the region or municipality it was taken for.
    unmatched : list
        Names that no region has, with their lines and the nearest places.
    gaps : mapping
        Cells without a number by kind ("absent" -, "unknown" …, "suppressed" X, "blank"), lines.
    notes : list
        Titles and notes around the table, with their lines: set aside, not read.
    columns : list
        Each column: label, role, unit.
    how : mapping
        Encoding, delimiter, sheet and the like.
    """

    kind: str
    rows: int = 0
    level: str = ""
    system: str = ""
    matched: list[tuple[str, Place]] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    gaps: dict[str, list[int]] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    how: dict[str, Any] = field(default_factory=dict)
    aside: int = 0
    listing: bool = False
    counted_rows: bool = False

    def lines(self, lang: str) -> list[str]:
        """The report as sentences in one language."""
        say = Words(lang)
        how = self.how | {"encoding": str(self.how.get("encoding", "")).upper()}
        told = [say(f"upload.read.{self.kind}", rows=self.rows, **how)]
        if self.matched:
            names = {place.code or place.region for _, place in self.matched if self._counts(place)}
            told.append(say(f"upload.matched.{self.level}", n=len(names)))
        if self.system:
            told.append(say(f"upload.system.{self.system}"))
        if self.unmatched:
            listed = ", ".join(each.name for each in self.unmatched[:5])
            told.append(say("upload.unmatched", n=len(self.unmatched), names=listed))
        for gap, lines in self.gaps.items():
            told.append(say(f"upload.gap.{gap}", n=len(lines), line=lines[0]))
        for key, count in (("aside", self.aside), ("left_out", len(self.left_out))):
            if count:
                told.append(say(f"upload.{key}", n=count))
        if self.notes:
            told.append(say("upload.notes", n=len(self.notes), line=self.notes[0][0]))
        if self.counted_rows:
            told.append(say("upload.counted_rows"))
        if others := self.how.get("others"):
            told.append(say("upload.other_sheets", names=", ".join(others)[:120]))
        return told

    def _counts(self, place: Place) -> bool:
        """Whether a place is of the report's level, not a sum of such."""
        if self.level == "municipality":
            return bool(place.code)
        return gazetteer().kinds[place.region] == "province"


def said_place(place: Place, lang: str) -> str:
    """A place in words, a municipality with its province: "대전 유성구", "Yuseong-gu, Daejeon"."""
    label = gazetteer().label
    at = ("ko", "en").index(lang)
    above = label[Place(place.region)][at]
    if not place.code:
        return above
    own = label[place][at]
    if own.startswith(above):  # a province that is one municipality
        return own
    return f"{above} {own}" if lang == "ko" else f"{own}, {above}"


@dataclass
class Upload:
    """A learner's file, read and checked, not yet trusted with unanswered questions.

    `frame` is tidy: region, municipality, place (as written), period, industry, lon, lat, other
    text columns, item, value; a column that the file does not have is not there. `aside` holds
    rows of totals (the nation, a province above its municipalities, the sum of all industries)
    in the same columns. `preview` is the file's first rows as they came.
    """

    name: str
    report: Report
    preview: list[list[str]] = field(default_factory=list)
    aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    shapes: dict[str, Any] | None = None
    _frame: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def settled(self) -> bool:
        """Whether every name has its place or was left out."""
        return not self.report.unmatched

    @property
    def frame(self) -> pd.DataFrame:
        """The tidy frame; raises UploadRefused while a name has neither place nor answer."""
        if not self.settled:
            first = self.report.unmatched[0]
            raise UploadRefused(
                "upload_places_open",
                self.name,
                first.lines[0],
                place=first.name,
                more=len(self.report.unmatched),
                nearest=", ".join(p.code or p.region for p in first.nearest) or "–",
            )
        return self._frame.copy()

    @property
    def points(self) -> pd.DataFrame:
        """The rows with coordinates: lon and lat in degrees (EPSG:4326), and all other columns.

        Raises UploadRefused when the file has none.
        """
        if not {"lon", "lat"} <= set(self._frame):
            raise UploadRefused("upload_no_coordinates", self.name)
        return self.frame.dropna(subset=["lon", "lat"]).reset_index(drop=True)

    def matrix(
        self, columns: str | None = None, item: str | None = None, count: bool = False
    ) -> pd.DataFrame:
        """Sums of `value` by place and industry: index region or municipality, columns industries.

        Parameters
        ----------
        columns : str, optional
            The frame's column that becomes the columns: by default industry, else item.
        item : str, optional
            Which item to add up where the frame has several (workers, firms, …).
        count : bool
            Count the rows (establishments) instead of adding up their values.

        A sum with a suppressed or unknown part is NaN; a pair that the file does not have is 0
        only where it lists single establishments, else NaN. Of several periods, the last.
        """
        frame = self.frame
        across = columns or ("industry" if "industry" in frame else "item")
        if across not in frame:
            raise UploadRefused("upload_no_industries", self.name, known=", ".join(frame.columns))
        if item is not None and "item" in frame:
            frame = frame[frame["item"] == item]
        elif not count and across != "item" and "item" in frame and frame["item"].nunique() > 1:
            known = ", ".join(map(str, frame["item"].unique()))
            raise UploadRefused("upload_which_item", self.name, known=known)
        if "period" in frame:
            frame = frame[frame["period"] == frame["period"].max()]
        if count:
            if "item" in frame:  # an establishment has a row for each of its items
                frame = frame[frame["item"].isin(frame["item"].head(1))]
            frame = frame.assign(value=1.0)
        down = "municipality" if "municipality" in frame else "region"
        sums = frame.groupby([down, across])["value"].agg(lambda v: v.sum(skipna=False))
        return sums.unstack(fill_value=0.0 if self.report.listing else float("nan"))


def report_of(
    kind: str, layout: Layout, found: Matching, table: Tidy, how: Mapping[str, Any]
) -> Report:
    """The report of a table whose rows have been matched and turned round."""
    pairs = zip(found.names, found.places, strict=True)
    matched = list(dict.fromkeys((n, p) for n, p in pairs if p and p is not TOTAL))
    return Report(
        kind,
        rows=len(layout.rows),
        level=found.level,
        system=found.system,
        matched=matched,
        unmatched=list(found.unmatched.values()),
        left_out=found.left_out,
        gaps=table.gaps,
        notes=layout.notes,
        columns=layout.columns,
        how=dict(how),
        aside=len(table.aside),
        listing=found.listing or table.counted_rows,
        counted_rows=table.counted_rows,
    )

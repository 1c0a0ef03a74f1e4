"""A memo as .hwpx (KS X 6101), by python-hwpx: what offices with Hangul Word Processor open.

The one module that knows that library. It gives every paragraph and object a number by chance;
here they are numbered in their order, and so is what refers to one, so the same memo is the same
bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from clusterlib.memo import Block, Memo, archive, fit

UNIT = 7200 / 25.4  # of the format, in a millimetre
SECTION, PACKAGE = "Contents/section0.xml", "Contents/content.hpf"
NUMBERED = re.compile(rb'(?<=[ ])((?:inst)?id)="(\d+)"')
REFERRED = re.compile(rb'(?<=[ ]beginIDRef=")\d+(?=")')
LANGUAGE = re.compile(rb"(?<=<opf:language>)\w+(?=</opf:language>)")


def written(memo: Memo, when: date) -> bytes:
    """The bytes of the .hwpx."""
    from hwpx import HwpxDocument

    made = HwpxDocument.new()
    hand = Hand(made, memo)
    hand.page()
    hand.first()
    begins = False
    for block in memo.blocks:
        if block.kind != "page":
            hand.block(block, begins)
        begins = block.kind == "page"
    moment = f"{when:%Y-%m-%d}T00:00:00Z"
    made.parts.clear_document_metadata(timestamp=moment)
    made.parts.clear_preview()
    made.parts.set_document_metadata(
        title=memo.title, creator=memo.author, created_date=moment, modified_date=moment
    )
    said = memo.lang.encode()
    return archive.settled(made.to_bytes(), when, lambda name, part: _settled(name, part, said))


def _settled(name: str, part: bytes, lang: bytes) -> bytes:
    if name == PACKAGE:
        return LANGUAGE.sub(lang, part)
    if name != SECTION:
        return part
    given: dict[bytes, bytes] = {}

    def number(found: re.Match[bytes]) -> bytes:
        given[found[2]] = b"%d" % (count := next(numbers))
        return b'%s="%d"' % (found[1], count)

    numbers = iter(range(1, 1 << 31))
    part = NUMBERED.sub(number, part)
    return REFERRED.sub(lambda found: given[found[0]], part)


class Hand:
    """Writes blocks into a document, in the sizes that were counted."""

    def __init__(self, made: Any, memo: Memo) -> None:
        self.made, self.memo = made, memo
        self._known: dict[tuple, tuple[str, str]] = {}  # of letters and of paragraphs

    def page(self) -> None:
        """A4 with the counted margins; the format adds those of header and footer, hence none."""
        self.made.page.setup(
            paper_size="A4", margins_mm={**fit.MARGINS, "header": 0, "footer": 0, "gutter": 0}
        )

    def first(self) -> None:
        """The title, in the paragraph that a new document has."""
        paragraph = self.made.paragraphs[0]
        paragraph.text = self.memo.title
        self._set(paragraph, fit.TITLE, bold=True)
        for cache in paragraph.element.findall("{*}linesegarray"):
            paragraph.element.remove(cache)  # lines are set anew when the file is opened

    def block(self, block: Block, begins: bool) -> None:
        """One block; `begins` sets it on a new page."""
        if block.table:
            self._table(block)
        elif block.picture:
            self._picture(block)
        else:
            said = self.memo.said(block)
            paragraph = self._paragraph(f"{said} " if block.url else said, begins)
            style = fit.STYLES[block.kind]
            moved = fit.hang(self.memo, block.kind)
            self._set(paragraph, style, block.kind == "head", block.kind in fit.PALE, moved=moved)
            if block.url:
                self._link(paragraph, block.url)

    def _link(self, paragraph: Any, url: str) -> None:
        """The address written out; it can be clicked if it is one."""
        letter = paragraph.runs[0].char_pr_id_ref
        if url.startswith(("http://", "https://")):
            paragraph.add_hyperlink(url, url, char_pr_id_ref=letter)
        else:
            paragraph.add_run(url, char_pr_id_ref=letter)

    def _paragraph(self, text: str, begins: bool = False) -> Any:
        return self.made.add_paragraph(
            text, para_pr_id_ref=0, style_id_ref=0, char_pr_id_ref=0, inherit_style=False,
            pageBreak="1" if begins else "0",
        )  # fmt: skip

    def _set(self, paragraph: Any, style: fit.Style, bold: bool = False, grey: bool = False,
             right: bool = False, moved: float = 0.0) -> None:  # fmt: skip
        asked = (style, bold, grey, right, moved)
        if asked not in self._known:
            self._known[asked] = self._form(paragraph, *asked)
        letter, form = self._known[asked]
        paragraph.para_pr_id_ref = form
        for run in paragraph.runs:
            run.char_pr_id_ref = letter

    def _form(
        self, paragraph: Any, style: fit.Style, bold: bool, grey: bool, right: bool, moved: float
    ) -> tuple[str, str]:
        """The format's numbers for a style of letters and one of paragraphs."""
        letter = self.made.styles.ensure_run(
            bold=bold, size=self.memo.size + style.more, color=f"#{fit.GREY if grey else fit.INK}",
            font=self.memo.fonts.get("hwpx") or None,
        )  # fmt: skip
        self.made.styles.apply_paragraph_format(
            paragraphs=[paragraph],
            alignment="RIGHT" if right else "LEFT",
            line_spacing_percent=round(style.leading * 100),
            indent_left_mm=style.indent,
            first_line_indent_mm=-moved,  # here the first line stays and the others move in
            spacing_before_pt=style.before,
            spacing_after_pt=style.after,
        )
        return letter, paragraph.para_pr_id_ref

    def _table(self, block: Block) -> None:
        told, style = block.table, fit.STYLES["table"]
        line, shade = f"#{fit.EDGE}", f"#{fit.SHADE}"
        edge = self.made.styles.ensure_border_fill(border_color=line)
        top = self.made.styles.ensure_border_fill(border_color=line, fill_color=shade)
        rows = (told.columns, *told.rows)
        high = [round(h * UNIT) for h in fit.rows(told, self.memo.size)]
        table = self.made.add_table(
            len(rows), len(told.columns), width=round(fit.WIDTH * UNIT), height=sum(high),
            border_fill_id_ref=edge, para_pr_id_ref=0, char_pr_id_ref=0,
        )  # fmt: skip
        table.set_column_widths(told.widths)
        table.element.set("repeatHeader", "1")
        for margins, space in _margins(table.element, style.after * fit.POINT):
            for side, value in zip(("left", "right", "top", "bottom"), space, strict=True):
                margins.set(side, str(round(value * UNIT)))
        inner = fit.Style(style.more, style.leading, after=0.0)
        for at, texts in enumerate(rows):
            for n, text in enumerate(texts):
                cell = table.cell(at, n)
                cell.set_size(height=high[at])
                cell.set_text(text)
                self._set(cell.paragraphs[0], inner, bold=at == 0, right=n >= told.heads)
                if at == 0:
                    cell.element.set("header", "1")
                    cell.element.set("borderFillIDRef", top)
        self._set(table.paragraph, fit.Style(style.more, 1.0, after=0.0))

    def _picture(self, block: Block) -> None:
        picture = block.picture
        placed = self.made.add_picture(
            picture.png, "png", width_mm=picture.width, height_mm=picture.height,
            para_pr_id_ref=0, style_id_ref=0, char_pr_id_ref=0,
        )  # fmt: skip
        comment = placed.element.find("{*}shapeComment")
        if comment is None:
            comment = _after_margin(placed.element)
        comment.text = picture.alt
        self._set(placed.paragraph, fit.Style(leading=1.0, after=fit.STYLES["picture"].after))


def _margins(table: Any, after: float) -> Iterator[tuple[Any, tuple[float, ...]]]:
    """The spaces in and around a table, as they were counted."""
    wide, high = fit.CELL
    for margin in table.iter("{*}outMargin"):
        yield margin, (0.0, 0.0, 0.0, after)
    for name in ("inMargin", "cellMargin"):
        for margin in table.iter(f"{{*}}{name}"):
            yield margin, (wide, wide, high, high)


def _after_margin(picture: Any) -> Any:
    """A new description in its place, behind the outer margin."""
    margin = picture.find("{*}outMargin")
    comment = picture.makeelement(margin.tag.replace("outMargin", "shapeComment"), {})
    margin.addnext(comment)
    return comment

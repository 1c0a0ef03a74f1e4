"""A memo as .docx, by python-docx: real headings, header rows, a described picture."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from clusterlib.memo import Block, Memo, archive, fit

LANGUAGES = {"ko": "ko-KR", "en": "en-GB"}
LATIN = {"ko": "en-US", "en": "en-GB"}  # of letters: words of a Korean page must not break inside
HEADINGS = {"head": "Heading 1"}


def written(memo: Memo, when: date) -> bytes:
    """The bytes of the .docx."""
    made = docx.Document()
    _without_thumbnail(made)
    _page(made, memo)
    _properties(made, memo, when)
    _set(made.add_paragraph(memo.title, style="Title"), fit.TITLE, memo, bold=True)
    for before, block in zip((None, *memo.blocks), memo.blocks, strict=False):
        begins = before is not None and before.kind == "page"
        _block(made, memo, block, begins)
    out = io.BytesIO()
    made.save(out)
    return archive.settled(out.getvalue(), when)


def _element(tag: str, **values: str) -> Any:
    """An element of the format with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _without_thumbnail(made: Any) -> None:
    """The library's blank document brings a picture of itself."""
    held = made.part.package.rels
    for name in [n for n, rel in held.items() if rel.reltype.endswith("/thumbnail")]:
        del held[name]


def _page(made: Any, memo: Memo) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = (Mm(each) for each in fit.PAGE)
    for side, space in fit.MARGINS.items():
        setattr(section, f"{side}_margin", Mm(space))
    section.header_distance = section.footer_distance = Mm(6)
    face = memo.fonts.get("docx", "")
    for name in ("Normal", "Title", *HEADINGS.values()):
        style = made.styles[name]
        style.font.size = Pt(memo.size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in list(fonts.attrib):
            del fonts.attrib[place]
        for place in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(place), face)
        _language(style.element.rPr, memo.lang)
        for space in ("autoSpaceDE", "autoSpaceDN"):  # no gap between Hangul and figures
            style.element.get_or_add_pPr().append(_element(space, val="0"))
        if name != "Normal":
            style.paragraph_format.keep_with_next = True
            for border in style.element.findall(f".//{qn('w:pBdr')}"):
                border.getparent().remove(border)


def _language(properties: Any, lang: str) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("lang", val=LATIN[lang], eastAsia=LANGUAGES[lang]))


def _properties(made: Any, memo: Memo, when: date) -> None:
    about, day = made.core_properties, datetime(when.year, when.month, when.day)
    about.title, about.author = memo.title[:255], memo.author[:255]
    about.last_modified_by, about.comments, about.revision = about.author, "", 1
    about.created = about.modified = day
    about.language = LANGUAGES[memo.lang]


def _block(made: Any, memo: Memo, block: Block, begins: bool) -> None:
    if block.kind == "page":
        return  # the next block begins a page
    if block.table:
        _table(made, memo, block)
        return
    style = fit.STYLES[block.kind]
    if block.picture:
        _picture(made, memo, block, style)
        return
    said = f"{memo.said(block)} " if block.url else memo.said(block)
    paragraph = made.add_paragraph(said, style=HEADINGS.get(block.kind))
    moved = fit.hang(memo, block.kind)
    _set(paragraph, style, memo, block.kind == "head", block.kind in fit.PALE, moved)
    paragraph.paragraph_format.page_break_before = begins or None
    if block.url:
        _link(paragraph, block.url, memo.size + style.more)


def _set(
    paragraph: Any, style: fit.Style, memo: Memo, bold: bool = False, grey: bool = False,
    moved: float = 0.0,
) -> None:  # fmt: skip
    """Size, leading and indent of a paragraph, as they were counted."""
    size = memo.size + style.more
    form = paragraph.paragraph_format
    form.line_spacing = Pt(size * style.leading)  # exactly: fonts have leadings of their own
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.left_indent, form.first_line_indent = Mm(style.indent + moved), Mm(-moved)
    form.widow_control = False
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(fit.GREY if grey else fit.INK)


def _link(paragraph: Any, url: str, size: float) -> None:
    """The address written out; it can be clicked if it is one."""
    run = paragraph.add_run(url)
    run.font.size = Pt(size)
    if not url.startswith(("http://", "https://")):
        return
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, kind, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)


def _table(made: Any, memo: Memo, block: Block) -> None:
    told, style = block.table, fit.STYLES["table"]
    table = made.add_table(1 + len(told.rows), len(told.columns), style="Table Grid")
    table.autofit = False
    _cells(table)
    _edges(table)
    for n, share in enumerate(told.widths):
        table.columns[n].width = Mm(share * fit.WIDTH)
    for row, texts in zip(table.rows, (told.columns, *told.rows), strict=True):
        top = texts is told.columns
        for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(told.widths[n] * fit.WIDTH)
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text)
            _set(paragraph, fit.Style(style.more, style.leading, after=0.0), memo, bold=top)
            if n >= told.heads:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if top:
                _shade(cell)
    _header(table.rows[0])
    _gap(made, style.after)


def _cells(table: Any) -> None:
    """Free space in the cells, as it was counted."""
    spaces = _element("tblCellMar")
    for side, space in zip(("top", "left", "bottom", "right"), fit.CELL[::-1] * 2, strict=True):
        spaces.append(_element(side, w=str(Mm(space).twips), type="dxa"))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.addprevious(spaces) if look is not None else properties.append(spaces)


def _edges(table: Any) -> None:
    """Thin grey lines around the cells."""
    edges = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(_element(side, val="single", sz="4", space="0", color=fit.EDGE))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(edges)


def _shade(cell: Any) -> None:
    shade = _element("shd", val="clear", color="auto", fill=fit.SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _header(row: Any) -> None:
    """Say that the first row holds the headings; readers announce them."""
    row._tr.get_or_add_trPr().append(_element("tblHeader"))


def _gap(made: Any, points: float) -> None:
    """A paragraph must follow a table; this one is only as high as the space after it."""
    form = made.add_paragraph().paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(points), Pt(0), Pt(0)


def _picture(made: Any, memo: Memo, block: Block, style: fit.Style) -> None:
    picture = block.picture
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(style.after)
    paragraph.paragraph_format.keep_with_next = True
    size = {"width": Mm(picture.width), "height": Mm(picture.height)}
    paragraph.add_run().add_picture(io.BytesIO(picture.png), **size)
    said = paragraph._p.find(".//{*}docPr")
    said.set("descr", picture.alt)

"""Readers of memos that share nothing with the writers: zip, XML and the formats' own rules."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from defusedxml import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HC = "{http://www.hancom.co.kr/hwpml/2011/core}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
OPF = "{http://www.idpf.org/2007/opf/}"
NONE = str(2**32 - 1)  # the format's word for no shape
OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass
class Read:
    """What a reader found: paragraphs outside of tables, tables as rows of cells, pictures."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names}


def docx(content: bytes) -> Read:
    """Walk word/document.xml; every relation leads to a part, every part has a type."""
    held = parts(content)
    for name, part in held.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)
    types = ElementTree.fromstring(held["[Content_Types].xml"])
    known = {each.get("PartName") or each.get("Extension") for each in types}
    assert all(f"/{n}" in known or n.rsplit(".", 1)[-1] in known for n in held if n[0] != "[")
    for name in (n for n in held if n.endswith(".rels")):
        base = dirname(dirname(name))
        for each in ElementTree.fromstring(held[name]):
            if each.get("TargetMode") != "External":
                assert normpath(join(base, each.get("Target"))).lstrip("/") in held, name
    rels = ElementTree.fromstring(held["word/_rels/document.xml.rels"])
    targets = {each.get("Id"): each.get("Target") for each in rels}
    found = Read()
    for block in ElementTree.fromstring(held["word/document.xml"]).find(f"{W}body"):
        if block.tag == f"{W}p":
            _word_paragraph(block, targets, held, found)
        elif block.tag == f"{W}tbl":
            rows = [list(row.iter(f"{W}tc")) for row in block.iter(f"{W}tr")]
            said = [["\n".join(map(_word_text, c.iter(f"{W}p"))) for c in row] for row in rows]
            found.tables.append(said)
            found.order.append("table")
    return found


def _word_text(paragraph) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))


def _word_paragraph(block, targets: dict, held: dict, found: Read) -> None:
    for link in block.iter(f"{W}hyperlink"):
        assert targets[link.get(f"{R}id")] == _word_text(link)
    for blip in block.iter(f"{A}blip"):
        found.pictures.append(held[f"word/{targets[blip.get(f'{R}embed')]}"])
        found.described += [each.get("descr") for each in block.iter(f"{WP}docPr")]
        found.order.append("picture")
        return
    if said := _word_text(block):
        found.paragraphs.append(said)
        found.order.append("text")


def hwpx(content: bytes) -> Read:
    """Follow KS X 6101 from mimetype to the section; every reference leads somewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert not first.extra  # read at its fixed place, before anything is unpacked
    held = parts(content)
    assert held["mimetype"] == b"application/hwp+zip"
    roots = ElementTree.fromstring(held["META-INF/container.xml"]).iter(f"{OCF}rootfile")
    named = {each.get("media-type"): each.get("full-path") for each in roots}
    assert set(named.values()) <= set(held)
    book = ElementTree.fromstring(held[named["application/hwpml-package+xml"]])
    items = {each.get("id"): each for each in book.iter(f"{OPF}item")}
    assert all(each.get("href") in held for each in items.values())
    spine = [each.get("idref") for each in book.iter(f"{OPF}itemref")]
    assert set(spine) <= set(items)
    head = ElementTree.fromstring(held[items["header"].get("href")])
    sections = [name for name in spine if name.startswith("section")]
    assert head.get("secCnt") == str(len(sections)) == "1"
    section = ElementTree.fromstring(held[items[sections[0]].get("href")])
    _references(head, section)
    found = Read()
    for paragraph in section.findall(f"{HP}p"):
        _hangul_paragraph(paragraph, items, held, found)
    return found


def _references(head, section) -> None:
    """Every shape that a paragraph, run or cell names is in the header; objects differ in id."""
    shapes = {"charPrIDRef": "charPr", "paraPrIDRef": "paraPr", "borderFillIDRef": "borderFill",
              "styleIDRef": "style"}  # fmt: skip
    for attribute, tag in shapes.items():
        known = {each.get("id") for each in head.iter(f"{HH}{tag}")}
        used = {e.get(attribute) for e in (*section.iter(), *head.iter())} - {None, NONE}
        assert used <= known, (attribute, used - known)
    for listing in head.iter():
        if listing.get("itemCnt"):
            assert int(listing.get("itemCnt")) == len(listing), listing.tag
    fonts = {each.get("lang"): {f.get("id") for f in each} for each in head.iter(f"{HH}fontface")}
    for used in head.iter(f"{HH}fontRef"):
        assert all(number in fonts[lang.upper()] for lang, number in used.items())
    ids = [e.get("id") for e in section.iter() if e.tag in (f"{HP}p", f"{HP}tbl", f"{HP}pic")]
    assert len(ids) == len(set(ids))


def _hangul_text(paragraph) -> str:
    return "".join(each.text or "" for run in paragraph.findall(f"{HP}run")
                   for each in run.findall(f"{HP}t"))  # fmt: skip


def _hangul_paragraph(paragraph, items: dict, held: dict, found: Read) -> None:
    for table in paragraph.iter(f"{HP}tbl"):
        found.tables.append(_hangul_table(table))
        found.order.append("table")
    for picture in paragraph.iter(f"{HP}pic"):
        item = items[picture.find(f"{HC}img").get("binaryItemIDRef")]
        assert (item.get("isEmbeded"), item.get("media-type")) == ("1", "image/png")
        found.pictures.append(held[item.get("href")])
        found.described.append(picture.findtext(f"{HP}shapeComment"))
        found.order.append("picture")
    if said := _hangul_text(paragraph):
        found.paragraphs.append(said)
        found.order.append("text")


def _hangul_table(table) -> list[list[str]]:
    rows = [list(row.findall(f"{HP}tc")) for row in table.findall(f"{HP}tr")]
    assert len(rows) == int(table.get("rowCnt"))
    size = table.find(f"{HP}sz")
    for at, row in enumerate(rows):
        assert len(row) == int(table.get("colCnt"))
        places = [(c.find(f"{HP}cellAddr").get("rowAddr"), c.find(f"{HP}cellAddr").get("colAddr"))
                  for c in row]  # fmt: skip
        assert places == [(str(at), str(n)) for n in range(len(row))]
        wide = sum(int(cell.find(f"{HP}cellSz").get("width")) for cell in row)
        assert wide == int(size.get("width"))
    high = sum(int(row[0].find(f"{HP}cellSz").get("height")) for row in rows)
    assert high == int(size.get("height"))
    return [
        ["\n".join(_hangul_text(p) for p in cell.iter(f"{HP}p")) for cell in row] for row in rows
    ]


def markdown(content: bytes) -> Read:
    """Read what the memo uses of Markdown, line by line."""
    found, pictures = Read(), {}
    lines = content.decode().splitlines()
    for line in lines:
        if taken := re.match(r"\[(\w+)\]: data:image/png;base64,([\w+/=]+)$", line):
            pictures[taken[1]] = base64.b64decode(taken[2], validate=True)
    for at, line in enumerate(lines):
        if line.startswith("|"):
            _row(lines, at, found)
        elif shown := re.match(r"!\[(.*)\]\[(\w+)\]$", line):
            found.pictures.append(pictures[shown[2]])
            found.described.append(unescaped(shown[1]))
            found.order.append("picture")
        elif line and line != "---" and not line.startswith("["):
            said = re.sub(r"^(#{1,2} | *- |> )", "", line)
            said = re.sub(r"^\*\*(.*)\*\*$|(?<= )[<`](\S+)[>`]$", r"\1\2", said)
            found.paragraphs.append(unescaped(said))
            found.order.append("text")
    return found


def _row(lines: list[str], at: int, found: Read) -> None:
    if not lines[at - 1].startswith("|"):
        found.tables.append([])
        found.order.append("table")
    if not re.fullmatch(r"[|: -]+", lines[at]):
        cells = re.split(r"(?<!\\)\|", lines[at])[1:-1]
        found.tables[-1].append([unescaped(cell.strip()) for cell in cells])


def unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def pixels(png: bytes) -> list[list[tuple[int, ...]]]:
    """The colours of a PNG of 8-bit RGB, undone by the book."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        assert int.from_bytes(png[at + 8 + length : at + 12 + length]) == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
            assert body[8:] == bytes([8, 2, 0, 0, 0])
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    assert kind == b"IEND"
    raw, (wide, high) = zlib.decompress(data), size
    above, rows = bytes(wide * 3), []
    for n in range(high):
        line = raw[n * (wide * 3 + 1) : (n + 1) * (wide * 3 + 1)]
        assert line[0] == 2  # each the difference to the line above
        above = bytes((a + b) % 256 for a, b in zip(line[1:], above, strict=True))
        rows.append([tuple(above[i : i + 3]) for i in range(0, wide * 3, 3)])
    return rows

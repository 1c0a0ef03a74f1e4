"""Files as learners bring them, good and broken, made on the spot: name, bytes, what must come."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

GOOD = "지역,연도,종사자수\n대전광역시,2019,10\n충청북도,2019,20\n서울특별시,2019,30\n"
HEAD = "지역,연도,값\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = "xl/workbook.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Case:
    """A broken file and the refusal that must come; `line` where one line is to blame."""

    id: str
    name: str
    make: Callable[[], bytes]
    key: str
    line: int | None = None
    heavy: bool = False


def rows(*more: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in ("대전,2019,1", *more))


def workbook(table: list[list[object]], **sheets: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    for title, state in sheets.items():
        book.create_sheet(title).sheet_state = state
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(
    content: bytes, without: str = "", level: int = zipfile.ZIP_DEFLATED, **parts: bytes
) -> bytes:
    """The same zip with members replaced or added ("xl/x.xml" given as xl__x_xml)."""
    new = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", level) as made:
        for name in old.namelist():
            if name not in new and name != without:
                made.writestr(name, old.read(name))
        for name, part in new.items():
            made.writestr(name, part)
    return out.getvalue()


@cache
def plain_book() -> bytes:
    return workbook([["지역", "연도", "값"], ["대전", 2019, 1], ["충북", 2019, 2]])


def sheet_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(plain_book())) as book:
        return book.read(SHEET)


def first_text() -> bytes:
    """The first cell with words, as this machine's openpyxl writes it (with lxml or without)."""
    return re.search(rb't="inlineStr"><is><t>[^<]*</t></is>', sheet_xml())[0]


def sheet_with(find: bytes, put: bytes) -> bytes:
    xml = sheet_xml()
    assert find in xml
    return repacked(plain_book(), xl__worksheets__sheet1_xml=xml.replace(find, put, 1))


def sheet_of(*lines: str) -> bytes:
    """A workbook whose first sheet holds these lines of XML, written far faster than cell by cell.

    `{n}` in a line stands for its number.
    """
    body = "".join(line.replace("{n}", str(n)) for n, line in enumerate(lines, 1))
    xml = f"<worksheet {SPACE}><sheetData>{body}</sheetData></worksheet>"
    return repacked(plain_book(), xl__worksheets__sheet1_xml=xml.encode())


def with_words(content: bytes, listed: str) -> bytes:
    """The same workbook with a list of shared words, to which its cells refer by number."""
    name = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read(name).decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="words"/>'
    relations = xml.replace("</Relationships>", more + "</Relationships>").encode()
    words = f"<sst {SPACE}>{listed}</sst>".encode()
    return repacked(content, **{name: relations, "xl/sharedStrings.xml": words})


def stored(content: bytes) -> bytes:
    """The same workbook without compression, so that nothing looks like a bomb from outside."""
    return repacked(content, level=zipfile.ZIP_STORED)


def line_of(*cells: object) -> str:
    """One row of such a sheet, words in the cells themselves."""
    told = (
        f"<c><v>{cell}</v></c>" if isinstance(cell, int) else f'<c t="str"><v>{cell}</v></c>'
        for cell in cells
    )  # fmt: skip
    return '<row r="{n}">' + "".join(told) + "</row>"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, part in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return out.getvalue()


def geo(*features: object, **more: object) -> bytes:
    found = {"type": "FeatureCollection", "features": list(features), **more}
    return json.dumps(found, ensure_ascii=False).encode()


def feature(kind: str = "Point", at: object = (127.4, 36.4), **properties: object) -> dict:
    return {
        "type": "Feature",
        "properties": properties or {"이름": "가"},
        "geometry": {"type": kind, "coordinates": at},
    }


def shaped(geometry: object) -> dict:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


SQUARE = [[[127.0, 36.0], [127.5, 36.0], [127.5, 36.5], [127.0, 36.0]]]


def by_magic() -> Iterator[Case]:
    """What is no table at all, whatever its name says."""
    starts = {
        "pdf": (b"%PDF-1.7\n", "upload_pdf"),
        "gzip": (gzip.compress(GOOD.encode()), "upload_archive"),
        "7z": (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 40, "upload_archive"),
        "rar": (b"Rar!\x1a\x07\x00" + b"\x01" * 40, "upload_archive"),
        "bzip2": (b"BZh91AY&SY" + b"\x01" * 40, "upload_archive"),
        "xz": (b"\xfd7zXZ\x00" + b"\x01" * 40, "upload_archive"),
        "zstd": (b"\x28\xb5\x2f\xfd" + b"\x01" * 40, "upload_archive"),
        "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "upload_picture"),
        "jpeg": (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "upload_picture"),
        "gif": (b"GIF89a" + b"\x00" * 40, "upload_picture"),
        "bmp": (b"BM\x36\x00\x00\x00" + b"\x00" * 40, "upload_picture"),
        "tiff": (b"II*\x00" + b"\x00" * 40, "upload_picture"),
        "tiff_big": (b"MM\x00*" + b"\x00" * 40, "upload_picture"),
        "sqlite": (b"SQLite format 3\x00" + b"\x00" * 40, "upload_database"),
        "parquet": (b"PAR1" + b"\x15" * 40, "upload_database"),
        "shapefile": (b"\x00\x00\x27\x0a" + b"\x00" * 40, "upload_shapefile"),
        "elf": (b"\x7fELF\x02\x01" + b"\x00" * 40, "upload_program"),
        "exe": (b"MZ\x90\x00\x03" + b"\x00" * 40, "upload_program"),
        "rtf": (b"{\\rtf1\\ansi hello}", "upload_document"),
        "hwp3": (b"HWP Document File V3.00 \x1a", "upload_hwp"),
        "xls": (OLE + b"\x00" * 64 + "Workbook".encode("utf-16-le"), "upload_xls"),
        "xls_unknown": (OLE + b"\x00" * 600, "upload_xls"),
        "doc": (OLE + b"\x00" * 64 + "WordDocument".encode("utf-16-le"), "upload_document"),
        "hwp5": (OLE + b"\x00" * 64 + "HwpSummaryInformation".encode("utf-16-le"), "upload_hwp"),
        "locked": (OLE + b"\x00" * 64 + "EncryptedPackage".encode("utf-16-le"), "upload_encrypted"),
        "empty": (b"", "upload_empty"),
        "spaces": (b" \r\n\t\n ", "upload_empty"),
        "bom_only": (b"\xef\xbb\xbf", "upload_empty"),
        "nul_only": (b"\x00" * 5000, "upload_empty"),
        "utf16_bom_only": (b"\xff\xfe", "upload_empty"),
    }
    for name, (content, key) in starts.items():
        for ending in (".csv", ".xlsx") if len(content) > 20 else (".csv",):
            yield Case(f"{name}{ending}", f"{name}{ending}", lambda c=content: c, key)


def by_markup() -> Iterator[Case]:
    """Web pages and XML that came in place of a table."""
    pages = {
        "html_login": "<!DOCTYPE html><html><body>로그인이 필요합니다</body></html>",
        "html_space_first": "\n\n   <html lang='ko'><head></head></html>",
        "html_script": "<script>location.href='/login'</script>",
        "html_table": "<table><tr><td>대전</td></tr></table>",
        "html_comment": "<!-- saved from --><html></html>",
        "html_xhtml": "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'></html>",
        "html_upper": "<HTML><HEAD><TITLE>500 Error</TITLE></HEAD></HTML>",
    }
    for name, text in pages.items():
        yield Case(name, "kosis.csv", lambda t=text: t.encode(), "upload_html", 1)
    utf16 = pages["html_login"].encode("utf-16")
    yield Case("html_utf16", "kosis.csv", lambda: utf16, "upload_html", 1)
    yield Case(
        "html_bom", "k.xlsx", lambda: pages["html_login"].encode("utf-8-sig"), "upload_html", 1
    )
    xml = {
        "xml_error": "<?xml version='1.0'?><error>인증키</error>",
        "xml_sheet": "<?xml version='1.0'?><Workbook xmlns='urn:schemas'></Workbook>",
        "kml": "<kml xmlns='http://www.opengis.net/kml/2.2'></kml>",
        "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "vrt": "<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>",
        "entity": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    }
    for name, text in xml.items():
        yield Case(name, f"{name}.geojson", lambda t=text: t.encode(), "upload_xml", 1)


def by_text() -> Iterator[Case]:
    """Text that cannot be decoded, or that hides something."""
    bad = GOOD.encode() + b"\xff\xfe\xfa,1,2\n"
    yield Case("not_utf8", "a.csv", lambda: bad, "upload_encoding", 5)
    yield Case(
        "latin1",
        "a.csv",
        lambda: "region,value\nCaf\xe9,1\n".encode("latin-1"),
        "upload_encoding",
        2,
    )
    yield Case("half_utf16", "a.csv", lambda: GOOD.encode("utf-16")[:-1], "upload_encoding")
    yield Case("utf16_no_bom", "a.csv", lambda: GOOD.encode("utf-16-le"), "upload_encoding", 1)
    yield Case("utf32", "a.csv", lambda: GOOD.encode("utf-32"), "upload_control", 1)
    yield Case(
        "mixed", "a.csv", lambda: GOOD.encode() + "대전,1,2\n".encode("cp949"), "upload_encoding", 5
    )
    for name, sign in {"nul": "\x00", "bell": "\x07", "escape": "\x1b", "delete": "\x7f"}.items():
        yield Case(
            name, "a.csv", lambda s=sign: rows(f"충북,2019,{s}3").encode(), "upload_control", 3
        )
    yield Case("mangled", "a.csv", lambda: rows("�북,2019,3").encode(), "upload_mangled", 3)
    yield Case("quote_open", "a.csv", lambda: rows('"충북,2019,3').encode(), "upload_quotes", 3)
    yield Case("quote_inside", "a.csv", lambda: rows('"충"북",2019,3').encode(), "upload_quotes", 3)
    yield Case(
        "quote_utf16", "a.csv", lambda: rows('"충"북",1,3').encode("utf-16"), "upload_quotes", 3
    )
    yield Case(
        "long_cell",
        "a.csv",
        lambda: rows(f"충북,2019,{'9' * 3000}").encode(),
        "upload_cell_too_long",
        3,
    )
    yield Case(
        "huge_cell",
        "a.csv",
        lambda: rows(f"충북,2019,{'9' * 200000}").encode(),
        "upload_cell_too_long",
        3,
    )


def by_shape() -> Iterator[Case]:
    """Tables whose rows and columns do not fit each other."""
    cases = {
        "too_wide": (rows("충북,2019,3,4"), "upload_row_too_wide", 3),
        "too_wide_thousands": (rows("충북,2019,1,234"), "upload_row_too_wide", 3),
        "too_wide_late": (rows(*["충북,2018,3"], "서울,2019,3,4,5"), "upload_row_too_wide", 4),
        "too_short": (rows("충북,2019", "서울,2019,3"), "upload_row_too_short", 3),
        "cut_off": (rows("충북,2019,3", "서울,20"), "upload_row_too_short", 4),
        "header_only": ("지역,연도,값\n", "upload_no_rows", 1),
        "one_line": ("대전", "upload_no_rows", 1),
        "no_header": ("대전,1,2\n충북,3,4\n", "upload_no_header", 1),
        "no_header_year": ("대전,2019,2\n충북,2019,4\n서울,2019,5\n", "upload_no_header", 1),
        "header_blank": ("지역,,값\n대전,5,1\n충북,6,2\n", "upload_header_blank", 1),
        "header_twice": ("지역,값,값\n대전,5,1\n충북,6,2\n", "upload_header_twice", 1),
        "header_twice_width": ("지역,값,ＶＡＬＵＥ,value\n대전,5,1,1\n", "upload_header_twice", 1),
        "header_five": (
            "지역,a\n지역,b\n지역,c\n지역,d\n지역,e\n대전,1\n충북,2\n",
            "upload_no_header",
            1,
        ),
        "place_twice": (rows("대전광역시,2019,3"), "upload_place_twice", 3),
        "place_twice_en": (rows("Daejeon,2019,3"), "upload_place_twice", 3),
        "old_and_new": ("지역,값\n강원도,1\n강원특별자치도,2\n", "upload_place_twice", 3),
        "no_places": ("이름,값\n가,1\n나,2\n", "upload_no_places", 2),
        "abroad": ("region,value\nParis,1\nBerlin,2\n", "upload_no_places", 2),
        "numbers_only": ("a,b\n1.5,2\n3.5,4\n", "upload_no_places", 2),
        "prose": ("이 파일은 표가 아닙니다.\n그냥 글입니다.\n", "upload_no_places", 2),
        "columns_201": (
            ",".join(["지역", *map(str, range(3000, 3201))]) + "\n대전" + ",1" * 201 + "\n",
            "upload_too_many_columns",
            1,
        ),
    }
    for name, (text, key, line) in cases.items():
        yield Case(name, f"{name}.csv", lambda t=text: t.encode(), key, line)


def by_number() -> Iterator[Case]:
    """Cells that should be numbers and are none."""
    bad = [
        "약 5", "5~6", "1.2.3", "1,23", "12,34,567", "5개쯤", "#VALUE!", "=1+1", "1e999", "inf",
        "+-5", "0x1F", "1_000", "5 6", "$5", "２０점", "5%%", "∞", "½", "--5", "1.234,5",
        "@SUM(A1)",
    ]  # fmt: skip
    for at, cell in enumerate(bad):
        text = '지역,값\n대전,1\n서울,2\n부산,3\n대구,4\n충북,"' + cell + '"\n'
        yield Case(f"number_{at}", "n.csv", lambda t=text: t.encode(), "upload_not_number", 6)
    year = "지역,2019,2020\n대전,1,가나\n충북,다라,2\n"
    yield Case("year_words", "n.csv", lambda: year.encode(), "upload_not_number")


def by_limit() -> Iterator[Case]:
    """Files that are too much; each must be refused quickly."""
    many = "지역,값\n" + "대전,1\n" * 20_100
    yield Case("rows", "a.csv", lambda: many.encode(), "upload_too_many_rows", 20052, True)
    just = "지역,이름,값\n" + "".join(f"대전 유성구,{n}호,1\n" for n in range(20_001))
    yield Case("rows_just", "a.csv", lambda: just.encode(), "upload_too_many_rows", 20002, True)
    wide = "지역," + ",".join(f"c{n}" for n in range(150)) + "\n"
    cells = wide + ("대전" + ",1" * 150 + "\n") * 4000
    yield Case("cells", "a.csv", lambda: cells.encode(), "upload_too_many_cells", None, True)
    yield Case("bytes", "a.csv", lambda: b"a,b\n" * 2_200_000, "upload_too_large", None, True)
    yield Case(
        "bytes_nul", "a.xlsx", lambda: b"PK" + b"\x00" * 9_000_000, "upload_too_large", None, True
    )
    commas = "," * 4_000_000
    yield Case("commas", "a.csv", lambda: commas.encode(), "upload_cell_too_long", 1, True)
    yield Case(
        "lines", "a.csv", lambda: b"\n" * 4_000_000 + b"x", "upload_too_many_rows", None, True
    )
    quotes = '"' * 3_000_000
    yield Case("quotes", "a.csv", lambda: quotes.encode(), "upload_cell_too_long", 1, True)
    towns = "지역,값\n" + "".join(f"없는곳{n},1\n" for n in range(19_000)) + "x,1\n"
    yield Case("unknown_names", "a.csv", lambda: towns.encode(), "upload_no_places", None, True)


def by_code() -> Iterator[Case]:
    """Codes that two systems could have written."""
    for code in ("36", "31", "29", "26"):
        text = f"시도코드,값\n{code},1\n"
        yield Case(f"code_{code}", "c.csv", lambda t=text: t.encode(), "upload_codes_ambiguous", 2)
    yield Case(
        "code_pair",
        "c.csv",
        lambda: "시도코드,값\n36,1\n31,2\n".encode(),
        "upload_codes_ambiguous",
        2,
    )
    yield Case(
        "code_none", "c.csv", lambda: "시도코드,값\n98,1\n99,2\n".encode(), "upload_no_places", 2
    )


def by_book() -> Iterator[Case]:
    """Workbooks: locked, swollen, damaged, with tricks inside."""
    good = plain_book()
    half = good[: len(good) // 2]
    yield Case("book_cut", "a.xlsx", lambda: half, "upload_damaged")
    flipped = bytearray(good)
    flipped[60:90] = b"\xff" * 30
    yield Case("book_flipped", "a.xlsx", lambda: bytes(flipped), "upload_damaged")
    yield Case("book_pk_only", "a.xlsx", lambda: b"PK\x03\x04", "upload_damaged")
    yield Case("book_empty_zip", "a.xlsx", lambda: b"PK\x05\x06" + b"\x00" * 18, "upload_archive")
    inside = {
        "docx": ({"word__document_xml": b"<w/>"}, "upload_document"),
        "pptx": ({"ppt__presentation_xml": b"<p/>"}, "upload_document"),
        "hwpx": ({"Contents__header.hpf": b"<h/>"}, "upload_hwp"),
        "xlsb": ({"xl__workbook.bin": b"\x00"}, "upload_xls"),
        "zip_csv": ({"a.csv": GOOD.encode()}, "upload_archive"),
        "ods": ({"content_xml": b"<o/>", "mimetype": b"application/x"}, "upload_archive"),
        "zip_slip": ({"..__..__etc__passwd": b"x"}, "upload_archive"),
        "book_no_parts": ({"xl__workbook_xml": b"<workbook/>"}, "upload_damaged"),
        "book_bad_xml": ({"xl__workbook_xml": b"<workbook"}, "upload_damaged"),
    }
    for name, (members, key) in inside.items():
        yield Case(name, f"{name}.xlsx", lambda m=members: zipped(**m), key)
    macro = {"xl/vbaProject.bin": b"\x00"}
    yield Case("macros", "a.xlsm", lambda: repacked(good, **macro), "upload_macros")
    bomb = {SHEET: b"<worksheet>" + b" " * 60_000_000}
    yield Case("bomb", "a.xlsx", lambda: repacked(good, **bomb), "upload_bomb", None, True)
    ratio = {"xl/media/x.xml": b"\x00" * 20_000_000}
    yield Case("bomb_ratio", "a.xlsx", lambda: repacked(good, **ratio), "upload_bomb", None, True)
    many = {f"xl/media/{n}.bin": b"x" for n in range(600)}
    yield Case("members", "a.xlsx", lambda: repacked(good, **many), "upload_bomb")
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    for part in ("xl/sharedStrings.xml", SHEET, WORKBOOK, "xl/styles.xml", "[Content_Types].xml"):
        yield Case(
            f"entities_{part.split('/')[-1]}",
            "a.xlsx",
            lambda p=part: repacked(good, **{p: laughs}),
            "upload_tricks",
        )
    wide16 = {SHEET: "<worksheet/>".encode("utf-16")}
    yield Case("sheet_utf16", "a.xlsx", lambda: repacked(good, **wide16), "upload_tricks")
    yield Case(
        "far_row",
        "a.xlsx",
        lambda: sheet_with(b'<row r="3"', b'<row r="1048576"'),
        "upload_far_cell",
        1048576,
        True,
    )
    yield Case(
        "far_column",
        "a.xlsx",
        lambda: sheet_with(b'r="C3"', b'r="XFD3"'),
        "upload_far_column",
        3,
        True,
    )
    yield Case(
        "near_column", "a.xlsx", lambda: sheet_with(b'r="C3"', b'r="GS3"'), "upload_far_column", 3
    )
    yield Case(
        "sheet_broken", "a.xlsx", lambda: sheet_with(b"</sheetData>", b"<c>"), "upload_damaged"
    )
    yield Case("no_sheet_part", "a.xlsx", lambda: repacked(good, without=SHEET), "upload_no_sheet")
    yield Case(
        "bad_index",
        "a.xlsx",
        lambda: sheet_with(first_text(), b't="s"><v>9999</v>'),
        "upload_damaged",
    )
    yield Case("hidden", "a.xlsx", lambda: workbook([], 숨김="hidden"), "upload_no_sheet")
    yield Case("blank_book", "a.xlsx", lambda: workbook([]), "upload_no_sheet")
    table = [["지역", "값"], ["대전", 1], ["서울", 2], ["충북", "#REF!"]]
    yield Case("fault", "a.xlsx", lambda: workbook(table), "upload_fault_cell", 4)
    table2 = [["지역", "값"], ["대전", 1], ["서울", 2], ["충북", "약 3"]]
    yield Case("book_word", "a.xlsx", lambda: workbook(table2), "upload_not_number", 4)
    many_rows = [["지역", "값"], *([["대전", 1]] * 20_100)]
    yield Case("book_rows", "a.xlsx", lambda: workbook(many_rows), "upload_far_cell", None, True)
    long = [line_of("지역", *(f"c{n}" for n in range(19))), *[line_of("대전", *range(19))] * 4998]
    yield Case(
        "book_last",
        "a.xlsx",
        lambda: sheet_of(*long, line_of("충북", *["약 3"] * 19)),
        "upload_not_number",
        5000,
        True,
    )
    big = [line_of("대전", *range(100))] * 1700
    yield Case("book_cells", "a.xlsx", lambda: sheet_of(*big), "upload_too_many_cells", None, True)
    yield from by_sheet()


def by_sheet() -> Iterator[Case]:
    """Sheets that no spreadsheet writes: out of order, or made to cost time or memory."""
    yield Case(
        "rows_back",
        "a.xlsx",
        lambda: sheet_with(b'<row r="3"', b'<row r="2"'),
        "upload_order",
        2,
    )
    yield Case("cells_back", "a.xlsx", lambda: sheet_with(b'r="C3"', b'r="A3"'), "upload_order", 3)
    for name, cell in {
        "index_below": '<c t="s"><v>-1</v></c>',
        "index_word": '<c t="s"><v>x</v></c>',
        "number_word": "<c><v>abc</v></c>",
        "number_under": "<c><v>1_000</v></c>",
        "style_word": '<c s="x"><v>1</v></c>',
        "kind_unknown": '<c t="z"><v>1</v></c>',
        "date_word": '<c t="d"><v>2019-13-40</v></c>',
        "place_word": '<c r="?9"><v>1</v></c>',
    }.items():
        bad = '<row r="1">' + cell + "</row>"
        yield Case(name, "a.xlsx", lambda b=bad: sheet_of(b), "upload_damaged")
    for name, cell in {
        "fault_kind": '<c t="e"><v>#SPILL!</v></c>',
        "fault_text": '<c t="inlineStr"><is><t>#REF!</t></is></c>',
    }.items():
        bad = '<row r="7"><c><v>1</v></c>' + cell + "</row>"
        yield Case(name, "a.xlsx", lambda b=bad: sheet_of(b), "upload_fault_cell", 7)
    bell = '<row r="4"><c t="str"><v>a_x0007_b</v></c></row>'
    yield Case("escaped_bell", "a.xlsx", lambda: sheet_of(bell), "upload_control", 4)
    many = '<row r="{n}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    once = f"<si><t>{'가' * 1990}</t></si>"
    yield Case(
        "letters",
        "a.xlsx",
        lambda: with_words(sheet_of(*[many] * 60), once),
        "upload_letters",
        43,
        True,
    )
    pieces = line_of("가<!-- -->" * 3000)
    yield Case("pieces", "a.xlsx", lambda: sheet_of(pieces), "upload_cell_too_long", 1)
    piece = line_of("가" * 400_000)
    yield Case("one_piece", "a.xlsx", lambda: stored(sheet_of(piece)), "upload_cell_too_long", 1)
    empty = "<c/>" * 1_000_000 + "<d/>" * 600_000
    yield Case(
        "empty_cells",
        "a.xlsx",
        lambda: stored(sheet_of(f'<row r="1">{empty}</row>')),
        "upload_bomb",
        None,
        True,
    )
    names = "".join(f'<c a{n}=""/>' for n in range(300_000))
    yield Case("names", "a.xlsx", lambda: sheet_of(names), "upload_bomb", None, True)
    words = [f"{n:064b}" for n in range(0, 64)]
    endless = "".join(words[n * n % 61] for n in range(400_000))  # no tag ends, none begins
    for name, part in {
        "endless_comment": f"<!--{endless}--><c><v>1</v></c>",
        "endless_name": f'<c a="{endless}"><v>1</v></c>',
        "endless_tag": "<c " + "".join(f'a{n}="" ' for n in range(300_000)) + "/>",
        "unended": f'<c a="{endless}',
    }.items():
        yield Case(name, "a.xlsx", lambda p=part: sheet_of(p), "upload_bomb", None, True)
    # Text of two bytes a sign that does not say so: the search for "<!DOCTYPE" cannot see it.
    hidden = ' <!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    for order in ("le", "be"):
        part = {SHEET: hidden.encode(f"utf-16-{order}")}
        yield Case(
            f"hidden_{order}", "a.xlsx", lambda p=part: repacked(plain_book(), **p), "upload_tricks"
        )


def by_map() -> Iterator[Case]:
    """GeoJSON that is none, lies elsewhere or goes too deep."""
    texts = {
        "json_cut": ('{"type": "FeatureCollection", "features": [', "upload_json", 1),
        "json_comma": ('{"type": "FeatureCollection",}', "upload_json", 1),
        "json_single": ("{'type': 'x'}", "upload_json", 1),
        "json_two": ('{"a": 1}\n{"b": 2}', "upload_json", 2),
        "json_list": ("[1, 2, 3]", "upload_no_features", 1),
        "json_table": ('{"data": [1]}', "upload_no_features", 1),
        "json_kosis_error": (
            '{"err": "20", "errMsg": "필수요청변수값이 누락되었습니다."}',
            "upload_no_features",
            1,
        ),
        "topojson": ('{"type": "Topology", "objects": {}, "arcs": []}', "upload_topojson", 1),
        "geometry_only": ('{"type": "Point", "coordinates": [127, 36]}', "upload_no_features", 1),
        "features_text": (
            '{"type": "FeatureCollection", "features": "x"}',
            "upload_no_features",
            1,
        ),
        "no_feature": ('{"type": "FeatureCollection", "features": []}', "upload_no_rows", 1),
        "nan": (
            geo(feature(at=[0.5, 36])).decode().replace("0.5", "NaN"),
            "upload_not_finite",
            None,
        ),
        "infinity": ('{"a": Infinity}', "upload_not_finite", None),
        "digits": ('{"a": ' + "9" * 6000 + "}", "upload_json", 1),
        "deep_lists": ("[" * 100_000, "upload_too_deep", 1),
        "deep_objects": ('{"a":' * 50_000 + "1" + "}" * 50_000, "upload_too_deep", 1),
        "deep_30": ("[" * 30 + "]" * 30, "upload_too_deep", 1),
    }
    for name, (text, key, line) in texts.items():
        yield Case(name, f"{name}.geojson", lambda t=text: t.encode(), key, line)
    ring = [[[127.0, 36.0], [127.5, 36.0], [127.5, 36.5], [127.1, 36.0]]]
    short = [[[127.0, 36.0], [127.5, 36.0], [127.0, 36.0]]]
    far = json.dumps(feature(at=[127, 36])).replace("[127, 36]", "[1e999, 36]")
    found = {
        "swapped": (feature(at=[36.4, 127.4]), "upload_swapped"),
        "metres_5179": (feature(at=[990_000, 1_820_000]), "upload_projected"),
        "metres_5186": (feature(at=[235_000, 420_000]), "upload_projected"),
        "metres_turned": (feature(at=[1_820_000, 990_000]), "upload_projected"),
        "null_island": (feature(at=[0, 0]), "upload_outside"),
        "washington": (feature(at=[-77, 39]), "upload_outside"),
        "text_pair": (feature(at=["127", "36"]), "upload_not_coordinates"),
        "null_pair": (feature(at=[None, 36]), "upload_not_coordinates"),
        "bool_pair": (feature(at=[True, 36]), "upload_not_coordinates"),
        "one_number": (feature(at=[127]), "upload_bad_geometry"),
        "five_numbers": (feature(at=[127, 36, 1, 2, 3]), "upload_bad_geometry"),
        "no_pair": (feature(at=[]), "upload_bad_geometry"),
        "pair_object": (feature(at={"x": 127}), "upload_bad_geometry"),
        "too_nested": (feature(at=[[127, 36]]), "upload_bad_geometry"),
        "unknown_kind": (feature("Circle"), "upload_bad_geometry"),
        "collection": (shaped({"type": "GeometryCollection"}), "upload_bad_geometry"),
        "kind_list": (shaped({"type": ["Point"]}), "upload_bad_geometry"),
        "geometry_text": (shaped("x"), "upload_bad_geometry"),
        "feature_null": (None, "upload_bad_feature"),
        "feature_text": ("x", "upload_bad_feature"),
        "feature_kind": ({"type": "feature"}, "upload_bad_feature"),
        "properties_list": ({**feature(), "properties": [1]}, "upload_bad_feature"),
        "ring_open": (feature("Polygon", ring), "upload_open_ring"),
        "ring_short": (feature("Polygon", short), "upload_open_ring"),
        "ring_far": (feature("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]]), "upload_outside"),
    }  # fmt: skip
    for name, (bad, key) in found.items():
        yield Case(name, f"{name}.geojson", lambda b=bad: geo(feature(), b), key, 2)
    yield Case(
        "huge_number",
        "a.geojson",
        lambda: geo().replace(b"[]", f"[{far}]".encode()),
        "upload_not_coordinates",
        1,
    )
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}
    yield Case("system", "a.geojson", lambda: geo(feature(), crs=system), "upload_system", 1)
    yield Case(
        "system_link",
        "a.geojson",
        lambda: geo(feature(), crs={"type": "link", "properties": {"href": "file:///etc/passwd"}}),
        "upload_system",
        1,
    )
    yield Case(
        "points_20001",
        "a.geojson",
        lambda: geo(*[feature()] * 20_001),
        "upload_too_many_rows",
        20001,
        True,
    )
    long = [[[127.0, 36.0], *[[127.1, 36.1]] * 200_001, [127.0, 36.0]]]
    yield Case(
        "vertices",
        "a.geojson",
        lambda: geo(feature("Polygon", long)),
        "upload_too_many_vertices",
        1,
        True,
    )
    csv_points = {
        "csv_swapped": ("이름,경도,위도\n가,36.4,127.4\n", "upload_swapped"),
        "csv_metres": ("이름,경도,위도\n가,990000,1820000\n", "upload_projected"),
        "csv_outside": ("name,lon,lat\na,2.3,48.8\n", "upload_outside"),
        "csv_half": ("name,lon,lat\na,127.3,36.3\nb,,36.4\n", "upload_not_coordinates"),
    }
    for name, (text, key) in csv_points.items():
        yield Case(name, f"{name}.csv", lambda t=text: t.encode(), key)


CASES = [
    case
    for group in (
        by_magic, by_markup, by_text, by_shape, by_number, by_limit, by_code, by_book, by_map,
    )
    for case in group()
]  # fmt: skip

"""The kit's reader of workbooks sees what openpyxl sees, and what other spreadsheets write."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import unicodedata
import warnings
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.errors import UploadRefused
from clusterlib.upload.book import EPOCH, EPOCH_1904, moment
from clusterlib.upload.sheets import from_xlsx
from tests.upload_corpus import SPACE, plain_book, repacked, sheet_of, with_words, workbook

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = SPACE.split('"')[1]


def ours(content: bytes, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in from_xlsx("a.xlsx", content, sheet).rows]


def theirs(content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet as openpyxl reads it, each value written as a learner sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = [[shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for cells in rows:
        while cells and not cells[-1]:
            cells.pop()
    return [(line, cells) for line, cells in enumerate(rows, 1) if cells]


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return str(value.date()) if value.time() == dt.time(0) else value.isoformat(" ")
    text = unicodedata.normalize("NFC", str(value))
    return text.replace("\r", " ").replace("\n", " ").strip()


def with_shared_words(content: bytes) -> bytes:
    """The same workbook with its words in one list, as Excel and Hancell write them."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    words: list[str] = []

    def keep(found: re.Match[str]) -> str:
        words.append(f"<si>{found[1]}</si>")
        return f't="s"><v>{len(words) - 1}</v>'

    xml = re.sub(r't="inlineStr"><is>(.*?)</is>', keep, xml, flags=re.DOTALL)
    bare = repacked(content, xl__worksheets__sheet1_xml=xml.encode())
    return with_words(bare, "".join(words))


# Signs that XML can hold; "_x" would be an escape, which openpyxl leaves as it is written.
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="_#\ufffe\uffff"),
    max_size=12,
)
VALUES = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)).map(
        lambda when: when.replace(microsecond=0)
    ),
    st.times().map(lambda clock: clock.replace(microsecond=0)),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=90)).map(
        lambda span: dt.timedelta(days=span.days, seconds=span.seconds)
    ),
)
TABLES = st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=8)


@given(TABLES)
@settings(max_examples=60)
def test_a_made_up_workbook_reads_as_openpyxl_reads_it(table: list[list[Any]]) -> None:
    content = workbook(table)
    expected = theirs(content)
    for book in (content, with_shared_words(content)):
        if expected:
            assert ours(book) == expected
        else:
            with pytest.raises(UploadRefused, match="sheet"):
                ours(book)


def test_a_damaged_sheet_is_never_read_otherwise_than_openpyxl_reads_it() -> None:
    table = [["지역", "값", None, "날"], ["대전", 1.5, True, dt.date(2020, 5, 1)], [None, 7, "#1"]]
    book = workbook(table)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    agreed = 0
    for seed in range(400):
        chance = random.Random(seed)
        at = chance.randrange(xml.index("<sheetData>"), xml.index("</sheetData>"))
        made = xml[:at] + chance.choice(["", "1", "0", ' t="s"', "A", "9.5"]) + xml[at + 1 :]
        content = repacked(book, xl__worksheets__sheet1_xml=made.encode())
        try:
            read = ours(content)
        except UploadRefused:
            continue
        try:
            expected = theirs(content)
        except Exception:
            continue  # we may read what openpyxl fails on, such as an odd attribute elsewhere
        assert read == expected, made
        agreed += 1
    assert agreed > 20


def cells(*told: str, **parts: bytes) -> list[list[str]]:
    """What one row of raw XML comes to."""
    content = sheet_of('<row r="{n}">' + "".join(told) + "</row>")
    return [found for _, found in ours(repacked(content, **parts) if parts else content)]


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("<c><v>2019</v></c>", "2019"),
        ("<c><v>2019.0</v></c>", "2019"),
        ("<c><v>1E3</v></c>", "1000"),
        ("<c><v>0.10000000000000001</v></c>", "0.1"),
        ("<c><v>1234567890123456789</v></c>", "1234567890123456789"),
        ('<c t="b"><v>1</v></c>', "True"),
        ('<c t="b"><v>0</v></c>', "False"),
        ('<c t="b"><v>false</v></c>', "False"),
        ('<c t="str"><f>A1&amp;"x"</f><v>대전x</v></c>', "대전x"),
        ("<c><f>SUM(A1:A9)</f><v>45</v></c>", "45"),
        ('<c t="inlineStr"><is><r><t>대</t></r><r><rPr><b/></rPr><t>전</t></r></is></c>', "대전"),
        ('<c t="inlineStr"><is><t>大田</t><rPh sb="0" eb="2"><t>대전</t></rPh></is></c>', "大田"),
        ('<c t="inlineStr"><is><t>\u1103\u1162\u110c\u1165\u11ab</t></is></c>', "대전"),
        ('<c t="str"><v>대전_x000D_\n유성</v></c>', "대전  유성"),
        ('<c t="str"><v>a_x005F_x0041_</v></c>', "a_x0041_"),
        ('<c t="str"><v>_xD83D_</v></c>', "_xD83D_"),
        ("<c><v><![CDATA[7]]></v></c>", "7"),
        ('<c t="d"><v>2019-12-31</v></c>', "2019-12-31"),
        ('<c t="d"><v>2019-12-31T00:00:00Z</v></c>', "2019-12-31"),
        ('<c t="d"><v>2019-12-31T06:30:00</v></c>', "2019-12-31 06:30:00"),
        ('<c t="d"><v>06:30:00</v></c>', "06:30:00"),
    ],
)
def test_a_cell_shows_what_a_spreadsheet_shows(told: str, seen: str) -> None:
    assert cells(told) == [[seen]]


def test_a_formula_that_was_never_computed_is_an_empty_cell() -> None:
    assert cells("<c><f>A1+1</f></c>", "<c><v>5</v></c>") == [["", "5"]]
    assert cells('<c t="str"><f>A1</f><v></v></c>', "<c><v>5</v></c>") == [["", "5"]]


def styled(formats: str, *ids: int) -> dict[str, bytes]:
    """A part of styles whose n-th style shows the n-th format."""
    used = "".join(f'<xf numFmtId="{n}"/>' for n in ids)
    # The formats of a conditional style and the styles that cells inherit must not be counted.
    more = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    last = '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs>'
    body = f"<numFmts>{formats}</numFmts>{more}<cellXfs>{used}</cellXfs>{last}"
    return {"xl/styles.xml": f"<styleSheet {SPACE}>{body}</styleSheet>".encode()}


def test_a_date_is_known_by_its_style_alone() -> None:
    formats = (
        '<numFmt numFmtId="164" formatCode="#,##0&quot;days&quot;"/>'
        '<numFmt numFmtId="165" formatCode="yyyy&quot;년&quot; m&quot;월&quot;;@"/>'
        '<numFmt numFmtId="166" formatCode="[Red]0.0"/>'
        '<numFmt numFmtId="167" formatCode="[$-412]AM/PM h:mm"/>'
        '<numFmt numFmtId="168" formatCode="[h]:mm"/>'
        '<numFmt numFmtId="169" formatCode="0\\d"/>'
    )
    ids = [0, 14, 31, 46, 164, 165, 166, 167, 168, 169]
    row = [f'<c s="{style}"><v>43830.25</v></c>' for style in range(len(ids))]
    clock, span = "2019-12-31 06:00:00", "43830 days, 6:00:00"
    plain = "43830.25"
    expected = [plain, clock, clock, span, plain, clock, plain, clock, span, plain]
    assert cells(*row, **styled(formats, *ids)) == [expected]


@pytest.mark.parametrize("said", ["1", "true"])
def test_a_workbook_may_count_its_days_from_1904(said: str) -> None:
    with zipfile.ZipFile(io.BytesIO(plain_book())) as parts:
        xml = parts.read("xl/workbook.xml").decode()
    assert "<workbookPr/>" in xml
    parts = styled("", 0, 14) | {
        "xl/workbook.xml": xml.replace("<workbookPr/>", f'<workbookPr date1904="{said}"/>').encode()
    }
    assert cells('<c s="1"><v>42368</v></c>', **parts) == [["2019-12-31"]]


def test_days_that_no_calendar_has_are_a_fault_of_the_cell() -> None:
    with pytest.raises(UploadRefused) as caught:
        cells("<c><v>1</v></c>", '<c s="1"><v>99999999999</v></c>', **styled("", 0, 14))
    assert caught.value.key == "upload_fault_cell"
    assert caught.value.values["column"] == 2


def test_february_of_1900_has_the_day_that_spreadsheets_gave_it() -> None:
    assert moment(1, EPOCH) == "1900-01-01"
    assert moment(59, EPOCH) == "1900-02-28"
    assert moment(61, EPOCH) == "1900-03-01"
    assert moment(0, EPOCH_1904) == "00:00:00"


def test_a_strict_workbook_and_one_with_prefixes_are_read_too() -> None:
    strict = {}
    prefixed = {}
    book = with_shared_words(workbook([["지역", "값"], ["대전", 3]]))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        for name in parts.namelist():
            xml = parts.read(name).decode()
            strict[name] = xml.replace(MAIN, STRICT).encode()
            if name.startswith("xl/worksheets/sheet"):
                xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
            prefixed[name] = xml.encode()
    expected = [(1, ["지역", "값"]), (2, ["대전", "3"])]
    assert ours(repacked(book, **strict)) == expected
    assert ours(repacked(book, **prefixed)) == expected


def test_rows_and_cells_that_a_writer_left_out_stay_empty() -> None:
    content = sheet_of(
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="F3"><v>3</v></c></row>',
        "<row><c><v>4</v></c></row>",
    )
    assert ours(content) == [(3, ["", "1", "2", "", "", "3"]), (4, ["4"])]


def test_styled_but_empty_cells_far_away_are_not_in_the_way() -> None:
    content = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row>',
        '<row r="1048576"><c r="A1048576" s="3"/></row>',
    )
    assert ours(content) == [(1, ["1"])]


def test_only_the_first_cell_of_merged_ones_holds_their_word() -> None:
    book = openpyxl.Workbook()
    book.active.append(["2019", None, "2020"])
    book.active.append(["대전", 1, 2])
    book.active.merge_cells("A1:B1")
    content = io.BytesIO()
    book.save(content)
    assert ours(content.getvalue()) == [(1, ["2019", "", "2020"]), (2, ["대전", "1", "2"])]


def test_a_hidden_sheet_is_not_read_and_a_named_one_is() -> None:
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "숨김", "hidden"
    book.active.append(["비밀"])
    for title in ("빈", "자료", "둘째"):
        book.create_sheet(title)
    book["자료"].append(["대전"])
    book["둘째"].append(["충북"])
    content = io.BytesIO()
    book.save(content)
    grid = from_xlsx("a.xlsx", content.getvalue())
    assert grid.rows[0].cells == ["대전"]
    assert grid.how == {"sheet": "자료", "others": ["숨김", "빈", "둘째"]}
    assert ours(content.getvalue(), "둘째") == [(1, ["충북"])]
    with pytest.raises(UploadRefused, match="비밀|숨김"):
        ours(content.getvalue(), "숨김")


def test_a_chart_on_a_sheet_of_its_own_is_passed_over() -> None:
    book = openpyxl.Workbook()
    book.active.append(["대전", 1])
    book.create_chartsheet("그림", 0)
    content = io.BytesIO()
    book.save(content)
    assert ours(content.getvalue()) == [(1, ["대전", "1"])]


def test_parts_may_be_named_from_the_root_and_links_to_elsewhere_are_left_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(plain_book())) as parts:
        name = "xl/_rels/workbook.xml.rels"
        xml = parts.read(name).decode()
    away = '<Relationship Id="x" Type="a/sharedStrings" Target="/etc" TargetMode="External"/>'
    assert 'Target="/xl/worksheets' in xml
    relative = xml.replace('Target="/xl/', 'Target="').replace("</Rel", away + "</Rel")
    assert ours(repacked(plain_book(), **{name: relative.encode()})) == ours(plain_book())

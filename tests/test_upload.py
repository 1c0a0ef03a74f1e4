"""Files as portals give them are read as they are meant; no damage raises anything unforeseen."""

from __future__ import annotations

import contextlib
import io
import json
import random
import subprocess
import sys
import zipfile
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets, upload
from clusterlib.errors import KitError, UploadRefused
from clusterlib.upload.cells import number, period
from clusterlib.upload.places import gazetteer, key
from tests.upload_corpus import GOOD, SQUARE, feature, geo, repacked, workbook

KOSIS = """\
"행정구역별(1)","산업별(1)","2019","2019","2020","2020"
"행정구역별(1)","산업별(1)","사업체수 (개)","종사자수 (명)","사업체수 (개)","종사자수 (명)"
"전국","전산업","4,176,549","22,723,272","6,032,022","24,813,449"
"전국","제조업","438,000","4,123,000","577,000","4,093,000"
"강원도","전산업","10","20","-","30"
"강원도","제조업","１","X","3","4"
"전라북도","제조업","7","8","9","…"
"대전광역시","제조업","1","2","3","1,234"
"※ 출처: 통계청, 「전국사업체조사」"
"""
TRAILED = KOSIS.replace("조사」", "조사」, 2020")


def values(own: upload.Upload, **where: object) -> list[float]:
    frame = own.frame
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    return frame["value"].tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_same_table_comes_from_every_encoding_and_separator(encoding: str, sign: str) -> None:
    text = "지역,연도,종사자수\n대전광역시,2019,10\n충북,2019,20\n".replace(",", sign)
    own = upload.read("a.csv", text.encode(encoding))
    assert own.frame["region"].tolist() == ["daejeon", "chungbuk"]
    assert own.frame["period"].tolist() == [2019, 2019]
    assert values(own) == [10, 20]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    own = upload.read("a.csv", GOOD.replace("\n", end).encode())
    assert values(own) == [10, 20, 30]


@pytest.mark.parametrize("text", [KOSIS, TRAILED])
def test_a_kosis_table_with_two_header_rows_is_turned_round(text: str) -> None:
    own = upload.read("101_DT.csv", text.encode("cp949"))
    assert set(own.frame["region"]) == {"gangwon", "jeonbuk", "daejeon"}
    assert values(own, region="daejeon", period=2020, item="종사자수") == [1234]
    assert values(own, region="gangwon", period=2019, item="사업체수") == [1]
    assert own.report.gaps == {"suppressed": [6], "absent": [5], "unknown": [7]}
    assert own.report.notes[0][0] == 9
    assert set(own.aside["region"]) == {"korea", "gangwon"}  # the nation, the sum of industries
    assert "전산업" not in set(own.frame["industry"])


def test_a_gap_is_a_gap_and_never_a_zero() -> None:
    own = upload.read("a.csv", "지역,값\n대전,0\n충북,X\n서울,-\n부산,\n대구,…\n".encode())
    assert own.frame["value"].isna().tolist() == [False, True, True, True, True]
    assert own.frame["value"].iloc[0] == 0
    assert set(own.report.gaps) == {"suppressed", "absent", "blank", "unknown"}


def test_every_spelling_of_the_tables_leads_to_its_region() -> None:
    known = datasets.table("region_spellings")
    for row in known[~known["kind"].str.startswith("code")].itertuples():
        assert {p.region for p in gazetteer().find(row.spelling)} == {row.region}, row.spelling


def test_every_municipality_is_found_within_its_province() -> None:
    towns = datasets.table("municipality_spellings")
    regions = datasets.table("regions").set_index("region")
    for row in towns[towns["kind"] == "name_ko"].itertuples():
        for above in (regions.loc[row.region, "full_ko"], regions.loc[row.region, "name_ko"]):
            found = gazetteer().find(f"{above} {row.spelling}")
            assert {p.code for p in found} == {row.code}, f"{above} {row.spelling}"


@pytest.mark.parametrize(
    ("spelled", "region"),
    [
        ("강원도", "gangwon"), ("강원특별자치도", "gangwon"), ("전라북도", "jeonbuk"),
        ("전북", "jeonbuk"), ("제주도", "jeju"), ("대전직할시", "daejeon"), ("Taejon", "daejeon"),
        ("Chungcheongbuk-do", "chungbuk"), ("NORTH CHUNGCHEONG", "chungbuk"), ("세 종", "sejong"),
        ("서울1)", "seoul"), ("ＢＵＳＡＮ", "busan"), ("KR-50", "sejong"), ("전국", "korea"),
    ],
)  # fmt: skip
def test_old_and_new_short_and_full_names_are_known(spelled: str, region: str) -> None:
    assert {p.region for p in gazetteer().find(spelled)} == {region}


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("대전광역시 유성구 가정로 218", "25040"), ("대전유성구", "25040"),
        ("Yuseong-gu, Daejeon", "25040"), ("충북 청주시 흥덕구 오송읍", "33043"),
        ("청주시 흥덕구", "33043"), ("수원시장안구", "31011"), ("인천광역시 남구", "23090"),
        ("경기도 여주군", "31280"), ("세종특별자치시 한누리대로 2130", "29010"),
    ],
)  # fmt: skip
def test_addresses_and_former_names_lead_to_the_municipality(spelled: str, code: str) -> None:
    assert {p.code for p in gazetteer().find(spelled)} == {code}


def test_a_name_is_read_in_the_light_of_the_province_above_it() -> None:
    text = "행정구역,값\n서울특별시,9\n중구,1\n종로구,2\n부산광역시,8\n중구,3\n"
    own = upload.read("a.csv", text.encode())
    assert own.frame["municipality"].tolist() == ["11020", "11010", "21010"]
    assert own.aside["region"].tolist() == ["seoul", "busan"]


def test_a_city_above_its_wards_counts_once() -> None:
    text = "시도,시군구,값\n경기도,소계,99\n경기도,수원시,30\n경기도,장안구,10\n경기도,권선구,20\n"
    own = upload.read("a.csv", text.encode())
    assert own.frame["municipality"].tolist() == ["31011", "31012"]
    assert own.aside["value"].tolist() == [99, 30]


@pytest.mark.parametrize(
    ("codes", "regions", "system"),
    [
        (["36", "46"], ["sejong", "jeonnam"], "mois"),
        (["36", "29", "25"], ["jeonnam", "sejong", "daejeon"], "kostat"),
        (["42", "30"], ["gangwon", "daejeon"], "mois"),
        (["3600000000", "5100000000"], ["sejong", "gangwon"], "mois"),
    ],
)
def test_a_code_is_resolved_from_the_whole_column_and_said(codes, regions, system) -> None:
    text = "시도코드,값\n" + "".join(f"{code},1\n" for code in codes)
    own = upload.read("a.csv", text.encode())
    assert own.frame["region"].tolist() == regions
    assert own.report.system == system


def test_an_ambiguous_code_is_asked_and_the_answer_taken() -> None:
    content = "시도코드,값\n36,1\n".encode()
    with pytest.raises(UploadRefused, match="mois"):
        upload.read("a.csv", content)
    for system, region in (("kostat", "jeonnam"), ("mois", "sejong")):
        assert upload.read("a.csv", content, codes=system).frame["region"].tolist() == [region]


def test_names_decide_where_a_code_stands_beside_them() -> None:
    own = upload.read("a.csv", "시도코드,시도,값\n36,세종,1\n".encode())
    assert own.frame["region"].tolist() == ["sejong"]


def test_nothing_is_half_loaded() -> None:
    content = "지역,값\n대젼,1\n충북,2\n기타,3\n".encode()
    own = upload.read("a.csv", content)
    assert [each.name for each in own.report.unmatched] == ["대젼", "기타"]
    assert own.report.unmatched[0].nearest[0].region == "daejeon"
    with pytest.raises(UploadRefused, match="대젼"):
        _ = own.frame
    settled = upload.read("a.csv", content, places={"대젼": "daejeon", "기타": None})
    assert settled.frame["region"].tolist() == ["daejeon", "chungbuk"]
    assert settled.report.left_out == ["기타"]
    with pytest.raises(UploadRefused, match="nowhere"):
        upload.read("a.csv", content, places={"대젼": "nowhere"})
    with pytest.raises(UploadRefused, match="25040"):
        upload.read("a.csv", content, places={"대젼": "25040"})


def test_the_nearest_municipalities_are_those_of_the_province_named_beside_them() -> None:
    own = upload.read("a.csv", "곳,이름,값\n대전 유셩구,가,1\n충북 진천군,나,2\n".encode())
    (only,) = own.report.unmatched
    assert only.nearest[0].code == "25040"
    assert {place.region for place in only.nearest} == {"daejeon"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234", 1234), ("１２", 12), ("△5", -5), ("(1,234)", -1234), ("12.3%", 12.3),
        ("1e3", 1000),
        ("1,234p", 1234), ("+5", 5), ("−7", -7), ("3명", 3), ("12 개", 12), ("0", 0), (" 5 ", 5),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(cell: str, value: float) -> None:
    assert number(cell).value == value


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 3))
def test_a_number_written_with_thousands_comes_back(value: float, digits: int) -> None:
    written = f"{value:,.{digits}f}"
    if len(written) <= 40:
        assert number(written).value == float(written.replace(",", ""))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2019", 2019), ("2019년", 2019), ("2019.0", 2019), ("2019 p)", 2019),
        ("2020.03", "2020.03"), ("2020년 3월", "2020년 3월"), ("2020 1/4", "2020 1/4"),
        ("2020-12-31", "2020-12-31"), ("1234", None), ("20190", None), ("대전", None),
    ],
)  # fmt: skip
def test_periods_are_recognised(text: str, when: object) -> None:
    assert period(text) == when


def test_firms_are_counted_by_municipality_and_industry() -> None:
    text = (
        "사업체명,소재지,업종,종사자수\n"
        "가,대전광역시 유성구 가정로 1,의약품,10\n"
        "나,대전 유성구 대학로 2,의약품,5\n"
        "다,충북 청주시 흥덕구 오송읍,의료기기,X\n"
    )
    own = upload.read("firms.csv", text.encode())
    assert own.matrix().loc["25040"].to_dict() == {"의료기기": 0, "의약품": 15}
    assert pd.isna(own.matrix().loc["33043", "의료기기"])
    assert own.matrix(count=True).loc["33043"].to_dict() == {"의료기기": 1, "의약품": 0}


def test_a_table_of_nothing_but_totals_has_an_empty_matrix() -> None:
    own = upload.read("a.csv", "지역,종사자수,사업체수\n합계,3,2\n전국,3,2\n".encode())
    assert own.frame.empty
    assert own.matrix(count=True).empty
    assert own.matrix().empty


def test_regions_by_industries_side_by_side_are_a_matrix() -> None:
    own = upload.read("a.csv", b"region,Pharma,Devices\nDaejeon,1,2\nChungbuk,3,X\n")
    assert own.matrix().loc["daejeon"].to_dict() == {"Devices": 2, "Pharma": 1}
    assert pd.isna(own.matrix().loc["chungbuk", "Devices"])


@pytest.mark.parametrize(
    ("name", "kept"), [("_n", "_n"), ("_row", "_row_"), ("_line", "_line_"), ("item", "item_")]
)
def test_a_column_of_text_stays_whatever_its_name(name: str, kept: str) -> None:
    text = f"지역,{name},종사자수,사업체수\n대전,가,1,2\n충북,나,3,4\n"
    own = upload.read("a.csv", text.encode())
    assert own.frame.columns.tolist() == ["region", "place", kept, "item", "value"]
    assert own.frame[kept].tolist() == ["가", "가", "나", "나"]


def test_points_are_put_into_their_municipality() -> None:
    own = upload.read("a.csv", "이름,경도,위도\n가,127.356,36.362\n나,127.327,36.627\n".encode())
    assert own.points[["lon", "lat"]].values.tolist()[0] == [127.356, 36.362]
    assert own.frame["region"].tolist() == ["daejeon", "chungbuk"]
    same = geo(feature(at=[127.356, 36.362]), feature(at=[127.327, 36.627]))
    assert upload.read("a.geojson", same).points["region"].tolist() == ["daejeon", "chungbuk"]


def test_areas_are_matched_by_their_names_and_kept_to_draw() -> None:
    own = upload.read("a.geojson", geo(feature("Polygon", SQUARE, 시도="충남", 값=3)))
    assert own.frame["region"].tolist() == ["chungnam"]
    assert own.shapes["features"][0]["geometry"]["type"] == "Polygon"


def test_a_workbook_is_read_as_its_csv_would_be() -> None:
    table = [
        ["(단위: 명)"],
        ["지역", "연도", "종사자수"],
        ["대전", 2019, 10.0],
        ["충북", 2019, "X"],
    ]
    own = upload.read("a.xlsx", workbook(table, 둘째="visible", 숨김="hidden"))
    assert own.frame["value"].tolist()[:1] == [10]
    assert own.report.gaps == {"suppressed": [4]}
    assert own.report.how["others"] == ["둘째", "숨김"]
    with pytest.raises(UploadRefused, match="둘째"):
        upload.read("a.xlsx", workbook(table, 둘째="visible"), sheet="없음")


def test_no_library_that_opens_other_files_is_asked_to_read_an_upload() -> None:
    ask = (
        "import sys; from clusterlib import upload\n"
        "upload.read('a.csv', '이름,경도,위도\\n가,127.3,36.3\\n'.encode())\n"
        "print([m for m in ('fiona', 'pyogrio', 'osgeo', 'geopandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_report_speaks_both_languages() -> None:
    own = upload.read("a.csv", KOSIS.encode())
    ko, en = own.report.lines("ko"), own.report.lines("en")
    assert len(ko) == len(en) >= 5
    assert any("6" in line for line in en)


def test_keys_ignore_what_does_not_distinguish() -> None:
    assert key(" Dae-jeon 1)") == key("DAEJEON")


TEXTS = [
    (KOSIS, "cp949", "k.csv"),
    (KOSIS, "utf-16", "k.csv"),
    (GOOD, "utf-8-sig", "g.csv"),
    ("이름,경도,위도,값\n가,127.3,36.3,5\n나,126.9,37.5,6\n", "utf-8", "p.csv"),
    ("시도코드,시군구,값\n30,유성구,5\n30,중구,6\n", "utf-8", "c.csv"),
    (
        "회사,소재지,업종,인원\n가,대전 유성구 1,약,5\n나,충북 청주시 흥덕구 2,약,X\n",
        "utf-8",
        "f.csv",
    ),
    (geo(feature(값=3), feature("Polygon", SQUARE, 시도="충남")).decode(), "utf-8", "m.geojson"),
]
SIGNS = [*'",\n{}[]<>-;X.0:() 가\t', "9" * 30, "2019", "대전", "합계", "1,234", "\r\n", "−", "…"]
BYTES = [b"\x00", b"\xff", b"PK", b"\xef\xbb\xbf"]


def mutated(made: list, bits: list, chance: random.Random) -> list:
    """The same signs with a few cut, doubled, replaced, turned round or put elsewhere."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice([1, 1, 2, 8, 40]))
        part, kind = made[at:end], chance.randrange(5)
        if kind == 0:
            del made[at:end]
        elif kind == 1:
            made[at:at] = part
        elif kind == 2:
            made[at:end] = list(chance.choice(bits))
        elif kind == 3:
            made[at:end] = part[::-1]
        else:
            del made[at:end]
            to = chance.randrange(len(made) + 1)
            made[to:to] = part
    return made


def damaged_file(chance: random.Random, book: bytes) -> tuple[str, bytes]:
    """A file damaged in its text, in the XML of its sheet, or in its raw bytes."""
    if chance.random() < 0.2:
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            name = chance.choice([n for n in parts.namelist() if n.endswith(".xml")])
            xml = parts.read(name).decode()
        return "b.xlsx", repacked(book, **{name: "".join(mutated([*xml], SIGNS, chance)).encode()})
    text, encoding, name = chance.choice(TEXTS)
    if chance.random() < 0.15:
        raw = book if chance.random() < 0.5 else text.encode(encoding)
        return name, bytes(mutated([*raw], BYTES, chance))
    return name, "".join(mutated([*text], SIGNS, chance)).encode(encoding, "ignore")


def mutate(first: int, last: int) -> Counter[str]:
    """Read damaged files one by one; what became of them, by the refusal's key or "read"."""
    outcomes: Counter[str] = Counter()
    book = workbook([["지역", "값"], ["대전", 1], ["충북", "X"]])
    for seed in range(first, last):
        name, damaged = damaged_file(random.Random(seed), book)
        try:
            own = upload.read(name, damaged)
            own.report.lines("ko")
            outcomes["read"] += 1
            if own.settled:
                assert "region" in own.frame or own.shapes
        except KitError as refused:
            str(refused)  # the words have every blank that they need
            outcomes[refused.key] += 1
        except Exception as broken:
            raise AssertionError(f"seed {seed} ({name}): {broken!r}\n{damaged[:300]!r}") from broken
    return outcomes


def test_a_thousand_mutations_raise_nothing_but_the_kits_errors() -> None:
    outcomes = mutate(0, 1000)
    assert outcomes["read"] > 100  # the damage is not so heavy that nothing is left to read
    assert len(outcomes) > 12


@pytest.mark.long
def test_ten_thousand_mutations_raise_nothing_but_the_kits_errors() -> None:
    assert sum(mutate(1000, 11_000).values()) == 10_000


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.geojson"]))
def test_any_bytes_at_all_are_read_or_refused(content: bytes, name: str) -> None:
    with contextlib.suppress(UploadRefused):
        upload.read(name, content)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=20))
def test_any_json_at_all_is_read_or_refused(value: object) -> None:
    found = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": value}]}
    with contextlib.suppress(UploadRefused):
        upload.read("a.geojson", json.dumps(found).encode("utf-8", "surrogatepass"))


def test_provinces_in_their_usual_order_are_all_provinces() -> None:
    """Sejong is a province and its own only municipality: after another one it is still both."""
    known = datasets.regions().query("kind == 'province'").sort_values("code_kostat")
    provinces = list(known["region"])
    rows = "".join(f"{name},{n}\n" for n, name in enumerate(known["name_ko"], 1))
    own = upload.read("a.csv", f"지역,값\n{rows}".encode())
    assert own.settled
    assert list(own.frame["region"]) == provinces

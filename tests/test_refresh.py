"""Official statistics fetched again: what is asked, what is kept, what is refused, what is secret.

The answers here have the shapes that the offices document; none was recorded from a live call,
since the tests have neither a key nor a network: documented shape, not recorded.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus

import httpx
import pytest

from clusterlib import catalog, cli, datasets, refresh
from clusterlib.errors import DataChanged, KitError, UnknownName
from clusterlib.i18n import LANGUAGES, Words, explain
from clusterlib.refresh import abroad, judge, kosis, shapes

KEY = "ZmFr+ZS9rZXk=tEsT0key"
WITH_KEY = {"KOSIS_API_KEY": KEY}
NOW = datetime(2024, 11, 25, 9, 30, tzinfo=UTC)
JOBS = refresh.registry()["tables"]
KOSIS = refresh.registry()["providers"]["kosis"]
Handler = Callable[[httpx.Request], httpx.Response]


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nobody waits in a test: the client's and our own pace run on this clock."""
    made = Clock()
    monkeypatch.setattr("pykosis._transport.time", made)
    monkeypatch.setattr("clusterlib.refresh.abroad.time", made)
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data/own/refreshed that `datasets.latest` reads too."""
    place = tmp_path / "own" / "refreshed"
    monkeypatch.setattr(catalog, "REFRESHED", place)
    catalog.forget()
    yield place
    catalog.forget()


class Run:
    """One run against a mock network: what was said, what was asked, whether all was kept."""

    def __init__(self, handler: Handler, *names: str, **options: Any) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return handler(request)

        given = {"environment": WITH_KEY, "now": NOW, "transport": httpx.MockTransport(answer)}
        self.kept = refresh.run(names, self._say, **given | options)

    def _say(self, key: str, **values: Any) -> None:
        self.said.append((key, values))

    @property
    def reasons(self) -> list[str]:
        return [values["error"].key for key, values in self.said if key == "because"]

    @property
    def text(self) -> str:
        """Everything that the run would print, in both languages."""
        lines = []
        for key, values in self.said:
            for lang in LANGUAGES:
                why = {"why": explain(values["error"], lang)} if "error" in values else {}
                plain = {k: v for k, v in values.items() if k != "error"}
                lines.append(Words(lang)(f"refresh.{key}", **plain, **why))
        return "\n".join(lines)


def asked(request: httpx.Request) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(request.url.query.decode()).items()}


def cell(year: int, name: str, value: Any, item: str = "T20", **more: str) -> dict[str, str]:
    """One row of statisticsParameterData.do, as its guide describes it."""
    return {"ORG_ID": "101", "PRD_DE": str(year), "ITM_ID": item, "C1_NM": name, "DT": str(value),
            "UNIT_NM": "", **more}  # fmt: skip


FULL = {row["region"]: row["full_ko"] for row in shapes.plain(datasets.regions())}


def people(request: httpx.Request, change: Callable[[int, str, int], Any] | None = None) -> Any:
    """Registered residents as the kit has them, the year after the last one repeated."""
    frame = datasets.population()
    last = int(frame["year"].max())
    newer = frame[frame["year"] == last].assign(year=last + 1)
    span = range(int(asked(request)["startPrdDe"]), int(asked(request)["endPrdDe"]) + 1)
    rows = [
        cell(r["year"], FULL[r["region"]], change(r["year"], r["region"], r["population"])
             if change else r["population"])
        for part in (frame, newer)
        for r in shapes.plain(part)
        if r["year"] in span
    ]  # fmt: skip
    rows += [cell(last, "전국", 1), cell(last, "중구", 5)]  # sums and parts that are not provinces
    return httpx.Response(200, json=[row for row in rows if row["DT"] != "None"])


def fault(code: str) -> Handler:
    return lambda _: httpx.Response(200, json={"err": code, "errMsg": f"오류입니다 {KEY}"})


# ---- what is kept


def test_a_table_is_fetched_sealed_and_read_in_place_of_the_kits_own(folder: Path) -> None:
    before = catalog.read("population")
    run = Run(people, "population")
    assert run.kept, run.text
    record = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"][0]
    content = (folder / record["path"]).read_bytes()
    assert record["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert record["retrieved"] == "2024-11-25T09:30:00+00:00"
    assert record["rows"] == len(datasets.population()) + 17
    newest = datasets.latest("population")
    assert newest["year"].max() == datasets.population()["year"].max() + 1
    assert list(newest) == list(datasets.population())
    assert catalog.read("population") == before
    assert datasets.citation(newest, "en") == (
        "Statistics Korea (KOSIS), registered residents (2024)"
    )


def test_without_a_fetched_table_the_sealed_one_is_the_latest(folder: Path) -> None:
    assert datasets.latest("population").equals(datasets.population())
    with pytest.raises(KitError, match="refresh us_county_jobs"):
        datasets.latest("us_county_jobs")


def test_a_fetched_file_that_was_changed_is_refused_and_can_be_fetched_again(folder: Path) -> None:
    assert Run(people, "population").kept
    path = next(folder.glob("population.*.csv"))
    path.write_bytes(path.read_bytes().replace(b"seoul", b"seoil", 1))
    catalog.forget()
    with pytest.raises(DataChanged, match="refresh population"):
        datasets.latest("population")
    assert Run(people, "population").kept
    assert len(datasets.latest("population")) > 0


def test_a_broken_catalogue_of_fetched_tables_counts_as_none(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert datasets.latest("population").equals(datasets.population())
    assert Run(people, "population").kept


def test_a_second_table_leaves_the_first_and_a_newer_one_replaces_its_file(folder: Path) -> None:
    assert Run(people, "population").kept
    assert Run(wealth, "grdp_per_head").kept
    raised = Run(lambda request: people(request, lambda y, r, n: n + 1), "population")
    assert raised.kept
    assert set(catalog.refreshed()) == {"population", "grdp_per_head"}
    assert len(list(folder.glob("population.*.csv"))) == 1
    assert not catalog.problems(folder)


def wealth(request: httpx.Request) -> httpx.Response:
    rows = shapes.plain(datasets.grdp_per_head())
    names = FULL | {"korea": "전국", "gangwon": "강원도", "jeonbuk": "전라북도"}
    given = [cell(r["year"], names[r["region"]], r["grdp_per_head"], "T1") for r in rows]
    return httpx.Response(200, json=given)


def test_old_names_of_provinces_and_the_nation_are_understood(folder: Path) -> None:
    run = Run(wealth, "grdp_per_head")
    assert run.kept, run.text
    own, fetched = datasets.grdp_per_head(), datasets.latest("grdp_per_head")
    columns = ["year", "region", "name_ko", "grdp_per_head", "includes"]
    assert fetched[columns].equals(own[columns])


@pytest.mark.parametrize("step", [1, 2])
def test_whatever_step_of_writing_fails_the_old_table_stays_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    assert Run(people, "population").kept
    before = datasets.latest("population")
    real, calls = refresh.shelf.os.replace, []

    def failing(*paths: Any) -> None:
        calls.append(paths)
        if len(calls) == step:
            raise OSError(28, "No space left on device")
        real(*paths)

    with monkeypatch.context() as patch:
        patch.setattr(refresh.shelf.os, "replace", failing)
        run = Run(lambda request: people(request, lambda y, r, n: n + 1), "population")
    assert not run.kept
    assert run.reasons == ["cannot_write"]
    catalog.forget()
    assert datasets.latest("population").equals(before)
    assert not list(folder.glob("*.part"))


# ---- what is refused


def test_each_code_of_kosis_has_its_own_words_and_nothing_is_written(folder: Path) -> None:
    for code in kosis.CODES:
        run = Run(fault(code), "population")
        empty = code == "30"  # no data at all: not an error to the client, but nothing to keep
        assert not run.kept
        assert run.reasons == ["refresh_empty" if empty else f"kosis_{code}"]
        assert KEY not in run.text
        assert all(explain(KitError(f"kosis_{code}"), lang) for lang in LANGUAGES)
    assert not folder.exists()


def raising(error: type[Exception]) -> Handler:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error(f"failed for {request.url}")

    return fail


HTML = "<!doctype html><html><body>로그인 https://kosis.kr/?apiKey=" + KEY + "</body></html>"
BROKEN: dict[str, tuple[Handler, str]] = {
    "timeout": (raising(httpx.ReadTimeout), "no_answer"),
    "no connection": (raising(httpx.ConnectError), "no_answer"),
    "500": (lambda _: httpx.Response(500, text=HTML), "no_answer"),
    "403": (lambda _: httpx.Response(403, text=HTML), "no_answer"),
    "302 with the key": (
        lambda r: httpx.Response(302, headers={"Location": f"https://elsewhere.example/?{r.url.query.decode()}"}),
        "no_answer",
    ),
    "429": (lambda _: httpx.Response(429), "kosis_40"),
    "an unknown code": (fault("99"), "answer_not_data"),
    "a code that echoes the key": (fault(KEY), "answer_not_data"),
    "html": (lambda _: httpx.Response(200, html=HTML), "answer_not_data"),
    "truncated": (lambda r: httpx.Response(200, text=people(r).text[:-40]), "answer_not_data"),
    "empty": (lambda _: httpx.Response(200, text=""), "answer_not_data"),
    "not utf-8": (lambda _: httpx.Response(200, content="오류".encode("cp949")), "answer_not_data"),
    "a word": (lambda _: httpx.Response(200, json=KEY), "answer_not_data"),
    "a list of words": (lambda _: httpx.Response(200, json=[KEY]), "answer_not_data"),
    "other columns": (lambda _: httpx.Response(200, json=[{"a": KEY}]), "answer_shape"),
    "deep": (lambda _: httpx.Response(200, text="[" * 100_000), "answer_not_data"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_whatever_goes_wrong_is_one_sentence_and_never_holds_the_key(
    name: str, folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    handler, reason = BROKEN[name]
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    run = Run(handler, "population")
    assert not run.kept
    assert run.reasons == [reason]
    assert not folder.exists()
    errors = [values["error"] for _, values in run.said if "error" in values]
    traced = "".join("".join(traceback.format_exception(error)) for error in errors)
    chained = [link for error in errors for link in (error.__cause__, error.__context__) if link]
    out, err = capfd.readouterr()
    everything = [run.text, caplog.text, out, err, traced, repr(errors), repr(chained)]
    for secret in (KEY, quote_plus(KEY)):
        assert not [text for text in everything if secret in text]


def test_the_key_stands_in_the_address_of_a_call_and_in_no_file_or_log(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    run = Run(people, "population")
    assert asked(run.requests[0])["apiKey"] == KEY
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (KEY, quote_plus(KEY)):
        assert secret.encode() not in kept
        assert secret not in caplog.text
        assert secret not in run.text
    assert logging.getLogger("httpx").level == logging.DEBUG  # quiet only while it asks


@pytest.mark.parametrize("bad", ["두벌식", "a\nb", "\ud800"])
def test_a_key_that_cannot_be_one_is_refused_before_any_call(folder: Path, bad: str) -> None:
    run = Run(people, "population", environment={"KOSIS_API_KEY": bad})
    assert run.reasons == ["key_unusable"]
    assert bad not in run.text
    assert not run.requests


def test_without_a_key_nothing_is_asked_or_touched_and_the_way_to_one_is_said(folder: Path) -> None:
    for names in ((), ("us_county_jobs", "population")):
        with pytest.raises(kosis.KeyMissing) as caught:
            Run(people, *names, environment={"KOSIS_API_KEY": "  "})
        for lang in LANGUAGES:
            assert KOSIS["signup"] in explain(caught.value, lang)
    assert not folder.exists()


def test_an_unknown_table_is_answered_with_the_nearest_one(folder: Path) -> None:
    with pytest.raises(UnknownName, match="population"):
        Run(people, "populaton")


# ---- pace and size


def test_calls_stay_under_200_a_minute_whatever_the_answers(folder: Path, clock: Clock) -> None:
    times: list[float] = []

    def busy(request: httpx.Request) -> httpx.Response:
        times.append(clock.now)
        one = [cell(1700, "서울특별시", 1)]
        return httpx.Response(503) if len(times) % 3 == 0 else httpx.Response(200, json=one)

    client = kosis.Client(KOSIS, KEY, httpx.MockTransport(busy))
    for year in range(1700, 2000):
        client.rows(JOBS["population"], year, year)
    assert len(times) > 400
    window = max(sum(start <= t < start + 60 for t in times) for start in times)
    assert 100 < window < 200


@pytest.mark.parametrize("name", ["qcew", "eurostat"])
def test_offices_abroad_are_asked_no_faster_than_their_pace(clock: Clock, name: str) -> None:
    times: list[float] = []

    def timed(request: httpx.Request) -> httpx.Response:
        times.append(clock.now)
        clock.now += 0.2  # the answer takes its time
        return httpx.Response(404 if len(times) % 2 else 200, text="a")

    provider = refresh.registry()["providers"][name]
    client = abroad.Client(provider, httpx.MockTransport(timed))
    for _ in range(200):
        client.text("https://office.example/table")
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(gaps) == 199
    assert min(gaps) >= 60 / provider["calls_a_minute"] - 1e-6


@pytest.mark.parametrize("name", [n for n, job in JOBS.items() if job["provider"] == "kosis"])
def test_no_call_asks_for_more_than_40000_cells_and_no_year_is_left_out(name: str) -> None:
    client = kosis.Client(KOSIS, KEY, httpx.MockTransport(fault("50")))
    spans = client.spans(JOBS[name], 2025)
    assert all((last - first + 1) * JOBS[name]["cells_a_year"] <= 40_000 for first, last in spans)
    years = [year for first, last in spans for year in range(first, last + 1)]
    assert years == list(range(JOBS[name]["from"], 2026))


def test_a_piece_that_kosis_finds_too_large_is_halved_until_it_fits(folder: Path) -> None:
    def strict(request: httpx.Request) -> httpx.Response:
        query = asked(request)
        large = int(query["endPrdDe"]) - int(query["startPrdDe"]) > 5
        return fault("31")(request) if large else people(request)

    run = Run(strict, "population")
    assert run.kept, run.text
    assert datasets.latest("population")["year"].min() == 1992


def test_two_tables_of_one_source_ask_once(folder: Path) -> None:
    run = Run(moves, "net_migration", "capital_migration", accept=True)
    assert run.kept, run.text
    assert len(run.requests) == 1


# ---- shapes


def moves(request: httpx.Request) -> httpx.Response:
    """Everyone moves by a rule: from the place with number a to the one with b, a * 10 + b."""
    rows = []
    for year in (1988, 2023):
        for a, start in enumerate(FULL):
            for b, goal in enumerate(FULL):
                if start not in ("capital", "rest") and goal not in ("capital", "rest"):
                    names = {"C2_NM": FULL[goal]}
                    rows.append(cell(year, FULL[start], a * 10 + b, "T70", **names))
    return httpx.Response(200, json=rows)


def test_moves_become_balances_without_what_stays_inside_or_did_not_stand_yet(folder) -> None:
    assert Run(moves, "net_migration", "capital_migration", accept=True).kept
    net = datasets.latest("net_migration").set_index(["year", "region"])
    keys = [r for r in FULL if r not in ("korea", "capital", "rest")]
    number = {region: n for n, region in enumerate(keys)}
    old = [r for r in keys if r not in ("daejeon", "ulsan", "sejong")]
    assert set(net.loc[1988].index) == set(old)
    for year, there in ((1988, old), (2023, keys)):
        for region in there:
            others = [number[r] for r in there if r != region]
            inflow = sum(a * 10 + number[region] for a in others)
            outflow = sum(number[region] * 10 + b for b in others)
            row = net.loc[year, region]
            assert (row["inflow"], row["outflow"]) == (inflow, outflow)
            assert row["net_migration"] == inflow - outflow
    capital = datasets.latest("capital_migration").set_index("year").loc[2023]
    inside = ["seoul", "incheon", "gyeonggi"]
    assert capital["net_migration"] == sum(net.loc[(2023, r), "net_migration"] for r in inside)
    outside = net.loc[2023].drop(inside)["net_with_capital"]
    assert capital["net_migration"] == -outside.sum()
    assert net.loc[2023].loc[inside, "net_with_capital"].isna().all()


def test_ages_are_added_to_the_kits_groups(folder: Path) -> None:
    ages = {"계": 100, "20 - 24세": 1, "25 - 29세": 2, "30 - 34세": 4, "35 - 39세": 8}

    def young(request: httpx.Request) -> httpx.Response:
        assert asked(request)["objL3"] == "000 120 130 150 160"
        rows = [
            cell(year, FULL[r["region"]], value * (2 if item == "T10" else 1), item, C3_NM=age)
            for year in (2024, 2025)
            for r in shapes.plain(datasets.regions()) if r["kind"] == "province"
            for age, value in ages.items()
            for item in ("T10", "T20")
        ]  # fmt: skip
        return httpx.Response(200, json=rows)

    assert Run(young, "youth_net_migration", accept=True, now=datetime(2026, 5, 1)).kept
    one = datasets.latest("youth_net_migration").query("year == 2024 and region == 'seoul'")
    assert dict(zip(one["age_group"], one["net_migration"], strict=True)) == {
        "20s": 3, "30s": 12, "20-39": 15, "all": 100,
    }  # fmt: skip


TRADES = (("C21", "의약품 제조업", "Pharmaceuticals"), ("M70", "연구개발업", ""))


def trades(request: httpx.Request) -> httpx.Response:
    rows = [
        cell(year, FULL[r["region"]], "-" if code == "C21" else 7, item, C2=code, C2_NM=name,
             C2_NM_ENG=english)
        for year in (2022, 2023)
        for r in shapes.plain(datasets.regions()) if r["kind"] == "province"
        for code, name, english in TRADES
        for item in ("T1", "T2")
    ]  # fmt: skip
    return httpx.Response(200, json=rows)


def test_a_suppressed_cell_stays_blank_and_a_province_that_lacks_is_noticed(folder: Path) -> None:
    assert Run(trades, "industries_by_province").kept
    frame = datasets.latest("industries_by_province")
    assert frame[frame["industry"] == "C21"]["workers"].isna().all()
    assert (frame[frame["industry"] == "M70"]["workers"] == 7).all()
    assert set(frame["industry_en"]) == {"Pharmaceuticals", "연구개발업"}

    def less(request: httpx.Request) -> httpx.Response:
        rows = [row for row in trades(request).json() if row["C1_NM"] != "세종특별자치시"]
        return httpx.Response(200, json=rows)

    run = Run(less, "industries_by_province")
    assert run.reasons == ["refresh_places"]
    assert "sejong" in run.text


# ---- judged against what is there


CHANGES = {
    "a year is gone": (lambda y, r, n: None if y == 2000 else n, "refresh_years"),
    "a place is gone": (lambda y, r, n: None if r == "jeju" and y > 2019 else n, "refresh_places"),
    "a past figure is another": (
        lambda y, r, n: n * 2 if (y, r) == (2010, "busan") else n,
        "refresh_revised",
    ),
    "the newest year leaps": (lambda y, r, n: n * 3 if y == 2021 else n, "refresh_jump"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_person_should_see_is_kept_only_when_accepted(name: str, folder: Path) -> None:
    change, reason = CHANGES[name]

    def other(request: httpx.Request) -> httpx.Response:
        return people(request, change)

    run = Run(other, "population")
    assert not run.kept
    assert reason in run.reasons
    assert "--accept" in run.text
    assert not folder.exists()
    assert Run(other, "population", accept=True).kept
    assert reason in catalog.refreshed(folder)["population"]["accepted"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda y, r, n: -5 if (y, r) == (2010, "busan") else n, "refresh_cell"),
        (lambda y, r, n: None, "refresh_empty"),
    ],
)
def test_what_is_plainly_wrong_is_never_accepted(folder: Path, change, reason: str) -> None:
    run = Run(lambda request: httpx.Response(
        200, json=[row for row in people(request, change).json() if row["C1_NM"] in FULL.values()]
    ), "population", accept=True)  # fmt: skip
    assert not run.kept
    assert run.reasons[0] == reason
    assert "--accept" not in run.text
    assert not folder.exists()


@pytest.mark.parametrize(
    "odd", [{"ITM_ID": KEY}, {"PRD_DE": "20x4"}, {"C1_NM": None}, {"DT": "1.2.3"}]
)
def test_an_odd_row_is_left_out_or_refused_but_never_an_error_of_python(folder: Path, odd) -> None:
    def mixed(request: httpx.Request) -> httpx.Response:
        rows = trades(request).json()
        return httpx.Response(200, json=[rows[0] | odd, *rows[1:]])

    run = Run(mixed, "industries_by_province")
    assert run.kept or run.reasons == ["answer_shape"]
    assert KEY not in run.text


def test_a_row_that_comes_twice_is_never_accepted(folder: Path) -> None:
    def twice(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=people(request).json() * 2)

    assert Run(twice, "population", accept=True).reasons == ["refresh_twice"]


def test_small_numbers_may_double_without_a_word() -> None:
    schema = JOBS["industries_by_province"]["record"]["schema"]
    row = dict.fromkeys([f["name"] for f in schema["fields"]], "x")
    old = row | {"year": 2022, "workers": 3, "establishments": 1}
    new = old | {"year": 2023, "workers": 90}
    assert judge.doubtful([old, new], [], schema, {"jump": 0.5}) == []
    assert judge.doubtful([old, new | {"workers": 900}], [], schema, {"jump": 0.5})


def test_one_table_that_fails_leaves_the_others(folder: Path) -> None:
    def half(request: httpx.Request) -> httpx.Response:
        return people(request) if asked(request)["tblId"] == "DT_1B040A3" else fault("21")(request)

    run = Run(half, "grdp_per_head", "population")
    assert not run.kept
    assert set(catalog.refreshed()) == {"population"}
    assert run.said[-1] == ("done", {"kept": 1, "asked": 2, "folder": "data/own/refreshed"})


# ---- abroad


def county(area: str, year: int, workers: int = 4000) -> str:
    """An annual area slice of QCEW, with the columns that its layout names."""
    out = io.StringIO()
    head = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr",
            "disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "oty"]  # fmt: skip
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    for own, industry, hidden, estabs, emplvl in (
        ("0", "10", "", 9, 9), ("5", "3254", "", 90, workers), ("5", "5417", "", 400, 15000),
        ("1", "5417", "N", 2, 0), ("5", "31-33", "", 7, 7),
    ):  # fmt: skip
        row = [area, own, industry, "76", "0", year, "A", hidden, estabs, emplvl, 1]
        writer.writerow(row)
    return out.getvalue()


def counties(request: httpx.Request, first: int = 2019, last: int = 2022) -> httpx.Response:
    if request.url.host != "data.bls.gov":
        return httpx.Response(503)
    year, area = int(request.url.path.split("/")[4]), request.url.path.split("/")[-1][:5]
    if not first <= year <= last:
        return httpx.Response(404, html="<html>not here</html>")
    return httpx.Response(200, text=county(area, year, 4000 + year))


def test_counties_need_no_key_and_a_suppressed_figure_is_blank(folder: Path) -> None:
    run = Run(counties, "us_county_jobs", environment={})
    assert run.kept, run.text
    frame = datasets.latest("us_county_jobs")
    assert set(frame["year"]) == {2019, 2020, 2021, 2022}
    assert len(frame) == 3 * 4 * 3
    hidden = frame[frame["suppressed"]]
    assert set(zip(hidden["industry"], hidden["owner"], strict=True)) == {("5417", "1")}
    assert hidden["workers"].isna().all()
    assert (hidden["establishments"] == 2).all()
    assert frame["workers"].notna().sum() == len(frame) - len(hidden)
    # the year that is not out, the years that are, and one that is no longer kept
    assert len(run.requests) == 3 * (1 + 4 + 1)
    assert {request.url.host for request in run.requests} == {"data.bls.gov"}


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (lambda _: httpx.Response(404), "refresh_empty"),
        (lambda _: httpx.Response(500), "no_answer"),
        (lambda _: httpx.Response(301, headers={"Location": "https://x.example"}), "no_answer"),
        (raising(httpx.ConnectTimeout), "no_answer"),
        (lambda _: httpx.Response(200, html=HTML), "answer_not_data"),
        (lambda _: httpx.Response(200, content=b"\xff\xfe\x00"), "answer_not_data"),
        (lambda _: httpx.Response(200, text=""), "answer_shape"),
        (lambda _: httpx.Response(200, text="a,b\n1,2\n"), "answer_shape"),
        (lambda _: httpx.Response(200, text=county("24031", 1990)), "answer_shape"),
        (lambda _: httpx.Response(200, content=b"x" * (abroad.LARGEST + 1)), "answer_not_data"),
    ],
)
def test_a_county_that_does_not_come_as_documented_is_refused(folder, handler, reason) -> None:
    run = Run(handler, "us_county_jobs", environment={})
    assert run.reasons == [reason]
    assert not folder.exists()


def cube(request: httpx.Request, years: tuple[str, ...], as_list: bool = False) -> Any:
    """A JSON-stat 2.0 dataset as the Statistics API gives it; blank where it has no value."""
    query = parse_qs(request.url.query.decode())
    name = "indic_sb" if "indic_sb" in query else "indic_sbs"
    axes = {"freq": ["A"], "nace_r2": query["nace_r2"], name: query[name], "geo": query["geo"],
            "time": list(years)}  # fmt: skip
    size = [len(codes) for codes in axes.values()]
    total = 1
    for n in size:
        total *= n
    values = {str(n): 100 + n for n in range(total) if n != 1}
    listed = [values.get(str(n)) for n in range(total)]
    index = {key: {code: n for n, code in enumerate(codes)} for key, codes in axes.items()}
    dimension = {key: {"category": {"index": each}} for key, each in index.items()}
    body = {"version": "2.0", "class": "dataset", "id": list(axes), "size": size,
            "dimension": dimension, "value": listed if as_list else values}  # fmt: skip
    return body


def nordic(request: httpx.Request) -> httpx.Response:
    newer = request.url.path.endswith("sbs_r_nuts2021")
    years = ("2021", "2022") if newer else ("2018", "2019", "2020")
    return httpx.Response(200, json=cube(request, years, as_list=newer))


def test_regions_come_as_two_series_that_nobody_joins(folder: Path) -> None:
    run = Run(nordic, "nordic_region_jobs", environment={})
    assert run.kept, run.text
    assert len(run.requests) == 2
    frame = datasets.latest("nordic_region_jobs")
    assert {str(s): set(g["year"]) for s, g in frame.groupby("series")} == {
        "sbs_2008": {2018, 2019, 2020},
        "sbs_2021": {2021, 2022},
    }
    assert set(frame["area"]) == {"DK01", "DK02", "SE22"}
    row = frame.set_index(["series", "industry", "area", "year"])
    # place 1 of the cube has no value: C21, local units, DK01, the second year
    assert row.loc[("sbs_2008", "C21", "DK01", 2019), "establishments"] is not None
    assert row["establishments"].isna().sum() == 2
    # row-major: C21, persons, SE22, 2020 is (0*2+1)*9 + 2*3 + 2
    assert row.loc[("sbs_2008", "C21", "SE22", 2020), "workers"] == 100 + 17


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.pop("value"),
        lambda body: body.update(size=[1]),
        lambda body: body["value"].update({"99999": 1}),
        lambda body: body.update(value="x"),
        lambda body: body["dimension"].pop("geo"),
        lambda body: body.update(id=None),
    ],
)
def test_a_cube_that_is_not_whole_is_refused(folder: Path, spoil) -> None:
    def damaged(request: httpx.Request) -> httpx.Response:
        body = cube(request, ("2019", "2020"))
        spoil(body)
        return httpx.Response(200, json=body)

    run = Run(damaged, "nordic_region_jobs", environment={})
    assert run.reasons == ["answer_not_data"]


EUROSTAT_FAULT = {"error": [{"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}]}


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (lambda _: httpx.Response(404), "no_answer"),
        (lambda _: httpx.Response(413, json=EUROSTAT_FAULT), "no_answer"),
        (lambda _: httpx.Response(503), "no_answer"),
        (raising(httpx.ReadTimeout), "no_answer"),
        (lambda _: httpx.Response(200, json=EUROSTAT_FAULT), "answer_not_data"),
        (lambda _: httpx.Response(200, html=HTML), "answer_not_data"),
        (lambda _: httpx.Response(200, text="{"), "answer_not_data"),
        (lambda _: httpx.Response(200, text="[" * 50), "answer_not_data"),
        (lambda _: httpx.Response(200, text=""), "answer_not_data"),
    ],
)
def test_a_cube_that_does_not_come_is_refused(folder: Path, handler, reason: str) -> None:
    assert Run(nordic, "nordic_region_jobs", environment={}).kept
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run = Run(handler, "nordic_region_jobs", environment={})
    assert not run.kept
    assert run.reasons == [reason]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["population", "us_county_jobs", "nordic_region_jobs"])
def test_a_fetched_table_says_where_it_is_from_and_when_it_was_asked(
    folder: Path, name: str
) -> None:
    handlers = {"population": people, "us_county_jobs": counties, "nordic_region_jobs": nordic}
    run = Run(handlers[name], name)
    assert run.kept, run.text
    record = catalog.refreshed(folder)[name]
    assert record["source"] == JOBS[name]["source"]
    assert record["source"]["url"].startswith("https://")
    assert record["retrieved"] == NOW.isoformat(timespec="seconds")
    assert record["bytes"] == (folder / record["path"]).stat().st_size
    assert set(datasets.latest(name)["source"]) == {JOBS[name]["source"]["source"]}
    assert set(datasets.latest(name)["confidence"]) == {JOBS[name]["confidence"]}
    # Every call is announced or its arrival told, before the table is said to be kept.
    told = [key for key, _ in run.said]
    assert told[-2:] == ["kept", "done"]
    assert len(told) > 2
    assert set(told[:-2]) <= {"asking", "arrived"}


# ---- the registry and the command line


def test_one_module_alone_knows_the_client_of_kosis() -> None:
    files = sorted(Path(refresh.__file__).parents[1].rglob("*.py"))
    assert [path.name for path in files if "pykosis" in path.read_text("utf-8")] == ["kosis.py"]


def test_the_registry_names_what_the_kit_can_do_and_holds_no_key() -> None:
    text = refresh.REGISTRY.read_text("utf-8")
    assert "apiKey" not in text
    providers = refresh.registry()["providers"]
    for name, job in JOBS.items():
        assert job["provider"] in providers
        assert job["shape"] in shapes.SHAPES
        assert name in catalog.records() or "schema" in job["record"]
        assert all(job["source"][f"short_{lang}"] for lang in LANGUAGES)
        about = refresh.known()[name]
        assert all(about[f"{text}_{lang}"] for text in ("title", "caveats") for lang in LANGUAGES)
    assert all(provider["calls_a_minute"] < 200 for provider in providers.values())


def test_the_command_without_a_key_says_where_to_get_one_and_leaves_with_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KOSIS_API_KEY", raising=False)
    assert cli.main(["refresh"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count(KOSIS["signup"]) == len(LANGUAGES)
    assert not folder.exists()


def test_the_command_lists_what_can_be_fetched_in_both_languages(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["refresh", "--list"]) == 0
    said = capsys.readouterr().out
    for lang in LANGUAGES:
        for name in JOBS:
            assert f"{name} | {refresh.known()[name][f'title_{lang}']}" in said


def test_the_command_shows_progress_and_fails_with_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        refresh.abroad, "Client",
        lambda provider, _: abroad_client(provider, httpx.MockTransport(counties)),
    )  # fmt: skip
    assert cli.main(["refresh", "us_county_jobs"]) == 0
    said = capsys.readouterr().out
    assert "us_county_jobs: 24033 2021" in said
    assert cli.main(["refresh", "nordic_region_jobs"]) == 1


abroad_client = abroad.Client


def test_all_tables_are_verified_in_under_a_second(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import time

    catalog.forget()
    start = time.process_time()
    assert cli.main(["check"]) == 0
    assert time.process_time() - start < 1
    assert str(len(catalog.records())) in capsys.readouterr().out


def test_check_names_every_file_that_is_not_whole_and_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Run(people, "population").kept
    for path in folder.glob("*.csv"):
        path.write_text("x", encoding="utf-8")
    catalog.forget()
    assert cli.main(["check"]) == 1
    said = capsys.readouterr()
    assert "population" in said.err
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    catalog.forget()
    assert cli.main(["check"]) == 1

"""How long a learner's file takes and how much memory: python tests/bench_upload.py.

Prints medians of five fresh processes; a measurement, not a test. Figure to hold: 20,000
establishments read, checked and mapped to municipalities in under 1.5 s and 200 MB.
"""

from __future__ import annotations

import io
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 20_000
RUNS = 5
CHILD = """
import resource, sys, time
from clusterlib import datasets, upload
content = open(sys.argv[1], "rb").read()
before, busy = time.perf_counter(), time.process_time()
own = upload.read(sys.argv[1], content)
rows, settled = len(own.frame), own.settled
took, busy = time.perf_counter() - before, time.process_time() - busy
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(took, busy, peak, rows, settled)
"""


def establishments(rows: int, coordinates: bool, seed: int = 1) -> list[list[object]]:
    """A table of made-up establishments with real addresses down to the municipality."""
    from clusterlib import datasets

    chance = random.Random(seed)
    towns = datasets.table("municipality_spellings").query("kind == 'name_ko'")
    full = datasets.table("regions").set_index("region")["full_ko"]
    named = [(full[r], s) for r, s in towns[["region", "spelling"]].values if s != "남구"]
    industries = ["의약품 제조업", "의료기기 제조업", "화장품 제조업", "연구개발업", "소프트웨어"]
    head = ["번호", "사업체명", "소재지", "업종", "종사자수"]
    head = head if not coordinates else [*head[:2], "업종", "경도", "위도"]
    table: list[list[object]] = [head]
    for number in range(1, rows + 1):
        province, town = chance.choice(named)
        where = f"{province} {town} 가정로 {chance.randint(1, 400)}번길 {number}"
        row = [number, f"바이오 {number}호", where, chance.choice(industries)]
        workers = f"{chance.randint(1, 4000):,}"
        point = [round(chance.uniform(127.1, 128.8), 5), round(chance.uniform(35.4, 37.2), 5)]
        table.append([*row[:2], row[3], *point] if coordinates else [*row, workers])
    return table


def as_csv(table: list[list[object]], encoding: str = "utf-8") -> bytes:
    """The table as a portal would give it."""
    import csv

    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode(encoding)


def wide(table: list[list[object]]) -> list[list[object]]:
    """The same with a date, an id and a sum beside it: eight columns, 160,000 cells."""
    import datetime as dt

    more = [["설립일", "고유번호", "매출액"]]
    for n in range(1, len(table)):
        more.append([dt.date(2000, 1, 1) + dt.timedelta(days=n % 9000), f"KR-{n:07}", n * 12.5])
    return [[*row, *rest] for row, rest in zip(table, more, strict=True)]


def as_xlsx(table: list[list[object]]) -> bytes:
    """The same as a workbook."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("표")
    for row in table:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def measured(path: Path) -> tuple[float, float, float, str]:
    """Median seconds, seconds of the processor and megabytes of several fresh processes."""
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", CHILD, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        runs.append(done.stdout.split())
    took, busy, peak = (statistics.median(float(run[at]) for run in runs) for at in (0, 1, 2))
    return took, busy, peak, " ".join(runs[0][3:])


def main() -> None:
    """Write the files, read each in fresh processes, print what it took."""
    by_name, by_point = establishments(ROWS, False), establishments(ROWS, True)
    files = {
        "addresses.csv": as_csv(by_name),
        "addresses_cp949.csv": as_csv(by_name, "cp949"),
        "coordinates.csv": as_csv(by_point),
        "addresses.xlsx": as_xlsx(by_name),
        "addresses_wide.xlsx": as_xlsx(wide(by_name)),
        "coordinates.xlsx": as_xlsx(by_point),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.write_bytes(content)
            took, busy, peak, rows = measured(path)
            size = len(content) / 2**20
            print(f"{name:20} {size:4.1f} MB {took:6.2f} s {busy:6.2f} CPU s {peak:5.0f} MB {rows}")


if __name__ == "__main__":
    main()

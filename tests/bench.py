"""Times and ratios, measured in one run: `python tests/bench.py` (a benchmark, not a test).

The comparison with altair's JupyterChart needs vl-convert-python, which no lesson needs:
`python start.py test` does not install it; without it that row is left out.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.classroom import kernels_of  # noqa: E402
from tests.conftest import FLAGS, find_browser  # noqa: E402

LESSON = "/ko/1_decline"
RUNS = 5
MOVES = 40

SERVE = """
import json, sys
from pathlib import Path
from clusterlib.serve import server
folder, pools = Path(sys.argv[1]), json.loads(sys.argv[2])
server.run(lambda address, port: print(address, flush=True), port=0, notebooks=folder, pools=pools)
"""

# Moves the slider one step and resolves when the view's marks have changed and been painted.
MOVE = """
async ([slider, view]) => {
  const input = document.querySelector(slider), host = document.querySelector(view);
  const changed = new Promise((done) => {
    const eye = new MutationObserver(() => {
      eye.disconnect();
      requestAnimationFrame(() => done());
    });
    eye.observe(host, { subtree: true, childList: true, attributes: true });
  });
  const start = performance.now();
  input.value = Number(input.value) + (Number(input.value) >= Number(input.max) ? -1 : 1);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await changed;
  return performance.now() - start;
}
"""

# Notes the time when a figure says that it is drawn and the browser has painted it. Waiting from
# outside would look now and then only: Playwright looks twice a second in the end.
WATCH = """
(ready) => {
  const eye = new MutationObserver(() => {
    if (!document.querySelector(ready)) return;
    eye.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.paintedAt = performance.timeOrigin + performance.now(); };
      port2.postMessage(null);
    });
  });
  eye.observe(document, { subtree: true, childList: true, attributes: true });
}
"""

TEXT = """
performance.timeOrigin + performance.getEntriesByName("first-contentful-paint")[0].startTime
"""

PEER = """
import altair as alt, pandas as pd, ipywidgets as w
alt.JupyterChart.enable_offline()
rows = pd.read_csv({path!r})
def chart(year):
    part = rows[rows.year == year]
    return alt.Chart(part).mark_bar().encode(x="net_migration:Q", y="region:N")
view = alt.JupyterChart(chart(1990), embed_options={{"renderer": "svg"}})
slider = w.IntSlider(1990, 1970, 2020)
slider.observe(lambda change: setattr(view, "chart", chart(change["new"])), names="value")
w.VBox([slider, view])
"""


def median(values: list[float], digits: int = 0) -> str:
    """Median, least and most of some runs."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def importing() -> None:
    """CPU seconds and resident memory of `import clusterlib`, beside a bare interpreter."""
    ask = (
        "import resource, sys\n{}\nused = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    for name, code in (("python", ""), ("import clusterlib", "import clusterlib")):
        said = [
            subprocess.run(
                [sys.executable, "-c", ask.format(code)],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            ).stdout.split()
            for _ in range(RUNS)
        ]
        cpu, memory = ([float(pair[n]) for pair in said] for n in (0, 1))
        print(f"{name:28} {median(cpu, 2)} s CPU, {median(memory)} MiB")


@contextlib.contextmanager
def serving(folder: Path, pools: dict[str, int]) -> Iterator[tuple[str, int]]:
    """A server on a folder of notebooks: its address with the token, and its process id."""
    home = tempfile.mkdtemp(prefix="kit-bench-")
    command = [sys.executable, "-c", SERVE, str(folder), json.dumps(pools)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KIT_HOME": home}
    # As after a set-up: every figure drawn once.
    subprocess.run([sys.executable, "-m", "clusterlib", "prepare"], env=environment, check=True)
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield running.stdout.readline().strip(), running.pid
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


def opened(browser: Any, address: str, lesson: str, ready: str) -> tuple[Any, dict[str, float]]:
    """A page in a fresh browser profile, and the seconds to its text and to its figure, painted."""
    base, token = re.match(r"(.*?)/\?(token=[^&]+)", address).groups()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(f"({WATCH})({json.dumps(ready)})")
    tab = context.new_page()
    start = time.time()
    tab.goto(f"{base}{lesson}?{token}", wait_until="commit")
    tab.wait_for_function("window.paintedAt", timeout=60_000)
    ended = {"text": tab.evaluate(TEXT), "painted chart": tab.evaluate("window.paintedAt")}
    return tab, {part: at / 1000 - start for part, at in ended.items()}


def page(browser: Any, pools: dict[str, int], name: str) -> None:
    """Request to text and to a painted, usable chart of lesson 1; kernel memory; slider."""
    figure = "#figure-1\\.capital_migration[data-ready]"
    with serving(ROOT / "notebooks", pools) as (address, server):
        time.sleep(12 if pools else 1)  # warm kernels need their own start
        rounds = []
        for _ in range(RUNS):
            tab, times = opened(browser, address, LESSON, figure)
            rounds.append(times)
            if _ < RUNS - 1:
                tab.context.close()
                time.sleep(12 if pools else 1)
        for part in rounds[0]:
            print(f"{name:28} {part}: {median([r[part] for r in rounds], 2)} s")
        if not pools:
            tab.wait_for_selector("#figure-1\\.migration_map[data-ready]", timeout=60_000)
            tab.wait_for_timeout(1500)
            kernels = [pss(kernel.pid) for kernel in kernels_of(server)]
            print(f"{'kernel of lesson 1':28} {max(kernels):.0f} MB")
            moves(tab, "kept view, Python in the loop", MAP_SLIDER, MAP_VIEW)


MAP_SLIDER = "#figure-1\\.migration_map input[type=range]"
MAP_VIEW = "#figure-1\\.migration_map .kit-view"


def moves(tab: Any, name: str, slider: str, view: str) -> None:
    """Milliseconds from a slider's move to painted marks."""
    taken = []
    for _ in range(MOVES):
        taken.append(tab.evaluate(MOVE, [slider, view]))
        tab.wait_for_timeout(60)
    taken = sorted(taken[3:])
    p95 = taken[int(len(taken) * 0.95)]
    print(f"{name:28} slider to paint: median {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms")


def peer(browser: Any) -> None:
    """The same move with altair's JupyterChart given a new chart each time."""
    if not importlib.util.find_spec("vl_convert"):
        print("JupyterChart: left out, vl-convert-python is not installed")
        return
    import nbformat

    code = PEER.format(path=str(ROOT / "data" / "tidy" / "net_migration.csv"))
    cells = [nbformat.v4.new_markdown_cell("# Peer"), nbformat.v4.new_code_cell(code)]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata["kit"] = {"id": "0_peer", "lang": "en", "title": {"en": "Peer", "ko": "Peer"}}
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(book, Path(folder) / "0_peer.en.ipynb")
        with serving(Path(folder), {}) as (address, _):
            time.sleep(1)
            tab, _ = opened(browser, address, "/en/0_peer", ".noUi-handle")
            tab.wait_for_selector("svg.marks", timeout=60_000)
            tab.wait_for_timeout(1500)
            taken = []
            for _ in range(MOVES // 2):
                taken.append(peer_move(tab))
                tab.wait_for_timeout(400)
            taken = sorted(taken[2:])
            name = "JupyterChart, a new chart"
            print(f"{name:28} slider to paint: median {statistics.median(taken):.0f} ms")


def peer_move(tab: Any) -> float:
    """One step of ipywidgets' slider, until the chart has been replaced."""
    tab.evaluate(
        """() => { const before = document.querySelector("svg.marks");
        const start = performance.now();
        window.painted = new Promise((done) => {
          const look = () => {
            const now = document.querySelector("svg.marks");
            if (now && now !== before) done(performance.now() - start);
            else requestAnimationFrame(look);
          };
          look();
        }); }"""
    )
    tab.focus(".noUi-handle")
    tab.keyboard.press("ArrowRight")
    return tab.evaluate("() => window.painted")


def pss(pid: int) -> float:
    """Memory of a process in MB, its share of shared pages counted."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"Pss:\s+(\d+)", text)[1]) / 1000


def main() -> None:
    """Print every figure."""
    from playwright.sync_api import sync_playwright

    importing()
    with sync_playwright() as playwright:
        start: Callable[..., Any] = playwright.chromium.launch
        browser = start(executable_path=find_browser(), args=FLAGS)
        page(browser, {}, "lesson 1, cold")
        page(browser, {"1_decline.ko.ipynb": 2}, "lesson 1, pre-heated")
        peer(browser)
        browser.close()


if __name__ == "__main__":
    main()

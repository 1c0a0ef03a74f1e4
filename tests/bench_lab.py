"""From a lever to painted bands: `python tests/bench_lab.py` (a benchmark, not a test).

A real page of the policy lab in a browser: 500 worlds, four charts. Prints the time from the
slider's event until the charts of workers, graduates and firms have changed and been painted, the
processor time that the kernel spends on a move, and the memory of the page's kernel.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench import pss, serving  # noqa: E402
from tests.classroom import kernels_of  # noqa: E402
from tests.conftest import FLAGS, find_browser  # noqa: E402

PAGE, MOVES, WARM = "/ko/6_lab", 60, 5
LIMITS = {"median": 80, "p95": 150, "memory": 150}  # milliseconds, MB

# Moves a lever by a point and resolves when three charts have changed and been painted.
MOVE = """
async ([up]) => {
  const input = document.querySelector("input[type=range][data-lever]");
  const hosts = [...document.querySelectorAll(".kit-lab .kit-view")].slice(0, 3);
  const begun = performance.now();
  const painted = hosts.map((host) => new Promise((done) => {
    const eye = new MutationObserver(() => {
      eye.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    });
    eye.observe(host, { subtree: true, childList: true, attributes: true });
  }));
  input.value = Number(input.value) + up;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return Math.max(...(await Promise.all(painted)));
}
"""


def moves(tab: Any) -> list[float]:
    """Milliseconds of each move, up to 40 points and down again."""
    taken = []
    for n in range(MOVES):
        taken.append(tab.evaluate(MOVE, [1 if n % 60 < 40 else -1]))
        tab.wait_for_timeout(60)
    return sorted(taken[WARM:])


def in_the_kernel() -> float:
    """Milliseconds of processor time that a move costs in Python."""
    from clusterlib.explorers import Explore
    from clusterlib.i18n import Words

    lab = Explore(Words("ko")).policy_lab()
    zeros = [0.0] * 5
    times = []
    for n in range(1, 30):
        begun = time.process_time()
        lab._hear(None, {"live": [{"from": 0, "d": [n, n, *zeros], "c": [n, n, *zeros]}]}, [])
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times)


def main() -> None:
    """Print every figure."""
    from playwright.sync_api import sync_playwright

    print(f"a move in the kernel: {in_the_kernel():.0f} ms of processor time")
    with sync_playwright() as playwright, serving(ROOT / "notebooks", {}) as (address, server):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        tab = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        base, token = address.split("/?token=")
        tab.goto(f"{base}{PAGE}?token={token}")
        tab.wait_for_selector(".kit-lab[data-ready]", timeout=60_000)
        tab.click(".kit-lab-skip")
        tab.wait_for_timeout(1500)
        taken = moves(tab)
        p95 = taken[int(0.95 * len(taken))]
        print(f"lever to painted bands: median {statistics.median(taken):.0f} ms "
              f"(limit {LIMITS['median']}), p95 {p95:.0f} ms (limit {LIMITS['p95']})")  # fmt: skip
        memory = max(pss(kernel.pid) for kernel in kernels_of(server))
        print(f"kernel of the page: {memory:.0f} MB (limit {LIMITS['memory']})")
        browser.close()


if __name__ == "__main__":
    main()

"""From a control to painted marks, figure by figure: `python tests/bench_moves.py [lesson ...]`.

A benchmark, not a test. Opens each lesson as a learner sees it and moves the controls of every
figure in turn; prints the time from the control's event until the frame in which the figure's
marks had changed was painted. A move that changes no mark has no such frame and is left out.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench import serving  # noqa: E402
from tests.conftest import FLAGS, find_browser  # noqa: E402
from tests.lessons import LESSONS  # noqa: E402

ROUNDS, WARM, LATE = 24, 2, 1500  # moves a figure, of which the first are not counted; milliseconds
BOUNDS = {"3.hot_spots": 150}  # milliseconds, median
BOUND = 50

# The figures of the page that can be moved; each is brought into view and drawn first.
FIGURES = """
() => [...document.querySelectorAll("figure.kit-figure")]
  .filter((f) => f.querySelector(".kit-controls :is(input, select)"))
  .filter((f) => f.querySelector(".kit-view"))
  .map((f) => f.id)
"""

# Moves the control whose turn it is: a slider by a step, a list or a row of choices to the next.
MOVE = """
async ([id, turn, late]) => {
  const figure = document.getElementById(id), host = figure.querySelector(".kit-views");
  const parts = [...figure.querySelectorAll(".kit-slider, .kit-choice, .kit-select")];
  const part = parts[turn % parts.length];
  const say = (input, kind) => input.dispatchEvent(new Event(kind, { bubbles: true }));
  const act = () => {
    const slider = part.querySelector("input[type=range]"), list = part.querySelector("select");
    if (slider) {
      Number(slider.value) < Number(slider.max) ? slider.stepUp() : slider.stepDown();
      return say(slider, "input");
    }
    if (list) {
      list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
      return say(list, "change");
    }
    const all = [...part.querySelectorAll("input")], next = all.findIndex((i) => i.checked) + 1;
    all[next % all.length].click();
  };
  const changed = new Promise((done) => {
    const eye = new MutationObserver(() => {
      eye.disconnect();
      requestAnimationFrame(() => done(performance.now() - begun));
    });
    eye.observe(host, { subtree: true, childList: true, attributes: true });
    setTimeout(() => (eye.disconnect(), done(null)), late);
  });
  const begun = performance.now();
  act();
  return changed;
}
"""


def moved(tab: Any, figure: str) -> list[float]:
    """Milliseconds of each move of a figure that changed its marks."""
    box = tab.locator(f"[id='{figure}']")
    box.scroll_into_view_if_needed()
    tab.wait_for_selector(f"[id='{figure}'][data-ready]", timeout=60_000)
    tab.wait_for_timeout(500)
    taken = []
    for turn in range(ROUNDS):
        taken.append(tab.evaluate(MOVE, [figure, turn, LATE]))
        tab.wait_for_timeout(120)
    return [each for each in taken[WARM:] if each is not None]


def lesson(browser: Any, base: str, token: str, name: str, lang: str = "ko") -> None:
    """One line a figure: median, nine in ten, the slowest."""
    tab = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    tab.goto(f"{base}/{lang}/{name}?token={token}")
    tab.wait_for_selector("figure.kit-figure[data-ready]", timeout=60_000)
    tab.wait_for_timeout(8000)  # until every figure is drawn
    for figure in tab.evaluate(FIGURES):
        taken = sorted(moved(tab, figure))
        if not taken:
            continue
        median, id_ = statistics.median(taken), figure.removeprefix("figure-")
        high = taken[int(0.9 * len(taken))]
        late = "  over" if median > BOUNDS.get(id_, BOUND) else ""
        print(
            f"{id_:<32}{median:>8.0f}{high:>8.0f}{taken[-1]:>8.0f}{len(taken):>6}{late}", flush=True
        )
    tab.context.close()


def main(asked: list[str]) -> None:
    """Print every figure of the lessons that were asked for."""
    from playwright.sync_api import sync_playwright

    print(f"{'milliseconds to painted marks':<32}{'median':>8}{'90 %':>8}{'most':>8}{'n':>6}")
    with sync_playwright() as playwright, serving(ROOT / "notebooks", {}) as (address, _):
        time.sleep(1)
        base, token = address.split("/?token=")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name in LESSONS:
            if name[0] in asked:
                lesson(browser, base, token, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["2", "3"])

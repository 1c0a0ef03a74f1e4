"""What all tests share: the tiers, and a browser that can reach nothing but this machine.

Tiers. Tests marked `long` run with `--long` (or `-m long`), tests marked `network` with
`-m network`. Tests that use one of the browser fixtures are marked `browser`; where there is no
Chromium they are left out and named at the end, and with KIT_REQUIRE_BROWSER=1 in the environment
leaving one out makes the run fail.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# How long an example takes says more about the machine's other work than about the kit.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = "no Chromium found: install one (Debian: apt install chromium) or name it in CHROMIUM"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def find_browser() -> str | None:
    """Return the path of a Chromium, Chrome or Edge, if there is one."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else BROWSERS))
    return next(filter(None, found), None)


def pytest_configure(config: pytest.Config) -> None:
    # No test reads or writes the work of whoever runs it.
    os.environ["KIT_HOME"] = tempfile.mkdtemp(prefix="kit-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["KIT_HOME"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tier as well")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not find_browser():
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    asked = config.option.markexpr
    unasked = {"network"} - {asked}
    if not (config.option.long or "long" in asked):
        unasked.add("long")
    left_out = [item for item in items if unasked & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=left_out)
    kept = [item for item in items if item not in left_out]
    # Playwright keeps an event loop in this thread to the end: what wants its own goes first.
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("browser") is not None)


def browser_tests_left_out(config: pytest.Config) -> list[str]:
    """List the browser tests that were skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report.nodeid for report in skipped if "browser" in report.keywords]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    required = os.environ.get("KIT_REQUIRE_BROWSER") == "1"
    if required and exitstatus == pytest.ExitCode.OK and browser_tests_left_out(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = browser_tests_left_out(config)
    if left_out:
        terminalreporter.section(f"{len(left_out)} browser tests were left out")
        terminalreporter.write_line("\n".join(left_out))
        if not find_browser():
            terminalreporter.write_line(NO_BROWSER)


def is_local(url: str) -> bool:
    """Tell whether an address stays on this machine (data: and blob: do)."""
    parts = urlsplit(url)
    return parts.scheme not in ("http", "https", "ws", "wss") or parts.hostname in LOOPBACK


@dataclass
class View:
    """One learner's browser: its tab, and what should not have happened in it.

    `tab` is a Playwright page, `outside` the addresses beyond loopback that were asked for (none
    was answered), `errors` the console's and the page's errors.
    """

    tab: Any
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """Fail if the page logged an error or asked for anything beyond loopback."""
        assert not self.outside, f"asked for addresses beyond this machine: {self.outside}"
        assert not self.errors, f"errors in the browser: {self.errors}"


def watch(context: Any) -> View:
    """Open a tab in a browser context; refuse and list what leaves this machine."""
    view = View(context.new_page())
    context.route(lambda url: not is_local(url), lambda route: route.abort())
    context.on("request", lambda seen: is_local(seen.url) or view.outside.append(seen.url))
    context.on(
        "console", lambda message: message.type == "error" and view.errors.append(message.text)
    )
    context.on("weberror", lambda error: view.errors.append(str(error.error)))
    return view


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; tests that need one are left out where there is none."""
    return find_browser() or pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """Return a headless browser (Playwright, synchronous) for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # The resolver rule also stops what no route sees, such as web sockets.
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        running = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, rules])
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Callable[..., View]]:
    """Return a function that opens a View, each in a browser profile of its own.

    Its keywords are those of Playwright's `new_context`, for example
    `page(viewport={"width": 390, "height": 844}, locale="ko-KR")`. End a test with
    `view.assert_clean()`.
    """
    contexts = []

    def open_view(**options: Any) -> View:
        options.setdefault("viewport", {"width": 1366, "height": 768})
        contexts.append(browser.new_context(**options))
        return watch(contexts[-1])

    yield open_view
    for context in contexts:
        context.close()

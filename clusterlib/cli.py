"""The kit's commands: `python -m clusterlib open`, `lab`, `check`, `refresh`, `facts`."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from clusterlib.errors import KitError
from clusterlib.i18n import LANGUAGES, Words, explain, language

Command = Callable[[argparse.Namespace], "int | None"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows `python -m clusterlib`; the process's own arguments by default.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console without Hangul shows ? instead of failing
            stream.reconfigure(errors="replace")
    asked = _parser().parse_args(arguments)
    try:
        return asked.command(asked) or 0
    except KeyboardInterrupt:  # before the server was there to take it
        return 130
    except BrokenPipeError:  # who read it has read enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KitError as problem:
        complain(problem)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clusterlib", description=both("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="")

    def command(name: str, run: Command, about: str = "") -> argparse.ArgumentParser:
        said = both(f"cli.{about or name}")
        made = commands.add_parser(name, help=said, description=said)
        made.set_defaults(command=run)
        return made

    pages, lab = command("open", _open), command("lab", _lab, "open_lab")
    for server, port in ((pages, 8866), (lab, 8888)):
        server.add_argument("--port", type=_port, default=port, help=both("cli.port"))
        server.add_argument("--no-browser", action="store_true", help=both("cli.no_browser"))
    pages.add_argument("--lang", help=both("cli.lang"))
    pages.add_argument("--lesson", default="0_start", help=both("cli.lesson"))
    command("prepare", _prepare)
    command("facts", _facts)
    region = command("region", _region)
    region.add_argument("key", nargs="?", help=both("cli.region.key"))
    region.add_argument("name_ko", nargs="?", default="", help=both("cli.region.name_ko"))
    region.add_argument("name_en", nargs="?", default="", help=both("cli.region.name_en"))
    command("ledger", _ledger)
    command("check", _check)
    again = command("refresh", _refresh)
    again.add_argument("table", nargs="*", help=both("cli.refresh.table"))
    again.add_argument("--list", action="store_true", help=both("cli.refresh.list"))
    again.add_argument("--accept", action="store_true", help=both("cli.refresh.accept"))
    return parser


def _port(given: str) -> int:
    if not given.isdecimal() or int(given) > 65535:
        raise argparse.ArgumentTypeError(both("cli.bad_port"))
    return int(given)


def _open(asked: argparse.Namespace) -> None:
    from clusterlib import lessons
    from clusterlib.serve import prepare, server

    lessons.header(asked.lesson, language(asked.lang or LANGUAGES[0]))
    query = f"&lesson={quote(asked.lesson)}" + (f"&lang={asked.lang}" if asked.lang else "")
    announce = _announce(asked, "cli.serving")
    with prepare.beside() as draw_figures:

        def on_ready(address: str, port: int) -> None:
            announce(address, port)
            draw_figures()

        server.run(on_ready, port=asked.port, start_query=query)
    say("cli.stopped")


def _lab(asked: argparse.Namespace) -> None:
    from clusterlib.serve import lab

    lab.run(_announce(asked, "cli.lab"), port=asked.port)
    say("cli.stopped")


def _prepare(asked: argparse.Namespace) -> None:
    from clusterlib.serve import prepare

    prepare.run()


def _facts(asked: argparse.Namespace) -> None:
    from clusterlib import prose

    for path in prose.mend():
        print(path)


def _region(asked: argparse.Namespace) -> None:
    """With a key begin a region of one's own; without one prove and seal what was filled in."""
    from clusterlib import own

    if asked.key:
        names = (asked.name_ko or asked.key, asked.name_en or asked.name_ko or asked.key)
        for path in own.start(asked.key, *names):
            print(path)
        say("cli.region.next")
        return
    for name, rows in own.check().items():
        print(f"data/own/{name}.csv: {rows}")
    say("cli.region.sealed")


def _ledger(asked: argparse.Namespace) -> None:
    from clusterlib.serve import reference

    for path in reference.write():
        print(path)


def _check(asked: argparse.Namespace) -> int:
    """Prove every data file, fetched ones too; each that is not whole is named with a remedy."""
    from time import perf_counter

    from clusterlib import catalog

    start = perf_counter()
    own = catalog.REFRESHED
    places = [catalog.ROOT] + [own] * (own / "datapackage.json").is_file()
    found = [problem for place in places for problem in catalog.problems(place)]
    n = sum(len(catalog.records(place)) for place in places)
    for problem in found:
        complain(problem)
    seconds = f"{perf_counter() - start:.2f}"
    say("check.bad" if found else "check.ok", "refresh", n=n, bad=len(found), seconds=seconds)
    return 1 if found else 0


def _refresh(asked: argparse.Namespace) -> int:
    from clusterlib import refresh

    if asked.list:
        _list_refreshable(refresh.known())
        return 0
    try:
        return 0 if refresh.run(asked.table, _tell, accept=asked.accept) else 1
    except refresh.kosis.KeyMissing as problem:
        complain(problem)
        return 2


def _tell(key: str, error: KitError | None = None, **values: object) -> None:
    """A step of refresh, in both languages; a reason is an error of the kit."""
    for lang in LANGUAGES:
        why = {"why": explain(error, lang)} if error else {}
        print(Words(lang)(f"refresh.{key}", **values, **why), flush=True)


def _list_refreshable(known: dict[str, dict[str, Any]]) -> None:
    for lang in LANGUAGES:
        words = Words(lang)
        for table, about in known.items():
            key = "refresh.list.key" if "key" in about["provider"] else "refresh.list.free"
            at = about["fetched"]
            state = words("refresh.list.fetched", at=at) if at else words("refresh.list.never")
            named = {"title": about[f"title_{lang}"], "provider": about["provider"][f"name_{lang}"]}
            print(words("refresh.list", table=table, key=words(key), state=state, **named))
        print(words("refresh.list.note"), flush=True)


def complain(problem: KitError) -> None:
    """Print an error in both languages."""
    for lang in LANGUAGES:
        print(explain(problem, lang), file=sys.stderr)


def _announce(asked: argparse.Namespace, key: str) -> Callable[[str, int], None]:
    """What happens once a server answers: its address is printed, a browser opened."""

    def announce(address: str, port: int) -> None:
        if port != asked.port and asked.port:
            say("cli.busy", wanted=asked.port, port=port)
        say(key)
        print(f"\n    {address}\n", flush=True)
        say("cli.stop")
        if not asked.no_browser:
            # A browser that runs in the terminal would keep the server waiting.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    return announce


def both(key: str) -> str:
    """One of the page's words in both languages, on one line, for help texts."""
    return " / ".join(Words(lang)(f"page.{key}") for lang in LANGUAGES)


def say(key: str, stem: str = "page", **values: object) -> None:
    """Print one of the page's words in both languages, a line each."""
    for lang in LANGUAGES:
        print(Words(lang)(f"{stem}.{key}", **values), flush=True)

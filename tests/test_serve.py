"""The server: who gets in, what is there, what kernels are given, how it stops."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from clusterlib.serve import pages, settings
from clusterlib.serve.prose import Writer
from tests.classroom import (
    ROOT,
    Room,
    Visitor,
    code,
    connection_file,
    kernels_of,
    running,
    text,
    wait_for,
    write_lesson,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and rights differ on Windows")
ENVIRONMENT = "import os, json; print('ENV' + json.dumps(sorted(os.environ)) + 'ENV')"
IMPORT = "import os; os.chdir('/'); import clusterlib.i18n; print('imported')"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lessons 0 and 1 in both languages, and things that must not be served."""
    folder = tmp_path_factory.mktemp("notebooks")
    for lang in ("ko", "en"):
        first = text(f"# Lesson {lang}\n\nPROSE<!--fact: a/b/c-->")
        hidden = text("ANSWERKEY", tags=["instructor"]), code("'LABONLY'", tags=["lab-only"])
        write_lesson(folder, "0_start", lang, first, *hidden, code("1/0"), code("print('AFTER')"))
    write_lesson(folder, "1_decline", "ko", text("# one"), code(ENVIRONMENT), code(IMPORT))
    write_lesson(folder, "drafts", "ko", text("# not a lesson"))
    (folder / "answers.ipynb").write_text("{}", encoding="utf-8")
    (folder / ".env").write_text("SECRET=1", encoding="utf-8")
    (folder / "assets").mkdir()
    for name in ("map.png", "map.svg", "notes.txt"):
        (folder / "assets" / name).write_text("picture", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def room(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("room")
    with running(notebooks, folder, SECRET_KEY="hidden", KIT_NOTE="shown") as started:
        yield started


@pytest.fixture
def visitor(room: Room) -> Visitor:
    return Visitor(room)


@pytest.mark.parametrize("path", ["/", "/ko/0_start", "/nowhere", "/kit/assets/map.png"])
def test_without_the_token_a_visitor_is_led_to_the_entrance(room: Room, path: str) -> None:
    status, headers, body = Visitor(room, enter=False).ask(path)
    assert (status, body) == (302, "")
    assert headers["Location"].startswith("/login?")


def test_without_the_token_nobody_reaches_a_kernel(room: Room) -> None:
    kernel = "/api/kernels/00000000-0000-0000-0000-000000000000"
    stranger = Visitor(room, enter=False)
    assert stranger.ask(kernel)[0] == 403
    assert stranger.ask(kernel + "/channels", Upgrade="websocket")[0] == 403


def test_the_entrance_takes_the_code_and_says_when_it_is_wrong(room: Room) -> None:
    stranger = Visitor(room, enter=False)
    body = stranger.ask("/login")[2]
    assert 'lang="en"' in body
    xsrf = stranger.cookie("_xsrf")
    token = room.address.split("token=")[1]
    for given, status in (("wrong", 401), (token, 302)):
        form = f"_xsrf={xsrf}&password={given}".encode()
        answer = stranger.ask("/login?next=%2F", form)
        assert answer[0] == status
        assert (status == 401) == ('role="alert"' in answer[2])


@pytest.mark.parametrize(
    ("asked", "lesson"),
    [
        ("en-GB,en;q=0.9", "/en/0_start"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "/ko/0_start"),
        ("fr,en;q=0.5,ko;q=0.4", "/en/0_start"),
        ("", "/ko/0_start"),
    ],
)
def test_the_door_leads_to_lesson_0_in_the_browsers_language(
    visitor: Visitor, asked: str, lesson: str
) -> None:
    status, headers, _ = visitor.ask("/", Accept_Language=asked)
    assert (status, headers["Location"]) == (302, lesson)


def test_the_door_leads_to_what_is_asked_for_if_it_is_there(visitor: Visitor) -> None:
    assert visitor.ask("/?lang=ko&lesson=1_decline")[1]["Location"] == "/ko/1_decline"
    assert visitor.ask("/?lang=en&lesson=1_decline")[1]["Location"] == "/en/0_start"
    assert visitor.ask("/?lang=//elsewhere.org")[1]["Location"] == "/ko/0_start"


def test_the_token_does_not_stay_in_the_address(room: Room) -> None:
    token = room.address.split("token=")[1]
    status, headers, _ = Visitor(room).ask(f"/ko/0_start?a=1&token={token}")
    assert (status, headers["Location"]) == (302, "/ko/0_start?a=1")


@pytest.mark.parametrize(
    "path",
    [
        "/ko/9_missing",
        "/en/1_decline",
        "/ko/drafts",
        "/ko/answers",
        "/fr/0_start",
        "/voila/render/0_start.ko.ipynb",
        "/voila/render/answers.ipynb",
        "/voila/tree",
        "/voila/tree/assets",
        "/voila/api/contents",
        "/voila/api/contents/answers.ipynb",
        "/voila/templates/kit/static/voila.js",
        "/voila/files/answers.ipynb",
        "/voila/files/assets/map.png",
        "/kit/assets/map.svg",
        "/kit/assets/notes.txt",
        "/kit/assets/missing.png",
        "/kit/assets/../.env",
        "/kit/assets/..%2f..%2fhome%2fcookie_secret",
        "/kit/static/../theme.json",
        "/kit/static/..%2f..%2ferrors.py",
        "/api/contents",
        "/api/sessions",
        "/api/terminals",
        "/files/answers.ipynb",
        "/data/datapackage.json",
        "/tests/conftest.py",
    ],
)
def test_nothing_but_the_learner_pages_is_there(visitor: Visitor, path: str) -> None:
    status, _, body = visitor.ask(path)
    assert status in (403, 404)
    assert "Traceback" not in body
    assert "picture" not in body


def test_a_picture_of_a_lesson_is_there(visitor: Visitor) -> None:
    assert visitor.ask("/kit/assets/map.png")[::2] == (200, "picture")


def test_a_missing_page_says_so_in_both_languages(visitor: Visitor) -> None:
    status, _, body = visitor.ask("/ko/9_missing")
    assert status == 404
    for lang in ("ko", "en"):
        word = json.loads((ROOT / "data/words/page.json").read_text("utf-8"))["title.404"][lang]
        assert word in body


def test_instructor_cells_answers_and_fact_keys_stay_behind(
    notebooks: Path, visitor: Visitor, tmp_path: Path
) -> None:
    pages.build(tmp_path, notebooks)
    served = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in served} == {".ipynb", ".png"}
    whole = "".join(path.read_text("utf-8") for path in served) + visitor.ask("/ko/0_start")[2]
    for secret in ("ANSWERKEY", "LABONLY", "a/b/c", "SECRET=1"):
        assert secret not in whole
    assert "PROSE" in whole


def test_what_stands_in_the_address_never_comes_back_raw(visitor: Visitor) -> None:
    nasty = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%27"
    for path in (f"/ko/0_start?x={nasty}", f"/{nasty}", f"/ko/{nasty}", f"/login?next={nasty}"):
        body = visitor.ask(path)[2]
        assert "alert(1)<" not in body
        assert '">' + "<script>alert" not in body


def test_template_and_theme_cannot_be_chosen_from_outside(visitor: Visitor) -> None:
    plain = visitor.ask("/ko/0_start")[2]
    asked = visitor.ask("/ko/0_start?template=lab&theme=dark&voila-template=reveal")[2]
    assert _without_kernel(asked) == _without_kernel(plain)


def _without_kernel(body: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", body)


def test_an_error_is_told_to_the_terminal_and_not_to_the_page(room: Room, visitor: Visitor) -> None:
    body = visitor.ask("/en/0_start")[2]
    assert "data-kit-failed" in body
    assert "ZeroDivision" not in body
    assert "AFTER" in body  # the cells behind it still run
    assert "ZeroDivisionError" in room.said


def test_a_kernel_gets_only_the_allowed_part_of_the_environment(visitor: Visitor) -> None:
    told = visitor.ask("/ko/1_decline?a=1")[2].split("ENV")[1]
    names = json.loads(told.replace("&#34;", '"'))
    assert {"KIT_NOTE", "KIT_SERVED", "PATH"} <= set(names)
    # What Python and IPython themselves set in a kernel comes on top.
    added = {"CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GIT_PAGER", "MPLBACKEND", "PAGER"}
    added |= {"PYDEVD_USE_FRAME_EVAL", "PYDEVD_DISABLE_FILE_VALIDATION", "TERM", "LC_CTYPE"}
    added |= {"JUPYTER_WIDGETS_ECHO", "SCRIPT_NAME", "PATH_INFO", "SERVER_PORT", "JPY_SESSION_NAME"}
    assert [n for n in names if n not in added and not settings._allowed(n)] == []
    assert "SECRET_KEY" not in names


def test_a_kernel_finds_the_kit_wherever_it_runs(visitor: Visitor) -> None:
    assert "imported" in visitor.ask("/ko/1_decline")[2]


def test_a_reader_who_leaves_at_once_leaves_no_kernel(room: Room, visitor: Visitor) -> None:
    before = len(room.kernels())
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    with socket.create_connection(("127.0.0.1", room.port)) as line:
        asked = f"GET /ko/0_start HTTP/1.1\r\nHost: 127.0.0.1:{room.port}\r\nCookie: {cookies}\r\n"
        line.sendall(asked.encode() + b"\r\n")
        wait_for(lambda: b"kernelId" in line.recv(65536))
    wait_for(lambda: len(room.kernels()) == before)


def test_a_line_to_a_kernel_speaks_the_protocol_of_today(visitor: Visitor) -> None:
    kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', visitor.ask("/ko/0_start")[2])[1]
    old = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    assert visitor.ask(f"/api/kernels/{kernel}/channels", **old)[0] == 400


@posix_only
def test_kernels_talk_over_sockets_that_no_other_user_can_open(
    room: Room, visitor: Visitor
) -> None:
    visitor.ask("/ko/0_start")
    for kernel in room.kernels():
        file = connection_file(kernel)
        assert json.loads(file.read_text())["transport"] == "ipc"
        assert file.parent.stat().st_mode & 0o077 == 0


def test_ending_a_kernel_takes_the_pages_own_token(room: Room, visitor: Visitor) -> None:
    body = visitor.ask("/ko/0_start")[2]
    kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', body)[1]
    running_now = len(room.kernels())
    assert visitor.ask(f"/voila/api/shutdown/{kernel}", b"")[0] == 403
    assert len(room.kernels()) == running_now
    form = f"_xsrf={visitor.cookie('_xsrf')}".encode()
    assert visitor.ask(f"/voila/api/shutdown/{kernel}", form)[0] == 204
    wait_for(lambda: len(room.kernels()) < running_now)


def test_browsers_may_load_from_this_server_only(visitor: Visitor) -> None:
    policy = visitor.ask("/ko/9_missing")[1]["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_another_host_name_is_refused(room: Room, visitor: Visitor) -> None:
    assert visitor.ask("/ko/0_start", Host="evil.example")[0] == 403


def test_a_busy_port_is_left_alone(notebooks: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        with running(notebooks, tmp_path, wanted) as room:
            assert room.port != wanted
            assert Visitor(room).ask("/ko/0_start")[0] == 200


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_kernel_and_no_files(
    notebooks: Path, tmp_path: Path, number: int
) -> None:
    (tmp_path / "tmp").mkdir()
    with running(notebooks, tmp_path, TMPDIR=str(tmp_path / "tmp")) as room:
        Visitor(room).ask("/ko/0_start")
        kernels = room.kernels()
        assert kernels
        sockets = [connection_file(kernel).parent for kernel in kernels]
        assert room.stop(number) == 0
        wait_for(lambda: not any(_alive(kernel) for kernel in kernels))
        assert not any(folder.exists() for folder in sockets)
    assert list((tmp_path / "tmp").iterdir()) == []


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@posix_only
def test_a_killed_server_takes_its_kernels_along(notebooks: Path, tmp_path: Path) -> None:
    with running(notebooks, tmp_path) as room:
        Visitor(room).ask("/ko/0_start")
        kernels = room.kernels()
        room.stop(signal.SIGKILL)
        wait_for(lambda: not any(_alive(kernel) for kernel in kernels), 20)


@posix_only
def test_a_restart_logs_nobody_out(notebooks: Path, tmp_path: Path) -> None:
    with running(notebooks, tmp_path) as room:
        visitor = Visitor(room)
    with running(notebooks, tmp_path, room.port) as again:
        assert again.port == room.port
        assert again.address != room.address  # a new token, the same cookie key
        assert visitor.ask("/")[1]["Location"] == "/ko/0_start"
    secret = tmp_path / "home" / "cookie_secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_short_or_open_cookie_key_is_replaced_or_closed(tmp_path: Path) -> None:
    path = tmp_path / "cookie_secret"
    path.write_bytes(b"short")
    first = settings.cookie_secret(tmp_path)
    assert len(first) >= 32
    path.chmod(0o644)
    assert settings.cookie_secret(tmp_path) == first
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_warm_kernel_has_made_its_page_before_it_is_asked(
    notebooks: Path, tmp_path: Path
) -> None:
    with running(notebooks, tmp_path, pools={"1_decline.ko.ipynb": 1}) as room:
        wait_for(room.kernels, 20)
        assert len(room.kernels()) == 1  # of this page only
        visitor = Visitor(room)
        body = visitor.ask("/ko/1_decline")[2]
        assert "imported" in body
        assert "SECRET_KEY" not in body
        assert visitor.ask("/ko/0_start")[2].endswith("</html>")


def test_idle_kernels_are_ended_late_and_connected_ones_never() -> None:
    kernels = settings.configure(Path()).MappingKernelManager
    assert kernels.cull_idle_timeout >= 1800
    assert kernels.cull_interval == 60
    assert not kernels.cull_connected
    assert settings.configure(Path()).VoilaExecutor.timeout == 120


def test_headings_are_numbered_whatever_their_language() -> None:
    writer = Writer("/hub/")
    html = writer.html("# 사람 `x`\n\n## 둘 & 셋 <!--fact: a-->\n\n[n](1_decline.en.ipynb#s2)")
    assert '<h1 id="s1">사람 <code>x</code></h1>' in html
    assert '<h2 id="s2">둘 &amp; 셋</h2>' in html
    assert 'href="/hub/en/1_decline#s2"' in html
    assert writer.html("## 넷") == '<h2 id="s3">넷</h2>'
    assert writer.contents == [{"id": "s2", "text": "둘 & 셋"}, {"id": "s3", "text": "넷"}]


def test_the_real_lessons_have_the_same_sections_in_both_languages(tmp_path: Path) -> None:
    built = pages.build(tmp_path)
    ids: dict[str, list[list[str]]] = {}
    for page in built:
        html = json.loads((tmp_path / page.file).read_text("utf-8"))["metadata"]["kit"]["html"]
        found = re.findall(r'<h(\d) id="(s\d+)"', html)
        assert [name for _, name in found] == [f"s{n + 1}" for n in range(len(found))]
        ids.setdefault(page.lesson, []).append([level for level, _ in found])
    assert all(twins[0] == twins[-1] for twins in ids.values())


@posix_only
@pytest.mark.parametrize("command", ["open", "lab"])
def test_the_command_says_where_it_is_and_stops_on_ctrl_c(command: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = [sys.executable, "-m", "clusterlib", command, "--no-browser", f"--port={port}"]
        environment = os.environ | {"KIT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            arguments, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            lines = [process.stdout.readline() for _ in range(9)]
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=20)[0]
    words = json.loads((ROOT / "data/words/page.json").read_text("utf-8"))
    address = next(line.strip() for line in lines if "http" in line)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/(lab)?\?token=[\w-]{32}.*", address)
    assert f":{port}/" not in address
    assert sum(str(port) in line for line in lines) == 2  # the busy port, in both languages
    assert all(word in rest for word in words["cli.stopped"].values())
    assert process.returncode == 0


@contextmanager
def lab(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run JupyterLab by the kit's command; end it whatever happens."""
    arguments = [sys.executable, "-m", "clusterlib", "lab", "--no-browser", "--port=0"]
    environment = os.environ | {"KIT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        arguments, cwd=home, env=environment, stdout=-1, stderr=-1, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@posix_only
def test_jupyterlab_is_quiet_and_leaves_no_kernel(tmp_path: Path) -> None:
    with lab(tmp_path) as process:
        told = next(line for line in process.stdout if "http" in line).strip()
        base, token = told.split("/lab?token=")
        given = {"Authorization": f"token {token}"}
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{base}/api/kernels")
        page = urllib.request.urlopen(urllib.request.Request(f"{base}/lab", headers=given))
        config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page.read().decode())[1]
        disabled = json.loads(config)["disabledExtensions"]
        assert "@jupyterlab/apputils-extension:announcements" in disabled
        start = urllib.request.Request(f"{base}/api/kernels", b"{}", given)
        assert urllib.request.urlopen(start).status == 201
        kernels = wait_for(lambda: kernels_of(process.pid))
        connection = next(part for part in kernels[0].cmdline() if part.endswith(".json"))
        assert json.loads(Path(connection).read_text())["transport"] == "ipc"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "without encryption" not in process.stderr.read()
    assert not any(_alive(kernel) for kernel in kernels)

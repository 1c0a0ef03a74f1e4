"""What the server answers: the door, the lesson pages, the kit's own files, and "not here"."""

from __future__ import annotations

import re
from asyncio import to_thread
from typing import Any
from urllib.parse import urlencode

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from clusterlib.i18n import LANGUAGES

FIRST_LESSON = "0_start"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
_KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')
FAILED = "<script>kitCells.finish()</script></body></html>"


class Door(JupyterHandler):
    """`/` leads to a lesson, in the language asked for or the one that the browser prefers."""

    @web.authenticated
    def get(self) -> None:
        """Send the browser on to a lesson."""
        paths = [page.path for page in self.settings["kit_pages"]]
        asked = self.get_query_argument("lang", "")
        lang = asked if asked in LANGUAGES else self._preferred()
        lesson = self.get_query_argument("lesson", FIRST_LESSON)
        wanted = [f"{lang}/{lesson}", f"{lang}/{FIRST_LESSON}", *paths]
        path = next((path for path in wanted if path in paths), None)
        if path is None:
            raise web.HTTPError(404)
        self.redirect(url_path_join(self.base_url, path))

    def _preferred(self) -> str:
        """Korean, unless the browser asks for English and not for Korean before it."""
        accepted = self.request.headers.get("Accept-Language", "")
        asked = [part.strip()[:2].lower() for part in accepted.split(",")]
        return next((lang for lang in asked if lang in LANGUAGES), LANGUAGES[0])


class PageHandler(TornadoVoilaHandler):
    """A lesson page: text at once, then what its kernel makes."""

    kernel: str | None = None

    @web.authenticated
    async def get(self, lang: str, lesson: str) -> None:
        """Write the page of a lesson in one language."""
        if f"{lang}/{lesson}" not in [page.path for page in self.settings["kit_pages"]]:
            raise web.HTTPError(404)
        if self.get_query_argument("token", None) is not None:
            self._without_token()
            return
        await self._write_page(f"{lesson}.{lang}.ipynb")

    async def _write_page(self, file: str) -> None:
        # Asking for the token sets its cookie; the page sends it back when it ends its kernel.
        _ = self.xsrf_token
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(self.contents_manager.get(file)["content"].metadata.kit.html)
        self.flush()
        try:
            async for html in self.get_generator(path=file):
                if found := _KERNEL.search(html):
                    self.kernel = found[1]
                self.write(html)
                self.flush()
        except StreamClosedError:
            pass  # the reader has gone; on_connection_close ends the kernel
        except Exception:  # the text is out: the page itself says that its figures failed
            self.log.exception("no kernel for %s", file)
            self.finish(FAILED)

    def on_connection_close(self) -> None:
        """End the kernel of a reader who leaves before the page has come whole."""
        super().on_connection_close()
        if self.kernel and self.kernel in self.kernel_manager:
            IOLoop.current().spawn_callback(self.kernel_manager.shutdown_kernel, self.kernel)

    def _without_token(self) -> None:
        """The token has become a cookie; it must not stay in the address or reach the kernel."""
        rest = [(k, v) for k, values in self.request.query_arguments.items() for v in values]
        query = urlencode([(k, v) for k, v in rest if k != "token"])
        self.redirect(self.request.path + (f"?{query}" if query else ""))


class ReferencePage(JupyterHandler):
    """The data behind the lessons, and what stands behind each number; without a kernel."""

    @web.authenticated
    async def get(self, lang: str, kind: str) -> None:
        """Write the page, made when somebody first asks for it."""
        made = self.settings["kit_reference"]
        if (kind, lang) not in made:
            # In a thread: reading every table takes a second, and others must not wait for it.
            pages, base = self.settings["kit_pages"], self.base_url
            made[kind, lang] = await to_thread(_reference, kind, lang, pages, base)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(made[kind, lang])


def _reference(*asked: Any) -> str:
    from clusterlib.serve import reference  # with pandas: not needed to open a lesson

    return reference.page(*asked)


class Channels(VoilaKernelWebsocketHandler):
    """The line between a page and its kernel."""

    async def get(self, kernel_id: str) -> None:
        """Open the line, in the protocol of today only.

        Voila counts for ever when it reads a binary message of the older one.
        """
        if PROTOCOL not in self.request.headers.get("Sec-WebSocket-Protocol", ""):
            raise web.HTTPError(400)
        await super().get(kernel_id)


class Static(web.StaticFileHandler):
    """The kit's own style, scripts and fonts; an address with a version never changes."""

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep fonts for a month: they do not change with every version."""
        if path.endswith(".woff2"):
            self.set_header("Cache-Control", "public, max-age=2592000")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say the number only: these answers are read by browsers, not by people."""
        self.finish(str(status_code))


class Picture(JupyterHandler, web.StaticFileHandler):
    """A picture of a lesson, for those who have come in."""


class NotFound(JupyterHandler):
    """Any other address: the kit's page for "not here"."""

    async def prepare(self) -> None:
        """Refuse whatever is asked, once it is known who asks."""
        await super().prepare()
        if not self._finished:  # otherwise the browser has been sent to the entrance
            raise web.HTTPError(404)

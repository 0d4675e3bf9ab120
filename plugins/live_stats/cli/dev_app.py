"""The pages of the author's server: the site, the mistakes, and the reload script.

The script is loaded, not written into the page, so that a Content-Security-Policy of
the site allows it. A browser opens six connections to one server and no more, so all
tabs share one stream of events through a SharedWorker.
"""

import html
import mimetypes
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.messages import count_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

SCRIPT, EVENTS = "/.live-reload.js", "/.live-reload"
HEARTBEAT = 15.0
"""Seconds after which a stream repeats the version: whether it is read shows then."""

_ALERT = """<aside role="alert" style="position:fixed;inset:auto 0 0 0;max-height:60vh;
overflow:auto;padding:1rem 1.5rem;background:#7a1f10;color:#fff;z-index:9999;
font:1rem/1.5 ui-monospace,monospace;white-space:pre-wrap"><strong>{head}</strong>
{lines}</aside>"""
_EMPTY = (
    "<!doctype html><html lang=en><head><title>Not built yet</title></head>"
    "<body><p>Nothing has been built yet.</p></body></html>"
)
_RELOAD = """\
"use strict";
if (self.document) {
  const version = Number(document.currentScript.dataset.version);
  new SharedWorker(SCRIPT).port.onmessage = (message) => {
    if (message.data > version) location.reload();
  };
} else {
  const tabs = [];
  let latest = 0;
  self.onconnect = (event) => {
    tabs.push(event.ports[0]);
    event.ports[0].postMessage(latest);
  };
  const listen = () => {
    const source = new EventSource(EVENTS);
    source.onmessage = (event) => {
      latest = Number(event.data);
      for (const tab of tabs) tab.postMessage(latest);
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  listen();
}
""".replace("SCRIPT", repr(SCRIPT)).replace("EVENTS", repr(EVENTS))


class PreviewApp:
    """A WSGI application that serves a folder and tells browsers when to reload.

    Its methods may be called from several threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[str] = []
        # The time, so that a page of a server that was started before is older.
        self._version = int(time.time() * 1000)
        self._changed = threading.Condition()
        self._stopped = False
        self._streams = 0

    def update(self, mistakes: list[str]) -> None:
        """Show these mistakes over every page, and reload the pages that are open."""
        with self._changed:
            self.mistakes = mistakes
            self._version = max(self._version + 1, int(time.time() * 1000))
            self._changed.notify_all()

    def stop(self) -> None:
        """End all streams of events; returns when they have ended, or after 1 s."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._streams, timeout=1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        status = "200 OK"
        # WSGI hands over the bytes of the address as if they were Latin-1.
        address = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        body: Iterable[bytes]
        if address == EVENTS:
            kind, body = "text/event-stream", self._events()
        elif address == SCRIPT:
            kind, body = "text/javascript", [_RELOAD.encode()]
        else:
            path = self._file(address)
            if path is None:
                path, status = self.folder / "404.html", "404 Not Found"
            kind, body = self._page(path)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        own = ("Cross-Origin-Resource-Policy", "same-origin")
        start_response(
            status, [("Content-Type", kind), ("Cache-Control", "no-store"), own]
        )
        return body

    def _file(self, address: str) -> Path | None:
        try:
            path = (self.folder / address.lstrip("/")).resolve()
            if not path.is_relative_to(self.folder.resolve()):
                return None
            if path.is_dir():
                path = path / "index.html"
            return path if path.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None

    def _page(self, path: Path) -> tuple[str, list[bytes]]:
        """The type and the content of a file; HTML has the script and the mistakes."""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # Before the file is read: a build in between reloads the page once more.
        version = self._version
        data = path.read_bytes() if path.is_file() else _EMPTY.encode()
        if kind == "text/html":
            script = f'<script src="{SCRIPT}" data-version="{version}"></script></head>'
            data = data.replace(b"</head>", script.encode(), 1)
            data = self._with_mistakes(data)
        return kind, [data]

    def _with_mistakes(self, page: bytes) -> bytes:
        """The last page that could be built, with the mistakes over it."""
        if not self.mistakes:
            return page
        head = count_of(len(self.mistakes), "mistake")
        text = _ALERT.format(
            head=f"{head}; this is the last page that could be built:",
            lines=html.escape("\n".join(self.mistakes)),
        )
        return page.replace(b"</body>", text.encode() + b"</body>", 1)

    def _events(self) -> Iterator[bytes]:
        """Server-sent events: the version now, and the new one after each build."""
        with self._changed:
            self._streams += 1
        try:
            yield b"retry: 500\n"
            while not self._stopped:
                version = self._version
                yield f"data: {version}\n\n".encode()
                with self._changed:
                    if self._version == version and not self._stopped:
                        self._changed.wait(HEARTBEAT)
        finally:
            with self._changed:
                self._streams -= 1
                self._changed.notify_all()

"""What the author's server answers with: the site, and what is wrong, over the page."""

import html
import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..model.messages import count_of

Start = Callable[[str, list[tuple[str, str]]], Any]

_ALERT = """<aside role="alert" style="position:fixed;inset:auto 0 0 0;max-height:60vh;
overflow:auto;padding:1rem 1.5rem;background:#7a1f10;color:#fff;z-index:9999;
font:1rem/1.5 ui-monospace,monospace;white-space:pre-wrap"><strong>{head}</strong>
{lines}</aside>"""
_EMPTY = (
    "<!doctype html><html lang=en><head><title>Not built yet</title></head>"
    "<body><p>Nothing has been built yet.</p></body></html>"
)


@dataclass(slots=True)
class PreviewApp:
    """A WSGI application over a folder. `wrong` are lines to show over every page."""

    folder: Path
    wrong: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = self._file(unquote(environ.get("PATH_INFO", "/")))
        status = "200 OK"
        if path is None:
            path, status = self.folder / "404.html", "404 Not Found"
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        data = path.read_bytes() if path.is_file() else _EMPTY.encode()
        if kind == "text/html":
            data = self._over(data)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        start(status, [("Content-Type", kind), ("Cache-Control", "no-store")])
        return [data]

    def _file(self, address: str) -> Path | None:
        path = (self.folder / address.lstrip("/")).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            return None
        if path.is_dir():
            path = path / "index.html"
        return path if path.is_file() else None

    def _over(self, data: bytes) -> bytes:
        """The page, with what is wrong over it; it is the last good one."""
        if not self.wrong:
            return data
        head = count_of(len(self.wrong), "mistake")
        text = _ALERT.format(
            head=f"{head}; this is the last page that could be built:",
            lines=html.escape("\n".join(self.wrong)),
        )
        return data.replace(b"</body>", text.encode() + b"</body>", 1)

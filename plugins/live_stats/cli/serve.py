"""`serve`: read `output/` in a browser on this machine, and nowhere else."""

import argparse
import functools
import http.server
import io
import re
import sys
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from ..model.errors import Mistake, Mistakes

_OWN_PLACE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.I)
"""The names that nobody can lead elsewhere. A tunnel may have another port."""


class OwnBrowserOnly(http.server.BaseHTTPRequestHandler):
    """Answers this machine's browser where it asks for itself, and no other page in it.

    A page of anybody can lead its own name to 127.0.0.1 (DNS rebinding), and would read
    what is served there as if it were its own. `Host` has that name then. A page that
    asks by our name is told apart by `Origin` and `Sec-Fetch-Site`, which browsers send
    and no script can set. A link on another page may be followed.
    """

    def parse_request(self) -> bool:
        """Read the head of a request; False if it was refused, and has its answer."""
        if not super().parse_request():
            return False
        status, why = self._refusal()
        if why:
            self.send_error(status, explain=why)
        return not why

    def _refusal(self) -> tuple[HTTPStatus, str]:
        """The status that refuses a request and why; no words if it is answered."""
        port = self.server.server_address[1]  # type: ignore[index]  # an address of IP
        places = self.headers.get_all("Host") or [""]
        if len(places) > 1 or not _OWN_PLACE.fullmatch(places[0]):
            text = (
                f"open http://127.0.0.1:{port}/: only this machine reads this site; "
                "on another one, forward the port: "
                f"ssh -L {port}:127.0.0.1:{port} and the name of this one"
            )
            return HTTPStatus.MISDIRECTED_REQUEST, text
        follows = self._has("Sec-Fetch-Mode", {"navigate"}, absent=False)
        follows = follows and self._has("Sec-Fetch-Dest", {"document"}, absent=False)
        asked_here = self._has("Sec-Fetch-Site", {"same-origin", "none"})
        if not self._has("Origin", {f"http://{places[0].lower()}"}) or not (
            asked_here or follows
        ):
            return HTTPStatus.FORBIDDEN, "another site asks for this"
        if self.command not in ("GET", "HEAD"):
            return HTTPStatus.METHOD_NOT_ALLOWED, "this site can only be read"
        if "\0" in unquote(self.path):
            return HTTPStatus.NOT_FOUND, "no file has such a name"
        return HTTPStatus.OK, ""

    def _has(self, name: str, allowed: set[str], *, absent: bool = True) -> bool:
        """Whether all headers of a name are allowed; `absent` if there is none."""
        sent = self.headers.get_all(name) or []
        return absent if not sent else {one.lower() for one in sent} <= allowed

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()


class _Handler(OwnBrowserOnly, http.server.SimpleHTTPRequestHandler):
    """The files of a folder, and nothing that a link in it leads to elsewhere."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        folder = Path(self.directory).resolve()
        if not Path(self.translate_path(self.path)).resolve().is_relative_to(folder):
            self.send_error(HTTPStatus.NOT_FOUND, explain="it is outside of the folder")
            return None
        return super().send_head()


def server_of(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A server of the files of a folder, for this machine; it does not run yet."""
    handler = functools.partial(_Handler, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def serve_command(options: argparse.Namespace) -> int:
    """Serve the files of `output/` until Ctrl-C."""
    if not Path("output").is_dir():
        raise Mistakes(
            [Mistake(path="output", what="is not there", mend="run make publish")]
        )
    try:
        server = server_of(Path("output"), options.port)
    except OSError as error:
        raise Mistakes(
            [
                Mistake(
                    path=f"port {options.port}",
                    what=error.strerror or str(error),
                    mend=f"try make serve port={options.port + 1}",
                )
            ]
        ) from error
    with server:
        print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C ends it)")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0

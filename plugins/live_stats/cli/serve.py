"""`serve`: read `output/` in a browser on this machine, and nowhere else."""

import argparse
import functools
import http.server
import sys
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from ..model.errors import Mistake, Mistakes

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")


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
        own = {f"{name}:{port}" for name in OWN_NAMES}
        if port == 80:  # noqa: PLR2004
            own |= {*OWN_NAMES}
        if not self._has("Host", own, absent=False):
            text = f"open http://127.0.0.1:{port}/: only this machine reads this site"
            return HTTPStatus.MISDIRECTED_REQUEST, text
        follows = self._has("Sec-Fetch-Mode", {"navigate"}, absent=False)
        follows = follows and self._has("Sec-Fetch-Dest", {"document"}, absent=False)
        asked_here = self._has("Sec-Fetch-Site", {"same-origin", "none"})
        if not self._has("Origin", {f"http://{one}" for one in own}) or not (
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
    """The files of a folder."""


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

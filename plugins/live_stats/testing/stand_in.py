"""A server on this machine that gives recorded replies, and the way to it."""

import ipaddress
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it was sent. `headers` finds names in any case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str

    @property
    def host(self) -> str:
        """The host that it was meant for, with its port if the URL names one."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path, percent-encoded as it was sent."""
        return urlsplit(self.url).path or "/"

    @property
    def query(self) -> dict[str, str]:
        """The parameters; the last value of one that is there several times."""
        pairs = parse_qs(urlsplit(self.url).query, keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form that was sent; empty if none was."""
        pairs = parse_qs(self.body, keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}

    @property
    def json(self) -> Any:
        """The JSON that was sent; ValueError if none was."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """A recorded reply. A `body` that is no text is sent as JSON.

    With `path`, it answers only requests whose path fits: `*` stands for anything, as
    in `/v1/tags/*`. A pattern that does not begin with `/` has the host before the
    path: `api.pebble.example/v1/*`. Each reply is given once.
    """

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    def fits(self, request: Request) -> bool:
        """Whether it may answer this request."""
        begins = self.path.startswith("/")
        asked = request.path if begins else f"{request.host}{request.path}"
        return not self.path or fnmatchcase(asked, self.path)

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode()


class StandIn:
    """The replies that are left, and the requests that have come."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self.requests: list[Request] = []
        self.unexpected: list[Request] = []
        self._left = list(replies)
        self._lock = threading.Lock()
        self._next = Reply()
        self.address = ""

    def adapter(self) -> HTTPAdapter:
        """What leads the requests of a client here, wherever they were to go."""
        return _Adapter(self)

    def receive(self, request: Request) -> None:
        """Note a request, and choose its reply."""
        with self._lock:
            self.requests.append(request)
            found = next((one for one in self._left if one.fits(request)), None)
            if found is None:
                self.unexpected.append(request)
                found = Reply("no reply is left for this request", status=501)
            else:
                self._left.remove(found)
            self._next = found

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve, until the block ends."""

        def reply() -> Reply:
            return self._next

        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(reply))
        server.daemon_threads = True
        self.address = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()


class _Adapter(HTTPAdapter):
    """Sends to the stand-in what was meant for a platform, and notes it as it was."""

    def __init__(self, stand_in: StandIn) -> None:
        super().__init__()
        self._stand_in = stand_in

    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        body = request.body or b""
        sent = Request(
            method=request.method or "",
            url=request.url or "",
            headers=request.headers,
            body=body.decode() if isinstance(body, bytes) else str(body),
        )
        self._stand_in.receive(sent)
        moved = request.copy()
        parts = urlsplit(sent.url)
        moved.headers["Host"] = parts.netloc
        moved.url = urlunsplit(
            ("http", self._stand_in.address, parts.path or "/", parts.query, "")
        )
        # A proxy of the environment is for other machines.
        return super().send(moved, *args, **(options | {"proxies": {}}))


def _handler(reply: Callable[[], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = reply()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


@contextmanager
def loopback_only() -> Iterator[None]:
    """An AssertionError for any connection or look-up that is not of this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):
            _check_loopback(address[0])
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        _check_loopback(host)
        return look_up(host, *args, **options)

    with (
        patch.object(socket.socket, "connect", guarded_connect),
        patch.object(socket, "getaddrinfo", guarded_look_up),
    ):
        yield


def _check_loopback(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        inside = ipaddress.ip_address(name).is_loopback
    except ValueError:
        inside = name == "localhost"
    if not inside:
        raise AssertionError(
            f"the provider connects to {name} by itself; send requests by the session"
        )

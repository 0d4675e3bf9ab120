"""Opens connections: what of the environment they use, and how long each may take.

Proxies and certificates are all that a request takes from the environment: no login of
`.netrc`, no cookie. Each request has a connection of its own, so that what a server
sends too much is never read as the answer to the next question. The certificates are
loaded once for all of them: that takes longer than a request.
"""

import http.client
import io
import os
import ssl
import threading
import time
from importlib.util import find_spec
from typing import Any

import requests
from requests.adapters import DEFAULT_CA_BUNDLE_PATH, HTTPAdapter
from requests.utils import (
    get_environ_proxies,
    select_proxy,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util import parse_url
from urllib3.util.ssl_ import create_urllib3_context

READ_TIMEOUT = 10.0  # seconds without a byte
MAX_HEAD_SIZE = 256_000  # bytes of all that comes before a body
CERTIFICATE_VARIABLES = (
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",  # folders, as PATH has them
)
_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
_PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


class UnusableEnvironment(Exception):
    """What of the environment no request can be sent with, and how to mend it."""


def proxies_for(url: str) -> dict[str, str]:
    """The proxy of the environment for a URL, by scheme; none by its NO_PROXY.

    Raises UnusableEnvironment for an address that is none, without the password in it.
    """
    proxy = select_proxy(url, get_environ_proxies(url))
    if not proxy:
        return {}
    name = proxy_variable()
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        parts = parse_url(proxy)
    except (HTTPError, ValueError):
        parts = parse_url("")
    if parts.scheme not in _PROXY_SCHEMES or not parts.host:
        raise UnusableEnvironment(
            f"{name} is no address of a proxy; write http://host:port, with what is "
            "special in a password percent-encoded"
        )
    if parts.scheme.startswith("socks") and find_spec("socks") is None:
        raise UnusableEnvironment(
            f"{name} names a SOCKS proxy, which needs the package PySocks; "
            ".venv/bin/python -m pip install PySocks, or name a proxy by http"
        )
    return {url.partition(":")[0]: proxy}


def proxy_variable() -> str:
    """The variable that sets the proxy: for messages, which never have its value."""
    return next((one for one in _PROXY_VARIABLES if os.environ.get(one)), "HTTPS_PROXY")


def certificates() -> str:
    """The file of the certificates that are trusted, or the folders, as PATH has them.

    A variable replaces the usual ones, and those that come after it in the list.
    """
    set_ = (os.environ.get(name) for name in CERTIFICATE_VARIABLES)
    return next((path for path in set_ if path), str(DEFAULT_CA_BUNDLE_PATH))


def trusting(path: str) -> ssl.SSLContext:
    """A context that trusts the certificates at `path`; UnusableEnvironment if none."""
    names = (n for n in CERTIFICATE_VARIABLES if os.environ.get(n) == path)
    what = f"{next(names, 'the list of certificates')} names {path[:200]!r}"
    context = create_urllib3_context()
    folders = [one for one in path.split(os.pathsep) if os.path.isdir(one)]
    try:
        for folder in folders:
            context.load_verify_locations(capath=folder)
        if not folders:
            context.load_verify_locations(cafile=path)
    except ssl.SSLError:
        text = f"{what}, which has no certificates; name another file, or unset it"
        raise UnusableEnvironment(text) from None
    except OSError:
        text = f"{what}, which cannot be read; name a file that is there, or unset it"
        raise UnusableEnvironment(text) from None
    return context


_contexts: dict[str, ssl.SSLContext] = {}
_contexts_lock = threading.Lock()


def _context(path: str) -> ssl.SSLContext:
    """The context for the certificates at `path`, which all threads share."""
    with _contexts_lock:
        if path not in _contexts:
            _contexts[path] = trusting(path)
        return _contexts[path]


class Adapter(HTTPAdapter):
    """Opens connections that end at `deadline`, in `time.monotonic` seconds."""

    def __init__(self, deadline: float) -> None:
        self._pools = _pools_until(deadline)
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The pools behind a proxy. One of SOCKS has connections of its own kind."""
        if proxy.lower().startswith("https://"):
            options["proxy_ssl_context"] = _context(certificates())
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = self._pools
        return manager

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        if host["scheme"] != "https":
            return host, {}
        return host, {"cert_reqs": "CERT_REQUIRED", "ssl_context": _context(verify)}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: the context of the connection has the certificates."""


def _pools_until(deadline: float) -> dict[str, type[HTTPConnectionPool]]:
    """Pools by scheme whose connections are read until `deadline` and no longer."""

    class Response(http.client.HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            self._reader = _Reader(sock, self.fp.detach(), deadline)
            self.fp = io.BufferedReader(self._reader)

        def begin(self) -> None:
            super().begin()
            self._reader.left = None  # how long the body may be, its reader knows

    class Plain(HTTPConnection):
        response_class = Response

    class Secure(HTTPSConnection):
        response_class = Response

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Reader(io.RawIOBase):
    """The bytes of a connection until a deadline: TimeoutError from then on.

    A timeout of a socket ends no answer that arrives byte by byte, nor one that begins
    again and again (1xx). `left` is how many bytes may still come, None for any number.
    """

    def __init__(self, sock: Any, raw: Any, deadline: float) -> None:
        self._sock, self._raw, self._deadline = sock, raw, deadline
        self.left: int | None = MAX_HEAD_SIZE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the deadline is over")
        self._sock.settimeout(min(READ_TIMEOUT, seconds))
        size: int = self._raw.readinto(buffer)
        if self.left is not None:
            self.left -= size
            if self.left < 0:
                raise http.client.HTTPException("the head is too long")
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()

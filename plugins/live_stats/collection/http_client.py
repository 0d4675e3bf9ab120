"""Sends the requests of providers: redirects, ETags, size limits, budget, secrets.

`connections` opens the sockets. Statuses such as 429 become errors in `http_errors`;
`scheduler` waits for `Retry-After`, never urllib3's `Retry`, which handles failed
connections only.
"""

import contextlib
import hashlib
import logging
import re
import threading
import time
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, parse_url

from ..model.errors import ChangedShape, Moved, Unchanged, Unreachable
from .connections import (
    READ_TIMEOUT,
    Adapter,
    UnusableEnvironment,
    certificates,
    proxies_for,
    proxy_variable,
)
from .http_errors import (
    describe_connection_error,
    failure_for_status,
    is_limit_reached,
    login_wanted,
    parse_json,
    retry_after,
)
from .redaction import Secrets

# urllib3 logs URLs with their queries, and those of some platforms hold a key.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

CONNECT_TIMEOUT = 5.0  # seconds
MAX_BODY_SIZE = 500_000  # bytes, after decompression; see Provider.reply_size
LARGE_BODY = 100_000  # bytes, of which one at a time is taken apart
MAX_ADDRESS_SIZE = 4_000  # characters of a URL that we are sent to
MAX_REDIRECTS = 3
DEFAULT_PORTS = {"https": 443, "http": 80}
_ETAG = re.compile(r"[\x21-\x7e]{1,200}")
"""What is kept: a longer one, or one of other characters, is not worth its place."""
_FORBIDDEN_IN_URL = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
"""Characters that no URL holds, and that programs take for different things."""

_LOGIN_PATH = re.compile(
    r"^(?:https?://[^/?#]+)?/(?:(?:users?|auth|accounts?|sessions?|sso|admin)/)?"
    r"(?:log|sign)[_-]?in(?:\.\w+)?/?(?:[?#]|$)",
    re.I,
)
"""Addresses that people are sent to who have to log in first.

Not `/repos/anna/login`, which is something called so.
"""

QueryParams = Mapping[str, str | int | Sequence[str]]


class _NoRedirectSession(requests.Session):
    """Follows no redirect by itself: it would read the whole body of one first."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Add no credentials. Without any `auth`, `requests` takes some from elsewhere."""
    return request


class _ThreadLocal(threading.local):
    session: requests.Session | None = None


Observer = Callable[[requests.Response, bytes], None]


def _ignore(response: requests.Response, body: bytes) -> None:
    """The usual observer: nobody looks."""


class HttpClient:
    """The connections of one collection. `deadline` is in `time.monotonic` seconds.

    `observe` is called with every response and its body. `adapter` makes what opens
    the sockets (None: the usual one): another one leads the requests elsewhere.

    `large` is held while a large reply is parsed and read: they take many times their
    size, and as many as there are hosts may come at the same time.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        deadline: float,
        observe: Observer = _ignore,
        adapter: Callable[[], HTTPAdapter] | None = None,
    ) -> None:
        self.user_agent, self.deadline = user_agent, deadline
        self.observe = observe
        self.large = threading.Lock()
        self._adapter = adapter or (lambda: Adapter(deadline))
        self._local = _ThreadLocal()

    @property
    def session(self) -> requests.Session:
        """The session of this thread: a session of `requests` is not thread-safe."""
        session = self._local.session
        if session is None:
            session = _NoRedirectSession()
            # Neither logins nor cookies: what a request has was put into it here.
            session.trust_env, session.auth = False, _no_auth
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            retry = Retry(
                total=2,
                connect=2,
                read=0,
                redirect=0,
                status=0,
                other=0,
                backoff_factor=0.2,
                respect_retry_after_header=False,
            )
            for scheme in DEFAULT_PORTS:
                adapter = self._adapter()
                adapter.max_retries = retry
                session.mount(f"{scheme}://", adapter)
            session.headers["User-Agent"] = self.user_agent
            session.headers["Connection"] = "close"
            self._local.session = session
        return session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """One request, with all that it takes to repeat it at another URL."""

    url: str
    params: QueryParams | None = None
    headers: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str | int] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.body is None and self.form is None else "POST"


class ProviderSession:
    """The `providers.Session` of one query: charges the budget, redacts secrets.

    `charge` raises BudgetSpent where no request may be sent. `etag` is the one of the
    last reply, behind a digest of its URL: if the platform still has it for the same
    URL, `Unchanged` is raised. After the query, `new_etag` is the new one, if one
    request was enough, and `pause_seconds` says for how long the platform wants no
    further request.

    `redirects` tells whether a redirect within the server is followed, `reply_size` how
    many bytes a reply may have.
    """

    def __init__(
        self,
        client: HttpClient,
        *,
        charge: Callable[[], None] = lambda: None,
        secrets: Iterable[str] = (),
        cache: MutableMapping[str, Any] | None = None,
        etag: str = "",
        redirects: bool = False,
        reply_size: int = MAX_BODY_SIZE,
    ) -> None:
        self._client, self._charge, self._etag = client, charge, etag
        self._redirects, self._reply_size = redirects, reply_size
        self._keys = [one for one in secrets if one]
        self._has_large = False
        self.cache: MutableMapping[str, Any] = {} if cache is None else cache
        self.pause_seconds = 0.0
        self.got_response = False
        self._etags: list[str] = []

    @property
    def new_etag(self) -> str:
        return self._etags[0] if len(self._etags) == 1 else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._let_go()

    def _let_go(self) -> None:
        """The last reply was read: it is another host's turn to have a large one."""
        if self._has_large:
            self._client.large.release()
        self._has_large = False

    def pause(self, seconds: float) -> None:
        self.pause_seconds = max(self.pause_seconds, seconds)

    def fetch_json(
        self,
        url: str,
        *,
        params: QueryParams | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | int] | None = None,
        accept: Collection[int] = (),
        fallback: tuple[str, Mapping[str, str | int | Sequence[str]]] | None = None,
        fallback_on: int = 400,
        text_is_reason: bool = False,
    ) -> Any:
        self._let_go()
        request = _Request(
            url=url, params=params, headers=headers, body=body, form=form
        )
        status, reply = self._fetch(
            request, {*accept, fallback_on} if fallback else accept
        )
        if status == fallback_on and fallback:
            url, params = fallback
            request = _Request(url=url, params=params, headers=headers)
            status, reply = self._fetch(request, accept)
        if len(reply) > LARGE_BODY:
            left = self._seconds_left(url)
            self._has_large = self._client.large.acquire(timeout=left)
        return parse_json(
            reply,
            _host(url),
            text_is_reason=text_is_reason,
            with_key=bool(self._keys),
            repeat=self._repeat,
        )

    def redact(self, text: str) -> str:
        """The text without any credential in it, on one line, and not long."""
        return self._secrets.hide(text)

    def _repeat(self, text: str) -> str:
        """What of a text of others may be repeated; see `Secrets.fit_to_repeat`."""
        return self._secrets.fit_to_repeat(text)

    @property
    def _secrets(self) -> Secrets:
        """The credentials, and what a provider keeps of logins with them."""
        tokens = (one for one in self.cache.values() if isinstance(one, str))
        return Secrets((*self._keys, *tokens))

    def _fetch(self, request: _Request, accept: Collection[int]) -> tuple[int, bytes]:
        """The status and body of the reply, after its redirects.

        Raises `failure_for_status` for any status but 2xx and those in `accept`.
        """
        host = _host(request.url)
        for _ in range(MAX_REDIRECTS + 1):
            self._charge()
            with contextlib.ExitStack() as stack:
                # What else a server sends on this connection answers nothing.
                stack.callback(self._client.session.close)
                response, url_digest = self._send(request)
                self.got_response = True
                if response.raw is not None:
                    stack.callback(response.close)
                status, headers = response.status_code, response.headers
                if response.is_redirect:
                    self._client.observe(response, b"")
                    request = self._redirected(request, headers["location"], status)
                    continue
                if status == 304 and self._etag.startswith(f"{url_digest} "):
                    raise Unchanged
                body = self._read(response, host)
                self._client.observe(response, body)
                if is_limit_reached(headers):
                    self.pause(retry_after(headers, datetime.now(UTC)) or 0.0)
                if not 200 <= status < 300 and status not in accept:
                    text = body[:4_000].decode("utf-8", "replace")
                    raise failure_for_status(
                        status,
                        headers,
                        host,
                        text,
                        with_key=bool(self._keys),
                        repeat=self._repeat,
                    )
                etag = self._fit_to_keep(headers.get("ETag", ""))
                self._etags.append(f"{url_digest} {etag}" if etag else "")
                return status, body
        raise ChangedShape(f"{host} sends us round in circles")

    def _fit_to_keep(self, etag: str) -> str:
        """An ETag as it may stand in the state; empty for one that must not."""
        if not _ETAG.fullmatch(etag):
            return ""
        return self._repeat(etag)

    def _redirected(self, request: _Request, where: str, status: int) -> _Request:
        """The same request where a redirect leads, if this platform is known for it.

        A body is never sent again: no platform wants that.
        """
        host = _host(request.url)
        if _LOGIN_PATH.search(where):
            raise login_wanted(host, with_key=bool(self._keys))
        moved = _moved(request, where, self._repeat)
        if not self._redirects or request.method != "GET":
            raise ChangedShape(f"{host} sends us elsewhere ({status})")
        return moved

    def _read(self, response: requests.Response, host: str) -> bytes:
        return read_body(response, host, self._client.deadline, self._reply_size)

    def _send(self, request: _Request) -> tuple[requests.Response, str]:
        """The response, and a digest of the full URL, which may hold a key."""
        host, left = _host(request.url), self._seconds_left(request.url)
        proxies: dict[str, str] = {}
        try:
            proxies = proxies_for(request.url)
            prepared = requests.Request("GET", request.url, params=request.params)
            full_url = prepared.prepare().url or ""
            url_digest = hashlib.sha256(full_url.encode()).hexdigest()[:16]
            known, _, etag = self._etag.partition(" ")
            headers = dict(request.headers or {})
            _check_sendable(headers)
            if etag and request.method == "GET" and known == url_digest:
                headers["If-None-Match"] = etag
            response = self._client.session.request(
                request.method,
                request.url,
                params=request.params,
                headers=headers,
                json=request.body,
                data=request.form,
                timeout=(min(CONNECT_TIMEOUT, left), min(READ_TIMEOUT, left)),
                proxies=proxies,
                verify=certificates(),
                allow_redirects=False,
                stream=True,
            )
            return response, url_digest
        except UnusableEnvironment as error:
            raise Unreachable(f"{host} was not asked: {error}") from None
        except (requests.RequestException, HTTPError, UnicodeError, OSError) as error:
            why = describe_connection_error(error, proxy_variable() if proxies else "")
            raise Unreachable(f"{host} {why}") from None

    def _seconds_left(self, url: str) -> float:
        left = self._client.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{_host(url)} was not asked: no time was left")
        return left


def _moved(request: _Request, location: str, repeat: Callable[[str], str]) -> _Request:
    """The same request at the URL in a `Location` header.

    It takes keys along, so it must go to the same server: Moved, with the other one if
    we may `repeat` its name, where it does not. Compared is where the library will
    connect, since other parsers may take the same URL for another host.
    """
    host = _host(request.url)
    try:
        if len(location) > MAX_ADDRESS_SIZE:
            raise ValueError(location)
        # Headers are decoded as Latin-1, and URLs are written in UTF-8.
        target = location.encode("latin-1").decode()
        url = urljoin(request.url, target)
        if _FORBIDDEN_IN_URL.search(target) or "@" in urlsplit(url).netloc:
            raise ValueError(target)
        elsewhere = _origin(url) != _origin(request.url)
    except (ValueError, requests.RequestException):
        raise ChangedShape(
            f"{host} sends us to an address that cannot be right"
        ) from None
    if elsewhere:
        there = repeat(_other_server(url, host)[:100])
        raise Moved(
            f"{host} sends us to another place: {there}"
            if there
            else f"{host} sends us to another place",
            _host(url),
        )
    return replace(request, url=url, params=None)


def _check_sendable(headers: Mapping[str, str]) -> None:
    """Raise UnusableEnvironment for what no header can hold: all of it is from keys."""
    for value in headers.values():
        if not value.isascii() or not value.isprintable():
            raise UnusableEnvironment(
                "a key has a character that no request can hold, such as a line break; "
                "write it anew"
            )


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port that a request to `url` is sent to; ValueError if none."""
    sent = parse_url(requests.Request("GET", url).prepare().url or "")
    scheme, host = sent.scheme or "", sent.host or ""
    return scheme, host, sent.port or DEFAULT_PORTS.get(scheme, 0)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _other_server(url: str, host: str) -> str:
    """The server of a URL as people write it; its scheme where only that differs."""
    there = _host(url)
    return f"{urlsplit(url).scheme}://{there}" if there == host else there


def read_body(
    response: requests.Response, host: str, deadline: float, most: int = MAX_BODY_SIZE
) -> bytes:
    """The whole body of a reply.

    Raises ChangedShape if it is too large, Unreachable if it is late or breaks off.
    Neither a timeout nor a length in a header ends a body that arrives byte by byte,
    or one that unpacks to more than memory holds.
    """
    chunks, size = [], 0
    try:
        for chunk in _chunks(response):
            size += len(chunk)
            if size > most:
                raise ChangedShape(f"{host} sends more than any answer holds")
            chunks.append(chunk)
            if time.monotonic() > deadline:
                raise Unreachable(f"{host} did not finish its answer in time")
    except (TimeoutError, ReadTimeoutError):
        raise Unreachable(f"{host} did not finish its answer in time") from None
    except (requests.RequestException, HTTPError, OSError):
        raise Unreachable(f"{host} broke off its answer") from None
    return b"".join(chunks)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives: `iter_content` would wait until a chunk is full."""
    if not isinstance(response.raw, BaseHTTPResponse):
        yield response.content  # a response without a socket
        return
    while chunk := response.raw.read1(8_192, decode_content=True):
        yield chunk

"""The network: sockets are opened here, and every trouble gets its name here.

urllib3's `Retry` handles connections that fail; it must not see `Retry-After`, which
it would sleep out.
"""

import contextlib
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, parse_url

from ..model.errors import ChangedShape, Unchanged, Unreachable
from .http_errors import decoded, exhausted, failure, retry_after, why

# urllib3 logs addresses with their queries, and those of some platforms hold a key.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

CONNECT, READ = 5.0, 10.0  # seconds
LARGEST_BODY = 8_000_000  # bytes, after decompression
REDIRECTS = 3
PORTS = {"https": 443, "http": 80}
_ODD = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
"""What no address holds, and what programs disagree on where it stands all the same."""
Params = Mapping[str, str | int | Sequence[str]]


class _Session(requests.Session):
    """Follows nobody by itself: it would read the whole body of a redirect first."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A login that adds nothing; with none at all, one from `.netrc` would be sent.

    `trust_env` is left on: proxies and certificates come from the environment.
    """
    return request


class HttpClient:
    """The connections of one collection. `deadline` is in `time.monotonic` seconds."""

    def __init__(self, *, user_agent: str, deadline: float) -> None:
        self.user_agent, self.deadline = user_agent, deadline
        self._local = threading.local()

    @property
    def session(self) -> requests.Session:
        """One session a thread: sessions are not made to be shared."""
        if not hasattr(self._local, "session"):
            session = _Session()
            session.auth = _as_it_is
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
            for adapter in session.adapters.values():
                if isinstance(adapter, HTTPAdapter):
                    adapter.max_retries = retry
            session.headers["User-Agent"] = self.user_agent
            self._local.session = session
        return self._local.session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """One request, whatever it takes to repeat it at another address."""

    url: str
    params: Params | None = None
    headers: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str | int] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.body is None and self.form is None else "POST"


class ProviderSession:
    """`providers.base.Web` for one question: pays for requests and redacts secrets.

    `pay` raises BudgetSpent where nothing may be asked. `etag` is the platform's mark
    of its last answer: if the same address still has it, `Unchanged` is raised. After
    the question, `mark` is the new one, if one request was all it took, and `pause`
    for how many seconds the platform wants to be left alone.
    """

    def __init__(
        self,
        client: HttpClient,
        *,
        pay: Callable[[], None] = lambda: None,
        secrets: Iterable[str] = (),
        memory: dict[str, Any] | None = None,
        etag: str = "",
    ) -> None:
        self._client, self._pay, self._etag = client, pay, etag
        self._secrets = {
            s for secret in secrets for s in (secret, quote(secret, "")) if s
        }
        self.memory = {} if memory is None else memory
        self.pause = 0.0
        self.heard = False
        self._marks: list[str] = []

    @property
    def mark(self) -> str:
        return self._marks[0] if len(self._marks) == 1 else ""

    def rest(self, seconds: float) -> None:
        self.pause = max(self.pause, seconds)

    def json(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | int] | None = None,
        also: Collection[int] = (),
        otherwise: tuple[str, Mapping[str, str | int]] | None = None,
        on: int = 400,
        reasons: bool = False,
    ) -> Any:
        first = _Request(url=url, params=params, headers=headers, body=body, form=form)
        status, text = self._ask(first, {*also, on} if otherwise else also)
        if status == on and otherwise:
            url, params = otherwise
            again = _Request(url=url, params=params, headers=headers)
            status, text = self._ask(again, also)
        return decoded(text, _host(url), reasons=reasons)

    def redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text

    def _ask(self, asked: _Request, also: Collection[int]) -> tuple[int, bytes]:
        """One question with its redirects: the status and the body."""
        host = _host(asked.url)
        for _ in range(REDIRECTS + 1):
            self._pay()
            response, address = self._send(asked)
            self.heard = True
            with contextlib.ExitStack() as stack:
                if response.raw is not None:
                    stack.callback(response.close)
                status, headers = response.status_code, response.headers
                if response.is_redirect:
                    asked = _sent_on(asked, headers["location"])
                    continue
                if status == 304 and self._etag.startswith(f"{address} "):
                    raise Unchanged
                text = read_body(response, host, self._client.deadline)
                if exhausted(headers):
                    self.rest(retry_after(headers, datetime.now(UTC)) or 0.0)
                if not 200 <= status < 300 and status not in also:
                    said = text[:4_000].decode("utf-8", "replace")
                    raise failure(status, headers, host, said)
                etag = headers.get("ETag", "")
                self._marks.append(f"{address} {etag}" if etag else "")
                return status, text
        raise ChangedShape(f"{host} sends us round in circles")

    def _send(self, asked: _Request) -> tuple[requests.Response, str]:
        """The response, and a name for its address that does not show it."""
        host, left = _host(asked.url), self._left(asked.url)
        try:
            full = requests.Request("GET", asked.url, params=asked.params).prepare().url
            address = hashlib.sha256((full or "").encode()).hexdigest()[:16]
            known, _, etag = self._etag.partition(" ")
            headers = dict(asked.headers or {})
            if etag and asked.method == "GET" and known == address:
                headers["If-None-Match"] = etag
            response = self._client.session.request(
                asked.method,
                asked.url,
                params=asked.params,
                headers=headers,
                json=asked.body,
                data=asked.form,
                timeout=(min(CONNECT, left), min(READ, left)),
                allow_redirects=False,
                stream=True,
            )
            return response, address
        except (requests.RequestException, HTTPError, ValueError, OSError) as error:
            raise Unreachable(f"{host} {why(error)}") from None

    def _left(self, url: str) -> float:
        left = self._client.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{_host(url)} was not asked: no time was left")
        return left


def _sent_on(asked: _Request, location: str) -> _Request:
    """The same request at the address that its answer sends us to.

    It takes keys and body along, so it goes to the server that was asked, or nowhere:
    ChangedShape. What counts is where the library will connect, not how the address
    looks to us.
    """
    host = _host(asked.url)
    try:
        # Headers are decoded as Latin-1, and addresses are written in UTF-8.
        said = location.encode("latin-1").decode()
        url = urljoin(asked.url, said)
        if _ODD.search(said) or "@" in urlsplit(url).netloc:
            raise ValueError(said)
        elsewhere = _origin(url) != _origin(asked.url)
    except (ValueError, requests.RequestException):
        raise ChangedShape(
            f"{host} sends us to an address that cannot be right"
        ) from None
    if elsewhere:
        raise ChangedShape(f"{host} sends us to another place")
    return replace(asked, url=url, params=None)


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port that a request to `url` is sent to; ValueError if none."""
    sent = parse_url(requests.Request("GET", url).prepare().url or "")
    scheme, host = sent.scheme or "", sent.host or ""
    return scheme, host, sent.port or PORTS.get(scheme, 0)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def read_body(response: requests.Response, host: str, deadline: float) -> bytes:
    """The whole body; a failure where it is too large, too late or torn.

    Neither a timeout nor a length in a header ends a body that drips, or one that
    unpacks to more than memory holds.
    """
    pieces, size = [], 0
    try:
        for piece in _pieces(response):
            size += len(piece)
            if size > LARGEST_BODY:
                raise ChangedShape(f"{host} sends more than any answer holds")
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise Unreachable(f"{host} did not finish its answer in time")
    except TimeoutError:
        raise Unreachable(f"{host} did not finish its answer in time") from None
    except (requests.RequestException, HTTPError, OSError):
        raise Unreachable(f"{host} broke off its answer") from None
    return b"".join(pieces)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives: `iter_content` would wait until a piece is full."""
    if not isinstance(response.raw, BaseHTTPResponse):
        yield response.content  # a response that no socket stands behind
        return
    while piece := response.raw.read1(8_192, decode_content=True):
        yield piece

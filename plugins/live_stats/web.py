"""The network: sockets are opened here, and every trouble gets its name here.

urllib3's `Retry` handles connections that fail; it must not see `Retry-After`, which
it would sleep out. Bodies are streamed against a deadline and a cap, since neither a
timeout nor a length in a header ends a body that drips.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

from .errors import BudgetSpent, ChangedShape, Failure, Unreachable
from .providers.base import Provider
from .troubles import decoded, failure, why

# urllib3 logs addresses with their queries, and those of some platforms hold a key.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

CONNECT, READ = 5.0, 10.0  # seconds
LARGEST_BODY = 5_000_000  # bytes, after decompression
REDIRECTS = 3
Params = Mapping[str, str | int | Sequence[str]]


class Client:
    """The connections of one collection. `deadline` is in `time.monotonic` seconds."""

    def __init__(self, *, user_agent: str, deadline: float) -> None:
        self.user_agent, self.deadline = user_agent, deadline
        self._local = threading.local()

    def asking(
        self, provider: Provider, secrets: Iterable[str] = (), limit: int | None = None
    ) -> "Asking":
        """What a provider asks through: counted, and with its secrets kept."""
        limit = provider.requests if limit is None else limit
        return Asking(self, provider.label, tuple(secrets), limit)

    @property
    def session(self) -> requests.Session:
        """One session a thread: sessions are not made to be shared."""
        if not hasattr(self._local, "session"):
            session = requests.Session()
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


class Asking:
    """`providers.base.Web`, for one provider: counts requests and redacts secrets."""

    def __init__(
        self, client: Client, label: str, secrets: tuple[str, ...], limit: int
    ) -> None:
        self._client, self._label, self._limit = client, label, limit
        self._secrets = {
            s for secret in secrets for s in (secret, quote(secret, "")) if s
        }
        self._lock = threading.Lock()

    def json(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        otherwise: tuple[str, Mapping[str, str | int]] | None = None,
    ) -> Any:
        try:
            status, reply = self._ask(url, params, headers, body)
            if status == 400 and otherwise:
                status, reply = self._ask(otherwise[0], otherwise[1], headers, body)
            if status == 400:
                raise ChangedShape(
                    f"{_host(url)} did not understand the question (400)"
                )
            return reply
        except Failure as trouble:
            trouble.args = (self._redacted(str(trouble)),)
            raise

    def _redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text

    def _ask(
        self,
        url: str,
        params: Params | None,
        headers: Mapping[str, str] | None,
        body: Mapping[str, Any] | None,
    ) -> tuple[int, Any]:
        """One question with its redirects: the status (200 or 400) and the reply."""
        host = _host(url)
        for _ in range(REDIRECTS + 1):
            self._spend()
            response = self._send(url, params, headers, body)
            with contextlib.ExitStack() as stack:
                if response.raw is not None:
                    stack.callback(response.close)
                if response.is_redirect:
                    url, params = urljoin(url, response.headers["location"]), None
                    if urlsplit(url).scheme != "https" or _host(url) != host:
                        raise ChangedShape(f"{host} sends us to another place")
                    continue
                text = self._body(response, host)
                if response.status_code == 400:
                    return 400, None
                if not response.ok:
                    raise failure(response.status_code, response.headers, host)
                return 200, decoded(text, host)
        raise ChangedShape(f"{host} sends us round in circles")

    def _spend(self) -> None:
        with self._lock:
            if self._limit <= 0:
                raise BudgetSpent(
                    f"the budget of requests to {self._label} is spent for this time"
                )
            self._limit -= 1

    def _send(
        self,
        url: str,
        params: Params | None,
        headers: Mapping[str, str] | None,
        body: Mapping[str, Any] | None,
    ) -> requests.Response:
        host, left = _host(url), self._left(url)
        try:
            return self._client.session.request(
                "GET" if body is None else "POST",
                url,
                params=params,
                headers=headers,
                json=body,
                timeout=(min(CONNECT, left), min(READ, left)),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise Unreachable(f"{host} {why(error)}") from None
        except (ValueError, OSError) as error:
            raise Unreachable(f"{host} {why(error)}") from None

    def _left(self, url: str) -> float:
        left = self._client.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{_host(url)} was not asked: no time was left")
        return left

    def _body(self, response: requests.Response, host: str) -> bytes:
        pieces, size = [], 0
        try:
            for piece in _pieces(response):
                size += len(piece)
                if size > LARGEST_BODY:
                    raise ChangedShape(f"{host} sends more than any answer holds")
                pieces.append(piece)
                if time.monotonic() > self._client.deadline:
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


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]

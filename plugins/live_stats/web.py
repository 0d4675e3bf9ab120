"""The network: sockets are opened here, and every trouble gets its name here.

urllib3's `Retry` handles connections that fail; it must not see `Retry-After`, which
it would sleep out. Bodies are streamed against a deadline and a cap, since neither a
timeout nor a length in a header ends a body that drips.
"""

import json
import logging
import math
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from .errors import (
    BudgetSpent,
    ChangedShape,
    Failure,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
)
from .providers.base import Provider

# urllib3 logs addresses with their queries, and those of some platforms hold a key.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

CONNECT, READ = 5.0, 10.0  # seconds
LARGEST_BODY = 5_000_000  # bytes, after decompression
REDIRECTS = 3
Params = Mapping[str, str | int | Sequence[str]]

WORDS: dict[int, tuple[type[Failure], str]] = {
    401: (Refused, "refused our credentials"),
    402: (Refused, "wants credits that are used up"),
    403: (Refused, "does not let us read this"),
    404: (NotFound, "does not know this"),
    408: (Unreachable, "gave no answer in time"),
    410: (NotFound, "says this is gone"),
    429: (RateLimited, "says we ask too often"),
    503: (RateLimited, "is not available at the moment"),
}


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
            session.mount("https://", HTTPAdapter(max_retries=retry))
            session.mount("http://", HTTPAdapter(max_retries=retry))
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
        except Failure as failure:
            failure.args = (self._redacted(str(failure)),)
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
            with response:
                if response.is_redirect:
                    url, params = urljoin(url, response.headers["location"]), None
                    if urlsplit(url).scheme != "https" or _host(url) != host:
                        raise ChangedShape(f"{host} sends us to another place")
                    continue
                text = self._body(response, host)
                if response.status_code == 400:
                    return 400, None
                if not response.ok:
                    raise _failure(response, host)
                return 200, _decoded(text, host)
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
            raise Unreachable(f"{host} {_why(error)}") from None
        except (ValueError, OSError) as error:
            raise Unreachable(f"{host} {_why(error)}") from None

    def _left(self, url: str) -> float:
        left = self._client.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{_host(url)} was not asked: no time was left")
        return left

    def _body(self, response: requests.Response, host: str) -> bytes:
        pieces, size = [], 0
        try:
            for piece in response.iter_content(16_384):
                size += len(piece)
                if size > LARGEST_BODY:
                    raise ChangedShape(f"{host} sends more than any answer holds")
                pieces.append(piece)
                if time.monotonic() > self._client.deadline:
                    raise Unreachable(f"{host} did not finish its answer in time")
        except (requests.RequestException, OSError) as error:
            raise Unreachable(f"{host} broke off its answer") from error
        return b"".join(pieces)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _why(error: Exception) -> str:
    """What kept us from an answer, in plain words."""
    if isinstance(error, requests.exceptions.SSLError):
        return "has no valid certificate"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "could not be reached in time"
    if isinstance(error, requests.exceptions.Timeout):
        return "gave no answer in time"
    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text:
        return "could not be reached (name not found)"
    if "refused" in text:
        return "could not be reached (connection refused)"
    if "Connection aborted" in text or "reset" in text:
        return "broke the connection"
    return "could not be reached"


def _decoded(text: bytes, host: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        start = text[:200].decode("utf-8", "replace").lower()
        if "limit" in start and "<" not in start:
            raise RateLimited(f"{host} says we ask too often") from None
        raise ChangedShape(f"{host} answered in another shape: no JSON") from None


def _failure(response: requests.Response, host: str) -> Failure:
    status = response.status_code
    kind, words = WORDS.get(status, (Unreachable, "has trouble of its own"))
    if status < 500 and status not in WORDS:
        kind, words = ChangedShape, "did not understand the question"
    text = f"{host} {words} ({status})"
    if kind is RateLimited:
        return RateLimited(text, retry_after(response.headers, datetime.now(UTC)))
    return kind(text)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until we may ask again, from whichever header says so.

    `Retry-After` in seconds or as a date; else a reset header: seconds since 1970, a
    time in ISO 8601, or seconds left.
    """
    said = headers.get("Retry-After", "").strip()
    if said:
        seconds = _number(said)
        if seconds is not None:
            return seconds
        try:
            return _until(parsedate_to_datetime(said), now)
        except (ValueError, TypeError):
            pass
    for name in ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset"):
        said = headers.get(name, "").strip()
        seconds = _number(said)
        if seconds is not None:
            epoch = seconds > 1_000_000_000
            return max(seconds - now.timestamp(), 0.0) if epoch else seconds
        try:
            return _until(datetime.fromisoformat(said), now)
        except ValueError:
            continue
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _until(time_: datetime, now: datetime) -> float:
    if time_.tzinfo is None:
        time_ = time_.replace(tzinfo=UTC)
    return max((time_ - now).total_seconds(), 0.0)

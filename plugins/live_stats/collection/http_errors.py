"""The troubles of a network, by their names: errors, statuses, headers, bad bodies."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from ..model.errors import (
    ChangedShape,
    Failure,
    NoCount,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
)

LONGEST_REASON = 200  # bytes of a platform's own words

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

# What platforms say in the body of a refusal, whatever its status.
SIGNS: tuple[tuple[re.Pattern[str], type[Failure], str], ...] = (
    (
        re.compile(r"usage-?cap|creditsdepleted|problems/credits", re.I),
        Refused,
        "says that what was paid for is used up",
    ),
    (
        re.compile(
            r"quotaexceeded|ratelimitexceeded|rate.?limit.?exceeded|throttle_violation|"
            r"too many (requests|calls)|request limit reached|"
            # Meta's numbers, which mean something else elsewhere.
            r"\"code\": ?(4|17|32|613)\b.*OAuthException|"
            r"OAuthException.*\"code\": ?(4|17|32|613)\b",
            re.I | re.S,
        ),
        RateLimited,
        "says we ask too often",
    ),
    (
        re.compile(
            r"\"code\": ?190\b|key_?invalid|invalid.{0,20}\b(token|key)\b|"
            r"expired.?token|token.{0,20}expired|authentication_?required",
            re.I,
        ),
        Refused,
        "refused our credentials",
    ),
    # Meta's: a permission not granted; a subject that is not there, or not for us.
    (
        re.compile(r'"code": ?(3|10|2\d\d)\b.*"fbtrace_id"', re.S),
        Refused,
        "does not let us read this",
    ),
    (
        re.compile(r'("code": ?803|"error_subcode": ?33)\b.*"fbtrace_id"', re.S),
        NotFound,
        "does not know this, or does not show it to us",
    ),
    # Code 100 is any wrong parameter; its words say where a permission is missing.
    (
        re.compile(
            r'(?=.*"code": ?100\b)(?=.*"fbtrace_id").*'
            r"(permission|Public (Content|Metadata) Access|app secret proof)",
            re.S,
        ),
        Refused,
        "does not let us read this",
    ),
)


def why(error: Exception) -> str:
    """What kept us from an answer, in plain words."""
    if isinstance(error, requests.exceptions.SSLError):
        return "has no valid certificate"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "could not be reached in time"
    if isinstance(error, requests.exceptions.Timeout):
        return "gave no answer in time"
    text = str(error)
    if "Read timed out" in text:
        return "gave no answer in time"
    if "NameResolution" in text or "getaddrinfo" in text:
        return "could not be reached (name not found)"
    if "refused" in text:
        return "could not be reached (connection refused)"
    if "Connection aborted" in text or "reset" in text:
        return "broke the connection"
    return "could not be reached"


def decoded(text: bytes, host: str, *, reasons: bool = False) -> Any:
    """The JSON of a reply; a failure where it is none.

    With `reasons`, a sentence in its place says why there is no number: NoCount.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        start = text[:LONGEST_REASON].decode("utf-8", "replace")
        if "limit" in start.lower() and "<" not in start:
            raise RateLimited(f"{host} says we ask too often") from None
        words = " ".join(start.split())
        if reasons and words.isprintable() and words and not set("<{[") & set(words):
            more = "…" if len(text) > LONGEST_REASON else ""
            raise NoCount(f"{host} says: {words}{more}") from None
        raise ChangedShape(f"{host} answered in another shape: no JSON") from None


def failure(status: int, headers: Mapping[str, str], host: str, body: str) -> Failure:
    """The failure that a status means, or the words that came with it."""
    kind, words = WORDS.get(status, (Unreachable, "has trouble of its own"))
    if status < 400:
        kind, words = ChangedShape, "sends us elsewhere"
    elif status < 500 and status not in WORDS:
        kind, words = ChangedShape, "did not understand the question"
    if status in (400, 401, 403, 429):
        for pattern, found, said in SIGNS:
            if pattern.search(body):
                kind, words = found, said
                break
        else:
            if status == 403 and (headers.get("Retry-After") or exhausted(headers)):
                kind, words = WORDS[429]
    text = f"{host} {words} ({status})"
    if kind is RateLimited:
        return RateLimited(text, retry_after(headers, datetime.now(UTC)))
    return kind(text)


def exhausted(headers: Mapping[str, str]) -> bool:
    """Whether the platform says that this was the last request for now."""
    names = ("x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining")
    return any(_number(headers.get(name, "").strip()) == 0 for name in names)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until we may ask again, from whichever header says so.

    `Retry-After` in seconds or as a date; else a reset header: seconds since 1970, a
    time in ISO 8601, or seconds left. A number over a thousand million is the former:
    nobody is sent away for thirty years.
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

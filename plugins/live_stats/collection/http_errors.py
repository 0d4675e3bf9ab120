"""Turns HTTP statuses (404, 429, …), headers and broken bodies into errors.

The errors are those of `model.errors`. What is done about them, such as waiting for
`Retry-After`, is decided in `scheduler` and `collector`.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from ..model.errors import (
    ChangedShape,
    Failure,
    Gone,
    Hidden,
    Moved,
    NoCount,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
    WantsLogin,
)
from ..providers.parsing import limit_in_words, seconds_in_words
from .redaction import one_line

MAX_REASON_SIZE = 200  # bytes of a platform's own words
MAX_PAGE_SIZE = 100_000  # bytes of a web page that are looked at
FEW_VALUES, MAX_VALUES = 100_000, 400_000
"""How many signs that begin or end a value JSON may have, whatever its length."""
BYTES_A_VALUE = 4
"""In JSON with more of them; in what platforms send, one comes in eight bytes."""
LONGEST_PAUSE = 366 * 86_400.0  # seconds that anybody may ask for
_PASSWORD_FIELD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.I)
_OUTAGE_WORDS = re.compile(
    r"maintenance|temporarily (unavailable|down|offline)|service unavailable|"
    r"be (right )?back (soon|shortly)|over capacity",
    re.I,
)

FAILURES: dict[int, tuple[type[Failure], str]] = {
    401: (Refused, "refused our credentials"),
    402: (Refused, "wants credits that are used up"),
    403: (Refused, "does not let us read this"),
    404: (NotFound, "does not know this"),
    408: (Unreachable, "gave no answer in time"),
    410: (Gone, "says this is gone"),
    429: (RateLimited, "says we ask too often"),
    451: (Gone, "may not show this any more, by law"),
    503: (RateLimited, "is not available at the moment"),
}
NOT_THERE = (Gone, Moved, Hidden, WantsLogin)
"""What a 404 may mean, if its body says so."""


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """The failure that a text in the body of an error means, whatever the status.

    A group of the pattern, if it has one, fills a `{}` in `words`.
    """

    pattern: re.Pattern[str]
    failure: type[Failure]
    words: str


BODY_PATTERNS: tuple[BodyPattern, ...] = (
    BodyPattern(
        re.compile(r"usage-?cap|creditsdepleted|problems/credits", re.I),
        Refused,
        "says that what was paid for is used up",
    ),
    BodyPattern(
        re.compile(
            r"quotaexceeded|ratelimitexceeded|rate.?limit.?exceeded|throttle_violation|"
            r"too many (requests|calls)|request limit reached|rate_limit_error|"
            # Google's older ones; GitHub's other ones, without any header.
            r"(user|daily|serving)(rate)?limitexceeded|secondary rate limit|"
            r"abuse detection mechanism|"
            # Meta's numbers, which mean something else elsewhere.
            r"\"code\": ?(4|17|32|613)\b.*OAuthException|"
            r"OAuthException.*\"code\": ?(4|17|32|613)\b|"
            r"\"error_subcode\": ?2207034\b",  # 30 hashtags in a week
            re.I | re.S,
        ),
        RateLimited,
        "says we ask too often",
    ),
    BodyPattern(
        re.compile(
            r"\"code\": ?190\b|key_?invalid|invalid.{0,20}\b(token|key)\b|"
            r"expired.?token|token.{0,20}expired|authentication_?required|"
            # Stack Exchange's; Meta's session, and token that is not there.
            r"`key` doesn't match a known application|"
            r"\"code\": ?10[24]\b.*\"fbtrace_id\"",
            re.I,
        ),
        Refused,
        "refused our credentials",
    ),
    # Bluesky's ways to say so, all with the status 400.
    BodyPattern(
        re.compile(r"Account(Takedown|Deactivated)|(Account|Repo)[^\"]{0,30}suspended"),
        Gone,
        "says this account is suspended or closed",
    ),
    BodyPattern(
        re.compile(
            # Bluesky's, Lemmy's, Misskey's and Stack Exchange's.
            r"Profile not found|Could not find (root|repo)\b|"
            r"Unable to resolve (handle|actor)|\bcouldnt_find_\w+|"
            r"\bNO_SUCH_(NOTE|USER)\b|No site found for name|"
            # Meta's: no such hashtag, no such business account.
            r'"error_subcode": ?(2207024|2207013)\b',
            re.I,
        ),
        NotFound,
        "does not know this",
    ),
    BodyPattern(
        re.compile(
            # Mastodon's (with 422), Lemmy's, Misskey's and Tumblr's.
            r"method requires an authenticated user|\binstance_is_private\b|"
            r"\bCREDENTIAL_REQUIRED\b|\bSIGNIN_REQUIRED\b|"
            r"only viewable within the Tumblr dashboard",
            re.I,
        ),
        WantsLogin,
        "shows this only to those who are logged in",
    ),
    BodyPattern(
        # PeerTube's, Reddit's, Misskey's.
        re.compile(
            r"\bvideo_requires_password\b|"
            r'"reason": ?"(private|quarantined|gold_only)"|\bCONTENT_RESTRICTED_BY',
        ),
        Hidden,
        "says that its owner hides this",
    ),
    BodyPattern(
        # Reddit's, YouTube's, GitHub's.
        re.compile(
            r'"reason": ?"(?:banned|(?:channel|account)(?:Closed|Suspended))"|'
            r"Repository access blocked"
        ),
        Gone,
        "says this is closed",
    ),
    BodyPattern(
        re.compile(
            r"does_not_respect_follow_constraints.*\"originUrl\": ?"
            r"\"https?://([\w.:-]{1,100})",
            re.S,
        ),
        Moved,
        "does not show this; its home is {}",
    ),  # fmt: skip
    # Meta's: a page that was joined with another one;
    BodyPattern(
        re.compile(r"migrated to page ID (\d{1,20})"),
        Moved,
        "says that this page is now part of page {}",
    ),
    # trouble of its own, for a while (Stack Exchange's as well);
    BodyPattern(
        re.compile(
            r'"is_transient": ?true|"code": ?[12]\b.*"fbtrace_id"|'
            r'"error_name": ?"(internal_error|temporarily_unavailable)"',
            re.S,
        ),
        Unreachable,
        "has trouble of its own",
    ),
    # a permission not granted; a subject that is not there, or not for us.
    BodyPattern(
        re.compile(r'"code": ?(3|10|368|2\d\d)\b.*"fbtrace_id"', re.S),
        Refused,
        "does not let us read this",
    ),
    BodyPattern(
        re.compile(r'("code": ?803|"error_subcode": ?33)\b.*"fbtrace_id"', re.S),
        NotFound,
        "does not know this, or does not show it to us",
    ),
    # Code 100 is any wrong parameter; its words say where a permission is missing.
    BodyPattern(
        re.compile(
            r'(?=.*"code": ?100\b)(?=.*"fbtrace_id").*'
            r"(permission|Public (Content|Metadata) Access|app secret proof)",
            re.S,
        ),
        Refused,
        "does not let us read this",
    ),
)


def describe_connection_error(error: Exception, proxy: str = "") -> str:
    """Why there is no response, in plain words that follow the name of the host.

    `proxy` is the variable that sets one, if we asked through it. There is no address
    in the words: that of a proxy has a password, that of a platform a key.
    """
    if proxy:
        told = _describe_proxy_error(error, proxy)
        return told or f"{_describe(error)} (through the proxy of {proxy})"
    return _describe(error)


def _describe(error: Exception) -> str:
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


def _describe_proxy_error(error: Exception, proxy: str) -> str:
    """What the proxy does that the variable `proxy` sets; empty if it does its work."""
    text = str(error)
    if "407" in text:
        return (
            f"could not be reached: the proxy of {proxy} wants a name and a password; "
            "write http://name:password@host:port"
        )
    if "Tunnel connection failed" in text:
        return (
            f"could not be reached: the proxy of {proxy} does not let us through; "
            "allow this host there, or name it in NO_PROXY"
        )
    if isinstance(error, requests.exceptions.ProxyError):
        if "certificate" in text.lower():
            return (
                f"could not be reached: the proxy of {proxy} has no valid certificate; "
                "name the file with its issuer in REQUESTS_CA_BUNDLE"
            )
        return (
            f"could not be reached: the proxy of {proxy} does not answer; correct it, "
            "or unset it"
        )
    return ""


def _repeat_all(text: str) -> str:
    """The usual: there is no secret in what others say."""
    return one_line(text, MAX_REASON_SIZE)


def parse_json(
    body: bytes,
    host: str,
    *,
    text_is_reason: bool = False,
    with_key: bool = True,
    repeat: Callable[[str], str] = _repeat_all,
) -> Any:
    """The JSON of a reply.

    Raises ChangedShape where it is none, RateLimited where it is a text about a limit,
    the failure that a web page means where it is one. With `text_is_reason`, any other
    plain text is the reason why there is no number: NoCount, with what `repeat` leaves
    of it.
    """
    if _takes_much_memory(body):
        raise ChangedShape(f"{host} sends more than any answer holds")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        start = body[:MAX_REASON_SIZE].decode("utf-8", "replace")
        if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise _page_failure(body, host, with_key=with_key) from None
        words = " ".join(start.split())
        is_text = words and words.isprintable() and not set("<{[") & set(words)
        if is_text and limit_in_words(words):
            raise RateLimited(f"{host} says we ask too often") from None
        if text_is_reason and is_text:
            more = "…" if len(body) > MAX_REASON_SIZE else ""
            said = f"{host} says: {words}{more}" if (words := repeat(words)) else ""
            raise NoCount(
                said or f"{host} says why, in words that hold a key"
            ) from None
        raise ChangedShape(f"{host} answered in another shape: no JSON") from None


def _takes_much_memory(body: bytes) -> bool:
    """Whether JSON is made of little else than empty values.

    `[{},{},…]` takes thirty times its size in memory.
    """
    most = min(MAX_VALUES, max(len(body) // BYTES_A_VALUE, FEW_VALUES))
    if len(body) <= most:
        return False
    return sum(map(body.count, (b"{", b"[", b",", b":"))) > most


def _page_failure(body: bytes, host: str, *, with_key: bool) -> Failure:
    """What a web page in place of data means: a login, an outage, or we do not know."""
    page = body[:MAX_PAGE_SIZE].decode("utf-8", "replace")
    if _PASSWORD_FIELD.search(page):
        return login_wanted(host, with_key=with_key)
    if _OUTAGE_WORDS.search(page):
        return Unreachable(f"{host} shows a page about an outage")
    return ChangedShape(f"{host} answered in another shape: a web page, no JSON")


def login_wanted(host: str, *, with_key: bool) -> Failure:
    """A login in place of an answer; with a key sent, the key is not taken."""
    if with_key:
        return Refused(f"{host} wants a login: it does not take our credentials")
    return WantsLogin(f"{host} shows this only to those who are logged in")


def failure_for_status(
    status: int,
    headers: Mapping[str, str],
    host: str,
    body: str,
    *,
    with_key: bool = True,
    repeat: Callable[[str], str] = _repeat_all,
) -> Failure:
    """The failure that an HTTP status means, or else the text that came with it.

    `with_key` tells whether credentials were there to be sent: who sent none is not
    told that they are wrong. Of the body that is said which `repeat` leaves.
    """
    kind, words = FAILURES.get(status, (Unreachable, "reported an error"))
    if status < 400:
        kind, words = ChangedShape, "sends us elsewhere"
    elif status < 500 and status not in FAILURES:
        kind, words = ChangedShape, "did not understand the question"
    # Threads refuses with 500 as well, in the words of its other refusals.
    if status in (400, 401, 403, 404, 422, 429) or "fbtrace_id" in body:
        known = _told_by(body, NOT_THERE if status == 404 else (Failure,), repeat)
        limited = headers.get("Retry-After") or is_limit_reached(headers)
        if known:
            kind, words = known
        elif status == 403 and limited:
            kind, words = FAILURES[429]
    if kind is Refused and status == 401 and not with_key:
        kind, words = WantsLogin, "shows this only to those who are logged in"
    text = f"{host} {words} ({status})"
    if kind is RateLimited:
        seconds = retry_after(headers, datetime.now(UTC))
        return RateLimited(text, seconds_in_words(body) if seconds is None else seconds)
    return kind(text)


def _told_by(
    body: str, kinds: tuple[type[Failure], ...], repeat: Callable[[str], str]
) -> tuple[type[Failure], str] | None:
    """The failure, one of `kinds`, that a pattern in a body means, with its words."""
    for one in BODY_PATTERNS:
        if issubclass(one.failure, kinds) and (found := one.pattern.search(body)):
            if "{}" in one.words:
                told = repeat(found[1]) or "elsewhere"
                return one.failure, one.words.format(told)
            return one.failure, one.words
    return None


def is_limit_reached(headers: Mapping[str, str]) -> bool:
    """Whether the headers say that no further request is allowed for now."""
    names = ("x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining")
    return any(_number(headers.get(name, "").strip()) == 0 for name in names)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until the next request is allowed; None if no header has them.

    `Retry-After` in seconds or as a date; else a reset header: seconds since 1970, a
    time in ISO 8601, or seconds left. A number over a thousand million is the former:
    nobody is sent away for thirty years.
    """
    value = headers.get("Retry-After", "").strip()
    if value:
        seconds = _number(value)
        if seconds is not None:
            return min(seconds, LONGEST_PAUSE)
        try:
            return _seconds_until(parsedate_to_datetime(value), now)
        except (ValueError, TypeError, OverflowError):
            pass
    for name in ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset"):
        value = headers.get(name, "").strip()
        seconds = _number(value)
        if seconds is not None:
            epoch = seconds > 1_000_000_000
            left = max(seconds - now.timestamp(), 0.0) if epoch else seconds
            return min(left, LONGEST_PAUSE)
        try:
            return _seconds_until(datetime.fromisoformat(value), now)
        except (ValueError, OverflowError):
            continue
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _seconds_until(time_: datetime, now: datetime) -> float:
    if time_.tzinfo is None:
        time_ = time_.replace(tzinfo=UTC)
    return min(max((time_ - now).total_seconds(), 0.0), LONGEST_PAUSE)

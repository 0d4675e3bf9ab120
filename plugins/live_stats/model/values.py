"""The values that all packages share: references, readings, observations, claims.

Times are aware and in UTC.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import quote

MAX_COUNT = 10**15
"""No count of anything that people do is larger: a reading above it is an error."""


class Exactness(StrEnum):
    """How a number relates to the true one."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    ROUNDED = "rounded"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A span of posting time: so many complete UTC days, or all time (`days=None`)."""

    days: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `7d` or `all`; ValueError for anything else."""
        if text == "all":
            return cls()
        if text[-1:] == "d" and text[:-1].isascii() and text[:-1].isdigit():
            days = int(text[:-1])
            if days:
                return cls(days=days)
        raise ValueError(text)

    def __str__(self) -> str:
        return f"{self.days}d" if self.days else "all"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """The days that a reading covers: `start` to `end`, both included, in UTC."""

    start: date
    end: date

    @classmethod
    def before(cls, today: date, days: int) -> Self:
        """The last `days` complete days, seen from `today` (which is incomplete)."""
        return cls(start=today - timedelta(days=days), end=today - timedelta(days=1))

    @classmethod
    def day(cls, day: date) -> Self:
        return cls(start=day, end=day)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))


def hashtag_name(text: str) -> str:
    """The one spelling of a hashtag, without `#`: in series, files and addresses.

    As platforms tell hashtags apart: by NFKC and lower case, so that full-width letters
    are the usual ones. ß and ς are letters of their own; to fold them as in comparing
    texts would make another word (strasse, σοφοσ).
    """
    folded = unicodedata.normalize("NFKC", text).lstrip("#").lower()
    return unicodedata.normalize("NFKC", folded)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reference:
    """What is counted, in full: nothing left to a default.

    `server` is None where the platform has one server or its usual one is meant.
    """

    platform: str
    kind: str
    subject: str
    metric: str
    window: Window
    server: str | None = None
    series: str = field(init=False, repr=False, compare=False)
    """The canonical spelling: `mastodon/tag/metoo/posts@6d`."""

    def __post_init__(self) -> None:
        # Stored, since it is used far more often than there are references.
        object.__setattr__(self, "series", _spelled(self))


def _spelled(reference: Reference) -> str:
    server = quote(reference.server or "", safe=":")
    place = f"{reference.platform}@{server}" if server else reference.platform
    span = f"@{reference.window}" if reference.window.days else ""
    subject = quote(reference.subject, safe="")
    return f"{place}/{reference.kind}/{subject}/{reference.metric}{span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One number as a platform gave it. `span` is None for a count of all time."""

    metric: str
    value: int
    exactness: Exactness
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A reading with its provenance. Never edited.

    `source` is a URL that a reader can open; `observed_at` is when this value was
    first read.
    """

    series: str
    value: int
    exactness: Exactness
    span: Span | None
    observed_at: datetime
    source: str

    @property
    def day(self) -> date:
        return self.observed_at.date()


class Bound(StrEnum):
    """How a claim relates to its number: the true value is … it."""

    EXACTLY = "exactly"
    OVER = "over"  # strictly above: over, more than, just over
    AT_LEAST = "at-least"
    UNDER = "under"  # strictly below: nearly, almost, under, fewer than
    AT_MOST = "at-most"  # at most, up to
    ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The figure as the author wrote it.

    `text` is the link text, plain. `value` is the number in it, `bound` what its
    qualifier says ("nearly half a million": 500,000, under). `as_of` dates it;
    `source` is where the author read it, if the author said so.
    """

    text: str
    value: int
    bound: Bound
    as_of: date
    source: str | None = None

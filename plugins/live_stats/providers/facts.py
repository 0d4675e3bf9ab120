"""The facts that a provider declares: kinds of subject, metrics, budgets, reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from ..model.values import Exactness
from . import spelling

HASHTAG = r"[^/\s]+"
"""Subjects: a hashtag, whose characters `references.grammar` knows."""

_NO_TAG = r"""/\s?=;,"<>|\\^`{}()\[\]…“”„«»\x00-\x1f\x7f\xad"""
_IN_TAG = rf"[^{_NO_TAG}\u200b\u200e\u200f\u2060\ufeff]"
LOOSE = rf"(?!['’]){_IN_TAG}*(?![.:&@~*'’-]){_IN_TAG}"
"""Subjects: tags that may be more than a hashtag, and words searched for.

No sign that ends a sentence or an address stands at the end: c++, c# and node.js are
tags, "metoo." is not.
"""

NAME = r"@?\w(?:[\w.:@-]*\w)?"
"""Subjects: names of accounts and sites, in ASCII."""


class Break(NamedTuple):
    """A day on which a platform changed its method, and what changed."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number that a platform gives for one kind of subject.

    `path` is its place in a reply for `parsing.counts`: steps with dots between them;
    a second name follows after a space ("stats.plays", "retweet_count repost_count").

    `scope` tells whose posts are counted, `caveat` what the number does not tell: both
    in plain English for readers, `{server}` filled in. `where` is the scope in two
    words, for use inside a sentence.

    `days` holds the windows on offer, in days, the shortest first: `range(1, 366)`, or
    `(1, 7, 30)` where there are no others; empty means that the number covers all
    time. `default_days` is the window where an author names none (None: all time).
    `daily` is set where the answer for a window has each of its days: a shorter window
    is then the sum of the last of them, and is not asked for beside a longer one.
    `minutes` is set where it covers a span that ends with the reading, such as the 24
    hours before; 0 is that very moment. `since` is the first day of a daily series that
    the platform gives in one answer. `additive` numbers may be summed with the same
    metric of other platforms, since no post is counted by two of them.

    `breaks` are the days on which the platform changed its method.
    """

    name: str
    scope: str
    exactness: Exactness = Exactness.EXACT
    path: str = ""
    caveat: str = ""
    where: str = "{label}"
    days: Sequence[int] = range(0)
    default_days: int | None = None
    daily: bool = False
    minutes: int | None = None
    since: date | None = None
    additive: bool = False
    breaks: tuple[Break, ...] = ()


def totals(paths: Mapping[str, str], **facts: Any) -> tuple[Metric, ...]:
    """Metrics, by name and path, that share all other facts; exact unless told else."""
    return tuple(Metric(name=name, path=path, **facts) for name, path in paths.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of subject: `tag`, `post`, … The first metric is the usual one.

    `host` is where requests go, `page` the URL for readers, with `{server}` and
    `{subject}` (percent-encoded; `{a}` and `{b}` are its parts around the last
    slash) to fill in. `example` is a subject for documentation, the contract tests and
    `live-stats live`: real, public and lasting (the platform's own account, its oldest
    posts), on `example_server` if the default server cannot have it. Where only owners
    may ask (`own`), it is invented.

    `subject` is a pattern that every subject matches (\\w and \\d are ASCII, but in a
    tag), `hint` how to write one. Hashtags of the platform may have an `emoji`.
    `addresses` are patterns of the URLs that people copy from their browser, without
    the scheme: with a group `subject` (or `a` and `b`), and `server` if there are
    several: hosts without `www.` and `m.`, in small letters. `needs_server` is set
    where the default server cannot have the subject.

    `same` gives all spellings that are one subject the spelling of its series,
    `spelled` turns that into what is asked for: both of a subject and a server (see
    `spelling`). By default, a tag is a hashtag, and everything else is as it is.

    Without the credentials in `needs` nothing is fetched; a request costs `dollars`,
    one for a window that comes from the `archive` as much as that says.
    """

    name: str
    metrics: tuple[Metric, ...]
    host: str
    page: str
    example: str
    subject: str = HASHTAG
    hint: str = ""
    emoji: bool = False
    same: Callable[[str, str], str] | None = None
    spelled: Callable[[str, str], str] | None = None
    addresses: tuple[str, ...] = ()
    needs_server: bool = False
    example_server: str = ""
    own: bool = False
    needs: tuple[str, ...] = ()
    dollars: Decimal = Decimal(0)
    archive: "Archive | None" = None

    def key(self, subject: str, server: str) -> str:
        """The spelling of a subject in its series."""
        usual = spelling.hashtag if self.name == "tag" else spelling.as_it_is
        return (self.same or usual)(subject, server)

    def asked(self, subject: str, server: str) -> str:
        """A subject, spelled as in its series, as the platform is asked for it."""
        usual = spelling.typed if self.name == "tag" else spelling.as_it_is
        return (self.spelled or usual)(subject, server)

    def request_price(self, days: int | None) -> Decimal:
        """The dollars that one request for a window of so many days costs."""
        if self.archive and self.archive.has(days):
            return self.archive.dollars
        return self.dollars

    def requests_for(self, days: int | None) -> int:
        """How many requests a window of so many days takes at least."""
        if days and self.archive and self.archive.has(days):
            return -(-days // self.archive.days)
        return 1

    def price(self, days: int | None) -> Decimal:
        """The dollars that a window of so many days costs."""
        return self.request_price(days) * self.requests_for(days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What answers for windows of more than `after` days: at another price.

    A request costs `dollars` and covers `days` days; a longer window takes several.
    """

    after: int
    dollars: Decimal
    days: int

    def has(self, days: int | None) -> bool:
        return days is not None and days > self.after


def dollars(amount: Decimal) -> str:
    """An amount as people read it: $0.005."""
    return f"${amount.normalize():f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A limit of our own: at most `most` of `unit` in any `days` days, today included.

    `unit` is "requests", "dollars" (an estimate), or whatever the platform counts.
    `kinds` are the kinds of subject that it is spent on (empty: all). A `distinct`
    budget counts subjects, each once.
    """

    unit: str
    most: Decimal
    days: int = 1
    kinds: tuple[str, ...] = ()
    distinct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """No official number exists (any more): as of when, why, and where to look.

    `since` is the day on which the platform ended it, if there was one before.
    """

    as_of: date
    reason: str
    instead: str = ""
    since: date | None = None


def fill_in(template: str, *, label: str, server: str, subject: str) -> str:
    """A fact with its `{fields}` filled in; the subject percent-encoded, `@` kept."""
    first, _, last = subject.rpartition("/")
    return template.format(
        label=label,
        server=server,
        subject=_Encoded(subject),
        a=_Encoded(first or subject),
        b=_Encoded(last),
    )


class _Encoded(str):
    """Percent-encoded where it stands in a template: most do not name it."""

    def __format__(self, spec: str) -> str:
        return format(quote(self, safe="@:"), spec)

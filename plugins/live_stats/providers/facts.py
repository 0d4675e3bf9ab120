"""What a provider declares: metrics, kinds of subject, budgets, and what is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ..model.values import Exactness

HASHTAG, LOOSE = r"[^/\s]+", r'[^/\s?="<>\x00-\x1f\x7f]+'
"""Subjects: a hashtag, if a tag; tags that may be more, and words searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number that a platform gives for one kind of subject.

    `path` is where it lies in a reply: steps with dots between them, and what else it
    may be called after a space ("stats.plays", "retweet_count repost_count").

    `scope` says whose posts are meant, `caveat` what the number does not say: both in
    plain English for readers, `{server}` filled in. `where` is the scope in two words,
    for use inside a sentence.

    `days` holds the windows on offer, in days; empty means that the number covers all
    time. `default_days` is the window where an author names none (None: all time).
    `minutes` is set where it covers a span that ends with the reading, such as the 24
    hours before; 0 is that very moment. `since` is the first day of a daily series that
    the platform gives in one answer. `additive` numbers may be summed with the same
    metric of other platforms, since no post is counted by two of them.

    `breaks` are the days on which its method changed, each with what changed.
    """

    name: str
    scope: str
    exactness: Exactness = Exactness.EXACT
    path: str = ""
    caveat: str = ""
    where: str = "{label}"
    days: range = range(0)
    default_days: int | None = None
    minutes: int | None = None
    since: date | None = None
    additive: bool = False
    breaks: tuple[tuple[date, str], ...] = ()


def totals(paths: Mapping[str, str], **facts: Any) -> tuple[Metric, ...]:
    """Metrics alike but for their names and paths; exact counts, if nothing is said."""
    return tuple(Metric(name=name, path=path, **facts) for name, path in paths.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of subject: `tag`, `post`, … The first metric is the usual one.

    `host` is who is asked and `page` where a reader can look, with `{server}` and
    `{subject}` (percent-encoded; `{a}` and `{b}` are its parts around the last
    slash) to fill in. `example` is a subject for documentation and the contract tests.

    `subject` is a pattern that every subject matches, `hint` how to write one.
    `addresses` are patterns of what people copy from their browser, without the
    scheme: with a group `subject` (or `a` and `b`), and `server` where any may stand.
    `needs_server` is set where the usual server cannot have the subject.

    Without the credentials in `needs` nothing is asked; a request costs `dollars`.
    """

    name: str
    metrics: tuple[Metric, ...]
    host: str
    page: str
    example: str
    subject: str = HASHTAG
    hint: str = ""
    addresses: tuple[str, ...] = ()
    needs_server: bool = False
    needs: tuple[str, ...] = ()
    dollars: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What we allow ourselves: `most` of `unit` in any `days` days, today included.

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

    `since` is the day on which the platform closed its door, if it ever stood open.
    """

    as_of: date
    reason: str
    instead: str = ""
    since: date | None = None


def fill_in(template: str, *, label: str, server: str, subject: str) -> str:
    """A fact with its `{places}` filled; the subject percent-encoded, `@` kept."""
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

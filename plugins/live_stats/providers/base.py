"""What a provider is: facts, and one method that asks and yields readings.

A provider never catches, never sleeps, and never reads the clock, the disk or the
environment: the question brings the day and the credentials, `web` brings the answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Protocol
from urllib.parse import quote

from ..model import Exactness, Reading, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number that a platform gives for one kind of subject.

    `days` holds the windows on offer, in days; empty means that the number covers
    all time. `default_days` is the window where an author names none. `scope` says
    whose posts are meant, `caveat` what the number does not say: both in plain
    English for readers, `{server}` filled in. `where` is the scope in two words,
    for use inside a sentence. `additive` numbers may be summed with the same metric
    of other platforms, since no post is counted by two of them.
    """

    name: str
    exactness: Exactness
    scope: str
    caveat: str = ""
    where: str = "{label}"
    days: range = range(0)
    default_days: int | None = None
    additive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of subject: `tag`, `post`, … The first metric is the usual one.

    `host` is who is asked and `page` where a reader can look, with `{server}` and
    `{subject}` (percent-encoded; `{a}` and `{b}` are its parts around the last
    slash) to fill in. `needs` names credentials without which nothing is asked.
    `dollars` is the price of a request. `example` is a subject for documentation
    and the contract tests.
    """

    name: str
    metrics: tuple[Metric, ...]
    host: str
    page: str
    example: str
    needs: tuple[str, ...] = ()
    dollars: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """No official number exists (any more): as of when, and why.

    `since` is the day on which the platform closed its door, if it ever stood open.
    """

    as_of: date
    reason: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask: every metric in `metrics` of one subject in one window.

    `today` is the UTC day of the collection; it is incomplete and never counted.
    `credentials` has the values of the provider's environment variables that are set.
    """

    server: str
    kind: str
    subject: str
    metrics: tuple[str, ...]
    window: Window
    today: date
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)


class Web(Protocol):
    """How a provider asks. Raises `errors.Failure` for whatever goes wrong."""

    def json(
        self,
        url: str,
        *,
        params: Mapping[str, str | int | Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        otherwise: tuple[str, Mapping[str, str | int]] | None = None,
    ) -> Any:
        """The decoded reply to a GET of `url`, or to a POST of `body` as JSON.

        Where the platform answers 400 and `otherwise` (an address and parameters)
        is given, that is asked once instead.
        """


class Provider:
    """Facts first; `read` last. See `mastodon.py` for a whole one."""

    name: ClassVar[str]
    label: ClassVar[str]
    docs: ClassVar[str]
    kinds: ClassVar[tuple[Kind, ...]]
    fresh_for: ClassVar[timedelta]
    server: ClassVar[str] = ""
    """The server meant where none is named; empty where there is only one."""
    server_variable: ClassVar[str] = ""
    """The environment variable that names another usual server."""
    credentials: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Environment variables: the name we document, and its accepted aliases."""
    pause: ClassVar[float] = 0.0
    """Seconds that the platform wants between two requests."""
    requests: ClassVar[int] = 60
    """How many requests one collection may make."""
    attribution: ClassVar[str] = ""
    """A line that the platform's terms ask for, for the page on how we count."""
    unavailable: ClassVar[Mapping[str, Unavailable]] = {}
    """By kind: numbers that no one can ask for, with the reason."""

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        """Ask once (or a few times) and yield what was read.

        Yields at least each metric asked for, in the question's window; where the
        platform gives a series, also each complete day of it as a one-day reading.
        """
        raise NotImplementedError


def totals(names: Iterable[str], **facts: Any) -> tuple[Metric, ...]:
    """Exact counts of all time, alike but for their names."""
    return tuple(
        Metric(name=name, exactness=Exactness.EXACT, **facts) for name in names
    )


def kind_of(provider: Provider | type[Provider], name: str) -> Kind | None:
    return next((kind for kind in provider.kinds if kind.name == name), None)


def metric_of(kind: Kind, name: str) -> Metric | None:
    return next((metric for metric in kind.metrics if metric.name == name), None)


def fill_in(template: str, *, label: str, server: str, subject: str) -> str:
    """A fact with its `{places}` filled; the subject percent-encoded, `@` kept."""
    first, _, last = subject.rpartition("/")
    return template.format(
        label=label,
        server=server,
        subject=quote(subject, safe="@:"),
        a=quote(first or subject, safe="@:"),
        b=quote(last, safe="@:"),
    )

"""What a provider is: facts about a platform, and one method that fetches readings.

A provider never catches, never sleeps, and never uses the clock, the disk or the
environment: the query brings the day and the credentials, the session sends requests.
"""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol

from ..model.values import Reading, Window
from .facts import (
    LOOSE,
    NAME,
    Archive,
    Break,
    Budget,
    Kind,
    Metric,
    Unavailable,
    totals,
)

__all__ = [
    "LOOSE",
    "NAME",
    "Archive",
    "Break",
    "Budget",
    "Kind",
    "Metric",
    "Params",
    "Provider",
    "Query",
    "Session",
    "Unavailable",
    "kind_of",
    "metric_of",
    "totals",
    "unavailable",
]

Params = dict[str, str | int | Sequence[str]]
"""The parameters of a request; one with several values is sent several times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to fetch: every metric in `metrics` of one subject in one window.

    `window` is the longest wanted where the metrics are `daily`: readings of shorter
    ones are made from the days. A metric that has no such window gives its days only.
    `today` is the UTC day of the collection; it is incomplete and never counted.
    `since` is the first day wanted of a daily series, None for the days of the
    window only. `credentials` has those of the provider's environment variables that
    are set, `options` those that are no secret, as set or by default.
    """

    server: str
    kind: str
    subject: str
    metrics: tuple[Metric, ...]
    window: Window
    today: date
    since: date | None = None
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)


class Session(Protocol):
    """How a provider sends requests. Raises an `errors.Failure` where one fails."""

    cache: MutableMapping[str, Any]
    """What a provider keeps for the rest of this collection, such as a token."""

    def fetch_json(
        self,
        url: str,
        *,
        params: Mapping[str, str | int | Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | int] | None = None,
        accept: Collection[int] = (),
        fallback: tuple[str, Mapping[str, str | int | Sequence[str]]] | None = None,
        fallback_on: int = 400,
        text_is_reason: bool = False,
    ) -> Any:
        """The parsed reply to a GET of `url`, or to a POST of `body` as JSON or `form`.

        A status in `accept` is no failure. After the status `fallback_on`, `fallback`
        (URL, parameters) is fetched instead. With `text_is_reason`, a plain text in
        place of JSON is the reason why there is no number: NoCount.
        """

    def pause(self, seconds: float) -> None:
        """Send no further request to this host for so long: a reply wants that."""


class Provider:
    """One platform: what it counts, and how to fetch it.

    A subclass sets the class attributes, and overrides `fetch`. `github.py` is a short
    one, `mastodon.py` has several servers and a daily series.
    """

    name: ClassVar[str]
    """The name in addresses, in small letters: `mastodon`."""
    label: ClassVar[str]
    """The name that readers see: `Mastodon`."""
    docs: ClassVar[str]
    """The URL of the platform's documentation of its API."""
    kinds: ClassVar[tuple[Kind, ...]]
    """The kinds of subject that it counts; the first is the usual one."""
    fresh_for: ClassVar[timedelta]
    """How long a reading counts as fresh: until then nothing is fetched again."""
    server: ClassVar[str] = ""
    """The default server; empty where the platform is one service."""
    server_ending: ClassVar[str] = ""
    """What its servers' names go without, and authors may write: `.org`."""
    server_variable: ClassVar[str] = ""
    """The environment variable that sets another default server."""
    credentials: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Environment variables: the name that we document, and its accepted aliases.

    They are sent to the default server only: a key is for the server that gave it.
    """
    options: ClassVar[Mapping[str, str]] = {}
    """Environment variables that are no secret, with their defaults."""
    pause: ClassVar[float] = 0.0
    """Seconds that the platform wants between two requests."""
    redirects: ClassVar[bool] = False
    """Whether it sends us from one URL of a server to another one of the same.

    A redirect to another server is never followed, nor one of a POST.
    """
    reply_size: ClassVar[int] = 500_000
    """How many bytes one of its replies may have; whatever is longer is not read."""
    requests: ClassVar[int] = 60
    """How many requests one collection may make to one host."""
    budgets: ClassVar[tuple[Budget, ...]] = ()
    """What several collections may spend together; kept in the state."""
    attribution: ClassVar[str] = ""
    """A line that the platform's terms require on the page "How we count"."""
    unavailable: ClassVar[Mapping[str, Unavailable]] = {}
    """By kind, or kind/metric: numbers that nobody can fetch, with the reason."""
    words: ClassVar[Mapping[str, str]] = {}
    """The platform's own words for a metric: `{"retweets": "reposts"}`.

    Authors may write them; a series has our word.
    """
    uncounted: ClassVar[Mapping[str, str]] = {}
    """Patterns of URLs, as in `Kind.addresses`, of what cannot be asked for: why not.

    In plain English, to stand behind a colon.
    """

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        """Send one request (or a few) and yield the readings in the replies.

        Yields at least each metric of the query, in its window; where the platform
        gives a daily series, also each complete day of it as a one-day reading. Raises
        `errors.Failure`, and nothing else whatever a reply holds: it is read with the
        functions of `parsing`.

        This default yields nothing. It is for platforms whose numbers are all
        `unavailable`.
        """
        yield from ()


def kind_of(provider: Provider | type[Provider], name: str) -> Kind | None:
    """The provider's kind of subject with this name."""
    return next((kind for kind in provider.kinds if kind.name == name), None)


def metric_of(kind: Kind, name: str) -> Metric | None:
    """The metric with this name."""
    return next((metric for metric in kind.metrics if metric.name == name), None)


def metric_called(provider: Provider, kind: Kind, word: str) -> Metric | None:
    """The metric with this name, or that the platform has this word for."""
    return metric_of(kind, word) or metric_of(kind, provider.words.get(word, ""))


def unavailable(provider: Provider, kind: str, metric: str) -> Unavailable | None:
    """Why nobody can fetch this number; None where that is possible."""
    closed = provider.unavailable
    return closed.get(f"{kind}/{metric}") or closed.get(kind)

"""What a provider is: facts, and one method that asks and yields readings.

A provider never catches, never sleeps, and never reads the clock, the disk or the
environment: the question brings the day and the credentials, `web` brings the answer.
"""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol

from ..model.values import Reading, Window
from .facts import LOOSE, Budget, Kind, Metric, Unavailable, totals

__all__ = [
    "LOOSE",
    "Budget",
    "Kind",
    "Metric",
    "Params",
    "Provider",
    "Question",
    "Unavailable",
    "Web",
    "kind_of",
    "metric_of",
    "totals",
    "unavailable",
]


Params = dict[str, str | int | Sequence[str]]
"""The parameters of a request; one with several values is sent several times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask: every metric in `metrics` of one subject in one window.

    `today` is the UTC day of the collection; it is incomplete and never counted.
    `since` is the first day wanted of a daily series, None for those of the window
    only. `credentials` has the values of the provider's environment variables that are
    set, `options` those that are no secret, each set or usual.
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


class Web(Protocol):
    """How a provider asks. Raises `errors.Failure` for whatever goes wrong."""

    memory: MutableMapping[str, Any]
    """What one collection remembers for a provider: a session, a token."""

    def json(
        self,
        url: str,
        *,
        params: Mapping[str, str | int | Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | int] | None = None,
        also: Collection[int] = (),
        otherwise: tuple[str, Mapping[str, str | int]] | None = None,
        on: int = 400,
        reasons: bool = False,
    ) -> Any:
        """The decoded reply to a GET of `url`, or a POST of `body` as JSON or `form`.

        Replies with a status in `also` are answers too. After the status `on`,
        `otherwise` (address, parameters) is asked. `reasons` in words become NoCount.
        """

    def rest(self, seconds: float) -> None:
        """The reply asks to be left alone for so long; the next question waits."""


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
    """Environment variables: the name we document, and its accepted aliases.

    They are sent to the usual server only: a key is for the server that gave it.
    """
    options: ClassVar[Mapping[str, str]] = {}
    """Environment variables that are no secret, with their usual values."""
    pause: ClassVar[float] = 0.0
    """Seconds that the platform wants between two requests."""
    requests: ClassVar[int] = 60
    """How many requests one collection may make."""
    budgets: ClassVar[tuple[Budget, ...]] = ()
    """What several collections may spend together; kept in the state."""
    attribution: ClassVar[str] = ""
    """A line that the platform's terms ask for, for the page on how we count."""
    unavailable: ClassVar[Mapping[str, Unavailable]] = {}
    """By kind, or kind/metric: numbers that no one can ask for, with the reason."""

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        """Ask once (or a few times) and yield what was read.

        Yields at least each metric asked for, in the question's window; where the
        platform gives a series, also each complete day of it as a one-day reading.
        """
        raise NotImplementedError


def kind_of(provider: Provider | type[Provider], name: str) -> Kind | None:
    return next((kind for kind in provider.kinds if kind.name == name), None)


def metric_of(kind: Kind, name: str) -> Metric | None:
    return next((metric for metric in kind.metrics if metric.name == name), None)


def unavailable(provider: Provider, kind: str, metric: str) -> Unavailable | None:
    """Why no one can ask for this number; None where one can."""
    closed = provider.unavailable
    return closed.get(f"{kind}/{metric}") or closed.get(kind)

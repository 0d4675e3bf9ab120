"""What is asked of each platform: the lasting examples that its provider declares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

from ...model.errors import Mistake, Mistakes
from ...model.values import Reference
from ...providers import PROVIDERS
from ...providers.base import Kind, Metric, Provider, unavailable
from ...providers.environment import credentials_of, options_of, usual_server
from ...references.catalogue import AddressError, parse


@dataclass(slots=True)
class Examples:
    """The references to ask, and a sentence for each kind that is left out."""

    references: list[Reference] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def examples(names: Sequence[str], environment: Mapping[str, str]) -> Examples:
    """Each number of the platforms in `names` (empty: of all) that can be asked for.

    What costs money is asked only where its platform is named.
    """
    found = Examples()
    for provider in PROVIDERS:
        if provider.name == "all" or (names and provider.name not in names):
            continue
        for kind in provider.kinds:
            metrics = [
                metric
                for metric in kind.metrics
                if not unavailable(provider, kind.name, metric.name)
            ]
            if not metrics:
                continue
            why = _why_not(provider, kind, environment, named=provider.name in names)
            if why:
                found.left_out.append(f"{provider.name}/{kind.name}: {why}")
            else:
                found.references += _references(provider, kind, metrics, environment)
    return found


def _why_not(
    provider: Provider, kind: Kind, environment: Mapping[str, str], *, named: bool
) -> str:
    """Why a kind is not asked for; empty if it can be."""
    have = credentials_of(provider, environment) | options_of(provider, environment)
    missing = [name for name in kind.needs if not have.get(name)]
    if kind.own or (kind.needs_server and not kind.example_server):
        own = 'only its owner may ask: make live ref="stat:…" with one of yours'
        return own + (f", and {', '.join(missing)}" if missing else "")
    if missing:
        return f"needs {', '.join(missing)}"
    if kind.dollars and not named:
        return f"costs money: make live name={provider.name} asks"
    return ""


def _references(
    provider: Provider,
    kind: Kind,
    metrics: Sequence[Metric],
    environment: Mapping[str, str],
) -> Iterator[Reference]:
    place = provider.name
    server = kind.example_server or usual_server(provider, environment)
    if server and server != provider.server:
        place += f"@{quote(server, safe=':')}"
    subject = quote(kind.example, safe="")
    for metric in metrics:
        for window in _windows(metric):
            try:
                yield parse(
                    f"{place}/{kind.name}/{subject}/{metric.name}{window}",
                )[0]
            except AddressError as error:
                raise Mistakes([_wrong_server(provider, error)]) from None


def _wrong_server(provider: Provider, error: AddressError) -> Mistake:
    return Mistake(path=provider.server_variable, what=error.what, mend=error.mend)


def _windows(metric: Metric) -> Iterator[str]:
    """The usual window, the shortest and the longest: `""`, `@1d`, `@365d`."""
    usual = metric.default_days
    yield ""
    if metric.days:
        for days in dict.fromkeys((min(metric.days), max(metric.days))):
            if days != usual:
                yield f"@{days}d"


def cost(references: Sequence[Reference]) -> Decimal:
    """What the requests cost at least, in dollars: one for each subject and window."""
    prices = {(provider.name, kind.name): kind.dollars for provider, kind in _kinds()}
    asked = {
        (one.platform, one.kind, one.subject, one.server, one.window)
        for one in references
    }
    return sum((prices[key[0], key[1]] for key in asked), Decimal(0))


def _kinds() -> Iterator[tuple[Provider, Kind]]:
    return ((provider, kind) for provider in PROVIDERS for kind in provider.kinds)

"""Parses URLs that people copy from their browser, with a metric at the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from ..model.values import Window
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import Kind, Provider, metric_called, unavailable
from .grammar import ON_ANY_SERVER, AddressError, look_up, split_window
from .known_hosts import is_shortener, platform_of_host, software_of_server
from .pasted import SCHEME, tidy, tidy_host

NOWHERE = "no platform here knows this address of"
_WORDS = {
    word
    for provider in PROVIDERS
    for word in (
        *provider.words,
        *(metric.name for kind in provider.kinds for metric in kind.metrics),
    )
}
"""All words for numbers that may stand behind a URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """The parts of a URL. `server` is empty where the platform has only one."""

    provider: Provider
    kind: Kind
    server: str
    subject: str
    metric: str
    window: Window | None


def parse_web_address(body: str) -> WebAddress:
    """Parse `https://x.com/…/status/1/likes`: a URL, the metric behind its path.

    Raises AddressError where no provider knows such a URL, or where the metric is
    missing and there are several.
    """
    try:
        (url, window), misspelt = split_window(body.rstrip("/")), None
    except AddressError as error:  # or no window at all: /@anna@example.org
        url, window, misspelt = body, None, error
    seen = _Seen()
    for address, metric in _split_metric(tidy(url)):
        if found := seen.add(address, metric, window):
            return found
    if found := seen.only_metric():
        return found
    if misspelt:
        raise misspelt
    raise _unknown_address(SCHEME.sub("", url).partition("/")[0].partition("?")[0])


@dataclass(slots=True)
class _Seen:
    """What the ways to read a URL have led to, where none was right at once."""

    nameless: list[WebAddress] = field(default_factory=list)
    strange: list[WebAddress] = field(default_factory=list)
    uncounted: list[AddressError] = field(default_factory=list)

    def add(
        self, address: str, metric: str, window: Window | None
    ) -> WebAddress | None:
        """The reading of the URL if it is right; else it is kept."""
        found = _match_platform(address, metric, window)
        if found and metric and metric_called(found.provider, found.kind, metric):
            return found
        if metric in _WORDS or not metric:
            self.uncounted += _uncounted(address)
        if found:
            (self.strange if metric else self.nameless).append(found)
        return None

    def only_metric(self) -> WebAddress | None:
        """What is named without a metric, if it has but one; AddressError else."""
        if self.uncounted:
            raise self.uncounted[0]
        for found in self.nameless:
            first, *others = found.kind.metrics
            if not others:
                return replace(found, metric=first.name)
            names = ", ".join(metric.name for metric in found.kind.metrics)
            raise AddressError(
                f"this {found.kind.name} on {found.provider.label} has several numbers",
                f"write one behind the address: …/{first.name} (known: {names})",
            )
        for found in self.strange:
            known = {one.name: one for one in found.kind.metrics}
            look_up(found.metric, known, "metric")
        return None


def _unknown_address(host: str) -> AddressError:
    """The error for a URL that no provider counts, with the reason if it is known."""
    what, home = (
        f"{NOWHERE} {host}",
        platform_of_host(host),
    )
    if is_shortener(host):
        return AddressError(
            f"{what}: a short address does not say what it leads to",
            "open it, and copy the long address from the browser",
        )
    if home is None:
        home = software_of_server(tidy_host(host)) or None
    if home is None:
        return AddressError(
            what,
            "write stat:<platform>/<kind>/<subject>/<metric>; "
            "make platforms lists them",
        )
    if not home:
        return AddressError(
            f"{what}: it answers as no server of Mastodon, Lemmy or their kin does",
            "write the number as plain text; make platforms lists what can be counted",
        )
    provider = BY_NAME[home]
    closed = [unavailable(provider, kind.name, "") for kind in provider.kinds]
    if closed[0] and all(closed):
        return AddressError(
            f"{what}: {closed[0].reason}",
            "write the number as plain text, or with an address such as "
            f"{_examples(provider)}",
        )
    return AddressError(
        what,
        f"what {provider.label} is asked for has an address such as "
        f"{_examples(provider)}",
    )


def _examples(provider: Provider) -> str:
    return " or ".join(
        f"stat:{provider.name}/{kind.name}/{quote(kind.example, safe='')}"
        for kind in provider.kinds[:3]
    )


def _uncounted(address: str) -> Iterator[AddressError]:
    """The errors for a URL of something that is known and that nobody here can ask."""
    host = address.partition("/")[0]
    for provider in _providers_of(host):
        for pattern, reason in provider.uncounted.items():
            if _matches(pattern, address, host):
                yield AddressError(
                    f"{NOWHERE} {host}: {reason}",
                    "write the number as plain text, or with an address such as "
                    f"{_examples(provider)}",
                )


def _split_metric(url: str) -> Iterator[tuple[str, str]]:
    """URL and metric in all ways that are possible: behind it, before its `?`, none."""
    head, slash, last = url.rpartition("/")
    if slash and "?" not in last and last.isalpha():
        yield head, last.lower()
    path, question, query = url.partition("?")
    head, slash, last = path.rpartition("/")
    if question and slash and last.isalpha():
        yield f"{head}?{query}", last.lower()
    yield url, ""


def _providers_of(host: str) -> tuple[Provider, ...]:
    """The providers that may know the addresses of a host: on some servers, but one."""
    software = software_of_server(host)
    return (BY_NAME[software],) if software else PROVIDERS


def _match_platform(
    address: str, metric: str, window: Window | None
) -> WebAddress | None:
    host = address.partition("/")[0]
    # Platforms with one home first: any server may have such a path.
    for anywhere in (False, True):
        for provider in _providers_of(host):
            for kind in provider.kinds:
                for pattern in kind.addresses:
                    if pattern.startswith(ON_ANY_SERVER) is anywhere:
                        match = _matches(pattern, address, host)
                        if match:
                            return _web_address(provider, kind, match, metric, window)
    return None


def _matches(pattern: str, address: str, host: str) -> re.Match[str] | None:
    """The match of a pattern; None where it is one of servers, and the host is none."""
    if pattern.startswith(ON_ANY_SERVER) and platform_of_host(host) is not None:
        return None
    return re.fullmatch(rf"{pattern}/?(?:\?.*)?", address)


def _web_address(
    provider: Provider,
    kind: Kind,
    match: re.Match[str],
    metric: str,
    window: Window | None,
) -> WebAddress:
    parts = {name: unquote(part) for name, part in match.groupdict().items() if part}
    subject = parts.get("subject") or f"{parts.get('a', '')}/{parts.get('b', '')}"
    return WebAddress(
        provider=provider,
        kind=kind,
        server=parts.get("server", ""),
        subject=subject,
        metric=metric,
        window=window,
    )

"""Parses URLs that people copy from their browser, with a metric at the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from ..model.values import Window
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import Kind, Provider, metric_of, unavailable
from .grammar import ON_ANY_SERVER, AddressError, look_up, split_window
from .known_hosts import platform_of_host


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """The parts of a URL. `server` is empty where the platform has only one."""

    provider: Provider
    kind: Kind
    server: str
    subject: str
    metric: str
    window: Window | None


def is_web_address(body: str) -> bool:
    return body.startswith(("https://", "http://"))


def parse_web_address(body: str) -> WebAddress:
    """Parse `https://x.com/…/status/1/likes`: a URL, the metric behind its path.

    Raises AddressError where no provider knows such a URL, or where the metric is
    missing and there are several.
    """
    try:
        (url, window), misspelt = split_window(body), None
    except AddressError as error:  # or no window at all: /@anna@example.org
        url, window, misspelt = body, None, error
    nameless: list[WebAddress] = []
    strange: list[tuple[str, WebAddress]] = []
    for address, metric in _split_metric(url.partition("://")[2]):
        found = _match_platform(address, metric, window)
        if found is None:
            continue
        if not metric:
            nameless.append(found)
        elif metric_of(found.kind, metric):
            return found
        else:
            strange.append((metric, found))
    for found in nameless:
        first, *others = found.kind.metrics
        if not others:
            return replace(found, metric=first.name)
        names = ", ".join(metric.name for metric in found.kind.metrics)
        raise AddressError(
            f"this {found.kind.name} on {found.provider.label} has several numbers",
            f"write one behind the address: …/{first.name} (known: {names})",
        )
    for metric, found in strange:
        look_up(metric, {one.name: one for one in found.kind.metrics}, "metric")
    if misspelt:
        raise misspelt
    host = url.partition("://")[2].partition("/")[0]
    raise _unknown_address(host)


def _unknown_address(host: str) -> AddressError:
    """The error for a URL that no provider counts, with the reason if it is known."""
    what, home = (
        f"no platform here knows this address of {host}",
        platform_of_host(host),
    )
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
    examples = " or ".join(
        f"stat:{home}/{kind.name}/{quote(kind.example, safe='')}"
        for kind in provider.kinds[:3]
    )
    closed = [unavailable(provider, kind.name, "") for kind in provider.kinds]
    if closed[0] and all(closed):
        return AddressError(
            f"{what}: {closed[0].reason}",
            f"write the number as plain text, or with an address such as {examples}",
        )
    return AddressError(
        what, f"what {provider.label} is asked for has an address such as {examples}"
    )


def _split_metric(url: str) -> Iterator[tuple[str, str]]:
    """URL and metric in all ways that are possible: behind it, before its `?`, none."""
    head, slash, last = url.rpartition("/")
    if slash and "?" not in last and last.isalpha():
        yield head, last
    path, question, query = url.partition("?")
    head, slash, last = path.rpartition("/")
    if question and slash and last.isalpha():
        yield f"{head}?{query}", last
    yield url, ""


def _match_platform(
    address: str, metric: str, window: Window | None
) -> WebAddress | None:
    host, slash, rest = address.partition("/")
    host = host.lower()
    host = host.replace(".m.", ".") if host.endswith(".wikipedia.org") else host
    address = f"{host}{slash}{rest}".rstrip("/")
    is_server = platform_of_host(host) is None
    # Platforms with one home first: any server may have such a path.
    for anywhere in (False, True) if is_server else (False,):
        for provider in PROVIDERS:
            for kind in provider.kinds:
                for pattern in kind.addresses:
                    if pattern.startswith(ON_ANY_SERVER) is anywhere:
                        match = re.fullmatch(rf"{pattern}/?(?:\?.*)?", address)
                        if match:
                            return _web_address(provider, kind, match, metric, window)
    return None


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

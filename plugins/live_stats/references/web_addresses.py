"""Addresses that people copy from their browser: whose are they, and what of it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from ..model.values import Window
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import Kind, Provider, metric_of, unavailable
from .grammar import ON_ANY_SERVER, AddressError, known, split_window
from .known_hosts import home_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a web address names. `server` is empty where the platform has only one."""

    provider: Provider
    kind: Kind
    server: str
    subject: str
    metric: str
    window: Window | None


def is_pasted(body: str) -> bool:
    return body.startswith(("https://", "http://"))


def recognise(body: str) -> Pasted:
    """Read `https://x.com/…/status/1/likes`, its metric behind it or before its `?`.

    Raises AddressError where no platform knows such an address, or where it does not
    say which of several numbers is meant.
    """
    try:
        (url, window), misspelt = split_window(body), None
    except AddressError as error:  # or no window at all: /@anna@example.org
        url, window, misspelt = body, None, error
    nameless: list[Pasted] = []
    strange: list[tuple[str, Pasted]] = []
    for address, metric in _readings(url.partition("://")[2]):
        found = _whose(address, metric, window)
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
        known(metric, {one.name: one for one in found.kind.metrics}, "metric")
    if misspelt:
        raise misspelt
    host = url.partition("://")[2].partition("/")[0]
    raise _unknown(host)


def _unknown(host: str) -> AddressError:
    """That nobody counts what lies there; why, as far as the host is known."""
    what, home = f"no platform here knows this address of {host}", home_of(host)
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


def _readings(url: str) -> Iterator[tuple[str, str]]:
    """Address and metric, as they may be meant: behind it, before its `?`, none."""
    head, slash, last = url.rpartition("/")
    if slash and "?" not in last and last.isalpha():
        yield head, last
    path, question, query = url.partition("?")
    head, slash, last = path.rpartition("/")
    if question and slash and last.isalpha():
        yield f"{head}?{query}", last
    yield url, ""


def _whose(address: str, metric: str, window: Window | None) -> Pasted | None:
    host, slash, rest = address.partition("/")
    host = host.lower()
    host = host.replace(".m.", ".") if host.endswith(".wikipedia.org") else host
    address = f"{host}{slash}{rest}".rstrip("/")
    is_server = home_of(host) is None
    # Platforms with one home first: any server may have such a path.
    for anywhere in (False, True) if is_server else (False,):
        for provider in PROVIDERS:
            for kind in provider.kinds:
                for pattern in kind.addresses:
                    if pattern.startswith(ON_ANY_SERVER) is anywhere:
                        match = re.fullmatch(rf"{pattern}/?(?:\?.*)?", address)
                        if match:
                            return _made(provider, kind, match, metric, window)
    return None


def _made(
    provider: Provider,
    kind: Kind,
    match: re.Match[str],
    metric: str,
    window: Window | None,
) -> Pasted:
    parts = {name: unquote(part) for name, part in match.groupdict().items() if part}
    subject = parts.get("subject") or f"{parts.get('a', '')}/{parts.get('b', '')}"
    return Pasted(
        provider=provider,
        kind=kind,
        server=parts.get("server", ""),
        subject=subject,
        metric=metric,
        window=window,
    )

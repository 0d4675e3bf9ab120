"""Parses addresses into references, and gives the facts of each reference."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import quote, unquote

from ..model.settings import PlatformInfo
from ..model.values import Reference
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import (
    Break,
    Kind,
    Metric,
    Provider,
    Unavailable,
    kind_of,
    metric_called,
    metric_of,
    unavailable,
)
from ..providers.facts import fill_in
from . import grammar
from .grammar import AddressError
from .known_hosts import platform_of_host
from .pasted import is_web_address, split_fragment
from .repairs import candidates, meant_reference, platform_meant
from .server_names import readable_name
from .web_addresses import NOWHERE, parse_web_address

__all__ = [
    "AddressError",
    "Facts",
    "facts",
    "from_series",
    "known_series",
    "meant_by_link",
    "parse",
    "repaired",
]

_WHITE = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {kind.name for provider in PROVIDERS for kind in provider.kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that its provider declares about one reference, filled in.

    `where` is the scope in two words, `page` a URL for readers, `host` where requests
    go, `needs` the credentials without which nothing is fetched.
    """

    provider: Provider
    kind: Kind
    metric: Metric
    server: str
    label: str
    scope: str
    where: str
    caveat: str
    breaks: tuple[Break, ...]
    page: str
    host: str
    unavailable: Unavailable | None
    fresh_for: timedelta
    needs: tuple[str, ...]


def parse(
    address: str, *, servers: Mapping[str, str] | None = None
) -> tuple[Reference, dict[str, str]]:
    """Parse `stat:platform[@server]/kind/subject[/metric][@window][#options]`.

    Or the URL of a post, an account, … with a metric behind it. `servers` has the
    default server of a platform where it is not the provider's own. Returns the
    reference, without any default left, and the checked options. Raises AddressError,
    whose mend is the whole address where it is plain what was meant.
    """
    try:
        return _parse(address, servers)
    except AddressError as error:
        if better := repaired(address):
            raise AddressError(error.what, f"write {better}") from None
        raise


def repaired(address: str) -> str:
    """The address that was probably meant by one that is wrong; empty if unknown."""
    for candidate in candidates(address):
        try:
            _parse(candidate, {})
        except AddressError:
            continue
        return f"stat:{candidate}"
    return ""


def meant_by_link(href: str, text: str) -> str:
    """The address of the figure that a link was to be; empty if it is another link.

    `text` is that of the link.
    """
    meant = meant_reference(href, text)
    if meant is None:
        return ""
    return repaired(meant) or ("" if href == meant else f"stat:{meant}")


def _parse(
    address: str, servers: Mapping[str, str] | None
) -> tuple[Reference, dict[str, str]]:
    if _WHITE.search(address):
        raise AddressError(
            "there is a space in the address",
            "write %20 where a name has one; a hashtag is one word",
        )
    address = address.removeprefix("stat:")
    body, _, fragment = address.partition("#")
    if is_web_address(address):
        body, fragment = split_fragment(address)
    grammar.check_separators(body, fragment, pasted=is_web_address(body))
    if not body:
        _find_provider("", [])
    options = grammar.parse_options(fragment)
    if is_web_address(body):
        found = parse_web_address(body)
        provider, kind, server = found.provider, found.kind, found.server
        subject, window = found.subject, found.window
        metric = metric_called(provider, kind, found.metric)
        assert metric is not None
        if server in (provider.server, ""):
            servers = {}  # the address says whose it is, whatever is usual here
    else:
        body, window = grammar.split_window(body)
        named, *parts = body.split("/")
        name, _, server = named.partition("@")
        if server in ("http:", "https:"):
            raise AddressError(
                "a server is named without https://", f"write {name}@example.org"
            )
        provider = _find_provider(name, parts)
        kind, metric, subject = _parse_path(provider, parts)
        server = unquote(server)
    place = grammar.resolve_server(provider, kind, server, servers or {})
    usual = place or provider.server
    return (
        Reference(
            platform=provider.name,
            server=place,
            kind=kind.name,
            subject=grammar.parse_subject(provider, kind, subject, usual),
            metric=metric.name,
            window=grammar.resolve_window(provider, metric, window),
        ),
        options,
    )


def _find_provider(name: str, parts: list[str]) -> Provider:
    if not name and not parts:
        raise AddressError(
            "nothing is named before the #, or behind stat:",
            "write stat:<platform>/<kind>/<subject>, such as stat:mastodon/tag/metoo",
        )
    if not name:
        raise AddressError(
            'no platform is named right behind "stat:"',
            "write stat:<platform>/<kind>/<subject>, such as stat:mastodon/tag/metoo",
        )
    if not parts and name not in BY_NAME and _WORD.fullmatch(name):
        raise AddressError(
            f'"{name}" is no platform, and nothing to count is named',
            f"write stat:<platform>/<kind>/<subject>, such as stat:mastodon/tag/{name}",
        )
    if name in _KINDS and parts:
        raise AddressError(
            "the platform is missing",
            f"name it first, such as stat:mastodon/{'/'.join([name, *parts])}",
        )
    if "." in name and name not in BY_NAME and parts:
        _check_counted("/".join(["https:/", name, *parts]))
        raise AddressError(
            f'unknown platform "{name}"',
            f"if you mean a web address, write stat:https://{'/'.join([name, *parts])}",
        )
    if name not in BY_NAME:
        mend = platform_meant(name) or "make platforms lists all"
        raise AddressError(f'unknown platform "{name}"', mend)
    return BY_NAME[name]


def _check_counted(url: str) -> None:
    """The AddressError for a URL that nobody counts: it says why not."""
    if platform_of_host(url.split("/")[2]) is None:
        return
    try:
        parse_web_address(url)
    except AddressError as error:
        if error.what.startswith(NOWHERE):
            raise


def _parse_path(provider: Provider, parts: list[str]) -> tuple[Kind, Metric, str]:
    """Kind, metric and subject of `kind/subject[/metric]`."""
    named = kind_of(provider, parts[0]) if parts[1:] else None
    wants_url = named and named.subject.startswith("http") and "%" in parts[1]
    if not wants_url and is_web_address(url := unquote("/".join(parts[1:]))):
        raise _url_as_subject(provider, parts[0], url)
    if len(parts) < 2 or not all(parts):
        example, what = provider.kinds[0], "the address names nothing to count"
        if parts and all(parts) and not any(kind_of(provider, part) for part in parts):
            what = f'it is not said what "{parts[0]}" is on {provider.label}'
        elif len(list(filter(None, parts))) > 1:
            what = "there is a slash too many"
        raise AddressError(
            what,
            f"write stat:{provider.name}/{example.name}/{example.example}",
        )
    kinds = {kind.name: kind for kind in provider.kinds}
    kind = grammar.look_up(parts[0], kinds, f"kind of subject on {provider.label}")
    subject = unquote(parts[1])
    metrics = {metric.name: metric for metric in kind.metrics}
    if len(parts) > 3:
        raise AddressError(
            "the address has too many parts", "write %2F for a slash inside the subject"
        )
    if parts[2:]:
        known = metric_called(provider, kind, parts[2])
        return kind, known or grammar.look_up(parts[2], metrics, "metric"), subject
    return kind, kind.metrics[0], subject


def _url_as_subject(provider: Provider, kind: str, url: str) -> AddressError:
    """The error for a URL in the place of the subject."""
    try:
        found = parse_web_address(url)
    except AddressError as error:
        return error
    what = f"this is the web address of a {found.kind.name} on {found.provider.label}"
    if found.provider is not provider:
        what += f", not of a {kind} on {provider.label}"
    return AddressError(what, f"write it right behind stat: (stat:{url})")


@lru_cache(4096)
def from_series(series: str) -> Reference:
    """The reference with this series; the inverse of `Reference.series`."""
    return parse(series)[0]


def is_valid_series(series: str) -> bool:
    """Whether a series that an earlier version stored has a provider today."""
    try:
        return from_series(series).series == series
    except AddressError:
        return False


@lru_cache(4096)
def known_series(series: str) -> str:
    """The series of today that has the observations of `series`.

    Another one where the same subject was spelled in another way once: an article was
    `MeToo%20movement` and `MeToo_movement`. A series that nobody knows is itself.
    """
    place, *parts = series.split("/")
    name, _, server = place.partition("@")
    provider = BY_NAME.get(name)
    kind = kind_of(provider, parts[0]) if provider and len(parts) == 3 else None
    if provider is None or kind is None or kind.same is None:
        return series
    server = unquote(server).removesuffix(provider.server_ending)
    subject = kind.key(unquote(parts[1]), server or provider.server)
    place = f"{name}@{quote(server, safe=':')}" if server else name
    return "/".join([place, kind.name, quote(subject, safe=""), parts[2]])


@lru_cache(4096)
def facts(reference: Reference) -> Facts:
    """The facts of a reference. KeyError if no provider declares it (any more)."""
    provider = BY_NAME[reference.platform]
    kind = kind_of(provider, reference.kind)
    metric = metric_of(kind, reference.metric) if kind else None
    if kind is None or metric is None:
        raise KeyError(reference.series)
    server = reference.server or provider.server
    asked = kind.asked(reference.subject, server)
    shown = readable_name(server)

    def filled(template: str, server: str = server) -> str:
        return fill_in(template, label=provider.label, server=server, subject=asked)

    return Facts(
        provider=provider,
        kind=kind,
        metric=metric,
        server=server,
        label=provider.label,
        scope=filled(metric.scope, shown),
        where=filled(metric.where, shown),
        caveat=filled(metric.caveat, shown),
        breaks=metric.breaks,
        page=filled(kind.page),
        host=filled(kind.host).partition("/")[0],
        unavailable=unavailable(provider, kind.name, metric.name),
        fresh_for=provider.fresh_for,
        needs=kind.needs,
    )


def unusable_servers(
    platforms: Iterable[str], servers: Mapping[str, str]
) -> Iterator[tuple[str, AddressError]]:
    """The platforms of `LIVE_STATS_PLATFORMS` with an impossible server, and why.

    Platforms may be named with a server: `mastodon@example.org`.
    """
    for platform in platforms:
        try:
            parse(f"{quote(platform, safe='@:')}/tag/a", servers=servers)
        except AddressError as error:
            yield platform, error


def known_platforms() -> list[PlatformInfo]:
    """What the validation of the settings needs to know of each platform."""
    return [
        PlatformInfo(
            name=provider.name,
            counts_hashtags=any(kind.name == "tag" for kind in provider.kinds),
            has_servers=bool(provider.server),
            units=tuple(budget.unit for budget in provider.budgets),
            metrics=tuple(
                f"{kind.name}/{metric.name}"
                for kind in provider.kinds
                for metric in kind.metrics
            ),
        )
        for provider in PROVIDERS
    ]

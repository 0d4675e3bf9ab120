"""Addresses and references: what an author writes, resolved against what is known."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import unquote

from .model import Reference, Window
from .providers import BY_NAME
from .providers.base import (
    Kind,
    Metric,
    Provider,
    Unavailable,
    fill_in,
    kind_of,
    metric_of,
)

T = TypeVar("T")
MODES = ("beside", "replace", "frozen")
OPTIONS = ("mode", "as-of", "source")
_SERVER = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$", re.I)
_WHITE = re.compile(r"\s")


class AddressError(ValueError):
    """What is wrong with an address, and how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what}; {mend}" if mend else what)
        self.what, self.mend = what, mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything declared about one reference, its places filled in.

    `where` is the scope in two words, `page` an address for readers, `host` who is
    asked, `needs` the credentials without which nobody is.
    """

    provider: Provider
    kind: Kind
    metric: Metric
    server: str
    label: str
    scope: str
    where: str
    caveat: str
    page: str
    host: str
    unavailable: Unavailable | None
    fresh_for: timedelta
    needs: tuple[str, ...]


def parse(
    address: str, *, servers: Mapping[str, str] | None = None
) -> tuple[Reference, dict[str, str]]:
    """Read `stat:platform[@server]/kind/subject[/metric][@window][#options]`.

    `servers` names the usual server of a platform where it is not the provider's own.
    Gives the reference, nothing left to a default, and the options, checked. Raises
    AddressError.
    """
    if _WHITE.search(address):
        raise AddressError("there is a space in the address", "write %20 for a space")
    body, _, fragment = address.removeprefix("stat:").partition("#")
    options = _options(fragment)
    body, window = _window(body)
    place, *parts = body.split("/")
    name, _, server = place.partition("@")
    provider = _known(name, BY_NAME, "platform")
    if len(parts) < 2 or not all(parts):
        example = provider.kinds[0]
        raise AddressError(
            "the address names nothing to count",
            f"write stat:{name}/{example.name}/{example.example}",
        )
    kinds = {kind.name: kind for kind in provider.kinds}
    kind = _known(parts[0], kinds, f"kind of subject on {provider.label}")
    metrics = {metric.name: metric for metric in kind.metrics}
    if len(parts) > 3:
        raise AddressError(
            "the address has too many parts", "write %2F for a slash inside the subject"
        )
    metric = _known(parts[2], metrics, "metric") if parts[2:] else kind.metrics[0]
    return (
        Reference(
            platform=provider.name,
            server=_server(provider, server, servers or {}),
            kind=kind.name,
            subject=_subject(kind.name, unquote(parts[1])),
            metric=metric.name,
            window=_covered(provider, metric, window),
        ),
        options,
    )


def from_series(series: str) -> Reference:
    """The reference with this series; the inverse of `Reference.series`."""
    return parse(series)[0]


def facts(reference: Reference) -> Facts:
    """What is declared about a reference."""
    provider = BY_NAME[reference.platform]
    kind = kind_of(provider, reference.kind)
    metric = metric_of(kind, reference.metric) if kind else None
    if kind is None or metric is None:
        raise KeyError(reference.series)
    server = reference.server or provider.server

    def filled(template: str) -> str:
        return fill_in(
            template, label=provider.label, server=server, subject=reference.subject
        )

    return Facts(
        provider=provider,
        kind=kind,
        metric=metric,
        server=server,
        label=provider.label,
        scope=filled(metric.scope),
        where=filled(metric.where),
        caveat=filled(metric.caveat),
        page=filled(kind.page),
        host=filled(kind.host),
        unavailable=provider.unavailable.get(reference.kind),
        fresh_for=provider.fresh_for,
        needs=kind.needs,
    )


def _known(name: str, known: Mapping[str, T], noun: str) -> T:
    if name in known:
        return known[name]
    raise AddressError(f'there is no {noun} "{name}"', suggestion(name, known))


def suggestion(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or all of them."""
    names = list(known)
    near = difflib.get_close_matches(name.casefold(), names, n=1)
    listed = f"known: {', '.join(names)}"
    return f'did you mean "{near[0]}"? ({listed})' if near else listed


def _options(fragment: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in filter(None, fragment.split("&")):
        key, equals, value = pair.partition("=")
        _known(key, dict.fromkeys(OPTIONS, ""), "option")
        value = unquote(value)
        if not equals or not value:
            raise AddressError(f"the option {key} has no value", f"write {key}=…")
        if key in options:
            raise AddressError(f"the option {key} is there twice", "keep one of them")
        if key == "mode":
            _known(value, dict.fromkeys(MODES, ""), "mode")
        elif key == "as-of":
            _date(value)
        elif not re.match(r"https?://\S+\.\S+", value):
            raise AddressError(
                f'source "{value}" is no web address', "write source=https://…"
            )
        options[key] = value
    return options


def _date(value: str) -> date:
    try:
        if len(value) != 10:
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise AddressError(
            f'there is no day "{value}"', "write as-of=YYYY-MM-DD"
        ) from None


def _window(body: str) -> tuple[str, Window | None]:
    """The address without its window, and the window, if one is written."""
    head, at, last = body.rpartition("@")
    if not at or "/" in last or "/" not in head:
        return body, None
    try:
        return head, Window.parse(last)
    except ValueError:
        raise AddressError(
            f'there is no window "{last}"',
            "write @7d for the last 7 complete days, or %40 for an @ in the subject",
        ) from None


def _covered(provider: Provider, metric: Metric, window: Window | None) -> Window:
    """The window meant; AddressError where the platform does not cover it."""
    days = metric.days
    if window is None:
        return Window(days=metric.default_days)
    if not days:
        if window.days is None:
            return window
        raise AddressError(
            f"{provider.label} counts {metric.name} of all time, not of some days",
            f"leave @{window} out",
        )
    if window.days in days:
        return window
    most = days[-1]
    covers = f"{most} complete days at most" if most > 1 else "one complete day"
    nearest = most if window.days is None else min(max(window.days, days[0]), most)
    raise AddressError(
        f"{provider.label} covers {covers}, not {window}", f"write @{nearest}d"
    )


def _server(provider: Provider, written: str, servers: Mapping[str, str]) -> str | None:
    if written and not provider.server:
        raise AddressError(
            f"{provider.label} is one service, without servers to choose from",
            f"leave @{written} out",
        )
    server = (written or servers.get(provider.name, "")).lower()
    if server and not _SERVER.match(server):
        raise AddressError(
            f'"{server}" is no name of a server', f"write {provider.name}@example.org"
        )
    return server if server and server != provider.server else None


def _subject(kind: str, subject: str) -> str:
    if kind != "tag":
        return unicodedata.normalize("NFC", subject)
    name = unicodedata.normalize("NFC", subject.lstrip("#")).casefold()
    if not name:
        raise AddressError("the hashtag is empty", "write it after tag/")
    return name

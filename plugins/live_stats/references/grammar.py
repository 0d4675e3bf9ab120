"""Parses the parts of an address: options, window, server, subject.

Each function raises AddressError, with the mistake and how to mend it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import quote, unquote

from ..model.suggestions import suggestion
from ..model.values import Window
from ..providers.base import Kind, Metric, Provider
from ..providers.facts import HASHTAG
from .known_hosts import platform_of_host
from .server_names import ServerNameError, machine_name

T = TypeVar("T")
MODES = ("beside", "replace", "frozen")
OPTIONS = ("mode", "as-of", "source")
ON_ANY_SERVER = "(?P<server>[^/]+)"
"""The beginning of patterns of URLs that may be on any server."""
_MODE = rf"mode=(?:{'|'.join(MODES)})\b"
_MISPLACED = re.compile(rf"[?&;,|](?=(?:{'|'.join(OPTIONS)})=)", re.I)
_WRONG_SEPARATOR = re.compile(rf"[?;,#/+|](?=(?:{'|'.join(OPTIONS)})=)", re.I)
_SURELY_OPTION = re.compile(rf"[?&;,#](?=(?:{_MODE}|as-of=\d))", re.I)
# What X, Mastodon and their kin take for parts of a word.
_BETWEEN = "·・־׳״〜～゠゛゜〃༌་\u200c\u200d"
_IN_HASHTAGS = f"_{_BETWEEN}"
_PATH = re.compile(r"(/[\w./-]*\w)?", re.ASCII)


class AddressError(ValueError):
    """A mistake in an address: `what` is wrong, and how to `mend` it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what}; {mend}" if mend else what)
        self.what, self.mend = what, mend


def look_up(name: str, names: Mapping[str, T], noun: str, *, otherwise: str = "") -> T:
    """The one called `name`; AddressError with a suggestion where there is none.

    `otherwise` is said in place of a list of all `names`.
    """
    if name in names:
        return names[name]
    mend = suggestion(name, names, otherwise=otherwise)
    raise AddressError(f'unknown {noun} "{name}"', mend)


def check_separators(body: str, fragment: str, *, pasted: bool) -> None:
    """AddressError where options stand before the `#`, or a subject behind it.

    A web address keeps its own query: only what can be nothing but ours is refused.
    """
    found = (_SURELY_OPTION if pasted else _MISPLACED).search(body)
    if found:
        ours, slash, rest = body[found.end() :].partition("/")
        if ours.startswith("source="):
            ours, slash, rest = body[found.end() :], "", ""
        ours = "&".join(filter(None, [re.sub("[?;,]", "&", ours), fragment]))
        raise AddressError(
            f'options stand behind #, not behind "{found[0]}"',
            f"write stat:{body[: found.start()]}{slash}{rest}#{ours}",
        )
    host = body.partition("/")[0]
    if "?" in body and "." in host and "@" not in host:
        raise AddressError(
            f'unknown platform "{host}"',
            f"if you mean a web address, write stat:https://{body}",
        )
    if "?" in body and "://" not in body:
        raise AddressError(
            'there is a "?" in the address',
            "options stand behind #; write %3F for a ? in the subject",
        )
    if body.endswith("/tag/") and fragment:
        raise AddressError(
            "the options begin at the #, and nothing to count is named before it",
            f"write the hashtag without its #: stat:{body}{fragment}",
        )


def parse_options(fragment: str) -> dict[str, str]:
    """The options behind the `#`, by name, checked."""
    found: dict[str, str] = {}
    for pair in filter(None, fragment.split("&")):
        key, equals, value = pair.partition("=")
        if key not in OPTIONS and "source" in found and "?" in found["source"]:
            raise AddressError(
                f'unknown option "{key}"', "write %26 for a & inside the source"
            )
        look_up(key, dict.fromkeys(OPTIONS, ""), "option")
        inside = (_SURELY_OPTION if key == "source" else _WRONG_SEPARATOR).search(value)
        if inside:
            raise AddressError(
                f'options are parted by &, not by "{inside[0]}"',
                f"write #{key}={value[: inside.start()]}&{value[inside.end() :]}",
            )
        value = unquote(value)
        if not equals or not value:
            raise AddressError(f"the option {key} has no value", f"write {key}=…")
        if key in found:
            raise AddressError(f"the option {key} is there twice", "keep one of them")
        if key == "mode":
            look_up(value, dict.fromkeys(MODES, ""), "mode")
        elif key == "as-of":
            _date(value)
        elif not re.match(r"https?://\S+\.\S+", value):
            raise AddressError(
                f'source "{value}" is no web address', "write source=https://…"
            )
        found[key] = value
    return found


def _date(value: str) -> date:
    try:
        if len(value) != 10:
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise AddressError(
            f'there is no day "{value}"', "write as-of=YYYY-MM-DD"
        ) from None


def split_window(body: str) -> tuple[str, Window | None]:
    """The address without its window, and the window, if one is written."""
    head, at, last = body.rpartition("@")
    if not at or "/" in last or "/" not in head or head.endswith("/"):
        return body, None
    try:
        return head, Window.parse(last)
    except ValueError:
        raise AddressError(
            f'there is no window "{last}"',
            "write @7d for the last 7 complete days, or %40 for an @ in the subject",
        ) from None


def resolve_window(provider: Provider, metric: Metric, window: Window | None) -> Window:
    """The window, or the default one; AddressError where there is no such window."""
    days = metric.days
    if window is None or window.days == metric.default_days:
        return Window(days=metric.default_days)
    if not days:
        raise AddressError(
            f"{provider.label} counts {metric.name} of all time, not of some days",
            f"leave @{window} out",
        )
    if window.days in days:
        return window
    raise AddressError(
        f"{provider.label} covers {_on_offer(days)}, not {window}",
        f"write {' or '.join(f'@{near}d' for near in _nearest(days, window))}",
    )


def _on_offer(days: Sequence[int]) -> str:
    """The windows of a metric: "6 complete days at most", "1, 7 or 30 complete …"."""
    least, most = days[0], days[-1]
    if most == 1:
        return "one complete day"
    if most - least >= len(days):
        first = ", ".join(str(one) for one in days[:-1])
        return f"{first} or {most} complete days"
    covers = f"{most} complete days"
    if least < most:
        return f"{covers} at most" if least == 1 else f"{least} to {covers}"
    return covers


def _nearest(days: Sequence[int], window: Window) -> tuple[int, ...]:
    """The windows on offer next to one that is not: a shorter and a longer one."""
    if window.days is None:
        return (days[-1],)
    shorter = [one for one in days if one < window.days]
    longer = [one for one in days if one > window.days]
    return (*shorter[-1:], *longer[:1])


def resolve_server(
    provider: Provider, kind: Kind, written: str, servers: Mapping[str, str]
) -> str | None:
    """The server; None for the default one of the provider."""
    if written and not provider.server:
        raise AddressError(
            f"{provider.label} is one service, without servers to choose from",
            f"leave @{written} out",
        )
    name = _server_name(provider, written or servers.get(provider.name, ""))
    if (
        name
        and _is_federated(provider)
        and (home := platform_of_host(name)) is not None
    ):
        mend = f"write stat:{home}/…" if home else f"write {provider.name}@example.org"
        raise AddressError(f"{name} is no server of {provider.label}", mend)
    if kind.needs_server and name in ("", provider.server):
        raise AddressError(
            f"a {kind.name} on {provider.label} lives on a server, and none is named",
            f"write {provider.name}@example.org/{kind.name}/…",
        )
    return name if name and name != provider.server else None


def _server_name(provider: Provider, written: str) -> str:
    """A server, and the path on it where one is written; empty if none is."""
    if not written:
        return ""
    host, slash, path = written.partition("/")
    mend = f"write {provider.name}@example.org"
    shown = written if written.isprintable() else quote(written)
    if not _PATH.fullmatch(slash + path):
        raise AddressError(f'"{shown}" is no name of a server', mend)
    try:
        name = machine_name(host) + slash + path
    except ServerNameError as error:
        raise AddressError(f'"{shown}" {error}', mend) from None
    ending = provider.server_ending
    _, dot, rest = provider.server.partition(".")
    if ending and dot and "." not in name:  # a language alone
        raise AddressError(
            f'"{shown}" is no name of a server',
            f"write {provider.name}@{name}.{rest}",
        )
    return name.removesuffix(ending)


def _is_federated(provider: Provider) -> bool:
    return any(
        pattern.startswith(ON_ANY_SERVER)
        for kind in provider.kinds
        for pattern in kind.addresses
    )


def parse_subject(provider: Provider, kind: Kind, written: str, server: str) -> str:
    """The subject in the spelling of its series."""
    name = kind.key(unicodedata.normalize("NFC", written), server)
    if kind.name == "tag":
        if not name:
            raise AddressError("the hashtag is empty", "write it after tag/")
        if " " in name and kind.subject == HASHTAG:
            raise AddressError("a hashtag is one word", "write it without spaces")
        if kind.subject == HASHTAG:
            _check_hashtag(provider, kind, name)
    if not re.fullmatch(kind.subject, name, 0 if kind.name == "tag" else re.ASCII):
        article = "an" if kind.name[0] in "aeiou" else "a"
        hint = kind.hint or f"{article} {kind.name} such as {kind.example}"
        raise AddressError(
            f'"{name}" is no {kind.name} on {provider.label}', f"write {hint}"
        )
    return name


def _check_hashtag(provider: Provider, kind: Kind, name: str) -> None:
    """AddressError if `name` is no hashtag of the platform."""
    kept = "".join(sign for sign in name if _may_stand_in_hashtag(sign, kind.emoji))
    for sign in name:
        if not _may_stand_in_hashtag(sign, kind.emoji):
            better = f": {kept}" if any(map(str.isalpha, kept)) else ""
            raise AddressError(
                f"{_shown(sign)} stands in no hashtag ({provider.label})",
                f"write letters, digits and _ only{better}",
            )
    for sign in (name[0], name[-1]):
        if sign in _BETWEEN:
            raise AddressError(
                f"{_shown(sign)} stands only between the letters of a hashtag",
                f"write {name.strip(_BETWEEN) or kind.example}",
            )
    if not any(
        unicodedata.category(sign)[0] == "L" or _is_emoji(sign) for sign in name
    ):
        raise AddressError(
            f'"{name}" is no hashtag: there is no letter in it',
            f"write one such as {kind.example}",
        )


def is_hashtag(name: str) -> bool:
    """Whether a platform that has hashtags may have this one: a letter, and no space.

    Marks stand with their letters (हिन्दी), and some signs between two (col·lecció).
    """
    return (
        all(_may_stand_in_hashtag(sign, emoji=False) for sign in name)
        and name.strip(_BETWEEN) == name
        and any(unicodedata.category(sign)[0] == "L" for sign in name)
    )


def _may_stand_in_hashtag(sign: str, emoji: bool) -> bool:
    letter = unicodedata.category(sign)[0] in "LMN" or sign in _IN_HASHTAGS
    return letter or (emoji and _is_emoji(sign))


def _shown(sign: str) -> str:
    seen = sign.isprintable() and not sign.isspace()
    return f'"{sign}"' if seen else f"U+{ord(sign):04X}"


def _is_emoji(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category == "So" or (category == "Sk" and sign > "\xff")

"""Validates settings: each check returns a text that completes "LIVE_STATS_… ".

The text is empty where the value is right.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .suggestions import suggestion

CONTACT = re.compile(r"^(mailto:|https?://)\S+$|^[^@\s]+@[^@\s]+$")
NUMBER = "write a number of at least 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformInfo:
    """The facts of a platform that settings refer to. `metrics` are kind/metric."""

    name: str
    counts_hashtags: bool = False
    has_servers: bool = False
    units: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()


Check = Callable[[Any, Sequence[PlatformInfo]], str]


def _contact(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, str) or (value and not CONTACT.match(value)):
        return f"is {value!r}; write an e-mail address or a web address"
    return ""


def _deadline(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not _is_number(value) or value <= 0:
        return f"is {value!r}; write a number of seconds above zero"
    return ""


def _switch(value: Any, known: Sequence[PlatformInfo]) -> str:
    return "" if isinstance(value, bool) else f"is {value!r}; write True or False"


def _minutes(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return f"is {value!r}; write whole minutes, at least 1, or 0 for never"
    return ""


def _platforms(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, list | tuple):
        return f"is {value!r}; write a list of platform names"
    if not value:
        return "is empty; name at least one platform"
    counting = {one.name: one for one in known if one.counts_hashtags}
    for entry in value:
        name, at, server = str(entry).partition("@")
        if wrong := _unknown_platform(name, counting):
            return wrong
        if at and not (counting[name].has_servers and server):
            return f'names "{entry}", and {name} has no servers to choose; write {name}'
    return ""


def _by_platform(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, dict):
        return f"is {value!r}; write a dictionary by platform"
    for platform, number in value.items():
        if not _is_number(number) or number < 0:
            return f"gives {platform} {number!r}; {NUMBER}"
        if wrong := _unknown_platform(platform, [one.name for one in known]):
            return wrong
    return ""


def _budgets(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, dict):
        return f"is {value!r}; write a dictionary by platform"
    platforms = {one.name: one for one in known}
    for name, limits in value.items():
        if wrong := _unknown_platform(name, platforms):
            return wrong
        if not isinstance(limits, dict):
            return f'gives {name} {limits!r}; write {{"requests": 20}}'
        units = dict.fromkeys(("requests", *platforms[name].units))
        for unit, most in limits.items():
            if unit not in units:
                return f'names "{unit}" for {name}; known: {", ".join(units)}'
            if not _is_number(most) or most < 0:
                return f"gives {name} {most!r} {unit}; {NUMBER}"
    return ""


def _ages(value: Any, known: Sequence[PlatformInfo]) -> str:
    if not isinstance(value, dict):
        return f'is {value!r}; write hours by metric: {{"x/post/likes": 48, "*": 72}}'
    platforms = {one.name: one for one in known}
    for key, hours in value.items():
        if not _is_number(hours) or hours <= 0:
            return f"gives {key} {hours!r}; write a number of hours above zero"
        if key == "*":
            continue
        name, slash, metric = str(key).partition("/")
        if wrong := _unknown_platform(name, platforms):
            return wrong
        if slash and metric not in platforms[name].metrics:
            metrics = ", ".join(f"{name}/{one}" for one in platforms[name].metrics)
            return f'names "{key}", which is no metric; known: {metrics}'
    return ""


CHECKS: dict[str, Check] = {
    "contact": _contact,
    "deadline": _deadline,
    "platforms": _platforms,
    "fresh_for": _by_platform,
    "requests": _by_platform,
    "budgets": _budgets,
    "warn_after": _ages,
    "fail_after": _ages,
    "share_images": _switch,
    "data": _switch,
    "refreshed_every": _minutes,
    "previews": _switch,
    "offline": _switch,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unknown_platform(name: Any, known: Iterable[str]) -> str:
    """What is wrong with the name of a platform; empty if there is such a platform."""
    names = list(known)
    if name in names:
        return ""
    hint = suggestion(str(name), names)
    return f'names "{name}", which no provider has here; {hint}'

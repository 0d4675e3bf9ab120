"""The site's `LIVE_STATS_*` settings, read once into one frozen object."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any, Self

from .errors import Mistake, Mistakes

Platforms = Mapping[str, bool]

CONTACT = re.compile(r"^(mailto:|https?://)\S+$|^[^@\s]+@[^@\s]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. The names in capitals stand in `pelicanconf.py`.

    `contact` (an address or e-mail) goes into the User-Agent, as platforms ask.
    `deadline` is how many seconds one collection may take. `platforms` are asked for
    every hashtag of the site. `fresh_for` overrides, by platform and in minutes, how
    long an answer counts as fresh. `requests` overrides, by platform, how many
    requests one collection may make. `offline` builds from the history alone.
    """

    contact: str = ""
    deadline: float = 20.0
    platforms: tuple[str, ...] = ("mastodon", "bluesky", "x", "gdelt", "hackernews")
    fresh_for: Mapping[str, float] = field(default_factory=dict)
    requests: Mapping[str, int] = field(default_factory=dict)
    offline: bool = False

    @classmethod
    def read(cls, site: Mapping[str, Any], known: Platforms, path: str) -> Self:
        """Read the settings of a site; all their mistakes at once.

        `known` has every platform, and whether it counts hashtags; `path` is the
        settings file, for errors.
        """
        names = {f"LIVE_STATS_{item.name.upper()}": item.name for item in fields(cls)}
        mistakes: list[Mistake] = []
        values: dict[str, Any] = {}
        for key, value in site.items():
            if not key.startswith("LIVE_STATS_"):
                continue
            if key not in names:
                mistakes.append(_unknown(path, "setting", key, names))
                continue
            wrong = _wrong(names[key], value, known)
            if wrong:
                mistakes.append(Mistake(path=path, what=f"{key} {wrong}"))
            values[names[key]] = tuple(value) if isinstance(value, list) else value
        if mistakes:
            raise Mistakes(mistakes)
        return cls(**values)

    def fresh(self, platform: str, usual: timedelta) -> timedelta:
        """How long an answer of `platform` counts as fresh."""
        minutes = self.fresh_for.get(platform)
        return usual if minutes is None else timedelta(minutes=minutes)


def _wrong(name: str, value: Any, known: Platforms) -> str:
    """What is wrong with one value, in words that complete "LIVE_STATS_… "."""
    if name == "contact":
        if not isinstance(value, str) or (value and not CONTACT.match(value)):
            return f"is {value!r}; write an e-mail address or a web address"
    elif name == "deadline":
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            return f"is {value!r}; write a number of seconds above zero"
    elif name == "offline":
        if not isinstance(value, bool):
            return f"is {value!r}; write True or False"
    elif name == "platforms":
        if not isinstance(value, list | tuple):
            return f"is {value!r}; write a list of platform names"
        if not value:
            return "is empty; name at least one platform"
        return _strangers(value, [name for name, counts in known.items() if counts])
    else:
        if not isinstance(value, dict):
            return f"is {value!r}; write a dictionary by platform"
        for platform, number in value.items():
            if isinstance(number, bool) or not isinstance(number, int | float):
                return f"gives {platform} {number!r}; write a number"
            if number < 0:
                return f"gives {platform} {number!r}; write a number of at least 0"
        return _strangers(value, list(known))
    return ""


def _strangers(names: Iterable[Any], known: list[str]) -> str:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f'did you mean "{near[0]}"? ' if near else ""
            return (
                f'names "{name}", which no provider has here; {hint}'
                f"known: {', '.join(known)}"
            )
    return ""


def _unknown(path: str, noun: str, name: str, known: Any) -> Mistake:
    near = difflib.get_close_matches(name, list(known), n=1)
    mend = f"did you mean {near[0]}?" if near else "known: " + ", ".join(sorted(known))
    return Mistake(path=path, what=f"{name} is no {noun} of live_stats", mend=mend)

"""Takes credentials, options and default servers from the environment and `.env`."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..model import preview_secret
from ..model.errors import Mistake, Mistakes
from . import BY_NAME, PROVIDERS
from .base import Provider, kind_of, unavailable

_SURE = 0.9
"""How alike two names are of which one is taken for the other, from 0 to 1."""


def environment() -> dict[str, str]:
    """The environment variables, and those of a `.env` file beside the settings."""
    if not os.path.exists(".env"):
        return dict(os.environ)
    # Not above: it takes as long to load as forty providers, and is seldom needed.
    from dotenv import dotenv_values

    added = {name: value for name, value in dotenv_values(".env").items() if value}
    return added | dict(os.environ)


def check_environment() -> list[str]:
    """Check the names of variables; returns a sentence for each that is suspicious.

    Raises `Mistakes` for lines of `.env` that nobody can read, or that set what is
    almost a variable of a platform. The environment belongs to other programs too, so
    there such a name is only suspicious.
    """
    known = _known_variables()
    mistakes = [*_mistakes_in_dotenv(known)] if os.path.exists(".env") else []
    if mistakes:
        raise Mistakes(mistakes)
    return [
        f'the environment: {name} is set, and nothing reads it; did you mean "{near}"?'
        for name in sorted(os.environ)
        if name not in known and (near := _almost(name, known))
    ]


def _known_variables() -> set[str]:
    known = {"SITE_ADDRESS", preview_secret.VARIABLE}
    for provider in PROVIDERS:
        known |= {*provider.credentials, *provider.options, provider.server_variable}
        for aliases in provider.credentials.values():
            known.update(aliases)
    return known - {""}


def _almost(name: str, known: Iterable[str]) -> str:
    """The variable that a name is a misspelling of; empty if of none."""
    folded = name.upper()
    if folded in known:
        return folded
    if not any(name[:3].upper() == one[:3] for one in known):
        return ""  # at once, for most: difflib is slow, and environments are long
    from difflib import get_close_matches

    found = get_close_matches(folded, sorted(known), n=1, cutoff=_SURE)
    return found[0] if found else ""


def _mistakes_in_dotenv(known: set[str]) -> Iterator[Mistake]:
    from dotenv.parser import parse_stream

    with open(".env", encoding="utf-8", errors="replace") as file:
        for line in parse_stream(file):
            # What is parsed begins with the empty lines and comments before it.
            above = line.original.string
            empty = len(above) - len(above.lstrip())
            number = line.original.line + above[:empty].count("\n")
            name = line.key or ""
            if line.error:
                what, mend = "this line cannot be read", "write NAME=value, or # before"
            elif name == preview_secret.VARIABLE:
                continue
            elif name == "SITE_ADDRESS" or name.startswith("LIVE_STATS_"):
                what = f"{name} is a setting, and settings are not read from here"
                where = "publishconf.py" if name == "SITE_ADDRESS" else "pelicanconf.py"
                mend = f"write it into {where}"
            elif name in known or not (near := _almost(name, known)):
                continue
            else:
                what, mend = f"nothing reads {name}", f'did you mean "{near}"?'
            yield Mistake(path=".env", line=number, what=what, mend=mend)


def servers(variables: Mapping[str, str]) -> dict[str, str]:
    """By platform, the default server that a variable sets."""
    named = {
        provider.name: variables.get(provider.server_variable, "").strip()
        for provider in PROVIDERS
        if provider.server_variable
    }
    return {
        name: server.removeprefix("https://").rstrip("/")
        for name, server in named.items()
        if server
    }


def usual_server(provider: Provider, environment: Mapping[str, str]) -> str:
    """The default server: where none is named, and the only one that gets a key."""
    return servers(environment).get(provider.name, provider.server)


def credentials_of(
    provider: Provider, environment: Mapping[str, str]
) -> dict[str, str]:
    """The provider's variables that are set, under the names that we document."""
    found = {}
    for name, aliases in provider.credentials.items():
        value = next(
            (environment[n] for n in (name, *aliases) if environment.get(n)), ""
        )
        if value:
            found[name] = value
    return found


def options_of(provider: Provider, environment: Mapping[str, str]) -> dict[str, str]:
    """The provider's variables that are no secret: as set, or their defaults."""
    return {
        name: environment.get(name) or usual for name, usual in provider.options.items()
    }


def keys(platforms: Iterable[str]) -> dict[str, Any]:
    """Which of `platforms` count hashtags without a key, and what the others need.

    Platforms may be named with a server: `mastodon@example.org`.
    """
    keyless: list[str] = []
    missing: list[dict[str, Any]] = []
    for name in dict.fromkeys(place.partition("@")[0] for place in platforms):
        provider = BY_NAME[name]
        kind = kind_of(provider, "tag")
        if kind is None or name == "all":
            continue
        if unavailable(provider, "tag", kind.metrics[0].name):
            continue
        if kind.needs:
            missing.append({"label": provider.label, "variables": list(kind.needs)})
        else:
            keyless.append(provider.label)
    return {"keyless": keyless, "missing": missing}

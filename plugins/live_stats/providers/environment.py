"""Takes credentials, options and default servers from the environment and `.env`."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import BY_NAME, PROVIDERS
from .base import Provider, kind_of, unavailable


def environment() -> dict[str, str]:
    """The environment variables, and those of a `.env` file beside the settings."""
    if not os.path.exists(".env"):
        return dict(os.environ)
    # Not above: it takes as long to load as forty providers, and is seldom needed.
    from dotenv import dotenv_values

    added = {name: value for name, value in dotenv_values(".env").items() if value}
    return added | dict(os.environ)


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

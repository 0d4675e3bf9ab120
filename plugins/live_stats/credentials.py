"""What the environment adds: credentials, other usual servers, and who needs which."""

import os
from collections.abc import Mapping
from typing import Any

from dotenv import dotenv_values

from .providers import PROVIDERS
from .providers.base import Provider, kind_of


def environment() -> dict[str, str]:
    """The environment, with what a `.env` file beside the settings adds to it."""
    added = {name: value for name, value in dotenv_values(".env").items() if value}
    return added | dict(os.environ)


def servers(variables: Mapping[str, str]) -> dict[str, str]:
    """The usual server of each platform where a variable names another one."""
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


def credentials_of(
    provider: Provider, environment: Mapping[str, str]
) -> dict[str, str]:
    """The provider's variables that are set, under the names we document."""
    found = {}
    for name, aliases in provider.credentials.items():
        value = next(
            (environment[n] for n in (name, *aliases) if environment.get(n)), ""
        )
        if value:
            found[name] = value
    return found


def keys() -> dict[str, Any]:
    """Which platforms answer about hashtags without a key, and what the others need."""
    keyless, missing = [], []
    for provider in PROVIDERS:
        kind = kind_of(provider, "tag")
        if kind is None or "tag" in provider.unavailable or provider.name == "all":
            continue
        if kind.needs:
            missing.append({"label": provider.label, "variables": list(kind.needs)})
        else:
            keyless.append(provider.label)
    return {"keyless": keyless, "missing": missing}

"""Previews for colleagues: drafts and planned posts at addresses nobody can guess.

The address follows from the path of the source and a secret of the environment. So it
stays when the title changes, and it is another one when the secret is another.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...model.errors import Mistake, Mistakes
from ...model.preview_secret import VARIABLE, keyed_digest
from .drafts import DRAFTS

MARK = "PREVIEWS_MARK"
"""The setting that is another one when the secret is: all pages are built again."""

FOLDER = "drafts"
SHORTEST = 16
"""Fewer characters of a secret could be tried out by somebody who knows a path."""

_MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe())'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One preview: its source as messages have it, and its address below the site."""

    source: str
    url: str


def secret_of(site: Mapping[str, Any], variables: Mapping[str, str], path: str) -> str:
    """The secret if a build is to publish previews; empty if it publishes none.

    On the author's own server, which holds what it has built, drafts have their usual
    addresses. Raises `Mistakes` if there is no secret, or one that can be guessed;
    `path` is the settings file.
    """
    if not site.get("LIVE_STATS_PREVIEWS") or site.get("INCREMENTAL_HOLD"):
        return ""
    secret = variables.get(VARIABLE, "")
    if len(secret) >= SHORTEST:
        return secret
    what = f"the variable {VARIABLE} is not set, and without it anybody can guess where"
    if secret:
        what = f"{VARIABLE} has {len(secret)} characters, so anybody can find out where"
    raise Mistakes(
        [
            Mistake(
                path=path,
                what=f"LIVE_STATS_PREVIEWS is True, but {what} the previews are",
                mend=f"write {VARIABLE}=… into .env, with what this prints: {_MAKE}",
            )
        ]
    )


def hide_previews(
    generators: Iterable[Any], secret: str, content: Path
) -> list[Preview]:
    """Give each draft and planned post an address of its own; returns all of them.

    `content` is the folder of all sources.
    """
    found = []
    for generator in generators:
        for name in DRAFTS:
            for draft in getattr(generator, name, ()):
                source = os.path.relpath(draft.source_path, content)
                url = f"{FOLDER}/{keyed_digest(secret, Path(source).as_posix())}/"
                draft.override_url = url
                draft.override_save_as = f"{url}index.html"
                found.append(Preview(source=source, url=url))
    return sorted(found, key=lambda one: one.source)


def lines_about(previews: Iterable[Preview], address: str, content: str) -> list[str]:
    """A line for each preview; `content` is the name of the folder of all sources."""
    return [
        f"preview of {content}/{one.source}: {address}/{one.url}" for one in previews
    ]

"""Reads the settings of this plugin into one frozen value."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from . import colors
from .errors import SettingError, SettingErrors
from .integrations import analytics, newsletter
from .security.csp import Policy, policy
from .settings_validation import hint
from .values import Analytics, Newsletter

Value = TypeVar("Value")

_HASH = re.compile(r"'sha(256|384|512)-[A-Za-z0-9+/]+={0,2}'")
_DIRECTIVES = (
    "img-src",
    "media-src",
    "frame-src",
    "font-src",
    "style-src",
    "script-src",
    "connect-src",
    "object-src",
    "form-action",
)
# No character that could end a directive or a header.
_SOURCE = re.compile(
    r"https://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?(/[A-Za-z0-9._~/%-]*)?"
    r"|data:|blob:|https:|'self'|'unsafe-inline'|'unsafe-hashes'"
    rf"|{_HASH.pattern}"
)
_SOURCES = 'write {"frame-src": ["https://www.openstreetmap.org"]}'
_HASHES = (
    "write a list such as [\"'sha256-…'\"], as theme_support.security.csp.hash_of "
    "gives it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """`ACCENT_COLOR`, `ANALYTICS`, `NEWSLETTER`, `SEARCH`, and those of the policy.

    `search` says whether the site's search runs WebAssembly. `hashes` are those of
    every inline script of the theme (POLICY_HASHES), `sources` what pages may
    load besides, by directive of the policy (POLICY_SOURCES).
    """

    accent: colors.Accent | None = None
    analytics: Analytics | None = None
    newsletter: Newsletter | None = None
    search: bool = False
    hashes: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, site: Mapping[str, Any]) -> Self:
        """The settings of a site. Raises SettingErrors with all that are wrong."""
        errors: list[SettingError] = []

        def value(name: str, read: Callable[[Any], Value], default: Value) -> Value:
            try:
                return read(site[name]) if name in site else default
            except SettingError as error:
                errors.append(error)
                return default

        settings = cls(
            accent=value("ACCENT_COLOR", colors.read, None),
            analytics=value("ANALYTICS", analytics.read, None),
            newsletter=value("NEWSLETTER", newsletter.read, None),
            search=value("SEARCH", _search, False),
            hashes=value("POLICY_HASHES", _hashes, ()),
            sources=value("POLICY_SOURCES", _sources, {}),
        )
        if errors:
            raise SettingErrors(errors)
        return settings

    def page_policy(self, frames: Sequence[str] = ()) -> Policy:
        """The policy of the site's pages; `frames` are sources of players on them."""
        return policy(
            hashes=self.hashes,
            analytics=self.analytics,
            search=self.search,
            newsletter=self.newsletter,
            sources=self.sources,
            frames=frames,
        )

    def embed_policy(self) -> Policy:
        """The policy of the cards that any page may embed.

        Who reads one is on somebody else's page: nobody counts them there, and there
        is nothing to search or to subscribe to.
        """
        return policy(hashes=self.hashes, analytics=None, search=False, embeddable=True)

    def check_hashes(self, hashes: Sequence[str]) -> None:
        """Raise SettingError if a page allows a script that servers would still block.

        Servers send one policy with all pages, and a page's own can only narrow it.
        """
        for one in hashes:
            if one not in self.hashes:
                raise SettingError(
                    f"a template allows the inline script {one}, and POLICY_HASHES "
                    "does not",
                    f'write POLICY_HASHES = ["{one}"]',
                )


def _search(value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingError(f"SEARCH is {value!r}", "write True or False")
    return value


def _hashes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingError(f"POLICY_HASHES is {value!r}", _HASHES)
    for one in value:
        if not isinstance(one, str) or not _HASH.fullmatch(one):
            raise SettingError(
                f"POLICY_HASHES names {one!r}, which is no hash", _HASHES
            )
    return tuple(value)


def _sources(value: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise SettingError(f"POLICY_SOURCES is {value!r}", _SOURCES)
    for directive, sources in value.items():
        if directive not in _DIRECTIVES:
            raise SettingError(
                f'POLICY_SOURCES has the key "{directive}", which is no directive that '
                "can be extended",
                hint(directive, list(_DIRECTIVES)),
            )
        if not isinstance(sources, list | tuple) or not sources:
            raise SettingError(
                f'POLICY_SOURCES has "{directive}": {sources!r}', _SOURCES
            )
        for one in sources:
            if not isinstance(one, str) or not _SOURCE.fullmatch(one):
                raise SettingError(
                    f'POLICY_SOURCES has for "{directive}" {one!r}, which is no source',
                    f"{_SOURCES}: scheme and host of an https address",
                )
    return {directive: tuple(sources) for directive, sources in value.items()}

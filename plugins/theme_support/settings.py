"""Reads the settings of this plugin into one frozen value."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from .errors import SettingError, SettingErrors
from .integrations import analytics, newsletter
from .security.csp import Policy, policy
from .values import Analytics, Newsletter

Value = TypeVar("Value")

_HASH = re.compile(r"'sha(256|384|512)-[A-Za-z0-9+/]+={0,2}'")
_HASHES = (
    "write a list such as [\"'sha256-…'\"], as theme_support.security.csp.hash_of "
    "gives it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """The settings `ANALYTICS`, `NEWSLETTER`, `SEARCH` and `POLICY_HASHES`.

    `search` says whether the site's search runs WebAssembly. `hashes` are those of
    every inline script of the theme.
    """

    analytics: Analytics | None = None
    newsletter: Newsletter | None = None
    search: bool = False
    hashes: tuple[str, ...] = ()

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
            analytics=value("ANALYTICS", analytics.read, None),
            newsletter=value("NEWSLETTER", newsletter.read, None),
            search=value("SEARCH", _search, False),
            hashes=value("POLICY_HASHES", _hashes, ()),
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

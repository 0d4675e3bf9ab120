"""What an operator may set, read once into one frozen value."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from .errors import SettingError, SettingErrors
from .integrations import analytics, newsletter
from .security.csp import Policy, policy
from .values import Analytics, Newsletter

_HASH = re.compile(r"'sha(256|384|512)-[A-Za-z0-9+/]+={0,2}'")


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
        """Read the settings of a site. Raises FrameErrors with all that are wrong."""
        wrong: list[SettingError] = []

        def one(read: Callable[[Any], Any], name: str, usual: Any) -> Any:
            try:
                return read(site.get(name, usual))
            except SettingError as error:
                wrong.append(error)

        found = {
            "analytics": one(analytics.read, "ANALYTICS", ""),
            "newsletter": one(newsletter.read, "NEWSLETTER", ""),
            "search": one(_search, "SEARCH", False),
            "hashes": one(_hashes, "POLICY_HASHES", ()),
        }
        if wrong:
            raise SettingErrors(wrong)
        return cls(**found)

    def pages(self) -> Policy:
        """The policy of the site's pages."""
        return policy(
            hashes=self.hashes,
            analytics=self.analytics,
            search=self.search,
            newsletter=self.newsletter,
        )

    def embeds(self) -> Policy:
        """The policy of the cards that anyone may frame.

        Who reads one is on somebody else's page: nobody counts them there, and there
        is nothing to search or to subscribe to.
        """
        return policy(hashes=self.hashes, analytics=None, search=False, frames=True)

    def check(self, hashes: Sequence[str]) -> None:
        """Raises FrameError if a page allows a script that servers would still block.

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
    example = "write a list such as [\"'sha256-…'\"], as frame.policy.hash_of gives it"
    if not isinstance(value, list | tuple):
        raise SettingError(f"POLICY_HASHES is {value!r}", example)
    for one in value:
        if not isinstance(one, str) or not _HASH.fullmatch(one):
            raise SettingError(
                f"POLICY_HASHES names {one!r}, which is no hash", example
            )
    return tuple(value)

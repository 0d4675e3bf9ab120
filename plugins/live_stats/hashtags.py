"""A hashtag of the site, as templates see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from .model import Reference
from .registry import Registry
from .rows import Row


@dataclass(slots=True, kw_only=True)
class Hashtag:
    """A hashtag of the site: what is counted of it, and the posts that carry it."""

    name: str
    label: str
    url: str
    save_as: str
    lang: str
    registry: Registry
    references: dict[str, Reference] = field(default_factory=dict)
    articles: list[Any] = field(default_factory=list)
    claims: list[tuple[str, str, int, str]] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.name

    @property
    def rows(self) -> list[Row]:
        return [
            Row(reference=reference, lang=self.lang, registry=self.registry)
            for reference in self.references.values()
        ]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def said_in(self, lang: str) -> "Hashtag":
        """The same for a page in another language."""
        return self if lang == self.lang else replace(self, lang=lang)

    def _slot(self, fragment: str, **more: Any) -> str:
        references = self.references.values()
        for reference in references:
            self.registry.declare(reference)
        spec = {
            "fragment": fragment,
            "label": self.label,
            "items": [reference.series for reference in references],
            "lang": self.lang,
        }
        return self.registry.add(spec | more)

    @property
    def headline(self) -> str:
        return self._slot("headline")

    @property
    def sparkline(self) -> str:
        return self._slot("spark")

    @property
    def panel(self) -> str:
        """The strip of a post: the platforms asked for every hashtag come first."""
        return self._slot("panel", **self.registry.keys)

    @property
    def chart(self) -> str:
        return self._slot("chart", claims=sorted(self.claims), **self.registry.keys)

    @property
    def pace(self) -> str:
        """How fast each series moves. A section with its heading, or nothing."""
        return self._slot("pace")

    @property
    def milestones(self) -> str:
        """Round numbers that were reached. A section with its heading, or nothing."""
        return self._slot("milestones")

    def milestones_feed(self, *, address: str, own: str, site: str, author: str) -> str:
        """The same as a feed, for a file that is all slot.

        `address` is that of this hashtag's page and `own` that of the feed; both are
        empty where the site has none. A feed must say when it was last updated: as
        long as it has no entry, that is the date of the newest post with the hashtag.
        """
        newest = max(article.date for article in self.articles)
        return self._slot(
            "milestones_feed",
            name=self.name,
            address=address,
            own=own,
            site=site,
            author=author,
            since=newest.isoformat(),
        )

"""A hashtag of the site, as templates see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from ...model.values import Reference
from ...references.catalogue import facts
from ...rendering.exports.drawable import drawable
from .rows import DerivedFile, SeriesRow
from .slot_registry import Registry

CARD = 600, 440  # px, wide and high


@dataclass(slots=True, kw_only=True)
class Hashtag:
    """A hashtag of the site: what is counted of it, and the posts that carry it.

    `usual` are the series that every hashtag of the site has, in the same order.
    """

    name: str
    label: str
    url: str
    save_as: str
    lang: str
    registry: Registry
    references: dict[str, Reference] = field(default_factory=dict)
    usual: tuple[str, ...] = ()
    articles: list[Any] = field(default_factory=list)
    claims: list[tuple[str, str, int, str]] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.name

    @property
    def rows(self) -> list[SeriesRow]:
        return [
            SeriesRow(
                reference=reference,
                lang=self.lang,
                registry=self.registry,
                badge=self._file(f"badges/{name}.svg", self._badge("badge", series)),
                shields=self._file(
                    f"badges/{name}.json", self._badge("shields", series)
                ),
            )
            for reference in self.references.values()
            for name, series in [(_badge_name(reference), reference.series)]
        ]

    def __iter__(self) -> Iterator[SeriesRow]:
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

    # --- its derived files ------------------------------------------------------------

    @property
    def csv(self) -> DerivedFile:
        """What is known of it, as rows of the history."""
        return self._file(f"{self.name}.csv", self._numbers("csv"))

    @property
    def json(self) -> DerivedFile:
        """The same as one document, with facts and states."""
        return self._file(f"{self.name}.json", self._numbers("json"))

    @property
    def share(self) -> DerivedFile | None:
        """The image for previews of its page; None if it cannot say all it has to."""
        about = [facts(reference) for reference in self.references.values()]
        where = " ".join(one.where or one.label for one in about)
        if not drawable(self.label, what=where, lang=self.lang):
            return None
        said = {"title": f"#{self.label}", "site": self.registry.site, "what": ""}
        return self._file("share.png", self._slot("share", **said))

    @property
    def feed(self) -> DerivedFile:
        """Its milestones as an Atom feed.

        A feed must say when it was last updated: as long as it has no entry, that is
        the date of the newest post with the hashtag.
        """
        base, name = self.registry.address, "milestones.xml"
        page = f"{base}/{self.url}" if base else ""
        slot = self._slot(
            "milestones_feed",
            name=self.name,
            address=page,
            own=f"{page}{name}" if page else "",
            site=self.registry.site,
            author=self.registry.site,
            since=max(article.date for article in self.articles).isoformat(),
        )
        return self._file(name, slot)

    # --- its card for other people's pages --------------------------------------------

    @property
    def embed(self) -> str:
        """The address of the card, relative to the root of the site."""
        return f"embed/{quote(self.name)}/"

    @property
    def frame(self) -> str:
        """The HTML that shows the card on a page, for a site that has an address."""
        frame = Markup(
            '<iframe src="{}/{}" title="#{}" width="{}" height="{}" loading="lazy" '
            'style="border:0;max-width:100%"></iframe>'
        ).format(self.registry.address, self.embed, self.label, *CARD)
        return str(frame)

    def derived(self, *, data: bool, share: bool) -> Iterator[DerivedFile]:
        """Every file that the site has of it besides pages."""
        if data:
            yield self.csv
            yield self.json
            yield self.feed
            for row in self.rows:
                yield row.badge
                yield row.shields
        if share and (image := self.share):
            yield image

    def _file(self, name: str, slot: str) -> DerivedFile:
        folder = self.save_as.removesuffix("index.html")
        return DerivedFile(
            save_as=f"{folder}{name}", url=quote(folder + name), slot=slot
        )

    def _numbers(self, form: str) -> str:
        page = f"{self.registry.address}/{self.url}" if self.registry.address else ""
        return self._slot("numbers", format=form, page=page)

    def _badge(self, fragment: str, series: str) -> str:
        spec = {"fragment": fragment, "series": series, "lang": self.lang}
        return self.registry.add(spec | {"label": self.label})

    # --- slots of its page ------------------------------------------------------------

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
    def multiples(self) -> str:
        """A small line for each series, side by side."""
        return self._slot("multiples")

    @property
    def pace(self) -> str:
        """How fast each series moves. A section with its heading, or nothing."""
        return self._slot("pace")

    @property
    def milestones(self) -> str:
        """Round numbers that were reached. A section with its heading, or nothing."""
        return self._slot("milestones")


def _badge_name(reference: Reference) -> str:
    """The name of a series among those of one hashtag: mastodon-posts-6d."""
    # A file name holds no percent sign: in addresses that would need another one.
    server = quote(reference.server or "", safe="").replace("%", "~")
    place = f"{reference.platform}@{server}" if server else reference.platform
    window = f"-{reference.window}" if reference.window.days else ""
    return f"{place}-{reference.metric}{window}"

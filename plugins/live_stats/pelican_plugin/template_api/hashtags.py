"""A hashtag of the site, as templates see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict
from urllib.parse import quote

from markupsafe import Markup

from ...model.values import Reference
from ...references.catalogue import facts
from ...rendering import specs
from ...rendering.exports.drawable import drawable
from ...rendering.specs import ChartClaim, MissingVariables, Spec
from .rows import DerivedFile, SeriesRow
from .slot_registry import Registry, SlotAttribute

CARD = 600, 440  # px, wide and high


class _HashtagFields(TypedDict):
    label: str
    items: tuple[str, ...]
    lang: str


class _EmptyStateFields(TypedDict):
    keyless: tuple[str, ...]
    missing: tuple[MissingVariables, ...]


@dataclass(slots=True, kw_only=True)
class Hashtag:
    """A hashtag of the site: what is counted of it, and the posts that carry it.

    Iterating over it gives its `rows`.
    """

    name: str
    """The hashtag without `#`, in small letters: `metoo`."""

    label: str
    """The same in the author's own capitals: `MeToo`."""

    url: str
    """The address of its page, relative to the root of the site."""

    save_as: str
    """The path of its page below the output folder."""

    lang: str
    """The language of the page that shows it."""

    registry: Registry
    """The slots of this build; not for templates."""

    references: dict[str, Reference] = field(default_factory=dict)
    """What is counted of it, by series."""

    usual: tuple[str, ...] = ()
    """The series that every hashtag of the site has, in the same order."""

    articles: list[Any] = field(default_factory=list)
    """The published posts that carry it, newest first."""

    claims: list[ChartClaim] = field(default_factory=list)
    """What these posts claimed of it, for its chart."""

    @property
    def slug(self) -> str:
        """The same as `name`."""
        return self.name

    @property
    def rows(self) -> list[SeriesRow]:
        """A row for each of its series."""
        return [
            SeriesRow(
                reference=reference,
                lang=self.lang,
                registry=self.registry,
                id=_row_id(reference),
                hashtag=self.label,
                folder=self._folder,
            )
            for reference in self.references.values()
        ]

    def __iter__(self) -> Iterator[SeriesRow]:
        return iter(self.rows)

    def in_language(self, lang: str) -> "Hashtag":
        """The same for a page in another language."""
        return self if lang == self.lang else replace(self, lang=lang)

    # --- slots of its page ------------------------------------------------------------

    @SlotAttribute
    def headline(self) -> Spec:
        """A slot: its leading number, with place and age."""
        return specs.HeadlineSpec(**self._fields())

    @SlotAttribute
    def sparkline(self) -> Spec:
        """A slot: the leading number's history as a line as small as a word."""
        return specs.SparkSpec(**self._fields())

    @SlotAttribute
    def panel(self) -> Spec:
        """A slot: the first four numbers that it has, as a strip."""
        return specs.PanelSpec(**self._fields(), **self._empty_state())

    @SlotAttribute
    def chart(self) -> Spec:
        """A slot: the leading number's history as a chart, with the posts' claims."""
        days = {article.date.date().isoformat() for article in self.articles}
        return specs.ChartSpec(
            **self._fields(),
            **self._empty_state(),
            claims=tuple(sorted(self.claims)),
            posts=tuple(sorted(days)),
        )

    @SlotAttribute
    def multiples(self) -> Spec:
        """A slot: a small chart for each series, side by side."""
        return specs.MultiplesSpec(**self._fields())

    @SlotAttribute
    def pace(self) -> Spec:
        """A slot: how fast each series moves; a section with a heading, or nothing."""
        return specs.PaceSpec(**self._fields())

    @SlotAttribute
    def milestones(self) -> Spec:
        """A slot: round numbers reached; a section with a heading, or nothing."""
        return specs.MilestonesSpec(**self._fields())

    # --- its derived files ------------------------------------------------------------

    @property
    def csv(self) -> DerivedFile:
        """What is known of it, as rows of the history, and the sums that are shown."""
        return self._numbers("csv")

    @property
    def json(self) -> DerivedFile:
        """The same as one document, with facts and states."""
        return self._numbers("json")

    @property
    def feed(self) -> DerivedFile:
        """Its milestones as an Atom feed.

        A feed must say when it was last updated: as long as it has no entry, that is
        the date of the newest post with the hashtag.
        """
        name, page = "milestones.xml", self._address
        spec = specs.MilestonesFeedSpec(
            **self._fields(),
            name=self.name,
            address=page,
            own=f"{page}{name}" if page else "",
            site=self.registry.site,
            author=self.registry.site,
            since=max(article.date for article in self.articles).isoformat(),
        )
        return self._file(name, spec)

    @property
    def share(self) -> DerivedFile | None:
        """The image for previews of its page; None if the fonts lack a letter of it."""
        about = [facts(reference) for reference in self.references.values()]
        where = " ".join(one.where or one.label for one in about)
        if not drawable(self.label, what=where, lang=self.lang):
            return None
        spec = specs.ShareSpec(
            lang=self.lang,
            site=self.registry.site,
            title=f"#{self.label}",
            what="",
            items=tuple(self.references),
        )
        return self._file("share.png", spec)

    def derived(self, *, data: bool, share: bool) -> Iterator[DerivedFile]:
        """Every file that the site has of it besides pages.

        Those with numbers if the site publishes `data`, the image if it has `share`
        images. For the generator, not for templates.
        """
        if data:
            yield self.csv
            yield self.json
            yield self.feed
            for row in self.rows:
                yield row.badge
                yield row.shields
        if share and (image := self.share):
            yield image

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

    # --- what the above has in common -------------------------------------------------

    def _fields(self) -> _HashtagFields:
        return {
            "label": self.label,
            "items": tuple(self.references),
            "lang": self.lang,
        }

    def _empty_state(self) -> _EmptyStateFields:
        keys = self.registry.keys
        return {"keyless": tuple(keys["keyless"]), "missing": tuple(keys["missing"])}

    @property
    def _address(self) -> str:
        """The whole address of its page; empty if the site has none."""
        return f"{self.registry.address}/{self.url}" if self.registry.address else ""

    @property
    def _folder(self) -> str:
        return self.save_as.removesuffix("index.html")

    def _numbers(self, form: str) -> DerivedFile:
        spec = specs.NumbersSpec(**self._fields(), format=form, page=self._address)
        return self._file(f"{self.name}.{form}", spec)

    def _file(self, name: str, spec: Spec) -> DerivedFile:
        path = f"{self._folder}{name}"
        return DerivedFile(save_as=path, registry=self.registry, spec=spec)


def _row_id(reference: Reference) -> str:
    """The name of a series among those of one hashtag: mastodon-posts-6d."""
    # A file name holds no percent sign: in addresses that would need another one.
    server = quote(reference.server or "", safe="").replace("%", "~")
    place = f"{reference.platform}@{server}" if server else reference.platform
    window = f"-{reference.window}" if reference.window.days else ""
    return f"{place}-{reference.metric}{window}"

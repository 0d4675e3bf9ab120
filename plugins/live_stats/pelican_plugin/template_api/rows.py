"""Rows for templates: facts that a build knows, and slots for what changes later."""

from dataclasses import dataclass
from urllib.parse import quote

from ...i18n import phrases
from ...model.values import Reference
from ...references.catalogue import Facts, facts
from ...references.wording import Wording, wording_of
from ...rendering import specs
from ...rendering.specs import Spec
from ..content.figures import Figure, claim_spec
from .slot_registry import Registry, SlotAttribute


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFile:
    """A file of numbers or an image, which the plugin writes and every fill renews."""

    save_as: str
    """Its path below the output folder."""

    registry: Registry
    """The slots of this build; not for templates."""

    spec: Spec
    """What it is filled with; not for templates."""

    @property
    def url(self) -> str:
        """Its address, relative to the root of the site."""
        return quote(self.save_as)

    @SlotAttribute
    def slot(self) -> Spec:
        """The slot that is all of the file; not for templates."""
        return self.spec


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A series on the page of its hashtag: facts, and slots for what changes."""

    reference: Reference
    """What is counted, and where."""

    lang: str
    """The language of the page."""

    registry: Registry
    """The slots of this build; not for templates."""

    id: str
    """The anchor of its row, which a citation leads to: `mastodon-posts-6d`."""

    hashtag: str
    """The label of the hashtag, without `#`."""

    folder: str
    """Where its files lie below the output folder; not for templates."""

    @property
    def about(self) -> Facts:
        """All that the catalogue of platforms knows of the series."""
        return facts(self.reference)

    @property
    def wording(self) -> Wording:
        """What its provider declares of it, in the language of the page."""
        return wording_of(self.reference, self.lang)

    @property
    def series(self) -> str:
        """Its name in the history: `mastodon/tag/metoo/posts@6d`."""
        return self.reference.series

    @property
    def platform(self) -> str:
        """The name of the platform in addresses and settings: `mastodon`."""
        return self.reference.platform

    @property
    def label(self) -> str:
        """The name of the platform for readers: Mastodon."""
        return self.about.label

    @property
    def scope(self) -> str:
        """Whose posts are counted."""
        return self.wording.scope

    @property
    def what(self) -> str:
        """The same as `scope`."""
        return self.wording.scope

    @property
    def caveat(self) -> str:
        """What the number leaves out; empty if nothing."""
        return self.wording.caveat

    @property
    def english(self) -> tuple[str, ...]:
        """Those of the provider's texts that are English, on a page that is not."""
        return self.wording.english

    @SlotAttribute
    def value(self) -> Spec:
        """A slot: the number alone, or why there is none."""
        return specs.ValueSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def reading(self) -> Spec:
        """A slot: the number with its place, the days that it covers, and its age."""
        return specs.ReadingSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def as_of(self) -> Spec:
        """A slot: how old the number is."""
        return specs.AsOfSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def window(self) -> Spec:
        """A slot: the span of posting time that the number covers."""
        return specs.WindowSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def exactness(self) -> Spec:
        """A slot: how exact the number is, or why there is none."""
        return specs.ExactnessSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def sparkline(self) -> Spec:
        """A slot: its history as a line as small as a word."""
        return specs.SparklineSpec(series=self.series, lang=self.lang)

    @SlotAttribute
    def source(self) -> Spec:
        """A slot: links to where a reader can look the number up."""
        return specs.SourceSpec(series=self.series, lang=self.lang)

    @property
    def badge(self) -> DerivedFile:
        """The number as an SVG badge for other sites."""
        spec = specs.BadgeSpec(series=self.series, lang=self.lang, label=self.hashtag)
        return self._file(f"badges/{self.id}.svg", spec)

    @property
    def shields(self) -> DerivedFile:
        """The same as JSON for the endpoint badge of shields.io."""
        spec = specs.ShieldsSpec(series=self.series, lang=self.lang, label=self.hashtag)
        return self._file(f"badges/{self.id}.json", spec)

    def _file(self, name: str, spec: Spec) -> DerivedFile:
        path = f"{self.folder}{name}"
        return DerivedFile(save_as=path, registry=self.registry, spec=spec)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure of a post or page, as `article.figures` lists them."""

    figure: Figure
    """The figure as it was resolved: reference, claim, mode, line in the source."""

    index: int
    """Its place among the figures of the page, from 1."""

    lang: str
    """The language of the page."""

    registry: Registry
    """The slots of this build; not for templates."""

    @property
    def number(self) -> int:
        """The same as `index`."""
        return self.index

    @property
    def id(self) -> str:
        """The anchor of its row, which the figure in the text leads to: `figure-1`."""
        return f"figure-{self.index}"

    @property
    def what(self) -> str:
        """What is counted: the title of the author's link, else words of ours."""
        return self.figure.what

    @property
    def claim(self) -> str:
        """The figure as the author wrote it; empty if there is none."""
        return self.figure.claim.text if self.figure.claim else ""

    @property
    def claim_day(self) -> str:
        """The date of the claim in words; empty without a claim."""
        claim = self.figure.claim
        return phrases.format_day(claim.as_of, self.lang) if claim else ""

    @property
    def claim_source(self) -> str | None:
        """The address that the author gave as the claim's source, if any."""
        return self.figure.claim.source if self.figure.claim else None

    @property
    def about(self) -> Facts:
        """All that the catalogue of platforms knows of the series."""
        return facts(self.figure.reference)

    @property
    def wording(self) -> Wording:
        """What its provider declares of it, in the language of the page."""
        return wording_of(self.figure.reference, self.lang)

    @property
    def platform(self) -> str:
        """The name of the platform for readers: Mastodon."""
        return self.about.label

    @property
    def caveat(self) -> str:
        """What the number leaves out; empty if nothing."""
        return self.wording.caveat

    @property
    def english(self) -> tuple[str, ...]:
        """Those of the provider's texts that are English, on a page that is not."""
        return self.wording.english

    @SlotAttribute
    def reading(self) -> Spec:
        """A slot: the number with its place, the days that it covers, and its age."""
        return specs.ReadingSpec(series=self.figure.series, lang=self.lang)

    @SlotAttribute
    def as_of(self) -> Spec:
        """A slot: how old the number is."""
        return specs.AsOfSpec(series=self.figure.series, lang=self.lang)

    @SlotAttribute
    def exactness(self) -> Spec:
        """A slot: how exact the number is, or why there is none."""
        return specs.ExactnessSpec(series=self.figure.series, lang=self.lang)

    @SlotAttribute
    def sparkline(self) -> Spec:
        """A slot: its history as a line as small as a word."""
        return specs.SparklineSpec(series=self.figure.series, lang=self.lang)

    @SlotAttribute
    def source(self) -> Spec:
        """A slot: links to where a reader can look the number up."""
        return specs.SourceSpec(series=self.figure.series, lang=self.lang)

    @SlotAttribute
    def change(self) -> Spec:
        """A slot: the change from the claim to the latest reading, in words."""
        return specs.ChangeSpec(
            series=self.figure.series,
            lang=self.lang,
            claim=claim_spec(self.figure.claim),
        )

    @SlotAttribute
    def lead(self) -> Spec:
        """A slot: number, what is counted, line and age, for lists of posts."""
        return specs.LeadSpec(
            series=self.figure.series,
            lang=self.lang,
            claim=claim_spec(self.figure.claim),
            what=self.figure.what,
        )

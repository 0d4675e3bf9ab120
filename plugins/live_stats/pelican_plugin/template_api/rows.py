"""Rows for templates: facts that stand still, and slots for what changes."""

from dataclasses import dataclass

from ...i18n import phrases
from ...model.values import Reference
from ...references.catalogue import Facts, facts
from ..content.figures import Figure, claim_spec
from .slot_registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFile:
    """A file that is all slot. `url` is relative to the root of the site."""

    save_as: str
    url: str
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A declared series on a hashtag's page: facts, and slots for what changes."""

    reference: Reference
    lang: str
    registry: Registry
    badge: DerivedFile
    shields: DerivedFile

    @property
    def about(self) -> Facts:
        return facts(self.reference)

    @property
    def series(self) -> str:
        return self.reference.series

    @property
    def id(self) -> str:
        """The anchor of its row, which a citation leads to."""
        return self.badge.save_as.rpartition("/")[2].removesuffix(".svg")

    @property
    def platform(self) -> str:
        return self.reference.platform

    @property
    def label(self) -> str:
        return self.about.label

    @property
    def scope(self) -> str:
        return self.about.scope

    what = scope

    @property
    def caveat(self) -> str:
        return self.about.caveat

    def __getattr__(self, name: str) -> str:
        if name in (
            "value",
            "as_of",
            "window",
            "exactness",
            "sparkline",
            "reading",
            "source",
        ):
            return self.registry.one(name, self.reference, self.lang)
        raise AttributeError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One row of the table "The figures in this post"."""

    figure: Figure
    index: int
    lang: str
    registry: Registry

    @property
    def number(self) -> int:
        return self.index

    @property
    def id(self) -> str:
        return f"figure-{self.index}"

    @property
    def what(self) -> str:
        return self.figure.what

    @property
    def claim(self) -> str:
        return self.figure.claim.text if self.figure.claim else ""

    @property
    def claim_day(self) -> str:
        claim = self.figure.claim
        return phrases.format_day(claim.as_of, self.lang) if claim else ""

    @property
    def claim_source(self) -> str | None:
        return self.figure.claim.source if self.figure.claim else None

    @property
    def about(self) -> Facts:
        return facts(self.figure.reference)

    @property
    def platform(self) -> str:
        return self.about.label

    @property
    def caveat(self) -> str:
        return self.about.caveat

    @property
    def change(self) -> str:
        series = self.figure.reference.series
        claim = claim_spec(self.figure.claim)
        return self.registry.add(
            {"fragment": "change", "series": series, "claim": claim, "lang": self.lang}
        )

    @property
    def lead(self) -> str:
        return self.registry.add(
            {
                "fragment": "lead",
                "series": self.figure.reference.series,
                "what": self.figure.what,
                "claim": claim_spec(self.figure.claim),
                "lang": self.lang,
            }
        )

    def __getattr__(self, name: str) -> str:
        if name in ("reading", "as_of", "exactness", "sparkline", "source"):
            return self.registry.one(name, self.figure.reference, self.lang)
        raise AttributeError(name)

"""Resolves the figures and hashtags of all posts and pages that Pelican has read.

Posts and pages get `figures`, `figure` and `hashtags`; mistakes go to their sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from ..publishing.figure_places import declared_lines, line_of_hashtags
from ..references.catalogue import AddressError, parse
from ..rendering import slots
from ..rendering.exports.drawable import drawable
from ..rendering.specs import ReadingsDaySpec, ShareSpec
from .content.drafts import is_planned
from .content.embeds import embed_spec, embeds_of, name_number, name_spec
from .content.figures import (
    Figure,
    FigureResolver,
    cards_number,
    cards_spec,
    check_metadata,
    claim_spec,
    dated_of,
    head_number,
)
from .content.front_matter.blocks import metadata_line
from .content.sources import Source
from .lazy_figures import resolve_lazily
from .template_api.hashtag_index import HashtagIndex
from .template_api.rows import FigureRow
from .template_api.slot_registry import Registry


class ReadContent(NamedTuple):
    """A post or page that Pelican has read. `public`: it is a published post."""

    content: Any
    public: bool


@dataclass(slots=True, kw_only=True)
class ResolvedSite:
    """What came of resolving all content.

    `scheduled` is the time of the next post that is dated in the future. `declared` has
    by source what its figures and hashtags count, each with its line. `sources` and
    `figures` are counts.
    """

    contents: list[ReadContent]
    scheduled: datetime | None = None
    declared: dict[str, str] = field(default_factory=dict)
    sources: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentResolver:
    """One pass over all content. `sources` has the Markdown files by their paths."""

    figure_resolver: FigureResolver
    now: datetime
    registry: Registry
    hashtag_index: HashtagIndex
    sources: Mapping[str, Source]
    share_images: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    def resolve(
        self,
        generators: list[Any],
        edited: list[Any] | None,
        known: Mapping[str, str],
    ) -> ResolvedSite:
        """Give every post and page its figures and hashtags.

        All but the `edited` posts are what the last build resolved, which declared
        `known`; all may differ if `edited` is None. The figures of an unchanged post
        that no hashtag lists are resolved when a template reads them.
        """
        site = ResolvedSite(contents=contents_of(generators))
        read = {content.source_path for content, _ in site.contents}
        for path, source in self.sources.items():
            if path not in read:  # Pelican refused it, and logged why
                today = self.now.date()
                self.figure_resolver.figures(source, self.registry.lang, today)
        changed = None if edited is None else set(map(id, edited))
        for content, public in site.contents:
            found = self.sources.get(content.source_path)
            if found is None:  # not Markdown
                content.figures, content.figure, content.hashtags = [], None, []
                content.share, content.frames = "", ()
                continue
            site.sources += 1
            site.figures += found.count
            declared = None if changed is None else known.get(found.path)
            if (
                declared is None
                or (changed is not None and id(content) in changed)
                or found.embeds
                or self._is_needed(content, public)
            ):
                self._resolve(content, found, public, site)
                site.declared[found.path] = self._declared(content, found, known)
            else:
                content.hashtags, content.share, content.frames = [], "", ()
                resolve_lazily(content, self.resolve_figures)
                site.declared[found.path] = declared
                self._declare_again(declared)
        self.hashtag_index.sort()
        return site

    def _declare_again(self, declared: str) -> None:
        for one in declared.split("\n") if declared else ():
            self.registry.series.add(one.partition(" ")[2])

    def _is_needed(self, content: Any, public: bool) -> bool:
        """Whether more than a page that shows the post needs what it resolves to."""
        return not public or self.share_images or "hashtags" in content.metadata

    def _resolve(
        self, content: Any, source: Source, public: bool, site: ResolvedSite
    ) -> None:
        check_metadata(source, content.metadata)
        lead = self.resolve_figures(content)
        content.share = ""
        if self.share_images and public and self._is_drawable(content, lead):
            base = content.save_as.removesuffix(".html")
            base = base.removesuffix("index") if base.endswith("/index") else f"{base}-"
            content.share = f"{base}share.png"
            content.share_slot = self._share_image(content, lead)
        content.hashtags = self.hashtag_index.of(content, source, public)
        content.frames = self._embed(content, source)
        if getattr(content, "status", "") == "draft" and is_planned(content, self.now):
            site.scheduled = min(site.scheduled or content.date, content.date)

    def _declared(self, content: Any, source: Source, known: Mapping[str, str]) -> str:
        counted = [s for hashtag in content.hashtags for s in hashtag.usual]
        line = 0
        if counted and source.text is None:  # an earlier build has read it
            line = line_of_hashtags(known.get(source.path, ""))
        if counted and not line:
            line = metadata_line(source.raw, "hashtags")
        figures = ((row.figure.line, row.figure.series) for row in content.figures)
        return declared_lines(figures, line, counted)

    def _embed(self, content: Any, source: Source) -> tuple[str, ...]:
        """Register the cards of others' posts; what their players need of a policy."""
        found = embeds_of(source)
        for link, embed in found:
            spec = embed_spec(embed, content.lang, content.save_as, self.environment)
            self.registry.add(spec, number=link.number)
            name = name_spec(embed, content.lang)
            self.registry.add(name, number=name_number(link.number))
            for series in spec.shown:
                place = f"{source.path}:{link.line}"
                self.registry.places.setdefault(series, place)
        return tuple(sorted({e.frame_source for _, e in found if e.player}))

    def resolve_figures(self, content: Any) -> FigureRow | None:
        """Set `figures` and `figure` of a post; returns the figure that lists show."""
        source, lang = self.sources[content.source_path], content.lang
        save_as = content.save_as
        figures = self.figure_resolver.figures(source, lang, self._date(content))
        dated = dated_of(figures)
        content.figures = [
            self._row(figure, number, content, dated)
            for number, figure in enumerate(figures, 1)
        ]
        if source.has_head:
            head = ReadingsDaySpec(lang=lang, page=save_as, dated=dated)
            self.registry.add(head, number=head_number(source.path))
        if figures:
            rows = [f"#{row.id}" for row in content.figures]
            spec = cards_spec(figures, lang, save_as, rows)
            self.registry.add(spec, number=cards_number(source.path))
        lead = self._lead_figure(content, source)
        content.figure = lead.lead if lead else None
        return lead

    def _date(self, content: Any) -> date | None:
        published: datetime | None = getattr(content, "date", None)
        if published and published.year == 9999:  # Pelican's mark of an undated draft
            return self.now.date()
        return published.date() if published else None

    def _row(
        self, figure: Figure, number: int, content: Any, dated: tuple[str, ...]
    ) -> FigureRow:
        lang = content.lang
        row = FigureRow(figure=figure, index=number, lang=lang, registry=self.registry)
        spec = figure.spec(lang, content.save_as, f"#{row.id}", dated)
        self.registry.add(spec, number=figure.number)
        return row

    def _is_drawable(self, content: Any, lead: FigureRow | None) -> bool:
        """Whether the font of share images has every character of what they show."""
        title = slots.plain(content.title)
        if lead is None:
            return drawable(title)
        return drawable(title, number=lead.claim, what=lead.what, lang=content.lang)

    def _share_image(self, content: Any, lead: FigureRow | None) -> str:
        """The slot of a post's image: its title, and the figure that a list shows."""
        spec = ShareSpec(
            lang=content.lang,
            site=self.registry.site,
            title=slots.plain(content.title),
            what=lead.what if lead else "",
            items=(lead.figure.series,) if lead else (),
            claim=claim_spec(lead.figure.claim) if lead else None,
        )
        return self.registry.add(spec)

    def _lead_figure(self, content: Any, source: Source) -> FigureRow | None:
        """The figure that lists show: the first, or the one that "Figure:" names."""
        rows: list[FigureRow] = content.figures
        wanted = str(content.metadata.get("figure", "")).strip()
        if not wanted:
            return rows[0] if rows else None
        if wanted.isdigit() and 0 < int(wanted) <= len(rows):
            return rows[int(wanted) - 1]
        if wanted.isdigit() and 0 < int(wanted) <= source.count:
            return None  # that figure has mistakes of its own
        line = metadata_line(source.raw, "figure")
        if not source.count:
            source.wrong(
                line,
                f"Figure: {wanted}, and there is no figure in this post",
                "write one into the text, or delete the line",
            )
            return None
        numbers = "1" if source.count == 1 else f"1 to {source.count}"
        mend = f"write its number, {numbers}, or an address from the text"
        if "/" not in wanted:
            source.wrong(line, f"Figure: {wanted} is no figure of this post", mend)
            return None
        try:
            series = parse(wanted, servers=self.figure_resolver.servers)[0].series
        except AddressError as error:
            source.wrong(line, f"Figure: {error.what}", error.mend)
            return None
        for row in rows:
            if row.figure.reference.series == series:
                return row
        source.wrong(
            line,
            f"Figure: {wanted} is no figure of this post",
            mend,
        )
        return None


def contents_of(generators: list[Any]) -> list[ReadContent]:
    """Every post and page that the generators have read, once."""
    found: list[ReadContent] = []
    for generator in generators:
        for names, public in (
            (("articles", "translations"), hasattr(generator, "articles")),
            (("pages", "hidden_pages", "draft_pages"), False),
            (("hidden_articles", "hidden_translations"), False),
            (("drafts", "drafts_translations", "draft_translations"), False),
        ):
            for name in names:
                items = getattr(generator, name, ())
                found += [ReadContent(item, public) for item in items]
    return found

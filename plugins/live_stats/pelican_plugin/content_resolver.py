"""Everything that Pelican has read is judged: figures, leads, hashtags, dates.

Posts and pages get `figures`, `figure` and `hashtags`; mistakes go to their sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..references.catalogue import AddressError, parse
from ..rendering import slots
from ..rendering.exports.drawable import drawable
from ..rendering.specs import ShareSpec
from .content.drafts import is_planned
from .content.figure_links import Source
from .content.figures import (
    Figure,
    FigureResolver,
    check_metadata,
    claim_spec,
    metadata_line,
)
from .lazy_figures import resolve_lazily
from .template_api.hashtag_index import HashtagIndex
from .template_api.rows import FigureRow
from .template_api.slot_registry import Registry


@dataclass(slots=True, kw_only=True)
class ContentResolver:
    """One pass over all content.

    `contents` becomes every post and page, and whether it is a published post.
    `scheduled` becomes the time of the next post that is dated in the future.
    `declared` gets, by source, the series of its figures, each with its line.
    """

    desk: FigureResolver
    now: datetime
    registry: Registry
    tagging: HashtagIndex
    sources: dict[str, Source]
    share_images: bool = False
    scheduled: datetime | None = None
    read: int = 0
    figures: int = 0
    declared: dict[str, str] = field(default_factory=dict)
    contents: list[tuple[Any, bool]] = field(default_factory=list)

    def run(
        self,
        generators: list[Any],
        edited: list[Any] | None,
        before: Mapping[str, str],
    ) -> None:
        """Give every post and page its figures and hashtags.

        If all but the `edited` were judged by the last build, which declared what is
        known from `before`, those that no hashtag lists get their figures when somebody
        reads them.
        """
        self.contents = contents_of(generators)
        now = None if edited is None else set(map(id, edited))
        judged = {content.source_path for content, _ in self.contents}
        for path, source in self.sources.items():
            if path not in judged:  # Pelican left it out, and said why
                self._figures(source, self.registry.lang, self.now.date())
        for content, public in self.contents:
            source = self.sources.get(content.source_path)
            if source is None:
                content.figures, content.figure, content.hashtags = [], None, []
                content.share = ""
                continue
            self.read += 1
            self.figures += source.count
            known = None if now is None else before.get(source.path)
            if known is None or id(content) in now or self._is_listed(content, public):
                self._judge(content, source, public)
                rows = content.figures
                said = [f"{one.figure.line} {one.figure.series}" for one in rows]
                self.declared[source.path] = "\n".join(said)
            else:
                content.hashtags, content.share = [], ""
                resolve_lazily(content, self._judge_figures)
                self.declared[source.path] = known
                self._declare_again(source.path, known)
        self.tagging.sort()

    def _declare_again(self, path: str, known: str) -> None:
        for one in known.split("\n") if known else ():
            line, _, series = one.partition(" ")
            self.registry.series.add(series)
            self.registry.places.setdefault(series, f"{path}:{line}")

    def _is_listed(self, content: Any, public: bool) -> bool:
        """Whether more than pages of posts, or the clock, asks for what is judged."""
        return not public or self.share_images or "hashtags" in content.metadata

    def _judge(self, content: Any, source: Source, public: bool) -> None:
        check_metadata(source, content.metadata)
        lead = self._judge_figures(content)
        content.share = ""
        if self.share_images and public and self._is_drawable(content, lead):
            base = content.save_as.removesuffix(".html")
            base = base.removesuffix("index") if base.endswith("/index") else f"{base}-"
            content.share = f"{base}share.png"
            content.share_slot = self._share(content, lead)
        content.hashtags = self.tagging.of(content, source, public)
        if getattr(content, "status", "") == "draft" and is_planned(content, self.now):
            self.scheduled = min(self.scheduled or content.date, content.date)

    def _judge_figures(self, content: Any) -> FigureRow | None:
        """Give a post its figures; gives the one that a list shows."""
        source, lang = self.sources[content.source_path], content.lang
        dated, save_as = self._dated(content), content.save_as
        figures = self._figures(source, lang, dated.date() if dated else None)
        content.figures = [
            self._row(figure, number, lang, save_as, source)
            for number, figure in enumerate(figures, 1)
        ]
        lead = self._lead(content, source)
        content.figure = lead.lead if lead else None
        return lead

    def _dated(self, content: Any) -> datetime | None:
        dated = getattr(content, "date", None)
        if dated and dated.year == 9999:  # Pelican's mark for a draft with no date
            return self.now
        return dated

    def _figures(self, source: Source, lang: str, dated: date | None) -> list[Figure]:
        return self.desk.figures(source, lang, dated)

    def _row(
        self, figure: Figure, number: int, lang: str, save_as: str, source: Source
    ) -> FigureRow:
        row = FigureRow(figure=figure, index=number, lang=lang, registry=self.registry)
        series = figure.series
        self.registry.places.setdefault(series, f"{source.path}:{figure.line}")
        spec = figure.spec(lang, save_as, f"#{row.id}")
        self.registry.add(spec, number=figure.number)
        return row

    def _is_drawable(self, content: Any, lead: FigureRow | None) -> bool:
        """Whether an image can show the title, and all that is said of the figure."""
        title = slots.plain(content.title)
        if lead is None:
            return drawable(title)
        return drawable(title, number=lead.claim, what=lead.what, lang=content.lang)

    def _share(self, content: Any, lead: FigureRow | None) -> str:
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

    def _lead(self, content: Any, source: Source) -> FigureRow | None:
        """The figure that a list shows: the first, or the one named."""
        rows = content.figures
        wanted = str(content.metadata.get("figure", "")).strip()
        if not wanted:
            return rows[0] if rows else None
        if wanted.isdigit() and 0 < int(wanted) <= len(rows):
            return rows[int(wanted) - 1]
        line = metadata_line(source.raw, "figure")
        try:
            series = parse(wanted, servers=self.desk.servers)[0].series
        except AddressError as error:
            source.wrong(line, f"Figure: {error.what}", error.mend)
            return None
        for row in rows:
            if row.figure.reference.series == series:
                return row
        source.wrong(
            line,
            f"Figure: {wanted} is no figure of this post",
            f"write its number, 1 to {len(rows)}, or an address from the text",
        )
        return None


def contents_of(generators: list[Any]) -> list[tuple[Any, bool]]:
    """Every post and page once, and whether it is a published post."""
    found: list[tuple[Any, bool]] = []
    for generator in generators:
        for names, public in (
            (("articles", "translations"), hasattr(generator, "articles")),
            (("pages", "hidden_pages", "draft_pages"), False),
            (("hidden_articles", "hidden_translations"), False),
            (("drafts", "drafts_translations", "draft_translations"), False),
        ):
            for name in names:
                found += [(item, public) for item in getattr(generator, name, ())]
    return found

"""Everything that Pelican has read is judged: figures, leads, hashtags, dates.

Posts and pages get `figures`, `figure` and `hashtags`; mistakes go to their sources.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from . import slots
from .authoring import Desk, Figure, check_metadata, claim_spec
from .catalogue import AddressError, parse
from .hashtags import Hashtag
from .markdown_figures import Source
from .model import Reference
from .registry import Registry
from .rows import FigureRow

LONGEST = 200  # bytes of a hashtag: its files have longer names, of 255 at most


@dataclass(slots=True, kw_only=True)
class Judge:
    """One pass over all content. `hashtags` is filled; `pages` are files by source.

    `scheduled` becomes the time of the next post that is dated in the future.
    """

    desk: Desk
    now: datetime
    platforms: tuple[str, ...]
    registry: Registry
    hashtags: dict[str, Hashtag]
    sources: dict[str, Source]
    pages: dict[str, str] = field(default_factory=dict)
    share_images: bool = False
    scheduled: datetime | None = None
    read: int = 0
    figures: int = 0

    def run(self, generators: list[Any]) -> None:
        """Give every post and page its figures and hashtags."""
        contents = _contents(generators)
        judged = {content.source_path for content, _ in contents}
        for path, source in self.sources.items():
            if path not in judged:  # Pelican left it out, and said why
                self._figures(source, self.registry.lang, self.now.date())
        for content, public in contents:
            self._judge(content, public)
        for hashtag in self.hashtags.values():
            hashtag.articles.sort(key=lambda a: (a.date, a.source_path), reverse=True)
        ordered = sorted(self.hashtags.items(), key=lambda item: item[0])
        self.hashtags.clear()
        self.hashtags.update(ordered)

    def _judge(self, content: Any, public: bool) -> None:
        source = self.sources.get(content.source_path)
        if source is None:
            content.figures, content.figure, content.hashtags = [], None, []
            content.share = ""
            return
        save_as = content.save_as
        self.pages[save_as] = source.path
        self.read += 1
        check_metadata(source, content.metadata)
        dated = content.date if hasattr(content, "date") else None
        if dated and dated.year == 9999:  # Pelican's mark for a draft with no date
            dated = self.now
        figures = self._figures(source, content.lang, dated.date() if dated else None)
        content.figures = [
            self._row(figure, number, content.lang, save_as, source)
            for number, figure in enumerate(figures, 1)
        ]
        self.figures += len(figures)
        lead = self._lead(content, source)
        content.figure = lead.lead if lead else None
        content.share = ""
        if self.share_images and public:
            base = save_as.removesuffix(".html")
            base = base.removesuffix("index") if base.endswith("/index") else f"{base}-"
            content.share = f"{base}share.png"
            content.share_slot = self._share(content, lead)
        content.hashtags = self._hashtags(content, source, public)
        if getattr(content, "status", "") == "draft" and dated:
            if "status" not in content.metadata and dated > self.now:
                self.scheduled = min(self.scheduled or dated, dated)

    def _figures(self, source: Source, lang: str, dated: date | None) -> list[Figure]:
        return self.desk.figures(source, lang, dated)

    def _row(
        self, figure: Figure, number: int, lang: str, save_as: str, source: Source
    ) -> FigureRow:
        row = FigureRow(figure=figure, index=number, lang=lang, registry=self.registry)
        self.registry.declare(figure.reference)
        series = figure.reference.series
        self.registry.places.setdefault(series, f"{source.path}:{figure.line}")
        spec = figure.spec(lang, save_as, f"#{row.id}")
        self.registry.add(spec, number=figure.number)
        return row

    def _share(self, content: Any, lead: FigureRow | None) -> str:
        """The slot of a post's image: its title, and the figure that a list shows."""
        spec = {"fragment": "share", "lang": content.lang, "site": self.registry.site}
        spec |= {"title": slots.plain(content.title), "what": lead.what if lead else ""}
        if lead is None:
            return self.registry.add(spec | {"items": []})
        series = lead.figure.reference.series
        claim = claim_spec(lead.figure.claim)
        return self.registry.add(spec | {"series": series, "claim": claim})

    def _lead(self, content: Any, source: Source) -> FigureRow | None:
        """The figure that a list shows: the first, or the one named."""
        rows = content.figures
        wanted = str(content.metadata.get("figure", "")).strip()
        if not wanted:
            return rows[0] if rows else None
        if wanted.isdigit() and 0 < int(wanted) <= len(rows):
            return rows[int(wanted) - 1]
        line = _line(source.raw, "figure")
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

    # --- hashtags -----------------------------------------------------------------

    def _hashtags(self, content: Any, source: Source, public: bool) -> list[Hashtag]:
        value = content.metadata.get("hashtags", "")
        text = ",".join(value) if isinstance(value, list) else str(value)
        found = []
        for part in re.split("[,;]", unicodedata.normalize("NFC", text)):
            label = part.strip().lstrip("#")
            if not label:
                continue
            name = label.casefold()
            if mend := _mend(label):
                line = _line(source.raw, "hashtags")
                source.wrong(line, f'Hashtags: "{label}" is no hashtag', mend)
                continue
            if public and name not in self.hashtags:
                self.hashtags[name] = self._hashtag(name, label)
            if name not in self.hashtags:
                continue  # of a draft: it gets its page when the draft is published
            hashtag = self.hashtags[name]
            if public:
                hashtag.articles.append(content)
                self._declare_figures(hashtag, content.figures)
            found.append(hashtag)
        return [hashtag.said_in(content.lang) for hashtag in found]

    def _hashtag(self, name: str, label: str) -> Hashtag:
        found: dict[str, Reference] = {}
        for platform in self.platforms:  # a name, or name@server
            place = quote(platform, safe="@:")  # a server's path has slashes
            address = f"{place}/tag/{quote(name, safe='')}"
            reference, _ = parse(address, servers=self.desk.servers)
            found[reference.series] = reference
        url = f"hashtags/{quote(name)}/"
        return Hashtag(
            name=name,
            label=label,
            url=url,
            save_as=f"hashtags/{name}/index.html",
            lang=self.registry.lang,
            registry=self.registry,
            references=found,
            usual=tuple(found),
        )

    def _declare_figures(self, hashtag: Hashtag, rows: list[FigureRow]) -> None:
        """A post's own figures about the hashtag belong to its page too."""
        for row in rows:
            reference, claim = row.figure.reference, row.figure.claim
            if (reference.kind, reference.subject) != ("tag", hashtag.name):
                continue
            hashtag.references.setdefault(reference.series, reference)
            if claim:
                day = claim.as_of.isoformat()
                entry = (reference.series, day, claim.value, claim.text)
                if entry not in hashtag.claims:
                    hashtag.claims.append(entry)


def _contents(generators: list[Any]) -> list[tuple[Any, bool]]:
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


def _mend(label: str) -> str:
    """What would make a hashtag of `label`; empty if it is one.

    Letters may carry marks that no single sign has: हिन्दी.
    """
    kinds = {unicodedata.category(sign)[0] for sign in label if sign != "_"}
    if "L" not in kinds or kinds - set("LMN"):
        return "write letters, digits and _ only, with commas between"
    if len(label.casefold().encode()) > LONGEST:
        return f"write one of at most {LONGEST} bytes: files are named after it"
    return ""


def _line(raw: str, name: str) -> int:
    for number, line in enumerate(raw.splitlines(), 1):
        if line.partition(":")[0].strip().casefold() == name:
            return number
    return 1

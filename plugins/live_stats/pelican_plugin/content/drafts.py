"""Leaves drafts and planned posts out of a site, or shows them to their author."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pelican.utils import order_content

from ...i18n import phrases
from ...model.messages import count_of
from .front_matter.blocks import YAML, block_of

DRAFTS = ("drafts", "drafts_translations", "draft_pages", "draft_translations")
_STATUS = re.compile(r"^\s*status\s*:\s*[\"']?(\w+)", re.IGNORECASE | re.MULTILINE)
_DRAFT = re.compile(
    r"^draft\s*:\s*[\"']?(?:true|yes|on)\b", re.IGNORECASE | re.MULTILINE
)
_FIELD = re.compile(r"^:status:\s*(\w+)", re.IGNORECASE | re.MULTILINE)  # of .rst


@dataclass(slots=True, kw_only=True)
class UnpublishedContent:
    """Drafts and planned posts, of which no file of the site is made.

    `scheduled` is the time when the next planned post is due.
    """

    drafts: int = 0
    planned: int = 0
    scheduled: datetime | None = None
    contents: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        """A sentence about them; empty if there are none."""
        some = ((self.drafts, "draft"), (self.planned, "planned post"))
        subject = " and ".join(
            count_of(number, noun) for number, noun in some if number
        )
        if not subject:
            return ""
        verb, them = ("is", "it") if len(self.contents) == 1 else ("are", "them")
        return f"{subject} {verb} not published; make dev shows {them}"


def is_planned(content: Any, now: datetime) -> bool:
    """Whether a draft is one only until the day that it is dated."""
    date: datetime | None = getattr(content, "date", None)
    if date is None or date.year == 9999:  # Pelican's mark for a draft with no date
        return False
    return date > now and bool(content.metadata.get("status") != "draft")


def leave_out_drafts(generators: Iterable[Any], now: datetime) -> UnpublishedContent:
    """Take drafts and planned posts out of a site that was read, with their files.

    No page is made of them, links lead to none, and a file that only they attach or
    show is not copied.
    """
    found = UnpublishedContent()
    for generator in generators:
        for name in DRAFTS:
            drafts = getattr(generator, name, [])
            found.contents += drafts
            if drafts:
                setattr(generator, name, [])
            if name in generator.context:
                generator.context[name] = []
    for content in found.contents:
        content._context["generated_content"].pop(content.relative_source_path, None)
        if is_planned(content, now):
            found.planned += 1
            due = [content.date, found.scheduled or content.date]
            found.scheduled = min(due)
        else:
            found.drafts += 1
    links = {link for content in found.contents for link in files_of(content)}
    if links:
        _leave_out_files(generators, links)
    return found


def status_in(text: str) -> str:
    """The status in the front matter of a post; empty if it has none."""
    block = block_of(text.removeprefix("\ufeff").replace("\r", "\n"))
    head = text.lstrip().partition("\n\n")[0]
    if block.form == YAML:
        lines = block.source.split("\n")
        head = "\n".join(line for line in lines if not line[:1].isspace())
        if _DRAFT.search(head):
            return "draft"
    found = _STATUS.search(head) or _FIELD.search(text)
    return found[1].lower() if found else ""


def include_drafts(generator: Any) -> None:
    """Put drafts, and posts dated in the future, into the lists of a generator.

    Each gets `unpublished`, a few words on why nobody else sees it.
    """
    now = datetime.now(UTC)
    for post in (*generator.drafts, *generator.drafts_translations):
        planned = is_planned(post, now)
        if post.date.year == 9999:
            post.date = now.replace(microsecond=0)
        day = phrases.format_day(post.date.date(), generator.settings["DEFAULT_LANG"])
        post.unpublished = f"planned for {day}" if planned else "draft"
    for post in (*generator.hidden_articles, *generator.hidden_translations):
        post.unpublished = "hidden"
    order = generator.settings["ARTICLE_ORDER_BY"]
    generator.articles = order_content(generator.articles + generator.drafts, order)
    generator.translations = generator.translations + generator.drafts_translations
    generator.drafts, generator.drafts_translations = [], []


def include_draft_pages(generator: Any) -> None:
    """Put draft pages into the list of pages, and mark them and hidden ones."""
    for name, mark in (("draft_pages", "draft"), ("hidden_pages", "hidden")):
        for page in getattr(generator, name):
            page.unpublished = mark
    generator.pages = [*generator.pages, *generator.draft_pages]
    generator.draft_pages = []
    generator.context["pages"], generator.context["draft_pages"] = generator.pages, []


def _leave_out_files(generators: Iterable[Any], links: set[str]) -> None:
    """Take the files that `links` name out, unless published content has them too."""
    for generator in generators:
        statics = getattr(generator, "staticfiles", None)
        if statics is None:
            continue
        context, settings = generator.context, generator.settings
        for content in context["generated_content"].values():
            if content is not None and links:
                links -= files_of(content)
        exclude = settings["STATIC_EXCLUDES"]
        paths = settings["STATIC_PATHS"]
        links -= set(generator.get_files(paths, exclude=exclude, extensions=False))
        gone = [one for one in statics if one.relative_source_path in links]
        for static in gone:
            statics.remove(static)
            context["static_content"].pop(static.relative_source_path, None)
        context["staticfiles"] = statics


def files_of(content: Any) -> set[str]:
    """The files that a text attaches or shows, by their paths below the content."""
    text = content._content or ""
    if "static}" not in text and "attach}" not in text:
        return set()
    links: set[str] = content.get_static_links()
    return links

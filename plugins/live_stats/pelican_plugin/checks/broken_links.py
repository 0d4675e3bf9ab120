"""Finds broken links of new pages, and where each was written: a source or the theme.

A link is in one source and on many pages: the post's own, lists, the home page. What
Pelican makes of a link depends on the page, so each is resolved as Pelican does it.
"""

import html
import os
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pelican.utils import get_relative_path, path_to_url

from pelican.plugins.incremental import BuildTree

from ...model.errors import Mistake
from ...model.suggestions import nearest
from ...publishing import links
from ...publishing.index import SiteIndex
from ...publishing.links import Broken
from ...publishing.skeletons import Skeleton
from ..content.drafts import is_planned, status_in
from . import authored_links
from .consequences import MistakenSources
from .lost_fragments import find_lost_fragments
from .shared_links import SharedLinks

_INDICATOR = re.compile(r"^(?P<open>[{|])(?P<what>\w+)(?P<close>[|}])(?P<path>.*)$")
_SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
_IN_WORDS = " !$&'()*+,-./:;=@_~"
_INDICATORS = ("filename", "static", "attach", "tag", "category", "author", "index")
_WORDS = {"tag": "tags", "category": "category", "author": "authors"}


MANY_PAGES = 4
"""A link on so many pages is reported once: it is one mistake, not many."""


def find_broken_links(
    tree: BuildTree,
    new: Mapping[str, Skeleton],
    index: SiteIndex,
    finder: "BrokenLinkFinder",
) -> list[Mistake]:
    """The mistakes for broken links on new pages, each where its author wrote it.

    A link that no source has is the theme's, and is reported for the page.
    """
    names = set(tree.names)
    if tree.checking:  # their pages may be missing, because of other mistakes
        names |= tree.failed | {content.save_as for content in finder.contents}
    suspects = {
        name for name, skeleton in new.items() if links.lost(skeleton.targets, names)
    }
    gone = {name for name in index.files.names() if name not in names}
    if gone:
        gone |= {name.removesuffix("/index.html") for name in gone}
        suspects |= index.leading_to(gone) & names
    found: list[Broken] = []
    for name in sorted(suspects):
        text = Path(tree.path(name)).read_text(encoding="utf-8", errors="replace")
        found += links.broken(name, text, names, finder.address)
    if tree.checking:
        for name, text in finder.texts_without_page(set(tree.names)):
            found += links.broken(name, text, names, finder.address)
    found += find_lost_fragments(tree, new, index, finder.pages, finder.address)
    if not found:
        return []
    mistakes, by_theme = finder.find(found, names)
    for href, pages in by_theme.items():
        if place := finder.shared.place_of(href):
            mistakes.append(_shared(href, pages, *place))
            continue
        mistakes += _merged(
            [
                Mistake(
                    path=f"output/{name}",
                    what=f'the link "{href}" leads to nothing',
                    mend="mend the address or add the page",
                    rule="broken-link",
                )
                for name in pages
            ]
        )
    return mistakes


def _shared(href: str, pages: list[str], path: str, line: int) -> Mistake:
    """The mistake for a link that a setting or a template puts on some pages."""
    more = f" and on {len(pages) - 1} more" if len(pages) > 1 else ""
    return Mistake(
        path=path,
        line=line,
        what=f'the link "{href}" leads to nothing, on output/{pages[0]}{more}',
        mend="mend the address or add the page",
    )


def _merged(mistakes: list[Mistake]) -> list[Mistake]:
    """One mistake for a link that many pages have: most likely a template has it."""
    many = len({mistake.path for mistake in mistakes})
    if many < MANY_PAGES:
        return mistakes
    first = mistakes[0]
    return [
        replace(
            first,
            what=f"{first.what}, here and on {many - 1} more pages",
            mend="mend it in the theme's templates, where it probably is, or add "
            "the page",
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredLink:
    """An address as it is in the source of `content`. `line` is 0 if unknown.

    `href` is what Pelican makes of it on the page of `content`.
    """

    content: Any
    value: str
    line: int
    href: str

    @property
    def replaced(self) -> bool:
        return self.href != self.value


@dataclass(slots=True, kw_only=True)
class BrokenLinkFinder:
    """Finds the sources that have a link.

    `contents` are all posts and pages, `statics` other files, `display_path` gives the
    path of a file as messages have it, `shared` knows of links that no source has.
    `unpublished` are drafts and planned posts of which no page is made. What is
    `mistaken` explains why a link leads to nothing.
    """

    settings: Mapping[str, Any]
    contents: list[Any]
    statics: list[Any]
    display_path: Callable[[Path], str]
    now: datetime
    shared: SharedLinks
    unpublished: list[Any] = field(default_factory=list)
    mistaken: MistakenSources = field(default_factory=MistakenSources)

    @property
    def address(self) -> str:
        """The address of the site."""
        return str(self.settings["SITEURL"])

    @property
    def pages(self) -> dict[str, list[Any]]:
        """All posts and pages by their files; two may have one, by mistake."""
        found: dict[str, list[Any]] = {}
        for content in self.contents:
            found.setdefault(content.save_as, []).append(content)
        return found

    def texts_without_page(self, names: Set[str]) -> Iterator[tuple[str, str]]:
        """The texts of posts and pages that have no file of their own in `names`.

        Two have the same, or it could not be written: then their links stand nowhere.
        """
        times = Counter(content.save_as for content in self.contents)
        for content in self.contents:
            name = content.save_as
            if name and (times[name] > 1 or name not in names):
                root = self._root(content)
                yield name, content._update_content(content._content or "", root)

    def find(
        self, found: Iterable[Broken], names: Set[str]
    ) -> tuple[list[Mistake], dict[str, list[str]]]:
        """The mistakes of authors; and by link the pages with what no author wrote.

        `names` are the files that readers get.
        """
        pages = self.pages
        mistakes: list[Mistake] = []
        by_page: dict[str, _LinkIndex] = {}
        reported: set[str] = set()  # links, and the files that they lead to
        elsewhere: list[Broken] = []
        for broken in found:
            if broken.file in pages and broken.file not in by_page:
                by_page[broken.file] = self._index(pages[broken.file])
            index = by_page.get(broken.file)
            authored = index.match(broken) if index else []
            if not authored and not broken.fragment:  # else the theme's own scripts
                elsewhere.append(broken)
            for link in authored:
                mistakes += self._mistake(link, broken, names)
                reported |= {link.value, broken.target if link.replaced else link.value}
        elsewhere = [b for b in elsewhere if reported.isdisjoint((b.href, b.target))]
        everywhere = self._index(self.contents if elsewhere else [])
        by_theme: dict[str, list[str]] = {}
        for broken in elsewhere:
            authored = everywhere.match(broken)
            for link in authored:
                mistakes += self._mistake(link, broken, names)
            if not authored and not self.mistaken.explain(None, broken.target):
                by_theme.setdefault(broken.href, []).append(broken.file)
        return mistakes, by_theme

    def _index(self, contents: Iterable[Any]) -> "_LinkIndex":
        index = _LinkIndex()
        for content in contents:
            for one in self._written(content):
                index.add(one, links.target(content.save_as, one.href, self.address))
        return index

    def _written(self, content: Any) -> Iterator[AuthoredLink]:
        """All links of a source, and those that a plugin put into its text."""
        path = Path(content.source_path)
        raw = path.read_text(encoding="utf-8-sig", errors="replace")
        found = list(authored_links.links_in(raw))
        values = {value for value, _ in found}
        for value in links.addresses(content._content or ""):
            if value not in values:
                found.append((value, authored_links.line_of(raw, value)))
        for value, line in found:
            href = self._as_rendered(content, value)
            yield AuthoredLink(content=content, value=value, line=line, href=href)

    def _root(self, content: Any) -> str:
        """What Pelican puts before addresses of the site, on the page of a content."""
        if self.settings["RELATIVE_URLS"]:
            return path_to_url(get_relative_path(content.save_as))
        return self.address

    def _as_rendered(self, content: Any, value: str) -> str:
        if not _INDICATOR.match(value):
            return value
        root = self._root(content)
        link = f'<a href="{html.escape(value)}">'
        return next(links.addresses(content._update_content(link, root)), value)

    def _mistake(
        self, one: AuthoredLink, broken: Broken, names: Set[str]
    ) -> Iterator[Mistake]:
        """The mistake of one link; none if it follows from another mistake."""
        if one.value.startswith(("{%", "{{")):
            return  # `check_addresses` tells of it
        if broken.fragment:
            yield self._lost_fragment(one, broken)
        elif not self.mistaken.explain(self._named_source(one), broken.target):
            yield self._lost_target(one, broken, names)

    def _lost_fragment(self, one: AuthoredLink, broken: Broken) -> Mistake:
        here = broken.target == broken.file
        page = "this page" if here else f"output/{broken.target}"
        mend = "mend the id, or add it to the heading: ## Words {#id}"
        if near := nearest(broken.fragment, broken.ids):
            path = one.value.partition("#")[0]
            mend = f'did you mean "{path}#{near}"?'
        return Mistake(
            path=self.display_path(Path(one.content.source_path)),
            line=one.line,
            what=f'the link "{one.value}" leads to no heading of {page}: nothing there '
            f'has the id "{broken.fragment}"',
            mend=mend,
        )

    def _lost_target(
        self, one: AuthoredLink, broken: Broken, names: Set[str]
    ) -> Mistake:
        where = ""
        if broken.file != one.content.save_as and not one.replaced:
            own = links.target(one.content.save_as, one.href, self.address)
            if own is not None and links.leads(own, names):
                where = f" on output/{broken.file}, where this text is shown too"
        what, mend = f"leads to nothing{where}", self._suggestion(one, broken, names)
        if where:
            mend = "write it with {filename} or {static}, or from the root: /…"
        if hidden := self._unpublished(one, broken):
            what, mend = f"leads to {hidden}", "publish that, or take the link out"
        return Mistake(
            path=self.display_path(Path(one.content.source_path)),
            line=one.line,
            what=f'the link "{one.value}" {what}',
            mend=mend,
            rule="broken-link",
        )

    def _unpublished(self, one: AuthoredLink, broken: Broken) -> str:
        """What a link leads to if that is a post which readers do not get."""
        file = self._named_source(one)
        targets = {broken.target, f"{broken.target}/index.html", str(file)}
        for draft in self.unpublished:
            if targets.isdisjoint((draft.save_as, draft.source_path)):
                continue
            planned = is_planned(draft, self.now)
            kind = f"a post planned for {draft.date:%Y-%m-%d}" if planned else "a draft"
            return f"{kind}, {self.display_path(Path(draft.source_path))}"
        if file is None or file.suffix not in _SOURCES or not os.path.isfile(file):
            return ""
        return f"{_why_unpublished(file)}, {self.display_path(file)}"

    def _named_source(self, one: AuthoredLink) -> Path | None:
        """The source that a link with {filename} names, if it is such a link."""
        match = _INDICATOR.match(one.value)
        if match is None or match["what"] != "filename":
            return None
        return self._source_path(one, match["path"])

    def _source_path(self, one: AuthoredLink, address: str) -> Path:
        """The path of the source that an address would lead to."""
        path = unquote(_path(address))
        base = os.path.dirname(one.content.source_path)
        if path.startswith("/"):
            base, path = str(self.settings["PATH"]), path.lstrip("/")
        return Path(os.path.normpath(os.path.join(base, path)))

    def _suggestion(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> str:
        if "\\" in one.value:
            plain = replace(one, value=one.value.replace("\\", "/"))
            near = self._nearest(plain, broken, names) or plain.value
        else:
            near = self._nearest(one, broken, names)
        if near and near != one.value:
            return f'did you mean "{near}"?'
        missing = "file" if _file_type(broken.target) else "page"
        return f"mend the address or add the {missing}"

    def _nearest(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> str:
        """The most similar link that leads somewhere, as the author would write it."""
        match = _INDICATOR.match(one.value)
        if match is None:
            return self._nearest_address(one, broken, names)
        before = f"{match['open']}{match['what']}{match['close']}"
        if match["what"] in _WORDS:
            words = _words(self.contents, _WORDS[match["what"]])
            word = nearest(unquote(match["path"]), words)
            return f"{before}{quote(word, safe=_IN_WORDS)}" if word else ""
        if match["what"] not in _INDICATORS:
            what = nearest(match["what"], _INDICATORS) or "filename"
            return f"{match['open']}{what}{match['close']}{match['path']}"
        static = match["what"] in ("static", "attach")
        pool = self.statics if static else self.contents
        files = [Path(one.source_path) for one in pool]
        by_name = {file.stem: file for file in files if os.path.isfile(file)}
        path = _path(match["path"])
        rest = match["path"].removeprefix(path)
        near = nearest(Path(unquote(path)).stem, by_name)
        if not near:
            return ""
        if path.startswith("/"):
            below = os.path.relpath(by_name[near], self.settings["PATH"])
            return f"{before}/{Path(below).as_posix()}{rest}"
        folder = os.path.dirname(one.content.source_path)
        below = os.path.relpath(by_name[near], folder)
        return f"{before}{Path(below).as_posix()}{rest}"

    def _nearest_address(
        self, one: AuthoredLink, broken: Broken, names: Set[str]
    ) -> str:
        if ":" in one.value:
            return ""
        if meant := _elsewhere(one.value):
            return meant
        file = self._source_path(one, one.value)
        if os.path.isfile(file):
            what = "{filename}" if file.suffix in _SOURCES else "{static}"
            return f"{what}{one.value}"
        kind = _file_type(broken.target)
        ends = {_stem(name): name for name in sorted(names) if _file_type(name) == kind}
        ends.pop("index", None)
        if (near := nearest(_stem(broken.target), ends)) == "":
            return ""
        url = ends[near].removesuffix("index.html")
        if one.value.startswith("/"):
            return f"{urlsplit(self.address).path.rstrip('/')}/{quote(url)}"
        folder = posixpath.dirname(one.content.save_as) or "."
        slash = "/" if url.endswith("/") else ""
        return f"{quote(posixpath.relpath(url or '.', folder))}{slash}"


@dataclass(slots=True, kw_only=True)
class _LinkIndex:
    """Links by their text on a page, and by the file that they lead to."""

    by_href: dict[str, list[AuthoredLink]] = field(default_factory=dict)
    by_target: dict[str, list[AuthoredLink]] = field(default_factory=dict)

    def add(self, one: AuthoredLink, target: str | None) -> None:
        self.by_href.setdefault(one.href, []).append(one)
        if one.replaced and target is not None:
            self.by_target.setdefault(target, []).append(one)

    def match(self, broken: Broken) -> list[AuthoredLink]:
        found = self.by_href.get(broken.href, [])
        return found or self.by_target.get(broken.target, [])


def _path(address: str) -> str:
    """The path of an address, without its query and fragment."""
    return re.split("[?#]", address, maxsplit=1)[0]


def _elsewhere(address: str) -> str:
    """What an address means that has lost its scheme; empty if it may be a page."""
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", address):
        return f"mailto:{address}"
    if slip := re.match(r"(https?)[;,]?//?(?=\w)", address):
        return f"{slip[1]}://{address[slip.end() :]}"
    host = r"(?:www?\.[\w-]+|[\w-]+)\.(?:com|org|net|info|io|dev|eu|de|fr|es|uk)"
    if re.match(rf"(?:[\w-]+\.)*{host}(?:/|\Z)", address):
        return f"https://{re.sub(r'^(?:ww|wwww)[.]', 'www.', address)}"
    return ""


def _file_type(name: str) -> str:
    """The suffix of a file of the site; empty for pages."""
    suffix = posixpath.splitext(name)[1].lower()
    return "" if suffix in _SOURCES else suffix


def _stem(name: str) -> str:
    """The name of a file of the site without its suffix; of a page, its folder's."""
    return Path(name.removesuffix("/index.html")).stem


def _why_unpublished(file: Path) -> str:
    raw = file.read_text(encoding="utf-8-sig", errors="replace")
    return "a draft" if status_in(raw) == "draft" else "a post that is not published"


def _words(contents: Iterable[Any], name: str) -> list[str]:
    found: dict[str, None] = {}
    for content in contents:
        value = getattr(content, name, None) or []
        found |= dict.fromkeys(map(str, value if isinstance(value, list) else [value]))
    return list(found)

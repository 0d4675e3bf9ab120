"""Whose slip a broken link is: that of the author who wrote it, or of the theme.

A link stands in one source and is shown on many pages: the post's own, lists, the home
page. Pelican says what it becomes there, so which one is meant follows from the page.
"""

import html
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pelican.utils import get_relative_path, path_to_url

from ...model.errors import Mistake
from ...model.suggestions import nearest
from ...publishing import links
from ...publishing.links import Broken
from ..content.drafts import is_planned
from ..content.figures import metadata_line
from . import authored_links

_INDICATOR = re.compile(r"^(?P<open>[{|])(?P<what>\w+)(?P<close>[|}])(?P<path>.*)$")
_SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
_WORDS = {"tag": "tags", "category": "category", "author": "authors"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredLink:
    """An address as it stands in the source of `content`. `line` is 0 if unknown.

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
class LinkBlame:
    """What is asked for the source of a link.

    `contents` are all posts and pages, `statics` other files, `shown` gives a path as
    its author names it. `unpublished` are drafts and planned posts of which no page is
    made.
    """

    settings: Mapping[str, Any]
    contents: list[Any]
    statics: list[Any]
    shown: Callable[[Path], str]
    now: datetime
    unpublished: list[Any] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the site will stand."""
        return str(self.settings["SITEURL"])

    def find(
        self, found: Iterable[Broken], names: Set[str]
    ) -> tuple[list[Mistake], dict[str, list[str]]]:
        """The mistakes of authors; and by link the pages with what no author wrote.

        `names` are the files that readers get.
        """
        pages = {content.save_as: content for content in self.contents}
        told: list[Mistake] = []
        own: dict[str, _Index] = {}
        known: set[str] = set()  # links that were told of, and what they lead to
        others: list[Broken] = []
        for broken in found:
            if broken.file in pages and broken.file not in own:
                own[broken.file] = self._index([pages[broken.file]])
            ours = own[broken.file].match(broken) if broken.file in own else []
            if not ours:
                others.append(broken)
            for one in ours:
                told.append(self._mistake(one, broken, names))
                known |= {one.value, broken.target if one.replaced else one.value}
        others = [b for b in others if known.isdisjoint((b.href, b.target))]
        everyone = self._index(self.contents if others else [])
        left: dict[str, list[str]] = {}
        for broken in others:
            ours = everyone.match(broken)
            told += [self._mistake(one, broken, names) for one in ours]
            if not ours:
                left.setdefault(broken.href, []).append(broken.file)
        return told, left

    def _index(self, contents: Iterable[Any]) -> "_Index":
        index = _Index()
        for content in contents:
            for one in self._written(content):
                index.add(one, links.target(content.save_as, one.href, self.address))
        return index

    def _written(self, content: Any) -> Iterator[AuthoredLink]:
        """All that a source links to, and what something else put into its text."""
        path = Path(content.source_path)
        raw = path.read_text(encoding="utf-8-sig", errors="replace")
        found = list(authored_links.written(raw))
        values = {value for value, _ in found}
        for value in links.addresses(content._content or ""):
            if value not in values:
                found.append((value, authored_links.line_of(raw, value)))
        for value, line in found:
            href = self._made(content, value)
            yield AuthoredLink(content=content, value=value, line=line, href=href)

    def _made(self, content: Any, value: str) -> str:
        if not _INDICATOR.match(value):
            return value
        root = self.address
        if self.settings["RELATIVE_URLS"]:
            root = path_to_url(get_relative_path(content.save_as))
        link = f'<a href="{html.escape(value)}">'
        return next(links.addresses(content._update_content(link, root)), value)

    # --- what to say of it ----------------------------------------------------------

    def _mistake(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> Mistake:
        where = ""
        if broken.file != one.content.save_as and not one.replaced:
            own = links.target(one.content.save_as, one.href, self.address)
            if own is not None and links.leads(own, names):
                where = f" on output/{broken.file}, where this text is shown too"
        what, mend = f"leads to nothing{where}", self._mend(one, broken, names)
        if where:
            mend = "write it with {filename} or {static}, or from the root: /…"
        if hidden := self._unpublished(one, broken):
            what, mend = f"leads to {hidden}", "publish that, or take the link out"
        return Mistake(
            path=self.shown(Path(one.content.source_path)),
            line=one.line,
            what=f'the link "{one.value}" {what}',
            mend=mend,
        )

    def _unpublished(self, one: AuthoredLink, broken: Broken) -> str:
        """What a link leads to if that is a post which readers do not get."""
        file = self._file(one)
        meant = {broken.target, f"{broken.target}/index.html", str(file)}
        for draft in self.unpublished:
            if meant.isdisjoint((draft.save_as, draft.source_path)):
                continue
            planned = is_planned(draft, self.now)
            kind = f"a post planned for {draft.date:%Y-%m-%d}" if planned else "a draft"
            return f"{kind}, {self.shown(Path(draft.source_path))}"
        if file is None or file.suffix not in _SOURCES or not os.path.isfile(file):
            return ""
        return f"{_kind(file)}, {self.shown(file)}"

    def _file(self, one: AuthoredLink) -> Path | None:
        """The source that a link with {filename} names, if it is such a link."""
        match = _INDICATOR.match(one.value)
        if match is None or match["what"] != "filename":
            return None
        return self._lying(one, match["path"])

    def _lying(self, one: AuthoredLink, address: str) -> Path:
        """Where among the sources an address would lead."""
        path = unquote(_path(address))
        base = os.path.dirname(one.content.source_path)
        if path.startswith("/"):
            base, path = str(self.settings["PATH"]), path.lstrip("/")
        return Path(os.path.normpath(os.path.join(base, path)))

    def _mend(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> str:
        near = self._near(one, broken, names)
        if near and near != one.value:
            return f'did you mean "{near}"?'
        missing = "file" if _kind_of(broken.target) else "page"
        return f"mend the address or add the {missing}"

    def _near(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> str:
        """What may have been meant, as the author would write it; or nothing."""
        match = _INDICATOR.match(one.value)
        if match is None:
            return self._near_plain(one, broken, names)
        before = f"{match['open']}{match['what']}{match['close']}"
        if match["what"] in _WORDS:
            words = _words(self.contents, _WORDS[match["what"]])
            word = nearest(unquote(match["path"]), words)
            return f"{before}{word}" if word else ""
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

    def _near_plain(self, one: AuthoredLink, broken: Broken, names: Set[str]) -> str:
        if ":" in one.value:
            return ""
        file = self._lying(one, one.value)
        if os.path.isfile(file):
            what = "{filename}" if file.suffix in _SOURCES else "{static}"
            return f"{what}{one.value}"
        kind = _kind_of(broken.target)
        ends = {_end(name): name for name in sorted(names) if _kind_of(name) == kind}
        ends.pop("index", None)
        if (near := nearest(_end(broken.target), ends)) == "":
            return ""
        url = ends[near].removesuffix("index.html")
        if one.value.startswith("/"):
            return f"{urlsplit(self.address).path.rstrip('/')}/{quote(url)}"
        folder = posixpath.dirname(one.content.save_as) or "."
        slash = "/" if url.endswith("/") else ""
        return f"{quote(posixpath.relpath(url or '.', folder))}{slash}"


@dataclass(slots=True, kw_only=True)
class _Index:
    """Links by what they are on a page: as they stand, or by what they lead to."""

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
    """An address of the site without what stands behind its path."""
    return re.split("[?#]", address, maxsplit=1)[0]


def _kind_of(name: str) -> str:
    """What a file of the site is by its name; nothing for pages."""
    suffix = posixpath.splitext(name)[1].lower()
    return "" if suffix in _SOURCES else suffix


def _end(name: str) -> str:
    """What tells a file of the site from others: its name, or that of its folder."""
    return Path(name.removesuffix("/index.html")).stem


def _kind(file: Path) -> str:
    raw = file.read_text(encoding="utf-8-sig", errors="replace")
    line = raw.split("\n")[metadata_line(raw, "status") - 1]
    draft = re.fullmatch(r"\s*status:\s*draft\s*", line, re.I)
    return "a draft" if draft else "a post that is not published"


def _words(contents: Iterable[Any], name: str) -> list[str]:
    found: dict[str, None] = {}
    for content in contents:
        value = getattr(content, name, None) or []
        found |= dict.fromkeys(map(str, value if isinstance(value, list) else [value]))
    return list(found)

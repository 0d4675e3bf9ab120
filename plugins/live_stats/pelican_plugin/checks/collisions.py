"""Finds two things with one address, and two words with one page.

Addresses are compared as those disks do that take no notice of capitals, or of how an
accent is composed: there the second file would replace the first.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.contents import Content, Page
from pelican.generators import ArticlesGenerator, StaticGenerator

from ...model.errors import Mistake
from ...publishing.search import search_index
from ..content.front_matter.blocks import metadata_line
from ..content.front_matter.slugs import LONGEST
from ..generators import FOLDERS, addresses

_ADDRESS = ("save_as", "slug", "title")
"""The lines of a post's front matter that decide on its address, the first counts."""

_GROUPS = (("tag", "tags"), ("category", "categories"), ("author", "authors"))
_FOLDERS = {
    "DRAFT_SAVE_AS": "drafts",
    "DRAFT_PAGE_SAVE_AS": "drafts",
    "TAG_SAVE_AS": "the pages of its tags",
    "CATEGORY_SAVE_AS": "the pages of its categories",
    "AUTHOR_SAVE_AS": "the pages of its authors",
    "ARCHIVES_SAVE_AS": "its archives",
    "YEAR_ARCHIVE_SAVE_AS": "its archives",
    "SEARCH_SAVE_AS": "its search",
    "FEED_ALL_ATOM": "its feeds",
    "ATOM_SAVE_AS": "its feeds",
    "RSS_SAVE_AS": "its feeds",
}
"""The settings whose addresses lie in a folder of the site, and what lies there."""

_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collisions:
    """What to compare: all that the `generators` have read.

    `contents` are the posts and pages, each with whether it is a post that readers see.
    `display_path` gives the path of a file as messages have it.
    """

    settings: Mapping[str, Any]
    generators: list[Any]
    contents: Sequence[tuple[Any, bool]]
    display_path: Callable[[Path], str]

    def of_addresses(self) -> Iterator[Mistake]:
        """Posts and pages that have no address, or one that something else has."""
        first: dict[str, Any] = {}
        for content in self._written():
            at = folded(content.save_as)
            if getattr(content, "slug", None) == "" and not _overrides(content):
                yield self.mistake_in(
                    content,
                    _ADDRESS,
                    f'no address can be made of "{content.title}"',
                    "add a line Slug: with letters or digits",
                )
            elif at in first:
                other = first[at]
                yield self._same_address(
                    content, other.save_as, self._place(other), "one of them"
                )
            else:
                first[at] = content
        folders = {above: one for at, one in first.items() for above in _above(at)}
        for at in first.keys() & folders.keys():
            what = f"the folder of {self._source(folders[at])}"
            yield self._same_address(first[at], first[at].save_as, what)
        reported: set[int] = set()
        yield from self._with_other_pages(first, folders, reported)
        yield from self._with_folders(first, reported)

    def _with_other_pages(
        self, first: Mapping[str, Any], folders: Mapping[str, Any], reported: set[int]
    ) -> Iterator[Mistake]:
        """Posts and pages, by address and by folder, in the way of all other files.

        `reported` gets the identity of each that is named.
        """
        for address, what, replaceable in self._other_files(set(first)):
            at = folded(address)
            found = {at: first.get(at)} | {f: first.get(f) for f in _above(at)}
            if replaceable and found[at] is not None and _overrides(found[at]):
                found[at] = None  # the author wants it so
            for content in (*found.values(), folders.get(at)):
                if content is not None and id(content) not in reported:
                    reported.add(id(content))
                    yield self._same_address(content, address, what)

    def _with_folders(
        self, first: Mapping[str, Any], reported: set[int]
    ) -> Iterator[Mistake]:
        """Pages with the name of a folder of the site, though no file is in the way.

        A list may come there with the next post, and what servers are told of the
        folder would be true of the page.
        """
        own = self._own_folders()
        for at, content in first.items():
            folder = at.removesuffix("/index.html")
            if (
                folder in own
                and not _overrides(content)
                and id(content) not in reported
            ):
                yield self.mistake_in(
                    content,
                    _ADDRESS,
                    f'the address "{_url(content.save_as)}" is a folder of the site, '
                    f"for {own[folder]}",
                    "give it a line Slug: of its own",
                )

    def _own_folders(self) -> Mapping[str, str]:
        """The folders of the output that are not for authors' pages, and what for."""
        found = dict.fromkeys(FOLDERS, "its numbers")
        found[search_index.OUTPUT] = "the search index"
        found[folded(str(self.settings["THEME_STATIC_DIR"]))] = "its theme"
        for setting, what in _FOLDERS.items():
            folder, slash, _ = str(self.settings.get(setting) or "").partition("/")
            if slash and "{" not in folder:
                found[folded(folder)] = what
        return found

    def taken(self, files: set[str]) -> dict[str, str]:
        """What has one of these files, or lies in the way of one, in a few words."""
        have = {folded(one.save_as): self._source(one) for one in self._written()}
        for address, what, _ in self._other_files({folded(file) for file in files}):
            have.setdefault(folded(address), what)
        above = {folder: what for at, what in have.items() for folder in _above(at)}
        found = {}
        for file in files:
            at = folded(file)
            whose = [have[one] for one in (at, *_above(at)) if one in have]
            if whose or at in above:
                found[file] = whose[0] if whose else above[at]
        return found

    def _written(self) -> list[Any]:
        """Every post and page that has a file, once: posts first, by their sources."""
        found = {id(one): one for one, _ in self.contents if one.save_as}

        def order(content: Any) -> tuple[bool, str]:
            return isinstance(content, Page), str(content.source_path)

        return sorted(found.values(), key=order)

    def _other_files(self, taken: set[str]) -> Iterator[tuple[str, str, bool]]:
        """The addresses of all other files that may be in the way of those `taken`.

        With a description, and whether a `Save_as:` may take its place: true of pages
        that a template makes.
        """
        for generator in self.generators:
            if isinstance(generator, StaticGenerator):
                for static in generator.staticfiles:
                    # Reading `save_as` of the file would keep {attach} from moving it.
                    yield _save_as(static), self._source(static), False
        pages = (self._template_pages(), self._list_pages(), self._own_files(taken))
        for address, what in chain.from_iterable(pages):
            if address:
                yield address, what, True

    def _template_pages(self) -> Iterator[tuple[str, str]]:
        settings = self.settings
        for name in settings["DIRECT_TEMPLATES"]:
            address = settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
            yield str(address or ""), f'the page "{name}" that every site has'
        for address in settings["TEMPLATE_PAGES"].values():
            yield str(address), "a page in TEMPLATE_PAGES"

    def _list_pages(self) -> Iterator[tuple[str, str]]:
        for generator in self.generators:
            if not isinstance(generator, ArticlesGenerator):
                continue
            for kind, name in _GROUPS:
                for word in dict(getattr(generator, name)):
                    yield str(word.save_as or ""), f'the page of the {kind} "{word}"'
            for archives in generator.period_archives.values():
                for archive in archives:
                    yield archive["save_as"], "an archive by date"

    def _own_files(self, taken: set[str]) -> Iterator[tuple[str, str]]:
        """The search index and pages of numbers, if they may be in the way."""
        tops = {at: at.split("/")[0] for at in taken}
        if self.settings.get("SEARCH"):
            for at, top in tops.items():
                if top == search_index.OUTPUT:
                    yield at, "the search index"
        if not FOLDERS.isdisjoint(tops.values()):  # `addresses` makes all their slots
            for generator in self.generators:
                for address in addresses(generator):
                    yield address, "a page that the site makes of its numbers"

    def _same_address(
        self, content: Any, address: str, what: str, who: str = "it"
    ) -> Mistake:
        mine, other = _url(content.save_as), _url(address)
        if folded(content.save_as) != folded(address):
            problem = f'the address "{mine}" and "{other}", that of {what}, cannot '
            problem += "both be: one is a file where the other needs a folder"
        elif posixpath.normpath(mine) == posixpath.normpath(other):
            problem = f'the address "{mine}" is also that of {what}'
        else:
            problem = f'the address "{mine}" and "{other}", that of {what}, differ '
            problem += "only in capitals or in how accents are composed: some disks "
            problem += "keep one"
        name = "Save_as" if _overrides(content) else "Slug"
        return self.mistake_in(
            content, _ADDRESS, problem, f"give {who} a line {name}: of its own"
        )

    def mistake_in(
        self, content: Any, names: Sequence[str], what: str, mend: str
    ) -> Mistake:
        """A mistake in the front matter of a post, at the first of some lines."""
        path = Path(content.source_path)
        line = _metadata_line(path, names)
        place = self.display_path(path)
        return Mistake(path=place, line=line, what=what, mend=mend, rule="same-address")

    def _place(self, content: Any) -> str:
        """The source of a post, and the line that decides on its address."""
        source = self._source(content)
        return f"{source}:{_metadata_line(Path(content.source_path), _ADDRESS)}"

    def _source(self, content: Any) -> str:
        return self.display_path(Path(content.source_path))

    def of_words(self) -> Iterator[Mistake]:
        """Tags, categories and authors that share a page with another word.

        Pelican merges words with the same slug: C, C++ and C#. That is meant where only
        capitals, spaces and hyphens differ.
        """
        first: dict[tuple[str, str], tuple[str, Any]] = {}
        public = (content for content, public in self.contents if public)
        for content in sorted(public, key=lambda one: str(one.source_path)):
            for kind, words in _words(content):
                here: dict[str, str] = {}
                for word in words:
                    if str(word):  # AUTHOR = "" is nobody
                        problem = self._word_problem(kind, word, content, first, here)
                        if problem:
                            yield self._wrong_word(content, kind, *problem)

    def _word_problem(
        self,
        kind: str,
        word: Any,
        content: Any,
        first: dict[tuple[str, str], tuple[str, Any]],
        here: dict[str, str],
    ) -> tuple[str, str] | None:
        """What is wrong with a word, and how to correct it; None if nothing is.

        `first` has by kind and slug the first word and its post; `here` are the words
        of the same post, by their slugs. Both get what is new.
        """
        name, slug = str(word), word.slug
        if not slug:
            what = f'no address can be made of "{name}"'
            return what, "write a word with letters or digits"
        if len(slug.encode()) > LONGEST:
            what = f'"{name[:40]}…" is too long for the name of a file'
            return what, f"write a word of at most {LONGEST} bytes"
        other, user = first.setdefault((kind, slug), (name, content))
        again, here[slug] = here.get(slug), name
        if _normalized(name) != _normalized(other):
            line = _metadata_line(Path(user.source_path), _lines_of(kind))
            return (
                f'"{name}" would share the page "{slug}" with "{other}" of '
                f"{self._source(user)}:{line}",
                "write one word for both, or tell them apart in "
                "SLUG_REGEX_SUBSTITUTIONS",
            )
        if again is not None:
            return f'"{name}" is "{again}" once more', "delete one of them"
        return None

    def _wrong_word(self, content: Any, kind: str, what: str, mend: str) -> Mistake:
        return self.mistake_in(content, _lines_of(kind), f"{kind}: {what}", mend)


def _lines_of(kind: str) -> Sequence[str]:
    """The keys of a front matter that have words of a kind."""
    return (kind,) if kind == "category" else (kind, f"{kind}s")


def written_twice(
    name: str, contents: Iterable[Any], display_path: Callable[[Path], str]
) -> Mistake:
    """The mistake behind a file that was written twice: two pages have the address.

    The pages of a list are counted when they are written, so a collision with one of
    them is found only then.
    """
    by_file = {content.save_as: content for content in contents}
    if name not in by_file:
        return Mistake(
            path=f"output/{name}",
            what="two pages of the site have this address",
            mend="change one of the settings that end in _SAVE_AS",
            rule="same-address",
        )
    path = Path(by_file[name].source_path)
    return Mistake(
        path=display_path(path),
        line=_metadata_line(path, _ADDRESS),
        what=f'the address "{_url(name)}" is also that of another page of the site',
        mend="give it a line Slug: of its own",
        rule="same-address",
    )


def _metadata_line(path: Path, names: Sequence[str]) -> int:
    raw = path.read_text(encoding="utf-8-sig", errors="replace")
    return metadata_line(raw, *names)


def folded(address: str) -> str:
    """The same text for two addresses that some disk takes for one."""
    path = posixpath.normpath(unicodedata.normalize("NFC", address)) if address else ""
    if path.isascii():
        return path.lower()
    # Sign by sign, for no disk takes "ß" for "ss".
    signs = (sign.upper() if len(sign.upper()) == 1 else sign for sign in path)
    return "".join(signs).lower()


def _above(address: str) -> Iterator[str]:
    """The folders that a file is in."""
    while address := address.rpartition("/")[0]:
        yield address


def _url(address: str) -> str:
    return address.removesuffix("index.html") or "/"


def _overrides(content: Any) -> bool:
    return hasattr(content, "override_save_as")


def _save_as(static: Any) -> str:
    # The property of `Content`, without what `Static` does to it.
    return str(vars(Content)["save_as"].fget(static))


def _words(content: Any) -> Iterator[tuple[str, list[Any]]]:
    yield "tag", getattr(content, "tags", None) or []
    yield "category", [content.category] if hasattr(content, "category") else []
    yield "author", getattr(content, "authors", None) or []


def _normalized(word: str) -> str:
    word = unicodedata.normalize("NFC", word).casefold()
    return _BETWEEN.sub(" ", word).strip()

"""Finds the addresses that posts had before, and where they lead now.

A title was corrected, a file was renamed, or an author names an old address: readers
and feeds that know it are led on. What was deleted, and what is no longer published,
leaves nothing.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ...model.errors import Mistake
from ...storage.addresses import Address, AddressBook
from .aliases import FIELDS, AliasError, aliases_of, parse_alias


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A file that leads to the page of `content`. `url` is the address it answers."""

    url: str
    file: str
    content: Any


@dataclass(slots=True, kw_only=True)
class MovedPages:
    """What moved: all redirects, by their files, and the book as it is to be saved."""

    redirects: dict[str, Redirect] = field(default_factory=dict)
    book: AddressBook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFinder:
    """What to look at: `contents` that readers get, each with a file of its own.

    `site` is the address of the site, `root` the folder of the content. `taken` gives
    what has each of some files, in a few words; `mistake` makes a mistake at the line
    of a post's front matter that has one of some names.
    """

    contents: list[Any]
    site: str
    root: str
    taken: Callable[[set[str]], Mapping[str, str]]
    mistake: Callable[[Any, tuple[str, ...], str, str], Mistake]

    def find(self, book: AddressBook, mistakes: list[Mistake]) -> MovedPages:
        """All redirects. `book` gets the addresses of today, and each content its first
        one as `first_address`; what is wrong with an alias goes to `mistakes`."""
        self._update(book)
        former: list[Redirect] = []
        for content in self.contents:
            known = book.by_source[_source(content)]
            content.first_address = known[0].url
            former += [
                Redirect(url=one.url, file=one.file, content=content)
                for one in known
                if one.file != content.save_as and "#" not in one.url
            ]
        aliases = self._aliases(mistakes)
        wanted = {redirect.file for redirect in (*former, *aliases)}
        if not wanted:
            return MovedPages(book=book)
        taken = self.taken(wanted)
        redirects: dict[str, Redirect] = {}
        for alias in aliases:
            other = redirects.get(alias.file)
            if alias.file in taken or other is not None:
                mistakes.append(self._collision(alias, taken, other))
            else:
                redirects[alias.file] = alias
        for one in former:
            if one.file not in taken:
                redirects.setdefault(one.file, one)
        return MovedPages(redirects=dict(sorted(redirects.items())), book=book)

    def _update(self, book: AddressBook) -> None:
        """Add what is new, carry on what was renamed, and drop what is gone."""
        now = {content.save_as: _source(content) for content in self.contents}
        on_disk = set(now.values())
        for source in [one for one in book.by_source if one not in on_disk]:
            if os.path.isfile(os.path.join(self.root, source)):
                continue  # a draft now: it may come back
            known = book.by_source.pop(source)
            # The last one first: an address before it may be that of another post now.
            heirs = [now[one.file] for one in reversed(known) if one.file in now]
            if heirs:
                own = book.by_source.get(heirs[0], [])
                more = [one for one in own if one not in known]
                book.by_source[heirs[0]] = [*known, *more]
        ids = {known[0].url for known in book.by_source.values()}
        for content in self.contents:
            known = book.by_source.setdefault(_source(content), [])
            address = Address(content.url, content.save_as)
            if not known and content.url in ids:
                # A post that moved away began here, and its id in feeds stays: this
                # one needs another, or feed readers take both for one post.
                only = f"{content.url}#{quote(_source(content))}"
                known.append(address._replace(url=only))
            if address not in known:
                known.append(address)

    def _aliases(self, mistakes: list[Mistake]) -> list[Redirect]:
        found = []
        for content in self.contents:
            for text in aliases_of(content.metadata):
                alias = parse_alias(text, self.site)
                if isinstance(alias, AliasError):
                    what = f'the alias "{text}" cannot be: {alias.what}'
                    mistakes.append(self.mistake(content, FIELDS, what, alias.mend))
                elif (
                    alias.file != content.save_as or "permalink" not in content.metadata
                ):
                    found.append(
                        Redirect(url=alias.url, file=alias.file, content=content)
                    )
        return found

    def _collision(
        self, alias: Redirect, taken: Mapping[str, str], other: Redirect | None
    ) -> Mistake:
        if alias.file == alias.content.save_as:
            whose = "the address of this page itself"
        elif alias.file in taken:
            whose = f"the address of {taken[alias.file]}"
        else:
            assert other is not None
            here = other.content is alias.content
            path = "this page" if here else f"content/{_source(other.content)}"
            whose = f"an alias of {path} already"
        what = f'the alias "/{alias.url}" is {whose}'
        return self.mistake(alias.content, FIELDS, what, "take it out of the line")


def is_kept_in_book(content: Any) -> bool:
    """Whether a content is one that readers get: no draft, which its author sees."""
    status = getattr(content, "status", "published")
    return status in ("published", "hidden") and bool(content.save_as)


def published(contents: Iterable[Any]) -> list[Any]:
    """Those of `contents` that readers get, by their sources."""
    return sorted(filter(is_kept_in_book, contents), key=_source)


def _source(content: Any) -> str:
    path = str(content.relative_source_path).replace(os.sep, "/")
    return unicodedata.normalize("NFC", path)

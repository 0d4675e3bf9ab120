"""Digests of values, each of the parts that a template reads and of nothing else.

A value is digested once per build and access tree. What cannot be digested, such as an
object printed by a method of its own, makes the file depend on everything: that raises
`UnknownValue`.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from jinja2 import Environment, Undefined
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from ..system.digests import hashed
from ..template_analysis.access import Access, AccessTree, Step
from ..template_analysis.gettext import catalogue_digest
from .container_digests import (
    AS_WHOLE,
    SEQUENCE_TYPES,
    MappingDigester,
    SequenceDigester,
)
from .digest_cache import PostDigestCache
from .plain_digests import PLAIN_TYPES, PlainDigester
from .post_digests import PostDigester
from .unknown import MISSING, UnknownValue

log = logging.getLogger(__name__)

Digest = Callable[[Any, AccessTree], bytes]

_ATOMS = frozenset({str, bytes, int, float, bool, type(None)})
_TRUTHS = frozenset({Access.TRUTH, Access.DECIDED})
_COUNTS = _TRUTHS | {Access.LENGTH}
_NUMBERS = frozenset(
    {
        *(Page.has_next, Page.has_previous, Page.has_other_pages),
        *(Page.next_page_number, Page.previous_page_number),
        *(Page.start_index, Page.end_index),
    }
)
"""Methods of a page that give a number, or yes or no: what they give decides."""


class ValueDigester:
    """Digests of one build, by a digester for each type.

    `is_pure` decides on functions, as for templates. Objects are kept alive for as long
    as their digests are known by identity. `texts` has digests of texts that were read,
    by identity too; `posts` those of posts' parts.
    """

    def __init__(
        self,
        env: Environment,
        is_pure: Callable[[str, Any], bool],
        texts: Mapping[int, bytes],
        posts: PostDigestCache,
    ) -> None:
        self.env = env
        self._is_pure = is_pure
        self._posts = PostDigester(self, texts, posts)
        self._sequences = SequenceDigester(self)
        mappings = MappingDigester(self, self._sequences)
        self._digesters: tuple[tuple[type | tuple[type, ...], Digest], ...] = (
            (PLAIN_TYPES, PlainDigester(self).digest),
            (Undefined, _undefined),
            (Mapping, mappings.digest),
            (SEQUENCE_TYPES, self._sequences.digest),
            (Content, self._posts.digest),
            (object, self._object),
        )
        self._by_type: dict[type, Digest] = {}
        self._by_siteurl: dict[str, dict[tuple[Any, ...], bytes]] = {}
        self._alive: list[Any] = []
        self._names: dict[int, tuple[str, Any]] = {}
        self.use_siteurl("")

    def use_siteurl(self, siteurl: str) -> None:
        """From here on, links of texts are resolved against `siteurl`."""
        self.siteurl = siteurl
        self._known = self._by_siteurl.setdefault(siteurl, {})

    def digest(self, value: Any, tree: AccessTree) -> bytes:
        """Return what `tree` reads of `value`, in 16 bytes or in plain text."""
        kind = type(value)
        if kind in _ATOMS:
            return repr(value).encode("utf-8", "surrogatepass")
        key: tuple[Any, ...]
        if isinstance(value, URLWrapper) and len(vars(value)) == 4:
            # Every post has tags of its own, which are equal to those of others.
            slug = None if value._slug_from_name else value._slug
            key = (kind, value._name, slug, id(value.settings), tree.key)
        else:
            key = (id(value), tree.key)
        known = self._known.get(key)
        if known is None:
            known = self._digester_of(kind)(value, tree)
            self._known[key] = known
            self._alive.append(value)
        return known

    def named(self, name: str, value: Any, tree: AccessTree) -> bytes:
        """Digest what templates know by a name, which may be declared pure."""
        if callable(value):
            self._names[id(value)] = name, value
        return self.digest(value, tree)

    def each(self, value: Iterable[Any], tree: AccessTree) -> bytes:
        """Digest all items, by far the most of which are known."""
        known, key, digest = self._known, tree.key, self.digest
        found = [known.get((id(one), key)) or digest(one, tree) for one in value]
        return hashed(str(len(found)).encode(), *found)

    def keep(self, value: Any) -> None:
        """Keep an object alive, so that its identity stays its own."""
        self._alive.append(value)

    def forget(self) -> None:
        """Drop what was digested: what the digests depend on has changed."""
        self._by_siteurl.clear()
        self._alive.clear()
        self.use_siteurl(self.siteurl)

    # --- parts of values, for all digesters -------------------------------------------

    def parts(self, value: Any, steps: Iterable[tuple[Step, AccessTree]]) -> list[Any]:
        """Return the digests of some parts; plain values are given as they are."""
        parts: list[Any] = []
        for step, tree in steps:
            name = step[1] if step[0] == "attr" else ""
            if not name:
                parts.append(self.part(value, step, tree))
                continue
            # By far the most, so without testing what else they might be.
            try:
                found = getattr(value, name)
            except AttributeError:
                parts.append(self.attribute(value, name, tree))
            else:
                plain = type(found) in _ATOMS
                parts.append(found if plain else self.found(found, tree))
        return parts

    def part(self, value: Any, step: Step, tree: AccessTree) -> bytes:
        """Return the digest of the part of an object that a step leads to."""
        match step[0]:
            case "attr":
                return self.attribute(value, step[1], tree)
            case "item":
                return self.attribute(value, step[1], tree, item=True)
            case "call" | "called":
                return self._call(value, step, tree)
            case "each" | "slice" if hasattr(value, "__next__"):
                raise UnknownValue(
                    f"a {type(value).__name__} can be iterated over only once"
                )
            case "each":
                return self.each(list(value), tree)
            case "slice":
                return self.digest(list(value)[slice(*step[1:])], tree)
        raise UnknownValue(f"{step[0]} of a {type(value).__name__} is read")

    def attribute(
        self, value: Any, name: Any, tree: AccessTree, item: bool = False
    ) -> bytes:
        """Return the digest of an attribute, or of an item, as Jinja looks them up."""
        if isinstance(value, Content):
            text = self._posts.text_named(value, name)
            if text is not None:
                return text
        if item:
            found = self.env.getitem(value, name)
        else:
            try:
                found = getattr(value, name)
            except AttributeError:
                found = self.env.getattr(value, name)
        return self.found(found, tree)

    def found(self, found: Any, tree: AccessTree) -> bytes:
        """Return the digest of an attribute that was looked up."""
        if type(found) in _ATOMS:
            return repr(found).encode("utf-8", "surrogatepass")
        if isinstance(found, Undefined):
            return MISSING
        if callable(found) and not tree.ways and tree.parts:
            return hashed(
                *(self.part(found, step, part) for step, part in tree.parts.items())
            )
        return self.digest(found, tree)

    # --- objects and calls ------------------------------------------------------------

    def _digester_of(self, kind: type) -> Digest:
        found = self._by_type.get(kind)
        if found is None:
            if hasattr(kind, "__incremental__"):
                found = _of_itself
            else:
                found = next(
                    d for types, d in self._digesters if issubclass(kind, types)
                )
            self._by_type[kind] = found
        return found

    def _object(self, value: Any, tree: AccessTree) -> bytes:
        parts = [self.itself(value, tree.ways)] if tree.ways else []
        parts += self.parts(value, tree.parts.items())
        return hashed(tree.steps, type(value).__qualname__, *parts)

    def itself(self, value: Any, ways: set[Access]) -> bytes:
        """Return the digest of an object itself, apart from its attributes."""
        if ways <= _TRUTHS:
            return str(bool(value)).encode()
        if ways <= _COUNTS:
            return str(len(value)).encode()
        whole = Access.WHOLE in ways
        if not whole and isinstance(value, Content):
            return str(value).encode()
        if isinstance(value, URLWrapper) and (not whole or len(vars(value)) == 4):
            # With the settings these are all that there is, unless a plugin has more.
            return f"{value.name}|{value.slug}".encode()
        if _is_value(type(value)):
            parts = [getattr(value, one.name) for one in fields(value)]
            return hashed(*(self.digest(part, AS_WHOLE) for part in parts))
        raise UnknownValue(f"a {type(value).__name__} is read as a whole")

    def _call(self, function: Any, step: Step, tree: AccessTree) -> bytes:
        owner = getattr(function, "__self__", None)
        if isinstance(owner, Paginator | Page):
            if step == ("call", (), ()) and function.__func__ in _NUMBERS:
                return repr(function()).encode()
            return self._paged(owner, tree)
        catalogue = catalogue_digest(function)
        if catalogue is not None and step[0] == "call":  # all that decides it is known
            return hashed(catalogue, repr(step).encode("utf-8", "surrogatepass"))
        name, _ = self._names.get(id(function), ("", None))
        if catalogue is None and not self._is_pure(name, function):
            usual = getattr(function, "__qualname__", type(function).__qualname__)
            raise UnknownValue(f"{name or usual}() is called")
        if step[0] == "called":
            if tree.parts or tree.ways - {Access.SHOWN}:
                raise UnknownValue("parts of what a function gives are read")
            return catalogue or b""
        _, args, kwargs = step
        try:
            result = function(*args, **dict(kwargs))
        except Exception as error:  # rendering meets it too, and says where
            log.debug("%s() fails", name, exc_info=True)
            raise UnknownValue(str(error)) from None
        return self.digest(result, tree)

    def _paged(self, owner: Page | Paginator, tree: AccessTree) -> bytes:
        """Digest what any other method of a page, or of all pages, can give."""
        pages = owner.paginator if isinstance(owner, Page) else owner
        parts = [pages.name, pages.url, pages.count, pages.per_page, pages.orphans]
        parts.append(getattr(owner, "number", 0))
        posts = tree.parts.get(("attr", "object_list"))
        listed = self._sequences.digest(pages.object_list, posts) if posts else b""
        return hashed(repr(parts).encode(), listed)


def _of_itself(value: Any, tree: AccessTree) -> bytes:
    """Digest a value of a class that says itself what decides how it is read."""
    ways = tree.ways | {Access.DECIDED} if tree.parts else tree.ways
    return hashed(b"marked", type(value).__incremental__(value, ways))


def _undefined(value: Undefined, tree: AccessTree) -> bytes:
    return b"undefined"


def _is_value(kind: type) -> bool:
    """Return whether a type is no more than its fields, and these do not change."""
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and parameters.frozen

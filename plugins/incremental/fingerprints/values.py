"""Digests of values, each of the parts that a template reads and of nothing else.

A value is digested once per build and use. What cannot be digested, such as an object
printed by a method of its own, makes the file depend on everything: `Unknown`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from jinja2 import Environment, Undefined
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from ..system.digests import hashed
from ..template_analysis.access import (
    DECIDED,
    LENGTH,
    SHOWN,
    TRUTH,
    WHOLE,
    AccessTree,
    Step,
)
from ..template_analysis.gettext import catalogue_of
from .container_digests import AS_WHOLE, MISSING, PLAIN, UnknownValue
from .digest_cache import PostDigestCache
from .post_digests import GETTERS, TEXTS, PostDigester

_ATOMS = frozenset({str, bytes, int, float, bool, type(None)})
_LISTS = (list, tuple, set, frozenset)
_NUMBERS = frozenset(
    {
        *(Page.has_next, Page.has_previous, Page.has_other_pages),
        *(Page.next_page_number, Page.previous_page_number),
        *(Page.start_index, Page.end_index),
    }
)
"""Methods of a page that give a number, or yes or no: what they give decides."""


class ValueDigester(PostDigester):
    """Digests of one build. `pure` judges functions, as for templates.

    Objects are kept alive for as long as their digests are known by identity. `texts`
    has digests of texts that were read, by identity too; `own` those of posts' parts.
    """

    def __init__(
        self,
        env: Environment,
        is_pure: Any,
        texts: Mapping[int, bytes],
        own: PostDigestCache,
    ) -> None:
        super().__init__()
        self.env, self.is_pure, self.own = env, is_pure, own
        self._by_siteurl: dict[str, dict[tuple[Any, ...], bytes]] = {}
        self._alive: list[Any] = []
        self._names: dict[int, tuple[str, Any]] = {}
        self.texts = texts
        self.at("")

    def at(self, siteurl: str) -> None:
        """From here on, links of texts are resolved against `siteurl`."""
        self.siteurl = siteurl
        self._known = self._by_siteurl.setdefault(siteurl, {})

    def digest(self, value: Any, use: AccessTree) -> bytes:
        """What `use` reads of `value`, in 16 bytes or in plain text."""
        kind = type(value)
        if kind in _ATOMS:
            return repr(value).encode("utf-8", "surrogatepass")
        if isinstance(value, URLWrapper) and len(vars(value)) == 4:
            # Every post has tags of its own, which are equal to those of others.
            slug = None if value._slug_from_name else value._slug
            key = (kind, value._name, slug, id(value.settings), use.number)
        else:
            key = (id(value), use.number)
        known = self._known.get(key)
        if known is None:
            known = self._digest(value, use)
            self._known[key] = known
            self._alive.append(value)
        return known

    def named(self, name: str, value: Any, use: AccessTree) -> bytes:
        """The same for what templates know by a name, which may be declared pure."""
        if callable(value):
            self._names[id(value)] = name, value
        return self.digest(value, use)

    def each(self, value: Any, use: AccessTree) -> bytes:
        """The digests of all items, by far the most of which are known."""
        known, number, digest = self._known, use.number, self.digest
        found = [known.get((id(one), number)) or digest(one, use) for one in value]
        return hashed(str(len(found)).encode(), *found)

    def keep(self, value: Any) -> None:
        """Keep an object alive, so that its identity stays its own."""
        self._alive.append(value)

    def forget(self) -> None:
        """Drop what was digested: what the digests depend on has changed."""
        self._by_siteurl.clear()
        self._alive.clear()
        self.at(self.siteurl)

    def _digest(self, value: Any, use: AccessTree) -> bytes:
        kind = type(value)
        sort = _sort(kind)
        if sort == "marked":
            return hashed(b"marked", kind.__incremental__(value, use.ways))
        if sort == "plain":
            return hashed(kind.__name__.encode(), _plain(value))
        if sort == "undefined":
            return b"undefined"
        if sort == "mapping":
            return self.mapped(value, use)
        if sort == "list":
            return self.listed(value, use)
        if sort == "post":
            return self.of_post(value, use)
        parts = [self.itself(value, use)] if use.ways else []
        parts += self.parts(value, use.parts.items())
        return hashed(use.steps, kind.__qualname__, *parts)

    def parts(self, value: Any, steps: Iterable[tuple[Step, AccessTree]]) -> list[Any]:
        parts: list[Any] = []
        for step, part in steps:
            name = step[1] if step[0] == "attr" else ""
            if not name:
                parts.append(self._part(value, step, part))
                continue
            # By far the most, so without asking what else they might be.
            try:
                found = getattr(value, name)
            except AttributeError:
                parts.append(self.attribute(value, name, part))
            else:
                plain = type(found) in _ATOMS
                parts.append(found if plain else self.found(found, part))
        return parts

    def itself(self, value: Any, use: AccessTree) -> bytes:
        if use.ways <= {TRUTH, DECIDED}:
            return str(bool(value)).encode()
        if LENGTH in use.ways and use.ways <= {LENGTH, TRUTH, DECIDED}:
            return str(len(value)).encode()
        if WHOLE not in use.ways and isinstance(value, Content):
            return str(value).encode()
        if isinstance(value, URLWrapper):
            # With the settings these are all that there is, unless a plugin has more.
            if WHOLE not in use.ways or len(vars(value)) == 4:
                return f"{value.name}|{value.slug}".encode()
        if _is_value(type(value)):
            parts = [getattr(value, one.name) for one in fields(value)]
            return hashed(*(self.digest(part, AS_WHOLE) for part in parts))
        raise UnknownValue(f"a {type(value).__name__} is read as a whole")

    def _part(self, value: Any, step: Any, use: AccessTree) -> bytes:
        name = step[0]
        if name == "attr":
            return self.attribute(value, step[1], use)
        if name == "item":
            return self.attribute(value, step[1], use, item=True)
        if name in ("call", "called"):
            return self._call(value, step, use)
        if name in ("each", "slice") and hasattr(value, "__next__"):
            raise UnknownValue(
                f"a {type(value).__name__} can be walked through once only"
            )
        if name == "each":
            return self.each(list(value), use)
        if name == "slice":
            return self.digest(list(value)[slice(*step[1:])], use)
        raise UnknownValue(f"{name} of a {type(value).__name__} is read")

    def attribute(
        self, value: Any, name: Any, use: AccessTree, item: bool = False
    ) -> bytes:
        if name in TEXTS and isinstance(value, Content):
            return self.text(value, name)
        if name in GETTERS and isinstance(value, Content):
            # For whichever address: that is an argument, and read as such.
            if self.is_stock(value, GETTERS[name]):
                return self.text(value, GETTERS[name])
        if item:
            found = self.env.getitem(value, name)
        else:
            try:
                found = getattr(value, name)
            except AttributeError:
                found = self.env.getattr(value, name)
        return self.found(found, use)

    def found(self, found: Any, use: AccessTree) -> bytes:
        if type(found) in _ATOMS:
            return repr(found).encode("utf-8", "surrogatepass")
        if isinstance(found, Undefined):
            return MISSING
        if callable(found) and not use.ways and use.parts:
            return hashed(
                *(self._part(found, step, part) for step, part in use.parts.items())
            )
        return self.digest(found, use)

    def _call(self, function: Any, step: Any, use: AccessTree) -> bytes:
        owner = getattr(function, "__self__", None)
        if isinstance(owner, Paginator | Page):
            if step == ("call", (), ()) and function.__func__ in _NUMBERS:
                return repr(function()).encode()
            return self._paged(owner, use)
        catalogue = catalogue_of(function)
        if catalogue is not None and step[0] == "call":  # all that decides it is known
            return hashed(catalogue, repr(step).encode("utf-8", "surrogatepass"))
        name, _ = self._names.get(id(function), ("", None))
        if catalogue is None and not self.is_pure(name, function):
            usual = getattr(function, "__qualname__", type(function).__qualname__)
            raise UnknownValue(f"{name or usual}() is called")
        if step[0] == "called":
            if use.parts or use.ways - {SHOWN}:
                raise UnknownValue("what a function gives is looked into")
            return catalogue or b""
        _, args, kwargs = step
        try:
            result = function(*args, **dict(kwargs))
        except Exception as trouble:  # rendering meets it too, and says where
            raise UnknownValue(str(trouble)) from None
        return self.digest(result, use)

    def _paged(self, owner: Any, use: AccessTree) -> bytes:
        """What any other method of a page, or of all pages of a list, can give."""
        pages = owner.paginator if isinstance(owner, Page) else owner
        parts = [pages.name, pages.url, pages.count, pages.per_page, pages.orphans]
        parts.append(getattr(owner, "number", 0))
        posts = use.parts.get(("attr", "object_list"))
        listed = self.listed(pages.object_list, posts) if posts else b""
        return hashed(repr(parts).encode(), listed)


@lru_cache(1024)
def _sort(kind: type) -> str:
    """How values of a type are digested; empty for other objects."""
    if hasattr(kind, "__incremental__"):
        return "marked"
    sorts = (PLAIN, "plain"), (Undefined, "undefined"), (Mapping, "mapping")
    for types, name in (*sorts, (_LISTS, "list"), (Content, "post")):
        if issubclass(kind, types):
            return name
    return ""


def _is_value(kind: type) -> bool:
    """Whether a type is no more than its fields, and these do not change."""
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and parameters.frozen


def _plain(value: Any) -> bytes:
    if isinstance(value, str):
        return str.__str__(value).encode("utf-8", "surrogatepass")
    return repr(value).encode()

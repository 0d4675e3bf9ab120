"""Digests of posts: of their own parts, of their texts, and of what others decide."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from inspect import getattr_static
from typing import Any

from pelican.contents import Content

from ..compat.lazy_content import lazy_content_of
from ..compat.pelican_speedups import may_link
from ..system.digests import hashed, text_digest
from ..template_analysis.access import AccessTree, Step
from .container_digests import AS_SHOWN, ContainerDigester
from .digest_cache import ADDED, PARTS, PostDigestCache

TEXTS = frozenset({"content", "summary"})
GETTERS = {f"get_{name}": name for name in TEXTS}
Steps = list[tuple[Step, AccessTree]]


@dataclass(frozen=True, slots=True)
class Sides:
    """A use of a post: its name, the texts that are read, own parts, all others.

    `added` are attributes of plugins that follow from the post's source too.
    """

    key: str
    texts: list[tuple[str, AccessTree]]
    own: Steps
    added: Steps
    others: Steps


class PostDigester(ContainerDigester):
    """The part of `Values` that knows posts. `texts` has digests that are known.

    A text is what was read, and where its links lead. The first is the post's own.
    """

    siteurl: str
    texts: Mapping[int, bytes]
    own: PostDigestCache

    def __init__(self) -> None:
        self._stocks: dict[tuple[type, str], bool] = {}
        self._sides: dict[int, Sides] = {}

    def parts(self, value: Any, steps: Iterable[tuple[Step, AccessTree]]) -> list[Any]:
        raise NotImplementedError

    def itself(self, value: Any, use: AccessTree) -> bytes:
        raise NotImplementedError

    def found(self, found: Any, use: AccessTree) -> bytes:
        raise NotImplementedError

    def of_post(self, post: Content, use: AccessTree) -> bytes:
        """Its own parts, which may be known from another build, and all others."""
        sides = self._sides.get(use.number)
        if sides is None:
            sides = self._sides[use.number] = _divided(use, post.settings)
        own = self.own.get(post, sides.key)
        if own is None:
            parts = [self._as_read(post, GETTERS.get(n, n)) for n, _ in sides.texts]
            parts += self.parts(post, sides.own)
            own = hashed(use.steps, type(post).__qualname__, *parts)
            self.own.put(post, sides.key, own)
        rest = []
        for name, part in sides.texts:
            if led := self._as_led(post, name, part):
                rest.append(led)
        if use.ways:
            rest.append(self.itself(post, use))
        if sides.added:
            rest.append(self._as_added(post, sides))
        if sides.others:
            rest += self.parts(post, sides.others)
        return hashed(own, *rest) if rest else own

    def _as_added(self, post: Content, sides: Sides) -> bytes:
        key = sides.key + ADDED
        found = self.own.get(post, key)
        if found is None:
            found = hashed(*self.parts(post, sides.added))
            self.own.put(post, key, found)
        return found

    def text(self, content: Content, name: str) -> bytes:
        """The text of a post, or its summary, and all that decides it."""
        return hashed(
            self._as_read(content, name), self._as_led(content, name, AS_SHOWN)
        )

    def _as_read(self, content: Content, name: str) -> bytes:
        """A text as far as a post's source decides it; empty if a plugin makes it."""
        if not self.is_stock(content, name):
            return b""
        if name == "summary" and content.metadata.get("summary") is not None:
            given = self.own.metadata(content).get("summary", "")
            return hashed(b"given", str(given).encode("utf-8", "surrogatepass"))
        text, digest = self._source(content)
        if name == "summary":  # with links it is more than the source's: `_as_led`
            led = may_link(content, text)
            return b"led" if led else text_digest(content.summary)
        return digest or text_digest(text)

    def _as_led(self, content: Content, asked: str, use: AccessTree) -> bytes:
        """What else decides a text: where its links lead, for one; empty if nothing."""
        name = GETTERS.get(asked, asked)
        if not self.is_stock(content, name):
            found = getattr(content, asked)
            if asked in TEXTS:
                found, use = str(found), AS_SHOWN
            return hashed(name, self.found(found, use))
        if name == "summary":
            given = content.metadata.get("summary")
            if given is not None:
                if given == self.own.metadata(content).get("summary"):
                    return b""
                return hashed(name, str(given).encode("utf-8", "surrogatepass"))
        if not may_link(content, self._source(content)[0]):
            return b""
        text = getattr(content, name).encode("utf-8", "surrogatepass")
        return hashed(name, text, self.siteurl.encode())

    def _source(self, content: Content) -> tuple[str | bytes, bytes | None]:
        """A text before its links are resolved, and its digest if that is known."""
        if hasattr(content, "_get_content"):
            return content._get_content(), None
        known = lazy_content_of(content)
        if known is not None:
            return known.raw, bytes.fromhex(known.digest)
        text = content._content or ""
        return text, self.texts.get(id(text))

    def is_stock(self, content: Content, name: str) -> bool:
        """Whether a text is what Pelican makes of it, not what some plugin does."""
        kind = type(content)
        known = self._stocks.get((kind, name))
        if known is None:
            known = self._stocks[kind, name] = _is_stock(kind, name)
        return known and vars(content).keys().isdisjoint(_GETTERS_OF[name])


def same_summary(post: Content, one: str, other: str) -> bool:
    """Whether a post has the same summary with either text, for all that is known."""
    own = hasattr(post, "_get_content") or not _is_stock(type(post), "summary")
    if own or not vars(post).keys().isdisjoint(_GETTERS_OF["summary"]):
        return False
    if post.metadata.get("summary") is not None:
        return True
    if may_link(post, one) or may_link(post, other):
        return False
    return _summary_of(post, one) == _summary_of(post, other)


def _summary_of(post: Content, text: str) -> str:
    again = copy(post)
    again._content = text
    return again.summary


def follows(attribute: Any) -> bool:
    """Whether an attribute that a plugin gave to posts follows from their sources."""
    return bool(getattr(attribute, "incremental_own", False))


def _is_stock(kind: type[Content], name: str) -> bool:
    return all(
        getattr_static(kind, getter) is _STOCK[getter]
        and vars(Content)[GETTERS[getter]] is _STOCK[GETTERS[getter]]
        and getattr(kind, GETTERS[getter], None) is _STOCK[GETTERS[getter]]
        for getter in _GETTERS_OF[name]
    )


_GETTERS_OF = {
    "content": frozenset({"get_content"}),
    "summary": frozenset({"get_summary", "get_content"}),  # it is made of the other
}
_STOCK = {name: vars(Content)[name] for name in (*TEXTS, *GETTERS)}


def _divided(use: AccessTree, settings: Mapping[str, Any]) -> Sides:
    """In what is formatted Pelican resolves links: that is not a post's own."""
    names = PARTS - {name.lower() for name in settings["FORMATTED_FIELDS"]}
    texts: list[tuple[str, AccessTree]] = []
    own: Steps = []
    added: Steps = []
    others: Steps = []
    for step, part in use.parts.items():
        name = step[1] if step[0] == "attr" else ""
        if name in TEXTS or name in GETTERS:
            texts.append((name, part))
        elif follows(vars(Content).get(name)):
            added.append((step, part))
        else:
            (own if name in names else others).append((step, part))
    return Sides(use.key.hex(), texts, own, added, others)

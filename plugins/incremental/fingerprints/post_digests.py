"""Digests of posts: of what follows from their source, of their texts, of the rest."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from inspect import getattr_static
from typing import TYPE_CHECKING, Any

from pelican.contents import Content

from ..compat.lazy_content import lazy_content_of
from ..compat.pelican_speedups import may_link
from ..system.digests import digest_of, hashed, text_digest
from ..template_analysis.access import AccessTree, Step
from .container_digests import AS_SHOWN
from .digest_cache import ADDED, PARTS, PostDigestCache

if TYPE_CHECKING:
    from .values import ValueDigester

TEXTS = frozenset({"content", "summary"})
GETTERS = {f"get_{name}": name for name in TEXTS}
Steps = list[tuple[Step, AccessTree]]


@dataclass(frozen=True, slots=True)
class SplitTree:
    """The parts of an access tree of a post, by what decides on them.

    `texts` are the post's text and summary, by the name they are read by. `source`
    follows from the post's source alone, and so does what plugins have `added` and
    marked so; others may decide on all `others`. `key` names the tree in the cache.
    """

    key: str
    texts: list[tuple[str, AccessTree]]
    source: Steps
    added: Steps
    others: Steps


class PostDigester:
    """Digests posts; `values` digests their attributes.

    `texts` has digests of texts that are known, by identity; `cache` those of parts
    that follow from posts' sources. A text's digest covers what was read, and where its
    links lead. The first follows from the post's source.
    """

    def __init__(
        self,
        values: "ValueDigester",
        texts: Mapping[int, bytes],
        cache: PostDigestCache,
    ) -> None:
        self._values, self._texts, self._cache = values, texts, cache
        self._stocks: dict[tuple[type, str], bool] = {}
        self._split: dict[bytes, SplitTree] = {}

    def digest(self, post: Content, tree: AccessTree) -> bytes:
        """Return the digest of what `tree` reads of a post."""
        split = self._split.get(tree.key)
        if split is None:
            split = self._split[tree.key] = _split(tree, post.settings)
        source = self._cache.get(post, split.key)
        if source is None:
            parts: list[Any] = [
                self._raw_text(post, GETTERS.get(name, name)) for name, _ in split.texts
            ]
            parts += self._values.parts(post, split.source)
            source = hashed(tree.steps, type(post).__qualname__, *parts)
            self._cache.put(post, split.key, source)
        rest: list[Any] = []
        for name, part in split.texts:
            if links := self._text_links(post, name, part):
                rest.append(links)
        if tree.ways:
            rest.append(self._values.itself(post, tree.ways))
        if split.added:
            rest.append(self._added(post, split))
        if split.others:
            rest += self._values.parts(post, split.others)
        return hashed(source, *rest) if rest else source

    def text_named(self, post: Content, name: Any) -> bytes | None:
        """Return the digest of the text that an attribute gives; None if it is none."""
        if name in TEXTS:
            return self._text(post, name)
        getter = GETTERS.get(name)
        # For whichever address: that is an argument, and read as such.
        if getter is not None and self._is_stock(post, getter):
            return self._text(post, getter)
        return None

    def _added(self, post: Content, split: SplitTree) -> bytes:
        key = split.key + ADDED
        found = self._cache.get(post, key)
        if found is None:
            found = hashed(*self._values.parts(post, split.added))
            self._cache.put(post, key, found)
        return found

    def _text(self, post: Content, name: str) -> bytes:
        """Digest the text of a post, or its summary, and all that decides it."""
        return hashed(
            self._raw_text(post, name), self._text_links(post, name, AS_SHOWN)
        )

    def _raw_text(self, post: Content, name: str) -> bytes:
        """Digest a text as far as a post's source decides it.

        Empty if a plugin makes it.
        """
        if not self._is_stock(post, name):
            return b""
        if name == "summary" and post.metadata.get("summary") is not None:
            given = self._cache.metadata(post).get("summary", "")
            return hashed(b"given", str(given).encode("utf-8", "surrogatepass"))
        text, digest = self._source(post)
        if name == "summary":  # with links more decides it: `_text_links`
            return b"led" if may_link(post, text) else text_digest(post.summary)
        return digest or _digest_of_source(text)

    def _text_links(self, post: Content, attribute: str, tree: AccessTree) -> bytes:
        """Digest what else decides a text, as where its links lead; empty if nothing.

        `attribute` is the name that it is read by.
        """
        name = GETTERS.get(attribute, attribute)
        if not self._is_stock(post, name):
            found = getattr(post, attribute)
            if attribute in TEXTS:
                found, tree = str(found), AS_SHOWN
            return hashed(name, self._values.found(found, tree))
        if name == "summary":
            given = post.metadata.get("summary")
            if given is not None:
                if given == self._cache.metadata(post).get("summary"):
                    return b""
                return hashed(name, str(given).encode("utf-8", "surrogatepass"))
        if not may_link(post, self._source(post)[0]):
            return b""
        text = getattr(post, name).encode("utf-8", "surrogatepass")
        return hashed(name, text, self._values.siteurl.encode())

    def _source(self, post: Content) -> tuple[str | bytes, bytes | None]:
        """Return a text before its links are resolved, and its digest if known."""
        if hasattr(post, "_get_content"):
            return post._get_content(), None
        known = lazy_content_of(post)
        if known is not None:
            return known.raw, bytes.fromhex(known.digest)
        text = post._content or ""
        return text, self._texts.get(id(text))

    def _is_stock(self, post: Content, name: str) -> bool:
        """Return whether a text is what Pelican makes of it, not what a plugin does."""
        kind = type(post)
        known = self._stocks.get((kind, name))
        if known is None:
            known = self._stocks[kind, name] = _is_stock(kind, name)
        return known and vars(post).keys().isdisjoint(_GETTERS_OF[name])


def _digest_of_source(text: str | bytes) -> bytes:
    return digest_of(text) if isinstance(text, bytes) else text_digest(text)


def same_summary(post: Content, one: str, other: str) -> bool:
    """Return whether a post surely has the same summary with either text."""
    changed = hasattr(post, "_get_content") or not _is_stock(type(post), "summary")
    if changed or not vars(post).keys().isdisjoint(_GETTERS_OF["summary"]):
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


def follows_from_source(attribute: Any) -> bool:
    """Return whether an attribute that a plugin adds to posts is marked as that."""
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


def _split(tree: AccessTree, settings: Mapping[str, Any]) -> SplitTree:
    # In fields that are formatted Pelican resolves links: others decide on these.
    names = PARTS - {name.lower() for name in settings["FORMATTED_FIELDS"]}
    split = SplitTree(tree.key.hex(), [], [], [], [])
    for step, part in tree.parts.items():
        name = step[1] if step[0] == "attr" else ""
        if name in TEXTS or name in GETTERS:
            split.texts.append((name, part))
        elif follows_from_source(vars(Content).get(name)):
            split.added.append((step, part))
        elif name in names:
            split.source.append((step, part))
        else:
            split.others.append((step, part))
    return split

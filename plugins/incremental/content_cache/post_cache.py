"""Makes unchanged posts without putting their metadata together again.

Pelican puts a post's metadata together from the settings, from its path and from its
text, and works out its address, its language and its date as a text. What came of it is
cached with the post. Pelican looks a whole post up where its own cache would have it;
there it finds one that was made from what is cached.
"""

import os
from contextlib import ExitStack
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article, Content, Page
from pelican.plugins.signals import content_object_init
from pelican.utils import SafeDatetime

from ..compat import lazy_content, listeners
from ..compat.pelican_speedups import SourcePaths
from ..compat.url_cache import restore_urls
from ..system.log_capture import captured_warnings
from .codec import NotSerializable, decoder, encoded
from .source_cache import CachedSource, SourceCache

_HOOKS = {
    Article: ("article_generator_preread", "article_generator_context"),
    Page: ("page_generator_preread", "page_generator_context"),
}
_FROM_BUILD = frozenset(
    {"settings", "_content", "_context", "translations", "metadata", "source_path"}
)
"""Attributes of a post that each build gives it."""


def attach(generator: Any, sources: SourceCache, paths: SourcePaths) -> None:
    """Have a generator find its posts in the cache, if no plugin changes posts.

    `paths` learns the relative path of each post that is found.
    """
    kind = Article if hasattr(generator, "articles") else Page
    if listeners.listeners_of((*_HOOKS[kind], "content_object_init")):
        return
    settings = generator.settings
    if settings.get("TYPOGRIFY") or settings.get("DEFAULT_DATE") == "fs":
        return  # the text is changed afterwards, or the date is not in the text
    cache = PostCache(generator, kind, sources, paths)
    generator.get_cached_data, generator.cache_data = cache.get, cache.put


class PostCache:
    """The cached posts of one generator, in the place of Pelican's own cache.

    Pelican calls `get` for each post, and `put` for one that was not found, when it has
    read it and found it valid.
    """

    def __init__(
        self,
        generator: Any,
        kind: type[Article | Page],
        sources: SourceCache,
        paths: SourcePaths,
    ) -> None:
        self._generator, self._kind, self._sources = generator, kind, sources
        self._paths = paths
        self._settings = settings = generator.settings
        self._base = os.path.abspath(generator.path)
        self._readers = generator.readers.readers
        self._zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
        self._now = SafeDatetime.fromtimestamp(sources.now / 1e9, self._zone)
        self._decoded = decoder(settings)
        # What was logged while the post was read that was not found last.
        self._capture = ExitStack()
        self._warnings: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        """Return the post of a file, or `default` if it must be read."""
        self._capture.close()
        path = self._path(name)
        entry = self._sources.entries.get(path)
        reader = self._readers.get(path.rpartition(".")[2])
        if entry is None or entry.merged is None or reader is None:
            self._warnings = self._capture.enter_context(captured_warnings())
            return default
        self._sources.used.add(path)
        if hasattr(reader, "restore"):
            reader.restore(path, entry.kept)
        return self._make(entry, path)

    def put(self, name: str, post: Any) -> None:
        """Cache a post that was read, if it can be made from what its entry has."""
        self._capture.close()
        path = self._path(name)
        entry = self._sources.entries.get(path)
        if entry is None or entry.merged is not None or self._warnings:
            return
        if type(post) is not self._kind:
            return
        try:
            entry.merged = encoded(post.metadata)
        except NotSerializable:
            return
        self._sources.new[path] = entry
        if self._is_scheduled(post):
            return
        try:
            frozen = freeze_attributes(post, self._zone)
        except NotSerializable:
            return
        entry.attributes, entry.kind = frozen, self._kind.__name__
        again = self._thaw(entry, self._decoded(entry.merged))
        if _own_attributes(post) != _own_attributes(again):
            entry.attributes = None
        else:
            entry.metadata = ""  # `merged` has all that will be needed
            self._sources.settle(path, entry, post)

    def _path(self, name: str) -> str:
        path = f"{self._base}/{name}"
        return os.path.normpath(path) if "//" in path or "/." in path else path

    def _is_scheduled(self, post: Content) -> bool:
        """Return whether a post is a draft now, and will not be one when it is due."""
        if self._settings["WITH_FUTURE_DATES"]:
            return False
        return bool(vars(post).get("date", self._now) > self._now)

    def _make(self, entry: CachedSource, path: str) -> Content:
        """Make the post as Pelican makes it of what was read."""
        metadata = self._decoded(entry.merged)
        # One file can be an article and a page, with an address and a template each.
        if entry.attributes is not None and entry.kind == self._kind.__name__:
            post = self._thaw(entry, metadata)
            if not self._is_scheduled(post):
                self._complete(post, entry, path)
                return post
        return self._kind(
            content=entry.content,
            metadata=metadata,
            settings=self._settings,
            source_path=path,
            context=self._generator.context,
        )

    def _thaw(self, entry: CachedSource, metadata: dict[str, Any]) -> Content:
        """Make a post of the cached attributes; what a build gives it is missing."""
        assert entry.attributes is not None
        post = self._kind.__new__(self._kind)
        from_metadata, zoned, others = entry.attributes
        own = vars(post)
        own["metadata"] = metadata
        own["timezone"], own["translations"] = self._zone, []
        for name, key in from_metadata.items():
            own[name] = metadata[key]
        for name, text in zoned.items():
            own[name] = SafeDatetime.fromisoformat(text).replace(tzinfo=self._zone)
        own.update(others)
        for name, value in others.items():
            if type(value) in (list, dict):
                own[name] = self._decoded(value)
        return post

    def _complete(self, post: Content, entry: CachedSource, path: str) -> None:
        """Give a post what each build gives it, and announce it."""
        lazy_content.set_lazy_content(post, entry)
        if entry.addresses:
            restore_urls(post, entry.addresses)
        self._sources.settle(path, entry, post)
        vars(post).update(
            settings=self._settings, _context=self._generator.context, source_path=path
        )
        relative = post.relative_source_path
        assert relative is not None  # it has a path
        self._paths.put(self._settings, path, relative)
        if content_object_init.receivers:
            content_object_init.send(post)


def freeze_attributes(post: Content, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return a post's attributes as plain values, in three dictionaries.

    Those that are of its metadata, by their names there; dates in the site's time zone;
    and all others. Raises `NotSerializable`.
    """
    from_metadata: dict[str, str] = {}
    zoned: dict[str, str] = {}
    others: dict[str, Any] = {}
    names = {id(value): name for name, value in post.metadata.items()}
    for name, value in _own_attributes(post).items():
        if id(value) in names:
            from_metadata[name] = names[id(value)]
        elif type(value) is SafeDatetime and value.tzinfo is zone:
            zoned[name] = value.replace(tzinfo=None).isoformat()
        elif name != "timezone" or value is not zone:
            others[name] = encoded(value)
    return [from_metadata, zoned, others]


def _own_attributes(post: Content) -> dict[str, Any]:
    return {k: v for k, v in vars(post).items() if k not in _FROM_BUILD}

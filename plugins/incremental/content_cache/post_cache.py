"""Makes unchanged posts without asking for each what the settings say of its path.

Pelican puts a post's metadata together from the settings, from its path and from its
text, and works out its address, its language and its date as a text. What came of it is
remembered with the post. Pelican looks for a whole post where its own cache would have
it; there it finds one that was made from what is remembered.
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
_GIVEN = frozenset(
    {"settings", "_content", "_context", "translations", "metadata", "source_path"}
)


def attach(generator: Any, reading: SourceCache, paths: SourcePaths) -> None:
    """Answer a generator's question for cached posts, if nobody meddles with posts."""
    kind = Article if hasattr(generator, "articles") else Page
    settings = generator.settings
    if listeners.listeners_of((*_HOOKS[kind], "content_object_init")):
        return
    if settings.get("TYPOGRIFY") or settings.get("DEFAULT_DATE") == "fs":
        return  # the text is changed afterwards, or the date is not in the text
    ears = ExitStack()
    said: list[str] = []
    zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
    decoded = decoder(settings)
    now = SafeDatetime.fromtimestamp(reading.now / 1e9, zone)

    base, readers = os.path.abspath(generator.path), generator.readers.readers

    def place(name: str) -> str:
        path = f"{base}/{name}"
        return os.path.normpath(path) if "//" in path or "/." in path else path

    def planned(post: Content) -> bool:
        """Whether a post is a draft now, and will not be one when it is due."""
        return not settings["WITH_FUTURE_DATES"] and vars(post).get("date", now) > now

    def made(entry: CachedSource, path: str) -> Content:
        """The post as Pelican makes it of what was read."""
        metadata = decoded(entry.merged)
        if entry.attributes is not None:
            post = thawed(entry, metadata)
            if not planned(post):
                lazy_content.set_lazy_content(post, entry)
                if entry.addresses:
                    restore_urls(post, entry.addresses)
                reading.settle(path, entry, post)
                vars(post).update(
                    settings=settings,
                    _context=generator.context,
                    source_path=path,
                )
                paths.put(settings, path, post.relative_source_path)
                if content_object_init.receivers:
                    content_object_init.send(post)
                return post
        return kind(
            content=entry.content,
            metadata=metadata,
            settings=settings,
            source_path=path,
            context=generator.context,
        )

    def thawed(entry: CachedSource, metadata: dict[str, Any]) -> Content:
        post = kind.__new__(kind)
        same, zoned, more = entry.attributes
        own = vars(post)
        own["metadata"] = metadata
        own["timezone"], own["translations"] = zone, []
        for name, key in same.items():
            own[name] = metadata[key]
        for name, text in zoned.items():
            own[name] = SafeDatetime.fromisoformat(text).replace(tzinfo=zone)
        own.update(more)
        for name, value in more.items():
            if type(value) in (list, dict):
                own[name] = decoded(value)
        return post

    def get(name: str, default: Any = None) -> Any:
        ears.close()
        path = place(name)
        entry = reading.entries.get(path)
        reader = readers.get(path.rpartition(".")[2])
        if entry is None or entry.merged is None or reader is None:
            nonlocal said
            said = ears.enter_context(captured_warnings())
            return default
        reading.used.add(path)
        if hasattr(reader, "restore"):
            reader.restore(path, entry.kept)
        return made(entry, path)

    def put(name: str, post: Any) -> None:
        """Pelican has found the post to be valid, and wants it remembered."""
        ears.close()
        entry = reading.entries.get(place(name))
        if entry is None or entry.merged is not None or said or type(post) is not kind:
            return
        try:
            entry.merged = encoded(post.metadata)
        except NotSerializable:
            return
        reading.new[place(name)] = entry
        if planned(post):
            return
        try:
            entry.attributes = frozen(post, zone)
        except NotSerializable:
            return
        again = thawed(entry, decoded(entry.merged))
        before = {k: v for k, v in vars(post).items() if k not in _GIVEN}
        if before != {k: v for k, v in vars(again).items() if k not in _GIVEN}:
            entry.attributes = None
        else:
            entry.metadata = ""  # nobody will ask again what it was before
            reading.settle(place(name), entry, post)

    generator.get_cached_data, generator.cache_data = get, put


def frozen(post: Content, zone: ZoneInfo) -> list[dict[str, Any]]:
    """A post's attributes as plain values: those that are of its metadata by their
    names there, dates in the site's own zone, and all others. Raises `NotPlain`."""
    same: dict[str, str] = {}
    zoned: dict[str, str] = {}
    more: dict[str, Any] = {}
    names = {id(value): name for name, value in post.metadata.items()}
    for name, value in vars(post).items():
        if name in _GIVEN:
            continue
        if id(value) in names:
            same[name] = names[id(value)]
        elif type(value) is SafeDatetime and value.tzinfo is zone:
            zoned[name] = value.replace(tzinfo=None).isoformat()
        elif name != "timezone" or value is not zone:
            more[name] = encoded(value)
    return [same, zoned, more]

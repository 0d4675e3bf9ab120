"""Remembers what posts were read as, while all they were read from is the same.

A post's entry holds its text and metadata as plain values, and the digests of all files
that were opened while it was read: itself, and what it includes; and what was looked
for. Reading that did more, or that said something, is not remembered: it happens again.
"""

import json
import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.readers import HTMLReader, MarkdownReader, Readers, RstReader

from ..compat.url_cache import urls_of
from ..state.audit import AccessLog, recorded_access
from ..state.file_stamps import add, differs, holds, is_kind, is_package, stamp_of
from ..state.store import Store
from ..system.digests import text_digest
from ..system.log_capture import captured_warnings
from .codec import NotSerializable, decoder, encoded

_KNOWN = (MarkdownReader, RstReader, HTMLReader)


@dataclass(slots=True)
class CachedSource:
    """What one source file was read as.

    `raw` is its text, in bytes if it comes from the state;
    `metadata` is JSON, taken apart when it is asked for, and empty once it never will
    be; `kept` is the reader's own, as plain values; `sources` are stamps by path;
    `merged` is the metadata with what settings and path add to it, once that is known,
    and `attributes` those of the post that is made of it; `digest` is that of the text,
    `addresses` those of the post, if nobody else decides on it.
    """

    raw: str | bytes
    metadata: str
    kept: Any
    sources: dict[str, str]
    merged: dict[str, Any] | None = None
    attributes: list[dict[str, Any]] | None = None
    digest: str = ""
    addresses: dict[str, str] | None = None

    @property
    def content(self) -> str:
        raw = self.raw
        return raw if isinstance(raw, str) else raw.decode("utf-8", "surrogatepass")


_saved: dict[tuple[Path, float], dict[str, CachedSource]] = {}
"""What this process has read last, by the file of the state and the build it is of."""


class SourceCache:
    """The entries of one build: those of the last that still hold, and new ones.

    `stale` are those of the last that do not, and `used` what this one asked for.
    `settled` are posts that are made of nothing else: path, metadata and post by
    identity.
    """

    def __init__(self, known: Iterable[tuple[str, CachedSource]], now: int) -> None:
        self.now = now
        self.entries: dict[str, CachedSource] = {}
        self.stale: dict[str, CachedSource] = {}
        for path, entry in known:
            kept = self.entries if self._holds(entry) else self.stale
            kept[path] = entry
        self.new: dict[str, CachedSource] = {}
        self.used: set[str] = set()
        self.settled: dict[int, tuple[str, dict[str, Any], Any]] = {}

    @classmethod
    def load(cls, store: Store, build: float, now: int) -> "SourceCache":
        """What the state holds, left by a build; from memory if that was ours."""
        saved = _saved.pop((store.path, build), None)
        if saved is not None:
            return cls(saved.items(), now)
        rows = store.rows("posts")
        return cls(((path, to_entry(r, raw)) for path, r, raw in rows if _fits(r)), now)

    def forget(self) -> None:
        """All is in the state, and no other build of this process will ask."""
        self.entries.clear()
        self.stale.clear()
        self.new.clear()
        self.settled.clear()

    def without(self, paths: Iterable[str], now: int) -> "SourceCache":
        """What the next build of this process reads, if only these posts changed."""
        found = SourceCache((), now)
        found.entries = dict(self.entries)
        found.stale = {path: found.entries.pop(path) for path in set(paths)}
        found.used, found.settled = set(found.entries), dict(self.settled)
        return found

    def saved(self, store: Store, build: float) -> None:
        """All is in the state: the next build of this process need not read it."""
        _saved.clear()
        _saved[store.path, build] = self.entries

    def _holds(self, entry: CachedSource) -> bool:
        for path, stamp in entry.sources.items():
            if not holds(path, stamp):
                if differs(path, stamp, self.now):
                    return False
                if not is_kind(stamp):
                    entry.sources[path] = stamp_of(path, self.now)
        return True

    def attach(self, readers: Readers) -> None:
        """Answer from the entries where Pelican looks for cached data."""
        pending: list[ExitStack] = []
        self._readers = readers.readers
        decoded = decoder(readers.settings)

        def get(path: str, default: Any = None) -> Any:
            _close(pending)
            entry = self.entries.get(path)
            reader = readers.readers.get(path.rpartition(".")[2])
            if entry is not None and reader is not None and entry.metadata:
                self.used.add(path)
                if hasattr(reader, "restore"):
                    reader.restore(path, entry.kept)
                metadata = json.loads(entry.metadata)
                return entry.content, decoded(metadata)
            stack = ExitStack()
            pending.append(stack)
            stack.seen = stack.enter_context(recorded_access())  # type: ignore[attr-defined]
            stack.said = stack.enter_context(captured_warnings())  # type: ignore[attr-defined]
            return default

        def put(path: str, data: Any) -> None:
            if not pending:
                return
            stack = pending[-1]
            _close(pending)
            reader = readers.readers.get(path.rpartition(".")[2])
            content, metadata = data
            if content is None or not may_keep(reader) or stack.said:
                return
            entry = entry_of(path, content, metadata, reader, stack.seen, self.now)
            if entry is not None:
                self.add(path, entry)

        readers.get_cached_data = get
        readers.cache_data = put

    def add(self, path: str, entry: CachedSource) -> None:
        self.entries[path] = self.new[path] = entry
        self.used.add(path)

    def settle(self, path: str, entry: CachedSource, post: Any) -> None:
        """Whatever is true of this post follows from its entry and the settings."""
        assert entry.merged is not None
        self.settled[id(post)] = (path, entry.merged, post)

    def know_addresses(self) -> None:
        """Remember what was worked out for the posts that were read anew."""
        for path, _, post in self.settled.values():
            if path in self.new:
                self.new[path].addresses = urls_of(post)

    @property
    def digests(self) -> dict[int, bytes]:
        """The digests of the texts that are no bytes, by the identity of the texts."""
        read = (one for one in self.entries.values() if isinstance(one.raw, str))
        return {id(one.raw): bytes.fromhex(one.digest) for one in read}

    @property
    def same_posts(self) -> bool:
        """Whether this build has read the posts that the last one read."""
        return self.entries.keys() == self.used and self.stale.keys() == self.new.keys()

    def is_edited(self, post: Any) -> bool:
        """Whether a post may be other than its entry of the last build has it."""
        path = self.settled.get(id(post), ("",))[0]
        return not path or path in self.new

    def is_text_alone(self, path: str) -> bool:
        """Whether a post that was read anew differs in its text alone.

        A reader that keeps more than pages can show says by `shown` what they can.
        """
        before, now = self.stale[path], self.new[path]
        reader = self._readers.get(path.rpartition(".")[2])
        shown = getattr(reader, "shown", lambda kept: kept)
        return (
            now.merged is not None
            and now.merged == before.merged
            and now.sources.keys() == before.sources.keys()
            and shown(now.kept) == shown(before.kept)
        )


def _close(pending: list[ExitStack]) -> None:
    while pending:
        pending.pop().close()


def may_keep(reader: Any) -> bool:
    """Whether a reader does nothing but read, as far as anyone has said."""
    return type(reader) in _KNOWN or hasattr(reader, "restore")


def entry_of(
    path: str,
    content: str,
    metadata: dict[str, Any],
    reader: Any,
    seen: AccessLog,
    now: int,
) -> CachedSource | None:
    """The entry of what was just read; None if it must be read again every time."""
    if not seen.pure:
        return None
    try:
        plain = json.dumps(encoded(metadata))
        kept = reader.keep(path) if hasattr(reader, "keep") else None
    except NotSerializable:
        return None
    sources = {path, *map(os.path.abspath, seen.opened)}
    stamps = {one: stamp_of(one, now) for one in sources if not is_package(one)}
    for looked, kind in seen.looked.items():
        one = os.path.abspath(looked)
        if not is_package(one):
            add(stamps, one, kind)
    return CachedSource(content, plain, kept, stamps, digest=text_digest(content).hex())


def of_entry(entry: CachedSource) -> tuple[list[Any], str | bytes]:
    """An entry as plain values, and its text apart."""
    read = [entry.metadata, entry.kept, entry.sources]
    more = [entry.merged, entry.attributes, entry.digest, entry.addresses]
    return [*read, *more], entry.raw


def _fits(plain: Any) -> bool:
    """Whether this is an entry as plain values; else the post is read again."""
    match plain:
        case [str(), _, dict(sources), merged, attributes, str(), addresses]:
            maybe = (merged, dict), (attributes, list), (addresses, dict)
            return all(v is None or isinstance(v, kind) for v, kind in maybe) and all(
                isinstance(stamp, str) for stamp in sources.values()
            )
    return False


def to_entry(plain: list[Any], raw: str | bytes) -> CachedSource:
    return CachedSource(raw, *plain)

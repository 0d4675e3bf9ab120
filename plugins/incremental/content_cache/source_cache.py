"""A cache of what source files were parsed to, while all they depend on is the same.

A post's entry holds its text and metadata as plain values, and the digests of all files
that were opened while it was read: itself, and what it includes; and what was looked
for. Reading that did more, or that logged a warning, is not cached: it happens again.
"""

import json
import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pelican.readers import HTMLReader, MarkdownReader, Readers, RstReader

from ..compat.url_cache import urls_of
from ..state.audit import AccessLog, recorded_access
from ..state.file_stamps import add, differs, holds, is_kind, is_package, stamp_of
from ..state.store import Store, StoredRow
from ..system.digests import text_digest
from ..system.kept_paths import KeptPaths
from ..system.log_capture import captured_warnings
from .codec import NotSerializable, decoder, encoded

_PURE_READERS = (MarkdownReader, RstReader, HTMLReader)


@dataclass(slots=True)
class CachedSource:
    """What one source file was parsed to.

    `raw` is its text, in bytes if it comes from the state. `metadata` is JSON, parsed
    when it is needed, and empty once it never will be. `kept` is what the reader keeps
    itself, as plain values. `sources` are stamps by path. `merged` is the metadata with
    what settings and path add to it, once that is known, and `attributes` those of the
    post that is made of it, which is of `kind`: Article or Page. `digest` is that of
    the text, `addresses` those of the post, if no plugin decides on it.
    """

    raw: str | bytes
    metadata: str
    kept: Any
    sources: dict[str, str]
    merged: dict[str, Any] | None = None
    attributes: list[dict[str, Any]] | None = None
    digest: str = ""
    addresses: dict[str, str] | None = None
    kind: str = ""

    @property
    def content(self) -> str:
        """The text, decoded."""
        raw = self.raw
        return raw if isinstance(raw, str) else raw.decode("utf-8", "surrogatepass")


class SourceCache:
    """The entries of one build: those of the last that are valid, and new ones.

    `stale` are those of the last that are not valid, and `used` the paths that this
    build looked up. `settled` are the posts that are made of nothing else: path,
    metadata and post by identity.
    """

    _in_memory: ClassVar[dict[tuple[Path, float], dict[str, CachedSource]]] = {}
    """The entries of this process's last build, by file of the state and build time."""

    def __init__(self, known: Iterable[tuple[str, CachedSource]], now: int) -> None:
        self.now = now
        self.entries: dict[str, CachedSource] = {}
        self.stale: dict[str, CachedSource] = {}
        for path, entry in known:
            entries = self.entries if self._is_valid(entry) else self.stale
            entries[path] = entry
        self.new: dict[str, CachedSource] = {}
        self.used: set[str] = set()
        self.settled: dict[int, tuple[str, dict[str, Any], Any]] = {}

    @classmethod
    def load(cls, store: Store, build: float, now: int) -> "SourceCache":
        """Return the entries that a build left, in memory or in the state."""
        saved = cls._in_memory.pop((store.path, build), None)
        if saved is not None:
            return cls(saved.items(), now)
        whole = store.paths.whole
        rows = (row for row in store.rows("posts") if _fits(row.plain))
        return cls(((whole(r.key), from_row(r, store.paths)) for r in rows), now)

    def forget(self) -> None:
        """Free the memory: all is in the state, and no build will need it here."""
        self.entries.clear()
        self.stale.clear()
        self.new.clear()
        self.settled.clear()

    def without(self, paths: Iterable[str], now: int) -> "SourceCache":
        """Return the cache of the next build in memory, if only these posts changed."""
        found = SourceCache((), now)
        found.entries = dict(self.entries)
        found.stale = {path: found.entries.pop(path) for path in set(paths)}
        found.used, found.settled = set(found.entries), dict(self.settled)
        return found

    def saved(self, store: Store, build: float) -> None:
        """Keep all in memory for the next build of this process, besides the state."""
        self._in_memory.clear()
        self._in_memory[store.path, build] = self.entries

    def _is_valid(self, entry: CachedSource) -> bool:
        for path, stamp in entry.sources.items():
            if not holds(path, stamp):
                if differs(path, stamp, self.now):
                    return False
                if not is_kind(stamp):
                    entry.sources[path] = stamp_of(path, self.now)
        return True

    def attach(self, readers: Readers) -> None:
        """Have readers find their results here, in the place of Pelican's own cache."""
        cache = ReaderCache(self, readers)
        self._readers = readers.readers
        # Set on the object: Pelican's own methods are those of the class.
        vars(readers).update(get_cached_data=cache.get, cache_data=cache.put)

    def add(self, path: str, entry: CachedSource) -> None:
        """Add the entry of a file that was just read."""
        self.entries[path] = self.new[path] = entry
        self.used.add(path)

    def settle(self, path: str, entry: CachedSource, post: Any) -> None:
        """Note a post all of which follows from its entry and the settings."""
        assert entry.merged is not None
        self.settled[id(post)] = (path, entry.merged, post)

    def know_addresses(self) -> None:
        """Add to the new entries the addresses that were computed for their posts."""
        for path, _, post in self.settled.values():
            if path in self.new:
                self.new[path].addresses = urls_of(post)

    @property
    def digests(self) -> dict[int, bytes]:
        """The digests of the texts that are decoded, by the identity of the texts."""
        read = (one for one in self.entries.values() if isinstance(one.raw, str))
        return {id(one.raw): bytes.fromhex(one.digest) for one in read}

    @property
    def same_posts(self) -> bool:
        """Whether this build has the same posts as the last one."""
        return self.entries.keys() == self.used and self.stale.keys() == self.new.keys()

    def is_edited(self, post: Any) -> bool:
        """Return whether a post may differ from its entry of the last build."""
        path = self.settled.get(id(post), ("",))[0]
        return not path or path in self.new

    def is_text_alone(self, path: str) -> bool:
        """Return whether a post that was read anew differs in its text alone.

        A reader that keeps more than pages can show has a method `shown`, which returns
        what they can.
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


class ReaderCache:
    """The cache of one `Readers`: Pelican calls `get` before a file is read.

    If it was not found, `put` follows when it has been read. What is opened and logged
    in between decides whether it is cached.
    """

    def __init__(self, sources: SourceCache, readers: Readers) -> None:
        self._sources, self._readers = sources, readers.readers
        self._decoded = decoder(readers.settings)
        self._recording: Recording | None = None

    def get(self, path: str, default: Any = None) -> Any:
        """Return text and metadata of a file, or `default` if it must be read."""
        self._stop()
        entry = self._sources.entries.get(path)
        reader = self._reader_of(path)
        if entry is not None and reader is not None and entry.metadata:
            self._sources.used.add(path)
            if hasattr(reader, "restore"):
                reader.restore(path, entry.kept)
            return entry.content, self._decoded(json.loads(entry.metadata))
        self._recording = Recording.started()
        return default

    def put(self, path: str, data: tuple[str | None, dict[str, Any]]) -> None:
        """Cache what a file was just parsed to."""
        recording = self._stop()
        reader = self._reader_of(path)
        content, metadata = data
        if recording is None or recording.warnings:
            return
        if content is None or not may_keep(reader):
            return
        now, access = self._sources.now, recording.access
        entry = entry_of(path, content, metadata, reader, access, now)
        if entry is not None:
            self._sources.add(path, entry)

    def _reader_of(self, path: str) -> Any:
        return self._readers.get(path.rpartition(".")[2])

    def _stop(self) -> "Recording | None":
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.stack.close()
        return recording


@dataclass(frozen=True, slots=True)
class Recording:
    """What happens while a file is read: the files it opens, and its warnings."""

    stack: ExitStack
    access: AccessLog
    warnings: list[str]

    @classmethod
    def started(cls) -> "Recording":
        """Return a recording that lasts until its stack is closed."""
        stack = ExitStack()
        access = stack.enter_context(recorded_access())
        return cls(stack, access, stack.enter_context(captured_warnings()))


def may_keep(reader: Any) -> bool:
    """Return whether a reader is known to do nothing but read."""
    return type(reader) in _PURE_READERS or hasattr(reader, "restore")


def entry_of(
    path: str,
    content: str,
    metadata: dict[str, Any],
    reader: Any,
    access: AccessLog,
    now: int,
) -> CachedSource | None:
    """Return the entry of a file just read; None if it must be read every time."""
    if not access.pure:
        return None
    try:
        plain = json.dumps(encoded(metadata))
        kept = reader.keep(path) if hasattr(reader, "keep") else None
    except NotSerializable:
        return None
    sources = {path, *map(os.path.abspath, access.opened)}
    stamps = {one: stamp_of(one, now) for one in sources if not is_package(one)}
    for name, kind in access.looked.items():
        one = os.path.abspath(name)
        if not is_package(one):
            add(stamps, one, kind)
    return CachedSource(content, plain, kept, stamps, digest=text_digest(content).hex())


def of_entry(entry: CachedSource) -> tuple[list[Any], str | bytes]:
    """Return an entry as plain values, and its text apart."""
    plain = [entry.metadata, entry.kept, entry.sources, entry.merged]
    of_post = [entry.attributes, entry.digest, entry.addresses, entry.kind]
    return [*plain, *of_post], entry.raw


def to_row(
    path: str, entry: CachedSource, paths: KeptPaths
) -> tuple[str, list[Any], str | bytes]:
    """Return the row of an entry: its key, plain values, and its text apart.

    What says itself where the site lies is true there alone: then the key is the whole
    path, which no copy of the site looks for.
    """
    (metadata, kept, sources, *others), raw = of_entry(entry)
    bound = paths.are_named_in(raw) or paths.are_named_in(
        repr([metadata, kept, others])
    )
    relative = {paths.kept(one): stamp for one, stamp in sources.items()}
    key = path if bound else paths.kept(path)
    return key, [metadata, kept, relative, *others], raw


def _fits(plain: Any) -> bool:
    """Return whether this is an entry as plain values; else the file is read again."""
    match plain:
        case [str(), _, dict(sources), merged, attributes, str(), addresses, str()]:
            maybe = (merged, dict), (attributes, list), (addresses, dict)
            return all(v is None or isinstance(v, kind) for v, kind in maybe) and all(
                isinstance(stamp, str) for stamp in sources.values()
            )
    return False


def to_entry(plain: list[Any], raw: str | bytes) -> CachedSource:
    """Return the entry that `of_entry` took apart."""
    return CachedSource(raw, *plain)


def from_row(row: StoredRow, paths: KeptPaths) -> CachedSource:
    """Return the entry of a row that `to_row` gave."""
    entry = to_entry(row.plain, row.data)
    entry.sources = {paths.whole(one): s for one, s in entry.sources.items()}
    return entry

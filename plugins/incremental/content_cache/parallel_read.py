"""Reads posts that are not remembered, on all cores, before Pelican asks for them."""

import os
from typing import Any

from pelican.plugins.signals import article_generator_preread, page_generator_preread

from ..state.audit import recorded_access
from ..system import process_pool
from ..system.progress import progress
from .source_cache import SourceCache, entry_of, may_keep, of_entry, to_entry

_PATHS = (("ARTICLE_PATHS", "ARTICLE_EXCLUDES"), ("PAGE_PATHS", "PAGE_EXCLUDES"))


def prefetch(generator: Any, reading: SourceCache) -> None:
    """Fill `reading` with what a generator of posts or pages is about to read."""
    kind = (
        0 if hasattr(generator, "articles") else 1 if hasattr(generator, "pages") else 2
    )
    if kind == 2 or (article_generator_preread, page_generator_preread)[kind].receivers:
        return  # who listens before each reading is told of each
    paths, excludes = (generator.settings[name] for name in _PATHS[kind])
    readers = generator.readers.readers
    missing, base = [], os.path.abspath(generator.path)
    for file in generator.get_files(paths, exclude=excludes):
        path = os.path.normpath(f"{base}/{file}")
        reader = readers.get(path.rpartition(".")[2])
        if path not in reading.entries and may_keep(reader):
            missing.append(path)
    if not process_pool.can_fork(len(missing)):
        return

    def read(path: str) -> Any:
        reader = readers[path.rpartition(".")[2]]
        with recorded_access() as seen:
            content, metadata = reader.read(path)
        if content is None:
            return None
        entry = entry_of(path, content, _kept(metadata), reader, seen, reading.now)
        return None if entry is None else of_entry(entry)

    with progress("reading posts", len(missing)) as step:
        for path, row in process_pool.map_forked(read, missing):
            step()
            if row is not None:
                reading.add(path, to_entry(*row))


def _kept(metadata: dict[str, Any]) -> dict[str, Any]:
    from pelican.readers import _DISCARD

    return {name: value for name, value in metadata.items() if value is not _DISCARD}

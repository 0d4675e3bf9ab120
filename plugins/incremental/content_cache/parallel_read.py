"""Reads posts that are not cached, on all cores, before Pelican reads them."""

import os
from typing import Any

from pelican.plugins.signals import article_generator_preread, page_generator_preread

from ..state.audit import recorded_access
from ..system import process_pool
from ..system.progress import progress
from .source_cache import SourceCache, entry_of, may_keep, of_entry, to_entry

_ARTICLE_SETTINGS = ("ARTICLE_PATHS", "ARTICLE_EXCLUDES")
_PAGE_SETTINGS = ("PAGE_PATHS", "PAGE_EXCLUDES")


def prefetch(generator: Any, reading: SourceCache) -> None:
    """Fill the cache with what a generator of posts or pages is about to read."""
    readers = generator.readers.readers
    missing = [
        path
        for path in _source_paths(generator)
        if path not in reading.entries
        and may_keep(readers.get(path.rpartition(".")[2]))
    ]
    if not process_pool.can_fork(len(missing)):
        return

    def read(path: str) -> Any:
        reader = readers[path.rpartition(".")[2]]
        with recorded_access() as access:
            content, metadata = reader.read(path)
        if content is None:
            return None
        entry = entry_of(
            path, content, _without_discarded(metadata), reader, access, reading.now
        )
        return None if entry is None else of_entry(entry)

    with progress("reading posts", len(missing)) as step:
        for path, row in process_pool.map_forked(read, missing):
            step()
            if row is not None:
                reading.add(path, to_entry(*row))


def _source_paths(generator: Any) -> list[str]:
    """Return the files of a generator, if nothing is to happen between reading two."""
    if hasattr(generator, "articles"):
        signal, names = article_generator_preread, _ARTICLE_SETTINGS
    elif hasattr(generator, "pages"):
        signal, names = page_generator_preread, _PAGE_SETTINGS
    else:
        return []
    if signal.receivers:
        return []  # these must be called right before each file is read
    paths, excludes = (generator.settings[name] for name in names)
    base = os.path.abspath(generator.path)
    files = generator.get_files(paths, exclude=excludes)
    return [os.path.normpath(f"{base}/{file}") for file in files]


def _without_discarded(metadata: dict[str, Any]) -> dict[str, Any]:
    from pelican.readers import _DISCARD

    return {name: value for name, value in metadata.items() if value is not _DISCARD}

"""Makes unchanged posts without asking for each what the settings say of its path.

Pelican puts a post's metadata together from the settings, from its path and from its
text. What came of it is remembered with the post. Pelican looks for a whole post where
its own cache would have it; there it finds one that was made from what is remembered.
"""

import os
from contextlib import ExitStack
from typing import Any

from pelican.contents import Article, Page

from . import strangers
from .listening import listening
from .reading import NotPlain, Reading, decoded, encoded

_HOOKS = {
    Article: ("article_generator_preread", "article_generator_context"),
    Page: ("page_generator_preread", "page_generator_context"),
}


def attach(generator: Any, reading: Reading) -> None:
    """Answer a generator's question for cached posts, if nobody meddles with posts."""
    kind = Article if hasattr(generator, "articles") else Page
    settings = generator.settings
    if strangers.named((*_HOOKS[kind], "content_object_init")):
        return
    if settings.get("TYPOGRIFY") or settings.get("DEFAULT_DATE") == "fs":
        return  # the text is changed afterwards, or the date is not in the text
    ears = ExitStack()
    said: list[str] = []

    def place(name: str) -> str:
        return os.path.abspath(os.path.join(generator.path, name))

    def get(name: str, default: Any = None) -> Any:
        ears.close()
        path = place(name)
        entry = reading.entries.get(path)
        reader = generator.readers.readers.get(path.rpartition(".")[2])
        if entry is None or entry.merged is None or reader is None:
            nonlocal said
            said = ears.enter_context(listening())
            return default
        reading.used.add(path)
        if hasattr(reader, "restore"):
            reader.restore(path, entry.kept)
        return kind(
            content=entry.content,
            metadata=decoded(entry.merged, settings),
            settings=settings,
            source_path=path,
            context=generator.context,
        )

    def put(name: str, post: Any) -> None:
        """Pelican has found the post to be valid, and wants it remembered."""
        ears.close()
        entry = reading.entries.get(place(name))
        if entry is None or entry.merged is not None or said or type(post) is not kind:
            return
        try:
            entry.merged = encoded(post.metadata)
        except NotPlain:
            return
        reading.new[place(name)] = entry

    generator.get_cached_data, generator.cache_data = get, put

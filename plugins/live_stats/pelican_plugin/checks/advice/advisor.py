"""All advice on the content of a site."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ....model.errors import Advice
from ....model.values import Reference, hashtag_name
from ....rendering import slots
from ...content.figures import Figure, FigureResolver
from ...content.front_matter.blocks import metadata_line
from ...content.sources import Source
from . import dialects, hashtags, markup, media, structure
from .post import Post
from .readings import Readings, Use


@dataclass(frozen=True, kw_only=True)
class Advisor:
    """What to give advice on: posts and pages that Pelican has read.

    `contents` has each with whether it is a published post. `sources` has the Markdown
    files by their paths. `usual` has the references of each hashtag, by its name.
    `site` is the address of the site.
    """

    contents: Collection[tuple[Any, bool]]
    sources: Mapping[str, Source]
    display_path: Callable[[Path], str]
    readings: Readings
    resolver: FigureResolver
    usual: Mapping[str, Collection[Reference]]
    site: str

    def find(self, only: Collection[str] | None = None) -> list[Advice]:
        """All advice, sorted by place, without repetitions.

        With `only`, that on these files, by their absolute paths.
        """
        found: set[Advice] = set()
        uses: list[Use] = []
        for content, public in self.contents:
            if only is not None and content.source_path not in only:
                continue
            post = self._post(content)
            found |= set(structure.find(post)) | set(markup.find(post))
            found |= set(dialects.find(post))
            found |= set(media.find(post, self.site))
            if public:
                found |= set(hashtags.find(post, _listed(content)))
            uses += self._uses(content, post, public)
        found |= set(self.readings.find(uses))
        return sorted(found)

    def _post(self, content: Any) -> Post:
        path = Path(content.source_path)
        source = self.sources.get(content.source_path)
        raw = source.raw if source else path.read_text("utf-8-sig", errors="replace")
        return Post(
            path=self.display_path(path),
            title=slots.plain(str(content.title)),
            raw=raw,
            html=content._content or "",
        )

    def _uses(self, content: Any, post: Post, public: bool) -> Iterator[Use]:
        """The figures of a text, and the hashtags of its front matter."""
        source = self.sources.get(content.source_path)
        if source is not None:
            # A copy, for its mistakes are reported already.
            copy = replace(source, mistakes=[])
            dated = getattr(content, "date", None)
            day = dated.date() if dated else None
            for figure in self.resolver.figures(copy, content.lang, day):
                yield _use(post.path, figure)
        for name in _listed(content) if public else ():
            for reference in self.usual.get(name, ()):
                line = metadata_line(post.raw, "hashtags")
                yield Use(
                    path=post.path, line=line, reference=reference, words=f"#{name}"
                )


def _use(path: str, figure: Figure) -> Use:
    claim = figure.claim if figure.mode == "beside" else None
    words = f'"{figure.claim.text}"' if figure.claim else figure.series
    return Use(
        path=path,
        line=figure.line,
        reference=figure.reference,
        words=words,
        claim=claim,
    )


def _listed(content: Any) -> set[str]:
    """The names of the hashtags in a post's front matter."""
    value = content.metadata.get("hashtags", "")
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return {hashtag_name(part.strip()) for part in re.split("[,;]", text)}

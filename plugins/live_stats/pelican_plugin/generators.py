"""Pages that come from no file of the author: hashtags, data, cards, status."""

import json
from typing import Any, Protocol

from pelican.generators import Generator, PelicanTemplateNotFound

from .template_api.hashtags import CARD, Hashtag
from .template_api.stats import Stats

STATUS = "status/index.html"
STATUS_JSON = "status/status.json"

FOLDERS = frozenset({"hashtags", "data", "embed", "status"})
"""The folders of the output that these pages and files lie in."""


class Writer(Protocol):
    """What the generator needs of Pelican's writer, as `incremental` extends it."""

    def write_file(
        self, name: str, template: Any, context: Any, **more: Any
    ) -> None: ...

    def leave(self, name: str, text: str) -> None:
        """Write a file that is not rendered from a template."""


class LiveStatsGenerator(Generator):
    """Writes what lies in the `FOLDERS`, and the preview images of posts.

    A page is written if the theme has its template, the other files anyway.
    """

    def generate_output(self, writer: Writer) -> None:
        stats: Stats = self.context["stats"]
        data = bool(self.settings.get("LIVE_STATS_DATA"))
        share = bool(self.settings.get("LIVE_STATS_SHARE_IMAGES"))
        if stats.hashtags:
            path = "hashtags/index.html"
            self._write(writer, "statistics/hashtags", path, hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            # Not its url: that is percent-encoded, and files are not.
            self._write(writer, "statistics/hashtag", hashtag.save_as, hashtag=hashtag)
            for file in hashtag.derived(data=data, share=share):
                writer.leave(file.save_as, file.slot)
        if data:
            self._data(writer, stats)
        self._write(writer, "statistics/status", STATUS)
        for article in self.context["articles"]:
            for post in (article, *article.translations):
                if post.share:
                    writer.leave(post.share, post.share_slot)
        writer.leave(STATUS_JSON, stats.status_json)

    def _data(self, writer: Writer, stats: Stats) -> None:
        """The history for others, and a card of each hashtag for their pages."""
        parts = stats.history
        for part in parts:
            for file in part.files:
                writer.leave(file.save_as, file.slot)
        self._write(
            writer,
            "statistics/data",
            "data/index.html",
            hashtags=stats.hashtags,
            parts=parts,
        )
        for hashtag in stats.hashtags:
            path = f"embed/{hashtag.name}/index.html"
            card = self._write(writer, "statistics/embed", path, hashtag=hashtag)
            if card and hashtag.registry.address:
                writer.leave(f"embed/{hashtag.name}/oembed.json", oembed(hashtag))

    def _write(self, writer: Writer, template: str, path: str, **more: Any) -> bool:
        """Write a page if the theme has its template; whether it has."""
        try:
            found = self.get_template(template)
        except PelicanTemplateNotFound:
            return False
        writer.write_file(
            path,
            found,
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            template_name=template,
            url=path.removesuffix("index.html"),
            **more,
        )
        return True


class _NameRecorder:
    """A writer that writes nothing, and keeps the names of the files."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def write_file(self, name: str, template: Any, context: Any, **more: Any) -> None:
        self.names.append(name)

    def leave(self, name: str, text: str) -> None:
        self.names.append(name)


def addresses(generator: Any) -> list[str]:
    """The files that a generator will write, if it is ours; empty for others."""
    recorder = _NameRecorder()
    if isinstance(generator, LiveStatsGenerator):
        generator.generate_output(recorder)
    return recorder.names


def oembed(hashtag: Hashtag) -> str:
    """The oEmbed answer (JSON) that shows a hashtag's card on another site."""
    entry = {
        "version": "1.0",
        "type": "rich",
        "provider_name": hashtag.registry.site,
        "provider_url": f"{hashtag.registry.address}/",
        "title": f"#{hashtag.label}",
        "html": hashtag.frame,
        "width": CARD[0],
        "height": CARD[1],
        "cache_age": 3600,
    }
    return json.dumps(entry, indent=1, ensure_ascii=False) + "\n"

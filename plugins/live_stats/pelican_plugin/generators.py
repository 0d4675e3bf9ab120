"""Pages that no file of the author stands behind: hashtags, data, cards, health."""

import json
from typing import Any

from pelican.generators import Generator, PelicanTemplateNotFound

from .template_api.hashtags import CARD, Hashtag

STATUS = "status/index.html"
STATUS_JSON = "status/status.json"
FORMATS = ("csv", "json", "sqlite3")


FOLDERS = frozenset({"hashtags", "data", "embed", "status"})


class LiveStatsGenerator(Generator):
    """Writes what lies in the `FOLDERS`.

    Each page is there if the theme has its template; the files are there anyway.
    """

    def generate_output(self, writer: Any) -> None:
        stats = self.context["stats"]
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

    def _data(self, writer: Any, stats: Any) -> None:
        """The history for others, and a card of each hashtag for their pages."""
        for form in FORMATS:
            writer.leave(f"data/observations.{form}", stats.observations(form))
        self._write(
            writer, "statistics/data", "data/index.html", hashtags=stats.hashtags
        )
        for hashtag in stats.hashtags:
            path = f"embed/{hashtag.name}/index.html"
            card = self._write(writer, "statistics/embed", path, hashtag=hashtag)
            if card and hashtag.registry.address:
                writer.leave(f"embed/{hashtag.name}/oembed.json", oembed(hashtag))

    def _write(self, writer: Any, template: str, path: str, **more: Any) -> bool:
        """Whether there is such a page: not every theme has its template."""
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


class _Names(list[str]):
    """A writer that writes nothing: what it was asked for."""

    def write_file(self, name: str, *given: Any, **more: Any) -> None:
        self.append(name)

    def leave(self, name: str, text: str) -> None:
        self.append(name)


def addresses(generator: Any) -> list[str]:
    """The files that a generator will write, if it is ours."""
    names = _Names()
    if isinstance(generator, LiveStatsGenerator):
        generator.generate_output(names)
    return names


def oembed(hashtag: Hashtag) -> str:
    """What a page that is given the address of a hashtag shows in its place."""
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

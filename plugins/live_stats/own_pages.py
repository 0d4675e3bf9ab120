"""Pages that no file of the author stands behind: hashtags, data, cards, health."""

import json
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from pelican.generators import Generator, PelicanTemplateNotFound

from .hashtags import Hashtag

STATUS = "status/index.html"
STATUS_JSON = "status/status.json"
FORMATS = ("csv", "json", "sqlite3")
EMBED_WIDTH, EMBED_HEIGHT = 600, 440  # px


class OwnPages(Generator):
    """Writes `hashtags/`, `data/`, `embed/` and `status/`.

    Each page is there if the theme has its template; the files are there anyway.
    """

    def generate_output(self, writer: Any) -> None:
        stats = self.context["stats"]
        data = bool(self.settings.get("LIVE_STATS_DATA"))
        share = bool(self.settings.get("LIVE_STATS_SHARE_IMAGES"))
        if stats.hashtags:
            path = "hashtags/index.html"
            self._write(writer, "hashtags", path, hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            # Not its url: that is percent-encoded, and files are not.
            self._write(writer, "hashtag", hashtag.save_as, hashtag=hashtag)
            for file in hashtag.derived(data=data, share=share):
                writer.leave(file.save_as, file.slot)
        if data:
            self._data(writer, stats)
        self._write(writer, "status", STATUS)
        for article in self.context["articles"]:
            for post in (article, *article.translations):
                if post.share:
                    writer.leave(post.share, post.share_slot)
        writer.leave(STATUS_JSON, stats.status_json)

    def _data(self, writer: Any, stats: Any) -> None:
        """The history for others, and a card of each hashtag for their pages."""
        for form in FORMATS:
            writer.leave(f"data/observations.{form}", stats.observations(form))
        self._write(writer, "data", "data/index.html", hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            path = f"embed/{hashtag.name}/index.html"
            card = self._write(writer, "embed", path, hashtag=hashtag)
            address = str(self.settings.get("SITE_ADDRESS", ""))
            if card and address:
                about = oembed(hashtag, address, str(self.settings["SITENAME"]))
                writer.leave(f"embed/{hashtag.name}/oembed.json", about)

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


def oembed(hashtag: Hashtag, address: str, site: str) -> str:
    """What a page that is given the address of a hashtag shows in its place."""
    frame = Markup(
        '<iframe src="{}/embed/{}/" title="#{}" width="{}" height="{}" loading="lazy" '
        'style="border:0;max-width:100%"></iframe>'
    ).format(
        *(address, quote(hashtag.name), hashtag.label, EMBED_WIDTH, EMBED_HEIGHT),
    )
    entry = {
        "version": "1.0",
        "type": "rich",
        "provider_name": site,
        "provider_url": f"{address}/",
        "title": f"#{hashtag.label}",
        "html": str(frame),
        "width": EMBED_WIDTH,
        "height": EMBED_HEIGHT,
        "cache_age": 3600,
    }
    return json.dumps(entry, indent=1, ensure_ascii=False) + "\n"

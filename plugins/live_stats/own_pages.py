"""Pages that no file of the author stands behind: hashtags, and how collecting goes."""

from pathlib import Path
from typing import Any

from pelican.generators import Generator

STATUS = "status/index.html"
STATUS_JSON = "status/status.json"


class OwnPages(Generator):
    """Writes `hashtags/`, `hashtags/<name>/` and `status/`.

    Each is there if the theme has its template.
    """

    def generate_output(self, writer: Any) -> None:
        stats = self.context["stats"]
        if stats.hashtags:
            path = "hashtags/index.html"
            self._write(writer, "hashtags", path, hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            # Not its url: that is percent-encoded, and files are not.
            self._write(writer, "hashtag", hashtag.save_as, hashtag=hashtag)
        self._write(writer, "status", STATUS)
        for article in self.context["articles"]:
            for post in (article, *article.translations):
                if post.share:
                    self._leave(post.share, post.share_slot)
        self._leave(STATUS_JSON, stats.status_json)

    def _leave(self, name: str, slot: str) -> None:
        """A file that is all slot."""
        file = Path(self.output_path) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(slot, encoding="utf-8")

    def _write(self, writer: Any, template: str, path: str, **more: Any) -> None:
        writer.write_file(
            path,
            self.get_template(template),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            template_name=template,
            url=path.removesuffix("index.html"),
            **more,
        )

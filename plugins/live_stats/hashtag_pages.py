"""A page per hashtag, and one of them all, from the theme's templates."""

from typing import Any

from pelican.generators import Generator


class HashtagGenerator(Generator):
    """Writes `hashtags/` and `hashtags/<name>/` where the theme has the templates."""

    def generate_output(self, writer: Any) -> None:
        stats = self.context["stats"]
        if stats.hashtags:
            self._write(writer, "hashtags", "hashtags/", hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            self._write(writer, "hashtag", hashtag.url, hashtag=hashtag)

    def _write(self, writer: Any, template: str, url: str, **more: Any) -> None:
        writer.write_file(
            f"{url}index.html",
            self.get_template(template),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            template_name=template,
            url=url,
            **more,
        )

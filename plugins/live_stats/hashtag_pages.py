"""A page per hashtag, and one of them all, from the theme's templates."""

from typing import Any

from pelican.generators import Generator


class HashtagGenerator(Generator):
    """Writes `hashtags/` and `hashtags/<name>/` where the theme has the templates."""

    def generate_output(self, writer: Any) -> None:
        stats = self.context["stats"]
        if stats.hashtags:
            path = "hashtags/index.html"
            self._write(writer, "hashtags", path, hashtags=stats.hashtags)
        for hashtag in stats.hashtags:
            # Not its url: that is percent-encoded, and files are not.
            self._write(writer, "hashtag", hashtag.save_as, hashtag=hashtag)

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

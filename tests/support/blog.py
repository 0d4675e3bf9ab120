"""A small Pelican site to edit and build, with and without the plugin."""

import logging
import os
import shutil
from pathlib import Path

from pelican.log import console
from pelican.settings import DEFAULT_CONFIG, configure_settings

from pelican import Pelican

THEME = {
    path.name: path.read_text()
    for path in sorted((Path(__file__).parent / "blog_theme").glob("*.html"))
}

SETTINGS = {
    "SITENAME": "A blog",
    "SITEURL": "https://blog.example",
    "AUTHOR": "Ada",
    "TIMEZONE": "UTC",
    "DEFAULT_LANG": "en",
    "LINKS": [("one", "https://one.example")],
    "ARTICLE_PATHS": ["posts"],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "DEFAULT_PAGINATION": 2,
    "ARTICLE_URL": "posts/{slug}/",
    "ARTICLE_SAVE_AS": "posts/{slug}/index.html",
    "ARTICLE_LANG_URL": "posts/{slug}/{lang}/",
    "ARTICLE_LANG_SAVE_AS": "posts/{slug}/{lang}/index.html",
    "TAG_SAVE_AS": "tag/{slug}/index.html",
    "TAG_URL": "tag/{slug}/",
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "FEED_ALL_ATOM": "feeds/all.xml",
    "FEED_DOMAIN": "https://blog.example",
    "CATEGORY_FEED_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "FEED_MAX_ITEMS": 3,
    "RELATIVE_URLS": True,
    "SUMMARY_MAX_LENGTH": 5,
    "WITH_FUTURE_DATES": False,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
}


class Blog:
    """A site below `folder`. `build` makes it with the plugin, `clean` without."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = dict(SETTINGS)
        for name in ("posts", "pages", "images", "includes"):
            (folder / "content" / name).mkdir(parents=True)
        self.templates = folder / "theme" / "templates"
        self.templates.mkdir(parents=True)
        (folder / "theme" / "static").mkdir()
        (folder / "theme" / "static" / "style.css").write_text("p {}")
        for name, text in THEME.items():
            (self.templates / name).write_text(text)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def build(self, **more: object) -> dict[str, bytes]:
        return self._build(self.folder / "output", ["incremental"], more)

    def clean(self, **more: object) -> dict[str, bytes]:
        output = self.folder / "clean"
        shutil.rmtree(output, ignore_errors=True)
        return self._build(output, [], more)

    def _build(self, output: Path, plugins: list[str], more: dict) -> dict[str, bytes]:
        console.quiet = True
        logger = logging.getLogger("pelican")
        before = logger.level
        settings = DEFAULT_CONFIG | self.settings | more
        settings |= {
            "PATH": str(self.folder / "content"),
            "OUTPUT_PATH": str(output),
            "THEME": more.get("THEME", str(self.folder / "theme")),
            "PLUGINS": [*plugins, *self.settings.get("PLUGINS", [])],
            "MARKDOWN": {
                "extension_configs": {"markdown.extensions.extra": {}},
                "output_format": "html5",
            },
            "INCREMENTAL_PATH": str(self.folder / "state"),
        }
        settings |= {k: more[k] for k in ("INCREMENTAL_PATH", "MARKDOWN") if k in more}
        logger.setLevel(logging.CRITICAL)
        try:
            Pelican(configure_settings(settings)).run()
        finally:
            logger.setLevel(before)
        return files(output)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """What differs between two sites, in lines that can be read."""
    found = []
    for name in sorted(one.keys() | other.keys()):
        if name not in one:
            found.append(f"{name} is missing")
        elif name not in other:
            found.append(f"{name} is left over")
        elif one[name] != other[name]:
            found.append(f"{name}: {one[name]!r} is not {other[name]!r}")
    return found


def stats(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (os.stat(path).st_mtime_ns, os.stat(path).st_ino)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

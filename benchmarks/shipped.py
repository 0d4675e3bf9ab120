"""The site as it ships: its own settings, theme, pages and plugins, share images and
search; and Hugo followed by Pagefind, which makes a search index as ours does."""

import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from .corpus import Post
from .ours import START, Ours
from .peers import Hugo, Pelican

ROOT = Path(__file__).parent.parent
PARTS = ("pelicanconf.py", "publishconf.py", "theme", "content/pages")


class Shipped(Ours):
    """What a clone of this repository publishes, with the posts of the benchmark
    instead of its own. Nobody is asked."""

    label = "ours as shipped"
    skeletons = ()

    def __init__(self, folder: Path, programs: Path) -> None:
        super().__init__(
            folder, programs, ("incremental", "theme_support", "live_stats")
        )

    def lay_out(self, posts: Iterable[Post]) -> None:
        all_posts = tuple(posts)
        Pelican.lay_out(self, all_posts)
        for name in PARTS:
            self._copy(ROOT / name, self.folder / name)
        self._copy_plugins()
        self._now = START
        self.observe(all_posts)

    def _copy(self, source: Path, target: Path) -> None:
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignore)
        else:
            shutil.copy(source, target)

    def head(self, post: Post) -> str:
        """With the address that Hugo gives it: that of the file."""
        return f"{super().head(post)}Slug: {post.name}\nHashtags: {post.topic}\n"


class HugoPagefind(Hugo):
    """Hugo, then Pagefind over all that it wrote: both, each time, as a script for
    the two would have it. The program of Pagefind is that of `.venv`."""

    label = "Hugo"
    skeletons = ("hugo", "hugo-shipped")
    pictures = "static/images"
    picture_address = "/images"

    def version(self) -> str:
        return f"{super().version()} + Pagefind {version('pagefind')}"

    def command(self, *, refresh: bool) -> list[str]:
        both = '"$@" && exec "$0" -m pagefind --quiet --site ' + self.output
        return ["sh", "-c", both, sys.executable, *super().command(refresh=refresh)]

    def head(self, post: Post) -> str:
        above, rule, rest = super().head(post).rpartition("---\n")
        return f"{above}hashtags: [{post.topic}]\n{rule}{rest}"

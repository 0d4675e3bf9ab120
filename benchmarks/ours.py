"""Our own tool: the site of the stock Pelican, our plugins, and figures that live."""

import compileall
import json
import shutil
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .corpus import Post
from .peers import Pelican

SOURCE = Path(__file__).parent.parent / "src"
PLUGINS = SOURCE / "pelican" / "plugins"
OBSERVATIONS = "content/data/observations"
DAYS = 6  # what Mastodon counts a hashtag over
START = datetime(2024, 1, 10, 12, tzinfo=UTC)


class Ours(Pelican):
    """Publishes without asking anybody; the history is what the jobs append to.

    `plugins` are the names of those to use; one that the checkout lacks is passed over.
    """

    name = "ours"
    label = "ours"
    skeletons = ("pelican", "ours")
    kept = (".build",)
    environment = {"PYTHONPATH": "src"}

    def __init__(self, folder: Path, programs: Path, plugins: Iterable[str]) -> None:
        super().__init__(folder, programs)
        self.plugins = [
            name for name in plugins if (PLUGINS / name / "__init__.py").is_file()
        ]

    def lay_out(self, posts: Iterable[Post]) -> None:
        all_posts = tuple(posts)
        super().lay_out(all_posts)
        # Copies, so that a run of hours measures one version of them.
        self._copy_plugins()
        self._now = START
        self.observe(all_posts)

    def _copy_plugins(self) -> None:
        target = self.folder / "src"
        ignore = shutil.ignore_patterns("__pycache__")
        for name in self.plugins:
            shutil.copytree(
                PLUGINS / name, target / "pelican/plugins" / name, ignore=ignore
            )
        shutil.copy(SOURCE / "live_stats_command.py", target)
        compileall.compile_dir(target, quiet=1)

    def command(self, *, refresh: bool) -> list[str]:
        command = "refresh" if refresh else "publish"
        return [sys.executable, "-m", "live_stats_command", command, "--offline"]

    def version(self) -> str:
        return f"({' + '.join(self.plugins)})"

    def figure(self, post: Post) -> str:
        return f"[over 1,000](stat:mastodon/tag/{post.topic})"

    def observe(self, posts: tuple[Post, ...]) -> None:
        """One line for each topic of `posts`, as a collection would append it."""
        if not posts:
            return
        self._now += timedelta(days=1)
        readings = {post.topic: post.reading for post in posts}
        file = self.folder / OBSERVATIONS / f"{self._now:%Y-%m}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "a", encoding="utf-8") as lines:
            for topic, reading in sorted(readings.items()):
                lines.write(self._line(topic, reading))

    def _line(self, topic: str, reading: int) -> str:
        entry = {
            "exactness": "exact",
            "from": f"{self._now - timedelta(days=DAYS):%Y-%m-%d}",
            "observed_at": f"{self._now:%Y-%m-%dT%H:%M:%SZ}",
            "series": f"mastodon/tag/{topic}/posts@{DAYS}d",
            "source": "https://mastodon.social/api/v1/tags/" + topic,
            "to": f"{self._now - timedelta(days=1):%Y-%m-%d}",
            "value": reading,
        }
        return json.dumps(entry, sort_keys=True, separators=(",", ":")) + "\n"

"""A small site in a folder of its own, built by the real commands."""

import hashlib
import shutil

import time_machine

from pelican.plugins.live_stats.cli import parser

from .paths import ROOT

SETTINGS = f"""
from pathlib import Path
exec(Path({str(ROOT / "pelicanconf.py")!r}).read_text(encoding="utf-8"))
THEME = "theme"
SITE_ADDRESS = SITEURL = FEED_DOMAIN = "https://blog.example"
SITE_PATH = "/"
LIVE_STATS_DEADLINE = 3
SEARCH = False
LIVE_STATS_SHARE_IMAGES = False
"""
POST = """Title: {title}
Date: {date}
Category: News
Hashtags: MeToo
Slug: {slug}
Summary: A summary without figures.

Shared [over 21,000](stat:x/post/1/reposts) times. {text}
"""


class Site:
    """`publish` and `refresh` run as from the shell; `now` is the time they see."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.now = "2026-11-24T12:00:00Z"
        self.out = ""
        (folder / "content").mkdir()
        shutil.copytree(ROOT / "theme", folder / "theme")
        self.write("conf.py", SETTINGS)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def post(self, slug="a", text="", title="A title", date="2017-10-17"):
        values = {"slug": slug, "text": text, "title": title, "date": date}
        self.write(f"content/posts/{slug}.md", POST.format(**values))

    def run(self, *arguments):
        """One command; gives its exit code, and keeps what it said in `out`."""
        return self.tell(*arguments, "--settings", "conf.py")

    def tell(self, *arguments):
        """One command that reads no settings file, as `run` does it."""
        with time_machine.travel(self.now, tick=True):
            code = parser.main([*arguments])
        said = self.capsys.readouterr()
        self.out = said.out + said.err
        return code

    def publish(self, *arguments):
        return self.run("publish", *arguments)

    def refresh(self, *arguments):
        return self.run("refresh", *arguments)

    def read(self, path):
        return (self.folder / "output" / path).read_text(encoding="utf-8")

    def files(self):
        """Every file of the output, with its bytes' digest and its time."""
        output = self.folder / "output"
        return {
            path.relative_to(output).as_posix(): (
                hashlib.sha256(path.read_bytes()).hexdigest(),
                path.stat().st_mtime_ns,
            )
            for path in sorted(output.rglob("*"))
            if path.is_file()
        }

    def bytes(self):
        return {path: digest for path, (digest, _) in self.files().items()}

    def from_scratch(self):
        """What an offline publish writes with nothing but content and history."""
        for name in ("output", ".build"):
            shutil.rmtree(self.folder / name)
        assert self.publish("--offline") == 0, self.out
        return self.bytes()

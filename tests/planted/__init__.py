"""Mistakes planted in a site: each must be found at its line, and its mend must work.

A module for each kind of mistake lists them as `CASES`, and as `FINE` what looks like
one and is none. `test_planted` publishes and checks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Files = Mapping[str, str | bytes]

HEAD = "Title: {title}\nDate: 2017-10-17\nCategory: News\n\n"
"""The front matter of a post; its text begins in line 5."""


def post(title: str, text: str) -> str:
    """A post, correct but for what `text` has. No two may have the same `title`."""
    return HEAD.format(title=title) + text


@dataclass(frozen=True, kw_only=True)
class Case:
    """One planted mistake.

    `name` is unique. `files` are added to a site that is otherwise correct, by path
    from its folder: "content/posts/a.md". The mistake must be reported at `at`, a path
    and a line ("content/posts/a.md:7") or a path alone, and its message must have each
    text of `says`. `mended` replaces files, and what it maps to None is deleted: then
    the mistake is gone, and the site builds.

    `settings` are lines added to the settings file. A case that has some, or needs a
    site to itself (`alone`), is built by itself; all others of a module are built
    together, so they show that all mistakes are listed in one run. `advice` is what
    only `check` reports: publishing goes on.
    """

    name: str
    files: Files = field(default_factory=dict)
    at: str
    says: tuple[str, ...]
    mended: Mapping[str, str | bytes | None] = field(default_factory=dict)
    settings: str = ""
    mended_settings: str = ""
    alone: bool = False
    advice: bool = False


@dataclass(frozen=True, kw_only=True)
class Fine:
    """What is no mistake: it builds, and `check` says nothing of it."""

    name: str
    files: Files
    settings: str = ""
    alone: bool = False

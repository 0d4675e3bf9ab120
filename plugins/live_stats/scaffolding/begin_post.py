"""`new`: begin a post, as a dated draft with an example figure."""

import argparse
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pelican.settings import read_settings
from pelican.utils import slugify

from ..i18n.language_tags import LanguageError, checked
from ..model.errors import Mistake, Mistakes
from ..model.values import hashtag_name
from ..pelican_plugin.site_settings.checks import check_settings
from ..references.catalogue import AddressError, parse

LONGEST = 80
"""Letters of an address, and of a file's name: what follows is cut off."""

TEXT = """\
Write here. A number that is a link is counted, now and later: {figure}.
docs/how-to/write-posts.md shows every form.
"""


class WrongOption(Exception):
    """An option that cannot be used: what is wrong, and what to write."""


def new_command(options: argparse.Namespace) -> int:
    """Write the draft, say where it is, and open it in the author's editor."""
    check_settings(options.settings)
    settings = read_settings(options.settings)
    try:
        title = _title(options.title)
        hashtags = _hashtags(options.hashtags or "")
        lang = _language(options.lang, settings)
    except WrongOption as error:
        print(f"new: {error}", file=sys.stderr)
        return 2
    today = datetime.now(ZoneInfo(settings.get("TIMEZONE", "UTC"))).date().isoformat()
    slug, whole = _slug(title, today, settings)
    folder = _folder(settings)
    path = folder / f"{today}-{slug}.md"
    _check_is_new(path, folder, slug)
    head = {
        "Title": title,
        "Date": today,
        "Hashtags": ", ".join(hashtags),
        "Lang": lang,
        "Slug": "" if whole else slug,
        "Status": "draft",
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    text = "\n".join(lines) + "\n\n" + TEXT.format(figure=_figure(hashtags))
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    if not whole:
        print(f"the title makes no address of its own, so the post has Slug: {slug}")
    print(f"{path}: a draft; make dev shows it")
    print("delete its line Status: draft, and make publish publishes it")
    _open(path)
    return 0


def _title(given: str | None) -> str:
    if given is None and sys.stdin.isatty():
        given = input("Title: ")
    title = " ".join((given or "").split())
    title = "".join(sign for sign in title if unicodedata.category(sign) != "Cc")
    if not title:
        raise WrongOption('the post needs a title; make new title="My first post"')
    return title


def _hashtags(given: str) -> list[str]:
    found = [part.strip().lstrip("#") for part in re.split("[,;]", given)]
    for label in filter(None, found):
        try:
            parse(f"mastodon/tag/{quote(hashtag_name(label), safe='')}")
        except AddressError as error:
            what = f'"{label}" is no hashtag: {error.what}'
            raise WrongOption(f"{what}; {error.mend}") from error
    return [label for label in found if label]


def _language(given: str | None, settings: dict[str, Any]) -> str:
    """The language to name in the post; empty if it is the site's own."""
    if not given:
        return ""
    try:
        lang = checked(given)
    except LanguageError as error:
        raise WrongOption(f'lang is "{given}", and {error}') from error
    return "" if lang.casefold() == settings["DEFAULT_LANG"].casefold() else lang


def _slug(title: str, today: str, settings: dict[str, Any]) -> tuple[str, bool]:
    """The slug, and whether Pelican makes the same of the title by itself."""
    slug = slugify(
        title,
        regex_subs=settings.get("SLUG_REGEX_SUBSTITUTIONS", []),
        preserve_case=settings.get("SLUGIFY_PRESERVE_CASE", False),
        use_unicode=settings.get("SLUGIFY_USE_UNICODE", False),
    )
    slug = slug.replace("/", "-").strip("-.")
    if not slug:  # emoji, signs
        return f"post-{today}", False
    if len(slug.encode()) > LONGEST:
        cut = slug.encode()[:LONGEST].decode(errors="ignore")
        return (cut.rpartition("-")[0] or cut), False
    return slug, True


def _folder(settings: dict[str, Any]) -> Path:
    """Where posts lie: the first of ARTICLE_PATHS, as seen from here."""
    paths = list(settings["ARTICLE_PATHS"]) or [""]
    return Path(os.path.relpath(os.path.join(settings["PATH"], paths[0])))


def _check_is_new(path: Path, folder: Path, slug: str) -> None:
    """Raise `Mistakes` if a post of that title is there, of today or another day."""
    dated = re.compile(r"(\d{4}-\d{2}-\d{2}-)?" + re.escape(slug) + r"\.\w+")
    there = [path] if path.exists() else []
    if folder.is_dir():
        there += [one for one in folder.iterdir() if dated.fullmatch(one.name)]
    for one in there:
        what = "a post of this title is here already, and it was left as it is"
        mend = "edit it, or choose another title"
        raise Mistakes([Mistake(path=str(one), what=what, mend=mend)])


def _figure(hashtags: list[str]) -> str:
    """An example that needs no key: in brackets with no words, a number alone."""
    if not hashtags:
        views = "views of the Wikipedia article on hashtags"
        return f'[](stat:wikipedia/article/Hashtag/views "{views}") {views}'
    name = quote(hashtag_name(hashtags[0]), safe="")
    posts = f"posts with #{hashtags[0]} on Mastodon"
    return f'[](stat:mastodon/tag/{name} "{posts}") {posts}'


def _open(path: Path) -> None:
    """Open a file in the author's editor, if one is named and there is a terminal."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not editor or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        subprocess.call([*shlex.split(editor), str(path)])
    except (OSError, ValueError) as error:
        print(f"the editor {editor} could not be started: {error}", file=sys.stderr)

"""The settings that something here reads, and those that are probably misspelt."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from ...model.errors import Mistake
from ...model.settings import Settings
from .places import Places

# Those that Pelican documents and has no default for, and those of its own themes.
_PELICAN = """
AUTHOR AUTHOR_REGEX_SUBSTITUTIONS CATEGORY_FEED_RSS CATEGORY_REGEX_SUBSTITUTIONS
DAY_ARCHIVE_URL DEFAULT_DATE DISQUS_SITENAME FEED_ALL_ATOM_URL FEED_ALL_RSS
FEED_ALL_RSS_URL FEED_ATOM FEED_ATOM_URL FEED_DOMAIN FEED_RSS FEED_RSS_URL
CATEGORY_FEED_ATOM_URL CATEGORY_FEED_RSS_URL AUTHOR_FEED_ATOM_URL AUTHOR_FEED_RSS_URL
GITHUB_URL GOOGLE_ANALYTICS LINKS LINKS_WIDGET_NAME MENUITEMS SITELOGO SITESUBTITLE
SLUG_SUBSTITUTIONS SOCIAL SOCIAL_WIDGET_NAME STYLESHEET_URL TAG_FEED_ATOM
TAG_FEED_ATOM_URL TAG_FEED_RSS TAG_FEED_RSS_URL TAG_REGEX_SUBSTITUTIONS TIMEZONE
TRANSLATION_FEED_ATOM_URL TRANSLATION_FEED_RSS TRANSLATION_FEED_RSS_URL
TWITTER_USERNAME
""".split()
_OF_THE_SITE = """
ACCENT_COLOR ANALYTICS DATA_LICENSE FAVICON FOLLOW NEWSLETTER POLICY_HASHES SEARCH
SITE_ADDRESS SITE_PATH SUBSCRIBE_TEXT
INCREMENTAL_FRESH INCREMENTAL_HOLD INCREMENTAL_PATH INCREMENTAL_PROCESSES
INCREMENTAL_PURE
""".split()
_TEMPLATES = "index tags categories authors archives period_archives".split()

SURE, SURE_IF_SHORT = 0.9, 0.85
"""How alike two names are of which one is taken for the other, from 0 to 1.

One letter too many, too few, wrong or in another place. One wrong letter is a greater
part of a short name.
"""
_SHORT = 10


def known_names(settings: Mapping[str, Any]) -> set[str]:
    """Every setting that Pelican, the plugins or the theme of this site read."""
    names = {*DEFAULT_CONFIG, *_PELICAN, *_OF_THE_SITE}
    names |= {f"LIVE_STATS_{item.name.upper()}" for item in fields(Settings)}
    templates = settings.get("DIRECT_TEMPLATES", ())
    for template in (*_TEMPLATES, *(templates if _are_texts(templates) else ())):
        names |= {f"{template.upper()}_SAVE_AS", f"{template.upper()}_URL"}
    return names


def misspelt(settings: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    """The names that nothing reads, and that are almost one that something does.

    Those with the prefix of live_stats are left to `Settings.parse`.
    """
    known = known_names(settings)
    for name in settings:
        folded = name.upper()
        if name in known or name in places.read or name.startswith("LIVE_STATS_"):
            continue
        if folded in known:
            if name in places.lines:
                what = f"{name} is no setting: those have capitals only"
                yield places.at(name, what, f"write {folded}")
        elif name.isupper():
            near = _nearest(name, known)
            if near and not _is_used_by_theme(name, settings):
                what = f"{name} is no setting"
                yield places.at(name, what, f'did you mean "{near}"?')


def _nearest(name: str, known: Iterable[str]) -> str:
    sure = SURE if len(name) > _SHORT else SURE_IF_SHORT
    found = get_close_matches(name, sorted(known), n=1, cutoff=sure)
    return found[0] if found else ""


def _is_used_by_theme(name: str, settings: Mapping[str, Any]) -> bool:
    """Whether a template has the name: then it is a setting of the theme's own."""
    folders = [
        settings.get("THEME"),
        *(settings.get("THEME_TEMPLATES_OVERRIDES") or ()),
    ]
    for folder in folders:
        if not isinstance(folder, str):
            continue
        for file in Path(folder).rglob("*.html"):
            text = file.read_text(encoding="utf-8", errors="replace")
            if re.search(rf"\b{name}\b", text):
                return True
    return False


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)

"""Checks the values of common settings, which Pelican takes as they are.

Each check returns what is wrong with a value and how to mend it, or None.
"""

import importlib.util
import os
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.machinery import PathFinder
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pelican.settings import DEFAULT_CONFIG

import pelican
from pelican import plugins

from ...i18n.language_tags import LanguageError, checked
from ...model.errors import Mistake
from ...model.suggestions import distance, nearest
from .places import Places

Wrong = tuple[str, str] | None
Check = Callable[[str, Any, Mapping[str, Any]], Wrong]

_PICTURES = ("svg", "png", "jpg", "jpeg", "webp", "gif", "avif")
_EITHER = ("LOCALE", "DEFAULT_METADATA", "LOG_FILTER")
"""Lists by default which Pelican takes in other forms too."""


def wrong_values(settings: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    """The mistakes in the values of settings, each at its line."""
    for name, value in settings.items():
        check = CHECKS.get(name)
        if check is not None:
            found = check(name, value, settings)
            if found is not None:
                yield places.at(name, f"{name} {found[0]}", found[1])


def _list(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, str):
        return f"is {value!r}, and a list is wanted", f'write {name} = ["{value}"]'
    if not isinstance(value, list | tuple | set | frozenset):
        return f"is {value!r}, and a list is wanted", f'write {name} = ["…"], or []'
    return None


def _texts(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if wrong := _list(name, value, settings):
        return wrong
    for one in value:
        if not isinstance(one, str | os.PathLike):
            return f"has {one!r} in it, which is no text", f'write {name} = ["…"]'
    return None


def _mapping(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, Mapping):
        return None
    return f"is {value!r}, and a dictionary is wanted", f'write {name} = {{"…": …}}'


def _switch(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, str):
        return f"is {value!r}, and every text counts as yes", "write True or False"
    return None


def _number(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if value is None or value is False:
        return None  # the way to turn one off
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return None
    number = value if isinstance(value, str) and value.isdecimal() else "10"
    return f"is {value!r}, and a number is wanted", f"write {name} = {number}"


def _text(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, str):
        return None
    return f"is {value!r}, and a text is wanted", f'write {name} = "…"'


def _named(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, str) and value.strip():
        return None
    return f"is {value!r}, and the site needs a name", f'write {name} = "My blog"'


def _save_as(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if isinstance(value, str) or not value:  # empty: no such page
        return None
    return f"is {value!r}, and a text is wanted", f'write {name} = "…/index.html"'


_OF_POSTS = ("slug", "lang", "date", "author", "category", "title", "path", "filename")
_PLACEHOLDERS = {
    **dict.fromkeys(("ARTICLE", "DRAFT", "PAGE"), _OF_POSTS),
    **dict.fromkeys(("CATEGORY", "TAG", "AUTHOR"), ("slug", "name")),
}


def _pattern(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    """Of an address that is made for each post, page or word: its places in braces."""
    if wrong := _save_as(name, value, settings):
        return wrong
    known = _PLACEHOLDERS[name.partition("_")[0]]
    try:
        fields = [field for _, field, _, _ in Formatter().parse(value or "") if field]
    except ValueError as error:
        return f"is {value!r} ({error})", "write each place as {slug}"
    for field in fields:
        word = re.split(r"[.\[]", field)[0]
        if word not in known and (near := nearest(word, known)):
            return f"has {{{word}}} in it, which is unknown", f"write {{{near}}}"
    return None


def _paths(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    """A folder that is not there may come later, but hardly beside one like it."""
    if wrong := _texts(name, value, settings):
        return wrong
    home = os.path.dirname(settings.get("__file__", ""))
    content = os.path.join(home, str(settings.get("PATH") or ""))
    for one in map(str, value):
        if os.path.exists(os.path.join(content, one)) or not os.path.isdir(content):
            continue
        near = [file.name for file in os.scandir(content) if file.name not in value]
        near = [name for name in near if distance(name, one) == 1]
        if near:
            return (
                f'has "{one}" in it, and there is no such folder',
                f'write "{near[0]}"',
            )
    return None


def _folder(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if not isinstance(value, str | os.PathLike):
        return (
            f"is {value!r}, and the name of a folder is wanted",
            f'write {name} = "…"',
        )
    beside = os.path.dirname(settings.get("__file__", ""))
    if os.path.isdir(os.path.join(beside, value)) or os.path.isdir(value):
        return None
    if name == "THEME":
        themes = os.path.join(os.path.dirname(pelican.__file__), "themes")
        if os.path.isdir(os.path.join(themes, value)):
            return None
    here = [entry.name for entry in os.scandir(beside or ".") if entry.is_dir()]
    near = nearest(str(value), here)
    mend = f'did you mean "{near}"?' if near else "make it, or name another"
    return f'is "{value}", and there is no such folder here', mend


def _time_zone(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    with suppress(KeyError, ValueError, TypeError, OSError):
        ZoneInfo(value)
        return None
    zones = available_timezones()
    near = nearest(str(value), zones) or _by_city(str(value), zones)
    mend = f'did you mean "{near}"?' if near else 'write one such as "Europe/Berlin"'
    return f"is {value!r}, and there is no such time zone", mend


def _by_city(value: str, zones: set[str]) -> str:
    """The zone of a city whose name is like `value`."""
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones, reverse=True)}
    return cities.get(nearest(value.replace(" ", "_"), cities), "")


def _language(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    try:
        checked(value)
    except LanguageError as error:
        return f"is {value!r}, and {error.what}", error.mend
    return None


def _plugins(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    if value is None:
        return None  # all that are installed
    if wrong := _list(name, value, settings):
        return wrong
    ours = [found.name for found in pkgutil.iter_modules(plugins.__path__)]
    paths = [str(path) for path in settings.get("PLUGIN_PATHS") or ()]
    for plugin in value:
        if (
            not isinstance(plugin, str)
            or plugin.removeprefix("pelican.plugins.") in ours
        ):
            continue
        if not _can_be_imported(plugin, paths):
            near = nearest(plugin, ours)
            mend = f'did you mean "{near}"?' if near else "install it, or take it out"
            return f'names "{plugin}", and there is no such plugin', mend
    return None


def _can_be_imported(name: str, paths: list[str]) -> bool:
    if PathFinder.find_spec(name.partition(".")[0], paths):
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _pairs(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    mend = f'write {name} = [("Label", "https://…")]'
    if not isinstance(value, list | tuple):
        return f"is {value!r}, and a list of pairs is wanted", mend
    for one in value:
        texts = isinstance(one, list | tuple) and all(isinstance(t, str) for t in one)
        if not texts or len(one) < 2:
            return f"has {one!r} in it, which is no label with its address", mend
    return None


def _follow(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    mend = f'write {name} = [{{"label": "Follow us", "page": "https://…"}}]'
    if not isinstance(value, list | tuple):
        return f"is {value!r}, and a list is wanted", mend
    for one in value:
        if not isinstance(one, Mapping) or not {"label", "page"} <= one.keys():
            return f"has {one!r} in it, which has no label or no page", mend
    return None


def _picture(name: str, value: Any, settings: Mapping[str, Any]) -> Wrong:
    """Check a picture of the site: `images/logo.svg`, `theme/favicon.svg`."""
    if not value:
        return None
    mend = f"put it into {settings.get('PATH', 'content')}/images/"
    mend = f'{mend}, and write {name} = "images/…"'
    if not isinstance(value, str) or "://" in value:
        return f"is {value!r}, and pages load no picture from elsewhere", mend
    kinds = ("svg", "png", "ico") if name == "FAVICON" else _PICTURES
    if value.rpartition(".")[2].lower() not in kinds:
        return (
            f'is "{value}"',
            f"write a file of one of these kinds: {', '.join(kinds)}",
        )
    if not any(map(os.path.isfile, _sources_of(value, settings))):
        return f'is "{value}", and the site has no such file', mend
    return None


def _sources_of(value: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """The files that may be copied to a place of the site."""
    home = os.path.dirname(settings.get("__file__", ""))
    content = os.path.join(home, settings.get("PATH") or "")
    theme_folder = f"{settings.get('THEME_STATIC_DIR', 'theme')}/"
    if value.startswith(theme_folder):
        theme = os.path.join(home, str(settings.get("THEME", "")))
        yield os.path.join(theme, "static", value.removeprefix(theme_folder))
    for path in settings.get("STATIC_PATHS") or ():
        if path in ("", ".") or value == path or value.startswith(f"{path}/"):
            yield os.path.join(content, value)
    for path, more in (settings.get("EXTRA_PATH_METADATA") or {}).items():
        if isinstance(more, Mapping) and more.get("path") == value:
            yield os.path.join(content, path)


def _by_default(name: str, default: Any) -> Check | None:
    """The check for values of the same kind as Pelican's default."""
    if name in _EITHER:
        return None
    if name.endswith(("_SAVE_AS", "_URL")):
        return _save_as
    if isinstance(default, bool):
        return _switch
    if isinstance(default, list | tuple):
        texts = all(isinstance(one, str) for one in default)
        return _texts if texts and name.endswith(("_PATHS", "TEMPLATES")) else _list
    return _mapping if isinstance(default, Mapping) else None


CHECKS: dict[str, Check] = {
    name: check
    for name, default in DEFAULT_CONFIG.items()
    if (check := _by_default(name, default))
}
CHECKS |= {
    **{
        f"{kind}_{end}": _pattern
        for kind in _PLACEHOLDERS
        for end in ("URL", "SAVE_AS", "LANG_URL", "LANG_SAVE_AS")
    },
    **dict.fromkeys(("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS"), _paths),
    "AUTHOR": _text,
    "DEFAULT_LANG": _language,
    "DEFAULT_ORPHANS": _number,
    "DEFAULT_PAGINATION": _number,
    "FAVICON": _picture,
    "FOLLOW": _follow,
    "LINKS": _pairs,
    "MENUITEMS": _pairs,
    "OUTPUT_PATH": _text,
    "PATH": _folder,
    "PLUGINS": _plugins,
    "SITELOGO": _picture,
    "SITENAME": _named,
    "SITESUBTITLE": _text,
    "SITEURL": _text,
    "SITE_ADDRESS": _text,
    "SOCIAL": _pairs,
    "SUBSCRIBE_TEXT": _text,
    "SUMMARY_MAX_LENGTH": _number,
    "THEME": _folder,
    "TIMEZONE": _time_zone,
}

"""Validates what the settings of all services have: a name, keys, addresses."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .errors import SettingError

# No character that could end a quoted value, a header or a directive of a policy: it
# would add a line of somebody else's to `_headers`.
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/%?&=+@:-]*)?")


def service(setting: str, value: Any, known: Iterable[str], example: str) -> str:
    """The service that `value` names.

    Raises SettingError if it names none, or one that is not in `known`.
    """
    names = sorted(known)
    if not isinstance(value, Mapping):
        raise SettingError(f"{setting} is {value!r}", f'write "" for off, or {example}')
    if "service" not in value:
        raise SettingError(f"{setting} names no service", f"write {example}")
    name = value["service"]
    if name not in names:
        raise SettingError(
            f'{setting} names the service "{name}", which is unknown here',
            hint(name, names),
        )
    return str(name)


def hint(name: Any, known: list[str]) -> str:
    """What may have been meant by `name`, and what is known."""
    # live_stats has the same in model/suggestions.py; this plugin must work without it.
    near = difflib.get_close_matches(str(name), known, n=1)
    guess = f'did you mean "{near[0]}"? ' if near else ""
    return f"{guess}known: {', '.join(known)}"


def keys(setting: str, value: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raise SettingError if `value` has a key that its service does not know."""
    names = ["service", *known]
    for key in value:
        if key not in names:
            raise SettingError(
                f'{setting} has the key "{key}", which {value["service"]} does not use',
                hint(key, names),
            )


def text(
    setting: str, value: Mapping[str, Any], key: str, pattern: str, example: str
) -> str:
    """The text under `key`. Raises SettingError if it is missing or does not fit."""
    found = value.get(key, "")
    write = f'write "{key}": "{example}"'
    if found == "":
        raise SettingError(f'{setting} has no "{key}" for {value["service"]}', write)
    if isinstance(found, bool) or not re.fullmatch(pattern, str(found)):
        raise SettingError(
            f'{setting} has "{key}": {found!r}, which is no {key} of '
            f"{value['service']}",
            write,
        )
    return str(found)


def address(setting: str, value: Mapping[str, Any], key: str, example: str) -> str:
    """The https address under `key`, without a slash at its end.

    Empty if it is not set. Raises SettingError if it is not https: a page on https may
    load nothing else.
    """
    found = value.get(key, "")
    if found == "":
        return ""
    if not isinstance(found, str) or not _ADDRESS.fullmatch(found):
        raise SettingError(
            f'{setting} has "{key}": {found!r}, which is no https address',
            f'write "{key}": "{example}"',
        )
    return found.rstrip("/")


def origin(found: str) -> str:
    """Scheme and host of an address: what a policy names as a source."""
    parts = urlsplit(found)
    return f"{parts.scheme}://{parts.netloc.lower()}"

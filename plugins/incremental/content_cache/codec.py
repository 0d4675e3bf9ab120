"""The metadata of posts as plain values, that JSON can hold, and back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pelican.urlwrappers import Author, Category, Tag
from pelican.utils import SafeDatetime, get_date

_WRAPPERS = {cls.__name__: cls for cls in (Category, Tag, Author)}


class NotSerializable(Exception):
    """A value of the metadata that cannot be cached as a plain value."""


def encoded(value: Any) -> Any:
    """Return metadata as values that JSON can hold. Raises `NotSerializable`."""
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return value
    if kind is list:
        return ["list", *map(encoded, value)]
    if kind is dict and all(type(key) is str for key in value):
        return {key: encoded(item) for key, item in value.items()}
    if kind in (Category, Tag, Author) and value._slug_from_name:
        return [kind.__name__, value.name]
    if kind in (SafeDatetime, datetime):
        text = value.isoformat()
        again = get_date(text)
        same = again == value and again.tzname() == value.tzname()
        if same and kind is SafeDatetime and type(again.tzinfo) is type(value.tzinfo):
            return ["date", text]
    raise NotSerializable(kind.__name__)


def decoder(settings: Any) -> Callable[[Any], Any]:
    """Return the function that undoes `encoded`. Tags are made anew: never shared."""
    known: dict[tuple[str, str], tuple[Any, str, str]] = {}

    def wrapper(kind: str, name: str) -> Any:
        first = known.get((kind, name))
        if first is None:
            made = _WRAPPERS[kind](name, settings)
            first = known[kind, name] = type(made), made._name, made.slug
        one = object.__new__(first[0])
        one.settings, one._name = settings, first[1]
        one._slug, one._slug_from_name = first[2], True
        return one

    def decoded(value: Any) -> Any:
        if type(value) is str:  # by far the most
            return value
        if type(value) is list:
            kind = value[0]
            if kind == "list":
                return [decoded(item) for item in value[1:]]
            if kind == "date":
                date = SafeDatetime.fromisoformat(value[1])
                return date if date.tzinfo is None else get_date(value[1])
            return wrapper(*value)
        if type(value) is dict:
            return {
                key: item if type(item) is str else decoded(item)
                for key, item in value.items()
            }
        return value

    return decoded

"""Digests of lists and mappings: of their items, and of those parts that are read."""

import datetime
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, Undefined
from pelican.urlwrappers import URLWrapper

from ..system.digests import hashed
from ..template_analysis.access import (
    DECIDED,
    EACH,
    ITEMS,
    KEYS,
    LENGTH,
    MEMBER,
    SHOWN,
    TRUTH,
    VALUES,
    WHOLE,
    AccessTree,
)

PLAIN = (
    str,
    bytes,
    int,
    float,
    bool,
    type(None),
    datetime.date,
    datetime.timedelta,
    datetime.tzinfo,
)
MISSING = b"\0missing"
AS_SHOWN, AS_WHOLE = AccessTree({SHOWN}), AccessTree({WHOLE})


class UnknownValue(Exception):
    """A file must be rendered every time; says why."""


class ContainerDigester:
    """The part of `Values` that knows lists and mappings."""

    env: Environment

    def digest(self, value: Any, use: AccessTree) -> bytes:
        raise NotImplementedError

    def attribute(self, value: Any, name: Any, use: AccessTree) -> bytes:
        raise NotImplementedError

    def listed(self, value: Any, use: AccessTree) -> bytes:
        ways, parts = use.ways, [b"list"]
        if isinstance(value, set | frozenset):
            value = sorted(value, key=repr)
        if WHOLE in ways:
            return hashed(b"list", *(self.digest(item, use) for item in value))
        if SHOWN in ways or MEMBER in ways:
            parts += [self.digest(item, AS_SHOWN) for item in value]
        if LENGTH in ways:
            parts.append(str(len(value)).encode())
        if TRUTH in ways or DECIDED in ways:
            parts.append(str(bool(value)).encode())
        for step, part in use.parts.items():
            parts.append(repr(step).encode())
            name = step[0]
            if name == "each":
                parts.append(self.each(value, part))
            elif name == "slice":
                parts.append(self._each_of(value[slice(*step[1:])], part))
            elif name == "item" and isinstance(step[1], int):
                try:
                    parts.append(self.digest(value[step[1]], part))
                except IndexError:
                    parts.append(MISSING)
            elif name == "attr" and (
                "call" in {s[0] for s in part.parts} or part.parts
            ):
                # A method of the list: count, index, copy.
                parts.append(hashed(*(self.digest(item, AS_WHOLE) for item in value)))
            elif name in ("item", "attr"):
                parts.append(self.attribute(value, step[1], part))
            elif name in ("values", "keys", "items"):
                continue  # a list has none: the use was for a mapping
            else:
                raise UnknownValue(f"{name} of a list is read")
        return hashed(*parts)

    def each(self, value: Any, use: AccessTree) -> bytes:
        raise NotImplementedError

    def _each_of(self, value: Any, use: AccessTree) -> bytes:
        """A slice is a new list: its identity says nothing, so it is not remembered."""
        return self.listed(value, use)

    def mapped(self, value: Mapping[Any, Any], use: AccessTree) -> bytes:
        parts = [b"mapping"]
        if SHOWN in use.ways or WHOLE in use.ways:
            for key, item in value.items():
                parts += [_key(key), self.digest(item, AS_WHOLE)]
        if MEMBER in use.ways:
            parts += map(_key, value)
        if LENGTH in use.ways or TRUTH in use.ways or DECIDED in use.ways:
            parts.append(str(len(value)).encode())
        for step, part in use.parts.items():
            parts.append(repr(step).encode())
            if step in (EACH, KEYS):
                parts += map(_key, value)
            elif step in (ITEMS, VALUES):
                each = part.parts.get(EACH)
                parts.append(str(len(value)).encode())
                if part.ways - {LENGTH, TRUTH, DECIDED}:
                    each = AS_WHOLE
                for key, item in value.items() if each else ():
                    pair = (key, item) if step == ITEMS else item
                    found = (
                        self.listed(pair, each)
                        if step == ITEMS
                        else self.digest(item, each)
                    )
                    parts.append(found)
            elif step[0] in ("item", "attr"):
                get = self.env.getitem if step[0] == "item" else self.env.getattr
                found = get(value, step[1])
                if isinstance(found, Undefined):
                    parts.append(MISSING)
                elif callable(found) and part.parts:
                    parts.append(self.digest(value, AS_WHOLE))
                else:
                    parts.append(self.digest(found, part))
            else:
                raise UnknownValue(f"{step[0]} of a mapping is read")
        return hashed(*parts)


def _key(key: Any) -> bytes:
    if isinstance(key, URLWrapper):
        return f"{key.name}|{key.slug}".encode()
    if isinstance(key, PLAIN):
        return repr(key).encode("utf-8", "surrogatepass")
    raise UnknownValue(f"a {type(key).__name__} is the key of a mapping")

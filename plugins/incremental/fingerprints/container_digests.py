"""Digests of lists and mappings: of their items, and of those parts that are read."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from pelican.urlwrappers import URLWrapper

from ..system.digests import hashed
from ..template_analysis.access import EACH, ITEMS, KEYS, VALUES, Access, AccessTree
from .plain_digests import PLAIN_TYPES
from .unknown import MISSING, UnknownValue

if TYPE_CHECKING:
    from .values import ValueDigester

SEQUENCE_TYPES = (list, tuple, set, frozenset)
AS_SHOWN, AS_WHOLE = AccessTree({Access.SHOWN}), AccessTree({Access.WHOLE})
_COUNT = frozenset({Access.LENGTH, Access.TRUTH, Access.DECIDED})


class SequenceDigester:
    """Digests lists, tuples and sets; `values` digests their items."""

    def __init__(self, values: "ValueDigester") -> None:
        self._values = values

    def digest(self, value: Any, tree: AccessTree) -> bytes:
        """Return the digest of what `tree` reads of a sequence."""
        if isinstance(value, set | frozenset):
            value = sorted(value, key=repr)
        if Access.WHOLE in tree.ways:
            return hashed(b"list", *self._items(value, tree))
        parts = [b"list", *self._itself(value, tree.ways)]
        for step, part in tree.parts.items():
            parts += [repr(step).encode(), self._part(value, step, part)]
        return hashed(*parts)

    def _items(self, value: Any, tree: AccessTree) -> Iterator[bytes]:
        return (self._values.digest(item, tree) for item in value)

    def _itself(self, value: Any, ways: set[Access]) -> Iterator[bytes]:
        if Access.SHOWN in ways or Access.MEMBER in ways:
            yield from self._items(value, AS_SHOWN)
        if Access.LENGTH in ways:
            yield str(len(value)).encode()
        if Access.TRUTH in ways or Access.DECIDED in ways:
            yield str(bool(value)).encode()

    def _part(self, value: Any, step: Any, tree: AccessTree) -> bytes:
        match step[0]:
            case "each":
                return self._values.each(value, tree)
            case "slice":
                # A new list: its identity says nothing, so nothing is remembered.
                return self.digest(value[slice(*step[1:])], tree)
            case "item" if isinstance(step[1], int):
                try:
                    item = value[step[1]]
                except IndexError:
                    return MISSING
                return self._values.digest(item, tree)
            case "attr" if tree.parts and _is_method(step[1]):
                return hashed(*self._items(value, AS_WHOLE))
            case "item" | "attr":
                return self._values.attribute(value, step[1], tree)
            case "values" | "keys" | "items":
                return b""  # a list has none: the step is for a mapping
        raise UnknownValue(f"{step[0]} of a list is read")


class MappingDigester:
    """Digests mappings; `values` digests what they hold."""

    def __init__(self, values: "ValueDigester", sequences: SequenceDigester) -> None:
        self._values, self._sequences = values, sequences

    def digest(self, value: Mapping[Any, Any], tree: AccessTree) -> bytes:
        """Return the digest of what `tree` reads of a mapping."""
        parts = [b"mapping", *self._itself(value, tree.ways)]
        for step, part in tree.parts.items():
            parts.append(repr(step).encode())
            if step in (EACH, KEYS):
                parts += map(self._key, value)
            elif step == ITEMS:
                parts += self._view(value, part, pairs=True)
            elif step == VALUES:
                parts += self._view(value, part, pairs=False)
            else:
                parts.append(self._part(value, step, part))
        return hashed(*parts)

    def _itself(self, value: Mapping[Any, Any], ways: set[Access]) -> Iterator[bytes]:
        if Access.SHOWN in ways or Access.WHOLE in ways:
            for key, item in value.items():
                yield self._key(key)
                yield self._values.digest(item, AS_WHOLE)
        if Access.MEMBER in ways:
            yield from map(self._key, value)
        if ways & _COUNT:
            yield str(len(value)).encode()

    def _view(
        self, value: Mapping[Any, Any], tree: AccessTree, *, pairs: bool
    ) -> Iterator[bytes]:
        """Digest the items or the values of a mapping, and how many there are."""
        yield str(len(value)).encode()
        each = AS_WHOLE if tree.ways - _COUNT else tree.parts.get(EACH)
        if each is None:
            return
        for key, item in value.items():
            if pairs:
                yield self._sequences.digest((key, item), each)
            else:
                yield self._values.digest(item, each)

    def _part(self, value: Mapping[Any, Any], step: Any, tree: AccessTree) -> bytes:
        if step[0] not in ("item", "attr"):
            raise UnknownValue(f"{step[0]} of a mapping is read")
        env = self._values.env
        get = env.getitem if step[0] == "item" else env.getattr
        found = get(value, step[1])
        if isinstance(found, Undefined):
            return MISSING
        if callable(found) and tree.parts:  # a method, which may read all of it
            return self._values.digest(value, AS_WHOLE)
        return self._values.digest(found, tree)

    def _key(self, key: Any) -> bytes:
        if isinstance(key, URLWrapper):
            return f"{key.name}|{key.slug}".encode()
        if isinstance(key, PLAIN_TYPES):
            return self._values.digest(key, AS_WHOLE)
        raise UnknownValue(f"a {type(key).__name__} is the key of a mapping")


def _is_method(name: Any) -> bool:
    """Return whether a name is a method of Python's own sequences: count, index."""
    return any(hasattr(kind, str(name)) for kind in SEQUENCE_TYPES)

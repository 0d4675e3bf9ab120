"""Digests of plain values: texts, numbers and dates.

A value of a subclass, such as a text with a `color`, is more than the plain value: what
its class and its own attributes add is digested too, as far as it is read.
"""

import datetime
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pelican.utils import SafeDatetime

from ..system.digests import hashed
from ..template_analysis.access import Access, AccessTree, Step

if TYPE_CHECKING:
    from .values import ValueDigester

PLAIN_TYPES = (
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
_KNOWN_SUBCLASSES = frozenset({Markup, SafeDatetime})
_INERT = frozenset(
    {
        *("__module__", "__doc__", "__dict__", "__weakref__", "__slots__"),
        *("__qualname__", "__annotations__", "__orig_bases__", "__parameters__"),
        *("__new__", "__init__", "__init_subclass__", "__class_getitem__"),
        *("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__"),
        *("__getnewargs__", "__getnewargs_ex__", "__copy__", "__deepcopy__"),
        *("__firstlineno__", "__static_attributes__", "__setattr__", "__delattr__"),
    }
)
"""Special names that do not decide how a value is shown, compared or tested."""


@dataclass(frozen=True, slots=True)
class _PlainClass:
    """What is known of a class of plain values.

    `base` is its nearest base that is plain itself, `added` are the classes that add to
    that. It `overrides` if these say themselves how a value is shown, compared or
    tested.
    """

    base: type
    plain_repr: Callable[[Any], str]
    added: tuple[type, ...]
    overrides: bool

    @classmethod
    def of(cls, kind: type) -> "_PlainClass":
        bases = [one for one in kind.__mro__ if _is_exact(one)]
        base = next(one for one in bases if issubclass(one, PLAIN_TYPES))
        before = kind.__mro__[: kind.__mro__.index(base)]
        added = tuple(one for one in before if not _is_exact(one))
        overrides = any(
            name.startswith("__") and name.endswith("__") and name not in _INERT
            for one in added
            for name in vars(one)
        )
        plain_repr: Callable[[Any], str] = vars(base).get("__repr__", repr)
        return cls(base, plain_repr, added, overrides)

    def attributes(self, value: Any) -> dict[str, Any]:
        """Return the attributes that a value itself has, those in slots included."""
        slots = {
            name: getattr(value, name)
            for one in self.added
            for name, member in vars(one).items()
            if isinstance(member, MemberDescriptorType) and hasattr(value, name)
        }
        return slots | getattr(value, "__dict__", {})

    def is_builtin(self, value: Any, step: Step) -> bool:
        """Return whether the plain value alone decides a part, as a text's `upper`."""
        if step[0] not in ("attr", "item") or not isinstance(step[1], str):
            return not self.overrides
        name = step[1]
        if name in getattr(value, "__dict__", ()):
            return False
        return hasattr(self.base, name) and not any(name in vars(o) for o in self.added)


class PlainDigester:
    """Digests plain values; `values` digests the attributes of subclasses."""

    def __init__(self, values: "ValueDigester") -> None:
        self._values = values
        self._classes: dict[type, _PlainClass] = {}

    def digest(self, value: Any, tree: AccessTree) -> bytes:
        """Return the digest of a plain value, and of what a subclass adds to it."""
        kind = type(value)
        known = self._classes.get(kind)
        if known is None:
            known = self._classes[kind] = _PlainClass.of(kind)
        # By the methods of the plain class: those of a subclass may say anything.
        if isinstance(value, str):
            plain = str.__str__(value).encode("utf-8", "surrogatepass")
        else:
            plain = known.plain_repr(value).encode("utf-8", "surrogatepass")
        found = hashed(kind.__name__.encode(), plain)
        if not known.added:
            return found
        itself = self._itself(value, tree.ways, known)
        return hashed(found, *itself, *self._parts(value, tree, known))

    def _itself(
        self, value: Any, ways: set[Access], known: _PlainClass
    ) -> Iterator[bytes]:
        """Digest what decides how the value itself is read, beside the plain value."""
        if isinstance(value, Enum):
            yield value.name.encode()
        elif ways and (Access.WHOLE in ways or known.overrides):
            yield str(value).encode("utf-8", "surrogatepass")
            whole = AccessTree({Access.WHOLE})
            yield self._values.digest(known.attributes(value), whole)

    def _parts(
        self, value: Any, tree: AccessTree, known: _PlainClass
    ) -> Iterator[bytes]:
        for step, part in tree.parts.items():
            if not known.is_builtin(value, step):
                yield repr(step).encode()
                yield self._values.part(value, step, part)


def _is_exact(kind: type) -> bool:
    """Return whether a class is plain itself, with nothing added by a plugin."""
    known = kind.__module__.partition(".")[0] in sys.stdlib_module_names
    return known or kind in _KNOWN_SUBCLASSES

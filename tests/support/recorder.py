"""Records what rendering a template reads of its context, to compare with predictions.

A page is rendered with recording values in the place of the real ones. Each is a proxy
that has the path by which the template got to it, such as `articles`, each item,
attribute `title`; what is read of it is a `Read`. Plain values, such as texts and
numbers, are given as they are: a fingerprint has all of one, or nothing.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jinja2 import Environment, Undefined
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup
from pelican.utils import SafeDatetime

from pelican.plugins.incremental.template_analysis.access import Access, AccessTree
from pelican.plugins.incremental.template_analysis.analyzer import TemplateReads
from pelican.plugins.incremental.template_analysis.constants import PATH_DEPENDENT

Path = tuple[Any, ...]
SEQUENCES = (list, tuple, set, frozenset)
PLAIN = frozenset(
    {str, bytes, int, float, bool, type(None), Markup, SafeDatetime}
    | {datetime.datetime, datetime.date, datetime.time, datetime.timedelta}
)
READS_WHOLE = ("tojson", "pprint", "xmlattr")  # cannot do with a proxy


@dataclass(frozen=True)
class Read:
    """One way in which the value at the end of a path was read."""

    path: Path
    way: str
    kind: type = field(compare=False)

    def __str__(self) -> str:
        steps = "".join(f" {step}" for step in self.path[1:])
        return f"{self.path[0]}{steps}: {self.way} of a {self.kind.__name__}"


# --- recording ------------------------------------------------------------------------


class Recorder:
    """Renders templates of one environment, and has what was read in `reads`."""

    def __init__(self, env: Environment) -> None:
        self.reads: dict[Read, None] = {}
        self.values: dict[str, Any] = {}
        self.env = env.overlay()
        self.env.context_class = type("_Context", (_Context,), {"recorder": self})
        self.env.filters = {
            name: value
            if FILTERS.get(name) is value and name not in READS_WHOLE
            else self._unwrapping(value)
            for name, value in env.filters.items()
        }
        self.env.tests = dict(env.tests)

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return a rendered template, as it is without recording."""
        self.reads = {}
        self.values = {**self.env.globals, **values}
        return self.env.get_template(name).render(values)

    def add(self, proxy: "Proxy", way: str) -> None:
        read = Read(path_of(proxy), way, type(target_of(proxy)))
        self.reads[read] = None

    def wrap(self, value: Any, path: Path) -> Any:
        """Return a value that records; the value itself if it is plain."""
        self.reads[Read(path, "found", type(value))] = None
        if type(value) in PLAIN or isinstance(value, Undefined | Proxy):
            return value
        if isinstance(value, str | int | float | bytes | datetime.tzinfo):
            return self._text(value, path) if type(value).__mro__[1] is str else value
        return Proxy(self, value, path)

    def _text(self, value: str, path: Path) -> Any:
        """Return a text that records its attributes, unless its class overrides."""
        own = {name for name in vars(type(value)) if name.startswith("__")}
        if own - {
            "__module__",
            "__doc__",
            "__dict__",
            "__weakref__",
            "__annotations__",
        }:
            return value
        found = _Text(value)
        found._record = partial(self._text_part, value, path)
        return found

    def _text_part(self, value: str, path: Path, name: str) -> Any:
        return self.wrap(getattr(value, name), (*path, ("attr", name)))

    def unwrap(self, value: Any) -> Any:
        """Return the real value, all of which may be read by whoever gets it."""
        if isinstance(value, Proxy):
            self.add(value, "whole")
            return target_of(value)
        if type(value) in (list, tuple, set):
            return type(value)(self.unwrap(item) for item in value)
        if type(value) is dict:
            return {key: self.unwrap(item) for key, item in value.items()}
        return value

    def _unwrapping(self, function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            args, kwargs = self.unwrap(args), self.unwrap(kwargs)
            return function(*args, **kwargs)

        for name in ("jinja_pass_arg", "jinja_async_variant"):
            if hasattr(function, name):
                setattr(call, name, getattr(function, name))
        return call


class _Text(str):
    _record: Any

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._record(name)


class _Context(Context):
    recorder: Recorder

    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        if found is missing:
            self.recorder.wrap(None, (key,))
            return missing
        given = self.recorder.values.get(key, missing) is found
        if not given or DEFAULT_NAMESPACE.get(key) is found:
            return found  # the template's own, or Jinja's
        return self.recorder.wrap(found, (key,))


class Proxy:
    """Stands for one value, and records what is read of it."""

    __slots__ = ("_path", "_recorder", "_target")

    def __init__(self, recorder: Recorder, target: Any, path: Path) -> None:
        for name, value in (("recorder", recorder), ("target", target), ("path", path)):
            object.__setattr__(self, f"_{name}", value)

    @property
    def __class__(self) -> Any:
        return type(target_of(self))

    def __getattr__(self, name: str) -> Any:
        target, recorder = target_of(self), recorder_of(self)
        if name.startswith("__") or name.startswith("jinja_"):
            found = getattr(target, name)
            if name == "__html__":
                recorder.add(self, "shown")
            return found
        if isinstance(target, Mapping) and name in ("items", "keys", "values", "get"):
            return getattr(_MappingMethods(self), name)
        step = ("attr", name)
        try:
            found = getattr(target, name)
        except AttributeError:
            recorder.wrap(None, (*path_of(self), step))
            raise
        return recorder.wrap(found, (*path_of(self), step))

    def __getitem__(self, key: Any) -> Any:
        target, recorder = target_of(self), recorder_of(self)
        key = recorder.unwrap(key)
        slicing = isinstance(key, slice)
        step = ("slice", key.start, key.stop, key.step) if slicing else ("item", key)
        try:
            found = target[key]
        except (LookupError, TypeError, AttributeError):
            recorder.wrap(None, (*path_of(self), step))
            raise
        return recorder.wrap(found, (*path_of(self), step))

    def _items(self, items: Any) -> Any:
        recorder, path = recorder_of(self), path_of(self)
        if isinstance(target_of(self), tuple):  # as a list, or for names in a row
            pairs = enumerate(items)
            return (recorder.wrap(one, (*path, ("item", n))) for n, one in pairs)
        path = (*path, ("each",))
        recorder.wrap(None, path)
        return (recorder.wrap(item, path) for item in items)

    def __iter__(self) -> Any:
        return self._items(iter(target_of(self)))

    def __reversed__(self) -> Any:
        return self._items(reversed(target_of(self)))

    def __len__(self) -> int:
        recorder_of(self).add(self, "length")
        return len(target_of(self))

    def __bool__(self) -> bool:
        recorder_of(self).add(self, "truth")
        return bool(target_of(self))

    def __contains__(self, item: Any) -> bool:
        recorder_of(self).add(self, "member")
        return (target_of(item) if type(item) is Proxy else item) in target_of(self)

    def __str__(self) -> str:
        recorder_of(self).add(self, "shown")
        return str(target_of(self))

    __repr__ = __str__

    def __hash__(self) -> int:
        recorder_of(self).add(self, "shown")
        return hash(target_of(self))

    def _against(self, other: Any, name: str) -> Any:
        recorder_of(self).add(self, "shown")
        if isinstance(other, Proxy):
            recorder_of(self).add(other, "shown")
            other = target_of(other)
        return getattr(type(target_of(self)), name)(target_of(self), other)

    def __eq__(self, other: object) -> Any:
        return self._against(other, "__eq__")

    def __ne__(self, other: object) -> Any:
        return self._against(other, "__ne__")

    def __lt__(self, other: Any) -> Any:
        return self._against(other, "__lt__")

    def __gt__(self, other: Any) -> Any:
        return self._against(other, "__gt__")

    def __le__(self, other: Any) -> Any:
        return self._against(other, "__le__")

    def __ge__(self, other: Any) -> Any:
        return self._against(other, "__ge__")

    def __add__(self, other: Any) -> Any:
        return type(target_of(self))([*self, *other])

    def __mul__(self, times: int) -> Any:
        return [*self] * times

    def __radd__(self, other: Any) -> Any:
        return type(other)([*other, *self])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        recorder = recorder_of(self)
        args, kwargs = recorder.unwrap(args), recorder.unwrap(kwargs)
        found = target_of(self)(*args, **kwargs)
        try:
            step: Path = ("call", args, tuple(kwargs.items()))
            hash(step)
        except TypeError:
            step = ("called",)
        return recorder.wrap(found, (*path_of(self), step))


class _MappingMethods:
    """`items`, `keys`, `values` and `get` of a mapping, whose parts record."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy, self._target = proxy, target_of(proxy)
        self._path, self._recorder = path_of(proxy), recorder_of(proxy)

    def items(self) -> Any:
        return Proxy(self._recorder, list(self._target.items()), self._at("items"))

    def values(self) -> Any:
        return Proxy(self._recorder, list(self._target.values()), self._at("values"))

    def keys(self) -> Any:
        return Proxy(self._recorder, list(self._target), self._at("keys"))

    def get(self, key: Any, default: Any = None) -> Any:
        return self._proxy[key] if key in self._target else self._missing(key, default)

    def _missing(self, key: Any, default: Any) -> Any:
        self._recorder.wrap(None, (*self._path, ("item", key)))
        return default

    def _at(self, view: str) -> Path:
        return (*self._path, (view,))


def target_of(proxy: Proxy) -> Any:
    return object.__getattribute__(proxy, "_target")


def path_of(proxy: Proxy) -> Path:
    found: Path = object.__getattribute__(proxy, "_path")
    return found


def recorder_of(proxy: Proxy) -> Recorder:
    found: Recorder = object.__getattribute__(proxy, "_recorder")
    return found


# --- comparing with a prediction ------------------------------------------------------


def not_predicted(
    reads: TemplateReads, recorder: Recorder, name: str, values: Mapping[str, Any]
) -> list[str]:
    """Return what a template reads and is not in the prediction, in lines.

    A template looks up all of its names as it begins, those of branches not taken too.
    So a name alone counts as read if the page is another one with another value.
    """
    text = recorder.render(name, values)
    missed = [read for read in recorder.reads if not _covered(reads, read)]
    found = {read for read in missed if len(read.path) > 1 or read.way != "found"}
    for read in missed:
        if len(read.path) == 1 and read.way == "found" and read.kind in PLAIN:
            root = read.path[0]
            changed = {**values, root: _another(values.get(root))}
            if recorder.render(name, changed) != text:
                found.add(read)
    return sorted(map(str, found))


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return f"{value} changed" if value is None or isinstance(value, str) else "changed"


def _covered(reads: TemplateReads, read: Read) -> bool:
    name = read.path[0]
    if name in PATH_DEPENDENT or name in reads.assumed:
        return True
    roots = [t[name] for t in (reads.names, reads.globals) if name in t]
    return any(_covers(root, read.path[1:], read) for root in roots)


def _covers(tree: AccessTree, path: Path, read: Read) -> bool:
    """Return whether a digest of `tree` has the value at the end of a path."""
    if Access.WHOLE in tree.ways:
        return True  # all parts too: or there is no digest
    if not path:
        return read.way == "found" or _reads_so(tree, read)
    step, rest = path[0], path[1:]
    if step[0] == "slice" and ("each",) in tree.parts:
        whole = not rest or rest[0] == ("each",)
        if whole and _covers(tree, rest, read):
            return True
    return any(
        _covers(part, rest, read)
        for known, part in tree.parts.items()
        for part in _alike(known, part, step)
    ) or _covers_as_text(tree, step, rest, read)


def _alike(known: Path, tree: AccessTree, step: Path) -> Iterator[AccessTree]:
    """Give the trees of what a recorded step has led to, by a predicted one."""
    kinds, each = ("attr", "item"), ("each",)
    if known == step or step[0] == "call" and known == ("called",):
        yield tree
    elif step[0] in kinds and known[0] in kinds and known[1] == step[1]:
        yield tree  # each is looked up as the other
    elif step[0] == "item" and known == each:
        yield tree
    elif step[0] == "item" and known == ("values",) and each in tree.parts:
        yield tree.parts[each]
    elif step == ("keys",) and known[0] in ("each", "items", "values"):
        yield AccessTree({Access.WHOLE})


def _covers_as_text(tree: AccessTree, step: Path, rest: Path, read: Read) -> bool:
    """Return whether items are in the digest of a list or a mapping that is shown."""
    shown = bool(tree.ways & {Access.SHOWN, Access.MEMBER})
    plain = read.kind in PLAIN or read.way in ("shown", "length", "truth")
    if step == ("keys",):
        return bool(tree.ways & {Access.SHOWN, Access.MEMBER})
    return shown and plain and not rest and step[0] in ("each", "item")


def _reads_so(tree: AccessTree, read: Read) -> bool:
    """Return whether a digest of `tree` has what a way of reading the value gives."""
    ways = {str(way) for way in tree.ways}
    if issubclass(read.kind, SEQUENCES):
        items = {"shown", "member"} & ways
        whole = items or any(step[0] == "each" for step in tree.parts)
        match read.way:
            case "length":
                return "length" in ways or bool(whole)
            case "truth":
                return bool(ways) or bool(whole)
            case "shown" | "member":
                return bool(items)
    if issubclass(read.kind, Mapping):
        views = {step[0] for step in tree.parts} & {"each", "keys", "items", "values"}
        match read.way:
            case "length" | "truth":
                return bool(ways) or bool(views)
            case "member":
                return bool(ways & {"member", "shown"} or views - {"values"})
            case "shown":
                return "shown" in ways
    match read.way:
        case "truth":
            return bool(ways)
        case "length":
            return bool(ways & {"length", "shown"})
        case "shown" | "member":
            return bool(ways & {"shown", "member"})
    return False

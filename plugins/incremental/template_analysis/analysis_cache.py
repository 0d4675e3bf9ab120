"""What templates read, kept from build to build while the templates are the same.

An analysis takes longer than all else that a small build does for its pages. Its result
depends on the sources of the templates involved, on the settings, on the code of Jinja
and of all plugins, and on the names that an environment has. The state is of no use
when settings or code have changed; the rest is in the key of an entry, or checked.
"""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from jinja2 import Environment, TemplateNotFound

from ..system.digests import combined, hashed
from . import jinja_filters
from .access import Access, AccessTree
from .analyzer import MISSING, ParsedTemplate, TemplateReads, analyze_template

ROW = "templates"
"""The key of the row of the state."""

_PLAIN = (str, int, float, bool, type(None))
_Sources = dict[tuple[int, str], bytes]


class NotSerializable(Exception):
    """A constant in a template that JSON does not give back as it was."""


class AnalysisCache:
    """The analyses of one build, by template and environment; first those of the last.

    `text` is what `new_rows` gave to the state; another text counts as none.
    """

    def __init__(self, text: object = None) -> None:
        try:
            rows = json.loads(text) if isinstance(text, str) else None
        except ValueError:
            rows = None
        self._rows: dict[str, Any] = rows if isinstance(rows, dict) else {}
        self._changed = False
        self._environments: dict[int, tuple[Environment, str]] = {}
        self._sources: _Sources = {}

    def analyze(
        self,
        env: Environment,
        name: str,
        is_pure: Callable[[str, Any], bool],
        settings: Mapping[str, Any],
        excluded: Collection[str],
        always_true: Collection[str],
        parsed: dict[str, ParsedTemplate],
    ) -> TemplateReads:
        """Return what `analyze_template` returns for the same arguments."""
        environment = self._environment(env, is_pure)
        key = repr((environment, name, sorted(always_true), sorted(excluded)))
        found = self._known(key, env)
        if found is None:
            found = analyze_template(
                env, name, is_pure, settings, excluded, always_true, parsed
            )
            self._put(key, found)
        return found

    def new_rows(self) -> list[tuple[str, None, str]]:
        """Return the row to save, if there is anything new: key, None, and a text."""
        changed, self._changed = self._changed, False
        return [(ROW, None, json.dumps(self._rows))] if changed else []

    def _known(self, key: str, env: Environment) -> TemplateReads | None:
        row = self._rows.get(key)
        try:
            found = _decoded(row)
        except (AttributeError, LookupError, TypeError, ValueError):
            return None
        for name, digest in found.templates.items():
            if self._source(env, name) != digest:
                return None
        return found

    def _put(self, key: str, found: TemplateReads) -> None:
        try:
            row = _encoded(found)
        except NotSerializable:
            if self._rows.pop(key, None) is None:
                return
        else:
            self._rows[key] = row
        self._changed = True

    def _source(self, env: Environment, name: str) -> bytes:
        """Return the digest of a template, as `TemplateReads.templates` has it."""
        key = id(env), name
        found = self._sources.get(key)
        if found is None:
            assert env.loader is not None
            try:
                source = env.loader.get_source(env, name)[0].encode()
            except TemplateNotFound:
                source = MISSING.source
            found = self._sources[key] = combined([source])
        return found

    def _environment(
        self, env: Environment, is_pure: Callable[[str, Any], bool]
    ) -> str:
        """Return a digest of the names that an environment gives to templates."""
        known = self._environments.get(id(env))
        if known is None:
            digest = hashed(
                repr((sorted(env.globals), sorted(env.extensions))),
                *_functions(env.filters, jinja_filters.is_builtin, is_pure),
                *_functions(env.tests, jinja_filters.is_builtin_test, is_pure),
            )
            # Kept with it, so that its identity stays its own.
            known = self._environments[id(env)] = env, digest.hex()
        return known[1]


def _functions(
    known: Mapping[str, Any],
    is_builtin: Callable[[Mapping[str, Any], str], bool],
    is_pure: Callable[[str, Any], bool],
) -> list[str]:
    """Return what the analysis asks of filters or tests, in lines."""
    return [
        f"{name} {is_builtin(known, name)} {is_pure(name, function)}"
        for name, function in sorted(known.items())
    ]


# --- as plain values ------------------------------------------------------------------


def _encoded(found: TemplateReads) -> list[Any]:
    return [
        {name: _tree_row(tree) for name, tree in found.names.items()},
        {name: _tree_row(tree) for name, tree in found.globals.items()},
        found.sources.hex(),
        {name: digest.hex() for name, digest in found.templates.items()},
        found.unknown,
        {name: _constant(value) for name, value in found.assumed.items()},
    ]


def _decoded(row: Any) -> TemplateReads:
    """Raises AttributeError, LookupError, TypeError or ValueError for another value."""
    names, globals_, sources, templates, unknown, assumed = row
    return TemplateReads(
        names={name: _tree(one) for name, one in names.items()},
        globals={name: _tree(one) for name, one in globals_.items()},
        sources=bytes.fromhex(sources),
        templates={name: bytes.fromhex(one) for name, one in templates.items()},
        unknown=str(unknown),
        assumed=dict(assumed),
    )


def _tree_row(tree: AccessTree) -> list[Any]:
    ways = " ".join(sorted(str(way) for way in tree.ways))
    return [
        ways,
        [[_constant(step), _tree_row(part)] for step, part in tree.parts.items()],
    ]


def _tree(row: Any) -> AccessTree:
    ways, parts = row
    return AccessTree(
        {Access(way) for way in ways.split()},
        {_tuples(step): _tree(part) for step, part in parts},
    )


def _constant(value: Any) -> Any:
    if type(value) is tuple:
        return [_constant(one) for one in value]
    if type(value) not in _PLAIN:
        raise NotSerializable(type(value).__name__)
    return value


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value

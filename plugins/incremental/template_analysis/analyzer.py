"""Reads a template, and all it extends, includes and imports, for what they can read.

The result is a tree of uses below each name of the context. What cannot be known from
the syntax alone, such as a template named by a variable or a function that is not
declared pure, is a reason to render the file every time.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

from ..system.digests import combined
from .access import DECIDED, NOTHING, SHOWN, TRUTH, WHOLE, AbstractValue, AccessTree
from .calls import DEPTH, Calls
from .constants import OPEN, SettingConstants
from .scopes import Macro, Module, Scope

_ROUNDS = 6
Parsed = tuple[bytes, nodes.Template | None]
_BROKEN: Parsed = (b"\0broken", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReads:
    """What rendering a template depends on.

    `names` are uses of the context, `bare` of the environment's globals alone (imports
    without context). `sources` is the digest of all templates involved. `unknown` says
    why the file must be rendered every time; empty if it need not be. All this holds
    where the names in `settled` mean what is said there, or None for nothing.
    """

    names: dict[str, AccessTree]
    bare: dict[str, AccessTree]
    sources: bytes
    templates: dict[str, bytes]
    unknown: str
    settled: dict[str, Any]


def reads_of(
    env: Environment,
    name: str,
    is_pure: Callable[[str, Any], bool],
    settings: Mapping[str, Any],
    apart: Collection[str] = (),
    true: Collection[str] = (),
    parsed: dict[str, Parsed] | None = None,
) -> TemplateReads:
    """What the template `name` reads, as long as the settings are these.

    `is_pure` judges filters, tests and functions; `apart` are names that may not be
    what the settings say; `true` are given to each page, and true. `parsed` has what is
    known of this environment's templates, and gets what is read.
    """
    settled = SettingConstants(settings, {*apart, *env.globals}, true)
    known = {} if parsed is None else parsed
    return _Reader(env, is_pure, settled, known=known).read(name)


@dataclass(slots=True, eq=False)
class _Reader(Calls):
    known: dict[str, Parsed] = field(default_factory=dict)
    parsed: dict[str, Parsed] = field(default_factory=dict)
    modules: dict[tuple[str, Scope | None], Module] = field(default_factory=dict)

    def read(self, name: str) -> TemplateReads:
        scope = Scope(root=lambda name: self.names.setdefault(name, AccessTree()))
        # A name that one template sets is seen in blocks of another, read before it.
        size = -1
        for _ in range(_ROUNDS):
            self.template(name, scope)
            grown = scope.size()
            if grown == size or self.unknown:
                break
            size = grown
        else:
            self.never(f"{name} sets names in a circle")
        parts = sorted(self.parsed)
        return TemplateReads(
            names=self.names,
            bare=self.bare,
            sources=combined(
                part for key in parts for part in (key.encode(), self.parsed[key][0])
            ),
            templates={key: combined([self.parsed[key][0]]) for key in parts},
            unknown=self.unknown,
            settled=self.settled.used,
        )

    # --- templates ------------------------------------------------------------------

    def template(self, name: str, scope: Scope) -> bool:
        """Read one template's body in a scope; false if there is no such template."""
        if name not in self.parsed:
            if name not in self.known:
                self.known[name] = self._parse(name)
            self.parsed[name] = self.known[name]
        tree = self.parsed[name][1]
        if tree is None:
            if self.parsed[name] is _BROKEN:
                self.never(f"{name} cannot be parsed")
            return False
        self.depth += 1
        before, self.at = self.at, name
        if self.depth > DEPTH:
            self.never(f"{name} includes itself")
        else:
            self.body(tree.body, scope)
        self.depth, self.at = self.depth - 1, before
        return True

    def _parse(self, name: str) -> tuple[bytes, nodes.Template | None]:
        assert self.env.loader is not None
        try:
            source, filename, _ = self.env.loader.get_source(self.env, name)
            return source.encode(), self.env.parse(source, name, filename)
        except TemplateNotFound:
            return b"\0missing", None
        except TemplateSyntaxError:  # rendering will say so, with file and line
            return _BROKEN

    def _names_of(self, node: nodes.Expr, scope: Scope) -> list[str]:
        node = self.constant(node, scope)
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, nodes.List | nodes.Tuple):
            return [n for item in node.items for n in self._names_of(item, scope)]
        self.never(f"{self.at} names a template by a variable")
        return []

    # --- statements -----------------------------------------------------------------

    def body(self, found: Iterable[nodes.Node], scope: Scope) -> None:
        for node in found:
            if self.unknown:
                return
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for expression in node.nodes:
                    self.value(expression, scope).note(SHOWN)
            case nodes.For():
                self._for(node, scope)
            case nodes.If():
                self._if(node, scope)
            case nodes.Assign():
                self._bind(node.target, self.expression(node.node, scope), scope, False)
            case nodes.AssignBlock():
                self.body(node.body, scope.inner())
                if node.filter is not None:
                    self.value(node.filter, scope)
                self._bind(node.target, NOTHING, scope, False)
            case nodes.Block() | nodes.Scope() | nodes.OverlayScope():
                self.body(node.body, scope.inner())
            case nodes.ScopedEvalContextModifier():
                self.body(node.body, scope)
            case nodes.With():
                inner = scope.inner()
                for target, given in zip(node.targets, node.values, strict=True):
                    self._bind(target, self.expression(given, scope), inner, True)
                self.body(node.body, inner)
            case nodes.Extends():
                for name in self._names_of(node.template, scope):
                    self.template(name, scope)
            case nodes.Include():
                for name in self._names_of(node.template, scope):
                    outside = scope.inner() if node.with_context else self._bare()
                    self.template(name, outside)
            case nodes.Import():
                for name in self._names_of(node.template, scope):
                    scope.assign(node.target, self._module(name, node, scope))
            case nodes.FromImport():
                for name in self._names_of(node.template, scope):
                    module = self._module(name, node, scope)
                    for wanted in node.names:
                        known, given = (
                            wanted if isinstance(wanted, tuple) else (wanted, wanted)
                        )
                        for bound in module.scope.names.get(known, ()):
                            scope.assign(given, bound)
            case nodes.Macro():
                scope.assign(node.name, Macro(node, scope))
            case nodes.CallBlock():
                self.called(node.call, scope, Macro(node, scope))
            case nodes.FilterBlock():
                self.body(node.body, scope.inner())
                self.value(node.filter, scope).note(SHOWN)
            case nodes.ExprStmt():
                self.value(node.node, scope).note(TRUTH)
            case nodes.Continue() | nodes.Break() | nodes.EvalContextModifier():
                pass
            case _:
                self.never(f"{self.at} has a {type(node).__name__}")

    def _if(self, node: nodes.If, scope: Scope) -> None:
        for branch in (node, *node.elif_):
            self.value(branch.test, scope).note(TRUTH, DECIDED)
            said = self.said(branch.test, scope)
            if said is OPEN or said:
                self.body(branch.body, scope)
            if said is not OPEN and said:
                return
        self.body(node.else_, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        walked = self.value(node.iter, scope)
        each, inner = walked.each(), scope.inner()
        self._bind(node.target, each, inner, True)
        beside = (("previtem", each), ("nextitem", each))
        inner.bind("loop", AbstractValue(fields=beside))
        if node.test is not None:
            self.value(node.test, inner).note(TRUTH, DECIDED)
        if node.recursive:
            self.never(f"{self.at} has a recursive loop")
        self.body(node.body, inner)
        self.body(node.else_, scope.inner())

    def _bind(
        self, target: nodes.Node, bound: Any, scope: Scope, certain: bool
    ) -> None:
        if isinstance(target, nodes.Name):
            (scope.bind if certain else scope.assign)(target.name, bound)
        elif isinstance(target, nodes.Tuple | nodes.List):
            for number, part in enumerate(target.items):
                value = bound if isinstance(bound, AbstractValue) else NOTHING
                self._bind(part, value.nth(number), scope, certain)
        elif isinstance(target, nodes.NSRef) and isinstance(bound, AbstractValue):
            bound.note(WHOLE)
        else:
            self.never(f"{self.at} assigns to a {type(target).__name__}")

    def _bare(self) -> Scope:
        return Scope(root=lambda name: self.bare.setdefault(name, AccessTree()))

    def _module(self, name: str, node: Any, scope: Scope) -> Module:
        key = (name, scope if node.with_context else None)
        found = self.modules.get(key)
        if found is None:
            outside = scope.inner() if node.with_context else self._bare()
            found = self.modules[key] = Module(outside)
        self.template(name, found.scope)
        return found

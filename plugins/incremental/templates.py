"""Reads a template, and all it extends, includes and imports, for what they can read.

The result is a tree of uses below each name of the context. What cannot be known from
the syntax alone, such as a template named by a variable or a function that is not
declared pure, is a reason to render the file every time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

from . import builtins
from .scopes import Macro, Module, Scope
from .stamps import combined
from .usage import (
    DECIDED,
    ITEMS,
    KEYS,
    NOTHING,
    SHOWN,
    TRUTH,
    VALUES,
    WHOLE,
    Use,
    Value,
    union,
)

_MUTATORS = frozenset({"append", "extend", "insert", "update", "add", "setdefault"})
_WALKS = {"items": ITEMS, "keys": KEYS, "values": VALUES}
_OWN = frozenset({"range", "dict", "cycler", "joiner", "namespace"})
_ROUNDS, _DEPTH = 6, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What rendering a template depends on.

    `names` are uses of the context, `bare` of the environment's globals alone (imports
    without context). `sources` is the digest of all templates involved. `unknown` says
    why the file must be rendered every time; empty if it need not be.
    """

    names: dict[str, Use]
    bare: dict[str, Use]
    sources: bytes
    templates: dict[str, bytes]
    unknown: str


def reads_of(env: Environment, name: str, is_pure: Callable[[str, Any], bool]) -> Reads:
    """What the template `name` reads. `is_pure` judges filters, tests and functions."""
    return _Reader(env, is_pure).read(name)


@dataclass(slots=True, eq=False)
class _Reader:
    env: Environment
    is_pure: Callable[[str, Any], bool]
    names: dict[str, Use] = field(default_factory=dict)
    bare: dict[str, Use] = field(default_factory=dict)
    parsed: dict[str, tuple[bytes, nodes.Template | None]] = field(default_factory=dict)
    modules: dict[str, Scope] = field(default_factory=dict)
    unknown: str = ""
    at: str = ""
    depth: int = 0

    def read(self, name: str) -> Reads:
        scope = Scope(root=lambda name: self.names.setdefault(name, Use()))
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
        return Reads(
            names=self.names,
            bare=self.bare,
            sources=combined(
                part for key in parts for part in (key.encode(), self.parsed[key][0])
            ),
            templates={key: combined([self.parsed[key][0]]) for key in parts},
            unknown=self.unknown,
        )

    def never(self, why: str) -> None:
        self.unknown = self.unknown or why

    # --- templates ------------------------------------------------------------------

    def template(self, name: str, scope: Scope) -> bool:
        """Read one template's body in a scope; false if there is no such template."""
        if name not in self.parsed:
            self.parsed[name] = self._parse(name)
        tree = self.parsed[name][1]
        if tree is None:
            return False
        self.depth += 1
        before, self.at = self.at, name
        if self.depth > _DEPTH:
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
            self.never(f"{name} cannot be parsed")
            return b"\0broken", None

    def _names_of(self, node: nodes.Expr) -> list[str]:
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, nodes.List | nodes.Tuple):
            return [name for item in node.items for name in self._names_of(item)]
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
                self.value(node.test, scope).note(TRUTH, DECIDED)
                self.body([*node.body, *node.elif_, *node.else_], scope)
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
                for name in self._names_of(node.template):
                    self.template(name, scope)
            case nodes.Include():
                for name in self._names_of(node.template):
                    outside = scope.inner() if node.with_context else self._bare()
                    self.template(name, outside)
            case nodes.Import():
                for name in self._names_of(node.template):
                    scope.assign(node.target, self._module(name, node, scope))
            case nodes.FromImport():
                for name in self._names_of(node.template):
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
                self._call(node.call, scope, Macro(node, scope))
            case nodes.FilterBlock():
                self.body(node.body, scope.inner())
                self.value(node.filter, scope).note(SHOWN)
            case nodes.ExprStmt():
                self.value(node.node, scope).note(TRUTH)
            case nodes.Continue() | nodes.Break() | nodes.EvalContextModifier():
                pass
            case _:
                self.never(f"{self.at} has a {type(node).__name__}")

    def _for(self, node: nodes.For, scope: Scope) -> None:
        walked = self.value(node.iter, scope)
        each, inner = walked.each(), scope.inner()
        self._bind(node.target, each, inner, True)
        beside = (("previtem", each), ("nextitem", each))
        inner.bind("loop", Value(fields=beside))
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
                value = bound if isinstance(bound, Value) else NOTHING
                self._bind(part, value.nth(number), scope, certain)
        elif isinstance(target, nodes.NSRef) and isinstance(bound, Value):
            bound.note(WHOLE)
        else:
            self.never(f"{self.at} assigns to a {type(target).__name__}")

    def _bare(self) -> Scope:
        return Scope(root=lambda name: self.bare.setdefault(name, Use()))

    def _module(self, name: str, node: Any, scope: Scope) -> Module:
        outside = scope.inner() if node.with_context else self.modules.get(name)
        if outside is None:
            outside = self.modules[name] = self._bare()
        self.template(name, outside)
        return Module(outside)

    # --- expressions ----------------------------------------------------------------

    def value(self, node: nodes.Node, scope: Scope) -> Value:
        found = self.expression(node, scope)
        return found if isinstance(found, Value) else NOTHING

    def expression(self, node: nodes.Node, scope: Scope) -> Value | Macro | Module:
        match node:
            case nodes.TemplateData() | nodes.Const():
                return NOTHING
            case nodes.Name():
                others = [
                    bound
                    for bound in scope.named(node.name)
                    if not isinstance(bound, Value)
                ]
                return others[0] if others else scope.value(node.name)
            case nodes.Getattr():
                return self._part(node.node, ("attr", node.attr), scope)
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Test():
                return self._test(node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Tuple() | nodes.List():
                items = [self.value(item, scope) for item in node.items]
                fields = tuple(enumerate(items))
                return Value(fields=fields) if any(items) else NOTHING
            case nodes.Dict():
                for pair in node.items:
                    self.value(pair.key, scope).note(SHOWN)
                    self.value(pair.value, scope).note(WHOLE)
                return NOTHING
            case nodes.CondExpr():
                self.value(node.test, scope).note(TRUTH, DECIDED)
                other = self.value(node.expr2, scope) if node.expr2 else NOTHING
                return union([self.value(node.expr1, scope), other])
            case nodes.And() | nodes.Or():
                left, right = (
                    self.value(node.left, scope),
                    self.value(node.right, scope),
                )
                left.note(TRUTH, DECIDED)
                return union([left, right])
            case nodes.Not():
                self.value(node.node, scope).note(TRUTH, DECIDED)
                return NOTHING
            case nodes.Add():
                left, right = (
                    self.value(node.left, scope),
                    self.value(node.right, scope),
                )
                left.note(SHOWN, DECIDED)
                right.note(SHOWN, DECIDED)
                return union([left, right])
            case nodes.BinExpr() | nodes.UnaryExpr() | nodes.Concat() | nodes.Compare():
                for inner in node.iter_child_nodes():
                    if isinstance(inner, nodes.Operand):
                        inner = inner.expr
                    self.value(inner, scope).note(SHOWN, DECIDED)
                return NOTHING
            case nodes.MarkSafe() | nodes.MarkSafeIfAutoescape():
                self.value(node.expr, scope).note(SHOWN)
                return NOTHING
            case _:
                self.never(f"{self.at} has a {type(node).__name__}")
                return NOTHING

    def _part(self, of: nodes.Node, step: Any, scope: Scope) -> Any:
        whole = self.expression(of, scope)
        if isinstance(whole, Module):
            bounds = whole.scope.names.get(step[1], [])
            others = [bound for bound in bounds if not isinstance(bound, Value)]
            return others[0] if others else union(bounds)
        return whole.part(step) if isinstance(whole, Value) else NOTHING

    def _item(self, node: nodes.Getitem, scope: Scope) -> Value:
        whole, arg = self.value(node.node, scope), node.arg
        if isinstance(arg, nodes.Const):
            return whole.part(("item", arg.value))
        if isinstance(arg, nodes.Slice):
            ends = [arg.start, arg.stop, arg.step]
            if all(end is None or isinstance(end, nodes.Const) for end in ends):
                return whole.part(("slice", *(end and end.value for end in ends)))
            for end in filter(None, ends):
                self.value(end, scope).note(SHOWN, DECIDED)
            whole.note("length")
            return Value(made=(whole.each(),))
        self.value(arg, scope).note(SHOWN, DECIDED)
        # Any item of a list, any value of a mapping.
        return union([whole.each(), whole.part(VALUES).each()])

    def _arguments(self, node: Any, scope: Scope) -> list[Value]:
        given = [self.value(arg, scope) for arg in node.args or ()]
        given += [self.value(pair.value, scope) for pair in node.kwargs or ()]
        given += [
            self.value(rest, scope)
            for rest in (node.dyn_args, node.dyn_kwargs)
            if rest is not None
        ]
        return given

    def _filter(self, node: nodes.Filter, scope: Scope) -> Value:
        given = self._arguments(node, scope)
        value = self.value(node.node, scope) if node.node is not None else NOTHING
        if builtins.is_builtin(self.env.filters, node.name):
            if node.name in builtins.NEVER_THE_SAME:
                self.never(f'{self.at} uses the filter "{node.name}"')
            for argument in given:
                argument.note(SHOWN, DECIDED)
            named = {pair.key: pair.value for pair in node.kwargs or ()}
            if node.name == "map" and "attribute" not in named and node.args:
                inner = node.args[0]
                known = getattr(inner, "value", "")
                if not builtins.is_builtin(self.env.filters, str(known)):
                    self._check("filter", str(known), self.env.filters)
            return builtins.filtered(node.name, value, node.args, named, given)
        self._check("filter", node.name, self.env.filters)
        for argument in (value, *given):
            argument.note(WHOLE)
        return NOTHING

    def _test(self, node: nodes.Test, scope: Scope) -> Value:
        if not builtins.is_builtin_test(self.env.tests, node.name):
            self._check("test", node.name, self.env.tests)
        ways = (TRUTH,) if node.name in ("defined", "undefined") else (SHOWN, DECIDED)
        self.value(node.node, scope).note(*ways)
        for argument in self._arguments(node, scope):
            argument.note(SHOWN, DECIDED)
        return NOTHING

    def _check(self, kind: str, name: str, known: dict[str, Any]) -> None:
        if not self.is_pure(name, known.get(name)):
            self.never(f'{self.at} uses the {kind} "{name}"')

    # --- calls ----------------------------------------------------------------------

    def _call(
        self, node: nodes.Call, scope: Scope, block: Macro | None = None
    ) -> Value:
        callee = node.node
        if isinstance(callee, nodes.Name) and callee.name == "super":
            return NOTHING
        if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
            if callee.node.name == "self":
                return NOTHING
        found = self.expression(callee, scope)
        if isinstance(found, Macro):
            return self._macro(found, node, scope, block)
        given = self._arguments(node, scope)
        if block is not None:  # the caller may be called with anything
            self.body(block.node.body, scope.inner())
        if isinstance(callee, nodes.Name) and self._is_own(callee.name, scope):
            for value in given:
                value.note(WHOLE if callee.name == "namespace" else SHOWN)
            if callee.name == "dict":
                for value in given:
                    value.note(WHOLE)
            return NOTHING
        if isinstance(callee, nodes.Getattr):
            return self._method(callee, node, given, scope)
        if not found:
            if not isinstance(callee, nodes.Name):
                self.never(f"{self.at} calls what is no name")
            for value in given:
                value.note(SHOWN, DECIDED)
            return NOTHING
        return self._function(found, node, given)

    def _is_own(self, name: str, scope: Scope) -> bool:
        return name in _OWN and all(
            isinstance(bound, Value) and bound.uses for bound in scope.named(name)
        )

    def _method(
        self, callee: nodes.Getattr, node: nodes.Call, given: list[Value], scope: Scope
    ) -> Value:
        of = self.value(callee.node, scope)
        changes = callee.attr in _MUTATORS
        for value in given:
            value.note(WHOLE if changes else SHOWN, DECIDED)
        if changes and of:
            self.never(f"{self.at} changes a value: .{callee.attr}()")
        if callee.attr in _WALKS and not node.args and not node.kwargs:
            return of.part(_WALKS[callee.attr])
        if callee.attr == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return union([of.part(("item", node.args[0].value)), *given[1:]])
        if not of:
            return NOTHING  # a method of the template's own text or number
        return self._function(of.part(("attr", callee.attr)), node, given)

    def _function(self, function: Value, node: nodes.Call, given: list[Value]) -> Value:
        """A call into the context: followed if its arguments are constants."""
        for value in given:
            value.note(SHOWN, DECIDED)
        try:
            args = tuple(arg.as_const() for arg in node.args)
            kwargs = tuple((pair.key, pair.value.as_const()) for pair in node.kwargs)
            hash((args, kwargs))
            fixed = node.dyn_args is None and node.dyn_kwargs is None
        except (nodes.Impossible, TypeError):
            fixed = False
        if fixed:
            return function.part(("call", args, kwargs))
        return function.part(("called",))

    def _macro(
        self, macro: Macro, node: nodes.Call, scope: Scope, block: Macro | None
    ) -> Value:
        inner, made = macro.scope.inner(), macro.node
        given = [self.expression(arg, scope) for arg in node.args]
        named = {pair.key: self.expression(pair.value, scope) for pair in node.kwargs}
        rest = [self.value(r, scope) for r in (node.dyn_args, node.dyn_kwargs) if r]
        defaults = dict(
            zip(
                [arg.name for arg in made.args[::-1]], made.defaults[::-1], strict=False
            )
        )
        for number, arg in enumerate(made.args):
            if number < len(given):
                bound = given[number]
            elif arg.name in named:
                bound = named[arg.name]
            elif arg.name in defaults:
                bound = self.expression(defaults[arg.name], inner)
            else:
                bound = NOTHING
            if rest and isinstance(bound, Value):
                bound = union([bound, *(r.each() for r in rest)])
            inner.bind(arg.name, bound)
        spare = [v for v in [*given, *named.values()] if isinstance(v, Value)]
        inner.bind("varargs", Value(made=tuple(spare)))
        inner.bind("kwargs", Value(made=tuple(spare)))
        if block is not None:
            inner.bind("caller", block)
        self.depth += 1
        if self.depth > _DEPTH:
            self.never(f"{self.at} has a macro that calls itself")
        else:
            self.body(made.body, inner)
        self.depth -= 1
        return NOTHING

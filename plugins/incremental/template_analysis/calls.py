"""What a call in a template reads: a macro, a method, a function of the context."""

from dataclasses import dataclass

from jinja2 import nodes

from .access import (
    DECIDED,
    ITEMS,
    KEYS,
    NOTHING,
    SHOWN,
    VALUES,
    WHOLE,
    AbstractValue,
    union,
)
from .expressions import Expressions
from .gettext import ALIAS, OF_ALIAS
from .scopes import Macro, Scope

_MUTATORS = frozenset({"append", "extend", "insert", "update", "add", "setdefault"})
_WALKS = {"items": ITEMS, "keys": KEYS, "values": VALUES}
_CHANGED = ("changed in place",)
_OWN = frozenset({"range", "dict", "cycler", "joiner", "namespace"})
DEPTH = 12


@dataclass(slots=True, eq=False)
class Calls(Expressions):
    """Reads expressions with calls. A macro's body is read anew for each call."""

    def called(
        self, node: nodes.Call, scope: Scope, block: Macro | None = None
    ) -> AbstractValue:
        callee = node.node
        if isinstance(callee, nodes.Name) and callee.name == "super":
            return NOTHING
        if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
            if callee.node.name == "self":
                return NOTHING
        found = self.expression(callee, scope)
        if isinstance(found, Macro):
            return self._macro(found, node, scope, block)
        given = self.arguments(node, scope)
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
        for value in given:
            value.note(WHOLE)  # a function of the context may look at all of it
        if isinstance(callee, nodes.Name) and callee.name == ALIAS:
            self._function(scope.value(OF_ALIAS), node, given)
        return self._function(found, node, given)

    def _is_own(self, name: str, scope: Scope) -> bool:
        return name in _OWN and all(
            isinstance(bound, AbstractValue) and bound.uses
            for bound in scope.named(name)
        )

    def _method(
        self,
        callee: nodes.Getattr,
        node: nodes.Call,
        given: list[AbstractValue],
        scope: Scope,
    ) -> AbstractValue:
        of = self.value(callee.node, scope)
        changes = callee.attr in _MUTATORS
        for value in given:
            value.note(WHOLE if changes else SHOWN, DECIDED)
        if changes:
            of.part(_CHANGED)  # a list of the template's own is its own business
        if callee.attr in _WALKS and not node.args and not node.kwargs:
            return of.part(_WALKS[callee.attr])
        if callee.attr == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return union([of.part(("item", node.args[0].value)), *given[1:]])
        if not of:
            return NOTHING  # a method of the template's own text or number
        return self._function(of.part(("attr", callee.attr)), node, given)

    def _function(
        self, function: AbstractValue, node: nodes.Call, given: list[AbstractValue]
    ) -> AbstractValue:
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
    ) -> AbstractValue:
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
            if rest and isinstance(bound, AbstractValue):
                bound = union([bound, *(r.each() for r in rest)])
            inner.bind(arg.name, bound)
        spare = [v for v in [*given, *named.values()] if isinstance(v, AbstractValue)]
        inner.bind("varargs", AbstractValue(made=tuple(spare)))
        inner.bind("kwargs", AbstractValue(made=tuple(spare)))
        if block is not None:
            inner.bind("caller", block)
        self.depth += 1
        if self.depth > DEPTH:
            self.never(f"{self.at} has a macro that calls itself")
        else:
            self.body(made.body, inner)
        self.depth -= 1
        return NOTHING

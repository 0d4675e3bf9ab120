"""What an expression of a template may stand for, and what evaluating it reads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from jinja2 import Environment, nodes

from . import jinja_filters
from .access import (
    ITEMS,
    KEYS,
    NOTHING,
    VALUES,
    AbstractValue,
    Access,
    AccessTree,
    Step,
    union,
)
from .constants import OPEN, SettingConstants
from .gettext import ALIAS, ALIASED
from .jinja_filters import FilterCall
from .scopes import Bound, Macro, Module, Scope

MAX_DEPTH = 12
"""How deep macros and included templates may be nested."""

_MUTATORS = frozenset(
    {
        *("append", "extend", "insert", "update", "add", "setdefault"),
        *("pop", "popitem", "remove", "discard", "clear", "sort", "reverse"),
    }
)
_GIVES_ITEMS = frozenset({"pop", "copy"})
"""Methods of a list that the template makes, which give an item or all of them."""

_MAPPING_VIEWS = {"items": ITEMS, "keys": KEYS, "values": VALUES}
_MUTATED: Step = ("changed in place",)
_CONSTRUCTORS = frozenset({"range", "dict", "cycler", "joiner", "namespace"})
_KEEPS_ARGUMENTS = frozenset({"dict", "namespace", "cycler"})
"""Those of the constructors whose arguments can be read again as anything."""


@dataclass(slots=True, eq=False)
class Findings:
    """What the analysis has found so far, and which template it is in.

    `names` are the trees of the context's names, `globals` those of the environment's
    globals alone (imports without context). `unknown` is the first reason why the file
    must be rendered every time; empty if there is none.
    """

    names: dict[str, AccessTree] = field(default_factory=dict)
    globals: dict[str, AccessTree] = field(default_factory=dict)
    unknown: str = ""
    template: str = ""
    depth: int = 0

    def give_up(self, reason: str) -> None:
        """Record that the file must be rendered every time."""
        self.unknown = self.unknown or reason


@dataclass(slots=True, eq=False)
class ExpressionEvaluator:
    """Evaluates expressions to what they may stand for, and records what they read.

    `run_body` analyses statements: the body of a macro is analysed anew for each call.
    `is_pure` tells whether a filter, a test or a function, known by a name, depends on
    its arguments alone.
    """

    env: Environment
    is_pure: Callable[[str, Any], bool]
    settings: SettingConstants
    findings: Findings
    run_body: Callable[[Iterable[nodes.Node], Scope], None]

    def evaluate(self, node: nodes.Node, scope: Scope) -> Bound:
        """Return what an expression may stand for, which may be a macro or a module."""
        handler = self._HANDLERS.get(type(node))
        if handler is None:
            self._give_up(f"has a {type(node).__name__}")
            return NOTHING
        return handler(self, node, scope)

    def value(self, node: nodes.Node, scope: Scope) -> AbstractValue:
        """Return the same; of a macro or a module, nothing can be read."""
        found = self.evaluate(node, scope)
        return found if isinstance(found, AbstractValue) else NOTHING

    def known_value(self, node: nodes.Node, scope: Scope) -> Any:
        """Return the value that follows from the settings; OPEN if none does."""
        return self.settings.value_of(node, scope, self.findings.names)

    def constant(self, node: nodes.Expr, scope: Scope) -> nodes.Expr:
        """Return the text that an expression is known to be, or the expression."""
        known = isinstance(node, nodes.Const)
        value = OPEN if known else self.known_value(node, scope)
        return nodes.Const(value) if isinstance(value, str) else node

    def _give_up(self, what: str) -> None:
        self.findings.give_up(f"{self.findings.template} {what}")

    # --- names, parts and literals ----------------------------------------------------

    def _constant(self, node: nodes.Expr, scope: Scope) -> AbstractValue:
        return NOTHING

    def _name(self, node: nodes.Name, scope: Scope) -> Bound:
        for bound in scope.lookup(node.name):
            if not isinstance(bound, AbstractValue):
                return bound
        return scope.value(node.name)

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Bound:
        whole = self.evaluate(node.node, scope)
        if isinstance(whole, Module):
            bounds = whole.scope.names.get(node.attr, [])
            values = [bound for bound in bounds if isinstance(bound, AbstractValue)]
            others = [bound for bound in bounds if not isinstance(bound, AbstractValue)]
            return others[0] if others else union(values)
        if isinstance(whole, Macro):
            return NOTHING
        return whole.part(("attr", node.attr))

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> AbstractValue:
        whole, key = self.value(node.node, scope), node.arg
        if isinstance(key, nodes.Const):
            return whole.part(("item", key.value))
        if isinstance(key, nodes.Slice):
            return self._slice(whole, key, scope)
        self.value(key, scope).record(Access.SHOWN, Access.DECIDED)
        # Any item of a list, any value of a mapping.
        return union([whole.each(), whole.part(VALUES).each()])

    def _slice(
        self, whole: AbstractValue, node: nodes.Slice, scope: Scope
    ) -> AbstractValue:
        bounds: list[Any] = []
        for end in (node.start, node.stop, node.step):
            if end is None:
                bounds.append(None)
            elif isinstance(end, nodes.Const):
                bounds.append(end.value)
            else:
                self.value(end, scope).record(Access.SHOWN, Access.DECIDED)
        if len(bounds) == 3:
            return whole.part(("slice", *bounds))
        whole.record(Access.LENGTH)
        return AbstractValue(items=(whole.each(),))

    def _sequence(self, node: nodes.Tuple | nodes.List, scope: Scope) -> AbstractValue:
        items = [self.value(item, scope) for item in node.items]
        return AbstractValue(fields=tuple(enumerate(items))) if any(items) else NOTHING

    def _dict(self, node: nodes.Dict, scope: Scope) -> AbstractValue:
        for pair in node.items:
            self.value(pair.key, scope).record(Access.WHOLE)
            self.value(pair.value, scope).record(Access.WHOLE)
        return NOTHING

    # --- operators --------------------------------------------------------------------

    def _conditional(self, node: nodes.CondExpr, scope: Scope) -> AbstractValue:
        self.value(node.test, scope).record(Access.TRUTH, Access.DECIDED)
        known = self.known_value(node.test, scope)
        branches = [node.expr1] if known is OPEN or known else []
        if node.expr2 is not None and (known is OPEN or not known):
            branches.append(node.expr2)
        return union([self.value(branch, scope) for branch in branches])

    def _and_or(self, node: nodes.And | nodes.Or, scope: Scope) -> AbstractValue:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        left.record(Access.TRUTH, Access.DECIDED)
        return union([left, right])

    def _not(self, node: nodes.Not, scope: Scope) -> AbstractValue:
        self.value(node.node, scope).record(Access.TRUTH, Access.DECIDED)
        return NOTHING

    def _combine(
        self, node: nodes.Add | nodes.Sub | nodes.Mul, scope: Scope
    ) -> AbstractValue:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        left.record(Access.SHOWN, Access.DECIDED)
        right.record(Access.SHOWN, Access.DECIDED)
        # Of lists the result has the items of both, at other places.
        items = tuple(filter(None, (left.each(), right.each())))
        return AbstractValue(items=items)

    def _compare(self, node: nodes.Compare, scope: Scope) -> AbstractValue:
        self.value(node.expr, scope).record(Access.SHOWN, Access.DECIDED)
        for operand in node.ops:
            member = operand.op in ("in", "notin")
            way = Access.MEMBER if member else Access.SHOWN
            self.value(operand.expr, scope).record(way, Access.DECIDED)
        return NOTHING

    def _operator(self, node: nodes.Expr, scope: Scope) -> AbstractValue:
        for inner in node.iter_child_nodes():
            self.value(inner, scope).record(Access.SHOWN, Access.DECIDED)
        return NOTHING

    def _mark_safe(
        self, node: nodes.MarkSafe | nodes.MarkSafeIfAutoescape, scope: Scope
    ) -> AbstractValue:
        self.value(node.expr, scope).record(Access.SHOWN)
        return NOTHING

    # --- filters and tests ------------------------------------------------------------

    def _arguments(
        self, node: nodes.Call | nodes.Filter | nodes.Test, scope: Scope
    ) -> list[AbstractValue]:
        rest = [one for one in (node.dyn_args, node.dyn_kwargs) if one is not None]
        named = [_value_of(pair) for pair in node.kwargs]
        return [self.value(one, scope) for one in (*node.args, *named, *rest)]

    def _filter(self, node: nodes.Filter, scope: Scope) -> AbstractValue:
        given = self._arguments(node, scope)
        value = self.value(node.node, scope) if node.node is not None else NOTHING
        if not jinja_filters.is_builtin(self.env.filters, node.name):
            self._require_pure("filter", node.name, self.env.filters)
            for argument in (value, *given):
                argument.record(Access.WHOLE)
            return NOTHING
        if node.name in jinja_filters.NONDETERMINISTIC:
            self._give_up(f'uses the filter "{node.name}"')
        for argument in given:
            argument.record(Access.SHOWN, Access.DECIDED)
        if not self._applies_builtins(node):
            value.each().record(Access.WHOLE)
        pairs = [(_key_of(pair), _value_of(pair)) for pair in node.kwargs]
        return jinja_filters.apply_filter(
            FilterCall(
                name=node.name,
                value=value,
                args=[self.constant(arg, scope) for arg in node.args],
                kwargs={key: self.constant(value, scope) for key, value in pairs},
                given=given,
            )
        )

    def _applies_builtins(self, node: nodes.Filter) -> bool:
        """Return whether a filter or a test named in the arguments is Jinja's own.

        Another one may read anything of an item, and must be declared pure.
        """
        filters, tests = self.env.filters, self.env.tests
        is_builtin, is_builtin_test = (
            jinja_filters.is_builtin,
            jinja_filters.is_builtin_test,
        )
        for positions, kind, known, builtin in (
            (jinja_filters.TAKES_FILTER, "filter", filters, is_builtin),
            (jinja_filters.TAKES_TEST, "test", tests, is_builtin_test),
        ):
            at = positions.get(node.name, len(node.args))
            if at < len(node.args):
                name = str(getattr(node.args[at], "value", ""))
                if not builtin(known, name):
                    self._require_pure(kind, name, known)
                    return False
        return True

    def _test(self, node: nodes.Test, scope: Scope) -> AbstractValue:
        ways: tuple[Access, ...] = (Access.SHOWN, Access.DECIDED)
        if not jinja_filters.is_builtin_test(self.env.tests, node.name):
            self._require_pure("test", node.name, self.env.tests)
            ways = (Access.WHOLE,)
        elif node.name in ("defined", "undefined"):
            ways = (Access.TRUTH,)
        self.value(node.node, scope).record(*ways)
        for argument in self._arguments(node, scope):
            argument.record(Access.SHOWN, Access.DECIDED)
        return NOTHING

    def _require_pure(self, kind: str, name: str, known: Mapping[str, Any]) -> None:
        if not self.is_pure(name, known.get(name)):
            self._give_up(f'uses the {kind} "{name}"')

    # --- calls ------------------------------------------------------------------------

    def call(
        self, node: nodes.Call, scope: Scope, block: Macro | None = None
    ) -> AbstractValue:
        """Return what a call gives: of a macro, a method, a function of the context.

        `block` is the body of a call block, which the macro may call as `caller`.
        """
        callee = node.node
        if _is_inherited_block(callee):
            return NOTHING
        found = self.evaluate(callee, scope)
        if isinstance(found, Macro):
            return self._call_macro(found, node, scope, block)
        given = self._arguments(node, scope)
        if block is not None:  # the caller may be called with anything
            self.run_body(block.node.body, scope.inner())
        if isinstance(callee, nodes.Getattr):
            return self._call_method(callee, node, given, scope)
        if isinstance(found, Module):
            return NOTHING  # rendering raises an error: a module cannot be called
        if isinstance(callee, nodes.Name):
            return self._call_name(callee.name, found, node, given, scope)
        if not found:
            self._give_up("calls what is no name")
        for value in given:
            value.record(Access.WHOLE)
        return self._call_function(found, node, given)

    def _call_name(
        self,
        name: str,
        function: AbstractValue,
        node: nodes.Call,
        given: list[AbstractValue],
        scope: Scope,
    ) -> AbstractValue:
        ways: tuple[Access, ...] = (Access.WHOLE,)  # a function may read anything
        constructs = self._is_constructor(name, scope)
        if constructs and name not in _KEEPS_ARGUMENTS:
            ways = (Access.SHOWN,)
        elif not function:
            ways = (Access.SHOWN, Access.DECIDED)
        for value in given:
            value.record(*ways)
        if constructs or not function:
            return NOTHING
        if name == ALIAS:
            self._call_function(scope.value(ALIASED), node, given)
        return self._call_function(function, node, given)

    def _is_constructor(self, name: str, scope: Scope) -> bool:
        """Return whether a name is Jinja's global, and not the template's own."""
        return name in _CONSTRUCTORS and all(
            isinstance(bound, AbstractValue) and bound.trees
            for bound in scope.lookup(name)
        )

    def _call_method(
        self,
        callee: nodes.Getattr,
        node: nodes.Call,
        given: list[AbstractValue],
        scope: Scope,
    ) -> AbstractValue:
        owner, name = self.value(callee.node, scope), callee.attr
        if name in _MAPPING_VIEWS and not given:
            return owner.part(_MAPPING_VIEWS[name])
        if name == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return union([owner.part(("item", node.args[0].value)), *given[1:]])
        for value in given:
            # It may keep them, or read any part: "{0.title}".format(post).
            value.record(Access.WHOLE, Access.DECIDED)
        if name in _MUTATORS:
            # No digest covers this step, so the file is rendered every time, unless
            # the list is the template's own.
            owner.part(_MUTATED)
        if not owner:
            return NOTHING  # a method of the template's own text or number
        found = self._call_function(owner.part(("attr", name)), node, given)
        if name in _GIVES_ITEMS:
            items = (*owner.items, *(value for _, value in owner.fields))
            found = union([found, *items, AbstractValue(items=items)])
        return found

    def _call_function(
        self, function: AbstractValue, node: nodes.Call, given: list[AbstractValue]
    ) -> AbstractValue:
        """Return what a call into the context gives: known if its arguments are."""
        for value in given:
            value.record(Access.SHOWN, Access.DECIDED)
        try:
            args = tuple(arg.as_const() for arg in node.args)
            kwargs = tuple(
                (_key_of(pair), _value_of(pair).as_const()) for pair in node.kwargs
            )
            hash((args, kwargs))
        except (nodes.Impossible, TypeError):
            return function.part(("called",))
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return function.part(("called",))
        return function.part(("call", args, kwargs))

    def _call_macro(
        self, macro: Macro, node: nodes.Call, scope: Scope, block: Macro | None
    ) -> AbstractValue:
        inner = macro.scope.inner()
        self._bind_arguments(macro.node, node, scope, inner)
        if block is not None:
            inner.bind("caller", block)
        self.findings.depth += 1
        if self.findings.depth > MAX_DEPTH:
            self._give_up("has a macro that calls itself")
        else:
            self.run_body(macro.node.body, inner)
        self.findings.depth -= 1
        return NOTHING

    def _bind_arguments(
        self,
        macro: nodes.Macro | nodes.CallBlock,
        node: nodes.Call,
        scope: Scope,
        inner: Scope,
    ) -> None:
        """Bind the names of a macro's parameters in its scope `inner`."""
        given = [self.evaluate(arg, scope) for arg in node.args]
        named = {
            _key_of(pair): self.evaluate(_value_of(pair), scope) for pair in node.kwargs
        }
        rest: list[AbstractValue] = []
        if node.dyn_args is not None:
            rest.append(self.value(node.dyn_args, scope).each())
        if node.dyn_kwargs is not None:
            mapping = self.value(node.dyn_kwargs, scope)
            mapping.record(Access.MEMBER)  # its keys are names of parameters
            rest.append(mapping.part(VALUES).each())
        pairs = zip(macro.args[::-1], macro.defaults[::-1], strict=False)
        defaults = {arg.name: default for arg, default in pairs}
        for number, arg in enumerate(macro.args):
            bound: Bound = NOTHING
            if number < len(given):
                bound = given[number]
            elif arg.name in named:
                bound = named[arg.name]
            elif arg.name in defaults:
                bound = self.evaluate(defaults[arg.name], inner)
            if rest and isinstance(bound, AbstractValue):
                bound = union([bound, *rest])
            inner.bind(arg.name, bound)
        all_given = (*given, *named.values(), *rest)
        spare = tuple(v for v in all_given if isinstance(v, AbstractValue))
        inner.bind("varargs", AbstractValue(items=spare))
        inner.bind("kwargs", AbstractValue(items=spare))

    _HANDLERS: ClassVar[
        dict[
            type[nodes.Node],
            Callable[["ExpressionEvaluator", Any, Scope], Bound],
        ]
    ] = {
        nodes.TemplateData: _constant,
        nodes.Const: _constant,
        nodes.Name: _name,
        nodes.Getattr: _getattr,
        nodes.Getitem: _getitem,
        nodes.Tuple: _sequence,
        nodes.List: _sequence,
        nodes.Dict: _dict,
        nodes.CondExpr: _conditional,
        nodes.And: _and_or,
        nodes.Or: _and_or,
        nodes.Not: _not,
        nodes.Add: _combine,
        nodes.Sub: _combine,
        nodes.Mul: _combine,
        nodes.Compare: _compare,
        **dict.fromkeys(
            (
                *(nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
                *(nodes.Neg, nodes.Pos, nodes.Concat),
            ),
            _operator,
        ),
        nodes.MarkSafe: _mark_safe,
        nodes.MarkSafeIfAutoescape: _mark_safe,
        nodes.Filter: _filter,
        nodes.Test: _test,
        nodes.Call: call,
    }


def _is_inherited_block(callee: nodes.Expr) -> bool:
    """Return whether a call is `super()` or `self.name()`: all blocks are visited."""
    if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
        return callee.node.name == "self"
    return isinstance(callee, nodes.Name) and callee.name == "super"


def _key_of(pair: nodes.Pair | nodes.Keyword) -> str:
    """Return a keyword's name. Jinja's own types say `Pair`, its parser `Keyword`."""
    return str(pair.key)


def _value_of(pair: nodes.Pair | nodes.Keyword) -> nodes.Expr:
    return pair.value

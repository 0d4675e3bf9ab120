"""What an expression of a template may stand for, and what evaluating it reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, nodes

from . import jinja_filters
from .access import (
    DECIDED,
    LENGTH,
    MEMBER,
    NOTHING,
    SHOWN,
    TRUTH,
    VALUES,
    WHOLE,
    AbstractValue,
    AccessTree,
    union,
)
from .constants import OPEN, SettingConstants
from .scopes import Macro, Module, Scope


@dataclass(slots=True, eq=False)
class Expressions:
    """Reads expressions; calls and statements are left to the classes that extend it.

    `names` and `bare` gather what is read of the context, and of globals alone.
    """

    env: Environment
    is_pure: Callable[[str, Any], bool]
    settled: SettingConstants
    names: dict[str, AccessTree] = field(default_factory=dict)
    bare: dict[str, AccessTree] = field(default_factory=dict)
    unknown: str = ""
    at: str = ""
    depth: int = 0

    def body(self, found: Iterable[nodes.Node], scope: Scope) -> None:
        raise NotImplementedError

    def called(
        self, node: nodes.Call, scope: Scope, block: Macro | None = None
    ) -> AbstractValue:
        raise NotImplementedError

    def never(self, why: str) -> None:
        """There is no knowing: the file must be rendered every time."""
        self.unknown = self.unknown or why

    def said(self, node: nodes.Node, scope: Scope) -> Any:
        """What is settled of an expression; OPEN if nothing is."""
        return self.settled.of(node, scope, self.names)

    def constant(self, node: nodes.Expr, scope: Scope) -> nodes.Expr:
        """The text that an expression is known to be, or the expression."""
        value = OPEN if isinstance(node, nodes.Const) else self.said(node, scope)
        return nodes.Const(value) if isinstance(value, str) else node

    def value(self, node: nodes.Node, scope: Scope) -> AbstractValue:
        found = self.expression(node, scope)
        return found if isinstance(found, AbstractValue) else NOTHING

    def expression(
        self, node: nodes.Node, scope: Scope
    ) -> AbstractValue | Macro | Module:
        match node:
            case nodes.TemplateData() | nodes.Const():
                return NOTHING
            case nodes.Name():
                others = [
                    bound
                    for bound in scope.named(node.name)
                    if not isinstance(bound, AbstractValue)
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
                return self.called(node, scope)
            case nodes.Tuple() | nodes.List():
                items = [self.value(item, scope) for item in node.items]
                fields = tuple(enumerate(items))
                return AbstractValue(fields=fields) if any(items) else NOTHING
            case nodes.Dict():
                for pair in node.items:
                    self.value(pair.key, scope).note(SHOWN)
                    self.value(pair.value, scope).note(WHOLE)
                return NOTHING
            case nodes.CondExpr():
                self.value(node.test, scope).note(TRUTH, DECIDED)
                said = self.said(node.test, scope)
                yes = [node.expr1] if said is OPEN or said else []
                no = [node.expr2] if node.expr2 and (said is OPEN or not said) else []
                return union([self.value(one, scope) for one in (*yes, *no)])
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
            case nodes.Compare():
                self.value(node.expr, scope).note(SHOWN, DECIDED)
                for inner in node.ops:
                    way = MEMBER if inner.op in ("in", "notin") else SHOWN
                    self.value(inner.expr, scope).note(way, DECIDED)
                return NOTHING
            case nodes.BinExpr() | nodes.UnaryExpr() | nodes.Concat():
                for inner in node.iter_child_nodes():
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
            others = [bound for bound in bounds if not isinstance(bound, AbstractValue)]
            return others[0] if others else union(bounds)
        return whole.part(step) if isinstance(whole, AbstractValue) else NOTHING

    def _item(self, node: nodes.Getitem, scope: Scope) -> AbstractValue:
        whole, arg = self.value(node.node, scope), node.arg
        if isinstance(arg, nodes.Const):
            return whole.part(("item", arg.value))
        if isinstance(arg, nodes.Slice):
            ends = [arg.start, arg.stop, arg.step]
            if all(end is None or isinstance(end, nodes.Const) for end in ends):
                return whole.part(("slice", *(end and end.value for end in ends)))
            for end in filter(None, ends):
                self.value(end, scope).note(SHOWN, DECIDED)
            whole.note(LENGTH)
            return AbstractValue(made=(whole.each(),))
        self.value(arg, scope).note(SHOWN, DECIDED)
        # Any item of a list, any value of a mapping.
        return union([whole.each(), whole.part(VALUES).each()])

    def arguments(self, node: Any, scope: Scope) -> list[AbstractValue]:
        given = [self.value(arg, scope) for arg in node.args or ()]
        given += [self.value(pair.value, scope) for pair in node.kwargs or ()]
        given += [
            self.value(rest, scope)
            for rest in (node.dyn_args, node.dyn_kwargs)
            if rest is not None
        ]
        return given

    def _filter(self, node: nodes.Filter, scope: Scope) -> AbstractValue:
        given = self.arguments(node, scope)
        value = self.value(node.node, scope) if node.node is not None else NOTHING
        if jinja_filters.is_builtin(self.env.filters, node.name):
            if node.name in jinja_filters.NEVER_THE_SAME:
                self.never(f'{self.at} uses the filter "{node.name}"')
            for argument in given:
                argument.note(SHOWN, DECIDED)
            named = {
                pair.key: self.constant(pair.value, scope) for pair in node.kwargs or ()
            }
            args = [self.constant(arg, scope) for arg in node.args]
            if not self._own_inner(node):
                value.each().note(WHOLE)
            return jinja_filters.filtered(node.name, value, args, named, given)
        self._check("filter", node.name, self.env.filters)
        for argument in (value, *given):
            argument.note(WHOLE)
        return NOTHING

    def _own_inner(self, node: nodes.Filter) -> bool:
        """Whether a filter or a test that is named to a filter is one of Jinja's own.

        Another one may read anything of an item, and must be declared pure.
        """
        filters, tests = self.env.filters, self.env.tests
        for places, kind, known, own in (
            (jinja_filters.TAKES_FILTER, "filter", filters, jinja_filters.is_builtin),
            (jinja_filters.TAKES_TEST, "test", tests, jinja_filters.is_builtin_test),
        ):
            at = places.get(node.name, len(node.args))
            if at < len(node.args):
                name = str(getattr(node.args[at], "value", ""))
                if not own(known, name):
                    self._check(kind, name, known)
                    return False
        return True

    def _test(self, node: nodes.Test, scope: Scope) -> AbstractValue:
        ways: tuple[str, ...] = (SHOWN, DECIDED)
        if not jinja_filters.is_builtin_test(self.env.tests, node.name):
            self._check("test", node.name, self.env.tests)
            ways = (WHOLE,)
        elif node.name in ("defined", "undefined"):
            ways = (TRUTH,)
        self.value(node.node, scope).note(*ways)
        for argument in self.arguments(node, scope):
            argument.note(SHOWN, DECIDED)
        return NOTHING

    def _check(self, kind: str, name: str, known: dict[str, Any]) -> None:
        if not self.is_pure(name, known.get(name)):
            self.never(f'{self.at} uses the {kind} "{name}"')

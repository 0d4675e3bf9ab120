"""Analyses a template, and all it extends, includes and imports, for what it can read.

The result is an access tree for each name of the context. What the syntax alone does
not tell, such as a template named by a variable or a function that is not declared
pure, is a reason to render the file every time.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

from ..system.digests import combined
from .access import NOTHING, AbstractValue, Access, AccessTree
from .constants import OPEN, SettingConstants
from .expressions import MAX_DEPTH, ExpressionEvaluator, Findings
from .scopes import Bound, Macro, Module, Scope

_MAX_PASSES = 6


@dataclass(frozen=True, slots=True)
class ParsedTemplate:
    """The source of one template, and its syntax tree.

    There is none (None) if the template is missing, or has an `error`.
    """

    source: bytes
    tree: nodes.Template | None
    error: bool = False


MISSING = ParsedTemplate(b"\0missing", None)
_BROKEN = ParsedTemplate(b"\0broken", None, error=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReads:
    """What rendering a template depends on.

    `names` are the access trees of the context, `globals` those of the environment's
    globals alone (imports without context). `sources` is the digest of all templates
    involved, `templates` that of each. `unknown` says why the file must be rendered
    every time; empty if it need not be. All this holds where the names in `assumed`
    have these values, or None for no value.
    """

    names: dict[str, AccessTree]
    globals: dict[str, AccessTree]
    sources: bytes
    templates: dict[str, bytes]
    unknown: str
    assumed: dict[str, Any]


def analyze_template(
    env: Environment,
    name: str,
    is_pure: Callable[[str, Any], bool],
    settings: Mapping[str, Any],
    excluded: Collection[str] = (),
    always_true: Collection[str] = (),
    parsed: dict[str, ParsedTemplate] | None = None,
) -> TemplateReads:
    """Return what the template `name` reads, as long as the settings are these.

    `is_pure` decides on filters, tests and functions; names that are `excluded` may
    have other values than the settings say; `always_true` are given to each page, and
    true. `parsed` is a cache of this environment's templates, which is added to.
    """
    constants = SettingConstants(settings, {*excluded, *env.globals}, always_true)
    cache = {} if parsed is None else parsed
    return TemplateAnalyzer(env, is_pure, constants, cache).analyze(name)


class TemplateAnalyzer:
    """Visits the statements of templates; an evaluator, which it holds, expressions."""

    def __init__(
        self,
        env: Environment,
        is_pure: Callable[[str, Any], bool],
        constants: SettingConstants,
        cache: dict[str, ParsedTemplate],
    ) -> None:
        self._env, self._constants, self._cache = env, constants, cache
        self._findings = Findings()
        self._expressions = ExpressionEvaluator(
            env, is_pure, constants, self._findings, self._body
        )
        self._parsed: dict[str, ParsedTemplate] = {}
        self._modules: dict[tuple[str, Scope | None], Module] = {}

    def analyze(self, name: str) -> TemplateReads:
        """Return what rendering the template `name` depends on."""
        findings = self._findings
        scope = Scope(root=lambda name: findings.names.setdefault(name, AccessTree()))
        # A name that one template sets may be read in a block visited before it.
        size = -1
        for _ in range(_MAX_PASSES):
            self._template(name, scope)
            grown = scope.size()
            if grown == size or findings.unknown:
                break
            size = grown
        else:
            findings.give_up(f"{name} sets names in a circle")
        parsed = sorted(self._parsed.items())
        return TemplateReads(
            names=findings.names,
            globals=findings.globals,
            sources=combined(
                part for key, one in parsed for part in (key.encode(), one.source)
            ),
            templates={key: combined([one.source]) for key, one in parsed},
            unknown=findings.unknown,
            assumed=self._constants.used,
        )

    # --- templates ------------------------------------------------------------------

    def _template(self, name: str, scope: Scope) -> None:
        """Visit the body of one template in a scope, if there is such a template."""
        if name not in self._parsed:
            if name not in self._cache:
                self._cache[name] = self._parse(name)
            self._parsed[name] = self._cache[name]
        found, findings = self._parsed[name], self._findings
        if found.error:
            findings.give_up(f"{name} cannot be parsed")
        if found.tree is None:
            return
        findings.depth += 1
        outer, findings.template = findings.template, name
        if findings.depth > MAX_DEPTH:
            findings.give_up(f"{name} includes itself")
        else:
            self._body(found.tree.body, scope)
        findings.depth, findings.template = findings.depth - 1, outer

    def _parse(self, name: str) -> ParsedTemplate:
        assert self._env.loader is not None
        try:
            source, filename, _ = self._env.loader.get_source(self._env, name)
            tree = self._env.parse(source, name, filename)
            return ParsedTemplate(source.encode(), tree)
        except TemplateNotFound:
            return MISSING
        except TemplateSyntaxError:  # rendering raises it again, with file and line
            return _BROKEN

    def _template_names(self, node: nodes.Expr, scope: Scope) -> list[str]:
        """Return the names that `extends`, `include` or `import` may mean."""
        node = self._expressions.constant(node, scope)
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, nodes.List | nodes.Tuple):
            return [n for item in node.items for n in self._template_names(item, scope)]
        self._give_up("names a template by a variable")
        return []

    def _give_up(self, what: str) -> None:
        self._findings.give_up(f"{self._findings.template} {what}")

    # --- statements -----------------------------------------------------------------

    def _body(self, statements: Iterable[nodes.Node], scope: Scope) -> None:
        for node in statements:
            if self._findings.unknown:
                return
            handler = self._HANDLERS.get(type(node))
            if handler is None:
                self._give_up(f"has a {type(node).__name__}")
            else:
                handler(self, node, scope)

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for expression in node.nodes:
            self._expressions.value(expression, scope).record(Access.SHOWN)

    def _expression(self, node: nodes.ExprStmt, scope: Scope) -> None:
        self._expressions.value(node.node, scope).record(Access.TRUTH)

    def _ignore(self, node: nodes.Node, scope: Scope) -> None:
        pass

    def _if(self, node: nodes.If, scope: Scope) -> None:
        for branch in (node, *node.elif_):
            test = self._expressions.value(branch.test, scope)
            test.record(Access.TRUTH, Access.DECIDED)
            known = self._expressions.known_value(branch.test, scope)
            if known is OPEN or known:
                self._body(branch.body, scope)
            if known is not OPEN and known:
                return
        self._body(node.else_, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        each = self._expressions.value(node.iter, scope).each()
        inner = scope.inner()
        self._bind(node.target, each, inner, certain=True)
        neighbours = (("previtem", each), ("nextitem", each))
        inner.bind("loop", AbstractValue(fields=neighbours))
        if node.test is not None:
            test = self._expressions.value(node.test, inner)
            test.record(Access.TRUTH, Access.DECIDED)
        if node.recursive:
            self._give_up("has a recursive loop")
        self._body(node.body, inner)
        self._body(node.else_, scope.inner())

    # --- statements that bind names ---------------------------------------------------

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        bound = self._expressions.evaluate(node.node, scope)
        self._bind(node.target, bound, scope, certain=False)

    def _assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, scope.inner())
        if node.filter is not None:
            self._expressions.value(node.filter, scope)
        self._bind(node.target, NOTHING, scope, certain=False)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = scope.inner()
        for target, given in zip(node.targets, node.values, strict=True):
            bound = self._expressions.evaluate(given, scope)
            self._bind(target, bound, inner, certain=True)
        self._body(node.body, inner)

    def _bind(
        self, target: nodes.Node, bound: Bound, scope: Scope, *, certain: bool
    ) -> None:
        if isinstance(target, nodes.Name):
            (scope.bind if certain else scope.assign)(target.name, bound)
        elif isinstance(target, nodes.Tuple | nodes.List):
            for number, part in enumerate(target.items):
                value = bound if isinstance(bound, AbstractValue) else NOTHING
                self._bind(part, value.nth(number), scope, certain=certain)
        elif isinstance(target, nodes.NSRef) and isinstance(bound, AbstractValue):
            bound.record(Access.WHOLE)
        else:
            self._give_up(f"assigns to a {type(target).__name__}")

    # --- statements with a body -------------------------------------------------------

    def _block(
        self, node: nodes.Block | nodes.Scope | nodes.OverlayScope, scope: Scope
    ) -> None:
        self._body(node.body, scope.inner())

    def _modifier(self, node: nodes.ScopedEvalContextModifier, scope: Scope) -> None:
        self._body(node.body, scope)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope.assign(node.name, Macro(node, scope))

    def _call_block(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._expressions.call(node.call, scope, Macro(node, scope))

    def _filter_block(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._body(node.body, scope.inner())
        self._expressions.value(node.filter, scope).record(Access.SHOWN)

    # --- other templates --------------------------------------------------------------

    def _extends(self, node: nodes.Extends, scope: Scope) -> None:
        for name in self._template_names(node.template, scope):
            self._template(name, scope)

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        for name in self._template_names(node.template, scope):
            self._template(name, self._scope_of(node, scope))

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        for name in self._template_names(node.template, scope):
            scope.assign(node.target, self._module(name, node, scope))

    def _from_import(self, node: nodes.FromImport, scope: Scope) -> None:
        for name in self._template_names(node.template, scope):
            module = self._module(name, node, scope)
            for wanted in node.names:
                known, alias = (
                    (wanted, wanted) if isinstance(wanted, str) else tuple(wanted)
                )
                for bound in module.scope.names.get(known, ()):
                    scope.assign(alias, bound)

    def _scope_of(
        self, node: nodes.Include | nodes.Import | nodes.FromImport, scope: Scope
    ) -> Scope:
        """Return the scope of another template: without context, globals alone."""
        if node.with_context:
            return scope.inner()
        findings = self._findings
        return Scope(root=lambda name: findings.globals.setdefault(name, AccessTree()))

    def _module(
        self, name: str, node: nodes.Import | nodes.FromImport, scope: Scope
    ) -> Module:
        key = (name, scope if node.with_context else None)
        found = self._modules.get(key)
        if found is None:
            found = self._modules[key] = Module(self._scope_of(node, scope))
        self._template(name, found.scope)
        return found

    _HANDLERS: ClassVar[
        dict[type[nodes.Node], Callable[["TemplateAnalyzer", Any, Scope], None]]
    ] = {
        nodes.Output: _output,
        nodes.ExprStmt: _expression,
        nodes.If: _if,
        nodes.For: _for,
        nodes.Continue: _ignore,
        nodes.Break: _ignore,
        nodes.EvalContextModifier: _ignore,
        nodes.Assign: _assign,
        nodes.AssignBlock: _assign_block,
        nodes.With: _with,
        nodes.Block: _block,
        nodes.Scope: _block,
        nodes.OverlayScope: _block,
        nodes.ScopedEvalContextModifier: _modifier,
        nodes.Macro: _macro,
        nodes.CallBlock: _call_block,
        nodes.FilterBlock: _filter_block,
        nodes.Extends: _extends,
        nodes.Include: _include,
        nodes.Import: _import,
        nodes.FromImport: _from_import,
    }

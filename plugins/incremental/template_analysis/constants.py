"""Constants of a template that follow from the settings: constant folding.

Another value of a setting builds everything anew. So during one build, a branch that
only another value would take is no part of the template, and a template or an
attribute that is named by a setting has that name. Many themes are made this way: what
a site has no use for is behind `{% if SOME_SETTING %}`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from .access import AbstractValue, AccessTree
from .scopes import Scope

PATH_DEPENDENT = frozenset({"SITEURL", "localsiteurl", "output_file"})
"""Names whose values depend on the path of the page, whatever the settings say."""

OPEN = object()
"""The value of what the settings do not decide."""

_PLAIN = str | int | float | None


@dataclass(slots=True, eq=False)
class SettingConstants:
    """Values of settings by name, but for the names that are `excluded`.

    `used` are those that the analysis relied on, None for what is no setting: a page
    for which a name means something else needs another analysis. `always_true` are
    names of values that each page is given, and that are true.
    """

    settings: Mapping[str, Any]
    excluded: Container[str] = ()
    always_true: Container[str] = ()
    used: dict[str, Any] = field(default_factory=dict)

    def value_of(
        self, node: nodes.Node, scope: Scope, names: Mapping[str, AccessTree]
    ) -> Any:
        """Return the value of an expression, or one that is as true; else OPEN.

        `names` are the trees of the context, by which its names are told from others.
        """
        match node:
            case nodes.Const():
                return node.value
            case nodes.Name():
                return self._name(node.name, scope, names)
            case nodes.Not():
                value = self.value_of(node.node, scope, names)
                return OPEN if value is OPEN else not value
            case nodes.And() | nodes.Or():
                left = self.value_of(node.left, scope, names)
                right = self.value_of(node.right, scope, names)
                decides = isinstance(node, nodes.Or)  # one side of this truth decides
                if left is not OPEN and bool(left) != decides:
                    return right
                if left is not OPEN or right is OPEN:
                    return left
                # Either side may be the value; only its truth is known.
                return decides if bool(right) == decides else OPEN
        return OPEN

    def _name(self, name: str, scope: Scope, names: Mapping[str, AccessTree]) -> Any:
        given = name in self.always_true
        if not given and not name.isupper():
            return OPEN
        if name in PATH_DEPENDENT or name in self.excluded:
            return OPEN
        bound, value = scope.lookup(name), self.settings.get(name)
        known = names.get(name)
        if known is None or not isinstance(value, _PLAIN):
            return OPEN
        if not isinstance(bound[0], AbstractValue) or bound[0].trees != (known,):
            return OPEN  # the template's own, or a global where there is no context
        if given:
            return True
        self.used[name] = value
        return value

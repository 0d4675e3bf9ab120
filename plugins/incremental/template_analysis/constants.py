"""What is settled of a template before any page is made: what it asks of the settings.

Another value of a setting builds everything anew. So while this build lasts, a branch
that only another value would take is no part of the template, and a template or an
attribute that is named by a setting has that name. Many themes are made this way: what
a site has no use for is behind `{% if SOME_SETTING %}`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from .access import AbstractValue, AccessTree
from .scopes import Scope

FROM_PLACE = frozenset({"SITEURL", "localsiteurl", "output_file"})
"""What the writer sets by where a page lies, whatever the settings say."""

OPEN = object()
"""The value of what is not settled."""

_PLAIN = str | int | float | None


@dataclass(slots=True, eq=False)
class SettingConstants:
    """Values of settings by name; nothing is settled of those in `apart`.

    `used` are those that were asked for, None for what is no setting: a page for which
    a name means something else must not go by this. `true` are names of what each page
    is given, and is true.
    """

    settings: Mapping[str, Any]
    apart: Container[str] = ()
    true: Container[str] = ()
    used: dict[str, Any] = field(default_factory=dict)

    def of(
        self, node: nodes.Node, scope: Scope, names: Mapping[str, AccessTree]
    ) -> Any:
        """The value of an expression, or one that is as true; else OPEN.

        `names` are the uses of the context, by which its names are told from others.
        """
        match node:
            case nodes.Const():
                return node.value
            case nodes.Name():
                return self._name(node.name, scope, names)
            case nodes.Not():
                value = self.of(node.node, scope, names)
                return OPEN if value is OPEN else not value
            case nodes.And() | nodes.Or():
                left = self.of(node.left, scope, names)
                right = self.of(node.right, scope, names)
                decides = isinstance(node, nodes.Or)  # whichever of them is so true
                if left is not OPEN and bool(left) != decides:
                    return right
                if left is not OPEN or right is OPEN:
                    return left
                # Either side may be the value; only how true it is is known.
                return decides if bool(right) == decides else OPEN
        return OPEN

    def _name(self, name: str, scope: Scope, names: Mapping[str, AccessTree]) -> Any:
        given = name in self.true
        if not given and not name.isupper() or name in FROM_PLACE or name in self.apart:
            return OPEN
        bound, value = scope.named(name), self.settings.get(name)
        known = names.get(name)
        if known is None or not isinstance(value, _PLAIN):
            return OPEN
        if not isinstance(bound[0], AbstractValue) or bound[0].uses != (known,):
            return OPEN  # the template's own, or a global where there is no context
        if given:
            return True
        self.used[name] = value
        return value

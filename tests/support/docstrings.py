"""The public attributes of a class: name, type and docstring, from its source."""

import ast
import inspect
import textwrap

INTERNAL = "not for templates."


def attributes(kind):
    """Rows (name, type, text) of what a template may read of an object of `kind`.

    Fields have the string below them, properties and methods their docstring. A slot
    has the type `slot`, a method its arguments in the name. What is documented as not
    for templates is left out.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body = tree.body[0].body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            name, text = node.target.id, _string(after)
            found = name, ast.unparse(node.annotation), text
        elif isinstance(node, ast.FunctionDef):
            found = _function(node)
        else:
            continue
        if not found[0].startswith("_") and not found[2].endswith(INTERNAL):
            yield found


def table_row(name, type_, text):
    """A row as the pages of the reference have it."""
    cells = [cell.replace("|", r"\|") for cell in (f"`{name}`", f"`{type_}`", text)]
    return f"| {' | '.join(cells)} |"


def _function(node):
    decorators = {getattr(one, "id", "") for one in node.decorator_list}
    text = " ".join((ast.get_docstring(node) or "").split())
    if "SlotAttribute" in decorators:
        words = text.removeprefix("A slot: ")
        return node.name, "slot", words[:1].upper() + words[1:]
    type_ = ast.unparse(node.returns).strip("'") if node.returns else ""
    if "property" in decorators:
        return node.name, type_, text
    arguments = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
    return f"{node.name}({', '.join(arguments[1:])})", type_, text


def _string(node):
    """The text of a statement that is a string; empty for any other."""
    value = getattr(node, "value", None)
    if isinstance(node, ast.Expr) and isinstance(value, ast.Constant):
        return " ".join(str(value.value).split())
    return ""

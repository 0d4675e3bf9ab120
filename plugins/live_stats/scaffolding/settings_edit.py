"""Sets values in a settings file as a person would: in the line that has them."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path

from ..model.errors import Mistake, Mistakes


def value_in(path: Path, name: str) -> str:
    """The text that a settings file sets for `name`; empty if it is none."""
    found = _constant(ast.parse(path.read_bytes()), name)
    return str(found.value) if found else ""


def with_values(path: Path, values: Mapping[str, str]) -> str:
    """The text of a settings file with other values, each in the place of the old one.

    Where the value is what is taken from the environment or else this, it is the "else
    this". A setting that the file does not have comes at its end. Raises `Mistakes` for
    one whose value is worked out.
    """
    source = path.read_text(encoding="utf-8")
    mistakes = []
    for name, value in values.items():
        tree = ast.parse(source)
        constant = _constant(tree, name)
        if constant is not None:
            source = _replace(source, constant, json.dumps(value, ensure_ascii=False))
        elif (line := _line_of(tree, name)) == 0:
            text = json.dumps(value, ensure_ascii=False)
            source = f"{source.rstrip()}\n{name} = {text}\n"
        else:
            what = f"{name} is worked out here, so init cannot set it"
            mend = f"write {name} = {json.dumps(value, ensure_ascii=False)}"
            mistakes.append(Mistake(path=str(path), line=line, what=what, mend=mend))
    if mistakes:
        raise Mistakes(mistakes)
    return source


def _assignments(tree: ast.Module, name: str) -> list[ast.Assign]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]


def _line_of(tree: ast.Module, name: str) -> int:
    """The line of the last assignment; 0 if there is none."""
    return max((node.lineno for node in _assignments(tree, name)), default=0)


def _constant(tree: ast.Module, name: str) -> ast.Constant | None:
    """The text that decides a setting; None if it is no plain text."""
    found = _assignments(tree, name)
    if not found:
        return None
    value = found[-1].value
    texts = [value]
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and len(node.args) == 2:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called in ("get", "getenv"):
                texts.append(node.args[1])
    for text in texts:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            return text
    return None


def _replace(source: str, node: ast.Constant, text: str) -> str:
    lines = source.encode().splitlines(keepends=True)  # columns count bytes
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first][: node.col_offset]
    after = lines[last][node.end_col_offset :]
    lines[first : last + 1] = [before + text.encode() + after]
    return b"".join(lines).decode()

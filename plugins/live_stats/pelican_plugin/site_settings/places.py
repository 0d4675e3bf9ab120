"""Where settings stand: the file and line that set each name."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from ...model.errors import Mistake

_WORD_ENDS = " \"'("


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a settings file, and those beside it that it imports, set and read.

    `lines` has by name the path and the line of its last assignment, `read` the names
    that the files use themselves: those are their own business.
    """

    settings_file: str
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, settings_file: str) -> Self:
        """Parse the files; one that cannot be parsed sets nothing."""
        places = cls(settings_file=settings_file)
        places._add(Path(settings_file), set())
        return places

    def at(self, name: str, what: str, mend: str = "") -> Mistake:
        """A mistake in a setting, at the line that sets it."""
        path, line = self.lines.get(name, (self.settings_file, 0))
        return Mistake(path=path, line=line, what=what, mend=mend)

    def placed(self, mistake: Mistake) -> Mistake:
        """A mistake that names a setting and no line, at the line that sets it."""
        name = mistake.what
        for end in _WORD_ENDS:
            name = name.partition(end)[0]
        if mistake.line or not mistake.path.endswith(".py") or not name.isupper():
            return mistake
        path, line = self.lines.get(name, (mistake.path, 0))
        return replace(mistake, path=path, line=line)

    def _add(self, file: Path, seen: set[Path]) -> None:
        seen.add(file.absolute())
        try:
            tree = ast.parse(file.read_bytes())
        except (OSError, SyntaxError, ValueError):
            return
        for beside in _imported(tree, file.absolute().parent):
            if beside not in seen:
                self._add(beside, seen)
        path = _display_path(file)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Store):
                    self.lines[node.id] = path, node.lineno
                else:
                    self.read.add(node.id)


def _imported(tree: ast.Module, folder: Path) -> Iterator[Path]:
    """The files beside a settings file that it imports."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            file = folder / f"{name}.py"
            if name and "." not in name and file.is_file():
                yield file


def _display_path(file: Path) -> str:
    below = os.path.relpath(file)
    return str(file) if below.startswith(os.pardir) else below

"""Settings in comparable form: which of them differ from those of the last build."""

import os
import runpy
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..system.digests import digest_of

_PLACES = frozenset({"OUTPUT_PATH", "CACHE_PATH"})
"""Where things are written says nothing about what is written."""


def digests(settings: Mapping[str, Any], home: str) -> dict[str, str]:
    """The digest of each setting, by name.

    What lies in the folder `home`, which is that of the site, digests the same wherever
    that is. It is an absolute path, or empty.

    INCREMENTAL_APART names settings that decide nothing of what is written.
    """
    apart = _PLACES.union(settings.get("INCREMENTAL_APART", ()))
    return {
        name: digest_of(_text(value, home).encode("utf-8", "surrogatepass")).hex()
        for name, value in settings.items()
        if name.isupper() and name not in apart and not name.startswith("INCREMENTAL_")
    }


def changed(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The names whose settings differ, sorted."""
    return sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    )


def run(settings_file: str) -> dict[str, str]:
    """Execute a settings file, without Pelican, and digest what it sets."""
    home = os.path.dirname(os.path.abspath(settings_file))
    return digests(execute(settings_file), home)


def execute(settings_file: str) -> dict[str, Any]:
    """Execute a settings file, without Pelican; returns all that it sets, by name.

    Settings may ask the environment or the clock, so they are run, not only read.
    """
    folder = os.path.dirname(os.path.abspath(settings_file))
    # What lies beside it and was imported earlier may have been edited since.
    for name, module in list(sys.modules.items()):
        if os.path.dirname(getattr(module, "__file__", None) or "") == folder:
            del sys.modules[name]
    before, modules = list(sys.path), set(sys.modules)
    sys.path.insert(0, folder)
    try:
        return runpy.run_path(settings_file)
    finally:
        sys.path[:] = before
        # What the settings imported from beside them is read anew by Pelican.
        for name in set(sys.modules) - modules:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).is_relative_to(folder):
                if ".venv" not in Path(file).parts:
                    del sys.modules[name]


def _text(value: Any, home: str, depth: int = 0) -> str:
    """A text that is the same in every process for the same value."""
    if depth > 12:
        return "…"
    if isinstance(value, str):
        return repr(_of_site(value, home))
    if isinstance(value, bytes | int | float | bool | type(None)):
        return repr(value)
    if isinstance(value, Mapping):
        parts = [
            (_text(k, home, depth + 1), _text(v, home, depth + 1))
            for k, v in value.items()
        ]
        # Order is part of the value: of extensions, of links in a menu.
        return f"{{{','.join(f'{key}:{item}' for key, item in parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(_text(item, home, depth + 1) for item in value)}]"
    if isinstance(value, set | frozenset):
        return f"({','.join(sorted(_text(item, home, depth + 1) for item in value))})"
    if isinstance(value, os.PathLike):
        return _of_site(os.fsdecode(value), home)
    if isinstance(value, types.FunctionType):
        return _function(value, home, depth)
    if isinstance(value, type | types.ModuleType | types.BuiltinFunctionType):
        return str(getattr(value, "__qualname__", value.__name__))
    held: Any = getattr(value, "__dict__", None)
    return f"{type(value).__qualname__}{_text(held, home, depth + 1) if held else ''}"


def _function(value: types.FunctionType, home: str, depth: int) -> str:
    code = value.__code__
    consts = [c for c in code.co_consts if not isinstance(c, types.CodeType)]
    inner = [c.co_code.hex() for c in code.co_consts if isinstance(c, types.CodeType)]
    held = [_cell(cell, home, depth) for cell in value.__closure__ or ()]
    defaults = _text(value.__defaults__, home, depth + 1)
    parts = [value.__qualname__, code.co_code.hex(), repr(code.co_names)]
    parts += [repr(consts), *inner, *held, defaults]
    return "|".join(parts)


def _cell(cell: Any, home: str, depth: int) -> str:
    try:
        return _text(cell.cell_contents, home, depth + 1)
    except ValueError:
        return "empty"


def _of_site(text: str, home: str) -> str:
    """A text; a path in the site marked, so that it is no other text."""
    inside = home and (text == home or text.startswith(home + os.sep))
    return f"\0{text[len(home) :]}" if inside else text

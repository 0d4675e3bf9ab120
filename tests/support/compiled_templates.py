"""Templates of many test sites, each compiled once.

Nearly every test site has the theme that ships, in a folder of its own. Compiling it
was half of the time of a build, and none of its hundred templates differs between them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import CodeType
from unittest.mock import patch

from jinja2 import Environment

OPTIONS = (
    "autoescape",
    "block_start_string",
    "comment_start_string",
    "finalize",
    "is_async",
    "keep_trailing_newline",
    "line_comment_prefix",
    "line_statement_prefix",
    "lstrip_blocks",
    "newline_sequence",
    "newstyle_gettext",
    "optimized",
    "sandboxed",
    "trim_blocks",
    "variable_start_string",
)
"""What the code of a template depends on, besides its text."""


def _called(functions: dict[str, object]) -> frozenset[object]:
    """Those that the compiler may call, for what is constant in a template."""
    return frozenset((name, _kind(one)) for name, one in functions.items())


def _kind(function: object) -> object:
    """The same for functions that differ in nothing but the site that they are of."""
    if isinstance(function, partial):
        return _kind(function.func), repr(function.args), repr(function.keywords)
    return getattr(function, "__code__", type(function))


@contextmanager
def compiled_once() -> Iterator[None]:
    """While this lasts, the same text in the same environment has the same code."""
    compile_anew, known = Environment.compile, {}

    def compile_(self, source, name=None, filename=None, raw=False, defer_init=False):
        if raw or not isinstance(source, str) or self.bytecode_cache:
            return compile_anew(self, source, name, filename, raw, defer_init)
        options = tuple(getattr(self, option, None) for option in OPTIONS)
        kinds = (type(self), *sorted(self.extensions), options)
        key = (source, name, defer_init, kinds, _called(self.filters))
        key += (_called(self.tests),)
        code: CodeType | None = known.get(key)
        if code is None:
            code = compile_anew(self, source, name, filename, raw, defer_init)
            known[key] = code
        return code.replace(co_filename=filename or "<template>")

    with patch.object(Environment, "compile", compile_):
        yield

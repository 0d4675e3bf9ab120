"""The templates of fragments: ours, and before them a theme's of the same name."""

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from ..i18n.translator import translator_of
from .series_view import SeriesView

MOST = 4096  # pieces of markup, of about 500 bytes
TEMPLATES = Path(__file__).parent / "templates"
CHARTS = {
    "table_rows": ".chart_data",
    "sparkline": ".charts.sparkline",
    "line_chart": ".charts.line_chart",
    "small_multiple": ".charts.small_multiple",
}
"""The functions that templates draw with, by the module that each is in."""


class PackagedBytecodeCache(FileSystemBytecodeCache):
    """The bytecode of templates below `folder`, beside that of the module `beside`.

    Compiling the templates of one figure takes a fifth of a refresh. What a theme
    brings is compiled anew each time: nothing is left in folders that are not ours, and
    nothing that runs is loaded from the state folder, which may come from anywhere.

    Where Python may not write its own bytecode, nothing is written. Named like that, a
    file of it counts as no input of a build.
    """

    def __init__(self, folder: Path, beside: str) -> None:
        here = Path(cache_from_source(beside)).parent
        super().__init__(str(here), f"template-%s.{sys.implementation.cache_tag}.pyc")
        self._ours = f"{folder}/"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        if filename is None or not filename.startswith(self._ours):
            return ""
        return super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            try:
                super().load_bytecode(bucket)
            except Exception:  # cut off or damaged: as if it were not there
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


class FragmentEnvironment(Environment):
    """Jinja's environment, for the fragments of one snapshot.

    `themes` are folders whose templates come first. Besides what Jinja has, templates
    can call the functions in `CHARTS`, and `kept(macro, view, *others)`.
    """

    def __init__(self, themes: list[Path]) -> None:
        folders = [FileSystemLoader(folder) for folder in (*themes, TEMPLATES)]
        super().__init__(
            loader=ChoiceLoader(folders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=PackagedBytecodeCache(TEMPLATES, __file__),
        )
        self.globals.update(
            {name: _chart(name) for name in CHARTS}, kept=_cached_macros()
        )
        self.filters.update(tr=_translated, count=_counted)

    def make_globals(self, d: Any) -> dict[str, Any]:
        # They never change, so templates share them: without the copy that Jinja makes
        # each time that a fragment is rendered, or imports from another.
        return {**self.globals, **d} if d else self.globals

    def compile_all(self) -> None:
        """Compile every template, before workers part."""
        for name in self.list_templates(filter_func=_is_fragment):
            self.get_template(name)


def _translated(
    message: str, lang: str, context: str = "", **values: object
) -> str | Markup:
    """`message` in `lang`, with its {names} filled in, as in the theme.

    `context` tells apart messages that are the same in English and not elsewhere.
    """
    translator = translator_of(lang)
    text = (
        translator.pgettext(context, message)
        if context
        else translator.gettext(message)
    )
    return Markup(escape(text)).format(**values) if values else text


def _counted(
    number: int, one: str, many: str, lang: str, **values: object
) -> str | Markup:
    """The form of a message for `number`, with {n} and {names} filled in: 3 posts."""
    text = translator_of(lang).plural(one, many, number)
    return Markup(escape(text)).format(n=number, **values)


def _chart(name: str) -> Callable[..., Any]:
    """A function of `CHARTS` that loads its module when it is called.

    Few pages have more than a sparkline.
    """

    def draw(*args: Any, **options: Any) -> Any:
        module = import_module(CHARTS[name], __package__)
        return getattr(module, name)(*args, **options)

    return draw


def _cached_macros() -> Callable[..., Markup]:
    """A function that calls a macro, once for each series and language.

    It is for markup that is the same on whatever page the series is shown.
    """
    known: dict[tuple[str, str, str], Markup] = {}

    def kept(macro: Macro, view: SeriesView, *others: Any) -> Markup:
        key = (macro.name, view.series, view.lang)
        if key not in known:
            if len(known) >= MOST:  # most are of a page that is done with
                known.clear()
            known[key] = Markup(macro(view, *others))
        return known[key]

    return kept


def _is_fragment(name: str) -> bool:
    return name.startswith("live_stats/")

"""The templates of fragments: ours, and before them a theme's of the same name."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from ..i18n.translator import translator_of
from .bytecode_cache import PackagedBytecodeCache
from .views import SeriesView

MOST = 4096  # pieces of markup, of about 500 bytes
TEMPLATES = Path(__file__).parent / "templates"
CHARTS = {
    "table_rows": "data_table",
    "sparkline": "sparkline",
    "line_chart": "line_chart",
    "small_multiple": "small_multiple",
}
"""What templates draw with, by the module that it is in."""


class FragmentEnvironment(Environment):
    """Jinja's environment, for the fragments of one snapshot.

    Its globals are settled: it need not look for new ones each time that a fragment is
    rendered, or imports from another.
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
        self.globals.update({name: _chart(name) for name in CHARTS}, kept=_kept())
        self.filters.update(tr=_translated, count=_counted)

    def make_globals(self, d: Any) -> dict[str, Any]:
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
    """What draws it, loaded by the first who asks: few pages have more than a line."""

    def draw(*args: Any, **options: Any) -> Any:
        module = import_module(f".charts.{CHARTS[name]}", __package__)
        return getattr(module, name)(*args, **options)

    return draw


def _kept() -> Callable[..., Markup]:
    """What calls a macro once for each series and language, whatever page it is on."""
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

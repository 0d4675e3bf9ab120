"""The templates of fragments: ours, and before them a theme's of the same name."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from .bytecode_cache import PackagedBytecodeCache
from .views import SeriesView

MOST = 4096  # pieces of markup, of about 500 bytes
TEMPLATES = Path(__file__).parent / "templates"
CHARTS = {
    "table_rows": ".chart_data",
    "sparkline": ".charts.sparkline",
    "line_chart": ".charts.line_chart",
    "small_multiple": ".charts.small_multiple",
}
"""The functions that templates draw with, by the module that each is in."""


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

    def make_globals(self, d: Any) -> dict[str, Any]:
        return {**self.globals, **d} if d else self.globals

    def compile_all(self) -> None:
        """Compile every template, before workers part."""
        for name in self.list_templates(filter_func=_is_fragment):
            self.get_template(name)


def _chart(name: str) -> Callable[..., Any]:
    """What draws it, loaded by the first who asks: few pages have more than a line."""

    def draw(*args: Any, **options: Any) -> Any:
        module = import_module(CHARTS[name], __package__)
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

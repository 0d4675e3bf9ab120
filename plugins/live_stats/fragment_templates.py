"""The templates of fragments: ours, and before them a theme's of the same name."""

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from . import charts
from .bytecode import Bytecode

TEMPLATES = Path(__file__).parent / "templates"


class Templates(Environment):
    """Jinja's environment, with globals that are settled: it need not look for new ones
    each time that a fragment is rendered, or imports from another.
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
            bytecode_cache=Bytecode(TEMPLATES, __file__),
        )
        self.globals.update(
            table_rows=charts.table_rows,
            sparkline=charts.sparkline,
            line_chart=charts.line_chart,
            small_multiple=charts.small_multiple,
        )

    def make_globals(self, d: Any) -> dict[str, Any]:
        return {**self.globals, **d} if d else self.globals

    def compile_all(self) -> None:
        """Compile every template, before workers part."""
        for name in self.list_templates(filter_func=_is_fragment):
            self.get_template(name)


def _is_fragment(name: str) -> bool:
    return name.startswith("live_stats/")

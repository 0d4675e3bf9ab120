"""Finds posts and pages that name a template which the theme does not have.

Pelican would end with a traceback when it renders the first of them.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pelican.generators import Generator, PelicanTemplateNotFound

from ...model.errors import Mistake
from ...model.suggestions import suggestion
from ..content.figures import metadata_line


def missing_templates(
    generators: Iterable[Any],
    contents: Iterable[Any],
    display_path: Callable[[Path], str],
) -> Iterator[Mistake]:
    """A mistake for each `Template:` without a file; `contents` are published."""
    finds = [one for one in generators if isinstance(one, Generator)]
    for content in contents:
        name = str(content.metadata.get("template", "")).strip()
        if not name or not finds or _exists(finds[0], name):
            continue
        path = Path(content.source_path)
        raw = path.read_text(encoding="utf-8-sig", errors="replace")
        ending = finds[0].settings["TEMPLATE_EXTENSIONS"][0]
        known = (
            one.removesuffix(ending)
            for one in finds[0].env.list_templates()
            if one.endswith(ending)
        )
        yield Mistake(
            path=display_path(path),
            line=metadata_line(raw, "template"),
            what=f"Template: the theme has no {name}{ending}",
            mend=suggestion(name, known, otherwise="add it there, or delete the line"),
            rule="template",
        )


def _exists(generator: Generator, name: str) -> bool:
    try:
        generator.get_template(name)
    except PelicanTemplateNotFound:
        return False
    return True

"""Finds posts and pages that ask for a template which the theme does not have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ...model.errors import Mistake
from ...model.suggestions import suggestion
from ..content.front_matter.blocks import metadata_line


def unknown_templates(
    contents: Iterable[Any], themes: Sequence[str], display_path: Callable[[Path], str]
) -> Iterator[Mistake]:
    """The mistakes for lines "Template:" with an unknown name.

    `themes` are folders of templates. Pelican would stop at the first, so such a page
    is rendered with the usual template, in a build that ends with these mistakes.
    """

    @cache
    def is_known(name: str) -> bool:
        return any(Path(folder, f"{name}.html").is_file() for folder in themes)

    for content in contents:
        name = content.metadata.get("template")
        if not name or is_known(str(name)):
            continue
        content.template = content.default_template
        path = Path(content.source_path)
        raw = path.read_text(encoding="utf-8-sig", errors="replace")
        names = {file.stem for folder in themes for file in Path(folder).glob("*.html")}
        yield Mistake(
            path=display_path(path),
            line=metadata_line(raw, "template"),
            what=f"Template: the theme has no {name}.html",
            mend=suggestion(
                str(name), sorted(names), otherwise="add it there, or delete the line"
            ),
            rule="template",
        )

"""Finds posts whose `Template:` the theme does not have."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pelican.generators import PelicanTemplateNotFound

from ...model.errors import Mistake
from ...model.suggestions import nearest
from ..content.front_matter.blocks import metadata_line


def missing_templates(
    generators: Iterable[Any],
    contents: Iterable[Any],
    display_path: Callable[[Path], str],
) -> Iterator[Mistake]:
    """The mistakes of posts and pages that name a template which nobody has.

    Pelican would end with a traceback, when it writes the first of them.
    """
    generator = next(iter(generators))
    for content in contents:
        name = content.metadata.get("template")
        if name is None:
            continue
        try:
            generator.get_template(name)
        except PelicanTemplateNotFound:
            path = Path(content.source_path)
            raw = path.read_text(encoding="utf-8-sig", errors="replace")
            names = [
                one.removesuffix(".html")
                for one in generator.env.list_templates()
                if one.endswith(".html") and not one.startswith("!")
            ]
            near = nearest(str(name), names)
            question = f'; did you mean "{near}"?' if near else ""
            yield Mistake(
                path=display_path(path),
                line=metadata_line(raw, "template"),
                what=f'the theme has no template "{name}"{question}',
                mend="write the name of one that it has, or delete the line",
            )

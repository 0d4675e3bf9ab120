"""How a page is rendered later than it was asked for, and written again."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import TextEdits


@dataclass(frozen=True, slots=True)
class WriteCall:
    """A call of the writer's `method`; `siteurl` is what its links were for."""

    method: Callable[..., None]
    given: tuple[Any, ...]
    siteurl: str

    def may_show(self, texts: TextEdits, fingerprints: Fingerprints) -> bool:
        """Whether what it writes may show one of the texts."""
        if self.method.__name__ == "write_feed":
            return texts.among(self.given[0])
        _, template, context, *_, kwargs = self.given
        reads = fingerprints.reads(template, context, kwargs)
        return texts.decide(reads, context, kwargs)

    def again(self, writer: Any) -> None:
        writer.shared["localsiteurl"] = self.siteurl
        self.method(writer, *self.given)


def normal(name: str) -> str:
    """The path of a file as the tree knows it."""
    return os.path.normpath(name) if "//" in name or "./" in name else name


def local_of(
    context: dict[str, Any],
    siteurl: str,
    relative: bool,
    name: str,
    given: dict[str, Any],
) -> dict[str, Any]:
    """What the template of one page sees."""
    local = context.copy()
    local["localsiteurl"] = siteurl
    if relative:
        local["SITEURL"] = siteurl
    local["output_file"] = name
    local.update(given)
    if siteurl:
        context["localsiteurl"] = siteurl
    return local


def rendered(template: Any, local: Callable[[], dict[str, Any]]) -> str:
    return template.render(local())

"""How a file was written, to do it again."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .fingerprints import Fingerprints
from .texts import Texts


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the writer's `method`; `siteurl` is what its links were for."""

    method: Callable[..., None]
    given: tuple[Any, ...]
    siteurl: str

    def may_show(self, texts: Texts, fingerprints: Fingerprints) -> bool:
        """Whether what it writes may show one of the texts."""
        if self.method.__name__ == "write_feed":
            return texts.among(list(self.given[0]))
        _, template, *_, kwargs = self.given
        reads = fingerprints.reads(template.environment, template.name)
        return texts.decide(reads.names, kwargs)

    def again(self, writer: Any) -> None:
        writer.shared["localsiteurl"] = self.siteurl
        self.method(writer, *self.given)


def normal(name: str) -> str:
    """The path of a file as the tree knows it."""
    return os.path.normpath(name) if "//" in name or "./" in name else name

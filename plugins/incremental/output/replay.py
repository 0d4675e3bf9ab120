"""What Pelican asks its writer for: to be rendered later, or written once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Template

from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import TextEdits

if TYPE_CHECKING:
    from .writer import IncrementalWriter


class PageRequest(NamedTuple):
    """One file `name`, rendered with `context` and `kwargs`.

    `relative`: its links are relative to it. `override`: it may replace another file
    of this build.
    """

    name: str
    template: Any
    context: dict[str, Any]
    relative: bool
    override: bool
    kwargs: dict[str, Any]

    def may_show(self, texts: TextEdits, fingerprints: Fingerprints) -> bool:
        """Whether the page may show one of the texts."""
        reads = fingerprints.reads(self.template, self.context, self.kwargs)
        return texts.decide(reads, self.context, self.kwargs)

    def write(self, writer: "IncrementalWriter") -> None:
        writer.write_page(self)

    def local_context(self, siteurl: str | None) -> dict[str, Any]:
        """What the template sees; `siteurl` is what links of posts are made for."""
        local = self.context.copy()
        local["localsiteurl"] = siteurl
        if self.relative:
            local["SITEURL"] = siteurl
        local["output_file"] = self.name
        local.update(self.kwargs)
        if siteurl:
            self.context["localsiteurl"] = siteurl
        return local


class FeedRequest(NamedTuple):
    """A feed that is written to `path`: the arguments of Pelican's `write_feed`."""

    elements: Any
    context: dict[str, Any]
    path: str
    url: Any
    feed_type: str
    override: bool
    title: Any

    def may_show(self, texts: TextEdits, fingerprints: Fingerprints) -> bool:
        """Whether the feed may show one of the texts."""
        return texts.among(self.elements)

    def write(self, writer: "IncrementalWriter") -> None:
        writer.write_feed(*self)


@dataclass(frozen=True, slots=True)
class WriteCall:
    """A request that the writer had, and the `localsiteurl` of the context then."""

    request: PageRequest | FeedRequest
    siteurl: str

    def may_show(self, texts: TextEdits, fingerprints: Fingerprints) -> bool:
        """Whether what it writes may show one of the texts."""
        return self.request.may_show(texts, fingerprints)

    def repeat(self, writer: "IncrementalWriter") -> None:
        """Have the writer write it once more, as in its own place."""
        writer.shared["localsiteurl"] = self.siteurl
        self.request.write(writer)


def rendered(template: Template, local: Callable[[], dict[str, Any]]) -> str:
    """The text of a page, of the values that `local` gives when it is rendered."""
    return template.render(local())

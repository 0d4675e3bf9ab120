"""`stats` in templates: one number as a slot, or what is known of a hashtag."""

import sys
from typing import Any

from pelican.plugins.incremental import note, pure

from ...model.errors import Mistake
from ...model.values import hashtag_name
from ...publishing.fill import HISTORY
from ...references import coverage
from ...references.catalogue import AddressError, parse
from .hashtags import Hashtag
from .slot_registry import Registry, Slot


class Stats:
    """The `stats` of every template. What it gives depends on the question alone."""

    incremental_pure = True

    def __init__(
        self,
        registry: Registry,
        servers: dict[str, str],
        hashtags: dict[str, Hashtag],
        mistakes: list[Mistake],
    ) -> None:
        self._registry, self._servers = registry, servers
        self._hashtags, self._mistakes = hashtags, mistakes

    def __call__(self, address: str, lang: str | None = None) -> str:
        """The slot of one number: `stats("mastodon/tag/metoo/posts@6d")`."""
        note(["stats", address, lang])
        try:
            reference, _ = parse(address, servers=self._servers)
        except AddressError as error:
            path, line = _template_place()
            if not line:  # asked ahead of rendering, which will ask again
                raise
            self._mistakes.append(
                Mistake(
                    path=path,
                    line=line,
                    what=f"stats({address!r}): {error.what}",
                    mend=error.mend,
                )
            )
            return ""
        series = reference.series
        token = self._registry.one("value", reference, lang or self._registry.lang)
        slot = Slot(token)
        slot.decide = lambda: self._registry.decide(series)
        return slot

    def ask_again(self, notes: list[Any]) -> None:
        """Ask for the slots that a page asked for when it was rendered elsewhere."""
        for kind, *given in notes:
            if kind == "stats":
                self(*given)
            elif kind == "compare":
                self.compare(*given)

    @property
    def hashtags(self) -> list[Hashtag]:
        return list(self._hashtags.values())

    @property
    def status(self) -> str:
        """The slot of the table that says how collecting goes."""
        return self._registry.add({"fragment": "status", "lang": self._registry.lang})

    @property
    def status_json(self) -> str:
        spec = {"fragment": "status_json", "lang": self._registry.lang}
        return self._registry.add(spec)

    @pure
    def compare(self, root: str) -> str:
        """The slot of a table of all hashtags; `root` is the way to the site."""
        note(["compare", root])
        hashtags = [
            {
                "label": hashtag.label,
                "href": f"{root}/{hashtag.url}",
                "posts": len(hashtag.articles),
                "items": list(hashtag.usual),
            }
            for hashtag in self._hashtags.values()
        ]
        series = [one for hashtag in hashtags for one in hashtag["items"]]
        for hashtag in self._hashtags.values():
            for one in hashtag.usual:
                self._registry.declare(hashtag.references[one])
        spec = {"fragment": "compare", "lang": self._registry.lang}
        return self._registry.add(spec | {"hashtags": hashtags, "items": series})

    def observations(self, form: str) -> str:
        """The slot of the whole history, as `csv`, `json` or `sqlite3`."""
        spec = {"fragment": "observations", "format": form, "lang": self._registry.lang}
        return self._registry.add(spec | {"of": HISTORY})

    @property
    def declared(self) -> tuple[coverage.CoverageRow, ...]:
        """What can be counted, platform by platform."""
        return coverage.coverage_rows()

    @property
    def attributions(self) -> tuple[str, ...]:
        return coverage.attributions()

    @pure
    def hashtag(self, name: str) -> Hashtag | tuple[()]:
        """What is known of one hashtag; also iterable, a row at a time."""
        found = self._hashtags.get(hashtag_name(name))
        if found is None:
            path, line = _template_place()
            if not line:
                raise KeyError(name)
            self._mistakes.append(
                Mistake(
                    path=path,
                    line=line,
                    what=f"stats.hashtag({name!r}): no post has this hashtag",
                    mend="name one from a post's Hashtags: line",
                )
            )
            return ()
        return found


def _template_place() -> tuple[str, int]:
    """The template, and its line, that is being rendered."""
    frame = sys._getframe()
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return (
                template.filename or template.name,
                template.get_corresponding_lineno(frame.f_lineno),
            )
        frame = frame.f_back
    return "a template", 0

"""`stats` in templates: one number as a slot, or what is known of a hashtag."""

import os
import traceback
from typing import Any

from pelican.plugins.incremental import note, pure

from ...model.errors import Mistake
from ...model.values import hashtag_name
from ...references import coverage
from ...references.catalogue import AddressError, parse
from ...rendering import specs
from ...rendering.specs import ComparedHashtag, Spec
from .hashtags import Hashtag
from .history_part import HistoryPart
from .slot_registry import Registry, Slot, SlotAttribute


class Stats:
    """The `stats` of every template. What it gives depends on the arguments alone.

    `stats(address, lang)` is the slot of one number, as in
    `stats("mastodon/tag/metoo/posts@6d")`; without `lang` in the site's language.
    """

    incremental_pure = True

    def __init__(
        self,
        registry: Registry,
        servers: dict[str, str],
        hashtags: dict[str, Hashtag],
        mistakes: list[Mistake],
    ) -> None:
        self.registry = registry
        """The slots of this build; not for templates."""
        self.counted: frozenset[coverage.Measure] = frozenset()
        """What texts and settings of the site count; not for templates."""
        self.parts: list[str] = []
        """The names of `history`; not for templates."""
        self._servers, self._hashtags, self._mistakes = servers, hashtags, mistakes

    def __call__(self, address: str, lang: str | None = None) -> Slot:
        """The slot of one number: it prints as one, and compares as a number.

        A wrong address is a mistake of the template, and stops the build once all pages
        were rendered.
        """
        return self._slot(address, lang, _calling_template())

    def _slot(
        self, address: str, lang: str | None, place: tuple[str, int] | None
    ) -> Slot:
        note(["stats", address, lang, place and list(place)])
        try:
            reference, _ = parse(address, servers=self._servers)
        except AddressError as error:
            if place is None:
                raise
            what = f"stats({address!r}): {error.what}"
            self._add_mistake(place, what, error.mend)
            return Slot("", lambda: None)
        registry, series = self.registry, reference.series
        if place is not None:
            registry.places.setdefault(series, f"{_relative(place[0])}:{place[1]}")
        spec = specs.ValueSpec(series=series, lang=lang or registry.lang)
        return Slot(registry.add(spec), lambda: registry.decide(series))

    def register_noted(self, notes: list[Any]) -> None:
        """Register what a page noted in another process; not for templates."""
        for kind, *arguments in notes:
            if kind == "stats":
                address, lang, place = arguments
                self._slot(address, lang, place and (place[0], place[1]))
            elif kind == "compare":
                self.compare(*arguments)

    @property
    def hashtags(self) -> list[Hashtag]:
        """Every hashtag that a published post names, by name."""
        return list(self._hashtags.values())

    @pure
    def hashtag(self, name: str) -> Hashtag | tuple[()]:
        """One hashtag by its name, with or without `#`.

        A name that no post has is a mistake of the template: it stops the build.
        """
        found = self._hashtags.get(hashtag_name(name))
        if found is None:
            place = _calling_template()
            if place is None:
                raise KeyError(name)
            what = f"stats.hashtag({name!r}): no post has this hashtag"
            self._add_mistake(place, what, "name one from a post's Hashtags: line")
            return ()
        return found

    @pure
    def compare(self, root: str) -> str:
        """A slot: a table of all hashtags. `root` is the site's relative address."""
        note(["compare", root])
        rows = tuple(
            ComparedHashtag(
                label=hashtag.label,
                href=f"{root}/{hashtag.url}",
                posts=len(hashtag.articles),
                items=hashtag.usual,
            )
            for hashtag in self._hashtags.values()
        )
        spec = specs.CompareSpec(lang=self.registry.lang, hashtags=rows)
        return self.registry.add(spec)

    @SlotAttribute
    def status(self) -> Spec:
        """A slot: a table of how the last collections went, platform by platform."""
        return specs.StatusSpec(lang=self.registry.lang)

    @SlotAttribute
    def status_json(self) -> Spec:
        """A slot: the same as JSON, for a file of its own."""
        return specs.StatusJsonSpec(lang=self.registry.lang)

    @property
    def history(self) -> list[HistoryPart]:
        """The history of the site as files: all in one, or a part for each year.

        Empty if the site gives no data away.
        """
        registry = self.registry
        return [
            HistoryPart(name=name, lang=registry.lang, registry=registry)
            for name in self.parts
        ]

    @property
    def used(self) -> tuple[coverage.CoverageRow, ...]:
        """What this site counts, platform by platform: figures, hashtags, followers."""
        return coverage.rows_of(self.counted)

    @property
    def others(self) -> tuple[coverage.CoverageRow, ...]:
        """What the platforms of which this site counts nothing would give."""
        return coverage.other_rows(self.counted)

    @property
    def attributions(self) -> tuple[str, ...]:
        """The attributions that the platforms in use require."""
        return coverage.attributions(self.used)

    def _add_mistake(self, place: tuple[str, int], what: str, mend: str) -> None:
        path, line = place
        self._mistakes.append(Mistake(path=path, line=line, what=what, mend=mend))


def _relative(path: str) -> str:
    """A path as messages have it: relative to the working directory, if below it."""
    return path.removeprefix(os.getcwd() + os.sep)


def _calling_template() -> tuple[str, int] | None:
    """The path of the template that is being rendered, and the line of this call.

    None if no template is: the arguments are tried before a page is rendered, and
    rendering meets the mistake again. Jinja leaves each compiled template under this
    global, as it needs it for the lines of its own tracebacks.
    """
    for frame, line in traceback.walk_stack(None):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            path = template.filename or template.name
            return path, template.get_corresponding_lineno(line)
    return None

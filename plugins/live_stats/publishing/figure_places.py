"""Where authors wrote what is counted, for messages about it: path:line.

The index keeps the places of the last build, so that a refresh has them too.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from ..references.catalogue import from_series, is_valid_series
from ..references.sums import PLATFORM, parts_of
from .index import SiteIndex

HASHTAG_MARK = "#"
"""Before the line of what a post's hashtags count, in the index."""


def declared_lines(
    figures: Iterable[tuple[int, str]], hashtags: int, counted: Iterable[str]
) -> str:
    """The stored form of what one source declares: a line for each series.

    `figures` are lines and series; `counted` are the series of the post's hashtags,
    which stand in the line `hashtags`.
    """
    lines = [f"{line} {series}" for line, series in figures]
    lines += [f"{HASHTAG_MARK}{hashtags} {series}" for series in counted]
    return "\n".join(lines)


def line_of_hashtags(declared: str) -> int:
    """The line of a post's hashtags in the stored form; 0 if there is none."""
    for one in declared.split("\n"):
        if one.startswith(HASHTAG_MARK):
            return int(one.removeprefix(HASHTAG_MARK).partition(" ")[0])
    return 0


class FigurePlaces:
    """The places of all series of the site that was last built in `folder`.

    Most runs name none, so the index is read when the first is asked for.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, series: str) -> list[str]:
        """Every place of a series, the figures of texts first."""
        return [
            place for some in self._known.get(series, ([], [], [])) for place in some
        ]

    def of_figures(self, series: str) -> list[str]:
        """The places of a series where it is a figure in a text."""
        return self._known.get(series, ([], [], []))[0]

    def located(self, several: Iterable[str], message: str) -> str:
        """A message about these series, behind the first place that has one of them.

        How many more places there are is said at its end.
        """
        places = dict.fromkeys(place for one in several for place in self.of(one))
        if not places:
            return message
        first, *others = places
        more = f" (and {len(others)} more)" if others else ""
        return f"{first}: {message}{more}"

    @cached_property
    def _known(self) -> dict[str, tuple[list[str], list[str], list[str]]]:
        index = SiteIndex.load(self._folder)
        if index is None:
            return {}
        about = index.about
        declared, templates = index.declared, about.places if about else {}
        index.close()
        return _places(declared, templates)


def _places(
    declared: Mapping[str, str], templates: Mapping[str, str]
) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """By series, its places in texts, of hashtags, and in templates."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}

    def add(series: str, kind: int, place: str) -> None:
        found.setdefault(series, ([], [], []))[kind].append(place)

    for path, text in sorted(declared.items()):
        for one in text.split("\n") if text else ():
            line, _, series = one.partition(" ")
            of_hashtag = line.startswith(HASHTAG_MARK)
            number = line.removeprefix(HASHTAG_MARK)
            add(series, int(of_hashtag), f"{path}:{number}" if number != "0" else path)
    for series, place in templates.items():
        add(series, 2, place)
    for series in [one for one in found if one.startswith(f"{PLATFORM}/")]:
        # What is fetched are the parts of a sum.
        for part in parts_of(from_series(series)) if is_valid_series(series) else ():
            for mine, others in zip(
                found.setdefault(part.series, ([], [], [])), found[series], strict=True
            ):
                mine += others
    return found

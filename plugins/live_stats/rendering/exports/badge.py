"""A number as a badge for other sites: as SVG, and as JSON for shields.io.

A badge has what is counted, by whom and when: it is shown without its page.
"""

import json
from collections.abc import Iterable

from markupsafe import Markup

from ...model.freshness import FreshnessState
from ..series_view import SeriesView

HEIGHT, EDGE, SIZE = 20, 7, 11
INK, PAPER, DATA, OLD = "#1d1b18", "#fffdf8", "#1b5e8c", "#7a5b00"
CACHE_SECONDS = 3600

# Widths of characters in common sans faces, in hundredths of the size. The text is set
# to its length, so a wrong guess moves letters by fractions and cuts nothing.
_NARROW, _WIDE = set("iIjl.,:;'’|!()[]ftr "), set("mwMWOQGD@%—…")


def texts_of(view: SeriesView, label: str) -> tuple[str, str]:
    """The left and the right text of a badge: "#MeToo", "13,517 posts on X in …"."""
    return f"#{label}", view.said


def badge_svg(view: SeriesView, label: str) -> str:
    """The badge as an image that needs nothing else."""
    left, right = texts_of(view, label)
    split = _width(left) + 2 * EDGE
    whole = split + _width(right) + 2 * EDGE
    drawing = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{h}" '
        'viewBox="0 0 {whole} {h}" role="img" aria-label="{name}">'
        "<title>{name}</title>"
        '<rect width="{split}" height="{h}" fill="{ink}"/>'
        '<rect x="{split}" width="{rest}" height="{h}" fill="{colour}"/>'
        '<g fill="{paper}" font-family="Verdana,DejaVu Sans,sans-serif" '
        'font-size="{size}">{texts}</g></svg>\n'
    )
    return drawing.format(
        whole=whole,
        split=split,
        rest=whole - split,
        h=HEIGHT,
        name=f"{left}: {right}",
        ink=INK,
        paper=PAPER,
        colour=_colour(view),
        size=SIZE,
        texts=Markup("").join(_texts(((EDGE, left), (split + EDGE, right)))),
    )


def shields(view: SeriesView, label: str) -> str:
    """The badge as JSON for the endpoint badge of shields.io."""
    left, right = texts_of(view, label)
    entry = {
        "schemaVersion": 1,
        "label": left,
        "message": right,
        "color": _colour(view).removeprefix("#"),
        "cacheSeconds": CACHE_SECONDS,
    }
    return json.dumps(entry, indent=1, ensure_ascii=False) + "\n"


def _colour(view: SeriesView) -> str:
    return DATA if view.state == FreshnessState.FRESH else OLD


def _texts(places: Iterable[tuple[int, str]]) -> Iterable[Markup]:
    for x, text in places:
        yield Markup('<text x="{}" y="14" textLength="{}">{}</text>').format(
            x, _width(text), text
        )


def _width(text: str) -> int:
    """About how many px a text takes."""
    units = sum(38 if c in _NARROW else 92 if c in _WIDE else 64 for c in text)
    return round(units * SIZE / 100)

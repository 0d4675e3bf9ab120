"""Where the last and the greatest value stand beside their line, clear of all else.

Places down are in em from the edge of the drawing, places across in em from the left
end of the line. A drawing is laid out for a phone and for a wide screen: what is clear
of its neighbour on a drawing stays so on a wider one, for words keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .label_layout import extent

OVER, UNDER = 0.9, 0.3  # em of its size that words reach above and below their base
VALUE = 1.35  # em: the size of the last value
NEAR = 0.75  # em from a point to the base of the words above it

Spot = tuple[float, float]
"""A place on the line: across as a share of its width, and down."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlace:
    """The base of the last value, and the ends of the rule that leads to it, if any."""

    base: float
    lead: tuple[float, float] | None = None

    def box(self, words: str, width: float) -> Box:
        return words_box(words, width, self.base, anchor="end", size=VALUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakPlace:
    """The words over the greatest value; they begin, end or have their middle there."""

    words: str
    base: float
    anchor: str


def words_box(
    words: str, at: float, base: float, *, anchor: str = "start", size: float = 1.0
) -> Box:
    """The room that words take which begin, end or have their middle at a place."""
    long = extent(words, size)
    left = at - long * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, base - OVER * size, left + long, base + UNDER * size


def end_place(
    line: Sequence[Spot],
    dots: Iterable[Spot],
    words: str,
    width: float,
    bottom: float,
) -> EndPlace:
    """The place of the last value: above or below the line's end, as near as can be.

    `line` is in order, `dots` are other marks. On a drawing at least `width` em across
    neither lies under the words, which end where the line ends.
    """
    edge = 1 - (extent(words, VALUE) + 0.5) / width
    near = [down for across, down in beyond(line, edge)]
    near += [down for across, down in dots if across >= edge]
    y, up, low = line[-1][1], OVER * VALUE, UNDER * VALUE
    least, most = min(near), max(near)
    for base in (y - NEAR, y + 1.6):
        if base + low <= bottom and (base + low <= least or base - up >= most):
            return EndPlace(base=base)
    above, below = least - NEAR, most + 0.35 + up
    if below + low <= bottom and below - y < y - above:
        return EndPlace(base=below, lead=(y + 0.3, below - up))
    return EndPlace(base=above, lead=(above + low, y - 0.3))


def peak_place(
    peak: Spot,
    options: Sequence[str],
    width: float,
    *,
    boxes: Sequence[Box],
    rules: Sequence[float],
    dots: Sequence[Spot],
) -> PeakPlace | None:
    """A place for words over the `peak`: the first of the options that has one.

    No line is as high. They overlap none of the `boxes`, nor `rules` that run down the
    drawing at a share of its width, nor `dots`. None if there is no such place.
    """
    x, base = peak[0] * width, peak[1] - 0.65
    for words in options:
        for anchor in ("middle", "start", "end"):
            box = words_box(words, x, base, anchor=anchor)
            if (
                box[0] >= 0
                and box[2] <= width
                and not any(overlap(box, other) for other in boxes)
                and not any(box[0] - 0.4 < r * width < box[2] + 0.4 for r in rules)
                and not any(_inside(box, dot, width) for dot in dots)
            ):
                return PeakPlace(words=words, base=base, anchor=anchor)
    return None


def overlap(one: Box, other: Box, apart: float = 0.4) -> bool:
    """Whether two boxes have less than `apart` em between them."""
    return (
        one[0] < other[2] + apart
        and other[0] < one[2] + apart
        and one[1] < other[3]
        and other[1] < one[3]
    )


def beyond(line: Sequence[Spot], edge: float) -> list[Spot]:
    """The line from a share of the width on, its place there included."""
    found = [spot for spot in line if spot[0] >= edge]
    before = len(line) - len(found)
    if before and found:
        found.insert(0, (edge, _down(line[before - 1], found[0], edge)))
    return found


def _down(one: Spot, other: Spot, across: float) -> float:
    """How far down the way from one place to another is at a share of the width."""
    long = other[0] - one[0]
    return one[1] + (other[1] - one[1]) * ((across - one[0]) / long if long else 0)


def _inside(box: Box, dot: Spot, width: float) -> bool:
    across = dot[0] * width
    return box[0] - 0.3 < across < box[2] + 0.3 and box[1] - 0.3 < dot[1] < box[3] + 0.3

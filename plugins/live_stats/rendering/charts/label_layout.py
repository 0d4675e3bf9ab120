"""How wide words are, and rows in which the marks of a chart do not touch.

All widths are in em of the label. The words of a chart keep their size while the
drawing between them is as wide as its column: what is clear of its neighbour on a
narrow drawing stays so on wider ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

LETTER = 0.62  # em: a wide face; narrower ones leave more room
GAP = 1.0  # em between two labels
BESIDE = 0.4  # em between a mark's line and its words
ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day marked by a line down the chart: a claim, or a break with its words."""

    share: float  # of the way across
    text: str
    claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A mark with its row, 0 next to the chart; None if there is no room for words.

    The words begin (`anchor` start) or end at the share `at` of the way across, `shift`
    em beside it. Above the line they stand where neither side has room, with no shift.
    """

    mark: Mark
    row: int | None = None
    anchor: str = "start"
    at: float = 0.0
    shift: float = 0.0

    def box(self, width: float) -> tuple[float, float]:
        """Where the words begin and end on a drawing `width` em across."""
        edge, long = self.at * width + self.shift, extent(self.mark.text)
        return (edge - long, edge) if self.anchor == "end" else (edge, edge + long)


def extent(text: str, size: float = 1.0) -> float:
    """The width of a text in em of a label, if anything too large."""
    wide = 0 if text.isascii() else sum(east_asian_width(c) in "WF" for c in text)
    return (len(text) * LETTER + wide * (1 - LETTER)) * size


def in_rows(marks: Sequence[Mark], width: float) -> list[PlacedMark]:
    """Each mark with a place for its words, on a drawing at least `width` em across.

    The first ones are placed first. No words overlap others or the line of another
    mark; where that leaves no place in any row, the line stands without words.
    """
    done: list[PlacedMark] = []
    for mark in marks:
        options = (
            option
            for row in range(ROWS)
            for option in _options(mark, row, width)
            if _clear(option, done, width)
        )
        done.append(next(options, PlacedMark(mark=mark)))
    return done


def _options(mark: Mark, row: int, width: float) -> list[PlacedMark]:
    """The places for a mark's words in one row, the best first."""
    long, x = extent(mark.text), mark.share * width
    found = []
    if x + BESIDE + long <= width:
        found.append(PlacedMark(mark=mark, row=row, at=mark.share, shift=BESIDE))
    if x - BESIDE - long >= 0:
        end = PlacedMark(mark=mark, row=row, anchor="end", at=mark.share, shift=-BESIDE)
        found.insert(0 if mark.share > 0.5 else 1, end)
    if not found and long <= width:
        at = round(max(min(mark.share, 1 - long / width), 0), 3)
        found.append(PlacedMark(mark=mark, row=row, at=at))
    return found


def _clear(one: PlacedMark, others: Sequence[PlacedMark], width: float) -> bool:
    for other in others:
        if one.row == other.row is not None and _overlap(
            one.box(width), other.box(width)
        ):
            return False
        # A line runs down from its row through those below it.
        if _crosses(one, other, width) or _crosses(other, one, width):
            return False
    return True


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + GAP / 2 and other[0] < one[1] + GAP / 2


def _crosses(line: PlacedMark, words: PlacedMark, width: float) -> bool:
    if line.row is None or words.row is None or line.row < words.row:
        return False  # a line without words ends below all rows
    left, right = words.box(width)
    return left - BESIDE / 2 < line.mark.share * width < right + BESIDE / 2

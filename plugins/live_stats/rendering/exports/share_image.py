"""A post's figure as an image, for the previews that other sites show of its address.

Nothing of the machine is drawn with, so that the same post gives the same bytes in
every build, and an image changes only with its texts and its line.
"""

import functools
import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from ..charts.geometry import Frame, Point, bridges, drawn
from .fonts import CAPITALS, TEXT, TITLE
from .painting import Painting

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
MEASURE = WIDTH - 2 * MARGIN
COLUMN = 480  # px wide, for the figure where a line stands beside it
PAPER, INK, MUTED, RULE, DATA = "#fffdf8", "#1d1b18", "#5f5a52", "#ddd6c9", "#1b5e8c"

# Sizes of the title in px, each with the lines that there is room for.
ABOVE_FIGURE = ((104, 1), (88, 2), (76, 2), (70, 3), (62, 3), (54, 4))
ALONE = ((128, 2), (112, 3), (94, 4), (82, 4), (70, 4))
LEADING = 1.14


def share_image(
    *,
    site: str,
    title: str,
    number: str,
    what: str,
    as_of: str,
    points: Sequence[tuple[date, int]],
    breaks: Sequence[date] = (),
    each: str = "",
    days: int | None = None,
    total: bool = False,
) -> bytes:
    """A PNG of 1200 x 630 px; the same bytes for the same arguments.

    Without a `number` the title stands alone. Fewer than two `points` draw no line;
    `each` stands above it: what a point is of, where that is not what the number is of.
    Its gaps are those of a chart whose points cover `days` days, or are of a `total`.
    Words too long for a line are broken, and what has no room ends in an ellipsis.

    The fonts have Latin, Greek and Cyrillic letters. A site's name with others
    (Chinese, Arabic, emoji) is left out. For the rest call `drawable` first: letters
    that the fonts lack are left out of a text, and a number with such letters as a
    whole, since the rest of it would be another number.
    """
    sheet = _headed(site).copy()
    if number and TITLE.draws(number):
        line = len(points) > 1
        _title(sheet, title, ABOVE_FIGURE)
        _figure(sheet, number, what, as_of, COLUMN if line else MEASURE)
        if line:
            _line(sheet, points, drawn(points, breaks, days=days), each)
            if total:
                _bridge(sheet, points, bridges(drawn(points, breaks), breaks))
    else:
        _title(sheet, title, ALONE)
    return sheet.png()


@functools.lru_cache(4)  # the same on all images of a site
def _headed(site: str) -> Painting:
    sheet = Painting(WIDTH, HEIGHT, PAPER, (INK, MUTED, RULE, DATA))
    name = site.upper()
    if CAPITALS.draws(name):
        line = "".join(CAPITALS.lines(name, 22, MEASURE, 1))
        sheet.text([(70, line)], 22, CAPITALS, MUTED, MARGIN)
    sheet.bar(MARGIN, 91, WIDTH - MARGIN, 93, RULE)
    return sheet


def _title(sheet: Painting, title: str, sizes: Sequence[tuple[int, int]]) -> None:
    """The title in the first of the sizes in which it is whole, else in the last."""
    for size, most in sizes:
        longest = max((TITLE.width(w, size) for w in TITLE.words(title)), default=0)
        lines = TITLE.wrapped(title, size, MEASURE)
        if longest <= MEASURE and len(lines) <= most:
            lines = _balanced(title, size, lines, longest)
            break
    else:
        lines = TITLE.lines(title, size, MEASURE, most)
    set_ = [(106 + size + n * size * LEADING, line) for n, line in enumerate(lines)]
    sheet.text(set_, size, TITLE, INK, MARGIN)


def _balanced(title: str, size: int, lines: list[str], longest: float) -> list[str]:
    """As many lines, in the narrowest measure: no single word stands in the last."""
    rooms = range(MEASURE, math.ceil(longest) - 1, -8)
    narrow = bisect_left(
        rooms, True, key=lambda room: len(TITLE.wrapped(title, size, room)) > len(lines)
    )
    return TITLE.wrapped(title, size, rooms[narrow - 1])


def _figure(sheet: Painting, number: str, what: str, as_of: str, room: int) -> None:
    """The number, what it counts, and its day, set upwards from the lower margin."""
    number = " ".join(TITLE.words(number))
    size = min(96, int(96 * room / max(TITLE.width(number, 96), 1)))
    counted = TEXT.lines(what, 28, room, 2)
    base = 526 - 34 * len(counted)
    sheet.text([(base, number)], size, TITLE, INK, MARGIN)
    end = round(MARGIN + TITLE.width(number, size))
    sheet.dots([(x, base + 22) for x in range(MARGIN + 2, end, 8)], 3, DATA)
    below = [(base + 56 + 34 * n, line) for n, line in enumerate(counted)]
    sheet.text(below, 28, TEXT, MUTED, MARGIN)
    day = "".join(TEXT.lines(as_of, 24, room, 1))
    sheet.text([(584, day)], 24, TEXT, MUTED, MARGIN)


def _line(
    sheet: Painting,
    points: Sequence[Point],
    stretches: Sequence[Sequence[Point]],
    each: str,
) -> None:
    frame = _frame(points)
    room = int(frame.right - frame.left)
    above = [(404, words) for words in TEXT.lines(each, 24, room, 1)]
    sheet.text(above, 24, TEXT, MUTED, frame.left)
    for piece in stretches:
        places = [(frame.x(day), frame.y(value)) for day, value in piece]
        if len(places) > 1:
            sheet.line(places, 4, DATA)
        else:
            sheet.dots(places, 6, DATA)
    sheet.dots([(frame.x(frame.last), frame.y(points[-1][1]))], 18, DATA)


def _bridge(
    sheet: Painting, points: Sequence[Point], gaps: Sequence[tuple[Point, Point]]
) -> None:
    """Small dots over days on which nobody asked."""
    frame, dots = _frame(points), []
    for (day, value), (to_day, to_value) in gaps:
        x, y = frame.x(day), frame.y(value)
        right, down = frame.x(to_day) - x, frame.y(to_value) - y
        steps = max(round(math.hypot(right, down) / 9), 1)
        dots += [(x + right * n / steps, y + down * n / steps) for n in range(steps)]
    sheet.dots(dots, 3, DATA)


def _frame(points: Sequence[Point]) -> Frame:
    values = [value for _, value in points]
    return Frame(
        left=MARGIN + COLUMN + 64,
        right=WIDTH - MARGIN - 9,
        top=420,
        bottom=576,
        first=points[0][0],
        last=points[-1][0],
        low=min(values),
        high=max(values),
    )

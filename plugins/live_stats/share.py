"""A post's figure as an image, for the previews that other sites show of its address.

Nothing of the machine is drawn with, so that the same post gives the same bytes in
every build, and an image changes only with what it says.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from resvg_py import svg_to_bytes

from .charts.geometry import Frame, drawn
from .charts.sparkline import path
from .typeface import CAPITALS, TEXT, TITLE, Face

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
) -> bytes:
    """A PNG of 1200 x 630 px; the same bytes for the same arguments.

    Without a `number` the title stands alone. Fewer than two `points` draw no line;
    `each` stands above it: what a point is of, where that is not what the number is of.
    Words too long for a line are broken, and what has no room ends in an ellipsis.

    The fonts have Latin, Greek and Cyrillic letters. Others (Chinese, Arabic, emoji)
    are left out of a text; a number with such letters is left out as a whole, for the
    rest of it would be another number.
    """
    parts = [_site(site)]
    if number and TITLE.draws(number):
        line = len(points) > 1
        parts += _title(title, ABOVE_FIGURE)
        parts += _figure(number, what, as_of, COLUMN if line else MEASURE)
        parts += _line(points, breaks, each) if line else []
    else:
        parts += _title(title, ALONE)
    drawing = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">'
        '<rect width="{w}" height="{h}" fill="{paper}"/>{parts}</svg>'
    ).format(w=WIDTH, h=HEIGHT, paper=PAPER, parts=Markup("").join(parts))
    return svg_to_bytes(
        svg_string=drawing,
        skip_system_fonts=True,
        font_files=[TITLE.file, TEXT.file, CAPITALS.file],
    )


def _site(site: str) -> Markup:
    name = "".join(CAPITALS.lines(site.upper(), 22, MEASURE, 1))
    rule = Markup('<path d="M{} 92h{}" stroke="{}" stroke-width="2"/>')
    return _text(70, 22, CAPITALS, MUTED, name) + rule.format(MARGIN, MEASURE, RULE)


def _title(title: str, sizes: Sequence[tuple[int, int]]) -> list[Markup]:
    """The title in the first of the sizes in which it is whole, else in the last."""
    for size, most in sizes:
        longest = max((TITLE.width(w, size) for w in TITLE.words(title)), default=0)
        lines = TITLE.wrapped(title, size, MEASURE)
        if longest <= MEASURE and len(lines) <= most:
            lines = _balanced(title, size, lines, longest)
            break
    else:
        lines = TITLE.lines(title, size, MEASURE, most)
    return [
        _text(106 + size + n * size * LEADING, size, TITLE, INK, line)
        for n, line in enumerate(lines)
    ]


def _balanced(title: str, size: int, lines: list[str], longest: float) -> list[str]:
    """As many lines, in the narrowest measure: no single word stands in the last."""
    room = MEASURE - 8
    while room >= longest:
        narrower = TITLE.wrapped(title, size, room)
        if len(narrower) > len(lines):
            break
        lines, room = narrower, room - 8
    return lines


def _figure(number: str, what: str, as_of: str, room: int) -> list[Markup]:
    """The number, what it counts, and its day, set upwards from the lower margin."""
    number = " ".join(TITLE.words(number))
    size = min(96, int(96 * room / max(TITLE.width(number, 96), 1)))
    says = TEXT.lines(what, 28, room, 2)
    day = "".join(TEXT.lines(as_of, 24, room, 1))
    base = 526 - 34 * len(says)
    under = Markup(
        '<path d="M{} {}H{:.1f}" stroke="{}" stroke-width="3" stroke-linecap="round" '
        'stroke-dasharray="0 8"/>'
    ).format(MARGIN + 2, base + 22, MARGIN + TITLE.width(number, size), DATA)
    return [
        _text(base, size, TITLE, INK, number),
        under,
        *(_text(base + 56 + 34 * n, 28, TEXT, MUTED, s) for n, s in enumerate(says)),
        _text(584, 24, TEXT, MUTED, day),
    ]


def _line(
    points: Sequence[tuple[date, int]], breaks: Sequence[date], each: str
) -> list[Markup]:
    values = [value for _, value in points]
    frame = Frame(
        left=MARGIN + COLUMN + 64,
        right=WIDTH - MARGIN - 9,
        top=420,
        bottom=576,
        first=points[0][0],
        last=points[-1][0],
        low=min(values),
        high=max(values),
    )
    style = Markup(
        "<style>.line {{ fill: none; stroke: {0}; stroke-width: 4; "
        "stroke-linecap: round; stroke-linejoin: round }} "
        ".dot {{ stroke: {0}; stroke-width: 2 }} .end {{ fill: {0} }}</style>"
    ).format(DATA)
    lines = [Markup(path(frame, piece, "")) for piece in drawn(points, breaks)]
    end = Markup('<circle class="end" cx="{}" cy="{}" r="9"/>')
    room = int(frame.right - frame.left)
    above = [_text(404, 24, TEXT, MUTED, words, frame.left)
             for words in TEXT.lines(each, 24, room, 1)]  # fmt: skip
    return [style, *above, *lines, end.format(frame.x(frame.last), frame.y(values[-1]))]


def _text(
    base: float, size: int, face: Face, colour: str, words: str, left: float = MARGIN
) -> Markup:
    """One line, from the left margin on; `base` is its distance from the top in px."""
    return Markup(
        '<text x="{}" y="{:.1f}" font-family="{}" font-weight="{}" font-size="{}" '
        'letter-spacing="{:.2f}" fill="{}">{}</text>'
    ).format(
        *(f"{left:g}", base, face.family, face.weight),
        *(size, face.tracking * size, colour, words),
    )

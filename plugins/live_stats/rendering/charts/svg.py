"""A drawing as wide as its column, whose words keep their size.

Places across are shares of the width, in per cent; places down are in em of the label.
Only the line itself lies in a box that is stretched, and its stroke is not. To the left
of all that is the gutter, in em, where the numbers of the axis stand.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from .end_labels import EndPlace, Spot
from .geometry import Frame, Point, bridges, scattered
from .label_layout import extent
from .scales import Scale

ACROSS, DOWN = 1000, 20  # units of the box: across, and down in one em
GUTTERS = (2, 3, 4, 5, 6, 8, 10, 14)  # em; the theme has a rule for each
BESIDE = 0.6  # em between the numbers of the axis and the line


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotArea:
    """The box of the line, `top` em below the edge and `tall` em high."""

    top: float
    tall: float
    frame: Frame

    @classmethod
    def of(
        cls, points: Sequence[Point], by: Scale, *, top: float, tall: float
    ) -> "PlotArea":
        frame = Frame(
            left=0,
            right=ACROSS,
            top=0,
            bottom=tall * DOWN,
            first=points[0][0],
            last=points[-1][0],
            low=by.low,
            high=by.high,
            log=by.log,
        )
        return cls(top=top, tall=tall, frame=frame)

    @property
    def bottom(self) -> float:
        return self.top + self.tall

    @property
    def box(self) -> str:
        """Top and bottom in em and what they stand for, as the attribute `data-box`."""
        ends = f"{em(self.top)} {em(self.bottom)}".replace("em", "")
        frame = self.frame
        return f"{ends} {frame.low} {frame.high}{' log' if frame.log else ''}"

    def share(self, day: date) -> float:
        return self.frame.x(day) / ACROSS

    def down(self, value: float) -> float:
        """How many em below the edge a value lies."""
        return self.top + self.frame.y(value) / DOWN

    def spot(self, point: Point) -> Spot:
        """Where a point lies: its share of the way across, and em from the edge."""
        return self.share(point[0]), self.down(point[1])

    def line(self, stretches: Sequence[Sequence[Point]], *, bars: bool) -> list[Spot]:
        """The way of the line, for what must stand clear of it."""
        spots = [self.spot(point) for piece in stretches for point in piece]
        if not bars:
            return spots
        return [one for x, y in spots for one in ((x, y), (x, self.bottom), (x, y))]

    def drawing(
        self,
        stretches: Sequence[Sequence[Point]],
        breaks: Sequence[date],
        *,
        bars: bool,
        total: bool,
    ) -> str:
        """The stretches as lines, those of a single point as dots; or all as `bars`.

        Of a `total` thin lines lead over the gaps, and dots mark their ends.
        """
        if bars:
            parts = [self._bars([point for piece in stretches for point in piece])]
        else:
            over = bridges(stretches, breaks) if total else []
            parts = [self._bridges(over)] if over else []
            parts += [
                f'<path class="chart__line" d="{_way(self._places(piece))}"/>'
                for piece in stretches
                if len(piece) > 1
            ]
            marked = {point for ends in over for point in ends}
            marked |= {piece[0] for piece in stretches if len(piece) == 1}
            parts += [self._dots(sorted(marked))] if marked else []
        return (
            f'<svg class="chart__plot" y="{em(self.top)}" width="100%" '
            f'height="{em(self.tall)}" viewBox="0 0 {ACROSS} {self.tall * DOWN:g}" '
            f'preserveAspectRatio="none">{"".join(parts)}</svg>'
        )

    def _places(self, points: Sequence[Point]) -> list[tuple[int, int]]:
        return [(round(self.frame.x(d)), round(self.frame.y(v))) for d, v in points]

    def _bars(self, points: Sequence[Point]) -> str:
        floor = round(self.tall * DOWN)
        ways = "".join(f"M{x} {floor}V{y}" for x, y in self._places(points))
        return f'<path class="chart__bar" d="{ways}"/>'

    def _bridges(self, gaps: Sequence[tuple[Point, Point]]) -> str:
        ways = "".join(_way(self._places(ends)) for ends in gaps)
        return f'<path class="chart__bridge" d="{ways}"/>'

    def _dots(self, points: Sequence[Point]) -> str:
        # Lines of no length: their round ends keep their shape in the stretched box.
        ways = "".join(f"M{x} {y}h0" for x, y in self._places(points))
        return f'<path class="chart__dot" d="{ways}"/>'


def as_bars(stretches: Sequence[Sequence[Point]], by: Scale, days: int | None) -> bool:
    """Whether counts of `days` days are drawn as bars, since a line would be debris.

    Bars begin at zero, which no log scale has.
    """
    return days is not None and not by.log and scattered(stretches)


def end_parts(x: float, y: float, words: str, place: EndPlace) -> list[str]:
    """A dot at the last value, and the value in its place, which ends there."""
    lead = [upright("lead", x, *place.lead)] if place.lead else []
    return [
        *lead,
        dot("chart__end", x, y, 0.3),
        f'<text x="{per(x)}" y="{em(place.base)}" '
        f'text-anchor="end"><tspan class="chart__value">{escape(words)}</tspan>'
        "</text>",
    ]


def gutter_for(labels: Sequence[str]) -> int:
    """The em that the numbers of an axis need beside the line."""
    long = max(map(extent, labels)) + BESIDE
    return next((one for one in GUTTERS if one >= long), GUTTERS[-1])


def level_label(words: str, base: float) -> str:
    """A number of the axis, in the gutter."""
    return text(words, 0, base, "end", -BESIDE)


def end_days(
    first: str, last: str, year: str, base: float, narrow: float, gutter: float
) -> list[str]:
    """The first and the last day, `base` em down, on a line `narrow` em wide or wider.

    Where both do not fit below the line, the first begins below the gutter; where they
    do not fit there either, its `year` stands for it.
    """
    room, shift = extent(first) + extent(last) + 0.5, 0.0
    if room > narrow:
        shift = -gutter
        first = first if room <= narrow + gutter else year
    return [text(first, 0, base, shift=shift), text(last, 1, base, "end")]


def svg(
    title: str,
    description: str,
    tall: float,
    parts: Sequence[str],
    *,
    gutter: int,
    days: str = "",
    box: str = "",
) -> Markup:
    """The whole drawing, with its name for those who do not see it.

    `days` is what `readout` gives, `box` that of the plot. The ids come from the
    content: the same in every build, others for another chart.
    """
    content = "".join(parts)
    digest = hashlib.sha256("\0".join((title, description, content)).encode())
    name = f"chart-{digest.hexdigest()[:10]}"
    read = f' data-days="{escape(days)}" data-box="{box}"' if days else ""
    return Markup(
        f'<svg class="chart__drawing" role="img" width="100%" height="{em(tall)}" '
        f'data-gutter="{gutter}"{read} '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{content}</svg>'
    )


def text(
    words: str,
    x: float,
    y: float,
    anchor: str = "start",
    shift: float = 0,
    kind: str = "",
) -> str:
    more = f' class="chart__{kind}"' if kind else ""
    more += f' dx="{em(shift)}"' if shift else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{per(x)}" y="{em(y)}"{more}>{escape(words)}</text>'


def upright(kind: str, x: float, top: float, bottom: float) -> str:
    at = per(x)
    return (
        f'<line class="chart__{kind}" x1="{at}" x2="{at}" y1="{em(top)}" '
        f'y2="{em(bottom)}"/>'
    )


def level(y: float, kind: str = "grid") -> str:
    return f'<line class="chart__{kind}" x2="100%" y1="{em(y)}" y2="{em(y)}"/>'


def dot(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{per(x)}" cy="{em(y)}" r="{radius}em"/>'


def em(value: float) -> str:
    return f"{round(value, 2):g}em"


def per(share: float) -> str:
    return f"{round(share * 100, 1):g}%"


def _way(places: Sequence[tuple[int, int]]) -> str:
    """A path in whole steps from point to point, each as short as it can be."""
    x, y = places[0]
    steps = []
    for right, low in places[1:]:
        if (right, low) != (x, y):
            steps.append(f"{right - x} {low - y}".replace(" -", "-"))
        x, y = right, low
    rest = " ".join(steps or ["1 0"]).replace(" -", "-")
    return f"M{places[0][0]} {places[0][1]}l{rest}"

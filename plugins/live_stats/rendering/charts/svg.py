"""A drawing as wide as its column, whose words keep their size.

Places across are shares of the width, in per cent; places down are in em of the label.
Only the line itself lies in a box that is stretched, and its stroke is not.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from .geometry import Frame, Point, drawn
from .label_layout import extent
from .scales import Scale

ACROSS, DOWN = 1000, 20  # units of the box: across, and down in one em
VALUE = 1.35  # em: the size of the last value


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

    def share(self, day: date) -> float:
        return self.frame.x(day) / ACROSS

    def down(self, value: float) -> float:
        """How many em below the edge a value lies."""
        return self.top + self.frame.y(value) / DOWN

    def lines(
        self, points: Sequence[Point], breaks: Sequence[date], most: int
    ) -> list[str]:
        """The stretches as one line each, and those of a single point as dots."""
        parts, dots = [], []
        for piece in drawn(points, breaks, most):
            if len(piece) == 1:
                x, y = self.share(piece[0][0]), self.down(piece[0][1])
                dots.append(dot("chart__dot", x, y, 0.2))
            else:
                way = _way([(self.frame.x(d), self.frame.y(v)) for d, v in piece])
                parts.append(f'<path class="chart__line" d="{way}"/>')
        box = (
            f'<svg class="chart__plot" y="{em(self.top)}" width="100%" '
            f'height="{em(self.tall)}" viewBox="0 0 {ACROSS} {self.tall * DOWN:g}" '
            f'preserveAspectRatio="none">{"".join(parts)}</svg>'
        )
        return ([box] if parts else []) + dots

    def end(
        self, points: Sequence[Point], words: str, narrow: float, *, over: bool = False
    ) -> list[str]:
        """A dot at the last value, and the value above it, or below if that is free.

        With `over` it stands above the whole box.
        """
        x, y = self.share(points[-1][0]), self.down(points[-1][1])
        edge = 1 - extent(words, VALUE) / narrow
        near = [self.down(v) for d, v in points[:-1] if self.share(d) >= edge]
        above = sum(y - 2.1 < one < y - 0.3 for one in near)
        below = sum(y + 0.3 < one < y + 2.1 for one in near)
        up = y + 2.1 > self.bottom or above <= below
        base = self.top - 0.35 if over else y + (-0.75 if up else 1.6)
        return [
            dot("chart__end", x, y, 0.3),
            f'<text x="{per(x)}" y="{em(base)}" '
            f'text-anchor="end"><tspan class="chart__value">{escape(words)}</tspan>'
            "</text>",
        ]


def svg(title: str, description: str, tall: float, parts: Sequence[str]) -> Markup:
    """The whole drawing, with its name for those who do not see it.

    The ids come from the content: the same in every build, others for another chart.
    """
    content = "".join(parts)
    digest = hashlib.sha256("\0".join((title, description, content)).encode())
    name = f"chart-{digest.hexdigest()[:10]}"
    return Markup(
        f'<svg class="chart__drawing" role="img" width="100%" height="{em(tall)}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{content}</svg>'
    )


def text(
    words: str, x: float, y: float, anchor: str = "start", shift: float = 0
) -> str:
    more = f' dx="{em(shift)}"' if shift else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{per(x)}" y="{em(y)}"{more}>{escape(words)}</text>'


def upright(kind: str, x: float, top: float, bottom: float) -> str:
    at = per(x)
    return (
        f'<line class="chart__{kind}" x1="{at}" x2="{at}" y1="{em(top)}" '
        f'y2="{em(bottom)}"/>'
    )


def level(y: float) -> str:
    return f'<line class="chart__grid" x2="100%" y1="{em(y)}" y2="{em(y)}"/>'


def dot(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{per(x)}" cy="{em(y)}" r="{radius}em"/>'


def em(value: float) -> str:
    return f"{round(value, 2):g}em"


def per(share: float) -> str:
    return f"{round(share * 100, 1):g}%"


def _way(places: Sequence[tuple[float, float]]) -> str:
    """A path in whole steps from point to point, each as short as it can be."""
    x, y = round(places[0][0]), round(places[0][1])
    steps = []
    for place in places[1:]:
        right, low = round(place[0]), round(place[1])
        if (right, low) != (x, y):
            steps.append(f"{right - x} {low - y}".replace(" -", "-"))
        x, y = right, low
    rest = " ".join(steps or ["1 0"]).replace(" -", "-")
    return f"M{round(places[0][0])} {round(places[0][1])}l{rest}"

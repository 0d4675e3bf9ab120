"""The chart: seconds against posts, one line for each tool, on two log scales.

Written by hand, as the site's own charts are: no library, the names of the tools stand
at the ends of their lines, and the colours follow the reader's light or dark.
"""

import math
from html import escape

from .jobs import JOBS
from .results import Results

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 168, 60, 52
LABEL = 18  # the least distance of two labels
STYLE = """
  svg { color-scheme: light dark; font: 14px system-ui, sans-serif; }
  text { fill: #1c1b1a; } .faint { fill: #6f6b66; font-size: 12px; }
  .title { font-size: 16px; font-weight: 600; }
  .grid { stroke: #d9d5cf; stroke-width: 1; }
  .line { fill: none; stroke: #8a857f; stroke-width: 1.5; }
  .dot { fill: #8a857f; }
  .ours .line { stroke: #1f5fa8; stroke-width: 3; } .ours .dot { fill: #1f5fa8; }
  .ours text { fill: #1f5fa8; font-weight: 600; }
  .paper { fill: #fffdf8; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e3df; } .faint { fill: #9a958f; }
    .grid { stroke: #3a3835; } .paper { fill: #161513; }
    .ours .line { stroke: #7fb2ee; } .ours .dot, .ours text { fill: #7fb2ee; }
  }
"""


def chart(results: Results, job: str) -> str:
    """An SVG of what `job` costs. Raises ValueError where nothing was measured."""
    lines = {
        tool: [
            (posts, seconds)
            for posts in results.sizes()
            if (seconds := results.seconds(posts, job, tool)) is not None
        ]
        for tool in results.tools
    }
    lines = {tool: points for tool, points in lines.items() if points}
    if not lines:
        raise ValueError(f"nothing was measured of {job}")
    title = next(one.title for one in JOBS if one.name == job)
    heading = f"{title[0].upper()}{title[1:]}: seconds until the blog is published"
    ends = ", ".join(
        f"{results.tools[tool]} {points[-1][1]:.2g} s at {points[-1][0]:,} posts"
        for tool, points in lines.items()
    )
    scale = _Scale(lines)
    body = [*_axes(scale), *_lines(scale, lines, results.tools)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'role="img" aria-labelledby="cost-title cost-desc">',
            f'<title id="cost-title">{escape(heading)}</title>',
            f'<desc id="cost-desc">{escape(ends)}.</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            f'<text class="title" x="16" y="30">{escape(heading)}</text>',
            *body,
            "</svg>\n",
        )
    )


class _Scale:
    """From posts and seconds to places on the paper."""

    def __init__(self, lines: dict[str, list[tuple[int, float]]]) -> None:
        points = [point for line in lines.values() for point in line]
        self.sizes = sorted({posts for posts, _ in points})
        self._x = math.log(self.sizes[0]), math.log(self.sizes[-1])
        low, high = min(s for _, s in points), max(s for _, s in points)
        self._y = math.floor(math.log10(low)), math.ceil(math.log10(high))
        if self._y[0] == self._y[1]:
            self._y = self._y[0], self._y[0] + 1
        self.ticks = [10.0**power for power in range(self._y[0], self._y[1] + 1)]

    def x(self, posts: int) -> float:
        low, high = self._x
        share = (math.log(posts) - low) / (high - low) if high > low else 1
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        low, high = self._y
        share = (math.log10(seconds) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(scale: _Scale) -> list[str]:
    found, bottom = [], HEIGHT - BOTTOM
    for tick in scale.ticks:
        y = f"{scale.y(tick):.1f}"
        found.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
            f'<text class="faint" x="{LEFT - 8}" y="{y}" dy="4" text-anchor="end">'
            f"{tick:g} s</text>"
        )
    for posts in scale.sizes:
        found.append(
            f'<text class="faint" x="{scale.x(posts):.1f}" y="{bottom + 22}" '
            f'text-anchor="middle">{posts:,} posts</text>'
        )
    return found


def _lines(
    scale: _Scale, lines: dict[str, list[tuple[int, float]]], labels: dict[str, str]
) -> list[str]:
    found, free = [], float(HEIGHT)
    # From the bottom up, each label above the one before it.
    for tool, points in sorted(lines.items(), key=lambda item: item[1][-1][1]):
        places = [(scale.x(posts), scale.y(seconds)) for posts, seconds in points]
        x, y = places[-1]
        label = free = min(y, free - LABEL)
        name = labels[tool].partition(" (")[0]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
        dots = "".join(
            f'<circle class="dot" cx="{px:.1f}" cy="{py:.1f}" r="3.5"/>'
            for px, py in places
        )
        found.append(
            f'<g class="{"ours" if tool == "ours" else "peer"}">'
            f'<polyline class="line" points="{path}"/>{dots}'
            f'<text x="{x + 10:.1f}" y="{label:.1f}" dy="5">{escape(name)} '
            f"{points[-1][1]:.2g} s</text></g>"
        )
    return found

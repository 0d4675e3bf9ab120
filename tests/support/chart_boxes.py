"""A drawn chart as boxes of words and lines, in em: what would touch on a screen.

Read from the markup alone. The widths of words are generous: a letter is as wide as in
the widest faces that people read charts in.
"""

import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise
from typing import NamedTuple

LETTER = 0.62


class Words(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float


class Drawing(NamedTuple):
    gutter: float
    width: float
    tall: float
    words: list[Words]
    line: list[list[tuple[float, float]]]
    rules: list[tuple[float, float, float]]  # across, from, to


def laid_out(markup, column, wide):
    """The drawing in a column of so many em; `wide` from 39rem on."""
    root = ElementTree.fromstring(str(markup))
    gutter = float(root.get("data-gutter"))
    width = column - gutter
    words, rules = [], []
    hidden = "chart__narrow" if wide else "chart__wide"
    for one in _shown(root, hidden):
        if one.tag == "text":
            words.append(_words(one, width))
        elif one.tag == "line" and one.get("class") in ("chart__claim", "chart__break"):
            x = float(one.get("x1").removesuffix("%")) / 100 * width
            rules.append((x, _em(one.get("y1")), _em(one.get("y2"))))
    return Drawing(gutter, width, _em(root.get("height")), words,
                   _lines(root, width), rules)  # fmt: skip


def faults(drawing):
    """What is wrong of it, in words: overlaps, and words outside of the box."""
    found = []
    for one in drawing.words:
        inside = (
            -drawing.gutter - 0.05 <= one.left and one.right <= drawing.width + 0.05
        )
        if not inside or one.top < -0.05 or one.bottom > drawing.tall + 0.05:
            found.append(f"{one} outside")
        for across, top, bottom in drawing.rules:
            if one.left < across < one.right and one.top < bottom and top < one.bottom:
                found.append(f"{one} on a rule at {across}")
        if any(_crossed(one, piece) for piece in drawing.line):
            found.append(f"{one} on the line")
    for one, other in combinations(drawing.words, 2):
        if (one.left < other.right and other.left < one.right
                and one.top < other.bottom and other.top < one.bottom):  # fmt: skip
            found.append(f"{one} on {other}")
    return found


def _shown(element, hidden):
    for one in element:
        if one.get("class") != hidden and one.tag not in ("title", "desc", "svg"):
            yield one
            yield from _shown(one, hidden)


def _em(text):
    return float((text or "0em").removesuffix("em"))


def _words(one, width):
    inner = one.find("tspan")
    text = one.text or inner.text
    size = 1.35 if inner is not None else 1
    long = len(text) * LETTER * size
    at = float(one.get("x").removesuffix("%")) / 100 * width + _em(one.get("dx"))
    share = {"middle": 0.5, "end": 1}.get(one.get("text-anchor"), 0)
    base = _em(one.get("y"))
    left = at - share * long
    return Words(text, left, base - 0.72 * size, left + long, base + 0.2 * size)


def _lines(root, width):
    plot = root.find("svg")
    top, across = _em(plot.get("y")), width / 1000
    lines = []
    for path in plot:
        for way in re.findall("M[^M]+", path.get("d")):
            x, y, *steps = map(float, re.findall(r"-?[\d.]+", way))
            places = [(x * across, top + y / 20)]
            if "V" in way:
                places.append((x * across, top + steps[0] / 20))
            elif "l" in way:
                for right, down in zip(steps[::2], steps[1::2], strict=True):
                    x, y = x + right, y + down
                    places.append((x * across, top + y / 20))
            else:
                places *= 2
            lines.append(places)
    return lines


def _crossed(words, piece):
    for (x, y), (to_x, to_y) in pairwise(piece):
        if to_x < words.left or x > words.right:
            continue
        ends = [y, to_y]
        if to_x > x:
            slope = (to_y - y) / (to_x - x)
            ends = [y + slope * (max(x, words.left) - x),
                    y + slope * (min(to_x, words.right) - x)]  # fmt: skip
        if max(ends) > words.top and min(ends) < words.bottom:
            return True
    return False

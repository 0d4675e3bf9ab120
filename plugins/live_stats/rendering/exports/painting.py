"""Painting an image of few colours: letters, lines and dots on paper.

HarfBuzz sets and draws the letters, Pillow the rest. Both come as packages, and nothing
of the machine is used: no font, no library for text, no language of the user. From the
first to the last an image is a palette and a byte for each pixel, which is little to
paint and little to pack.
"""

import copy
import functools
import io
import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import uharfbuzz
from PIL import Image, ImageChops, ImageColor

from .fonts import TEXT, Face

SHADES = 24
"""Steps from paper to ink: at most 10 of 255 apart, too few to see along an edge."""

LAYERS = 3
"""Where shapes overlap in one layer their edges add up; so neighbours are in others."""

Position = tuple[float, float]
"""Across and down from the upper left corner."""


class Glyph(NamedTuple):
    """A letter of a font: its number, its advance, and its offset across and up."""

    number: int
    advance: int
    across: int
    up: int


class Painting:
    """A sheet of paper. Lengths are in px, from the upper left corner.

    `inks` are all colours that it gets. Where two meet, the darker is seen.
    """

    def __init__(
        self, width: int, height: int, paper: str, inks: Sequence[str]
    ) -> None:
        self._palette, self._shades = _palette(paper, tuple(inks))
        self._sheet = Image.new("L", (width, height))

    def copy(self) -> "Painting":
        other = copy.copy(self)
        other._sheet = self._sheet.copy()
        return other

    def text(
        self,
        lines: Iterable[tuple[float, str]],
        size: float,
        face: Face,
        ink: str,
        left: float,
    ) -> None:
        """Lines of letters that the face has, each with the place of its baseline."""
        letters, font = uharfbuzz.RasterDraw(), _font(face.file)
        scale = size / font.face.upem
        for base, line in lines:
            at = left
            for glyph, advance, across, up in _glyphs(face, line):
                place = at + across * scale, up * scale - base
                letters.transform = (scale, 0, 0, scale, *place)
                letters.draw_glyph(font, glyph)
                at += advance * scale + face.tracking * size
        self._put(letters, ink)

    def line(self, places: Sequence[Position], width: float, ink: str) -> None:
        """A line with round ends and corners."""
        layers = [uharfbuzz.RasterDraw() for _ in range(2 * LAYERS)]
        for n, ((x, y), (to_x, to_y)) in enumerate(itertools.pairwise(places)):
            along = to_x - x, to_y - y
            scale = width / (math.hypot(*along) or 1)
            across = along[1] * scale, -along[0] * scale
            middle = (x + to_x) / 2, (y + to_y) / 2
            _stamp(layers[n % LAYERS], "■", middle, along, across)
        for n, place in enumerate(places):
            layer = layers[LAYERS + n % LAYERS]
            _stamp(layer, "•", place, (width, 0), (0, -width))
        for layer in layers:
            self._put(layer, ink)

    def dots(self, places: Iterable[Position], width: float, ink: str) -> None:
        """Dots that stand apart."""
        dots = uharfbuzz.RasterDraw()
        for place in places:
            _stamp(dots, "•", place, (width, 0), (0, -width))
        self._put(dots, ink)

    def bar(self, left: int, top: int, right: int, bottom: int, ink: str) -> None:
        self._sheet.paste(self._shades[ink][-1], (left, top, right, bottom))

    def _put(self, shapes: uharfbuzz.RasterDraw, ink: str) -> None:
        drawn = shapes.render()
        extents = drawn.extents
        size = extents.width, extents.height
        if not all(size):
            return
        rows = ("raw", "L", extents.stride, -1)  # from the lowest upwards
        shades = drawn.buffer.translate(self._shades[ink])
        image = Image.frombytes("L", size, shades, *rows)
        left, top = extents.x_origin, -extents.y_origin - extents.height
        box = (left, top, left + extents.width, top + extents.height)
        self._sheet.paste(ImageChops.lighter(self._sheet.crop(box), image), box)

    def png(self) -> bytes:
        """As a file; the same bytes for the same painting."""
        image, file = self._sheet.copy(), io.BytesIO()
        image.putpalette(self._palette)
        image.save(file, "png", compress_level=6)
        return file.getvalue()


@functools.cache
def _palette(paper: str, inks: tuple[str, ...]) -> tuple[bytes, dict[str, bytes]]:
    """The colours from light to dark; for each ink which of them, by coverage to 255.

    So of two the darker is the one with the greater number.
    """
    ground = ImageColor.getrgb(paper)

    def shade(ink: str, step: int) -> tuple[int, ...]:
        ends = zip(ground, ImageColor.getrgb(ink), strict=True)
        return tuple(round(a + (b - a) * step / SHADES) for a, b in ends)

    steps = {ink: [shade(ink, step) for step in range(SHADES + 1)] for ink in inks}
    every = {colour for colours in steps.values() for colour in colours}
    ordered = sorted(every, key=lambda c: (-299 * c[0] - 587 * c[1] - 114 * c[2], c))
    number = {colour: n for n, colour in enumerate(ordered)}
    shades = {
        ink: bytes(number[colours[round(n * SHADES / 255)]] for n in range(256))
        for ink, colours in steps.items()
    }
    return bytes(value for colour in ordered for value in colour), shades


@functools.cache
def _font(file: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))


def _stamp(
    shapes: uharfbuzz.RasterDraw,
    sign: str,
    place: Position,
    along: Position,
    across: Position,
) -> None:
    """A square or a disc of a font, stretched to these sides, its middle at a place."""
    font, glyph, middle, measures = _sign(sign)
    xx, yx = (value / measures[0] for value in along)
    xy, yy = (value / measures[1] for value in across)
    dx = place[0] - xx * middle[0] - xy * middle[1]
    dy = place[1] - yx * middle[0] - yy * middle[1]
    shapes.transform = (xx, -yx, xy, -yy, dx, -dy)
    shapes.draw_glyph(font, glyph)


@functools.cache
def _sign(sign: str) -> tuple[uharfbuzz.Font, int, Position, Position]:
    font = _font(TEXT.file)
    glyph = font.get_nominal_glyph(ord(sign))
    box = font.get_glyph_extents(glyph)
    middle = box.x_bearing + box.width / 2, box.y_bearing + box.height / 2
    return font, glyph, middle, (box.width, -box.height)


def _glyphs(face: Face, line: str) -> list[Glyph]:
    """The glyphs of a line from left to right, in units of the font."""
    if not line:
        return []
    buffer = uharfbuzz.Buffer()
    buffer.add_str(line)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.language = "und"  # which was guessed from the environment
    # Letters that stand apart are not joined.
    features = {"liga": False, "clig": False} if face.tracking else {}
    uharfbuzz.shape(_font(face.file), buffer, features)
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in placed
    ]

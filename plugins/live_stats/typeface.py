"""The faces of drawn text: what they can draw, how wide, and where its lines break.

They come from packages, never from the machine that draws.
"""

import functools
import struct
import unicodedata
from dataclasses import dataclass

from font_source_sans_pro import font_files_ttf as sans
from font_source_serif_pro import font_files_ttf as serif

GLUE = "\u00a0\u2007\u202f"  # spaces at which no line may break


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, and the space in em that is added after each letter of it.

    Sizes, widths and `room` are in px.
    """

    file: str
    family: str
    weight: int
    tracking: float = 0

    def draws(self, text: str) -> bool:
        """Whether the font has every letter of a text."""
        known = advances(self.file)
        text = unicodedata.normalize("NFC", text)
        return all(c in known for c in text if c.isprintable())

    def words(self, text: str) -> list[str]:
        """The words of a text, less the letters that the font does not have."""
        known = advances(self.file)
        text = unicodedata.normalize("NFC", text)
        text = "".join(
            GLUE[0] if c in GLUE else " " if c.isspace() else c for c in text
        )
        drawn = (c for c in text if c in known and (c.isprintable() or c == GLUE[0]))
        return [word for word in "".join(drawn).split(" ") if word]

    def width(self, text: str, size: float) -> float:
        """Of these words. Kerning makes the drawing a little narrower."""
        known = advances(self.file)
        return size * sum(known[letter] + self.tracking for letter in text)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """The lines of a text, none wider than the room; longer words are broken."""
        lines = [""]
        for word in self.words(text):
            longer = f"{lines[-1]} {word}".strip(" ")
            if self.width(longer, size) <= room:
                lines[-1] = longer
                continue
            lines += [""] if lines[-1] else []
            used = 0.0
            for letter in word:
                used += self.width(letter, size)
                if used > room:
                    lines.append("")
                    used = self.width(letter, size)
                lines[-1] += letter
        return [line for line in lines if line]

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """At most so many lines; an ellipsis ends the last if there is more."""
        lines = self.wrapped(text, size, room)
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while self.width(last + "…", size) > room:
            last = last.rpartition(" ")[0] or last[:-1]
        return [*lines[: most - 1], last.rstrip(" ,.;:–—-") + "…"]


@functools.cache
def advances(file: str) -> dict[str, float]:
    """Each character that a font file has, and its width in em.

    Raises KeyError for a font without a table of all of Unicode (a `cmap` of 3, 10).
    """
    with open(file, "rb") as font:
        data = font.read()
    rows = struct.iter_unpack(">4sLLL", data[12 : 12 + 16 * _number(data, 4)])
    tables = {tag: offset for tag, _, offset, _ in rows}
    em = _number(data, tables[b"head"] + 18)
    wide = _number(data, tables[b"hhea"] + 34)  # the glyphs after it are as wide as it
    widths = struct.unpack_from(">" + "Hh" * wide, data, tables[b"hmtx"])[::2]

    cmap = data[tables[b"cmap"] :]
    rows = struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * _number(cmap, 2)])
    groups = cmap[{row[:2]: row[2] for row in rows}[3, 10] :]
    count = struct.unpack_from(">L", groups, 12)[0]
    return {
        chr(code): widths[min(glyph + code - first, wide - 1)] / em
        for first, last, glyph in struct.iter_unpack(
            ">LLL", groups[16 : 16 + 12 * count]
        )
        for code in range(first, last + 1)
    }


def _number(data: bytes, at: int) -> int:
    return struct.unpack_from(">H", data, at)[0]


TITLE = Face(serif["SourceSerifProSemibold"], "Source Serif Pro", 600)
TEXT = Face(sans["SourceSansPro"], "Source Sans Pro", 400)
CAPITALS = Face(sans["SourceSansProSemibold"], "Source Sans Pro", 600, tracking=0.14)

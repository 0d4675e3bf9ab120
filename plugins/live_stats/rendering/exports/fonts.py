"""The faces of drawn text: what they can draw, how wide, and where its lines break.

They come from packages, never from the machine that draws.
"""

import functools
import struct
import unicodedata
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

GLUE = "\u00a0\u2007\u202f"  # spaces at which no line may break
_HYPHENS = dict.fromkeys([0x2010, 0x2011], "-")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, and the space in em that is added after each letter of it.

    Sizes, widths and `room` are in px.
    """

    file: str
    tracking: float = 0

    def draws(self, text: str) -> bool:
        """Whether the font has every letter of a text that can be seen."""
        known = advances(self.file)
        return all(c in known for c in _spaced(text) if _is_seen(c))

    def words(self, text: str) -> list[str]:
        """The words of a text, less the letters that the font does not have."""
        known = advances(self.file)
        drawn = (c for c in _spaced(text) if c in known and _is_seen(c))
        return [word for word in "".join(drawn).split(" ") if word]

    def width(self, text: str, size: float) -> float:
        """Of these words. Kerning makes the drawing a little narrower."""
        known = advances(self.file)
        return size * sum(known[letter] + self.tracking for letter in text)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """The lines of a text, none wider than the room; longer words are broken."""
        lines: list[str] = []
        used, space = 0.0, self.width(" ", size)
        for word, wide in _measured(self, text):
            if lines and used + space + wide * size <= room:
                lines[-1] += f" {word}"
                used += space + wide * size
                continue
            lines.append("")
            used = 0.0
            for letter in word if wide * size > room else (word,):
                step = self.width(letter, size)
                if lines[-1] and used + step > room:
                    lines.append("")
                    used = 0.0
                lines[-1] += letter
                used += step
        return lines

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """At most so many lines; an ellipsis ends the last if there is more."""
        lines = self.wrapped(text, size, room)
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while self.width(last + "…", size) > room:
            last = last.rpartition(" ")[0] or last[:-1]
        return [*lines[: most - 1], last.rstrip(" ,.;:–—-") + "…"]


def _spaced(text: str) -> str:
    """A text whose letters are whole, and whose spaces break lines or do not.

    Its hyphens are the one that every font has.
    """
    whole = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    return "".join(GLUE[0] if c in GLUE else " " if c.isspace() else c for c in whole)


def _is_seen(letter: str) -> bool:
    """Whether a letter leaves a space or ink: not a control, a joiner, a selector."""
    return (
        unicodedata.category(letter) not in ("Cc", "Cf")
        and not "\ufe00" <= letter <= "\ufe0f"
        and not "\U000e0100" <= letter <= "\U000e01ef"
    )


@functools.lru_cache(64)  # a text is tried in several sizes
def _measured(face: Face, text: str) -> list[tuple[str, float]]:
    """The words of a text, and how wide each is in em."""
    return [(word, face.width(word, 1)) for word in face.words(text)]


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
    number: int = struct.unpack_from(">H", data, at)[0]
    return number


def _file(package: str, name: str) -> str:
    """A file of a package of fonts.

    The packages' own lists are empty below a folder with brackets in its name: they
    are made by patterns.
    """
    found = find_spec(package)
    assert found is not None and found.origin is not None
    return str(Path(found.origin).with_name("files") / f"{name}.ttf")


TITLE = Face(_file("font_source_serif_pro", "SourceSerifPro-Semibold"))
TEXT = Face(_file("font_source_sans_pro", "SourceSansPro-Regular"))
CAPITALS = Face(_file("font_source_sans_pro", "SourceSansPro-Semibold"), tracking=0.14)

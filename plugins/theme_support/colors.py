"""The accent colour of a site: one for light, one for dark, both of enough contrast.

Contrast is that of WCAG 2: (lighter + 0.05) / (darker + 0.05) of relative luminances.
Written by hand: it is two formulas, and no package here has them.
"""

import re
from typing import Any, NamedTuple

from .errors import SettingError

PAPER = {"light": ("#fffdf8", "#f5f0e6"), "dark": ("#161513", "#201e1b")}
"""What links stand on: the page, and the wash of tables. The same as in tokens.css."""

ENOUGH = 4.5
"""The contrast of text that anybody can read: WCAG 2, level AA."""

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_WRITE = 'write ACCENT_COLOR = "#8a1c4a", or a pair: ("#8a1c4a", "#ff9ac1")'

Rgb = tuple[int, int, int]


class Accent(NamedTuple):
    """The colour of links on a light page, and on a dark one."""

    light: str
    dark: str


def read(value: Any) -> Accent | None:
    """The accent of a site; None if it has the theme's.

    `value` is a colour, or a pair for light and dark. Of one, the dark form is the same
    with as much white in it as contrast needs. Raises SettingError.
    """
    if value in ("", None):
        return None
    pair = (value,) if isinstance(value, str) else value
    if not isinstance(pair, list | tuple) or len(pair) not in (1, 2):
        raise SettingError(f"ACCENT_COLOR is {value!r}", _WRITE)
    for one in pair:
        if not isinstance(one, str) or not _HEX.fullmatch(one):
            what = (
                f"ACCENT_COLOR is {value!r}, and {one!r} is no colour such as #8a1c4a"
            )
            raise SettingError(what, _WRITE)
    light = _checked(pair[0], "light")
    dark = _checked(pair[1], "dark") if len(pair) == 2 else readable(pair[0], "dark")
    return Accent(light, dark)


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness: from 1 for the same to 21."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, scheme: str) -> str:
    """The colour, with as much black or white in it as contrast needs in a scheme."""
    black = scheme == "light"
    for percent in range(101):
        mixed = _mixed(_rgb(color), 0 if black else 255, percent)
        if _least(mixed, scheme) >= ENOUGH:
            return mixed
    raise AssertionError(f"neither black nor white can be read in {scheme}")


def _checked(color: str, scheme: str) -> str:
    least = _least(color, scheme)
    if least < ENOUGH:
        raise SettingError(
            f'ACCENT_COLOR has "{color}" on {scheme} pages, with a contrast of '
            f"{int(least * 10) / 10}:1; links need {ENOUGH}:1 to be read",
            f'"{readable(color, scheme)}" has it',
        )
    return color.lower()


def _least(color: str, scheme: str) -> float:
    return min(contrast(color, paper) for paper in PAPER[scheme])


def _rgb(color: str) -> Rgb:
    digits = color[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[n : n + 2], 16) for n in (0, 2, 4))
    return red, green, blue


def _mixed(color: Rgb, other: int, percent: int) -> str:
    parts = (round(c + (other - c) * percent / 100) for c in color)
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(color: Rgb) -> float:
    parts = []
    for part in color:
        share = part / 255
        low = share <= 0.04045
        parts.append(share / 12.92 if low else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

"""Reads what a page has to know of a picture: its size, and which smaller ones help.

Pillow reads it. Without Pillow nothing is known, and pages show pictures as they are.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO

try:
    from PIL import Image, UnidentifiedImageError
except ImportError:  # it is optional
    Image = None  # type: ignore[assignment]

WIDTHS = (480, 800, 1280)
"""Of scaled pictures, in pixels: a phone, a phone's dense screen, a column twice."""

READ = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_UNREADABLE = (".heic", ".heif", ".tif", ".tiff", ".psd")  # by browsers
_SCALED = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# Palettes are of drawings: their colours would change, and files grow.
_MODES = ("RGB", "RGBA", "L", "LA", "CMYK")
_ORIENTATION = 0x0112
_ON_ITS_SIDE = (5, 6, 7, 8)
_SMALL = 40_000  # bytes: scaled files of such a picture save nothing
MANY_PIXELS = 40_000_000
MANY_BYTES = 5_000_000


class BrokenPicture(Exception):
    """A file that is no picture, or one that no browser shows; says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as browsers show it, in pixels.

    `scaled` are its smaller versions, by width: the names of files, without a folder.
    `huge` says why it is too much for readers; empty if it is not.
    """

    width: int
    height: int
    scaled: dict[int, str]
    huge: str = ""


def can_read() -> bool:
    """Whether Pillow is there."""
    return Image is not None


def is_picture(path: str) -> bool:
    """Whether a file of this name is a picture that is read here."""
    return can_read() and path.lower().endswith((*READ, *_UNREADABLE))


def read(path: str) -> Picture:
    """The picture in the file `path`. Raises BrokenPicture, and OSError."""
    with open(path, "rb") as file:
        data = file.read()
    if not data:
        raise BrokenPicture("it is empty")
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _UNREADABLE:
        raise BrokenPicture(f"browsers do not show {suffix} files")
    digest = hashlib.sha256(data).hexdigest()
    key = (path, digest)
    if key not in _known:
        _known[key] = _decoded(path, data, digest)
    return _known[key]


_known: dict[tuple[str, str], Picture] = {}
"""What this process has found: many posts may show one picture."""


def _decoded(path: str, data: bytes, digest: str) -> Picture:
    try:
        with Image.open(BytesIO(data)) as image:
            width, height = image.size
            huge = _huge(width * height, len(data))
            if not huge:
                image.draft(image.mode, (64, 64))  # of a JPEG: read all, decode little
                image.load()
            if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
                width, height = height, width
            names = _names(image, path, digest, width)
            if len(data) < _SMALL:
                names = {}
    except UnidentifiedImageError:
        raise BrokenPicture("it is not a picture, or of a kind unknown here") from None
    except Image.DecompressionBombError:
        raise BrokenPicture("it has more pixels than any screen") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise BrokenPicture(str(error) or "it is damaged") from None
    return Picture(width, height, names, huge)


def _names(image: "Image.Image", path: str, digest: str, width: int) -> dict[int, str]:
    """The names of scaled versions, by width; none if these would be of no use."""
    suffix = _SCALED.get(image.format or "")
    moves = getattr(image, "is_animated", False) and image.format != "MPO"
    if suffix is None or moves or image.mode not in _MODES:
        return {}
    stem = os.path.splitext(os.path.basename(path))[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "picture"
    return {
        one: f"{name}-{digest[:12]}-{one}{suffix}"
        for one in WIDTHS
        if one * 1.15 < width
    }


def _huge(pixels: int, size: int) -> str:
    if size > MANY_BYTES:
        return f"it has {size / 1_000_000:.0f} MB"
    if pixels > MANY_PIXELS:
        return f"it has {pixels / 1_000_000:.0f} million pixels"
    return ""

"""Makes the pictures of a text quick to load, and figures of those with a caption."""

import html
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from . import picture_sizes, tags
from .picture_sizes import BrokenPicture, Picture

FOLDER = "pictures"
"""Where scaled pictures lie, below THEME_STATIC_DIR."""

SIZES = "(min-width: 46rem) 40rem, calc(100vw - 2rem)"
"""How wide the theme shows a picture: the column of text, or a phone's whole width."""

SCALED = "{theme_picture}"
"""What stands before the address of a scaled picture until its page is made."""

METADATA = "scaled_pictures"
"""Under which name a post's metadata has its scaled pictures."""

_LOCAL = re.compile(r"[{|](?:static|attach|filename)[|}](?P<path>.*)", re.DOTALL)
_IMAGE = tags.pattern(
    rf"(?P<begin><p>\s*(?P<link><a{tags.ATTRIBUTES}\s*>\s*)?)?"
    rf"<img(?P<attributes>{tags.ATTRIBUTES})\s*/?>"
    r"(?P<end>(?P<unlink>\s*</a>)?\s*</p>)?"
)
_MEDIA = tags.pattern(rf"<video(?P<attributes>{tags.ATTRIBUTES})\s*>")

Report = Callable[[str, str, str, bool], None]
"""Takes an address as the author wrote it, what is wrong with it, how to mend it, and
whether that is only advice."""


@dataclass(slots=True)
class Pictures:
    """The pictures of one text, which is in the file `source` below `content`.

    `scaled` has what its pages need: of each scaled file the source below `content`,
    the width, and the name.
    """

    source: str
    content: str
    report: Report
    scaled: list[list[str | int]] = field(default_factory=list)
    _seen: int = 0

    def dressed(self, text: str) -> str:
        """The HTML `text`, with all that is known of its pictures.

        A picture that stands alone in its paragraph and has a title becomes a figure,
        with the title as its caption.
        """
        if "<video" in text:
            text = tags.replaced(_MEDIA, text, _one_address_each)
        return tags.replaced(_IMAGE, text, self._picture) if "<img" in text else text

    def _picture(self, match: re.Match[str]) -> str:
        values = tags.attributes(match["attributes"])
        begin, end = match["begin"] or "", match["end"] or ""
        alone = begin and end and bool(match["link"]) == bool(match["unlink"])
        title = (values.get("title") or "").strip()
        caption = alone and title
        if caption:
            del values["title"]
        self._complete(values)
        image = tags.tag("img", values)
        if not caption:
            return f"{begin}{image}{end}"
        words = html.escape(title, quote=False)
        linked = (
            f"{(match['link'] or '').strip()}{image}{(match['unlink'] or '').strip()}"
        )
        return f"<figure>{linked}<figcaption>{words}</figcaption></figure>"

    def _complete(self, values: dict[str, str | None]) -> None:
        """Add to a picture's attributes what its author has not written."""
        source = values.get("src") or ""
        known = self._known(source)
        if known is not None and source.startswith("/"):
            # Pelican resolves this for pages below a path, and for feeds.
            source = values["src"] = f"{{static}}{source}"
        if known is not None and not {"width", "height"} & values.keys():
            values["width"], values["height"] = str(known.width), str(known.height)
        if known is not None and known.scaled and "srcset" not in values:
            sizes = [f"{SCALED}{name} {width}w" for width, name in known.scaled.items()]
            if known.width <= 2 * picture_sizes.WIDTHS[-1]:
                sizes.append(f"{without_spaces(source)} {known.width}w")
            values["srcset"] = ", ".join(sizes)
            values.setdefault("sizes", SIZES)
        self._seen += 1
        if self._seen > 1:  # the first is what a reader sees first
            values.setdefault("loading", "lazy")
        values.setdefault("decoding", "async")

    def _known(self, address: str) -> Picture | None:
        """What is known of the picture at an address; None if it is not the author's
        own, not there, or of no kind that is read here."""
        file = self._file(address)
        if file is None or not picture_sizes.is_picture(file):
            return None
        if not os.path.isfile(file):
            return None  # which is a broken link
        try:
            picture = picture_sizes.read(file)
        except BrokenPicture as error:
            self.report(
                address,
                f"browsers cannot show the picture {os.path.basename(file)}: {error}",
                "save it again, as JPEG, PNG or WebP",
                False,
            )
            return None
        if picture.huge:
            self.report(
                address,
                f"the picture {os.path.basename(file)} makes readers wait: "
                f"{picture.huge}",
                "save it with at most 2,560 pixels in width",
                True,
            )
        below = os.path.relpath(file, self.content)
        for width, name in picture.scaled.items():
            one: list[str | int] = [below, width, name]
            if one not in self.scaled:
                self.scaled.append(one)
        return picture

    def _file(self, address: str) -> str | None:
        """The file below the content that an address means; None for all others."""
        local = _LOCAL.fullmatch(address)
        path = local["path"] if local else address
        if local is None and (not path.startswith("/") or path.startswith("//")):
            return None  # of others, or relative to a page whose place is not known
        try:
            path = unquote(urlsplit(path).path)
        except ValueError:
            return None
        base = self.content if path.startswith("/") else os.path.dirname(self.source)
        file = os.path.normpath(os.path.join(base, path.lstrip("/")))
        inside = os.path.realpath(file).startswith(
            os.path.realpath(self.content) + os.sep
        )
        return file if inside and "\0" not in file else None


def scaled_pictures(post: object) -> list[tuple[str, int, str]]:
    """What the pages of a post need: source below the content, width, and name."""
    found = getattr(post, METADATA, None) or ()
    return [(str(file), int(width), str(name)) for file, width, name in found]


def without_spaces(address: str) -> str:
    """An address for a `srcset`, where a space or a comma would end it."""
    address = address.replace(" ", "%20")
    return address.replace(",", "%2C")


def _one_address_each(match: re.Match[str]) -> str:
    """A video whose own address stands in a tag of its own.

    Pelican resolves one address of each tag, and a video may have two: `poster`.
    """
    values: Mapping[str, str | None] = tags.attributes(match["attributes"])
    if not values.get("src") or "poster" not in values:
        return match[0]
    others = {name: value for name, value in values.items() if name != "src"}
    return tags.tag("video", others) + tags.tag("source", {"src": values["src"]})

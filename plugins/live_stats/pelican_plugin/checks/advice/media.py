"""Advice on images and links: whether they say something to everybody."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from ....model.errors import Advice
from .outline import Image
from .post import Post

_WITHOUT_ALT = re.compile(r"!\[\s*\]\(|\.\. (?:\|[^|]+\| )?(?:image|figure)::")
_FILE_NAME = re.compile(r"[\w .()-]+\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic)", re.I)
_VAGUE = {
    *("click here", "here", "this link", "link", "read more", "more"),
    *("hier", "hier klicken", "hier lesen", "mehr", "weiterlesen", "dieser link"),
    *("ici", "cliquez ici", "ce lien", "aquí", "haz clic aquí", "este enlace"),
}
"""Words of links that say nothing; from the lists of Lighthouse, for our languages."""


def find(post: Post, site: str) -> Iterator[Advice]:
    """All advice on the images and links of one text. `site` is the site's address."""
    for image in post.outline.images:
        yield from _image(post, image)
    yield from _links(post, site)


def _image(post: Post, image: Image) -> Iterator[Advice]:
    alt = None if image.alt is None else image.alt.strip()
    if not alt:
        what = "this image has no alternative text"
        for line in _lines_without_alt(post, image):
            yield from post.advice("image-without-alt", line, what, _mend(post, line))
    elif _FILE_NAME.fullmatch(alt) or alt == image.src:
        line = _line_of_address(post, image.src)
        what = f'"{alt}" is the name of a file, and says nothing of the image'
        yield from post.advice("image-alt-is-file-name", line, what, _mend(post, line))


def _lines_without_alt(post: Post, image: Image) -> list[int]:
    """The lines with an image that has no text; `image` is one of them.

    `<img alt="">` says that an image only decorates. In Markdown it was forgotten.
    """
    if image.alt is None:
        return [_line_of_address(post, image.src)]
    return [
        number
        for number, line in enumerate(post.lines, 1)
        if (_WITHOUT_ALT.search(line) and _has(line, image.src))
        or _refers(post, line, image.src)
    ]


def _mend(post: Post, line: int) -> str:
    if line and "<img" in post.lines[line - 1]:
        return 'add alt="…" with what it shows, or alt="" if it only decorates'
    if post.path.endswith(".rst"):
        return "add a line :alt: with what it shows"
    return (
        "describe it between the brackets, ![…](…); for an ornament write "
        '<img src="…" alt="">'
    )


def _refers(post: Post, line: str, src: str) -> bool:
    """Whether a line has an image without text whose address stands elsewhere."""
    match = re.search(r"!\[\s*\]\s?\[([^\]]+)\]", line)
    if match is None:
        return False
    start = f"[{match[1].casefold()}]:"
    definitions = (
        one for one in post.lines if one.strip().casefold().startswith(start)
    )
    return any(_has(one, src) for one in definitions)


def _links(post: Post, site: str) -> Iterator[Advice]:
    own = urlsplit(site)
    insecure = f"http://{own.netloc}/" if own.scheme == "https" else ""
    for link in post.outline.links:
        # Its line is looked for only if there is something to say of it.
        words = " ".join(link.text.split())
        if not words:
            yield from post.advice(
                "empty-link",
                _line_of_address(post, link.href),
                f'the link to "{link.href}" has no words',
                "write them between the brackets, [words](…)",
            )
        elif words.casefold().strip(" .…!:»›→") in _VAGUE:
            yield from post.advice(
                "vague-link",
                _line_of_address(post, link.href),
                f'the link "{words}" does not say where it leads',
                "make the name of what is there the link",
            )
        if insecure and link.href.startswith(insecure):
            path = link.href.removeprefix(insecure[:-1])
            yield from post.advice(
                "insecure-own-link",
                _line_of_address(post, link.href),
                f'"{link.href}" leads to this site, without https',
                f"write {path}, or {{filename}} with its source",
            )


def _line_of_address(post: Post, address: str) -> int:
    return post.line_of(lambda line: _has(line, address)) if address else 0


def _has(line: str, address: str) -> bool:
    """Whether a line has an address, as it is or as its author may have spelt it."""
    return address in line or unquote(address) in unquote(unescape(line))

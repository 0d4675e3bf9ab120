"""Advice on images and links: whether they say something to everybody."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from ....model.errors import Advice
from .outline import Image
from .post import Post

_FILE_NAME = re.compile(r"[\w .()-]+\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic)", re.I)
_VAGUE = {
    *("click here", "here", "this link", "link", "read more", "more"),
    *("hier", "hier klicken", "hier lesen", "mehr", "weiterlesen", "dieser link"),
    *("ici", "cliquez ici", "ce lien", "aquí", "haz clic aquí", "este enlace"),
}
"""Words of links that say nothing; from the lists of Lighthouse, for our languages."""

_ALT = "describe it between the brackets, ![…](…)"


def find(post: Post, site: str) -> Iterator[Advice]:
    """All advice on the images and links of one text. `site` is the site's address."""
    for image in post.outline.images:
        yield from _image(post, image)
    yield from _links(post, site)


def _image(post: Post, image: Image) -> Iterator[Advice]:
    line = _line_of_address(post, image.src)
    if image.alt is None:
        yield from post.advice(
            "image-without-alt",
            line,
            "this image has no alternative text",
            'add alt="…" with what it shows, or alt="" if it only decorates',
        )
    elif not image.alt.strip():
        # <img alt=""> says that the image only decorates. In Markdown it was forgotten.
        yield from post.advice(
            "image-without-alt",
            post.line_of(
                lambda line: re.search(r"!\[\s*\]", line) and _has(line, image.src),
                lambda line: _refers(post, line, image.src),
            ),
            "this image has no alternative text",
            f'{_ALT}; for an ornament write <img src="…" alt="">',
        )
    elif _FILE_NAME.fullmatch(image.alt.strip()):
        yield from post.advice(
            "image-alt-is-file-name",
            line,
            f'"{image.alt}" is the name of a file, and says nothing of the image',
            _ALT,
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
    for link in post.outline.links:
        line = _line_of_address(post, link.href)
        words = " ".join(link.text.split())
        if not words:
            yield from post.advice(
                "empty-link",
                line,
                f'the link to "{link.href}" has no words',
                "write them between the brackets, [words](…)",
            )
        elif words.casefold().strip(" .…!:»›→") in _VAGUE:
            yield from post.advice(
                "vague-link",
                line,
                f'the link "{words}" does not say where it leads',
                "make the name of what is there the link",
            )
        own = urlsplit(site)
        if own.scheme == "https" and link.href.startswith(f"http://{own.netloc}/"):
            path = link.href.removeprefix(f"http://{own.netloc}")
            yield from post.advice(
                "insecure-own-link",
                line,
                f'"{link.href}" leads to this site, without https',
                f"write {path}, or {{filename}} with its source",
            )


def _line_of_address(post: Post, address: str) -> int:
    return post.line_of(lambda line: _has(line, address)) if address else 0


def _has(line: str, address: str) -> bool:
    """Whether a line has an address, as it is or as its author may have spelt it."""
    return address in line or unquote(address) in unquote(unescape(line))

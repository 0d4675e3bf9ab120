"""Advice on hashtags that a text names and its front matter does not."""

import re
from collections.abc import Collection, Iterator

from ....model.errors import Advice
from ....model.values import hashtag_name
from .post import Post

_HASHTAG = re.compile(r"(?<![\w/&#.=?:-])(?<!\]\()#(?P<label>[^\W\d_]\w*)(?![\w-])")
_COLOUR = re.compile(r"(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$")


def find(post: Post, listed: Collection[str]) -> Iterator[Advice]:
    """Each hashtag once that is in the text and not among `listed`, by their names."""
    known = set(listed)
    for text in post.outline.words:
        if "#" not in text:
            continue
        for match in _HASHTAG.finditer(text):
            label = match["label"]
            name = hashtag_name(label)
            if name in known or _COLOUR.match(name):
                continue
            known.add(name)
            written = re.compile(rf"(?<!\w)#{re.escape(label)}(?!\w)")
            yield from post.advice(
                "hashtag-not-listed",
                post.line_of(written.search),
                f"#{label} is in the text, and not in Hashtags: of the front matter",
                f"add {label} there, or write it as `#{label}` if none is meant",
            )

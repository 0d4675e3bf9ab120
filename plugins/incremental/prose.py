"""Digests of the texts of posts, and of their summaries."""

from collections.abc import Mapping
from inspect import getattr_static
from typing import Any

from pelican.contents import Content

from .containers import AS_SHOWN, Containers, hashed
from .later import unread
from .speed import may_link
from .stamps import text_digest

TEXTS = frozenset({"content", "summary"})
GETTERS = {f"get_{name}": name for name in TEXTS}


class Prose(Containers):
    """The part of `Values` that knows texts. `texts` has digests that are known."""

    siteurl: str
    texts: Mapping[int, bytes]
    _known: dict[tuple[Any, ...], bytes]
    _alive: list[Any]

    def __init__(self) -> None:
        self._stocks: dict[tuple[type, str], bool] = {}

    def _text(self, content: Content, name: str) -> bytes:
        """The text of a post, or its summary, as far as its source decides it.

        Links to other posts are resolved, for they change with those; everything else
        about a text follows from what was read and from the settings.
        """
        key = (id(content), name)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._text_anew(content, name)
            self._alive.append(content)
        return known

    def _text_anew(self, content: Content, name: str) -> bytes:
        if not self._stock(content, name):
            return self.digest(getattr(content, name), AS_SHOWN)
        text: str | bytes
        known = unread(content)
        if hasattr(content, "_get_content"):
            text = content._get_content()
            digest = text_digest(text)
        elif known is not None:
            text, digest = known.raw, bytes.fromhex(known.digest)
        else:
            text = content._content or ""
            digest = self.texts.get(id(text)) or text_digest(text)
        parts = [name.encode(), digest]
        if may_link(content, text):
            parts.append(getattr(content, name).encode("utf-8", "surrogatepass"))
            parts.append(self.siteurl.encode())
        if name == "summary":
            given = content.metadata.get("summary")
            if given is not None:
                parts = [name.encode(), str(given).encode("utf-8", "surrogatepass")]
        return hashed(*parts)

    def _stock(self, content: Content, name: str) -> bool:
        """Whether a text is what Pelican makes of it, not what some plugin does."""
        kind, getter = type(content), f"get_{name}"
        known = self._stocks.get((kind, name))
        if known is None:
            known = self._stocks[kind, name] = _is_stock(kind, name)
        return known and getter not in vars(content)


def _is_stock(kind: type[Content], name: str) -> bool:
    getter = f"get_{name}"
    return (
        getattr_static(kind, getter) is _STOCK[getter]
        and vars(Content)[name] is _STOCK[name]
        and getattr(kind, name, None) is _STOCK[name]
    )


_STOCK = {name: vars(Content)[name] for name in (*TEXTS, *GETTERS)}

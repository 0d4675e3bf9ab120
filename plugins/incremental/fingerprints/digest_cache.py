"""Digests of what a post shows of its own source, remembered from build to build.

Most of what templates read of a post follows from its source alone: title, date, text.
While a post is what it was, the digest of that is too, for each use. What others decide
on, such as links, translations and most that plugins add, is digested by every build.
An attribute that says it follows from the source is believed while nobody doubts it.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

PARTS = frozenset(
    {
        *("title", "slug", "lang", "in_default_lang", "status", "template"),
        *("url", "save_as", "override_url", "override_save_as"),
        *("date", "modified", "date_format", "locale_date", "locale_modified"),
        *("category", "tags", "author", "authors"),
    }
)
"""Attributes that follow from a post's source and from the settings, and no other."""

_SIZE, _PATHS = 16, "paths"
ADDED = "+"  # ends the names of uses of what plugins have added
_NONE = bytes(_SIZE)
Settled = Mapping[int, tuple[str, dict[str, Any], Any]]


class PostDigestCache:
    """The digests of one build's posts, by the name of a use; first those of the last.

    `rows` are those of the state: the paths of the posts, one to a line, and for each
    use their digests in the same order. A digest of zeros is not known.
    """

    def __init__(self, rows: Iterable[tuple[str, Any, bytes]] = ()) -> None:
        self._known = {key: bytearray(data) for key, _, data in rows}
        self._keys = set(self._known)
        paths = self._known.pop(_PATHS, b"").decode("utf-8", "surrogatepass")
        self._paths = paths.split("\n") if paths else []
        self._known = {
            key: data
            for key, data in self._known.items()
            if len(data) == len(self._paths) * _SIZE
        }
        self._asked: set[str] = set()
        self._changed: set[str] = set()
        self._places: dict[int, int] = {}
        self._settled: Settled = {}

    def begin(self, settled: Settled, fresh: Container[str], *, sure: bool) -> None:
        """Posts by identity, each with its path, its metadata as read, and itself.

        Nothing but its source and the settings has decided on such a post. What was
        known of the `fresh` paths is forgotten, and if one cannot be `sure`, so is
        what plugins have added.
        """
        self._settled = settled
        if not sure:
            self._known = {k: d for k, d in self._known.items() if k[-1:] != ADDED}
        paths = list(dict.fromkeys(path for path, _, _ in settled.values()))
        if any("\n" in path for path in paths):
            paths, self._settled = [], {}
        before = {p: n for n, p in enumerate(self._paths) if p not in fresh}
        places = [before.get(path) for path in paths]
        if places != list(range(len(self._paths))):
            for use, data in self._known.items():
                parts = (_NONE if n is None else _part(data, n) for n in places)
                self._known[use] = bytearray(b"".join(parts))
            self._changed |= {*self._known, _PATHS}
        self._paths = paths
        at = {path: place for place, path in enumerate(paths)}
        self._places = {one: at[path] for one, (path, _, _) in self._settled.items()}

    def metadata(self, post: Any) -> dict[str, Any]:
        """The metadata of a post as it was read; empty if others decide on it too."""
        found = self._settled.get(id(post))
        return found[1] if found else {}

    def get(self, post: Any, use: str) -> bytes | None:
        self._asked.add(use)
        place, data = self._places.get(id(post)), self._known.get(use)
        if place is None or data is None:
            return None
        found = bytes(_part(data, place))
        return None if found == _NONE else found

    def put(self, post: Any, use: str, digest: bytes) -> None:
        place = self._places.get(id(post))
        if place is None:
            return
        data = self._known.get(use)
        if data is None:
            data = self._known[use] = bytearray(len(self._paths) * _SIZE)
        data[place * _SIZE : (place + 1) * _SIZE] = digest
        self._changed.add(use)

    def end(self, *, whole: bool) -> tuple[list[tuple[str, None, Any]], set[str]]:
        """The rows that the state lacks, and the keys of those that are of no use.

        A `whole` build has asked for all uses that there are. The posts are let go.
        """
        self._settled, self._places = {}, {}
        for use in (self._known.keys() - self._asked) if whole else ():
            del self._known[use]
        here = {*self._known, _PATHS} if self._paths else set()
        rows = [(key, None, self._row(key)) for key in self._changed & here]
        gone, self._keys, self._changed = self._keys - here, here, set()
        return rows, gone

    def _row(self, key: str) -> bytes | bytearray:
        if key == _PATHS:
            return "\n".join(self._paths).encode("utf-8", "surrogatepass")
        return self._known[key]


def _part(data: bytearray, place: int) -> bytearray:
    return data[place * _SIZE : (place + 1) * _SIZE]

"""Digests of what follows from a post's own source, kept from build to build.

Most of what templates read of a post follows from its source alone: title, date, text.
While a post is what it was, the digest of that is too, for each access tree. What other
sources decide on, such as links, translations and most that plugins add, is digested by
every build. An attribute that is marked as following from the source is cached as long
as the build can trust the last one.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from ..system.kept_paths import KeptPaths

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
ADDED = "+"  # ends the keys of digests of what plugins have added
_NONE = bytes(_SIZE)
Settled = Mapping[int, tuple[str, dict[str, Any], Any]]


class PostDigestCache:
    """The digests of one build's posts, by the key of a tree; first those of the last.

    `rows` are those of the state: the paths of the posts, one to a line, and for each
    key their digests in the same order. A digest of zeros is not known. `kept` says how
    paths stand in the rows, if it is not as they are.
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, Any, bytes]] = (),
        kept: KeptPaths | None = None,
    ) -> None:
        self._known = {key: bytearray(data) for key, _, data in rows}
        self._keys = set(self._known)
        self._kept = kept
        paths = self._known.pop(_PATHS, b"").decode("utf-8", "surrogatepass")
        self._paths = paths.split("\n") if paths else []
        if kept is not None:
            self._paths = list(map(kept.whole, self._paths))
        self._known = {
            key: data
            for key, data in self._known.items()
            if len(data) == len(self._paths) * _SIZE
        }
        self._used: set[str] = set()
        self._changed: set[str] = set()
        self._places: dict[int, int] = {}
        self._settled: Settled = {}

    def begin(self, settled: Settled, fresh: Container[str], *, sure: bool) -> None:
        """Begin a build with these posts: by identity their path, metadata and post.

        Nothing but its source and the settings has decided on such a post. The digests
        of the `fresh` paths are dropped. If the last build cannot be trusted, which is
        `sure`, so are those of what plugins have added.
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
        """Return the metadata of a post as read; empty if others decide on it too."""
        found = self._settled.get(id(post))
        return found[1] if found else {}

    def get(self, post: Any, key: str) -> bytes | None:
        """Return the digest of a post for the key of a tree, if it is known."""
        self._used.add(key)
        place, data = self._places.get(id(post)), self._known.get(key)
        if place is None or data is None:
            return None
        found = bytes(_part(data, place))
        return None if found == _NONE else found

    def put(self, post: Any, key: str, digest: bytes) -> None:
        """Keep a digest of a post, if that follows from the post's source."""
        place = self._places.get(id(post))
        if place is None:
            return
        data = self._known.get(key)
        if data is None:
            data = self._known[key] = bytearray(len(self._paths) * _SIZE)
        data[place * _SIZE : (place + 1) * _SIZE] = digest
        self._changed.add(key)

    def end(self, *, whole: bool) -> tuple[list[tuple[str, None, Any]], set[str]]:
        """Return the rows to save, and the keys of rows to delete.

        A `whole` build has looked up all keys that there are. The posts are let go.
        """
        self._settled, self._places = {}, {}
        for use in (self._known.keys() - self._used) if whole else ():
            del self._known[use]
        here = {*self._known, _PATHS} if self._paths else set()
        rows = [(key, None, self._row(key)) for key in self._changed & here]
        gone, self._keys, self._changed = self._keys - here, here, set()
        return rows, gone

    def _row(self, key: str) -> bytes | bytearray:
        if key == _PATHS:
            paths: Iterable[str] = self._paths
            if self._kept is not None:
                paths = map(self._kept.kept, paths)
            return "\n".join(paths).encode("utf-8", "surrogatepass")
        return self._known[key]


def _part(data: bytearray, place: int) -> bytearray:
    return data[place * _SIZE : (place + 1) * _SIZE]

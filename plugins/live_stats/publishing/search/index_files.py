"""Whether the files that Pagefind made are a whole search index.

It may end well though something went wrong. So its files are compared with what they
say of each other: the entry names a file with the list of pages, which names all
others. They are compressed, each with a checksum.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

ENTRY = "pagefind-entry.json"
SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_MAGIC = b"pagefind_dcd"
_KINDS = {1: (0, "fragment", "pf_fragment"), 2: (2, "index", "pf_index")}
"""By place in the list: where the name is in an item, the folder and the suffix."""


def torn_file(made: Mapping[str, bytes]) -> str:
    """The name of a file that is missing or torn among those `made`, or empty."""
    try:
        languages = json.loads(made[ENTRY])["languages"]
        named = [
            (one["hash"], one["wasm"], one["page_count"]) for one in languages.values()
        ]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ENTRY
    for script in SCRIPTS:
        # A text that was cut off in the middle ends in the middle.
        if not made.get(script, b"").rstrip().endswith((b"}", b";", b")")):
            return script
    for digest, wasm, count in named:
        meta, program = (
            f"pagefind.{digest}.pf_meta",
            f"wasm.{wasm or 'unknown'}.pagefind",
        )
        for name in (meta, program):
            if _unpacked(made.get(name)) is None:
                return name
        for listed in _named_in(_unpacked(made.get(meta)) or b"", count):
            if listed is None:
                return meta
            if _unpacked(made.get(listed)) is None:
                return listed
    return ""


def _named_in(meta: bytes, count: int) -> Iterator[str | None]:
    """The files that a list of pages names; None if it is not of so many pages.

    Nothing where it is written in a way that is not known.
    """
    try:
        values, _ = _decoded(meta, 0)
        pages = values[1]
        found = [
            f"{folder}/{item[at]}.{suffix}"
            for place, (at, folder, suffix) in _KINDS.items()
            for item in values[place]
        ]
    except (ValueError, LookupError, TypeError):
        return
    if len(pages) != count:
        yield None
    yield from found


def _decoded(data: bytes, at: int) -> tuple[Any, int]:
    """A value of CBOR (RFC 8949), and where the next begins: of numbers, texts, lists.

    Pagefind has no others there, and a library for it would be one more dependency.
    """
    kind, size, at = data[at] >> 5, data[at] & 31, at + 1
    if size >= 24:
        if size > 27:
            raise ValueError("no length")
        wide = 1 << size - 24
        size, at = int.from_bytes(data[at : at + wide], "big"), at + wide
    if kind == 0:
        return size, at
    if kind == 3:
        return data[at : at + size].decode(), at + size
    if kind != 4:
        raise ValueError("another kind of value")
    items = []
    for _ in range(size):
        item, at = _decoded(data, at)
        items.append(item)
    return items, at


def _unpacked(data: bytes | None) -> bytes | None:
    """The bytes of a compressed file; None if it is missing or torn."""
    try:
        return gzip.decompress(data or b"").removeprefix(_MAGIC) or None
    except (OSError, EOFError, zlib.error):
        return None

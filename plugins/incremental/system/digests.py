"""Digests of 16 bytes (BLAKE2b), for telling whether something is as it was."""

import marshal
from collections.abc import Iterable
from hashlib import blake2b


def digest_of(data: bytes) -> bytes:
    """The digest of `data`."""
    return blake2b(data, digest_size=16).digest()


def text_digest(text: str) -> bytes:
    """The digest of a text, which may hold lone surrogates."""
    return digest_of(text.encode("utf-8", "surrogatepass"))


def combined(parts: Iterable[bytes]) -> bytes:
    """One digest of many parts, each kept apart by its length."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "little"))
        whole.update(part)
    return whole.digest()


def hashed(*parts: bytes | str | None) -> bytes:
    """One digest of a few parts. Version 2 of marshal writes same values the same."""
    return digest_of(marshal.dumps(parts, 2))

"""Bodies of replies, read against a deadline and a cap.

Neither a timeout nor a length in a header ends a body that drips, or one that unpacks
to more than memory holds.
"""

import time
from collections.abc import Iterator

import requests
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from ..model.errors import ChangedShape, Unreachable

LARGEST_BODY = 8_000_000  # bytes, after decompression


def read_body(response: requests.Response, host: str, deadline: float) -> bytes:
    """The whole body; a failure where it is too large, too late or torn."""
    pieces, size = [], 0
    try:
        for piece in _pieces(response):
            size += len(piece)
            if size > LARGEST_BODY:
                raise ChangedShape(f"{host} sends more than any answer holds")
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise Unreachable(f"{host} did not finish its answer in time")
    except TimeoutError:
        raise Unreachable(f"{host} did not finish its answer in time") from None
    except (requests.RequestException, HTTPError, OSError):
        raise Unreachable(f"{host} broke off its answer") from None
    return b"".join(pieces)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives: `iter_content` would wait until a piece is full."""
    if not isinstance(response.raw, BaseHTTPResponse):
        yield response.content  # a response that no socket stands behind
        return
    while piece := response.raw.read1(8_192, decode_content=True):
        yield piece

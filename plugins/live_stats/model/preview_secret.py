"""The secret that the addresses of previews are made of, and what follows from it."""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Mapping

VARIABLE = "LIVE_STATS_PREVIEW_SECRET"
"""The variable, of the environment or `.env`, that has the secret."""


def preview_mark(variables: Mapping[str, str]) -> str:
    """A text that is another one when the secret is; it does not tell the secret."""
    return keyed_digest(variables.get(VARIABLE, ""), "")


def keyed_digest(secret: str, text: str) -> str:
    """128 bits, as letters and digits that survive every way to send an address."""
    whole = hmac.digest(secret.encode(), text.encode(), hashlib.sha256)
    return b32encode(whole[:16]).decode().rstrip("=").lower()

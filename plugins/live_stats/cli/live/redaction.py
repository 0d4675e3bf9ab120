"""Addresses and replies as a terminal may show them: no secret, nothing invisible."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit, urlunsplit

from ...collection.redaction import Secrets

SHOWN = 1_000  # characters of a reply
HIDDEN = "…"
_SECRET_NAME = re.compile(
    r"token|secret|passw|jwt|signature|cookie|proof|authorization|"
    r"(^|[^a-z])(key|sig|auth|sid)([^a-z]|$)|api_?key|sitekey|accesskey",
    re.I,
)
_LONG_ENOUGH = 3  # a shorter secret would hide half of the text
_A_KEY = 16
"""Characters of what is a key: a shorter one is a name, of which replies have parts."""
_SHORTEST_PART = 10
NOT_SHOWN = "(not shown: a part of it may be a key)"


def printable(text: str) -> str:
    """The text with every control and invisible character escaped."""
    return "".join(map(_shown, text))


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return sign.encode("unicode_escape", "backslashreplace").decode()


class Redactor:
    """Hides the secrets that are known, and what is named like one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets: set[str] = set()
        known = [*secrets]
        self.learn(known)
        keys = [one for one in known if len(one) >= _A_KEY]
        self._keys = Secrets(keys, shortest_part=_SHORTEST_PART)

    def learn(self, secrets: Iterable[str]) -> None:
        """More secrets, such as a token of a login."""
        for secret in secrets:
            if len(secret) >= _LONG_ENOUGH:
                self._secrets |= {secret, quote(secret, ""), quote_plus(secret)}
                self._secrets.add(json.dumps(secret)[1:-1])

    def text(self, text: str) -> str:
        """The text without a secret, its invisible characters escaped."""
        return self._checked(self._replaced(text))

    def _replaced(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return self._keys.hide_in_all(text)

    def _checked(self, text: str) -> str:
        """The text as it may be shown: not at all where it spells a key otherwise."""
        return NOT_SHOWN if self._keys.are_in(text) else printable(text)

    def address(self, url: str) -> str:
        """The URL, its parameters with the name of a secret hidden."""
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if any(_SECRET_NAME.search(name) for name, _ in pairs):
            query = "&".join(
                f"{quote(name)}={HIDDEN if _SECRET_NAME.search(name) else quote(value)}"
                for name, value in pairs
            )
            parts = parts._replace(query=query)
        place = parts.netloc.rpartition("@")[2]
        return self.text(urlunsplit(parts._replace(netloc=place)))

    def reply(self, body: bytes) -> str:
        """The body on one line: JSON without the values of secret names; shortened."""
        text = body.decode("utf-8", "replace")
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            shown = " ".join(text.split())
        else:
            self.learn(_secret_values(value))
            shown = json.dumps(_hidden(value), ensure_ascii=False)
        # Hidden first: half of a secret at the cut would be shown otherwise.
        shown = self._replaced(shown)
        if len(shown) <= SHOWN:
            return self._checked(shown) or "(nothing)"
        shown = self._checked(shown[:SHOWN])
        return f"{shown[:SHOWN]}{HIDDEN} ({len(body):,} bytes in all)"

    def sent(self, body: bytes | str | None) -> str:
        """The body of a request: a form or JSON, shown in the same way."""
        raw = body.encode() if isinstance(body, str) else body or b""
        if raw[:1] in (b"{", b"["):
            return self.reply(raw)
        form = raw.decode("utf-8", "replace")
        return self.address(f"?{form}")[1:] if form else ""


def _secret_values(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if _SECRET_NAME.search(name) and isinstance(inner, str):
                yield inner
            else:
                yield from _secret_values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _secret_values(inner)


def _hidden(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: HIDDEN
            if _SECRET_NAME.search(name) and isinstance(inner, str)
            else _hidden(inner)
            for name, inner in value.items()
        }
    return [_hidden(one) for one in value] if isinstance(value, list) else value

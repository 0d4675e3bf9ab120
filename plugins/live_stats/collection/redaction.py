"""Keeps secrets out of texts: a server may send back what it was sent.

What we say ourselves is searched for every secret (`hide`). What others say is not
repeated at all where any part of it looks like one (`fit_to_repeat`): a server that
wants to have a key written down may turn it round, or send it in two halves.
"""

import html
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus, unquote_plus

HIDDEN = "…"
LONGEST_FAILURE = 400  # characters
LONGEST_REPEATED = 200
_SHORTEST_PART = 6  # letters and digits: a shorter part of a secret tells nothing of it
_LONGEST_PART = 8  # of a long one as well: what a server gives back bit by bit adds up
_LONG_ENOUGH = 6
_CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,}")


class Secrets:
    """The secrets of one question: credentials, and tokens that came of them.

    `shortest_part` is how many letters and digits in a row give a secret away at least.
    """

    def __init__(
        self, values: Iterable[str], *, shortest_part: int = _SHORTEST_PART
    ) -> None:
        self.values = sorted({one for one in values if one}, key=len, reverse=True)
        self._forms = sorted(set(self._spelled()), key=len, reverse=True)
        self._parts = {
            part
            for value in self.values
            for way in (_plain(value), _plain(value)[::-1])
            for part in _parts(way, shortest_part)
        }

    def _spelled(self) -> Iterator[str]:
        for one in self.values:
            yield from (one, quote(one, ""), quote_plus(one), html.escape(one))
            yield json.dumps(one)[1:-1]
            if len(one) >= _LONG_ENOUGH:
                yield from (one[::-1], one.encode().hex())
                for text in (one, *(f"{one}:{two}" for two in self.values)):
                    for code in (b64encode, urlsafe_b64encode):
                        yield code(text.encode()).decode().rstrip("=")

    def hide(self, text: str) -> str:
        """The text without any secret in it, on one line, printable, and not long."""
        return one_line(self.hide_in_all(text), LONGEST_FAILURE)

    def hide_in_all(self, text: str) -> str:
        """The text without any secret in it, as long as it is."""
        for form in self._forms:
            if len(form) >= _LONG_ENOUGH:
                text = re.sub(re.escape(form), HIDDEN, text, flags=re.IGNORECASE)
            else:
                text = text.replace(form, HIDDEN)
        return text

    def are_in(self, text: str) -> bool:
        """Whether a part of a secret is in a text, in whatever spelling."""
        return any(
            part in read
            for read in map(_plain, _readings(text))
            for part in self._parts
        )

    def fit_to_repeat(self, text: str) -> str:
        """A text of others as it may be repeated: nothing where it may have a secret.

        It is on one line, printable, and not long.
        """
        return "" if self.are_in(text) else one_line(text, LONGEST_REPEATED)


def one_line(text: str, longest: int) -> str:
    """The text without line breaks or invisible characters, and not longer."""
    # Shortened first as well: what is thrown away need not be looked at.
    spaced = " ".join(text[: 4 * longest].split())
    shown = "".join(one for one in spaced if one.isprintable())
    if len(shown) < len(text) and len(shown) > longest:
        return f"{shown[: longest - 1]}{HIDDEN}"
    return shown


def _plain(text: str) -> str:
    """The letters and digits alone, in small letters: what is between them is style."""
    return "".join(filter(str.isalnum, text.casefold()))


def _parts(plain: str, shortest: int) -> set[str]:
    """The pieces of a secret of which one alone gives it away: half of it is one."""
    size = min(len(plain), max(shortest, min(len(plain) // 3, _LONGEST_PART)))
    return {plain[n : n + size] for n in range(len(plain) - size + 1)} - {""}


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says in the usual codes."""
    yield text
    decoded = html.unescape(unquote_plus(unquote_plus(text)))
    yield decoded
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), decoded)
    for run in _HEX.findall(text):
        yield bytes.fromhex(run).decode("latin-1")
    for run in _CODED.findall(decoded):
        for start in range(4):  # a secret may begin anywhere in a group of four
            code = run[start:].replace("-", "+").replace("_", "/")
            try:
                yield b64decode(code[: len(code) // 4 * 4]).decode("latin-1")
            except NoBase64:
                continue

"""Names of servers: international ones as machines have them, and which are none.

`bücher.example` is asked, and kept in series, as `xn--bcher-kva.example`; readers see
the first. Letters of two alphabets in one word are refused: that is how a name is made
to look like another one.
"""

import re
import unicodedata

_ASCII = re.compile(r"[a-z0-9.-]+")
_PORT = re.compile(r":[0-9]+")
_LOOK_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC")
_LONGEST, _LONGEST_WORD = 253, 63


class ServerNameError(ValueError):
    """What is wrong with the name of a server, to stand behind it."""


def machine_name(host: str) -> str:
    """A host, with its port if it is unusual, in ASCII and small letters.

    Raises ServerNameError for what can be no host.
    """
    name, colon, port = host.rpartition(":")
    if not colon:
        name, port = port, ""
    elif not _PORT.fullmatch(f":{port}"):
        raise ServerNameError("is no name of a server (a port is a number)")
    name = unicodedata.normalize("NFC", name).removesuffix(".").lower()
    if name.startswith("xn--") or ".xn--" in name or not name.isascii():
        name = _encoded(name)
    if not _ASCII.fullmatch(name):
        raise ServerNameError("is no name of a server")
    for word in name.split("."):
        if not word or word[0] == "-" or word[-1] == "-" or len(word) > _LONGEST_WORD:
            raise ServerNameError("is no name of a server")
    if len(name) > _LONGEST:
        raise ServerNameError("is no name of a server (it is too long)")
    return name if port in ("", "443") else f"{name}:{port}"


def _encoded(name: str) -> str:
    import idna  # not above: it reads tables, and most names are ASCII

    for word in name.split("."):
        _check_alphabets(word)
    try:
        # Without its table of signs that stand for others: ſ for s is how to deceive.
        encoded = idna.encode(name, std3_rules=True).decode("ascii")
        for word in idna.decode(encoded).split("."):
            _check_alphabets(word)
    except idna.IDNAError as error:
        raise ServerNameError(f"is no name of a server ({_reason(error)})") from None
    return encoded


def _reason(error: Exception) -> str:
    """What the library says, without a full stop, and all of it to be seen."""
    text = str(error).rstrip(".")
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in text)


def _check_alphabets(word: str) -> None:
    """ServerNameError if letters of one alphabet stand among those of another."""
    found: dict[str, str] = {}
    for sign in word:
        name = unicodedata.name(sign, "")
        alphabet = name.partition(" ")[0]
        if sign.isalpha() and alphabet in _LOOK_ALIKE:
            found.setdefault(alphabet, name)
    if len(found) > 1:
        names = " beside ".join(found[alphabet] for alphabet in sorted(found))
        raise ServerNameError(
            f"has letters of {len(found)} alphabets in one word ({names}), "
            "which makes it look like another name"
        )


def readable_name(host: str) -> str:
    """A host as people know it: `bücher.example`; itself if it cannot be read."""
    if "xn--" not in host:
        return host
    import idna

    name, colon, port = host.partition(":")
    try:
        return f"{idna.decode(name)}{colon}{port}"
    except idna.IDNAError:
        return host

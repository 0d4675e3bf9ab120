"""Gettext catalogues, read from `.po` files as translators edit them.

Parsing one takes a tenth of a refresh, reading the compiled form of it less than a
millisecond. So a compiled copy may be kept, and is used while the `.po` file is
the one that it was made of.
"""

import sys
from contextlib import suppress
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from importlib.util import cache_from_source
from io import BytesIO
from os import replace
from pathlib import Path

DIGEST = sha256().digest_size


def read_catalogue(path: Path, compiled: Path | None = None) -> GNUTranslations:
    """The messages of a `.po` file. `compiled` is where a compiled copy may be kept.

    Raises OSError if there is no such file, ValueError if it is no catalogue.
    """
    source = path.read_bytes()
    messages = _kept(source, compiled) if compiled else None
    if messages is None:
        messages = _compile(source)
        if compiled and not sys.dont_write_bytecode:
            _keep(source, messages, compiled)
    return GNUTranslations(BytesIO(messages))


def packaged_catalogue(module: str, locale: str) -> NullTranslations:
    """The messages for a language tag such as `de-AT`, its own or its language's.

    They are in the folder `messages` beside the file of a module, one `.po` file for
    each language, and belong to the code as that file does. A language without one has
    the messages of the source.
    """
    name = locale.replace("-", "_")
    for tag in (name, name.partition("_")[0].lower()):
        path = Path(module).parent / "messages" / f"{tag}.po"
        if tag.replace("_", "").isalpha() and path.is_file():
            # Beside the bytecode of the module and named like it: no input of a build.
            code = Path(cache_from_source(module))
            suffix = "".join(code.suffixes[-2:])
            return read_catalogue(path, code.with_name(f"messages-{tag}{suffix}"))
    return NullTranslations()


@lru_cache(64)  # one build reads a catalogue for each of its generators
def _compile(source: bytes) -> bytes:
    from babel.messages.mofile import write_mo  # slow to load, and seldom needed
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(BytesIO(source), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    if catalogue.locale is None:  # without a language its plural rule is not written
        catalogue.locale = "en"
    messages = BytesIO()
    write_mo(messages, catalogue)
    return messages.getvalue()


def _kept(source: bytes, compiled: Path) -> bytes | None:
    """The compiled copy; None if it is of another source, cut off or not there."""
    try:
        data = compiled.read_bytes()
    except OSError:
        return None
    digest, messages = data[:DIGEST], data[DIGEST:]
    return messages if digest == sha256(source + messages).digest() else None


def _keep(source: bytes, messages: bytes, compiled: Path) -> None:
    """Write the copy in one step, if the folder may be written to."""
    part = compiled.with_suffix(".part")
    with suppress(OSError):
        compiled.parent.mkdir(exist_ok=True)
        part.write_bytes(sha256(source + messages).digest() + messages)
        replace(part, compiled)

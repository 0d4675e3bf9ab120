"""What an image can show, and the versions of what draws it, without loading that.

An image stands for a post where no reader can look it up. So it shows all of its texts,
or there is none.
"""

import os
import zlib
from datetime import date
from functools import cache
from importlib.util import find_spec

from ...i18n import phrases
from .fonts import TEXT, TITLE

PACKAGES = ("PIL", "uharfbuzz", "font_source_sans_pro", "font_source_serif_pro")


def drawable(title: str, *, number: str = "", what: str = "", lang: str = "") -> bool:
    """Whether the faces have every letter of an image, and of those that follow it.

    Where a number stands or may come to stand, `lang` is the language that it is
    written in; `number` and `what` are what is known now of it, and of what it counts.
    """
    return (
        TITLE.draws(title)
        and TITLE.draws(number)
        and TEXT.draws(what)
        and (not lang or _draws_language(lang))
    )


@cache
def _draws_language(lang: str) -> bool:
    """Whether any number and any date can be drawn as a language writes them."""
    number = phrases.format_number(9_876_543_210, lang)
    days = [phrases.format_day(date(2026, month, 28), lang) for month in range(1, 13)]
    names = phrases.join_words(["X", "Y", "Z"], lang)
    return TITLE.draws(number) and all(map(TEXT.draws, [*days, names]))


def versions() -> str:
    """The versions of all that an image depends on besides our code."""
    found = {zlib.ZLIB_RUNTIME_VERSION}
    for package in PACKAGES:
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None
        installed = os.path.dirname(os.path.dirname(spec.origin))
        # `importlib.metadata` takes longer to load than a refresh of one number.
        found |= {
            name
            for name in os.listdir(installed)
            if name.endswith(".dist-info") and name.lower().startswith(_NAMES)
        }
    return " ".join(sorted(found))


_NAMES = ("pillow-", "uharfbuzz-", "font_source_")

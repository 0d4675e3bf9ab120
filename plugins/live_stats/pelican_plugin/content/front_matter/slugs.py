"""Addresses: of titles too long for a file's name, and of words such as C++ and C#."""

from typing import Any

from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

LONGEST = 240
"""Bytes of a slug. A file's name has 255 at most, and `.html` or more is added."""

_CUT = 100

_PROGRAMMING = [
    (r"(?<=\w)\+\+(?!\+)", "pp"),  # C++
    (r"(?<![^\W_])([a-z])#(?!\w)", r"\1sharp"),  # C#, F#
    (r"(?<![\w.])\.net\b", "dotnet"),  # .NET
]
"""Signs without which two languages have one name, as the topics of GitHub have them.

Other words keep the slug that Pelican makes of them.
"""


def tell_words_apart(settings: dict[str, Any]) -> None:
    """Give C, C++ and C# an address each, unless the site has rules of its own."""
    usual: Any = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
    if settings.get("SLUG_REGEX_SUBSTITUTIONS") != usual:
        return
    for kind in ("TAG", "CATEGORY"):
        settings.setdefault(f"{kind}_REGEX_SUBSTITUTIONS", [*_PROGRAMMING, *usual])


def bounded_slug(title: str, settings: dict[str, Any]) -> str:
    """A slug for a title whose own would be too long for a file; else empty.

    It is cut between two words.
    """
    if len(title) < 40 or settings["SLUGIFY_SOURCE"] != "title":
        return ""  # a sign becomes a few letters at most
    slug = slugify(
        title,
        regex_subs=settings.get("SLUG_REGEX_SUBSTITUTIONS", []),
        preserve_case=settings.get("SLUGIFY_PRESERVE_CASE", False),
        use_unicode=settings.get("SLUGIFY_USE_UNICODE", False),
    )
    if len(slug.encode()) <= LONGEST:
        return ""
    cut = slug.encode()[:_CUT].decode(errors="ignore")
    return cut.rpartition("-")[0] or cut

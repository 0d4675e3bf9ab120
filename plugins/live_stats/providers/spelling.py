"""How platforms spell a subject: which spellings they take for one, and ask for.

Of `Kind`: `same` gives one spelling to all that a platform takes for the same subject.
It is the key of a series, so it must not change. `spelled` turns that into what the
platform is asked for. Both take a subject and the name of the server.
"""

import re
import unicodedata

from ..model.values import hashtag_name

# MediaWiki takes all of these for a space, and leaves the marks of direction out.
_SPACES = re.compile(
    "[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e]")
_SMALL_FIRST_LETTERS = ("jbo.",)  # Lojban has titles that begin with a small letter
_DOTTED = ("tr.", "az.", "kaa.")  # languages in which the capital of i is İ


def as_it_is(subject: str, server: str) -> str:
    """Every spelling is a subject of its own, but for how letters are composed."""
    return unicodedata.normalize("NFC", subject)


def hashtag(subject: str, server: str) -> str:
    """Full-width letters and capitals make no other hashtag."""
    return hashtag_name(subject)


def typed(subject: str, server: str) -> str:
    """A hashtag as people type it: only `i̇` is no letter on any keyboard.

    It is what İ becomes in small letters, and platforms that compare texts otherwise
    find nothing for it.
    """
    return subject.replace("i\u0307", "\u0130")


def mastodon_hashtag(subject: str, server: str) -> str:
    """As Mastodon's servers store it: NFKC, small letters, and no other signs.

    Joiners of letters fall out, but for the one that keeps them apart (Persian).
    """
    kept = "_\u00b7\u30fb\u200c"
    name = "".join(
        sign
        for sign in hashtag_name(subject)
        if sign in kept or unicodedata.category(sign)[0] in "LMN"
    )
    return hashtag_name(name)


def account(subject: str, server: str) -> str:
    """`@anna`, `anna` and, on that very server, `anna@example.org`: one account.

    `acct:anna@example.org` is the same in the words of WebFinger.
    """
    name = as_it_is(subject, server).removeprefix("acct:").removeprefix("@")
    return name.removesuffix(f"@{server}") if server else name


def article_title(subject: str, server: str) -> str:
    """A title as MediaWiki has it: `MeToo_movement` for `meToo movement`.

    Spaces are underscores, none at either end, and the first letter is a capital where
    it has one: ß has none, and Georgian letters have none in titles.
    """
    title = unicodedata.normalize("NFC", _DIRECTIONS.sub("", subject))
    title = _SPACES.sub("_", title).strip("_")
    if not title or server.startswith(_SMALL_FIRST_LETTERS):
        return title
    first, rest = title[0], title[1:]
    if first == "i" and server.startswith(_DOTTED):
        return f"\u0130{rest}"
    capital = first.upper()
    georgian = "\u10d0" <= first <= "\u10ff"
    return title if len(capital) != 1 or georgian else capital + rest

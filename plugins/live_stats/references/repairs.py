"""What an author probably meant by an address that cannot be read.

`candidates` mends one slip after another; the catalogue offers the first that it can
read. `meant_reference` finds links that were to be figures: their scheme is misspelt,
or missing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from ..model.suggestions import nearest
from ..providers import BY_NAME
from ..providers.base import kind_of, metric_of
from .grammar import MODES, OPTIONS
from .known_hosts import platform_of_host, service_called

_PLATFORM_ALIASES = {
    "twitter": "x",
    "x.com": "x",
    "twitter.com": "x",
    "bsky": "bluesky",
    "bsky.app": "bluesky",
    "insta": "instagram",
    "ig": "instagram",
    "fb": "facebook",
    "yt": "youtube",
    "hn": "hackernews",
    "hacker-news": "hackernews",
    "stackoverflow": "stackexchange",
    "stack-exchange": "stackexchange",
    "dev.to": "devto",
    "wiki": "wikipedia",
    "google-trends": "googletrends",
}
_KIND_ALIASES = {
    "tag": "hashtag hashtags tags tagged topic topics t".split(),
    "post": "posts status statuses tweet tweets toot toots note notes item p".split(),
    "account": "accounts user users profile profiles channel author handle".split(),
    "article": "articles page pages wiki".split(),
    "video": "videos watch w".split(),
    "repository": "repo repos repositories".split(),
    "community": "communities subreddit r c".split(),
    "channel": "channels account user".split(),
    "page": "pages account profile".split(),
}
_METRIC_ALIASES = {
    "reposts": "retweets boosts reblogs shares".split(),
    "likes": "favourites favorites favs hearts".split(),
    "replies": "comments answers".split(),
    "comments": "replies answers".split(),
    "posts": "uses mentions toots tweets statuses".split(),
    "followers": "subscribers fans".split(),
    "subscribers": "followers members".split(),
    "views": "pageviews visits hits plays".split(),
}
_OPTION = rf"(?:{'|'.join(OPTIONS)})"
_OPENING, _CLOSING = "\"'“”„‘’«»‹›(<[{", ".,;:!?…\"'“”‘’«»‹›)>]}"
_NAMES = "|".join(map(re.escape, sorted(BY_NAME, key=len, reverse=True)))
_KINDS = "|".join(sorted({k.name for p in BY_NAME.values() for k in p.kinds}))
_SUBJECT = rf"(?:{_NAMES})(?:@[^/\s]+)?/(?:{_KINDS})/"
_STAT = re.compile(
    r"""[\s("'<\[]*(?:stats?\s*[:;]\s*/*\s*"""
    rf"""|(?:https?:/*)?stats?\s*[:;./|]+\s*(?={_SUBJECT}))""",
    re.I,
)
_OTHER_SCHEME = re.compile(rf"[a-z]{{2,8}}\s*:/{{0,3}}\s*(?={_SUBJECT})", re.I)
_NO_SCHEME = re.compile(rf"""[\s("'<\[]*/?(?={_SUBJECT})""", re.I)
LITERAL = re.compile(
    rf"(?<![\w/])(?:stat:[a-z]|stats?\s?[:;]\s?/{{0,2}}{_SUBJECT})[^\s]*", re.I
)
"""An address in a text, where it is no link."""


def platform_meant(name: str) -> str:
    """What to say of a platform that is none: 'did you mean "x"?'"""
    if service_called(name):
        return f"nobody here can ask {name}; write the number as plain text"
    near = nearest(name, [*BY_NAME, *_PLATFORM_ALIASES])
    return f'did you mean "{_PLATFORM_ALIASES.get(near, near)}"?' if near else ""


def candidates(address: str) -> Iterator[str]:
    """Addresses without `stat:`, each with one slip more mended than the one before."""
    text = _STAT.sub("", address, count=1) if _STAT.match(address) else address
    yield text
    if "." in text.partition("/")[0] and "@" not in text.partition("/")[0]:
        yield f"https://{text}"
    for repair in _REPAIRS:
        mended = repair(text)
        if mended != text:
            text = mended
            yield text


def meant_reference(href: str, text: str) -> str | None:
    """The address that a link was to have, without `stat:`; None if it is another link.

    A relative address is another link, unless the link's `text` has a number in it.
    """
    plain = unicodedata.normalize("NFKC", unquote(href)).strip()
    if match := _STAT.match(plain):
        return plain[match.end() :]
    if match := _OTHER_SCHEME.match(plain):
        return plain[match.end() :]
    if any(sign.isdigit() for sign in text) and (match := _NO_SCHEME.match(plain)):
        place, kind = plain[match.end() :].lower().split("/")[:2]
        if kind_of(BY_NAME[place.partition("@")[0]], kind):
            return plain[match.end() :]
    return None


def _options_apart(text: str) -> str:
    """Options behind a space: `metoo mode=replace`, `metoo #mode=replace`."""
    text = re.sub(r"\s*([#=&])\s*", r"\1", text.strip())
    text = re.sub(rf"[|/]?\s+(?={_OPTION}=)", "#", text, count=1, flags=re.I)
    head, sign, options = text.partition("#")
    return f"{head.rstrip()}{sign}{re.sub(r'[ ;,#]+', '&', options)}"


def _option_names(text: str) -> str:
    head, sign, options = text.partition("#")
    if not sign:
        return text
    pairs = []
    for pair in options.split("&"):
        name, equals, value = pair.partition("=" if "=" in pair else ":")
        name = name.lower()
        if not equals and name in MODES:
            name, equals, value = "mode", "=", name
        name = "as-of" if name in ("asof", "as_of", "date") else name
        value = value.lower() if name == "mode" else value
        pairs.append(f"{name}={value}" if equals else name)
    return f"{head}#{'&'.join(pairs)}"


def _scheme(text: str) -> str:
    """https:/x.com, https//x.com: a URL with a slip in its first signs."""
    return re.sub(r"^(https?)[:;]?/{1,3}(?=[^/]+\.[^/]+)", r"\1://", text, flags=re.I)


def _server(text: str) -> str:
    return re.sub(r"^(\w+)@https?:/+", r"\1@", text, flags=re.I)


def _colons(text: str) -> str:
    """mastodon:tag:metoo"""
    if "/" in text.partition("#")[0]:
        return text
    return re.sub(r"^(\w+):(\w+):", r"\1/\2/", text)


def _slashes(text: str) -> str:
    head, sign, options = text.partition("#")
    if "://" in head:
        return text
    return re.sub("/{2,}", "/", head).strip("/") + sign + options


def _case(text: str) -> str:
    return _with_parts(text, lambda name: name.lower(), lambda name: name.lower())


def _aliases(text: str) -> str:
    return _with_parts(text, lambda name: _PLATFORM_ALIASES.get(name, name), None)


def _kinds(text: str) -> str:
    name = re.split("[@/]", text, maxsplit=1)[0]
    provider = BY_NAME.get(name)
    if provider is None:
        return text

    def kind(written: str) -> str:
        if kind_of(provider, written):
            return written
        for known in provider.kinds:
            if written in _KIND_ALIASES.get(known.name, ()):
                return known.name
        return written

    return _with_parts(text, lambda name: name, kind)


def _metrics(text: str) -> str:
    """retweets: another platform's word for the number."""
    head, sign, options = text.partition("#")
    path = re.sub(r"(?<=/)([^/@]*)@[^/@]*$", r"\1", head)
    window = head[len(path) :]
    name, *parts = path.split("/")
    provider = BY_NAME.get(name.partition("@")[0])
    kind = kind_of(provider, parts[0]) if provider and len(parts) > 2 else None
    if kind is None or metric_of(kind, parts[2]):
        return text
    for metric in kind.metrics:
        if parts[2] in _METRIC_ALIASES.get(metric.name, ()):
            parts[2] = metric.name
    return "/".join([name, *parts]) + window + sign + options


def _with_parts(
    text: str, platform: Callable[[str], str], kind: Callable[[str], str] | None
) -> str:
    if "://" in text.partition("#")[0]:
        return text
    head, sign, options = text.partition("#")
    place, *parts = head.split("/")
    name, at, server = place.partition("@")
    if kind and len(parts) > 1:
        parts[0] = kind(parts[0])
    if len(parts) > 2:
        parts[2] = parts[2].lower()
    return "/".join([f"{platform(name)}{at}{server}", *parts]) + sign + options


def _window_last(text: str) -> str:
    """metoo@6d/posts"""
    return re.sub(r"@(\d+d|all)/(\w+)(?=#|$)", r"/\2@\1", text)


def _kind_missing(text: str) -> str:
    """mastodon/metoo: the first kind that it may be."""
    head, sign, options = text.partition("#")
    name, slash, subject = head.partition("/")
    provider = BY_NAME.get(name.partition("@")[0])
    if provider is None or not subject or "/" in subject:
        return text
    if kind_of(provider, subject):
        return text
    return f"{name}/{provider.kinds[0].name}/{subject}{sign}{options}"


def _address_of_account(text: str) -> str:
    """anna@example.org, whose sign begins no window."""
    return re.sub(
        r"(/(?:account|community)/[^@/]+)@(?!(?:\d+d|all)(?:/|#|$))", r"\1%40", text
    )


def _slash_inside(text: str) -> str:
    """github/repository/a/b: what has two names has a slash of its own."""
    head, sign, options = text.partition("#")
    name, *parts = head.split("/")
    provider = BY_NAME.get(name.partition("@")[0])
    kind = kind_of(provider, parts[0]) if provider and len(parts) > 2 else None
    if kind is None or "/" not in kind.example or "%" in parts[1]:
        return text
    path = [name, parts[0], "%2F".join(parts[1:3]), *parts[3:]]
    return "/".join(path) + sign + options


def _title(text: str) -> str:
    """A title of Wikipedia, as it reads: MeToo movement."""
    head, sign, options = text.partition("#")
    if "/article/" not in head:
        return text
    return re.sub(r"\s+", "_", head.strip()) + sign + options


def _invisible(text: str) -> str:
    kept = "\u200c\u200d"  # which join letters of a word
    return "".join(
        one for one in text if unicodedata.category(one) != "Cf" or one in kept
    )


def _punctuation(text: str) -> str:
    """What stands around a subject in a sentence: metoo. (metoo) "metoo"."""
    head, sign, options = text.partition("#")
    if "://" in head or "/article/" in head:  # Who? is a title
        return text
    parts = [part.lstrip(_OPENING).rstrip(_CLOSING) for part in head.split("/")]
    return "/".join(parts) + sign + options


def _host(text: str) -> str:
    """mastodon.social/tag/metoo: a server, without the name of the platform."""
    name, slash, rest = text.partition("/")
    if "." not in name or "@" in name or platform_of_host(name) is not None:
        return text
    return f"mastodon@{name}{slash}{rest}"


_REPAIRS = (
    _scheme,
    _options_apart,
    _option_names,
    _server,
    _colons,
    _slashes,
    _case,
    _aliases,
    _host,
    _kinds,
    _metrics,
    _window_last,
    _kind_missing,
    _address_of_account,
    _slash_inside,
    _title,
    _invisible,
    _punctuation,
)

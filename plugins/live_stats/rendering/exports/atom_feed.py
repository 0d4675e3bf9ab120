"""The milestones of one hashtag as an Atom feed (RFC 4287), which only ever grows.

An entry is made of a crossing as it was first known, and of nothing that comes later,
so its id, its time and its words stay as they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from markupsafe import escape

# A tag URI (RFC 4151) needs a time at which its maker had the name: the year in which
# these ids were first made. It never follows the calendar.
MINTED = "2026"
NOWHERE = "localhost"  # a site without an address is read where it was made

_DNS = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One milestone. `seen_at` is when the crossing was first observed, aware."""

    series: str
    threshold: int
    title: str
    text: str
    seen_at: datetime


def render_feed(
    *,
    label: str,
    name: str,
    title: str,
    address: str,
    own: str,
    site: str,
    author: str,
    lang: str,
    since: datetime,
    entries: Iterable[FeedEntry],
) -> str:
    """The feed of the hashtag `name`, newest entry first.

    `address` is that of the hashtag's page and `own` that of the feed; without them
    there are no links. `title` says what the feed tells of #`label`. `since` is when
    the feed was last updated if it has no entry: a time that is true of the hashtag,
    such as that of its newest post, since a feed must have one.
    """
    known = sorted(
        entries,
        key=lambda one: (one.seen_at, one.series, one.threshold),
        reverse=True,
    )
    place = _place(address, name)
    updated = max((one.seen_at for one in known), default=since)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(lang)}">\n',
        f"  <title>{_text(f'#{label}: {title}, {site}')}</title>\n",
        f"  <id>{_text(place)}</id>\n",
        f"  <updated>{_moment(updated)}</updated>\n",
        f"  <author><name>{_text(author or site)}</name></author>\n",
        _link("self", "application/atom+xml", own),
        _link("alternate", "text/html", address),
        *(_entry(one, place, address) for one in known),
        "</feed>\n",
    ]
    return "".join(parts)


def _entry(one: FeedEntry, place: str, address: str) -> str:
    link = _link("alternate", "text/html", address)
    return (
        "  <entry>\n"
        f"    <title>{_text(one.title)}</title>\n"
        f"    <id>{_text(f'{place}{one.series}/{one.threshold}')}</id>\n"
        f"    <published>{_moment(one.seen_at)}</published>\n"
        f"    <updated>{_moment(one.seen_at)}</updated>\n"
        f"{'  ' + link if link else ''}"
        f'    <content type="text">{_text(one.text)}</content>\n'
        "  </entry>\n"
    )


def _link(rel: str, media: str, address: str) -> str:
    if not address:
        return ""
    return f'  <link rel="{rel}" type="{media}" href="{_text(address)}"/>\n'


def _place(address: str, name: str) -> str:
    """The id of the feed, and the beginning of those of its entries.

    The path belongs to it: two sites of one host may count the same hashtag.
    """
    parts = urlsplit(address)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        host = ""
    if not _DNS.fullmatch(host):
        host = NOWHERE
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~") or f"/hashtags/{quote(name)}/"
    return f"tag:{host},{MINTED}:{path.rstrip('/')}/"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(words: str) -> str:
    return str(escape(_NO_XML.sub("", words)))

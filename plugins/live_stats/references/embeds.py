"""Posts and videos whose web address stands alone in a paragraph of a text.

Only addresses that can be nothing else are known: what looks like one and is malformed
stays a link. Numbers are asked for with the same subjects as behind `stat:`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from ..model.values import Reference
from ..providers import BY_NAME
from ..providers.base import kind_of, unavailable
from ..providers.environment import credentials_of, options_of
from .catalogue import AddressError, parse
from .known_hosts import platform_of_host, software_of_server
from .pasted import with_tidy_host
from .server_names import readable_name

END = r"/?(?:\?[^#]*)?(?:#.*)?"
YOUTUBE = r"(?:music\.)?youtube(?:-nocookie)?\.com"
SERVER = r"(?P<server>[\w-]+(?:\.[\w-]+)+)"
VIDEO = r"(?P<subject>[\w-]{11})"
_PATTERNS = {
    ("x", "post"): (
        r"(?:x|twitter)\.com/(?:i(?:/web)?|(?P<account>\w{1,15}))"
        r"/status(?:es)?/(?P<subject>\d{1,19})(?:/(?:photo|video)/\d)?",
    ),
    ("bluesky", "post"): (
        r"bsky\.app/profile/(?P<account>[\w.:-]+)/post/(?P<subject>\w+)",
    ),
    ("threads", "post"): (
        r"threads\.(?:net|com)/@(?P<account>[\w.]+)/post/(?P<code>[\w-]+)",
    ),
    ("youtube", "video"): (
        rf"{YOUTUBE}/watch\?(?:[^#]*&)?v={VIDEO}(?:&[^#]*)?(?:#.*)?",
        rf"{YOUTUBE}/(?:shorts|live|embed)/{VIDEO}",
        rf"youtu\.be/{VIDEO}",
    ),
    ("vimeo", "video"): (
        r"vimeo\.com/(?P<subject>\d+)(?:/(?P<key>[0-9a-f]+))?",
        r"player\.vimeo\.com/video/(?P<subject>\d+)",
    ),
    # Any other host may be a server of these. Numbers of their posts are long.
    ("mastodon", "post"): (
        rf"{SERVER}/(?:web/|deck/)?@(?P<account>\w[\w.-]*(?:@[\w.-]+)?)"
        r"/(?P<subject>\d{8,20})",
        rf"{SERVER}/users/(?P<account>\w[\w.-]*)/statuses/(?P<subject>\d{{8,20}})",
        rf"{SERVER}/ap/users/\d+/statuses/(?P<subject>\d{{8,20}})",
        # GoToSocial and Pleroma
        rf"{SERVER}/@(?P<account>\w[\w.-]*)/statuses/(?P<subject>(?-i:[0-9A-Z]){{26}})",
        rf"{SERVER}/notice/(?P<subject>[0-9A-Za-z]{{15,25}})",
    ),
    ("misskey", "post"): (rf"{SERVER}/notes/(?P<subject>(?-i:[0-9a-z]){{10,32}})",),
    ("peertube", "video"): (
        rf"{SERVER}/(?:w|videos/watch)/(?P<subject>[0-9A-Za-z]{{22}}|[0-9a-f-]{{36}})",
    ),
}
_COMPILED = [
    (platform, kind, re.compile(f"https?://{pattern}{END}", re.ASCII | re.IGNORECASE))
    for (platform, kind), patterns in _PATTERNS.items()
    for pattern in patterns
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A post or video: its platform, whose it is, and what plays it.

    `account` is as readers know it, such as @jack, and empty where the address does not
    say it; `name` is the number of a video. `player` is the address of a video's
    player, else empty.
    """

    platform: str
    kind: str
    url: str
    account: str = ""
    name: str = ""
    subject: str = ""
    server: str = ""
    player: str = ""

    @property
    def label(self) -> str:
        """The platform's name for readers."""
        return BY_NAME[self.platform].label

    @property
    def frame_source(self) -> str:
        """What a policy has to allow for the player; empty if there is none."""
        return "/".join(self.player.split("/")[:3])

    @property
    def references(self) -> tuple[Reference, ...]:
        """All that its platform counts of it."""
        provider = BY_NAME[self.platform]
        kind = kind_of(provider, self.kind)
        if kind is None or not self.subject:
            return ()
        place = f"{self.platform}@{self.server}" if self.server else self.platform
        stem = f"{place}/{self.kind}/{quote(self.subject, safe='')}"
        found = []
        for metric in kind.metrics:
            if unavailable(provider, self.kind, metric.name) is None:
                try:
                    found.append(parse(f"stat:{stem}/{metric.name}", servers={})[0])
                except AddressError:  # a server or subject that nobody can ask
                    return ()
        return tuple(found)

    def answerable(self, environment: Mapping[str, str]) -> bool:
        """Whether the credentials that its numbers need are set."""
        provider = BY_NAME[self.platform]
        kind = kind_of(provider, self.kind)
        known = {
            **options_of(provider, environment),
            **credentials_of(provider, environment),
        }
        return kind is not None and all(known.get(name) for name in kind.needs)


def recognize(url: str) -> Embed | None:
    """The post or video behind a web address; None if it is none that is known."""
    shown = with_tidy_host(url)
    for platform, kind, pattern in _COMPILED:
        match = pattern.fullmatch(shown)
        if match is None:
            continue
        parts = {k: v for k, v in match.groupdict().items() if v}
        server = parts.get("server", "").lower()
        if server and platform_of_host(server) is not None:
            return None  # a service that is no server of the fediverse
        if server and software_of_server(server) not in ("", platform):
            continue
        account, subject = parts.get("account", ""), parts.get("subject", "")
        return Embed(
            platform=platform,
            kind=kind,
            url=url,
            account=_shown(account, readable_name(server)),
            name=subject if kind == "video" else "",
            subject=f"{account}/{subject}" if platform == "bluesky" else subject,
            server=server,
            player=_player(platform, subject, parts.get("key", "")),
        )
    return None


def _shown(account: str, server: str) -> str:
    if not account or account.startswith("did:"):
        return ""
    return f"@{account}@{server}" if server and "@" not in account else f"@{account}"


def _player(platform: str, video: str, key: str) -> str:
    """The player that asks for the least; it starts at once, for somebody clicked."""
    if platform == "youtube":
        return f"https://www.youtube-nocookie.com/embed/{video}?autoplay=1"
    if platform == "vimeo":
        private = f"&h={key}" if key else ""
        return f"https://player.vimeo.com/video/{video}?dnt=1&autoplay=1{private}"
    return ""

"""Instagram's list of the posts of a hashtag in the last 24 hours, page by page."""

from ...model.errors import NotFound
from ...model.values import Exactness, Reading
from ..base import Web
from ..parsing import field, rows

HOST, PAGES, PAGE = "graph.facebook.com", 9, 50
MOST = PAGES * PAGE


def recent(word: str, web: Web, base: str, params: dict[str, str]) -> Reading:
    found: set[str] = set()  # pages overlap at times
    url = f"{base}/{_id(word, web, base, params)}/recent_media"
    asked: dict[str, str] | None = params | {"fields": "id", "limit": str(PAGE)}
    for _ in range(PAGES):
        reply = web.json(url, params=asked)
        found |= {str(field(media, "id")) for media in rows(reply, "data")}
        # Cursors repeat, so the documentation wants the next address as it is given.
        url, asked = str((reply.get("paging") or {}).get("next", "")), None
        if not url.startswith(f"https://{HOST}/"):
            break
    return Reading(metric="recent", value=len(found), exactness=Exactness.AT_LEAST)


def _id(word: str, web: Web, base: str, params: dict[str, str]) -> str:
    """The platform's number for a hashtag: the same for ever."""
    key = f"hashtag {word}"
    if key not in web.memory:
        reply = web.json(f"{base}/ig_hashtag_search", params=params | {"q": word})
        if not rows(reply, "data"):
            raise NotFound(f"Instagram knows no hashtag {word}")
        web.memory[key] = str(field(reply, "data", 0, "id"))
    return web.memory[key]

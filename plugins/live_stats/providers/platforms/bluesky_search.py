"""Bluesky's search, page by page: a lower bound, or the estimate that it may give."""

from ...model.values import Exactness, Reading, Span
from ..base import Question, Web
from ..parsing import count, field, rows

LOGIN = "https://bsky.social/xrpc"
PAGES, PAGE = 10, 100
MOST = PAGES * PAGE


def search(question: Question, web: Web) -> Reading:
    span = Span.before(question.today, question.window.days or 1)
    if "token" not in web.memory:  # logins are few a day: one serves a collection
        known = question.credentials
        login = {"identifier": known["BLUESKY_HANDLE"]}
        login["password"] = known["BLUESKY_APP_PASSWORD"]
        session = web.json(f"{LOGIN}/com.atproto.server.createSession", body=login)
        web.memory["token"] = field(session, "accessJwt")
    headers = {"Authorization": f"Bearer {web.memory['token']}"}
    params = {"q": f"#{question.subject}", "sort": "latest", "limit": PAGE}
    params |= {"since": f"{span.start}T00:00:00Z"}
    params |= {"until": f"{question.today}T00:00:00Z"}
    found = 0
    for _ in range(PAGES):
        url = f"{LOGIN}/app.bsky.feed.searchPosts"
        reply = web.json(url, params=params, headers=headers)
        found += len(rows(reply, "posts"))
        if "hitsTotal" in reply:  # absent is not zero
            hits = count(reply["hitsTotal"])
            if hits or not found:
                return Reading(
                    metric="posts", value=hits, exactness=Exactness.ESTIMATE, span=span
                )
        if not reply.get("cursor"):
            break
        params["cursor"] = reply["cursor"]
    return Reading(metric="posts", value=found, exactness=Exactness.AT_LEAST, span=span)

"""Reddit's login and its search, page by page."""

from base64 import b64encode

from ...model.values import Exactness, Reading
from ..base import Question, Web
from ..parsing import field, rows

API, PAGES, PAGE = "https://oauth.reddit.com", 10, 100
MOST = PAGES * PAGE
LOGIN = "https://www.reddit.com/api/v1/access_token"
NEEDS = ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_USER_AGENT")


def signed_in(question: Question, web: Web) -> dict[str, str]:
    """The headers of a question, after one login for the whole collection."""
    client, secret, agent = (question.credentials[name] for name in NEEDS)
    headers = {"User-Agent": agent}
    if "token" not in web.memory:
        basic = b64encode(f"{client}:{secret}".encode()).decode()
        form = {"grant_type": "client_credentials"}
        signed = headers | {"Authorization": f"Basic {basic}"}
        reply = web.json(LOGIN, form=form, headers=signed)
        web.memory["token"] = field(reply, "access_token")
    return headers | {"Authorization": f"bearer {web.memory['token']}"}


def found(word: str, web: Web, headers: dict[str, str]) -> Reading:
    params: dict[str, str | int] = {"q": word, "sort": "new", "t": "week"}
    params |= {"limit": PAGE, "raw_json": 1}
    number = 0
    for _ in range(PAGES):
        reply = web.json(f"{API}/search", params=params, headers=headers)
        number += len(rows(reply, "data", "children"))
        if not (after := field(reply, "data").get("after")):
            break
        params["after"] = after
    return Reading(metric="posts", value=number, exactness=Exactness.AT_LEAST)

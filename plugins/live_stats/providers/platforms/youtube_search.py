"""YouTube's search for a hashtag: an estimate, cut off at a million."""

from collections.abc import Iterator
from dataclasses import replace

from ...model.values import Exactness, Reading, Span
from ..base import Question, Web
from ..parsing import counts

API = "https://www.googleapis.com/youtube/v3"
MOST = 1_000_000


def search(
    question: Question, web: Web, params: dict[str, str | int]
) -> Iterator[Reading]:
    params = params | {"part": "snippet", "type": "video", "maxResults": 1}
    params |= {"q": f"#{question.subject}", "order": "date"}
    span = None
    if question.window.days:
        span = Span.before(question.today, question.window.days)
        params["publishedAfter"] = f"{span.start}T00:00:00Z"
        params["publishedBefore"] = f"{question.today}T00:00:00Z"
    for found in counts(web.json(f"{API}/search", params=params), question, span):
        full = found.value >= MOST
        yield replace(found, exactness=Exactness.AT_LEAST) if full else found

"""Reddit: communities, posts, and posts found for a word. Wants an approved key."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from ...model.errors import NotFound
from ...model.values import Exactness, Reading
from ..base import LOOSE, Budget, Kind, Metric, Provider, Question, Web, totals
from ..parsing import counts, rows
from .reddit_search import API, MOST, NEEDS, found, signed_in

R, WEEK = r"(?:www\.|old\.|new\.)?reddit\.com", 7 * 24 * 60
POST = "data.children.0.data."


class Reddit(Provider):
    name = "reddit"
    label = "Reddit"
    docs = "https://www.reddit.com/dev/api"
    credentials = {name: () for name in NEEDS}
    fresh_for = timedelta(hours=3)
    budgets = (Budget(unit="requests", most=Decimal(1_000)),)
    # fmt: off
    kinds = (
        Kind(name="community", example="metoo", host="oauth.reddit.com", needs=NEEDS,
             page="https://www.reddit.com/r/{subject}", subject=r"\w+", hint="its name",
             addresses=(rf"{R}/r/(?P<subject>\w+)",),
             metrics=totals({"subscribers": "data.subscribers"}, scope="on Reddit")
             + totals({"active": "data.active_user_count data.accounts_active"},
                      scope="on Reddit", minutes=15,
                      exactness=Exactness.ESTIMATE)),
        Kind(name="post", example="abc123", host="oauth.reddit.com", needs=NEEDS,
             page="https://www.reddit.com/comments/{subject}",
             subject=r"(?:t3_)?\w+", hint="what stands behind /comments/",
             addresses=(rf"{R}/(?:r/\w+/)?comments/(?P<subject>\w+)(?:/[^/?]*)?",
                        r"redd\.it/(?P<subject>\w+)"),
             metrics=totals({"points": POST + "score"}, scope="on Reddit",
                            exactness=Exactness.ESTIMATE,
                            caveat="Reddit blurs the score of a post on purpose.")
             + totals({"comments": POST + "num_comments"}, scope="on Reddit")),
        Kind(name="tag", example="metoo", host="oauth.reddit.com", needs=NEEDS,
             subject=LOOSE, page="https://www.reddit.com/search/?q={subject}", metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, minutes=WEEK,
                   scope="posts that Reddit's search finds for the word",
                   caveat="Reddit has no hashtags and gives no total: we count what is "
                          f"found, {MOST:,} at most."),
        )),
    )
    # fmt: on

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        headers, subject = signed_in(question, web), question.subject
        if question.kind == "tag":
            yield found(subject, web, headers)
            return
        url, params = f"{API}/r/{subject}/about", {"raw_json": "1"}
        if question.kind == "post":
            subject = f"t3_{subject.removeprefix('t3_')}"
            url, params = f"{API}/api/info", params | {"id": subject}
        reply = web.json(url, params=params, headers=headers)
        if question.kind == "post" and not rows(reply, "data", "children"):
            raise NotFound(f"Reddit has no post {question.subject}")
        yield from counts(reply, question)

"""GitHub: repositories with a topic, and single repositories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from ...model.errors import NoCount
from ...model.values import Exactness, Reading
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session, totals
from ..parsing import counts, field

API = "https://api.github.com"


class GitHub(Provider):
    name = "github"
    label = "GitHub"
    redirects = True  # a repository that has another name now
    docs = "https://docs.github.com/rest/search/search"
    credentials = {"GITHUB_TOKEN": ()}
    fresh_for = timedelta(hours=6)
    words = {"stargazers": "stars", "repos": "repositories"}
    uncounted = {
        r"github\.com/(?!topics/)[\w-]+": "no number of an account on GitHub is asked "
        "for here",
        r"github\.com/(?:orgs|users|sponsors|enterprises|collections|marketplace|apps)/"
        r".+": "GitHub is asked for repositories and topics",
        r"github\.com/[\w-]+/[\w.-]+/(?:issues|pull|discussions|releases|commit)/"
        r".+": "no number of an issue, a request or a release is asked for here",
    }
    pause = 6.0  # searches without a token: 10 a minute
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="api.github.com",
             page="https://github.com/topics/{subject}",
             addresses=(r"github\.com/topics/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="repositories", path="total_count",
                   scope="public repositories with the topic",
                   caveat="A topic is what the owner of a repository chose to name."),
        )),
        Kind(name="repository", example="getpelican/pelican", host="api.github.com",
             page="https://github.com/{a}/{b}",
             subject=r"[\w.-]+/[\w.-]*[\w-]", hint="owner%2Fname",
             addresses=(r"github\.com/(?!(?:topics|orgs|users|sponsors|collections|"
                        r"apps|search|marketplace|enterprises|settings)/)(?P<a>[\w-]+)/"
                        r"(?P<b>[\w.-]+?)(?:\.git)?(?:/(?:tree|blob)/[^?]*)?",),
             metrics=totals({"stars": "stargazers_count", "forks": "forks_count",
                             "watchers": "subscribers_count"}, scope="on GitHub")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        headers = {"Accept": "application/vnd.github+json"}
        headers |= {"X-GitHub-Api-Version": "2022-11-28"}
        if token := query.credentials.get("GITHUB_TOKEN"):
            headers["Authorization"] = f"Bearer {token}"
        if query.kind == "repository":
            url = f"{API}/repos/{query.subject}"
            yield from counts(session.fetch_json(url, headers=headers), query)
            return
        params: Params = {"q": f"topic:{query.subject}", "per_page": 1}
        url = f"{API}/search/repositories"
        reply = session.fetch_json(url, params=params, headers=headers)
        partial = field(reply, "incomplete_results") is True
        for reading in counts(reply, query):
            if partial and not reading.value:
                raise NoCount("GitHub's search gave up before it found anything")
            exactness = Exactness.AT_LEAST if partial else reading.exactness
            yield replace(reading, exactness=exactness)

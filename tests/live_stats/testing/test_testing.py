"""`live_stats.testing`, used as a stranger would: by its documentation alone."""

import socket
from datetime import date, timedelta
from urllib.parse import quote

import pytest
import requests

from pelican.plugins.live_stats import testing
from pelican.plugins.live_stats.i18n.phrases import phrases_of
from pelican.plugins.live_stats.model import errors
from pelican.plugins.live_stats.model.values import Exactness, Reading, Span
from pelican.plugins.live_stats.providers import BY_NAME, Kind, Metric, Provider
from pelican.plugins.live_stats.providers.parsing import count, field
from pelican.plugins.live_stats.references.catalogue import AddressError
from pelican.plugins.live_stats.testing import Reply, ask, problems
from support.paths import ROOT


class Quarry(Provider):
    """Stones by tag in days, after a login; single stones without."""

    name = "quarry"
    label = "Quarry"
    docs = "https://quarry.example/api"
    credentials = {"QUARRY_KEY": ("QUARRY_TOKEN",)}
    fresh_for = timedelta(hours=1)
    redirects = True
    kinds = (
        Kind(
            name="tag",
            example="metoo",
            host="api.quarry.example",
            page="https://quarry.example/t/{subject}",
            needs=("QUARRY_KEY",),
            metrics=(
                Metric(
                    name="posts",
                    scope="stones",
                    days=(1, 7, 30),
                    default_days=7,
                    exactness=Exactness.AT_LEAST,
                ),
            ),
        ),
        Kind(
            name="stone",
            example="42",
            subject=r"\d+",
            host="api.quarry.example",
            page="https://quarry.example/s/{subject}",
            addresses=(r"quarry\.example/s/(?P<subject>\d+)",),
            metrics=(Metric(name="likes", scope="on Quarry"),),
        ),
    )

    def fetch(self, query, session):
        api = "https://api.quarry.example/v1"
        if query.kind == "stone":
            reply = session.fetch_json(f"{api}/stones/{query.subject}")
            value = count(field(reply, "likes"))
            yield reading_of("likes", value)
            return
        login = {"key": query.credentials["QUARRY_KEY"]}
        token = field(session.fetch_json(f"{api}/login", form=login), "token")
        span = Span.before(query.today, query.window.days)
        reply = session.fetch_json(
            f"{api}/tags/{quote(query.subject, safe='')}",
            params={"from": f"{span.start}"},
            headers={"X-Token": token},
        )
        value = count(field(reply, "stones"))
        yield reading_of("posts", value, Exactness.AT_LEAST, span)


def reading_of(metric, value, exactness=Exactness.EXACT, span=None):
    return Reading(metric=metric, value=value, exactness=exactness, span=span)


LOGIN = Reply({"token": "t"}, path="/v1/login")
KEY = {"QUARRY_KEY": "s3cret"}


def ask_quarry(address, *replies, **options):
    return ask(address, replies, provider=Quarry(), **options)


def test_replies_become_readings():
    """In order or by path, with the window, the day and the exactness."""
    tag = Reply({"stones": 7}, path="api.quarry.example/v1/tags/*")

    answer = ask_quarry(
        "stat:quarry/tag/metoo", tag, LOGIN, environment=KEY, today=date(2026, 3, 8)
    )

    assert (answer.value, answer.failure) == (7, None)
    assert answer.reading.span == Span(start=date(2026, 3, 1), end=date(2026, 3, 7))
    assert answer.reading.exactness is Exactness.AT_LEAST


def test_the_requests_are_kept_as_they_were_sent():
    """So that a test can say that a key goes into a form, and nowhere else."""
    answer = ask_quarry(
        "quarry/tag/fußball", LOGIN, Reply({"stones": 7}), environment=KEY
    )
    login, tag = answer.requests

    assert (login.method, login.form) == ("POST", {"key": "s3cret"})
    assert login.url == "https://api.quarry.example/v1/login"
    assert (tag.host, tag.path) == ("api.quarry.example", "/v1/tags/fu%C3%9Fball")
    assert tag.query == {"from": "2026-11-17"} and tag.headers["x-token"] == "t"
    assert "s3cret" not in f"{tag.url}{tag.headers}{tag.body}"


def test_a_name_of_a_variable_that_is_accepted_too():
    """As in the environment of an operator."""
    answer = ask_quarry(
        "quarry/tag/a", LOGIN, Reply({"stones": 7}), environment={"QUARRY_TOKEN": "k"}
    )

    assert answer.requests[0].form == {"key": "k"}


def test_a_pasted_address_is_asked_too():
    """By the patterns of the kind."""
    assert (
        ask_quarry("https://quarry.example/s/42/likes", Reply({"likes": 3})).value == 3
    )


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (Reply(status=404), errors.NotFound),
        (Reply(status=401), errors.Refused),
        (Reply(status=500), errors.Unreachable),
        (Reply(status=429, headers={"Retry-After": "60"}), errors.RateLimited),
        (Reply("<p>Hello</p>"), errors.ChangedShape),
        (Reply({"likes": "many"}), errors.ChangedShape),
        (Reply(b"\xff\xfe"), errors.ChangedShape),
        (
            Reply(status=302, headers={"Location": "https://evil.example/"}),
            errors.Failure,
        ),
    ],
)
def test_failures_are_values(reply, failure):
    """By the client of a collection: statuses, headers, redirects, broken bodies."""
    answer = ask_quarry("quarry/stone/42/likes", reply)

    assert isinstance(answer.failure, failure)
    assert answer.readings == () and len(answer.requests) == 1
    with pytest.raises(failure):
        _ = answer.value


def test_a_redirect_on_the_same_host_is_followed():
    """Of a platform that sends us on, as this one; and the second request is kept."""
    moved = Reply(status=301, headers={"Location": "/v2/stones/42"})

    answer = ask_quarry("quarry/stone/42/likes", moved, Reply({"likes": 3}))

    assert answer.value == 3
    assert [one.path for one in answer.requests] == ["/v1/stones/42", "/v2/stones/42"]


def test_a_request_without_a_reply_is_an_error():
    """A reply is given once; nothing is made up."""
    with pytest.raises(AssertionError, match="no reply is left for GET https://api"):
        ask_quarry("quarry/tag/metoo", LOGIN, environment=KEY)


def test_a_provider_that_connects_by_itself_is_an_error():
    """Neither a name is looked up, nor a connection made."""

    class Dig(Quarry):
        def fetch(self, query, session):
            requests.get("https://elsewhere.example/", timeout=1)
            yield

    class Drill(Quarry):
        def fetch(self, query, session):
            socket.create_connection(("192.0.2.1", 80), timeout=1)
            yield

    for provider in (Dig(), Drill()):
        with pytest.raises(AssertionError, match="by itself"):
            ask("quarry/stone/42/likes", [], provider=provider)


@pytest.mark.parametrize(
    ("address", "error", "words"),
    [
        ("quarry/tag/metoo", ValueError, 'environment={"QUARRY_KEY": "…"}'),
        ("quarry/tag/metoo@2d", AddressError, "@"),
        ("quary/tag/metoo", AddressError, "quarry"),
        ("tiktok/tag/metoo", ValueError, "unavailable"),
    ],
)
def test_a_wrong_question_says_so(address, error, words):
    """Before anything is sent."""
    with pytest.raises(error) as caught:
        ask_quarry(address)
    assert words in str(caught.value) or words in repr(caught.value.__dict__)


def test_the_provider_is_listed_only_while_it_is_asked():
    """And another version of it, a moment later, has its own facts."""

    class Later(Quarry):
        kinds = (Quarry.kinds[1],)

    ask_quarry("quarry/stone/42/likes", Reply({"likes": 3}))
    assert "quarry" not in BY_NAME

    with pytest.raises(AddressError):
        ask("quarry/tag/metoo", [], provider=Later())


def test_a_listed_provider_needs_no_instance():
    """As the project's own tests do."""
    answer = ask(
        "github/tag/metoo", [Reply({"total_count": 5, "incomplete_results": False})]
    )

    assert answer.value == 5


def test_a_noun_that_nobody_knows_is_told_and_readable():
    """It still works; and what to write where is said."""

    class Heap(Quarry):
        kinds = (
            Kind(
                name="tag",
                example="metoo",
                host="h",
                page="https://quarry.example/",
                metrics=(Metric(name="stone-heaps", scope="heaps"),),
            ),
        )

    assert problems(Quarry()) == []
    (problem,) = problems(Heap())
    assert '"stone-heaps" has no noun' in problem
    assert phrases_of("de").noun("stone-heaps") == "stone-heaps"
    assert "NOUNS" in problem and "make messages" in problem


def test_problems_name_everything_at_once():
    """A sentence for each fact that is missing or wrong."""

    class Sand(Quarry):
        name = "Sand"
        docs = "sand"
        fresh_for = timedelta(minutes=1)
        credentials = {}
        kinds = (
            Kind(
                name="post",
                example="x",
                subject=r"\d+",
                host="h",
                page="p",
                needs=("KEY",),
                metrics=(Metric(name="Like_s", scope="", days=(1,), default_days=2),),
            ),
        )

    words = "name|docs|fresh_for|KEY|example|page|Like_s|scope|days 2|noun".split("|")
    found = problems(Sand())
    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))


def test_the_reference_lists_what_is_public():
    """A name that comes or goes is a change of the documentation."""
    page = (ROOT / "docs/reference/providers.md").read_text()
    section = page.partition("## `pelican.plugins.live_stats.testing`")[2]
    listed = section.partition("\n## ")[0]

    for name in testing.__all__:
        assert f"| `{name}` |" in listed
        assert getattr(testing, name).__doc__

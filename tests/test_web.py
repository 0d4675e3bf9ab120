"""The network, and the names of its troubles. Over real sockets on loopback."""

import gzip
import time
from datetime import UTC, datetime

import pytest
import requests

from live_stats.errors import (
    BudgetSpent,
    ChangedShape,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
)
from live_stats.providers import BY_NAME
from live_stats.troubles import retry_after
from live_stats.web import LARGEST_BODY, Client

HOST = "mastodon.social"
URL = f"https://{HOST}/api/v1/tags/metoo"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def web(platforms):
    def web(*, seconds=5.0, secrets=(), limit=None):
        client = Client(
            user_agent="live_stats/0 (+https://blog.example)",
            deadline=time.monotonic() + seconds,
        )
        return client.asking(BY_NAME["mastodon"], secrets, limit=limit)

    return web


def test_an_answer_is_decoded_json(web, platforms):
    """A reply comes as it is; the asker names itself."""
    assert len(web().json(URL)["history"]) == 7
    assert platforms.headers[0]["User-Agent"].startswith("live_stats/0 (+https://")


@pytest.mark.parametrize(
    ("trouble", "error", "words"),
    [
        (401, Refused, "refused our credentials"),
        (402, Refused, "credits"),
        (403, Refused, "does not let us"),
        (404, NotFound, "does not know"),
        (410, NotFound, "gone"),
        (418, ChangedShape, "did not understand"),
        (400, ChangedShape, "did not understand"),
        (429, RateLimited, "too often"),
        (500, Unreachable, "trouble of its own"),
        (503, RateLimited, "not available"),
        ("html", ChangedShape, "no JSON"),
        ("limit", RateLimited, "too often"),
        ("truncated", Unreachable, "broke off"),
    ],
)
def test_trouble_has_a_name_and_plain_words(web, platforms, trouble, error, words):
    """Status and body decide; the words name the host and no address."""
    platforms.trouble[HOST] = trouble

    with pytest.raises(error, match=words) as caught:
        web().json(URL, params={"key": "value"})

    assert str(caught.value).startswith(HOST)
    assert "value" not in str(caught.value)


@pytest.mark.parametrize("trouble", ["drip", "silent"])
def test_the_deadline_ends_everything(web, platforms, trouble):
    """A body that drips and a host that says nothing are left when time is up.

    Waited out, the one would be no JSON, the other a closed connection.
    """
    platforms.trouble[HOST] = trouble

    with pytest.raises(Unreachable, match="in time"):
        web(seconds=0.4).json(URL)


def test_after_the_deadline_nothing_is_asked(web, platforms):
    """No request leaves when no time is left."""
    with pytest.raises(Unreachable, match="no time was left"):
        web(seconds=0).json(URL)

    assert platforms.asked == []


def test_a_response_without_a_socket_is_read_too(web, platforms, monkeypatch):
    """A cache or a recorder may stand in for the network."""
    made = requests.Response()
    made.status_code, made._content = 200, b'{"ok": 1}'
    monkeypatch.setattr(requests.Session, "request", lambda *a, **k: made)

    assert web().json(URL) == {"ok": 1}


def test_a_bomb_is_not_unpacked(web, platforms):
    """The cap counts bytes after decompression."""
    bomb = gzip.compress(b" " * (LARGEST_BODY + 20_000))
    platforms.trouble[HOST] = lambda handler: handler.send(
        200, bomb, Content_Encoding="gzip"
    )

    with pytest.raises(ChangedShape, match="more than any answer"):
        web().json(URL)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (URL, "round in circles"),
        ("https://elsewhere.example/", "another place"),
        ("http://mastodon.social/", "another place"),
    ],
)
def test_redirects_stay_at_home_and_end(web, platforms, target, words):
    """Credentials and questions never follow to another host, nor for ever."""
    platforms.trouble[HOST] = lambda handler: handler.send(302, b"", Location=target)

    with pytest.raises(ChangedShape, match=words):
        web().json(URL)

    assert set(platforms.hosts()) == {HOST}


def test_the_budget_ends_the_asking(web, platforms):
    """One more request than allowed is not sent."""
    asking = web(limit=2)
    asking.json(URL)
    asking.json(URL)

    with pytest.raises(BudgetSpent):
        asking.json(URL)
    assert len(platforms.asked) == 2


def test_otherwise_is_asked_once_on_400(web, platforms):
    """A renamed parameter gets its second spelling, and only then."""
    answers = iter([(400, b"{}"), (200, b'{"ok": 1}')])
    platforms.trouble[HOST] = lambda handler: handler.send(*next(answers))

    reply = web().json(URL, params={"a": 1}, otherwise=(URL, {"b": 2}))

    assert reply == {"ok": 1}
    assert [path.rpartition("?")[2] for _, path in platforms.asked] == ["a=1", "b=2"]


def test_a_secret_is_never_repeated(web, platforms):
    """Not even when it stands in the host that an error names."""
    asking = web(secrets=["s3cret", "mastodon"])
    platforms.trouble[HOST] = 500

    with pytest.raises(Unreachable) as caught:
        asking.json(URL)

    assert str(caught.value).startswith("….social")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "12"}, 12),
        ({"Retry-After": "Tue, 24 Nov 2026 12:01:00 GMT"}, 60),
        ({"Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT"}, 0),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 30)}, 30),
        ({"x-ratelimit-reset": "2026-11-24T12:00:45.000000Z"}, 45),
        ({"x-ratelimit-reset": "244"}, 244),
        ({"Retry-After": "soon", "x-ratelimit-reset": "9"}, 9),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "inf"}, None),
        ({}, None),
    ],
)
def test_when_to_return_in_every_platforms_units(headers, seconds):
    """Seconds, dates, seconds since 1970, ISO times, seconds left."""
    assert retry_after(headers, NOW) == seconds

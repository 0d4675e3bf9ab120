"""The network, and the names of its troubles. Over real sockets on loopback."""

import gzip
import time
from collections import Counter
from datetime import UTC, datetime
from unittest import mock

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from pelican.plugins.live_stats.collection.budgets import BudgetLedger
from pelican.plugins.live_stats.collection.http_client import (
    MAX_BODY_SIZE,
    HttpClient,
    ProviderSession,
)
from pelican.plugins.live_stats.collection.http_errors import retry_after
from pelican.plugins.live_stats.model.errors import (
    BudgetSpent,
    ChangedShape,
    Moved,
    NoCount,
    NotFound,
    RateLimited,
    Refused,
    Unchanged,
    Unreachable,
    WantsLogin,
)
from pelican.plugins.live_stats.providers import BY_NAME

HOST = "mastodon.social"
URL = f"https://{HOST}/api/v1/tags/metoo"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def web(platforms):
    def web(*, seconds=5.0, secrets=(), limit=60, etag=""):
        client = HttpClient(
            user_agent="live_stats/0 (+https://blog.example)",
            deadline=time.monotonic() + seconds,
        )
        mastodon = BY_NAME["mastodon"]
        ledger = BudgetLedger(mastodon, requests=limit, today=NOW.date())
        return ProviderSession(
            client,
            charge=lambda: ledger.charge(mastodon.kinds[0], "metoo"),
            secrets=secrets,
            etag=etag,
            redirects=True,
        )

    return web


def test_an_answer_is_decoded_json(web, platforms):
    """A reply comes as it is; the asker names itself."""
    assert len(web().fetch_json(URL)["history"]) == 7
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
        (300, ChangedShape, "sends us elsewhere"),
        (302, ChangedShape, "sends us elsewhere"),
        (304, ChangedShape, "sends us elsewhere"),
        (500, Unreachable, "reported an error"),
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
        web(secrets=("s3cret",)).fetch_json(URL, params={"key": "value"})

    assert str(caught.value).startswith(HOST)
    assert "value" not in str(caught.value)


@pytest.mark.parametrize("trouble", ["drip", "silent"])
def test_the_deadline_ends_everything(web, platforms, trouble):
    """A body that drips and a host that says nothing are left when time is up.

    Waited out, the one would be no JSON, the other a closed connection.
    """
    platforms.trouble[HOST] = trouble

    with pytest.raises(Unreachable, match="in time"):
        web(seconds=0.4).fetch_json(URL)


def test_after_the_deadline_nothing_is_asked(web, platforms):
    """No request leaves when no time is left."""
    with pytest.raises(Unreachable, match="no time was left"):
        web(seconds=0).fetch_json(URL)

    assert platforms.asked == []


def test_a_response_without_a_socket_is_read_too(web, platforms, monkeypatch):
    """A cache or a recorder may stand in for the network."""
    made = requests.Response()
    made.status_code, made._content = 200, b'{"ok": 1}'
    monkeypatch.setattr(requests.Session, "request", lambda *a, **k: made)

    assert web().fetch_json(URL) == {"ok": 1}


def test_a_bomb_is_not_unpacked(web, platforms):
    """The cap counts bytes after decompression."""
    bomb = gzip.compress(b" " * (MAX_BODY_SIZE + 20_000))
    platforms.trouble[HOST] = lambda handler: handler.send(
        200, bomb, Content_Encoding="gzip"
    )

    with pytest.raises(ChangedShape, match="more than any answer"):
        web().fetch_json(URL)


def sent_to(location):
    """What a server does that sends us to `location`, which its header has in UTF-8."""
    header = location.encode().decode("latin-1")
    return lambda handler: handler.send(302, b"", Location=header)


ELSEWHERE, NOWHERE = "another place", "cannot be right"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://evil.example/", ELSEWHERE),
        ("//evil.example/", ELSEWHERE),
        ("http://mastodon.social/", ELSEWHERE),
        ("ftp://mastodon.social/", ELSEWHERE),
        ("mailto:someone@mastodon.social", ELSEWHERE),
        ("https://mastodon.social:8443/", ELSEWHERE),
        ("https://mastodon.social:80/", ELSEWHERE),
        ("https://mastodon.social./", ELSEWHERE),
        ("https://mastodon.social.evil.example/", ELSEWHERE),
        ("https://evil.example#@mastodon.social/", ELSEWHERE),
        ("https://evil.example?@mastodon.social/", ELSEWHERE),
        ("https://mastodon%2Eevil.example/", ELSEWHERE),
        ("https://mastodon.social%40evil.example/", ELSEWHERE),
        ("https://mastodon.soc\u0456al/", ELSEWHERE),
        (r"https://evil.example\@mastodon.social/x", NOWHERE),
        (r"https:\\evil.example/", NOWHERE),
        (r"/\evil.example/", NOWHERE),
        (r"\\evil.example/", NOWHERE),
        ("https://mastodon.social@evil.example/", NOWHERE),
        ("https://mastodon.social:443@evil.example/", NOWHERE),
        ("https://someone:else@mastodon.social/", NOWHERE),
        ("https://@mastodon.social/", NOWHERE),
        ("/\t/evil.example/", NOWHERE),
        ("https://evil.example\t@mastodon.social/", NOWHERE),
        ("https://mastodon.social\x7f/", NOWHERE),
        ("https://mastodon.social\x80.evil.example/", NOWHERE),
        ("https://evil.example\uff0f@mastodon.social/", NOWHERE),
        ("https://mastodon.social\uff20evil.example/", NOWHERE),
        ("https://[mastodon.social/", NOWHERE),
        ("https://mastodon.social:port/", NOWHERE),
        ("https://\uff4d\uff41stodon.social/", NOWHERE),
        (URL, "round in circles"),
    ],
)
def test_redirects_stay_at_home_and_end(web, platforms, location, words):
    """Credentials and questions never follow to another server, nor for ever."""
    platforms.trouble[HOST] = sent_to(location)

    with pytest.raises((ChangedShape, Moved), match=words) as caught:
        web().fetch_json(URL, headers={"Authorization": "Bearer s3cret"})

    assert set(platforms.hosts()) == {HOST}
    assert len(platforms.asked) == (4 if location == URL else 1)
    assert str(caught.value).startswith(f"{HOST} ")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/b?c=1", "/b?c=1"),
        ("/repos/anna/login", "/repos/anna/login"),  # something called so
        ("b", "/api/v1/tags/b"),
        ("//mastodon.social/b", "/b"),
        ("https:///b", "/b"),
        ("https://MASTODON.social/b", "/b"),
        ("https://mastodon%2Esocial/b", "/b"),
        ("https://mastodon.social:443/b", "/b"),
        ("https://mastodon.social/b#part", "/b"),
        ("https://mastodon.social/b@c", "/b@c"),
        ("/b%5Cc/Caf\u00e9", "/b\\c/Caf\u00e9"),
    ],
)
def test_a_redirect_to_the_same_server_is_followed(web, platforms, location, path):
    """However it spells the server: with the key, and once."""
    answers = iter([sent_to(location), lambda handler: handler.send(200, b"{}")])
    for host in (HOST, f"{HOST}:443"):
        platforms.trouble[host] = lambda handler: next(answers)(handler)

    web().fetch_json(URL, headers={"Authorization": "Bearer s3cret"})

    assert [path for _, path in platforms.asked[1:]] == [path]
    assert platforms.headers[1]["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_body_is_never_sent_again(web, platforms, status):
    """Nor is it dropped, and something else asked: it has a password at times."""
    platforms.trouble[HOST] = lambda handler: handler.send(status, b"", Location="/b")

    with pytest.raises(ChangedShape, match=f"sends us elsewhere .{status}.$"):
        web().fetch_json(URL, body={"password": "s3cret"})
    with pytest.raises(ChangedShape, match="sends us elsewhere"):
        web().fetch_json(URL, form={"password": "s3cret"})

    assert len(platforms.asked) == 2


def test_only_platforms_that_are_known_to_send_us_on_are_followed(desk, platforms):
    """GitHub's repositories have new names at times; no post on Mastodon does."""

    def answer(handler):
        if handler.path != "/repositories/1":
            return handler.send(301, b"", Location="/repositories/1")
        return handler.send(200, b'{"stargazers_count": 7}')

    for host in ("api.github.com", HOST):
        platforms.trouble[host] = answer

    desk.collect("github/repository/a%2Fb/stars", "mastodon/post/1/likes")

    failing = {name for name, one in desk.state.series.items() if one.failure}
    assert failing == {"mastodon/post/1/likes"}
    assert Counter(platforms.hosts()) == {"api.github.com": 2, HOST: 1}


@pytest.mark.parametrize("location", ["/login?next=/", "https://sso.example/sign_in"])
def test_who_is_sent_to_a_login_is_told_so(web, platforms, location):
    """It is no other shape and no other place; who sent a key hears of the key."""
    for secrets, failure in (((), WantsLogin), (("s3cret",), Refused)):
        platforms.trouble[HOST] = sent_to(location)
        with pytest.raises(failure) as caught:
            web(secrets=secrets).fetch_json(URL)
        assert type(caught.value) is failure


@pytest.mark.parametrize("status", [300, 302, 304, 305])
def test_what_comes_with_a_redirect_is_no_answer(web, platforms, status):
    """Its body may look like one, whether or not it says where to go."""
    headers = {} if status == 302 else {"Location": URL}
    body = b"" if status == 304 else b'{"history": []}'
    platforms.trouble[HOST] = lambda handler: handler.send(status, body, **headers)

    with pytest.raises(ChangedShape, match="sends us elsewhere"):
        web().fetch_json(URL)


PIECES = [
    "https:",
    "http:",
    "/",
    "\\",
    "@",
    ":",
    "443",
    "?",
    "#",
    "[",
    "]",
    "%2F",
    "%40",
]
PIECES += [
    HOST,
    "evil.example",
    ".",
    "x",
    "\t",
    "\x0b",
    " ",
    "\uff0f",
    "\u3002",
    "\uff53",
]
STARTS = ["", "//", "https://", "https://evil.example", f"https://{HOST}"]


@given(st.builds(
    lambda start, rest: start + "".join(rest),
    st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=6),
))  # fmt: skip
def test_wherever_we_are_sent_one_server_is_connected_to(location):
    """Judged by the connection that the library would open, not by the address."""
    connections = set()

    def send(adapter, request, **options):
        pool = adapter.get_connection_with_tls_context(request, options["verify"])
        connections.add((pool.scheme, pool.host, pool.port or 443))
        response = requests.Response()
        response.status_code, response._content = 302, b"{}"
        response.headers["Location"] = location.encode().decode("latin-1")
        return response

    asking = ProviderSession(
        HttpClient(user_agent="test", deadline=time.monotonic() + 600), redirects=True
    )
    sent_away = pytest.raises((ChangedShape, Moved))
    with mock.patch.object(HTTPAdapter, "send", send), sent_away:
        asking.fetch_json(URL)

    assert connections == {("https", HOST, 443)}


def test_the_body_of_a_redirect_is_not_waited_for(web, platforms):
    """Only its header counts: the rest may be endless."""

    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", "https://evil.example/")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        platforms.release.wait(60)

    platforms.trouble[HOST] = answer

    with pytest.raises(Moved, match="another place: evil.example"):
        web(seconds=2).fetch_json(URL)


def test_where_only_the_scheme_differs_it_is_told(web, platforms):
    """Else it would read as if a server led to itself."""
    platforms.trouble[HOST] = sent_to(f"http://{HOST}/b")

    with pytest.raises(Moved, match=f"{HOST} .* place: http://{HOST}$"):
        web().fetch_json(URL)


def test_a_long_key_is_not_told_bit_by_bit(web, platforms):
    """Eight of its letters in a row are too many: the next answer has the next ones."""
    key = "GEp7CgQ0P+/BQFI14zGtSnovm14TUOizwdx9"
    rule = '{"error": "does_not_respect_follow_constraints", "originUrl": "https://%s"}'
    platforms.trouble[HOST] = lambda handler: handler.send(403, (rule % key).encode())

    with pytest.raises(Moved, match="its home is elsewhere"):
        web(secrets=(key,)).fetch_json(URL)


def test_the_budget_ends_the_asking(web, platforms):
    """One more request than allowed is not sent."""
    asking = web(limit=2)
    asking.fetch_json(URL)
    asking.fetch_json(URL)

    with pytest.raises(BudgetSpent):
        asking.fetch_json(URL)
    assert len(platforms.asked) == 2


def test_otherwise_is_asked_once_on_400(web, platforms):
    """A renamed parameter gets its second spelling, and only then."""
    answers = iter([(400, b"{}"), (200, b'{"ok": 1}')])
    platforms.trouble[HOST] = lambda handler: handler.send(*next(answers))

    reply = web().fetch_json(URL, params={"a": 1}, fallback=(URL, {"b": 2}))

    assert reply == {"ok": 1}
    assert [path.rpartition("?")[2] for _, path in platforms.asked] == ["a=1", "b=2"]


WAIT, KEY = (RateLimited, "too often"), (Refused, "credentials")
LEFT = {"X-RateLimit-Remaining": "0"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "error"),
    [
        (403, {"Retry-After": "60"}, "{}", WAIT),
        (403, LEFT, "{}", WAIT),
        (403, {}, '{"error": {"errors": [{"reason": "quotaExceeded"}]}}', WAIT),
        (400, {}, '{"error": {"code": 4, "type": "OAuthException"}}', WAIT),
        (401, {}, '{"errors": [{"code": 32, "message": "no"}]}', KEY),
        (400, {}, '{"error": {"code": 190, "message": "expired"}}', KEY),
        (400, {}, '{"error_name": "throttle_violation"}', WAIT),
        (400, {}, '{"error": {"errors": [{"reason": "keyInvalid"}]}}', KEY),
        (429, {}, '{"type": "/2/problems/usage-capped"}', (Refused, "paid for")),
        (429, {}, '{"errors": [{"message": "Rate limit exceeded"}]}', WAIT),
        (402, {}, '{"title": "CreditsDepleted"}', (Refused, "used up")),
        (
            400,
            {},
            '{"error": {"message": "This requires the feature Page Public Content '
            'Access.", "code": 100, "fbtrace_id": "a"}}',
            (Refused, "does not let us"),
        ),
        (
            400,
            {},
            '{"error": {"fbtrace_id": "a", "code": 100, "message": "(#100) missing '
            'permission"}}',
            (Refused, "does not let us"),
        ),
        (
            400,
            {},
            '{"error": {"message": "missing permissions", "code": 100, '
            '"error_subcode": 33, "fbtrace_id": "a"}}',
            (NotFound, "does not know"),
        ),
        (
            400,
            {},
            '{"error": {"message": "Invalid parameter", "code": 100, "fbtrace_id": 1}}',
            (ChangedShape, "did not understand"),
        ),
    ],
)
def test_the_words_of_a_refusal_count(web, platforms, status, headers, body, error):
    """Platforms say the same with other statuses; some quotas no waiting fills."""
    platforms.trouble[HOST] = lambda handler: handler.send(
        status, body.encode(), **headers
    )

    with pytest.raises(error[0], match=error[1]):
        web(secrets=("s3cret",)).fetch_json(URL)


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        (b"The phrase is  too\nshort.\n", NoCount, "says: The phrase is too short.$"),
        (b"word " * 100, NoCount, "says: (word )+word…$"),
        (b"Please limit requests.", RateLimited, "too often"),
        (b"<!doctype html><p>Too short", ChangedShape, "no JSON"),
        (b'{"history": [', ChangedShape, "no JSON"),
        (b'{"limit": 25, "data": [', ChangedShape, "no JSON"),
        (b"Beyond the length limit.", NoCount, "length limit"),
        (b"<html>Down for maintenance, rate limit", Unreachable, "outage"),
        (b'\xef\xbb\xbf<input type="password">', WantsLogin, "logged in"),
        (b"too \x1b[31mshort", ChangedShape, "no JSON"),
        (b"", ChangedShape, "no JSON"),
    ],
)
def test_a_reason_in_words_is_passed_on(web, platforms, body, error, words):
    """One sentence, of a length that a page has room for; never markup."""
    platforms.trouble[HOST] = lambda handler: handler.send(200, body)

    with pytest.raises(error, match=words) as caught:
        web().fetch_json(URL, text_is_reason=True)
    assert len(str(caught.value)) < 250


def test_words_of_others_are_not_repeated(web, platforms):
    """A sentence that is no documented answer may be anybody's."""
    platforms.trouble[HOST] = lambda handler: handler.send(200, b"Buy now.")

    with pytest.raises(ChangedShape, match="no JSON"):
        web().fetch_json(URL)


def test_some_errors_are_answers(web, platforms):
    """A status that the provider expects brings its body."""
    platforms.trouble[HOST] = lambda handler: handler.send(404, b'{"count": "0"}')

    assert web().fetch_json(URL, accept=(404,)) == {"count": "0"}


def test_a_form_is_posted_as_a_form(web, platforms):
    """Some platforms want the fields of a form, and no JSON."""
    seen = []

    def answer(handler):
        seen.append((handler.command, handler.headers["Content-Type"], handler.body))
        handler.send(200, b"{}")

    platforms.trouble[HOST] = answer
    web().fetch_json(URL, form={"method": "a", "n": 1})

    assert seen == [("POST", "application/x-www-form-urlencoded", b"method=a&n=1")]


def test_an_unchanged_answer_is_not_sent_again(web, platforms):
    """The mark of the last answer goes to its own address only, and 304 confirms."""
    sent = []

    def answer(handler):
        sent.append(handler.headers.get("If-None-Match"))
        if sent[-1]:
            handler.send(304, b"")
        else:
            handler.send(200, b"{}", ETag='W/"1"')

    platforms.trouble[HOST] = answer
    first = web()
    first.fetch_json(URL, params={"a": 1})

    with pytest.raises(Unchanged):
        web(etag=first.new_etag).fetch_json(URL, params={"a": 1})
    web(etag=first.new_etag).fetch_json(URL, params={"a": 2})
    assert sent == [None, 'W/"1"', None]


def test_two_requests_leave_no_mark(web, platforms):
    """Where one request is not the whole answer, none of them confirms it."""
    platforms.trouble[HOST] = lambda handler: handler.send(200, b"{}", ETag='"1"')
    asking = web()
    asking.fetch_json(URL)
    assert asking.new_etag

    asking.fetch_json(URL)
    assert not asking.new_etag


def test_the_last_request_allowed_brings_a_pause(web, platforms):
    """When nothing is left until a reset, the next question waits for it."""
    platforms.trouble[HOST] = lambda handler: handler.send(
        200, b"{}", X_RateLimit_Remaining="0", X_RateLimit_Reset="30"
    )
    asking = web()
    asking.fetch_json(URL)

    assert asking.pause_seconds == 30


@pytest.fixture
def netrc(monkeypatch, tmp_path):
    """Logins of the person at this machine: one for the host, one for all others."""
    file = tmp_path / "netrc"
    entries = [f"machine {HOST}", "default"]
    file.write_text("".join(f"{one}\nlogin me\npassword mine\n" for one in entries))
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))


@pytest.mark.parametrize("headers", [None, {"Authorization": "Bearer s3cret"}])
def test_no_login_is_taken_from_netrc(web, platforms, netrc, headers):
    """Not for a question without a key, not in the place of ours, not on the way."""
    answers = iter([sent_to("/b"), lambda handler: handler.send(200, b"{}")])
    platforms.trouble[HOST] = lambda handler: next(answers)(handler)

    web().fetch_json(URL, headers=headers)

    sent = [asked.get("Authorization") for asked in platforms.headers]
    assert sent == [headers and "Bearer s3cret"] * 2


def test_proxies_and_certificates_are_those_of_the_environment(web, monkeypatch):
    """Some networks let nobody out otherwise."""
    seen = []

    def send(adapter, request, **options):
        seen.append((options["proxies"].get("https"), options["verify"]))
        response = requests.Response()
        response.status_code, response._content = 200, b"{}"
        return response

    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "near.example")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/certificates.pem")
    monkeypatch.setattr(HTTPAdapter, "send", send)
    web().fetch_json(URL)
    web().fetch_json("https://near.example/")

    proxy = "http://proxy.example:3128"
    assert seen == [(proxy, "/certificates.pem"), (None, "/certificates.pem")]


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

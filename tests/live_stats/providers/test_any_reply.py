"""Whatever a platform answers, a provider reads a number or raises a Failure.

Any other exception is a bug of ours, and ends a command: so none may come of a reply.
"""

import json
from urllib.parse import quote, urlencode

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.collection.http_errors import failure_for_status
from pelican.plugins.live_stats.model.errors import Failure
from pelican.plugins.live_stats.model.values import Reading
from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.providers.base import Query, unavailable
from pelican.plugins.live_stats.references.catalogue import facts, parse
from support.platforms import Platforms, credentials_for

HOSTILE = (
    None, True, False, 0, -1, 2**63, 10**400, -(10**400), 1.5, 1e300, -1e300,
    float("nan"), float("inf"), "", " ", "a", "7", "-1", "9" * 5_000, "\ud800", "a\nb",
    "é", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "99991231", "2026",
    "99991231T235959Z", "{}", "http://[", "https://graph.facebook.com/\ud800", [], {},
    [[]], [{}], {"": {}}, {"error": {}}, [None], {"value": {}}, {"code": []},
)  # fmt: skip
ANY = st.recursive(
    st.sampled_from(HOSTILE) | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "items", "error", "posts", "count", "0"]), inner
        )
    ),
    max_leaves=6,
)
"""JSON of every shape."""

ASKED = {
    provider.name: [
        (kind, metric)
        for kind in provider.kinds
        for metric in kind.metrics
        if not unavailable(provider, kind.name, metric.name)
    ]
    for provider in PROVIDERS
    if provider.name != "all"
}
EVERY = [
    pytest.param(provider, id=provider.name)
    for provider in PROVIDERS
    if ASKED.get(provider.name)
]
SPEND = settings(
    max_examples=12,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


class Answers:
    """A session without a network: the typical replies, changed by `change`."""

    def __init__(self, platforms, change):
        self.platforms, self.change, self.cache = platforms, change, {}

    def fetch_json(
        self, url, *, params=None, headers=None, body=None, form=None, accept=(), **_
    ):
        request = requests.Request("GET", url, params=params).prepare()
        method = "GET" if body is None and form is None else "POST"
        sent = json.dumps(body) if body is not None else urlencode(form or {})
        host = request.url.split("/")[2]
        status, reply, _ = self.platforms.answer(
            method, host, request.path_url, dict(headers or {}), sent.encode()
        )
        if status >= 400 and status not in accept:
            raise failure_for_status(status, {}, host, "")
        return self.change(reply)

    def pause(self, seconds):
        assert seconds >= 0


@pytest.fixture
def typical(today):
    """The stand-in's replies, without its server."""
    platforms = Platforms.__new__(Platforms)
    made = Platforms(today)
    made._server.server_close()
    platforms.__dict__.update(made.__dict__)
    return platforms


def read(provider, kind, metric, platforms, change, today):
    """What the provider makes of such replies: readings, or None after a Failure."""
    place = f"{provider.name}@example.org" if kind.needs_server else provider.name
    reference, _ = parse(
        f"{place}/{kind.name}/{quote(kind.example, safe='')}/{metric.name}"
    )
    about = facts(reference)
    query = Query(
        server=about.server,
        kind=kind.name,
        subject=reference.subject,
        metrics=(metric,),
        window=reference.window,
        today=today,
        credentials=credentials_for(provider),
        options={name: usual or "yes" for name, usual in provider.options.items()},
    )
    try:
        return list(provider.fetch(query, Answers(platforms, change)))
    except Failure as failure:
        assert str(failure).isprintable() and "s3cret" not in str(failure)
        return None


def is_read(readings):
    return all(
        isinstance(one, Reading) and type(one.value) is int and one.value >= 0
        for one in readings or ()
    )


@pytest.mark.parametrize("provider", EVERY)
@given(data=st.data())
@SPEND
def test_json_of_any_shape_is_a_failure(provider, data, typical, today):
    """Random replies are read as none, and by accident as a number."""
    kind, metric = data.draw(st.sampled_from(ASKED[provider.name]))
    login = data.draw(st.booleans())

    def change(reply):
        # Behind a login that works, the questions themselves are answered so.
        known = isinstance(reply, dict) and {"accessJwt", "access_token"} & {*reply}
        return reply if login and known else data.draw(ANY)

    assert is_read(read(provider, kind, metric, typical, change, today))


@pytest.mark.parametrize("provider", EVERY)
@given(data=st.data())
@SPEND
def test_one_odd_value_anywhere_is_a_failure_or_nothing(provider, data, typical, today):
    """A typical reply of which any one part is something else, or missing."""
    kind, metric = data.draw(st.sampled_from(ASKED[provider.name]))

    def change(reply):
        reply = json.loads(json.dumps(reply))
        places = list(parts(reply))
        if places:
            holder, key = data.draw(st.sampled_from(places[:60]))
            if data.draw(st.booleans()):
                holder[key] = data.draw(ANY)
            else:
                del holder[key]
        return reply

    assert is_read(read(provider, kind, metric, typical, change, today))


def parts(value):
    """Every part of a reply, as what holds it and its place there."""
    if not isinstance(value, dict | list):
        return
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from parts(value[key])

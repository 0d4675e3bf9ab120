"""Wherever a platform sends us, a key goes to nobody else. Judged by the connection
that the library would open for each request: none is opened here."""

import json
from base64 import b64decode
from urllib.parse import quote, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from pelican.plugins.live_stats.collection import scheduler
from support.canaries import ENVIRONMENT, SECRET, questions
from support.desk import Desk

EVIL = [
    "https://evil.example\\@{host}/x",
    "https://evil.example/",
    "//evil.example/x",
    "/\\evil.example/x",
    "https://{host}@evil.example/",
    "https://{host}:443@evil.example/",
    "https://{host}%40evil.example/",
    "https://{host}.evil.example/",
    "https://evil.example#@{host}/",
    "https://evil.example;@{host}/",
    "https://{host}\t.evil.example/",
    "https://\uff45vil.example/",
    "https://evil\u3002example/",
    "https://{host}:8443/",
    "http://{host}/",
    "HTTP://{host}:443/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "file:///etc/passwd",
    "https://evil.example/" + "a" * 60_000,
    "",
    "?",
    "/elsewhere",
]


class Pools:
    """In place of what connects: notes where, and sends everybody to `location`.

    With `logged_in`, logins are answered, so that what comes after them is asked too.
    """

    def __init__(self, platforms, location, status, logged_in):
        self.platforms, self.location = platforms, location
        self.status, self.logged_in = status, logged_in
        self.got = []

    def send(self, adapter, request, **options):
        pool = adapter.get_connection_with_tls_context(request, options["verify"])
        body = request.body or b""
        text = "\n".join([request.url, *map(str, request.headers.values())])
        text += body if isinstance(body, str) else body.decode()
        _, _, code = request.headers.get("Authorization", "").partition("Basic ")
        text += b64decode(code).decode()
        place = (pool.scheme, pool.host, pool.port or 443)
        self.got.append((place, text, request))
        response = requests.Response()
        host = urlsplit(request.url).netloc
        if self.logged_in and request.method == "POST":
            status, reply, _ = self.platforms.answer(
                "POST", host, request.path_url, request.headers, body
            )
            response.status_code, response._content = status, json.dumps(reply).encode()
            return response
        location = self.location.format(host=host)
        response.status_code, response._content = self.status, b"{}"
        response.headers["Location"] = location.encode().decode("latin-1")
        return response


@pytest.mark.parametrize(("status", "logged_in"), [(302, True), (307, False)])
def test_no_key_goes_elsewhere(tmp_path, platforms, monkeypatch, status, logged_in):
    """Each goes where it goes without a redirect, and no answer becomes a reading."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    asked, homes = [*questions()], {}
    for location in ["/ok", *EVIL[logged_in::2]]:
        pools = Pools(platforms, location, status, logged_in)
        monkeypatch.setattr(
            HTTPAdapter, "send", lambda *a, pools=pools, **o: pools.send(*a, **o)
        )
        Desk(tmp_path).collect(*asked, env=ENVIRONMENT, everything=True)

        found = {}
        for place, text, _ in pools.got:
            for name, secret in SECRET.items():
                if secret in text or quote(secret, "") in text:
                    found.setdefault(name, set()).add(place)
        homes = homes or found
        assert len(found) > len(SECRET) - 4
        assert all(places <= homes[name] for name, places in found.items()), location
        for scheme, host, port in set().union(*found.values()):
            assert (scheme, port) == ("https", 443) and "evil" not in host
        assert not list(tmp_path.rglob("observations/*.jsonl"))

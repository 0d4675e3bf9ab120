"""What all tests share: no network but loopback, and a stand-in for the platforms."""

import os
from datetime import date

import pytest
from hypothesis import settings
from pelican.settings import DEFAULT_CONFIG
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts
from requests.adapters import HTTPAdapter

from support.compiled_templates import compiled_once
from support.platforms import Platforms
from support.plugins import unplugged_plugins
from support.redirect.redirect import redirect_to

# Examples have no time limit: speed is no claim of these tests. Where nobody watches,
# the examples are the same in every run; at a desk they differ, and find more.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def only_loopback():
    """A socket that leaves this machine is an error in every test."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True, scope="session")
def compiled():
    """Templates of the theme are compiled once, not for every site of a test."""
    with compiled_once():
        yield


@pytest.fixture(autouse=True)
def unplugged():
    """A plugin of one test listens in no other."""
    with unplugged_plugins():
        yield


@pytest.fixture(autouse=True)
def defaults():
    """Pelican adds the paths of a site to its defaults: those of one test end there."""
    names = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES")
    kept = {name: list(DEFAULT_CONFIG[name]) for name in names}
    yield
    for name in names:
        DEFAULT_CONFIG[name][:] = kept[name]


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def platforms(monkeypatch, today):
    """The stand-in, reached by whatever asks with `requests`."""
    server = Platforms(today).start()
    monkeypatch.setattr(HTTPAdapter, "send", redirect_to(server.address))
    yield server
    server.stop()


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    """An empty site, and a stand-in clock; no credentials from outside."""
    from support.site_folder import Site

    for name in ("X_BEARER_TOKEN", "TWITTER_BEARER_TOKEN", "BEARER_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("BLUESKY_HANDLE", "BSKY_HANDLE", "MASTODON_INSTANCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path, capsys)


@pytest.fixture(scope="module")
def browser():
    """A real browser, started once for the tests of a file."""
    from support.browsing import a_browser

    with a_browser() as browser:
        yield browser


@pytest.fixture
def reader(site, platforms, browser, monkeypatch):
    """Opens a page that is refreshed now and then; the post has three figures."""
    from pelican.plugins.live_stats.collection import scheduler
    from support.reading import readers

    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    with readers(site, platforms, browser) as open_:
        yield open_

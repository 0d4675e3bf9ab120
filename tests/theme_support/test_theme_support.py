"""What a page may load, for each service that may count its visits."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pelican.plugins.theme_support.errors import SettingError
from pelican.plugins.theme_support.integrations import analytics, newsletter
from pelican.plugins.theme_support.security import csp
from pelican.plugins.theme_support.settings import ThemeSettings

UUID = "83dd64c4-17ad-4e3e-a905-b3d8c867c1a5"
OWN = "https://stats.example.org"
MAILCHIMP = "https://letters.us1.list-manage.com/subscribe/post?u=0a1b&id=2c3d"
CLICKY = {"service": "clicky", "site": "101"}
# Each service, and the hosts that scripts, connections and images come from.
SERVICES = [
    (CLICKY, "static.getclicky.com in.getclicky.com", "in.getclicky.com", ""),
    (
        {"service": "plausible", "site": "blog.example"},
        "plausible.io", "plausible.io", "",
    ),
    (
        {"service": "plausible", "site": "blog.example", "server": OWN},
        "stats.example.org", "stats.example.org", "",
    ),
    (
        {"service": "goatcounter", "site": "myblog"},
        "gc.zgo.at", "myblog.goatcounter.com", "",
    ),
    (
        {"service": "goatcounter", "server": OWN},
        "stats.example.org", "stats.example.org", "",
    ),
    (
        {"service": "umami", "site": UUID},
        "cloud.umami.is", "gateway.umami.is", "",
    ),
    (
        {"service": "umami", "site": UUID, "server": f"{OWN}/umami/"},
        "stats.example.org", "stats.example.org", "",
    ),
    (
        {"service": "matomo", "site": 1, "server": f"{OWN}/matomo"},
        "stats.example.org", "stats.example.org", "stats.example.org",
    ),
    (
        {"service": "fathom", "site": "ABCDEFGH"},
        "cdn.usefathom.com", "cdn.usefathom.com", "cdn.usefathom.com",
    ),
    (
        {"service": "simpleanalytics", "site": "blog.example"},
        "scripts.simpleanalyticscdn.com",
        "queue.simpleanalyticscdn.com",
        "queue.simpleanalyticscdn.com",
    ),
]  # fmt: skip
LETTERS = [
    ("", ""),
    ({"service": "buttondown", "name": "myletter"}, "https://buttondown.com"),
    (
        {"service": "mailchimp", "action": MAILCHIMP},
        "https://letters.us1.list-manage.com",
    ),
]


def third_parties(found):
    """What a policy allows besides the site itself, by directive."""
    foreign = {
        directive: {source for source in sources if not source.startswith("'")}
        for directive, sources in found.items()
    }
    return {directive: sources for directive, sources in foreign.items() if sources}


@pytest.mark.parametrize(("setting", "scripts", "connections", "images"), SERVICES)
def test_a_policy_names_exactly_the_hosts_of_its_service(
    setting, scripts, connections, images
):
    """The hosts of each directive are the service's, and no directive has others."""
    found = ThemeSettings.read({"ANALYTICS": setting}).page_policy()

    assert third_parties(found) == {
        directive: {f"https://{host}" for host in hosts.split()}
        for directive, hosts in (
            ("script-src", scripts),
            ("connect-src", connections),
            ("img-src", images),
        )
        if hosts
    }


@pytest.mark.parametrize("setting", [row[0] for row in SERVICES])
def test_the_script_of_a_service_is_one_that_its_policy_allows(setting):
    """What the loader appends is at a host of script-src, by https."""
    read = analytics.read(setting)
    allowed = dict(read.sources)["script-src"]

    assert any(read.script.startswith(f"{host}/") for host in allowed)
    assert read.page.startswith("https://") and read.label and read.title


def test_off_means_no_third_party_at_all():
    """Without settings, pages load nothing from elsewhere and send nothing there."""
    theme = ThemeSettings.read({})

    assert third_parties(theme.page_policy()) == {}
    assert theme.analytics is None and theme.newsletter is None


def test_clicky_is_shown_to_readers_by_its_own_name():
    """Readers are sent to the site's own page at Clicky."""
    read = analytics.read(CLICKY)

    assert read.page == "https://clicky.com/101"
    assert read.title == "Real Time Web Analytics"
    assert analytics.read({**CLICKY, "page": f"{OWN}/p"}).page == f"{OWN}/p"


@pytest.mark.parametrize(("setting", "host"), LETTERS)
def test_a_form_may_be_sent_to_its_service_and_nowhere_else(setting, host):
    """The newsletter's host is in form-action, and in no other directive."""
    found = ThemeSettings.read({"NEWSLETTER": setting}).page_policy()

    assert third_parties(found) == ({"form-action": {host}} if host else {})


def test_mailchimp_gets_the_field_that_only_machines_fill_in():
    """The trap is named by the list, as in Mailchimp's own form."""
    read = newsletter.read({"service": "mailchimp", "action": MAILCHIMP})

    assert (read.field, read.trap) == ("EMAIL", "b_0a1b_2c3d")


@given(
    some.sampled_from(["", *(row[0] for row in SERVICES)]),
    some.sampled_from([row[0] for row in LETTERS]),
    some.booleans(),
    some.lists(some.text(), max_size=3),
)
def test_nothing_is_ever_allowed_inline(counting, letters, search, scripts):
    """No combination of settings allows inline code, code from text, or any host."""
    hashes = [csp.hash_of(script) for script in scripts]
    settings = {"ANALYTICS": counting, "NEWSLETTER": letters, "SEARCH": search}
    theme = ThemeSettings.read({**settings, "POLICY_HASHES": hashes})

    for found in (theme.page_policy(), theme.embed_policy()):
        for text in (csp.as_header(found), csp.as_meta(found)):
            assert "unsafe-inline" not in text and "'unsafe-eval'" not in text
            assert "data:" not in text and "http:" not in text
        assert found["default-src"] == ("'none'",)
        assert ("'wasm-unsafe-eval'" in found["script-src"]) == (
            search and found["frame-ancestors"] == ("'none'",)
        )
    assert theme.embed_policy()["frame-ancestors"] == ("*",)
    assert set(third_parties(theme.embed_policy())) == {"frame-ancestors"}


def test_a_meta_says_nothing_that_only_a_header_may():
    """Browsers ignore frame-ancestors there; previews on http stay whole."""
    found = csp.as_meta(ThemeSettings().page_policy())

    assert "frame-ancestors" not in found and "upgrade-insecure" not in found
    assert found.startswith("default-src 'none'; base-uri 'none'; form-action 'self'")


def test_a_hash_is_of_the_text_between_the_tags():
    """As browsers compute it: SHA-256 of the UTF-8 bytes, in Base64."""
    digest = base64.b64encode(hashlib.sha256("a = 'ü'".encode()).digest()).decode()

    assert csp.hash_of("a = 'ü'") == f"'sha256-{digest}'"


def test_a_script_that_servers_would_block_is_a_mistake():
    """A page cannot allow what the header of all pages does not."""
    known, other = csp.hash_of("a"), csp.hash_of("b")
    theme = ThemeSettings.read({"POLICY_HASHES": [known]})
    theme.check_hashes([known])

    with pytest.raises(SettingError, match="POLICY_HASHES"):
        theme.check_hashes([known, other])

"""What a policy allows, and what of a text it blocks."""

import pytest

from pelican.plugins.theme_support.security.blocked import allows, find
from pelican.plugins.theme_support.settings import ThemeSettings

SITE = "https://blog.example/blog"


@pytest.mark.parametrize(
    "source, address",
    [
        ("'self'", "/a.png"),
        ("'self'", "a.png"),
        ("'self'", "{static}/a.png"),
        ("'self'", "https://blog.example/a.png"),
        ("https://a.example", "https://a.example/x/y.png"),
        ("https://a.example", "https://A.example"),
        ("https://a.example", "//a.example/x"),
        ("https://a.example/x/", "https://a.example/x/y"),
        ("https://*.a.example", "https://b.a.example/"),
        ("https:", "https://any.example/"),
        ("*", "http://any.example/"),
        ("data:", "data:image/gif;base64,AA=="),
        ("data:", " DATA:image/gif,"),
        ("https://a.example:8080", "https://a.example:8080/"),
    ],
)
def test_a_source_allows_its_addresses(source, address):
    """By the rules that browsers follow."""
    assert allows(["https://no.example", source], address, SITE)


@pytest.mark.parametrize(
    "source, address",
    [
        ("'none'", "/a.png"),
        ("'self'", "https://other.example/a.png"),
        ("'self'", "http://blog.example/a.png"),
        ("'self'", "data:image/gif,"),
        ("*", "data:image/gif,"),
        ("https://a.example", "http://a.example/"),
        ("https://a.example", "https://a.example.evil.example/"),
        ("https://a.example", "https://b.a.example/"),
        ("https://a.example", "https://a.example:8080/"),
        ("https://a.example/x/", "https://a.example/y"),
        ("https://*.a.example", "https://a.example/"),
    ],
)
def test_and_no_others(source, address):
    """Nor what only begins like one."""
    assert not allows([source], address, SITE)


def test_what_is_found_is_allowed_by_the_setting_that_is_named():
    """The mend, applied, works: for every kind that names a setting."""
    texts = [
        '<iframe src="https://a.example/x"></iframe>',
        '<img src="https://a.example/x.png" alt="">',
        '<video src="https://a.example/x.mp4"></video>',
        "<audio><source src='//a.example/x.mp3'></audio>",
        '<script src="https://a.example/x.js"></script>',
        "<script>alert('1 < 2')</script>",
        "<style>p > a { color: red }</style>",
        '<p style="color: red">x</p>',
        '<form action="https://a.example/"></form>',
        '<object data="https://a.example/a"></object>',
        '<link rel="stylesheet" href="https://a.example/a.css">',
        '<img src="data:image/gif,x" alt="">',
        '<svg><image href="https://a.example/x.png"/></svg>',
    ]
    usual = ThemeSettings.read({}).page_policy()
    for text in texts:
        [found] = find(text, usual, SITE)
        name, _, value = found.mend.rpartition("POLICY_")[2].partition(" = ")
        settings = ThemeSettings.read({f"POLICY_{name}": eval(value)})
        assert find(text, settings.page_policy(), SITE) == [], found.mend


def test_the_policy_that_is_sent_has_what_the_setting_allows():
    """Its own sources stay, and the cards for other sites allow no more."""
    settings = ThemeSettings.read(
        {"POLICY_SOURCES": {"img-src": ["https://a.example"], "frame-src": ["https:"]}}
    )
    assert settings.page_policy()["img-src"] == ("'self'", "https://a.example")
    assert settings.page_policy()["frame-src"] == ("https:",)
    assert settings.page_policy()["media-src"] == ("'self'",)
    assert "frame-src" not in settings.embed_policy()

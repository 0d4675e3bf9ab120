"""Slots in templates: printed as tokens, compared as numbers, registered when read."""

import pytest
from jinja2 import Environment

from pelican.plugins.live_stats.pelican_plugin.template_api.rows import SeriesRow
from pelican.plugins.live_stats.pelican_plugin.template_api.slot_registry import (
    Registry,
    Slot,
    as_number,
)
from pelican.plugins.live_stats.pelican_plugin.template_api.stats import Stats
from pelican.plugins.live_stats.references.catalogue import AddressError, from_series
from pelican.plugins.live_stats.rendering.slots import tokens
from pelican.plugins.live_stats.rendering.specs import ReadingSpec, ValueSpec

SIX = "mastodon/tag/metoo/posts@6d"


def rendered(text, value):
    return (
        Environment(autoescape=True)
        .from_string(text)
        .render(n=Slot("\ue000\ue011\ue001", lambda: value))
    )


@pytest.mark.parametrize(
    "text", ["{{ n }}", "{{ '' ~ n }}", "{{ n | e }}", "{{ n | string }}"]
)
def test_a_printed_slot_is_its_token(text):
    """However a template prints it, the fill finds it again."""
    assert rendered(text, 7) == "\ue000\ue011\ue001"


@pytest.mark.parametrize(
    ("test", "with_7", "without"),
    [
        ("n", True, False),
        ("n > 6", True, False),
        ("n >= 8", False, False),
        ("n < 8", True, False),
        ("n <= 6", False, False),
        ("n == 7", True, False),
        ("n != 7", False, True),
        ("6 < n", True, False),
        ("n > n", False, False),
    ],
)
def test_a_compared_slot_is_its_number(test, with_7, without):
    """Without a reading every comparison is false: no number is invented."""
    text = f"{{{{ 1 if {test} else 0 }}}}"

    assert rendered(text, 7) == str(int(with_7))
    assert rendered(text, None) == str(int(without))


def test_a_slot_is_no_key():
    """It equals a number that changes, so it has no hash to be found by."""
    with pytest.raises(TypeError):
        hash(Slot("", lambda: 7))


def test_a_converted_slot_is_a_number():
    """`|int` gives the value, or nothing where there is none; others are as usual."""
    assert as_number(Slot("", lambda: 7), int) == 7
    assert str(as_number(Slot("", lambda: None), int)) == ""
    assert as_number("8", int) == 8


def test_reading_an_attribute_registers_its_slot():
    """Facts cost nothing; a slot is registered once, and its series are collected."""
    registry = Registry(lang="en", latest=lambda series: None)
    row = SeriesRow(
        reference=from_series(SIX), lang="de", registry=registry,
        id="mastodon-posts-6d", hashtag="MeToo", folder="hashtags/metoo/",
    )  # fmt: skip

    assert row.label == "Mastodon"
    assert row.badge.url == "hashtags/metoo/badges/mastodon-posts-6d.svg"
    assert not registry.specs and not registry.series
    (token,) = tokens(row.reading)
    assert row.reading == row.reading
    assert registry.specs == {str(token.number): ReadingSpec(series=SIX, lang="de")}
    assert registry.series == {SIX}


def test_a_number_is_registered_in_the_language_asked_for():
    """`stats(address, lang)`; what is decided on is noted once it is read."""
    registry = Registry(lang="en", latest=lambda series: 7)
    stats = Stats(registry, {}, {}, [])

    slot = stats("mastodon/tag/metoo", "fr")
    assert list(registry.specs.values()) == [ValueSpec(series=SIX, lang="fr")]
    assert registry.decisions == {}
    assert slot > 6 and registry.decisions == {SIX: 7}
    with pytest.raises(AddressError):  # no template is being rendered
        stats("mastodon/tagg/metoo")

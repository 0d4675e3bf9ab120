"""Specs: stored and loaded unchanged, told apart by their tag, each with a renderer."""

import json

import pytest

from pelican.plugins.live_stats.rendering import derived_files, fragments
from pelican.plugins.live_stats.rendering.environment import TEMPLATES
from pelican.plugins.live_stats.rendering.specs import (
    KINDS,
    BadgeSpec,
    ChartClaim,
    ChartSpec,
    ClaimSpec,
    ComparedHashtag,
    CompareSpec,
    FigureSpec,
    ObservationsSpec,
    ReadingSpec,
    ShareSpec,
    StatusSpec,
    UnknownFragmentError,
    ValueSpec,
    from_json,
)

SIX, DAILY = "mastodon/tag/metoo/posts@6d", "mastodon/tag/metoo/posts@1d"
CLAIM = ClaimSpec(text="over 21,000", value=21_000, bound="over", day="2017-10-17")
HASHTAG = {"label": "MeToo", "lang": "en", "items": (SIX, DAILY)}


@pytest.mark.parametrize(
    "spec",
    [
        ValueSpec(series=SIX, lang="de"),
        StatusSpec(lang="en"),
        ObservationsSpec(lang="en", format="csv"),
        FigureSpec(
            series=SIX,
            lang="en",
            claim=CLAIM,
            what="posts",
            mode="beside",
            page="a.html",
            row="#figure-1",
        ),
        ChartSpec(
            **HASHTAG,
            keyless=("Mastodon",),
            missing=({"label": "X", "variables": ["X_BEARER_TOKEN"]},),
            claims=(ChartClaim(SIX, "2017-10-17", 21_000, "over 21,000"),),
            posts=("2017-10-17", "2018-01-02"),
        ),
        CompareSpec(
            lang="en",
            hashtags=(ComparedHashtag("MeToo", "hashtags/metoo/", 2, (SIX, DAILY)),),
        ),
        ShareSpec(lang="en", site="Team", title="T", what="", items=(SIX,)),
        ShareSpec(lang="en", site="Team", title="T", what="", claim=CLAIM),
    ],
)
def test_a_spec_is_stored_and_loaded_unchanged(spec):
    """What a refresh fills a slot with is what the build meant."""
    assert from_json(json.loads(json.dumps(spec.to_json()))) == spec


def test_kinds_with_the_same_fields_are_not_equal():
    """Two slots of one series are two slots."""
    assert ValueSpec(series=SIX, lang="en") != ReadingSpec(series=SIX, lang="en")
    assert ValueSpec(series=SIX, lang="en") == ValueSpec(series=SIX, lang="en")


@pytest.mark.parametrize("entry", [{"fragment": "pie"}, {}, {"lang": "en"}])
def test_an_unknown_tag_is_named(entry):
    """An index of another version fails with the tag, not with a missing key."""
    with pytest.raises(UnknownFragmentError, match="no fragment is called"):
        from_json(entry)


def test_every_kind_has_one_renderer():
    """A kind is a template of ours or a derived file, and never both."""
    templates = {kind.fragment for kind in fragments.CONTEXTS}
    files = {tag for tag, kind in KINDS.items() if kind in derived_files.RENDERERS}

    assert templates | files == set(KINDS)
    assert not templates & files
    for name in templates:
        assert (TEMPLATES / f"live_stats/{name}.html").is_file()


def test_a_slot_depends_on_what_it_shows():
    """A moved series makes its files due; our code alone does where none is shown."""
    badge = BadgeSpec(series=SIX, lang="en", label="MeToo")
    title = ShareSpec(lang="en", site="Team", title="T", what="")

    assert badge.depends_on == badge.shown == (SIX,)
    assert (title.depends_on, title.shown) == (("drawn", "none"), ())
    assert StatusSpec(lang="en").depends_on == ("*",)
    assert ObservationsSpec(lang="en", format="csv").depends_on == ("history/",)

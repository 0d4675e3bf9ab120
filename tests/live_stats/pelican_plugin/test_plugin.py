"""One object has the state of a build: its receivers are connected once."""

from blinker import ANY

from pelican.plugins import signals
from pelican.plugins.live_stats.pelican_plugin import plugin


def receivers(signal):
    return [
        one
        for one in signal.receivers_for(ANY)
        if isinstance(getattr(one, "__self__", None), plugin.LiveStatsPlugin)
    ]


def test_a_second_registration_changes_nothing():
    """Pelican registers a plugin for every site; it gets each signal once."""
    plugin.register()
    plugin.register()

    for signal in (signals.initialized, signals.readers_init, signals.generator_init):
        assert [one.__self__ for one in receivers(signal)] == [plugin.installed()]


def test_a_build_has_its_own_outcome_and_a_failed_one_none(site):
    """What a command reads after a run is of that run, not of the one before."""
    site.post()
    assert site.publish("--offline") == 0, site.out
    first = plugin.installed().outcome

    site.post("b")
    assert site.publish("--offline") == 0, site.out
    second = plugin.installed().outcome
    site.post("c", text="[x](/nowhere/)")
    assert site.publish("--offline") == 1

    assert first is not None and second is not None and second is not first
    assert plugin.installed().outcome is None


def test_nothing_is_built_again_before_a_first_build():
    """There is nothing yet that a change of texts could be applied to."""
    assert plugin.LiveStatsPlugin().rebuild(["/content/posts/a.md"]) is None

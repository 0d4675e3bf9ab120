"""What fragments of many pages have in common is made once."""

from types import SimpleNamespace

import pytest

from pelican.plugins.live_stats.rendering import environment
from pelican.plugins.live_stats.rendering.environment import FragmentEnvironment


@pytest.fixture
def calls(tmp_path):
    """`say(series, lang)` of a theme's template, and which series it made."""
    made = []
    (tmp_path / "said.html").write_text(
        "{% macro one(s) %}<b>{{ note(s.series) }} {{ s.lang }}</b>{% endmacro %}"
        "{% macro other(s) %}<i>{{ s.series }}</i>{% endmacro %}"
        "{{ kept(one, s) }}{{ kept(other, s) }}"
    )
    templates = FragmentEnvironment([tmp_path])
    templates.globals["note"] = lambda series: made.append(series) or series
    template = templates.get_template("said.html")

    def say(series, lang="en"):
        return template.render(s=SimpleNamespace(series=series, lang=lang))

    return SimpleNamespace(say=say, made=made)


def test_each_series_is_made_once_for_each_language(calls):
    """Whatever page shows it; one macro is not taken for another."""
    for _ in range(3):
        assert calls.say("a&b") == "<b>a&amp;b en</b><i>a&amp;b</i>"
        assert calls.say("a&b", "de") == "<b>a&amp;b de</b><i>a&amp;b</i>"
        assert calls.say("c") == "<b>c en</b><i>c</i>"

    assert calls.made == ["a&b", "a&b", "c"]


def test_not_more_is_kept_than_fits(calls, monkeypatch):
    """A site with more series than that gets the same text."""
    monkeypatch.setattr(environment, "MOST", 3)
    series = [str(number) for number in range(9)]
    for _ in range(2):
        said = [calls.say(one) for one in series]
        assert said == [f"<b>{one} en</b><i>{one}</i>" for one in series]

    assert calls.made == series * 2


def test_two_snapshots_share_nothing(tmp_path):
    """What was said of a series an hour ago is not said again."""
    view = SimpleNamespace(series="a", lang="en")
    said = [
        FragmentEnvironment([tmp_path]).globals["kept"](saying(text), view)
        for text in ("old", "new")
    ]
    assert said == ["old", "new"]


def saying(text):
    """A macro that says one thing."""

    def macro(view):
        return text

    macro.name = "one"
    return macro

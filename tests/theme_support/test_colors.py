"""The accent colour: what can be read, and what is made of one that cannot."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.theme_support import colors
from pelican.plugins.theme_support.errors import SettingError
from support.paths import ROOT

COLOR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_is_that_of_wcag():
    """Known values: black on white, the same twice, and a grey of the edge."""
    assert colors.contrast("#000", "#ffffff") == pytest.approx(21)
    assert colors.contrast("#123456", "#123456") == 1
    assert colors.contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.005)


def test_the_papers_are_those_of_the_style_sheet():
    """A theme that has another page colour has another check."""
    tokens = (ROOT / "theme/css/tokens.css").read_text()
    for scheme, number in (("light", 0), ("dark", 1)):
        found = [
            re.search(rf"--color-{name}: light-dark\((.*?), (.*?)\)", tokens).groups()
            for name in ("paper", "wash")
        ]
        assert tuple(pair[number] for pair in found) == colors.PAPER[scheme]


@given(COLOR)
def test_any_colour_is_taken_or_one_is_offered_that_is(color):
    """The mend of the mistake works, in light and in dark."""
    for scheme in ("light", "dark"):
        pair = {"light": ["#000000", "#ffffff"], "dark": ["#000000", "#ffffff"]}[scheme]
        pair[scheme == "dark"] = color
        try:
            accent = colors.read(pair)
        except SettingError as error:
            offered = re.search('"(#.{6})" has it', str(error))[1]
            pair[scheme == "dark"] = offered
            accent = colors.read(pair)
        assert getattr(accent, scheme) == pair[scheme == "dark"]


@given(COLOR)
def test_the_dark_form_of_one_colour_can_be_read(color):
    """Whatever the colour is, if it can be read on a light page."""
    try:
        accent = colors.read(color)
    except SettingError:
        return
    for paper in colors.PAPER["dark"]:
        assert colors.contrast(accent.dark, paper) >= colors.ENOUGH


@pytest.mark.parametrize(
    "value", ["red", "8a1c4a", "#12", 7, ["#000"] * 3, ("#000", 1)]
)
def test_what_is_no_colour_is_a_mistake(value):
    """It says what to write."""
    with pytest.raises(SettingError, match='write ACCENT_COLOR = "#8a1c4a"'):
        colors.read(value)


def test_no_accent_is_the_theme_s():
    """The style sheet has it."""
    assert colors.read("") is None

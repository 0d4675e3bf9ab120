"""The reference of templates has everything that a theme may use, and nothing else."""

import re

import pytest

from pelican.plugins.live_stats.pelican_plugin.template_api.hashtags import Hashtag
from pelican.plugins.live_stats.pelican_plugin.template_api.history_part import (
    HistoryPart,
)
from pelican.plugins.live_stats.pelican_plugin.template_api.rows import (
    DerivedFile,
    FigureRow,
    SeriesRow,
)
from pelican.plugins.live_stats.pelican_plugin.template_api.slot_registry import Slot
from pelican.plugins.live_stats.pelican_plugin.template_api.stats import Stats
from pelican.plugins.live_stats.rendering.chart_data import ChartSeries
from pelican.plugins.live_stats.rendering.comparison import (
    ComparisonCell,
    ComparisonColumn,
    ComparisonRow,
)
from pelican.plugins.live_stats.rendering.environment import TEMPLATES
from pelican.plugins.live_stats.rendering.figure_text import ClaimView, Parenthesis
from pelican.plugins.live_stats.rendering.series_view import SeriesView
from pelican.plugins.live_stats.rendering.trends.milestone_sentences import (
    MilestoneSentence,
)
from pelican.plugins.live_stats.rendering.trends.rate_sentences import RateSentence
from support.docstrings import attributes, table_row
from support.paths import ROOT

PAGE = (ROOT / "docs/reference/templates.md").read_text()
SECTIONS = dict(re.findall(r"^#+ (\S+).*\n((?:(?!#).*\n)*)", PAGE, re.M))

DOCUMENTED = {
    "stats": Stats,
    "Slot": Slot,
    "Hashtags": Hashtag,
    **{
        kind.__name__: kind
        for kind in (
            FigureRow,
            SeriesRow,
            DerivedFile,
            HistoryPart,
            SeriesView,
            ClaimView,
            Parenthesis,
            ChartSeries,
            RateSentence,
            MilestoneSentence,
            ComparisonColumn,
            ComparisonRow,
            ComparisonCell,
        )
    },
}


@pytest.mark.parametrize("title", DOCUMENTED)
def test_every_attribute_is_in_the_reference(title):
    """A row for each, in the order of the class, with the words of its docstring."""
    rows = [table_row(*one) for one in attributes(DOCUMENTED[title])]

    assert rows and all(text for _, _, text in attributes(DOCUMENTED[title]))
    assert re.findall(r"^\| `.*$", SECTIONS[title], re.M) == rows


def test_every_fragment_is_in_the_reference():
    """A theme finds each template that it may replace."""
    named = set(re.findall(r"`(\w+\.html)`", SECTIONS["Fragments"]))

    assert named == {path.name for path in (TEMPLATES / "live_stats").glob("*.html")}

"""Fragments: the text that fills a slot, in the language of the page it belongs to.

A slot is written down as plain values (its spec), so that a refresh can fill it without
Pelican. Each kind of fragment is a template that a theme may override, below
`live_stats/` in its templates. What only some kinds need is loaded by them, for a
refresh of one number is over before all of it were.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..collection import health
from ..i18n import phrases
from . import specs
from .derived_files import DerivedFiles, RenderedFile
from .environment import FragmentEnvironment
from .exports.history_parts import Division
from .figure_text import (
    ClaimView,
    change_since,
    common_day,
    parenthesis,
    rewritten_claim,
)
from .series_view import SeriesView, Snapshot, repeats_another
from .slots import Rendered, plain
from .specs import Spec

A_MONTH = 30  # days

LIVE_ATTRIBUTE = "data-live"
"""Marks what filled a slot, for the theme's `live.js`."""

_ROOT_ELEMENT = re.compile(r"<[a-zA-Z][^\s/>]*")

AROUND_A_TEXT = (specs.ReadingsDaySpec, specs.CardsSpec, specs.EmbedSpec)
"""The kinds that are nothing on other pages, in feeds, and as words."""

OF_A_PAGE = (specs.FigureSpec, *AROUND_A_TEXT)
"""The kinds that look otherwise on the page that they belong to."""

Context = dict[str, Any]
"""What a template sees besides `lang`, `t` and `href`, by name."""


@dataclass(frozen=True, slots=True)
class RenderedFigure:
    """A fragment whose plain text is rendered only where it is needed."""

    html: str
    render_text: Callable[[], str]
    data: None = None

    @property
    def text(self) -> str:
        return self.render_text()


Content = Rendered | RenderedFigure | RenderedFile
"""What fills a slot: `html` for a text, `text` in plain words, `data` of a file."""


class Fragments:
    """Renders specs against one snapshot; each spec once for each kind of place.

    `themes` are folders whose templates come before ours, `series` are all that the
    site collects, `spec` gives the spec of a slot by its number, and `division` the
    files that the history is given away in.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        themes: list[Path],
        series: Sequence[str] = (),
        spec: Callable[[int], Spec] | None = None,
        division: Division | None = None,
    ) -> None:
        self.snapshot, self.series = snapshot, series
        self.spec = spec or _no_spec
        self._env = FragmentEnvironment(themes)
        self._files = DerivedFiles(snapshot, series, division)
        self._rendered: dict[tuple[int, bool], Content] = {}
        self._specs: dict[int, Spec] = {}

    def load(self) -> None:
        """Compile every template, before workers part."""
        self._env.compile_all()

    def rendered(self, number: int, file: str) -> Content:
        """What fills one slot of one output file. KeyError for an unknown slot."""
        spec = self._specs.get(number) or self.spec(number)
        on_page = isinstance(spec, OF_A_PAGE) and spec.page == file
        if not on_page:  # what stands on its own page is mostly needed once
            self._specs[number] = spec
        live = self.snapshot.settings.refreshed_every > 0 and file.endswith(".html")
        content = None if on_page else self._rendered.get((number, live))
        if content is None:
            content = self.render(spec, on_page=on_page)
            if isinstance(content, RenderedFile):
                return content  # of one file alone, and large
            if live:
                content = replace(content, html=mark_live(content.html))
            if not on_page:
                self._rendered[number, live] = content
        return content

    def render(self, spec: Spec, *, on_page: bool = False) -> Content:
        """The fragment or file of `spec`.

        `on_page` is for what belongs to a page, and stands there: a figure gets a
        button that opens its card.
        """
        if isinstance(spec, AROUND_A_TEXT) and not on_page:
            return Rendered(html="", text="")
        context_of = CONTEXTS.get(type(spec))
        if context_of is None:
            return self._files.render(spec)
        if on_page and isinstance(spec, specs.FigureSpec):
            return self._figure_on_page(spec)
        html = self._html(spec, context_of(self, spec))
        if isinstance(spec, AROUND_A_TEXT):
            return Rendered(html=html, text="")  # no part of any text
        return Rendered(html=html, text=plain(html))

    def _figure_on_page(self, spec: specs.FigureSpec) -> RenderedFigure:
        """A figure of the page's own text; its words say their day in any case.

        They stand in descriptions, where the head of the text is not.
        """
        head = self._common_day(spec)
        context = self.figure_context(spec, head)
        html = self._html(spec, context, spec.row)

        def words() -> str:  # which are seldom needed
            return self.render(spec).text if head else plain(html)

        return RenderedFigure(html, words)

    def _html(self, spec: Spec, context: Context, href: str = "") -> str:
        template = self._env.get_template(f"live_stats/{spec.fragment}.html")
        words = phrases.phrases_of(spec.lang)
        return template.render(lang=spec.lang, t=words, href=href, **context).strip()

    def _common_day(self, spec: specs.FigureSpec | specs.ReadingsDaySpec) -> str:
        return common_day(self.view(series, spec) for series in spec.dated)

    # --- the context of each kind of template -------------------------------------

    def view(self, series: str, spec: Spec) -> SeriesView:
        return self.snapshot.view(series, spec.lang)

    def series_context(self, spec: specs.SeriesSpec) -> Context:
        return {"s": self.view(spec.series, spec)}

    def figure_context(self, spec: specs.FigureSpec, head: str = "") -> Context:
        """`head` is the day that the head of the text says, as YYYY-MM-DD."""
        view = self.view(spec.series, spec)
        claim = ClaimView.of(spec.claim, spec.lang)
        return {
            "s": view,
            "claim": claim,
            "mode": spec.mode,
            "words": rewritten_claim(view, claim, spec.mode),
            "parenthesis": parenthesis(view, claim, spec.mode, head),
            "what": spec.what,
        }

    def readings_day_context(self, spec: specs.ReadingsDaySpec) -> Context:
        day = self._common_day(spec)
        words = phrases.format_day(date.fromisoformat(day), spec.lang) if day else ""
        return {"day": words, "day_iso": day}

    def cards_context(self, spec: specs.CardsSpec) -> Context:
        return {"cards": [self._card(card, spec) for card in spec.cards]}

    def embed_name_context(self, spec: specs.EmbedNameSpec) -> Context:
        return {
            "platform": spec.platform,
            "kind": spec.kind,
            "account": spec.account,
            "name": spec.name,
        }

    def embed_context(self, spec: specs.EmbedSpec) -> Context:
        views = (self.view(one, spec) for one in spec.items)
        read = [view for view in views if view.value is not None]
        return {"items": read, "player": spec.player}

    def _card(self, card: specs.CardOfFigure, spec: Spec) -> Context:
        view = self.view(card.series, spec)
        claim = ClaimView.of(card.claim, spec.lang)
        return {
            "s": view,
            "href": card.row,
            "what": card.what,
            "claim": claim,
            "change": change_since(view, claim),
        }

    def change_context(self, spec: specs.ChangeSpec) -> Context:
        view = self.view(spec.series, spec)
        claim = ClaimView.of(spec.claim, spec.lang)
        return {"s": view, "change": change_since(view, claim)}

    def lead_context(self, spec: specs.LeadSpec) -> Context:
        claim = ClaimView.of(spec.claim, spec.lang)
        return {"s": self.view(spec.series, spec), "what": spec.what, "claim": claim}

    def panel_context(self, spec: specs.PanelSpec) -> Context:
        return {
            "label": spec.label,
            "items": self._views(spec),
            "keyless": spec.keyless,
            "missing": spec.missing,
        }

    def compare_context(self, spec: specs.CompareSpec) -> Context:
        from .comparison import compare_series

        columns, rows = compare_series(
            spec.hashtags, lambda series: self.view(series, spec)
        )
        return {"columns": columns, "rows": rows}

    def headline_context(self, spec: specs.HashtagSpec) -> Context:
        return {"s": _leading(self._views(spec))}

    def status_context(self, spec: specs.StatusSpec) -> Context:
        snapshot = self.snapshot
        return {
            "platforms": health.health_of(
                self.series, snapshot.history, snapshot.state, snapshot.settings
            ),
            "collected_at": snapshot.state.collected_at,
            "number": lambda value: phrases.format_number(value, spec.lang),
            "moment": lambda at: f"{phrases.format_day(at, spec.lang)}, {at:%H:%M} UTC",
        }

    def row_count_context(self, spec: specs.RowCountSpec) -> Context:
        part = self._files.part(spec)
        rows = part.rows if part else 0
        return {"value": rows, "number": phrases.format_number(rows, spec.lang)}

    def chart_context(self, spec: specs.ChartSpec) -> Context:
        """The line of the leading number; if that is short, the longest there is."""
        from .chart_data import chart_context
        from .charts.geometry import PlottedClaim

        views = self._views(spec)
        best = _leading(views)
        if len(best.points) < A_MONTH:
            best = max(views, key=lambda view: len(view.points))
        claims = [
            PlottedClaim(date.fromisoformat(claim.day), claim.value, claim.text)
            for claim in spec.claims
            if claim.series == best.series and best.points_days == best.days
        ]
        return chart_context([best], spec.lang) | {
            "data": self.snapshot.settings.data,
            "label": spec.label,
            "claims": claims,
            "posts": [date.fromisoformat(day) for day in spec.posts],
            "read": best.value is not None,
            "keyless": spec.keyless,
            "missing": spec.missing,
        }

    def multiples_context(self, spec: specs.MultiplesSpec) -> Context:
        """A small line for each series that has two points or more."""
        from .chart_data import chart_context

        return chart_context(self._views(spec), spec.lang, least=2) | {
            "label": spec.label,
            "data": self.snapshot.settings.data,
        }

    def pace_context(self, spec: specs.PaceSpec) -> Context:
        from .trends.rate_sentences import rate_sentences_of

        return {"sentences": rate_sentences_of(self.snapshot, spec.items, spec.lang)}

    def milestones_context(self, spec: specs.MilestonesSpec) -> Context:
        from .trends.milestone_sentences import latest

        return {"sentences": latest(self.snapshot, spec.items, spec.lang)}

    def _views(self, spec: specs.HashtagSpec) -> list[SeriesView]:
        """The views of `items`, without a sum that is one of the others again."""
        views = [self.view(series, spec) for series in spec.items]
        return [view for view in views if not repeats_another(view, spec.items)]


CONTEXTS: dict[type[Spec], Callable[[Fragments, Any], Context]] = {
    specs.ValueSpec: Fragments.series_context,
    specs.ReadingSpec: Fragments.series_context,
    specs.AsOfSpec: Fragments.series_context,
    specs.ExactnessSpec: Fragments.series_context,
    specs.WindowSpec: Fragments.series_context,
    specs.SourceSpec: Fragments.series_context,
    specs.SparklineSpec: Fragments.series_context,
    specs.FigureSpec: Fragments.figure_context,
    specs.ReadingsDaySpec: Fragments.readings_day_context,
    specs.CardsSpec: Fragments.cards_context,
    specs.EmbedNameSpec: Fragments.embed_name_context,
    specs.EmbedSpec: Fragments.embed_context,
    specs.ChangeSpec: Fragments.change_context,
    specs.LeadSpec: Fragments.lead_context,
    specs.HeadlineSpec: Fragments.headline_context,
    specs.SparkSpec: Fragments.headline_context,
    specs.PanelSpec: Fragments.panel_context,
    specs.ChartSpec: Fragments.chart_context,
    specs.MultiplesSpec: Fragments.multiples_context,
    specs.PaceSpec: Fragments.pace_context,
    specs.MilestonesSpec: Fragments.milestones_context,
    specs.CompareSpec: Fragments.compare_context,
    specs.StatusSpec: Fragments.status_context,
    specs.RowCountSpec: Fragments.row_count_context,
}
"""What makes the context of each kind of template; all other kinds are files."""


def mark_live(markup: str) -> str:
    """A fragment whose root element has the `data-live` attribute.

    The script finds by it what a refresh may change, so only pages of a site that says
    how often it is refreshed carry it. Markup without an element gets a span around
    it: a place where there is nothing yet must be found again too.
    """
    root = _ROOT_ELEMENT.match(markup)
    if root is None:
        return f"<span {LIVE_ATTRIBUTE}>{markup}</span>"
    return f"{root[0]} {LIVE_ATTRIBUTE}{markup[root.end() :]}"


def _leading(views: Sequence[SeriesView]) -> SeriesView:
    """The first series that has a reading, else the first."""
    return next((view for view in views if view.value is not None), views[0])


def _no_spec(number: int) -> Spec:
    raise KeyError(number)

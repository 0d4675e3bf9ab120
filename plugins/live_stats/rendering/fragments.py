"""Fragments: the text that fills a slot, in the language of the page it belongs to.

A slot is written down as plain values (its spec), so that a refresh can fill it without
Pelican. Each kind of fragment is a template that a theme may override, below
`live_stats/` in its templates. What only some kinds need is loaded by them, for a
refresh of one number is over before all of it were.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..collection import health
from ..i18n import phrases
from ..model.values import Bound, Exactness
from . import derived_files
from .environment import FragmentEnvironment
from .figure_text import breaks_between, parenthesis
from .marks import marked
from .slots import Rendered, plain
from .views import SeriesView, Snapshot

A_MONTH = 30  # days

Spec = Mapping[str, Any]
"""A slot in plain values: `fragment`, `lang`, mostly `series`, and what it needs."""


@dataclass(frozen=True, slots=True)
class Lazily:
    """Markup whose plain words are made when somebody asks for them."""

    html: str
    words: Callable[[], str]
    data: None = None

    @property
    def text(self) -> str:
        return self.words()


Made = Rendered | Lazily | derived_files.RenderedFile


class Fragments:
    """Renders specs against one snapshot; each spec once for each kind of place.

    `series` is all that the site asks for.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        themes: list[Path],
        series: Sequence[str] = (),
        spec: Callable[[int], Spec] = lambda number: {},
    ) -> None:
        self.snapshot, self.series, self.spec = snapshot, series, spec
        self._env = FragmentEnvironment(themes)
        self._done: dict[tuple[int, bool], Made] = {}
        self._specs: dict[int, Spec] = {}

    def load(self) -> None:
        """Compile every template, before workers part."""
        self._env.compile_all()

    def rendered(self, number: int, file: str) -> Made:
        """What fills one slot of one output file. KeyError for an unknown slot."""
        spec = self._specs.get(number) or self.spec(number)
        here = spec.get("page") == file
        if not here:  # what stands on its own page is mostly asked for once
            self._specs[number] = spec
        live = self.snapshot.settings.refreshed_every > 0 and file.endswith(".html")
        done = None if here else self._done.get((number, live))
        if done is None:
            done = self.render(spec, here=here)
            if isinstance(done, derived_files.RenderedFile):
                return done  # of one file alone, and large
            if live:
                done = replace(done, html=marked(done.html))
            if not here:
                self._done[number, live] = done
        return done

    def render(self, spec: Spec, *, here: bool = False) -> Made:
        """The fragment of `spec`; `here` if it stands on the page it belongs to."""
        if spec["fragment"] in derived_files.FRAGMENTS:
            return derived_files.render_file(spec, self.snapshot, self.series)
        values = getattr(self, f"_{spec['fragment']}", self._one)(spec)
        template = self._env.get_template(f"live_stats/{spec['fragment']}.html")
        said = phrases.phrases_of(spec["lang"])
        href = spec.get("row", "") if here else ""
        html = template.render(lang=spec["lang"], t=said, href=href, **values).strip()
        if href:
            # The card behind a figure is no part of its words, which are seldom asked.
            return Lazily(html, lambda: self.render(spec).text)
        return Rendered(html=html, text=plain(html))

    def _view(self, series: str, spec: Spec) -> SeriesView:
        return self.snapshot.view(series, spec["lang"])

    # --- what each fragment sees, besides lang, t and href ------------------------

    def _one(self, spec: Spec) -> dict[str, Any]:
        return {"s": self._view(spec["series"], spec)}

    def _figure(self, spec: Spec) -> dict[str, Any]:
        view = self._view(spec["series"], spec)
        claim = _claim(spec)
        mode, words = spec["mode"], ""
        if mode == "replace" and view.value is not None and claim:
            words = phrases.rewrite_claim(
                claim["text"], view.lang, view.value, Exactness(view.exactness)
            )
        before, number, after = parenthesis(view, claim, mode)
        return {
            "s": view,
            "claim": claim,
            "mode": mode,
            "words": words,
            "aside": before + number + after,
            "aside_before": before,
            "aside_number": number,
            "aside_after": after,
            "show_reading": bool(number),
            "what": spec.get("what", ""),
            "change": self._changed(view, claim),
        }

    def _change(self, spec: Spec) -> dict[str, Any]:
        view, claim = self._view(spec["series"], spec), _claim(spec)
        return {"s": view, "change": self._changed(view, claim)}

    def _changed(self, view: SeriesView, claim: dict[str, Any] | None) -> str | None:
        """The way from a claim to the reading in words; None if nothing may be said."""
        # A sum's platforms come and go: no change is stated across them.
        if not claim or view.value is None or view.is_sum:
            return None
        if breaks_between(view, date.fromisoformat(claim["day_iso"])):
            return None
        return phrases.describe_change(
            Bound(claim["bound"]),
            claim["value"],
            view.value,
            Exactness(view.exactness),
            view.lang,
        )

    def _lead(self, spec: Spec) -> dict[str, Any]:
        view = self._view(spec["series"], spec)
        return {"s": view, "what": spec["what"], "claim": _claim(spec)}

    def _panel(self, spec: Spec) -> dict[str, Any]:
        items = [self._view(series, spec) for series in spec["items"]]
        return {
            "label": spec["label"],
            "items": items,
            "keyless": spec["keyless"],
            "missing": spec["missing"],
        }

    def _compare(self, spec: Spec) -> dict[str, Any]:
        from .comparison import compare_series

        columns, rows = compare_series(
            spec["hashtags"], lambda one: self._view(one, spec)
        )
        return {"columns": columns, "rows": rows}

    def _headline(self, spec: Spec) -> dict[str, Any]:
        """The first series that has a reading, else the first."""
        views = [self._view(series, spec) for series in spec["items"]]
        return {"s": next((v for v in views if v.value is not None), views[0])}

    def _status(self, spec: Spec) -> dict[str, Any]:
        return {
            "platforms": self._health(),
            "collected_at": self.snapshot.asked.collected_at,
            "moment": lambda at: (
                f"{phrases.format_day(at, spec['lang'])}, {at:%H:%M} UTC"
            ),
        }

    def _health(self) -> list[health.PlatformStatus]:
        snapshot = self.snapshot
        return health.health_of(
            self.series, snapshot.history, snapshot.asked, snapshot.settings
        )

    def _spark(self, spec: Spec) -> dict[str, Any]:
        return self._headline(spec)

    def _chart(self, spec: Spec) -> dict[str, Any]:
        """The line of the leading number; if that is short, the longest there is."""
        from .chart_data import around

        views = [self._view(series, spec) for series in spec["items"]]
        best = self._headline(spec)["s"]
        if len(best.points) < A_MONTH:
            best = max(views, key=lambda view: len(view.points))
        claims = [
            (date.fromisoformat(day), value, text)
            for series, day, value, text in spec["claims"]
            if series == best.series and best.points_days == best.days
        ]
        return around([best], spec["lang"]) | {
            "data": self.snapshot.settings.data,
            "label": spec["label"],
            "claims": claims,
            "read": best.value is not None,
            "keyless": spec["keyless"],
            "missing": spec["missing"],
        }

    def _multiples(self, spec: Spec) -> dict[str, Any]:
        """A small line for each series that has two points or more."""
        from .chart_data import around

        views = [self._view(series, spec) for series in spec["items"]]
        return around(views, spec["lang"], least=2) | {
            "label": spec["label"],
            "data": self.snapshot.settings.data,
        }

    def _pace(self, spec: Spec) -> dict[str, Any]:
        from .trends import rate_sentences

        return {
            "told": rate_sentences.rate_sentences_of(
                self.snapshot, spec["items"], spec["lang"]
            )
        }

    def _milestones(self, spec: Spec) -> dict[str, Any]:
        from .trends import milestone_sentences

        latest = milestone_sentences.latest(self.snapshot, spec["items"], spec["lang"])
        return {"told": latest}


def _claim(spec: Spec) -> dict[str, Any] | None:
    claim = spec.get("claim")
    if not claim:
        return None
    day = _day(claim["day"], spec["lang"])
    return {**claim, "day": day, "day_iso": claim["day"]}


@lru_cache(4096)
def _day(iso: str, lang: str) -> str:
    return phrases.format_day(date.fromisoformat(iso), lang)

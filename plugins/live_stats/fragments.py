"""Fragments: the text that fills a slot, in the language of the page it belongs to.

A slot is written down as plain values (its spec), so that a refresh can fill it without
Pelican. Each kind of fragment is a template that a theme may override, below
`live_stats/` in its templates.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from . import charts, status, wording
from .asides import aside
from .model import Bound, Exactness
from .slots import Rendered, plain
from .snapshot import Snapshot, View

TEMPLATES = Path(__file__).parent / "templates"

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


class _Environment(Environment):
    """Jinja's, with globals that are settled: it need not look for new ones each time
    that a fragment is rendered, or imports from another.
    """

    def make_globals(self, d: Any) -> dict[str, Any]:
        return {**self.globals, **d} if d else self.globals


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
        folders = [*themes, TEMPLATES]
        self._env = _Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._env.globals.update(
            table_rows=charts.table_rows,
            sparkline=charts.sparkline,
            line_chart=charts.line_chart,
        )
        self._done: dict[tuple[int, bool], Rendered | Lazily] = {}
        self._specs: dict[int, Spec] = {}

    def load(self) -> None:
        """Compile every template, before workers part."""
        for name in self._env.list_templates(
            filter_func=lambda name: name.startswith("live_stats/")
        ):
            self._env.get_template(name)

    def rendered(self, number: int, file: str) -> Rendered | Lazily:
        """What fills one slot of one output file. KeyError for an unknown slot."""
        spec = self._specs.get(number)
        if spec is None:
            spec = self._specs[number] = self.spec(number)
        here = spec.get("page") == file
        done = self._done.get((number, here))
        if done is None:
            done = self._done[number, here] = self.render(spec, here=here)
        return done

    def render(self, spec: Spec, *, here: bool = False) -> Rendered | Lazily:
        """The fragment of `spec`; `here` if it stands on the page it belongs to."""
        if spec["fragment"] == "status_json":
            text = status.as_json(self._health(), self.snapshot.asked.collected_at)
            return Rendered(html=str(escape(text)), text=text)
        if spec["fragment"] == "share":
            return Rendered(html="", text="", data=self._share(spec))
        values = getattr(self, f"_{spec['fragment']}", self._one)(spec)
        template = self._env.get_template(f"live_stats/{spec['fragment']}.html")
        said = wording.phrases(spec["lang"])
        href = spec.get("row", "") if here else ""
        html = template.render(lang=spec["lang"], t=said, href=href, **values).strip()
        if href:
            # The card behind a figure is no part of its words, which are seldom asked.
            return Lazily(html, lambda: self.render(spec).text)
        return Rendered(html=html, text=plain(html))

    def _view(self, series: str, spec: Spec) -> View:
        return self.snapshot.view(series, spec["lang"])

    # --- what each fragment sees, besides lang, t and href ------------------------

    def _one(self, spec: Spec) -> dict[str, Any]:
        return {"s": self._view(spec["series"], spec)}

    def _figure(self, spec: Spec) -> dict[str, Any]:
        view = self._view(spec["series"], spec)
        claim = _claim(spec)
        mode, words = spec["mode"], ""
        if mode == "replace" and view.value is not None and claim:
            words = wording.remake(
                claim["text"], view.lang, view.value, Exactness(view.exactness)
            )
        before, number, after = aside(view, claim, mode)
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

    def _changed(self, view: View, claim: dict[str, Any] | None) -> str | None:
        """The way from a claim to the reading in words; None if nothing may be said."""
        # A sum's platforms come and go: no change is stated across them.
        if not claim or view.value is None or view.is_sum:
            return None
        return wording.change(
            Bound(claim["bound"]),
            claim["value"],
            view.value,
            Exactness(view.exactness),
            view.lang,
        )

    def _lead(self, spec: Spec) -> dict[str, Any]:
        view = self._view(spec["series"], spec)
        return {"s": view, "what": spec["what"], "claim": _claim(spec)}

    def _share(self, spec: Spec) -> bytes:
        """The image of a post: its title, and its telling figure with the date."""
        from .share import share_image  # its fonts are needed by nothing else

        said: dict[str, Any] = {"number": "", "as_of": "", "points": ()}
        if "series" in spec:
            view, claim = self._view(spec["series"], spec), _claim(spec)
            if view.value is not None:
                said |= {"number": view.number, "points": view.points}
                said["breaks"] = view.breaks
                said["as_of"] = view.during or view.as_of
            elif claim:
                said["number"], said["as_of"] = claim["text"], claim["day"]
        return share_image(
            site=spec["site"], title=spec["title"], what=spec["what"], **said
        )

    def _panel(self, spec: Spec) -> dict[str, Any]:
        items = [self._view(series, spec) for series in spec["items"]]
        return {
            "label": spec["label"],
            "items": items,
            "keyless": spec["keyless"],
            "missing": spec["missing"],
        }

    def _headline(self, spec: Spec) -> dict[str, Any]:
        """The first series that has a reading, else the first."""
        views = [self._view(series, spec) for series in spec["items"]]
        return {"s": next((v for v in views if v.value is not None), views[0])}

    def _status(self, spec: Spec) -> dict[str, Any]:
        return {
            "platforms": self._health(),
            "collected_at": self.snapshot.asked.collected_at,
            "moment": lambda at: f"{wording.day(at, spec['lang'])}, {at:%H:%M} UTC",
        }

    def _health(self) -> list[status.PlatformStatus]:
        snapshot = self.snapshot
        return status.health(
            self.series, snapshot.history, snapshot.asked, snapshot.settings
        )

    def _spark(self, spec: Spec) -> dict[str, Any]:
        return self._headline(spec)

    def _chart(self, spec: Spec) -> dict[str, Any]:
        """The series with the longest history: lines of one measure only."""
        views = [self._view(series, spec) for series in spec["items"]]
        best = max(views, key=lambda view: len(view.points))
        lines = [best] if best.points else []
        claims = [
            (date.fromisoformat(day), value, text)
            for series, day, value, text in spec["claims"]
            if lines and series == best.series and best.points_days == best.days
        ]
        return {
            "label": spec["label"],
            "lines": lines,
            "claims": claims,
            "keyless": spec["keyless"],
            "missing": spec["missing"],
            "format_day": lambda day: wording.day(day, spec["lang"]),
            "format_number": lambda value: wording.number(value, spec["lang"]),
            "format_compact": lambda value: wording.compact(value, spec["lang"]),
        }


def _claim(spec: Spec) -> dict[str, Any] | None:
    claim = spec.get("claim")
    if not claim:
        return None
    day = _day(claim["day"], spec["lang"])
    return {**claim, "day": day, "day_iso": claim["day"]}


@lru_cache(4096)
def _day(iso: str, lang: str) -> str:
    return wording.day(date.fromisoformat(iso), lang)

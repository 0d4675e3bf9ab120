"""Number, label, line, caption, table and files of random histories say the same."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import NamedTuple

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.i18n import phrases
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.charts.sparkline import sparkline
from pelican.plugins.live_stats.rendering.environment import FragmentEnvironment
from pelican.plugins.live_stats.rendering.exports.badge import texts_of
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import from_json
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState, SeriesRecord

START = date(2026, 4, 28)
BREAK = date(2026, 5, 4)  # from there on X counts no reposts
END = datetime(2026, 5, 20, 12, tzinfo=UTC)

PLACES = {
    "mastodon.social": "mastodon",
    "a.example": "mastodon@a.example",
    "Bluesky": "bluesky",
    "X": "x",
}
PLACE = re.compile("|".join(rf"(?<![\w.]){re.escape(name)}(?!\w)" for name in PLACES))
TOTAL = "hackernews/tag/metoo/mentions"
ITEMS = ("all/tag/metoo/posts@6d",
         *(f"{platform}/tag/metoo/posts@6d" for platform in PLACES.values()),
         TOTAL)  # fmt: skip


TEMPLATES = FragmentEnvironment([])


class Row(NamedTuple):
    """One observation: of which platform, of how many days, ending when."""

    platform: str
    days: int
    day: int
    value: int
    exactness: Exactness


class Known(NamedTuple):
    value: int
    exactness: Exactness


rows = st.lists(
    st.builds(
        Row,
        st.sampled_from([*PLACES.values(), "mentions"]),
        st.sampled_from([1, 6]),
        st.integers(0, 12),
        st.one_of(st.just(0), st.integers(0, 5000)),
        st.sampled_from([*[Exactness.EXACT] * 3, *Exactness]),
    ),
    max_size=60,
)


class Site:
    """A history, what it says by platform and window, and what is rendered of it."""

    def __init__(self, folder, read, checked, held):
        history = History(folder)
        self.known = {}
        history.append(list(self._observations(read)))
        state = CollectionState(collected_at=END)
        state.series = {
            series: SeriesRecord(checked_at=END if checked else None)
            for series in ITEMS
        }
        if held:
            state.series[ITEMS[1]].held = 7
        totals = self.known.get(("mentions", None), {})
        if checked and totals:
            totals.setdefault(END.date(), totals[max(totals)])
        self.fragments = Fragments(Snapshot(history, state, Settings(data=True)), [])
        self.fragments._env = TEMPLATES  # compiled once

    def _observations(self, read):
        """One a day of each series, so that it is plain which one counts.

        A total is written on change only.
        """
        for row in sorted(read, key=lambda row: row.day):
            total = row.platform == "mentions"
            series = TOTAL if total else f"{row.platform}/tag/metoo/posts@{row.days}d"
            end = START + timedelta(days=row.day)
            known = self.known.setdefault(
                (row.platform, None if total else row.days), {}
            )
            one = Known(row.value, row.exactness)
            if end in known or (total and known and known[max(known)] == one):
                continue
            known[end] = one
            start = end - timedelta(days=row.days - 1)
            seen = datetime.combine(end + timedelta(days=not total), time(6), UTC)
            yield Observation(
                series=series,
                value=row.value,
                exactness=row.exactness,
                span=None if total else Span(start=start, end=end),
                observed_at=seen,
                source=f"https://{row.platform}.example/",
            )

    def render(self, kind, **more):
        spec = {"fragment": kind, "items": list(ITEMS), "lang": "en", "label": "MeToo"}
        return self.fragments.render(from_json(spec | more))

    def points(self, words, days):
        """By day what the platforms named in `words` have together, and how exact."""
        names = [PLACES[name] for name in PLACE.findall(words)] or ["mentions"]
        parts = [
            {day: one for day, one in self.known.get((name, days), {}).items()
             if name != "x" or not day - timedelta(days=days - 1) < BREAK <= day}
            for name in names
        ]  # fmt: skip
        return {
            day: Known(
                sum(part[day].value for part in parts),
                max((part[day].exactness for part in parts), key=WEAKNESS.index),
            )
            for day in sorted(set(parts[0]).intersection(*parts[1:]))
        }


WEAKNESS = [Exactness.EXACT, Exactness.AT_LEAST, Exactness.ROUNDED, Exactness.ESTIMATE]


def stated(one):
    return phrases.format_reading(one.value, one.exactness, "en")


def day_of(day):
    return phrases.format_day(day, "en")


def window_of(words):
    if re.search("mentions", words, re.I):
        return None
    return 1 if "per day" in words else 6


def line_drawn(points, name):
    """The small line of these points, open where the platform counts otherwise."""
    breaks = (BREAK,) if "X" in PLACE.findall(name) else ()
    return sparkline([(day, one.value) for day, one in points.items()], label=name,
                     breaks=breaks)  # fmt: skip


def check_panel(site):
    html = site.render("panel", keyless=[], missing=[]).html
    found = []
    for item in html.split('<div class="panel__item"')[1:]:
        what = re.search('<dt class="panel__what">(.*?)</dt>', item)[1]
        number = re.search('<data value="([0-9]+)">(.*?)</data>', item)
        # The number may be of days on both sides of a break; no point of a line is.
        whole = sum_of_latest(site, what)
        assert (int(number[1]), number[2]) == (whole.value, stated(whole)), what
        found.append(what)
        if name := re.search(
            '<svg class="sparkline" role="img" aria-label="(.*?)".*?</svg>', item, re.S
        ):
            points = site.points(name[1], window_of(name[1]))
            last = list(points)[-1]
            assert PLACE.findall(name[1]) == PLACE.findall(what)
            assert line_drawn(points, name[1]) == name[0]
            if "per day" in name[1]:
                assert '<span class="line__each">per day</span>' in item
                assert name[1].endswith(
                    f": {stated(points[last])} on {day_of(last)}"
                )  # fmt: skip
            else:
                assert points[last].value == int(number[1])
                assert name[1].startswith(f"{number[2]} ")
        else:
            assert "line__each" not in item
    assert len(found) == len(set(found))  # no sum beside what it is made of


def sum_of_latest(site, what):
    """The number of the platforms in a label: of the last days that all have."""
    days = None if "mentions" in what else 6
    names = [PLACES[name] for name in PLACE.findall(what)] or ["mentions"]
    parts = [site.known[name, days] for name in names]
    day = max(set(parts[0]).intersection(*parts[1:]))
    kinds = [part[day].exactness for part in parts]
    return Known(sum(part[day].value for part in parts), max(kinds, key=WEAKNESS.index))


FIGURE = re.compile(
    r'<figure.*?__title">(?P<title>[^<]*)<.*?<title[^>]*>(?P<name>[^<]*)</title>'
    r".*?<desc[^>]*>(?P<desc>[^<]*)</desc>.*?"
    r'class="chart__value"[^>]*>(?P<last>[^<]*)<.*?<tbody>(?P<rows>.*?)</tbody>',
    re.S,
)
ROW = re.compile(
    r'<th scope="row">([^<]*)</th><td><data value="(\d+)">([^<]*)</data></td>'
)


def check_charts(site, files):
    drawn = []
    for kind, more, most in (
        ("chart", {"claims": [], "posts": [], "keyless": [], "missing": []}, 40),
        ("multiples", {}, 12),
    ):
        html = site.render(kind, **more).html
        for chart in FIGURE.finditer(html):
            title = unescape(chart["title"])
            days = window_of(title)
            points = site.points(title, days)
            last = max(points)
            cut = BREAK if "X" in PLACE.findall(title) and BREAK <= last else START
            first = next(day for day in points if day >= cut)
            expected = [
                (day_of(day), str(one.value), stated(one))
                for day, one in reversed(points.items())
            ][:most]

            assert ROW.findall(chart["rows"]) == expected, title
            assert chart["last"] == stated(points[last]), title
            assert f"{stated(points[last])}" in chart["desc"], title
            assert day_of(last) in chart["desc"], title
            if "from " in chart["desc"].partition(".")[0]:
                assert f"from {stated(points[first])} (" in chart["desc"]
            assert PLACE.findall(chart["name"]) == PLACE.findall(title)
            assert window_of(chart["name"]) == days
            drawn.append((kind, title))
            check_files(files, title, days, points)
    assert len(drawn) == len(set(drawn))


def check_files(files, title, days, points):
    """The points of a chart are in CSV and JSON, under the series that it draws."""
    names = [PLACES[name] for name in PLACE.findall(title)] or ["mentions"]
    platform = "all" if len(names) > 1 else names[0]
    series = TOTAL if days is None else f"{platform}/tag/metoo/posts@{days}d"
    for known in files:
        for day, one in points.items():
            if day != END.date() or days is not None:  # confirmed, and not written
                assert known[series][day] == (one.value, one.exactness.value), title


def files_of(site):
    """The points in the hashtag's CSV and in its JSON, by series and day."""
    tables = []
    text = site.render("numbers", format="csv", page="").data.decode()
    table = {}
    for row in csv.DictReader(io.StringIO(text)):
        day = date.fromisoformat(row["to"] or row["observed_at"][:10])
        known = int(row["value"]), row["exactness"]
        assert table.setdefault(row["series"], {}).setdefault(day, known) == known
    tables.append(table)
    document = json.loads(site.render("numbers", format="json", page="").data)
    tables.append({
        one["series"]: {
            date.fromisoformat(o["to"] or o["observed_at"][:10]):
                (o["value"], o["exactness"])
            for o in one["observations"]
        }
        for one in document["series"]
    })  # fmt: skip
    assert {s: p for s, p in tables[1].items() if p} == table
    return tables, document


def check_numbers(site, document):
    """The number of each series in JSON and badge is that of its members."""
    for one in document["series"]:
        if one["value"] is None or not one["series"].endswith(("@6d", "mentions")):
            continue
        members = [member.partition("/")[0] for member in one["members"]]
        key = {"hackernews": "mentions"}
        days = one["window_days"]
        parts = [site.known[key.get(name, name), days] for name in members]
        day = max(set(parts[0]).intersection(*parts[1:]))
        assert one["value"] == sum(part[day].value for part in parts)
        view = site.fragments.snapshot.view(one["series"], "en")
        _, words = texts_of(view, "MeToo")
        names = {PLACES[name] for name in PLACE.findall(words)} or {"hackernews"}
        assert names == set(members), words
        assert words.startswith(f"{view.number} ")


def row(platform, days, day, value, exactness=Exactness.EXACT):
    return Row(platform, days, day, value, exactness)


@given(rows, st.booleans(), st.booleans())
@example(  # Bluesky has the last six days, and none of the single ones
    [row(p, 6, n, 100 + n) for p in ("mastodon", "bluesky", "x") for n in (9, 10, 11)]
    + [row(p, 1, n, 10 + n) for p in ("mastodon", "x") for n in (9, 10, 11)],
    True, False,
)  # fmt: skip
@example([row("mastodon", 6, n, 9) for n in (8, 9)], True, True)  # a sum of one
@example(  # the last is exact, the one before not
    [row("mentions", 1, 2, 90, Exactness.ESTIMATE), row("mentions", 1, 3, 95)],
    True, False,
)  # fmt: skip
# Shrinking a whole history takes minutes; what fails is readable without.
@settings(max_examples=50, phases=[Phase.explicit, Phase.generate])
def test_all_that_is_shown_of_a_history_agrees(tmp_path_factory, read, checked, held):
    """Members, window, exactness and last value of strip, charts, tables and files.

    Whatever is missing, exact or not, zero, before or after a break, confirmed or held.
    """
    site = Site(tmp_path_factory.mktemp("history"), read, checked, held)
    files, document = files_of(site)

    check_panel(site)
    check_charts(site, files)
    check_numbers(site, document)

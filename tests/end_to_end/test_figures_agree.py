"""Wherever a number stands, it is the one that was read, with its place and its day.

The site that ships, with a history in which each value is another: a number says by
itself of which series and day it is, and what stands around it must agree. Texts,
cards, tables, lists, charts, their readouts and tables, badges, feeds, embedded cards
and data files are compared with the history, never with each other's code.
"""

import csv
import html
import io
import json
import re
import shutil
import sqlite3
import statistics
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import pytest

from pelican.plugins.live_stats.rendering.exports import share_image
from support import figured
from support.figured import HELD, NOW, TODAY
from support.figured_pages import (
    classes,
    drawn_days,
    levels,
    of_class,
    parsed,
    readings_in,
    spots,
    statements,
    values,
    words_of,
)
from support.figured_words import (
    MONTHS,
    NOUNS,
    OF_A_SENTENCE,
    PLACE,
    STATEMENTS,
    SURE,
    WHERE,
    WINDOW,
    day_words,
    german,
    number_words,
    wrong_with,
)
from support.paths import ROOT
from support.plugins import unplugged_plugins
from support.site_folder import SETTINGS, Site

MORE = """
LIVE_STATS_PLATFORMS = [
    "all", "mastodon", "mastodon@chaos.social", "bluesky", "x", "gdelt", "hackernews"
]
LIVE_STATS_DATA = LIVE_STATS_SHARE_IMAGES = True
"""
ENGLISH = """Title: Sums
Date: 2026-10-20
Category: News
Slug: sums
Hashtags: MeToo
Summary: With [over 9,001](stat:x/tag/metoo) posts.

All: [over 5,001](stat:all/tag/metoo),
[over 4,101](stat:mastodon@chaos.social/tag/metoo),
[about 8,123](stat:gdelt/tag/metoo#mode=replace),
[over 1,003](stat:bluesky/tag/metoo), [](stat:hackernews/tag/metoo/posts).

https://x.com/Alyssa_Milano/status/919659438700670976
"""
GERMAN = """Title: Deutsch
Date: 2026-10-21
Category: News
Slug: deutsch
Lang: de
Hashtags: MeToo
Summary: Mit [über 9.001](stat:x/tag/metoo) Beiträgen.

Alle: [über 5.001](stat:all/tag/metoo),
[über 4.101](stat:mastodon@chaos.social/tag/metoo),
[rund 8.123](stat:gdelt/tag/metoo#mode=replace),
[über 1.003](stat:bluesky/tag/metoo), [](stat:hackernews/tag/metoo/posts).
"""
CLAIMS = {
    *(21_000, 43_000, 59_000, 8_000_000, 400_000),  # of the posts that ship
    *(9_001, 5_001, 4_101, 8_123, 1_003),
}
LIMITS = {1_000, 10_000, 1_000_000}  # of what a platform shows, in its caveats
PARTS = ["mastodon/tag/metoo/posts", "x/tag/metoo/posts"]  # Bluesky's days are others


@dataclass
class Published:
    """The site as it was published, and all series, sums included, by name."""

    site: Site
    known: dict
    images: Path

    @property
    def latest(self):
        return {one.value: one for one in self.known.values()}

    def __getitem__(self, path):
        return self.site.read(path)

    def paths(self, *endings):
        return [path for path in self.site.files() if path.endswith(endings)]

    @cached_property
    def pages(self):
        """The root element of each page that has numbers, by its path."""
        return {
            path: parsed(text)
            for path in self.paths(".html")
            if 'value="' in (text := self[path]) or path.startswith("status/")
        }


class Quiet:
    def readouterr(self):
        return type("Said", (), {"out": "", "err": ""})


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    # What is set up for a whole module comes before what each test is kept apart by.
    with unplugged_plugins():
        return publish(tmp_path_factory)


def publish(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder, Quiet())
    site.now = NOW
    site.write("conf.py", SETTINGS + MORE)
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    shutil.rmtree(folder / "content/data", ignore_errors=True)
    site.write("content/posts/sums.md", ENGLISH)
    site.write("content/posts/deutsch.md", GERMAN)
    known = figured.planned()
    figured.write_history(folder, known)
    images = tmp_path_factory.mktemp("images") / "texts"
    draw = share_image.share_image

    def drawn(**texts):
        with images.open("a") as file:  # builds may draw in several processes
            file.write(json.dumps(texts, default=str) + "\n")
        return draw(**texts)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(share_image, "share_image", drawn)
        assert site.publish("--offline") == 0, site.out
    for days in (6, 1):
        name = f"all/tag/metoo/posts@{days}d"
        known[name] = figured.sum_of(known, name, [f"{one}@{days}d" for one in PARTS])
    return Published(site, known, images)


def marks_against(element, one):
    """What its attributes say of the state and of the day that is not so."""
    for mark in element.iter():
        if mark.get("data-state", one.state) != one.state:
            yield f"expected the state {one.state!r}, not {mark.get('data-state')!r}"
        if mark.get("datetime", str(one.as_of)) != str(one.as_of):
            yield f"expected the time {one.as_of}, not {mark.get('datetime')}"


def test_the_words_around_a_number_are_of_its_series(published):
    """Place, noun, days, exactness, state and age of a reading, wherever it stands."""
    wrong, seen = [], {}
    for path, root in published.pages.items():
        for kind, element, around in statements(root):
            words = f"{words_of(element)} {around}".strip()
            for value, shown in readings_in(element):
                one = published.latest.get(value)
                if one is None:
                    if value not in CLAIMS | {10_000_000}:
                        wrong.append(f"{path}: {words!r}: nobody read {value:,}")
                    continue
                seen.setdefault(kind, set()).add(one.name)
                needs = STATEMENTS[kind]
                if kind in OF_A_SENTENCE and not one.days:
                    needs = needs - {WHERE}
                marks = marks_against(element, one)
                for what in (*wrong_with(words, one, needs, shown), *marks):
                    wrong.append(f"{path}: {kind} {words!r}: {what}")
    assert not wrong, "\n".join(wrong)
    assert set(seen) == set(STATEMENTS) - {"badge"}, seen


# --- every number, wherever it stands -------------------------------------------------

WORDED = ("aria-label", "content", "alt", "title", "data-days", "data-label")
TAG = re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(rf' (?:{"|".join(WORDED)})="([^"]*)"')
DERIVED = re.compile(
    r'<(\w+) class="(?:change|pace__said|chart__note|milestones__what)".*?</\1>'
    r'|Change</span> <span class="card__value">[^<]*'
    r'|Änderung</span> <span class="card__value">[^<]*'
    r"|<desc.*?</desc>"
    r"|<title>[^<]*(?:passed|had at least|reached) [^<]*</title>"
    r'|<content type="text">[^<]*',
    re.S,
)
"""Where numbers are made of readings; tests of their own work them out."""


def texts_in(published, path):
    """All that a reader can meet of a file, as words."""
    text = published[path]
    if path.endswith(".json") and "observations" not in text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    text = DERIVED.sub(" ", text)
    if path.endswith((".atom.xml", ".rss.xml", "all.json")):
        text = html.unescape(text)
    worded = (
        match[1] for tag in TAG.findall(text) for match in ATTRIBUTE.finditer(tag)
    )
    return html.unescape(" | ".join([TAG.sub(" ", text), *worded]))


def test_every_number_of_the_site_is_known(published):
    """In all pages, feeds, images of text and documents: a claim, or what was read.

    A number that stands alone is the latest; earlier ones are only drawn.
    """
    points = {
        value for one in published.known.values() for value in one.points.values()
    }
    written = {round(one.value / 10) * 10 for one in published.known.values()
               if one.sure == "estimate"}  # fmt: skip
    known = points | written | CLAIMS | LIMITS | {HELD}
    wrong, seen = [], 0
    for path in published.paths(".html", ".xml", ".json", ".svg"):
        words = texts_in(published, path)
        found = values(words)
        seen += len(found)
        wrong += [
            f"{path}: {value:,} is no reading: …{around(words, value)}…"
            for value in found
            if value not in known
        ]
    assert not wrong, "\n".join(wrong)
    assert seen > 1_000


def around(words, value):
    place = re.search(f"{value:,}".replace(",", "[.,]"), words).start()
    return " ".join(words[max(place - 80, 0) : place + 80].split())


def test_a_change_is_the_way_from_claim_to_reading(published):
    """In tables and cards: the difference of the two numbers beside it.

    Of what is not exact it says only the order of size.
    """
    seen = 0
    for path, root in published.pages.items():
        rows = [row for row in root.iter("tr") if list(of_class(row, "figures__claim"))]
        for row in [*rows, *of_class(root, "card")]:
            change = [*of_class(row, "change")]
            words = words_of(change[0]) if change else words_of(row)
            if not change:
                said = re.search(r"(?:Change|Änderung) (.*?)(?:Source|Quelle)", words)
                words = said[1] if said else ""
            claimed = values(" ".join(words_of(one) for one in claims_in(row)))
            read = [value for value, _ in readings_in(row) if value not in claimed]
            for step in values(words):
                one, expected = published.latest[read[0]], abs(read[0] - claimed[0])
                close = one.sure == "exact" and expected or step
                if one.sure != "exact":
                    close = step if abs(step - expected) <= expected / 10 else expected
                assert step == close, (path, words_of(row), f"expected {expected:,}")
                seen += 1
    assert seen > 10


def claims_in(row):
    found = list(of_class(row, "figures__claim"))
    return (
        found or [one for one in row.iter("data") if "card__number" in classes(one)][:1]
    )


# --- charts ---------------------------------------------------------------------------


FIGURE = re.compile(
    r'<figure class="(?:chart__figure|multiples__panel).*?</figure>', re.S
)


def test_a_chart_draws_the_readings_on_its_scale(published):
    """Line, last value, readout and table are of the series that the title names.

    Each point lies where its day and its value are on the two scales.
    """
    seen = set()
    for path in published.paths(".html"):
        for figure in FIGURE.findall(published[path]):
            title = re.search(r'__title">([^<]*)<', figure)[1]
            last = re.search(r'chart__value">([^<]*)<', figure)[1]
            at = (path, title)
            one = next(
                o for o in published.known.values() if o.value == values(last)[0]
            )
            assert last == SURE["en"][one.sure] + number_words(one.value), at
            assert set(PLACE.findall(title)) == set(one.places), (*at, str(one))
            assert title.lower().startswith(one.noun), (*at, str(one))
            per = (
                " per day"
                if one.days == 1
                else f", {one.days} days"
                if one.days
                else ""
            )
            assert title.partition(f", {one.place}")[0].endswith(per), (*at, str(one))

            shown = drawn_days(re.search(r'data-days="([^"]*)"', figure)[1])
            assert shown == one.points, (*at, "the readout", str(one))
            rows = re.findall(
                r'<th scope="row">([^<]*)</th><td><data value="(\d+)">([^<]*)<', figure
            )
            sure = SURE["en"][one.sure]
            newest = [
                (day_words(day), str(value), sure + number_words(value))
                for day, value in reversed(one.points.items())
            ]
            assert len(rows) >= min(12, len(newest)), at
            assert rows == newest[: len(rows)], (*at, "the table", str(one))

            drawing = figure[figure.index("<svg") :]
            scale, tall = levels(drawing)
            (low, bottom), (high, top) = min(scale.items()), max(scale.items())
            places = spots(drawing)
            first, span = min(one.points), (max(one.points) - min(one.points)).days
            for day, value in one.points.items():
                x = 1000 * (day - first).days / span
                y = 20 * (bottom + (top - bottom) * (value - low) / (high - low))
                near = [
                    p for p in places if abs(p[0] - x) <= 1 and abs(p[1] - y) <= 1.5
                ]
                assert near, (
                    *at,
                    f"{value:,} of {day} is not drawn at {x:.0f}, {y:.0f}",
                )
            assert len(places) <= len(one.points), at
            seen.add(one.name)
    assert len(seen) >= 10, seen


SMALL = re.compile(
    r'<svg class="sparkline" role="img" aria-label="([^"]*)"(.*?)</svg>'
    r'(?:<span class="line__each">([^<]*)<)?',
    re.S,
)


def test_a_small_line_ends_where_its_name_says(published):
    """In strips, lists, cards and embedded cards: place, noun, day and last value.

    The name of a line of single days says so, and so do words beside it.
    """
    seen = set()
    for path in published.paths(".html"):
        for name, drawing, each in SMALL.findall(published[path]):
            name = html.unescape(name)
            lang = "de" if german(name) else "en"
            found = values(name)
            one = next(o for o in published.known.values() if o.value == found[0])
            at = (path, name, str(one))
            number = SURE[lang][one.sure] + number_words(one.value, lang)
            assert number in name and set(PLACE.findall(name)) == set(one.places), at
            assert NOUNS[lang].get(one.noun, one.noun) in name, at
            assert bool(each) == ("per day" in name or "pro Tag" in name), at
            assert bool(each) == (one.days == 1), at
            if each:
                assert name.endswith(
                    f"{ {'en': 'on', 'de': 'am'}[lang] } {day_words(one.until, lang)}"
                ), at
            ends = re.search(r'sparkline__end" cx="([\d.]+)" cy="([\d.]+)"', drawing)
            high, low = max(one.points.values()), min(one.points.values())
            y = 21 - 18 * (one.value - low) / (high - low)
            assert (float(ends[1]), float(ends[2])) == (
                93.0,
                pytest.approx(y, abs=0.06),
            ), at
            seen.add(one.name)
    assert len(seen) > 8, seen


RATE = re.compile(
    r"(about |at least )?([\d,.]+) a day in the (\d+) days to (\d+ \w+ \d+)"
)
HIGHEST = re.compile(
    r"highest (?:day|(\d+) days) known(?: since (\d+ \w+ \d+))?: ([\d,]+),?"
    r" (?:on|to) (\d+ \w+ \d+)"
)
MEDIANS = re.compile(
    r"Median day: (?:about )?([\d,.]+) in the (\d+) days to (\d+ \w+ \d+), "
    r"(?:about )?([\d,.]+) in the \d+ days to (\d+ \w+ \d+)"
)
TURN = re.compile(
    r"since (\d+ \w+ \d+)\s.*Median day: (?:about )?([\d,.]+) in the (\d+) days "
    r"before, (?:about )?([\d,.]+) since then",
    re.S,
)
BREAK = date(2026, 5, 4)  # of X


def day_in(words):
    day, month, year = words.split()
    return date(int(year), MONTHS["en"].index(month) + 1, int(day))


def of_place(published, what, days):
    """The series of which "posts, mastodon.social" are, in a window of so many days."""
    noun, _, place = what.partition(", ")
    for one in published.known.values():
        if "metoo" in one.name.lower() and (one.noun, one.place, one.days) == (
            noun,
            place,
            days,
        ):
            yield one


def mean(one, days, until):
    """The mean of single days, or of one window of just as many days."""
    if one.days != 1:
        return one.points[until] / one.days
    return sum(one.points[until - timedelta(n)] for n in range(days)) / days


def medians_in(said, until):
    """The medians below a headline, each with the last and the number of its days."""
    for then, days, end, now, last in MEDIANS.findall(said):
        yield then, day_in(end), int(days)
        yield now, day_in(last), int(days)
    for turn, then, days, now in TURN.findall(said):
        yield then, day_in(turn) - timedelta(1), int(days)
        yield now, until, (until - day_in(turn)).days + 1


def test_sentences_about_a_line_are_worked_out_of_its_points(published):
    """Rates, highest days and medians on a hashtag's page, from the history itself."""
    root = published.pages["hashtags/metoo/index.html"]
    seen = []
    for item in of_class(root, "pace__item"):
        what, said = (words_of(one) for one in item)
        for about, number, days, until in RATE.findall(said):
            (one,) = [*of_place(published, what, 1)] or of_place(
                published, what, int(days)
            )
            known = mean(one, int(days), day_in(until))
            assert day_in(until) == one.until, (what, said, str(one))
            assert float(number.replace(",", "")) == pytest.approx(known, abs=1), (
                what,
                said,
            )
            assert one.sure != "at-least" or about == "at least ", (what, said)
            assert one.sure != "estimate" or about == "about ", (what, said)
            seen.append("rate")
        for days, since, number, on in HIGHEST.findall(said):
            (one,) = of_place(published, what, int(days or 1))
            start = day_in(since) if since else date.min
            most = max((v, d) for d, v in one.points.items() if d >= start)
            assert (values(number)[0], day_in(on)) == most, (what, said, most)
            assert not since or start == BREAK and one.place == "X", (what, said)
            seen.append("highest")
    for figure in of_class(root, "chart__figure"):
        one, said = published.known["all/tag/metoo/posts@1d"], words_of(figure)
        for number, ends, days in medians_in(said, one.until):
            of_days = [one.points[ends - timedelta(n)] for n in range(days)]
            assert float(number.replace(",", "")) == statistics.median(of_days), said
            seen.append("median")
    assert set(seen) == {"rate", "highest", "median"}, seen


# --- files ----------------------------------------------------------------------------


def test_badges_and_documents_say_the_same(published):
    """A badge as SVG and as JSON, a hashtag's JSON, and the status: one number, in the
    same words, with place, days and age."""
    said = {}
    for tag in ("metoo", "womenboycotttwitter"):
        for one in json.loads(published[f"hashtags/{tag}/{tag}.json"])["series"]:
            known = published.known.get(one["series"])
            if one["series"].startswith("all/") and tag != "metoo":
                known = published.known[one["members"][0]]  # a sum of one
            at = (tag, one)
            assert one["value"] == (known and known.value), at
            assert one["as_of"] == (known and str(known.as_of)), at
            if known:
                assert (one["state"], one["exactness"]) == (known.state, known.sure), at
                shown = SURE["en"][known.sure] + number_words(known.value)
                needs = STATEMENTS["badge"] - ({WINDOW} if known.days == 1 else set())
                assert not [*wrong_with(one["said"], known, needs, shown)], at
                assert one["said"].startswith(shown), at
            name = (
                one["series"]
                .replace("/tag/" + tag, "")
                .replace("/", "-")
                .replace("@", "-")
            )
            said[tag, name.replace("mastodon-chaos", "mastodon@chaos")] = one["said"]
    for path in published.paths(".json"):
        if "/badges/" in path:
            _, tag, _, name = path.split("/")
            words = json.loads(published[path])["message"]
            assert words == said[tag, name.removesuffix(".json")], path
            svg = html.unescape(published[path.replace(".json", ".svg")])
            assert svg.count(f">{words}</text>") == 1 and f": {words}</title>" in svg, (
                path
            )
    status = json.loads(published["status/status.json"])
    collected = status["collected_at"]
    for platform in status["platforms"]:
        for one in platform["series"]:
            known = published.known.get(one["series"])
            assert one["value"] == (known and known.value), one
            assert one["held"] == (HELD if known and known.state == "held" else None), (
                one
            )
            at = known and f"{known.as_of}T03:00:00Z"
            assert one["checked_at"] == at, one
            assert one["due_at"] is None or one["due_at"] > collected, one
        late = [one for one in platform["series"] if one["condition"] == "stale"]
        assert not late or platform["due_at"] is None, platform["name"]
    rows = {
        words_of(row[0]).rpartition(" ")[0].rpartition(" ")[0]: words_of(row)
        for row in published.pages["status/index.html"].iter("tr")
    }
    assert f"posts@6d: {number_words(HELD)} waits to be confirmed" in rows["Mastodon"]
    assert "never" in rows["Facebook"] and "when next asked" not in rows["Facebook"]


def test_a_share_image_shows_the_readings(published):
    """Number, place, days and line of each image, by the texts that are drawn."""
    seen = set()
    for line in published.images.read_text().splitlines():
        drawn = json.loads(line)
        if not drawn["number"]:
            continue
        one = next(o for o in published.latest.values() if drawn["number"].endswith(
            (number_words(o.value), number_words(o.value, "de"))))  # fmt: skip
        words = f"{drawn['number']} {drawn['what']} {drawn['as_of']}"
        needs = {WINDOW, WHERE} if "and" in one.place else {WINDOW}
        assert not [*wrong_with(words, one, needs, drawn["number"])], drawn
        days = replace_days(one, 1) if drawn["each"] else one.name
        points = published.known[days].points.items()
        assert [tuple(p) for p in drawn["points"]] == [(str(d), v) for d, v in points]
        seen.add(one.name)
    assert len(seen) > 2, seen


def replace_days(one, days):
    return f"{one.name.rpartition('@')[0]}@{days}d"


def test_data_files_have_each_reading_and_no_other(published):
    """CSV, JSON and SQLite, of the site and of each hashtag."""
    sums = [one for one in published.known.values() if one.name.startswith("all/")]
    every = {(one.name, str(day), value) for one in published.known.values()
             for day, value in one.points.items() if one not in sums}  # fmt: skip

    def rows(found):
        return {
            (r["series"], r["to"] or r["observed_at"][:10], int(r["value"]))
            for r in found
        }

    table = csv.DictReader(io.StringIO(published["data/observations.csv"]))
    document = json.loads(published["data/observations.json"])
    file = published.site.folder / "output/data/observations.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        stored = list(database.execute("SELECT * FROM observations"))
    assert rows(table) == rows(document) == rows(stored) == every

    text = csv.DictReader(io.StringIO(published["hashtags/metoo/metoo.csv"]))
    whole = json.loads(published["hashtags/metoo/metoo.json"])["series"]
    of_tag = {one for one in every if "/tag/metoo/" in one[0]}
    of_tag |= {(s.name, str(day), v) for s in sums for day, v in s.points.items()}
    assert rows(text) == of_tag
    assert (
        rows(
            {**o, "series": one["series"]} for one in whole for o in one["observations"]
        )
        == of_tag
    )


def test_nothing_is_invented_where_nothing_was_read(published):
    """No page has a zero, and no number or line of a place that has no reading.

    Nor is a place said to have none whose number stands beside it.
    """
    for path, root in published.pages.items():
        zeros = [words_of(one) for one in root.iter("data") if one.get("value") == "0"]
        assert not zeros, (path, zeros)
        for panel in of_class(root, "panel"):
            shown = " ".join(words_of(one) for one in of_class(panel, "panel__what"))
            rest = " ".join(words_of(one) for one in of_class(panel, "panel__rest"))
            assert not set(PLACE.findall(shown)) & set(PLACE.findall(rest)), (
                path,
                rest,
            )
    page = published["hashtags/womenboycotttwitter/index.html"]
    for place in ("Bluesky", "chaos.social"):
        assert f"posts, {place}</dt>" not in page.lower(), place
        assert f", {place}</h3>" not in page, place
    post = published["posts/what-a-boycott-hashtag-can-measure/index.html"]
    words = re.search(r'panel__rest">(.*?)</p>', post, re.S)[1].split()
    assert " ".join(words) == "Not read yet: chaos.social, Bluesky, X."


def test_a_refresh_moves_all_that_a_publish_would(published, monkeypatch):
    """After a new reading both end with the same bytes, and the old number is gone."""
    site, name = published.site, "x/tag/metoo/posts@6d"
    old, new = published.known[name], 71_317
    monkeypatch.chdir(site.folder)
    line = next(figured.lines_of(old)) | {
        "value": new,
        "observed_at": f"{TODAY}T09:00:00Z",
        "from": str(TODAY - timedelta(6)),
        "to": str(TODAY - timedelta(1)),
    }
    with open(
        site.folder / f"content/data/observations/{TODAY:%Y-%m}.jsonl", "a"
    ) as file:
        file.write(json.dumps(line) + "\n")
    assert site.refresh("--offline") == 0, site.out
    refreshed = site.bytes()
    texts = {
        path: values(texts_in(published, path))
        for path in published.paths(".html", ".xml", ".svg")
    }
    assert not [path for path, found in texts.items() if old.value in found]
    assert sum(new in found for found in texts.values()) > 10
    assert site.from_scratch() == refreshed

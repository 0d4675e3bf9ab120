"""What stands beside a line: label, number and line are of the same platforms."""

import json
import re
from datetime import date

import pytest

from pelican.plugins.live_stats.i18n import phrases
from pelican.plugins.live_stats.rendering.charts.sparkline import sparkline
from pelican.plugins.live_stats.rendering.exports.share_image import share_image
from support.site_folder import SETTINGS

ITEMS = ["all", "mastodon", "bluesky", "x"]
PLACES = {"mastodon.social": "mastodon", "Bluesky": "bluesky", "X": "x"}
PLACE = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in PLACES))
PER_DAY = re.compile("per day|pro Tag|par jour")
TEXTS = {
    "en": "[over 400](stat:all/tag/metoo), [](stat:mastodon/tag/metoo)",
    "de": "[über 400](stat:mastodon/tag/metoo), [](stat:x/tag/metoo)",
    "fr": "[plus de 400](stat:all/tag/metoo), [](stat:bluesky/tag/metoo)",
}
PAGES = {"en": "posts/en/", "de": "posts/de/de/", "fr": "posts/fr/fr/"}
DAYS = ("2026-11-23", "2026-11-24")
LINE = re.compile(
    r'(?P<svg><svg class="sparkline" role="img" aria-label="(?P<name>[^"]*)".*?</svg>)'
    r'(?:<span class="line__each">(?P<each>[^<]*)</span>)?',
    re.S,
)
CHART = re.compile(
    r'<(?:h3|figcaption) class="(?:multiples|chart)__title">(?P<title>[^<]*)<'
    r'.*?<svg class="chart__drawing".*?<title[^>]*>(?P<name>[^<]*)</title>'
    r'.*?class="chart__value">(?P<last>[^<]*)<.*?<tbody>(?P<rows>.*?)</tbody>',
    re.S,
)
ROW = re.compile(r'<tr><th scope="row">([^<]*)</th><td><data value="(\d+)">')


@pytest.fixture
def counted(site, platforms, monkeypatch):
    """A site in three languages after two days; Bluesky gives no single days."""
    for name in ("X_BEARER_TOKEN", "BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"):
        monkeypatch.setenv(name, "s3cret")
    more = "LIVE_STATS_SHARE_IMAGES = LIVE_STATS_DATA = True\n"
    site.write("conf.py", f"{SETTINGS}\nLIVE_STATS_PLATFORMS = {ITEMS}\n{more}")
    for lang, text in TEXTS.items():
        head = f"Title: T\nDate: 2017-10-17\nCategory: N\nHashtags: MeToo\nSlug: {lang}"
        site.write(f"content/posts/{lang}.md", f"{head}\nLang: {lang}\n\n{text}\n")
    for n, day in enumerate(DAYS):
        platforms._today = date.fromisoformat(day)
        platforms.counts |= {"uses": 100 + 13 * n, "hits": 700 + 20 * n}
        site.now = f"{day}T12:00:00Z"
        assert (site.refresh if n else site.publish)() == 0, site.out
    return site


@pytest.fixture
def points(counted):
    """`points(words, days)`: by day, what the history says of the platforms named.

    Sums where it names several, of the days that all of them have.
    """
    known = {}
    for file in (counted.folder / "content/data/observations").glob("*.jsonl"):
        for row in map(json.loads, file.read_text().splitlines()):
            known.setdefault(row["series"], {})[row["to"]] = row["value"]

    def points(words, days):
        names = [PLACES[name] for name in PLACE.findall(words)]
        assert names, words
        parts = [known.get(f"{name}/tag/metoo/posts@{days}d", {}) for name in names]
        return [
            (date.fromisoformat(end), sum(part[end] for part in parts))
            for end in sorted(set(parts[0]).intersection(*parts[1:]))
        ]

    return points


def digits(words):
    """The first number in words such as "at least 1,840 posts"."""
    return int(re.sub(r"\D", "", re.search(r"\d[\d,.\u202f]*", words)[0]))


def html_of(site):
    return [(path, site.read(path)) for path in site.files() if path.endswith(".html")]


def test_every_line_is_of_the_platforms_in_its_name(counted, points):
    """In panel, card, list, hashtag page and embedded card: drawn from these alone.

    It ends with the number in its name; a line of single days says so, in its name and
    beside it, and its number is that of its last day.
    """
    seen = set()
    for path, html in html_of(counted):
        for found in LINE.finditer(html):
            name, each = found["name"], found["each"]
            per_day = PER_DAY.search(name)
            line = points(name, 1 if per_day else 6)

            assert found["svg"] == sparkline(line, label=name), (path, name)
            assert (per_day and per_day[0]) == (each and PER_DAY.search(each)[0])
            said = name.split(": ")[1] if per_day else name
            assert digits(said) == line[-1][1], (path, name)
            seen.add((path.partition("/")[0], each, len(PLACE.findall(name))))

    assert {each for _, each, _ in seen} == {
        "line: per day", "Linie: pro Tag", "courbe\xa0: par jour", None
    }  # fmt: skip
    assert {path for path, _, _ in seen} >= {"posts", "embed", "hashtags", "index.html"}
    assert max(count for _, _, count in seen) == 3


def test_a_number_beside_a_line_is_of_the_same_platforms(counted, points):
    """In strips: what a label names makes up its number, and its line is named so."""
    items = [
        item
        for _, html in html_of(counted)
        for item in html.split('<div class="panel__item"')[1:]
    ]
    for item in items:
        what = re.search('<dt class="panel__what">(.*?)</dt>', item)[1]
        value = int(re.search('<data value="([0-9]+)">', item)[1])
        name = LINE.search(item)["name"]

        assert points(what, 6)[-1][1] == value
        assert PLACE.findall(name) == PLACE.findall(what)
    assert len(items) == 4 * 4  # three posts and the embedded card


def test_every_chart_is_of_the_platforms_in_its_title(counted, points):
    """Title, name, table and the value at the line's end are of one measure."""
    found = list(CHART.finditer(counted.read("hashtags/metoo/index.html")))

    for chart in found:
        title = chart["title"].partition(": ")[0]
        line = points(title, 1 if PER_DAY.search(title) else 6)
        rows = [
            (phrases.format_day(day, "en"), str(value)) for day, value in reversed(line)
        ]

        assert ROW.findall(chart["rows"]) == rows, title
        assert digits(chart["last"]) == line[-1][1], title
        assert PLACE.findall(chart["name"]) == PLACE.findall(title)
        assert bool(PER_DAY.search(chart["name"])) is bool(PER_DAY.search(title))
    assert len(found) == 1 + len(ITEMS)


def test_an_image_says_what_its_line_is_of(counted, points):
    """The sum's line is of the same days as its number, Mastodon's of single ones.

    It says whose numbers are in the sum, as the list of posts does.
    """
    assert "platforms, mastodon.social, Bluesky, and X</span>" in counted.read(
        "index.html"
    )
    for lang, place, each, more in (
        (
            "en",
            "mastodon.social, Bluesky, X",
            "",
            ", mastodon.social, Bluesky, and X",
        ),
        ("de", "mastodon.social", "pro Tag", ""),
    ):
        page = counted.read(f"{PAGES[lang]}index.html")
        number = re.search(r'<data class="figure__reading"[^>]*>([^<]*)<', page)[1]
        drawn = share_image(
            site="Digital Media Team",
            title="T",
            number=number,
            what=re.search('<th scope="row">(.*?)</th>', page)[1] + more,
            as_of=re.search("in (?:the|den) 6 [^<)]*2026", page)[0],
            points=points(place, 1 if each else 6),
            each=each,
            days=1 if each else 6,
        )
        file = counted.folder / "output" / PAGES[lang] / "share.png"
        assert file.read_bytes() == drawn

"""The files below `/data/`: by year once they are many, written only where rows are."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from pelican.plugins.live_stats.collection import scheduler
from pelican.plugins.live_stats.rendering.exports import history_parts
from support import site_folder

SERIES = "mastodon/tag/metoo/posts@6d"
FORMS = ("csv", "json", "sqlite3")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)


@pytest.fixture
def today():
    """The platforms have the clock of the site."""


@pytest.fixture(autouse=True)
def small_files(site, monkeypatch):
    """A file has about ten rows, so that a few days fill it."""
    site.write(
        "conf.py", site_folder.SETTINGS + 'LIVE_STATS_PLATFORMS = ["mastodon"]\n'
    )
    monkeypatch.setattr(history_parts, "MAX_BYTES", 6_000)


def store(site, series, first, count, name="older"):
    """Put a reading of each of some days into the history."""
    days = [first + timedelta(days=n) for n in range(count)]
    lines = [
        {
            "exactness": "at-least",
            "from": f"{day - timedelta(days=6):%Y-%m-%d}",
            "observed_at": f"{day:%Y-%m-%d}T06:00:00Z",
            "series": series,
            "source": "https://example.org/",
            "to": f"{day - timedelta(days=1):%Y-%m-%d}",
            "value": 100 + place,
        }
        for place, day in enumerate(days)
    ]
    text = "".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines)
    site.write(f"content/data/observations/{name}.jsonl", text)


def of_data(site):
    return {n: f for n, f in site.files().items() if n.startswith("data/obs")}


def parts(site):
    """The names of the parts that have files of all formats."""
    names = {name.removeprefix("data/observations") for name in of_data(site)}
    found = sorted({name.partition(".")[0] for name in names})
    assert names == {f"{one}.{form}" for one in found for form in FORMS}
    return found


def rows(site):
    found = []
    for part in parts(site):
        text = site.read(f"data/observations{part}.csv")
        found += csv.DictReader(io.StringIO(text))
    return found


def test_a_reading_rewrites_one_file_and_a_new_year_adds_one(site, platforms):
    """In a refresh; the page and its metadata follow, and a clean build is the same."""
    site.post()
    store(site, SERIES, datetime(2026, 10, 1, tzinfo=UTC), 30)
    site.now = "2026-12-30T12:00:00Z"
    assert site.publish() == 0, site.out
    *full, last = parts(site)
    assert full[0] == "-2026"
    before = site.files()

    platforms.counts["uses"] = 150
    site.now = "2026-12-30T18:00:00Z"
    assert site.refresh("--all") == 0, site.out

    assert "building once more" not in site.out
    later = site.files()
    changed = {name for name in later if later[name] != before[name]}
    assert {name for name in changed if name.startswith("data/")} == {
        "data/index.html",
        *(f"data/observations{last}.{form}" for form in FORMS),
    }

    platforms.counts["uses"] = 190
    site.now = "2027-01-01T12:00:00Z"
    assert site.refresh("--all") == 0, site.out

    assert "the history goes into other files below data/" in site.out
    assert parts(site) == [*full, last, "-2027"]
    data = of_data(site)
    assert {name: data[name] for name in data if "2026" in name} == {
        name: file for name, file in later.items() if name.startswith("data/obs")
    }
    page = site.read("data/index.html")
    assert all(f'href="../{name}"' in page for name in data)
    counts = re.findall(r'class="row-count"[^>]*value="(\d+)"', page)
    assert sum(map(int, counts)) == len(rows(site))
    metadata = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.S
    )
    files = {one["contentUrl"] for one in json.loads(metadata[1])["distribution"]}
    assert files == {f"https://blog.example/{name}" for name in data}
    assert site.bytes() == site.from_scratch()


def test_one_file_while_all_fits_and_more_when_they_are_published(site):
    """Beside an edit that is not published a refresh builds nothing, and says so.

    The files of a hashtag keep to the same limit.
    """
    site.post()
    store(site, SERIES, datetime(2025, 12, 25, tzinfo=UTC), 12)
    assert site.publish("--offline") == 0, site.out
    assert parts(site) == [""] and len(rows(site)) == 12
    few = of_data(site).keys()

    site.post("b", text="Half a sen")
    store(site, SERIES, datetime(2026, 2, 1, tzinfo=UTC), 25, "more")
    assert site.refresh("--offline") == 0, site.out
    assert "below data/; make publish renders those pages again" in site.out
    assert parts(site) == [""]

    assert site.publish("--offline") == 0, site.out
    found = parts(site)
    assert found[:3] == ["-2025", "-2026", "-2026-2"] and len(rows(site)) == 37
    _check_hashtag(site)
    assert site.bytes() == site.from_scratch()

    (site.folder / "content/data/observations/more.jsonl").unlink()
    assert site.publish("--offline") == 0, site.out
    assert of_data(site).keys() == few


def _check_hashtag(site):
    """Its files have the newest rows that fit, and the document says since when."""
    text = site.read("hashtags/metoo/metoo.csv")
    document = json.loads(site.read("hashtags/metoo/metoo.json"))
    table = list(csv.DictReader(io.StringIO(text)))
    assert len(text) < 6_000 and 10 < len(table) < 37
    assert document["since"] == table[0]["observed_at"] > "2026-02"
    assert table[-1]["value"] == "124" == str(document["series"][0]["value"])


def test_readings_of_drafts_decide_nothing(site):
    """Neither which files there are, nor where one ends."""
    site.post()
    store(site, SERIES, datetime(2025, 12, 25, tzinfo=UTC), 12)
    store(site, "x/post/99/likes", datetime(2020, 1, 1, tzinfo=UTC), 90, "drafts")
    site.post("b", text="[over 5](stat:x/post/99/likes)")
    text = (site.folder / "content/posts/b.md").read_text()
    site.write("content/posts/b.md", text.replace("Slug:", "Status: draft\nSlug:"))

    assert site.publish("--offline") == 0, site.out

    assert parts(site) == [""] and len(rows(site)) == 12
    site.write("content/posts/b.md", text)
    assert site.publish("--offline") == 0, site.out
    assert "-2020" in parts(site) and len(rows(site)) == 102


def test_what_only_a_template_asks_for_has_its_year(site):
    """The first build learns of it while it renders; still one command is enough."""
    site.post()
    store(site, SERIES, datetime(2025, 12, 1, tzinfo=UTC), 12)
    store(site, "x/account/a/followers", datetime(2021, 1, 1, tzinfo=UTC), 20, "own")
    path = site.folder / "theme/templates/partials/footer.html"
    path.write_text(path.read_text() + "{{ stats('x/account/a/followers') }}")

    assert site.publish("--offline") == 0, site.out

    assert parts(site) == ["-2021", "-2025"] and len(rows(site)) == 32

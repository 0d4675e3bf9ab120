"""Derived files of a whole site: data, badges, images and cards say what pages say."""

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest

from pelican.plugins.live_stats.collection import scheduler
from pelican.plugins.live_stats.rendering import slots
from support import site_folder

SERIES = "mastodon/tag/metoo/posts@6d"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Platforms that want a pause get it without the wall clock."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)


def latest(rows):
    """The last value of the series in rows of the history."""
    return [int(row["value"]) for row in rows if row["series"] == SERIES][-1]


def everywhere(site):
    """Our one number, as every file that has it says it."""
    folder = site.folder / "output"
    database = sqlite3.connect(folder / "data/observations.sqlite3")
    whole = list(csv.DictReader(io.StringIO(site.read("data/observations.csv"))))
    own = list(csv.DictReader(io.StringIO(site.read("hashtags/metoo/metoo.csv"))))
    document = json.loads(site.read("hashtags/metoo/metoo.json"))
    page, card = (
        site.read("hashtags/metoo/index.html"),
        site.read("embed/metoo/index.html"),
    )
    name = "hashtags/metoo/badges/mastodon-posts-6d"
    badge = ET.fromstring(site.read(f"{name}.svg")).get("aria-label")
    table = site.read("hashtags/index.html")
    row = re.search(r'<tr id="mastodon-posts-6d">.*?</tr>', page, re.S)[0]

    def number(text):
        return int(re.search(r"([\d,]+) posts", text)[1].replace(",", ""))

    def value(html):
        return int(re.search(r'<data[^>]* value="(\d+)"', html)[1])

    return {
        "the whole history as CSV": latest(whole),
        "as JSON": latest(json.loads(site.read("data/observations.json"))),
        "as SQLite": database.execute(
            "select value from latest where series = ?", (SERIES,)
        ).fetchone()[0],
        "the hashtag as CSV": latest(own),
        "as one document": document["series"][0]["value"],
        "its last observation": document["series"][0]["observations"][-1]["value"],
        "badge": number(badge),
        "shields": number(json.loads(site.read(f"{name}.json"))["message"]),
        "headline": value(page[page.index("hashtag__headline") :]),
        "row": value(row),
        "citation": value(row[row.index('class="cite"') :]),
        "card": value(card),
        "table of hashtags": value(table[table.index('class="compare"') :]),
        "description": number(
            re.search(r'name="description" content="([^"]+)', page)[1]
        ),
    }


def test_after_a_refresh_every_derived_file_says_the_same(site, platforms):
    """Data, badge, card, table, page: one number, and what a clean build would say."""
    site.post("a")
    site.post("b", text="")
    site.write(
        "content/posts/c.md",
        site_folder.POST.format(
            title="C", date="2018-01-01", slug="c", text=""
        ).replace("Hashtags: MeToo", "Hashtags: Other"),
    )
    assert site.publish() == 0, site.out
    assert set(everywhere(site).values()) == {621}, everywhere(site)
    image = site.files()["hashtags/metoo/badges/mastodon-posts-6d.svg"]

    platforms.counts["uses"] = 150
    site.now = "2026-11-25T12:00:00Z"
    assert site.refresh("--all") == 0, site.out

    said = everywhere(site)
    assert len(set(said.values())) == 1 and 621 not in said.values(), said
    assert site.files()["hashtags/metoo/badges/mastodon-posts-6d.svg"] != image
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize(
    "part, other",
    [
        ("exactness", "estimate"),
        ("source", "https://example.org/other"),
        ("observed_at", "2026-11-22T23:00:00Z"),
        ("value", 90),
        (None, None),
    ],
)
def test_a_line_mended_by_hand_shows_everywhere(site, part, other):
    """Whatever part of an earlier line, or the whole: as a clean build would say it."""
    site.post()
    lines = [counted(20, 90), counted(21, 230), counted(22, 310)]
    store(site, lines)
    assert site.publish("--offline") == 0, site.out
    if part:
        lines[1] |= {part: other}
    else:
        del lines[1]
    store(site, lines)

    assert site.refresh("--offline") == 0, site.out

    assert site.bytes() == site.from_scratch()


def test_days_behind_a_window_grow_old_on_their_own(site):
    """A window that was confirmed since is fresh, its last day is not."""
    site.post()
    store(site, [counted(22, 310), counted(22, 60, days=1), counted(21, 50, days=1)])
    record = {"kind": "series", "name": SERIES, "checked_at": "2026-11-23T20:00:00Z"}
    for moment in ("23T20", "24T10"):
        last = {"kind": "collection", "at": f"2026-11-{moment}:00:00Z"}
        lines = f"{json.dumps(record)}\n{json.dumps(last)}\n"
        site.write("content/data/state.jsonl", lines)
        run = site.refresh if moment == "24T10" else site.publish
        assert run("--offline") == 0, site.out

    document = json.loads(site.read("hashtags/metoo/metoo.json"))

    assert [one["state"] for one in document["series"][:2]] == ["fresh", "stale"]
    assert site.bytes() == site.from_scratch()


def counted(day, value, days=6):
    """A line of the history: a count that ends with this day of November."""
    return {
        "exactness": "at-least",
        "from": f"2026-11-{day - days + 1}",
        "observed_at": f"2026-11-{day + 1}T06:00:00Z",
        "series": SERIES.replace("6d", f"{days}d"),
        "source": "https://example.org/",
        "to": f"2026-11-{day}",
        "value": value,
    }


def store(site, lines):
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    site.write("content/data/observations/2026-11.jsonl", text)


def test_a_share_image_of_a_hashtag_follows_its_number(site, platforms):
    """And a page names it where previews look."""
    site.write("conf.py", site_folder.SETTINGS + "\nLIVE_STATS_SHARE_IMAGES = True\n")
    site.post()
    assert site.publish() == 0, site.out
    name = "hashtags/metoo/share.png"
    first = site.files()[name]
    assert (site.folder / "output" / name).read_bytes().startswith(b"\x89PNG")
    assert f'"https://blog.example/{name}"' in site.read("hashtags/metoo/index.html")

    platforms.counts["uses"] = 150
    site.now = "2026-11-25T12:00:00Z"
    assert site.refresh("--all") == 0, site.out

    assert site.files()[name][0] != first[0]


def test_what_others_embed_leads_back_and_needs_no_script(site, platforms):
    """The hashtag's page names its card; the card has a policy, a link, no script."""
    site.write("conf.py", site_folder.SETTINGS)
    site.post()
    assert site.publish() == 0, site.out
    page = site.read("hashtags/metoo/index.html")
    place = re.search(r'type="application/json\+oembed"[^>]* href="([^"]+)"', page)[1]
    about = json.loads(site.read(urlsplit(place).path.lstrip("/")))
    frame = re.search(r'src="([^"]+)"', about["html"])[1]
    card = site.read(f"{urlsplit(frame).path.lstrip('/')}index.html")

    assert about["type"] == "rich" and about["version"] == "1.0"
    assert "<script" not in card and "default-src 'none'" in slots.html.unescape(card)
    assert 'href="https://blog.example/hashtags/metoo/"' in card


def test_a_server_with_port_and_path_has_badges(site):
    """Its name makes names of files, and an address that leads to them."""
    places = '["mastodon@localhost:3000", "misskey@host.example/way"]'
    site.write("conf.py", f"{site_folder.SETTINGS}\nLIVE_STATS_PLATFORMS = {places}\n")
    site.post()

    assert site.publish("--offline") == 0, site.out

    page = site.read("hashtags/metoo/index.html")
    for name in ("mastodon@localhost~3A3000-posts-6d", "misskey@host.example~2Fway"):
        (file,) = [one for one in site.files() if f"{name}" in one and ".svg" in one]
        assert f'src="../../{file.replace("@", "%40")}"' in page


def test_a_theme_may_leave_pages_out(site):
    """Without its template there is no card, and nothing that would lead to one."""
    theme = site.folder / "theme/templates/statistics"
    (theme / "embed.html").unlink()
    lines = (theme / "hashtag.html").read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if "oembed" not in line)
    (theme / "hashtag.html").write_text(text)
    site.post()

    assert site.publish("--offline") == 0, site.out

    assert "hashtags/metoo/metoo.csv" in site.files()
    assert not [name for name in site.files() if name.startswith("embed/")]


def test_structured_data_names_files_that_are_there(site, platforms):
    """JSON-LD of a hashtag and of the history: valid, and each download exists."""
    site.post()
    assert site.publish() == 0, site.out

    for path in ("hashtags/metoo/index.html", "data/index.html"):
        found = re.search(
            r'<script type="application/ld\+json">(.*?)</script>', site.read(path), re.S
        )
        entry = json.loads(found[1])
        assert entry["@type"] == "Dataset" and entry["name"] and entry["description"]
        assert len(entry["distribution"]) >= 2
        for one in entry["distribution"]:
            file = urlsplit(one["contentUrl"]).path.lstrip("/")
            assert (site.folder / "output" / file).is_file()
    post = re.search(r"BlogPosting.*?</script>", site.read("posts/a/index.html"), re.S)
    assert '"Dataset", "@id": "https://blog.example/hashtags/metoo/"' in post[0]


def test_a_citation_leads_to_the_row_it_cites(site, platforms):
    """The address in it is whole, and its anchor is on the page."""
    site.post()
    assert site.publish() == 0, site.out

    for path in ("posts/a/index.html", "hashtags/metoo/index.html"):
        html = site.read(path)
        cited = re.findall(r'class="cite">.*?<a href="([^"]+)"', html, re.S)
        assert cited
        for address in cited:
            parts = urlsplit(address)
            assert parts.netloc == "blog.example"
            assert f"{parts.path.lstrip('/')}index.html" == path
            assert f'id="{parts.fragment}"' in html


def test_names_of_any_script_make_files(site, platforms):
    """A hashtag in another script has its data and badges, and links that work."""
    site.write(
        "content/posts/ja.md",
        site_folder.POST.format(
            title="J", date="2018-01-01", slug="ja", text=""
        ).replace("Hashtags: MeToo", "Hashtags: 私も, Ärger"),
    )

    assert site.publish() == 0, site.out

    files = site.files()
    for name in ("私も", "ärger"):
        assert f"hashtags/{name}/{name}.csv" in files
        assert f"hashtags/{name}/badges/mastodon-posts-6d.svg" in files


def test_turned_off_there_is_no_data(site, platforms):
    """One setting takes the exports, the badges and the cards away, and their links."""
    site.post()
    assert site.publish() == 0, site.out
    site.write("conf.py", site_folder.SETTINGS + "\nLIVE_STATS_DATA = False\n")

    assert site.publish() == 0, site.out

    assert not [
        name
        for name in site.files()
        if name.startswith(("data/", "embed/"))
        or "/badges/" in name
        or name.endswith(("metoo.csv", "metoo.json", "milestones.xml"))
    ]
    assert "observations" not in site.read("hashtags/metoo/index.html")

"""Whole sites, built by the real Pelican, against the stand-in for the platforms."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from pelican.plugins.live_stats.collection import scheduler
from pelican.plugins.live_stats.publishing.index import SiteIndex
from pelican.plugins.live_stats.rendering import slots
from pelican.plugins.live_stats.storage import atomic_write
from support import site_folder

ARTICLE = "posts/a/index.html"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Platforms that want a pause get it without the wall clock."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)


FEEDS = {"feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"}
DATA = {f"data/observations.{form}" for form in ("csv", "json", "sqlite3")}
DATA.add("data/index.html")  # which says how many readings there are
STATUS = {"status/index.html", "status/status.json"}  # they alone say when was asked


@pytest.fixture
def keyed(monkeypatch):
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret-token")


def words(html):
    """What a reader sees of a page before opening a card."""
    html = re.sub(r'<aside class="cards".*?</aside>', "", html, flags=re.S)
    return " ".join(slots.plain(html).split())


def test_with_every_platform_out_of_reach_the_claims_stand(site, platforms):
    """Exit 0, a line per platform, the figures as written with their dates."""
    site.post()
    for host in ("mastodon.social", "api.gdeltproject.org", "hn.algolia.com"):
        platforms.trouble[host] = 500

    code = site.publish()

    assert code == 0, site.out
    assert "Shared over 21,000 (17 October 2017) times." in words(site.read(ARTICLE))
    for label in ("Mastodon", "GDELT", "Hacker News"):
        assert re.search(rf"{label} .*reported an error.*claims stand", site.out)
    assert "set X_BEARER_TOKEN" in site.out
    assert "Nothing has been read yet" in site.out
    assert "Nothing has been read yet" in site.read(ARTICLE)


def test_the_right_numbers_stand_everywhere(site, platforms, keyed):
    """Sentence, table, panel, hashtag page, list, feed: one number, said alike."""
    site.post(text="On Mastodon [](stat:mastodon/tag/metoo).")

    assert site.publish() == 0, site.out

    article = words(site.read(ARTICLE))
    assert "Shared over 21,000 (24,318 on 24 November 2026) times." in article
    assert "On Mastodon 621." in article
    assert "up by less than 3,318 (16%)" in article
    panel = re.search(
        r'<div class="panel">.*?</div>\s*</aside>', site.read(ARTICLE), re.S
    )
    assert "621" in panel[0] and "6,015" in panel[0]
    assert "621" in site.read("hashtags/metoo/index.html")
    assert "24,318" in site.read("index.html")
    feed = site.read("feeds/all.atom.xml")
    assert "&gt;24,318&lt;/data&gt;" in feed


def test_a_second_publish_changes_nothing(site, platforms, keyed):
    """No file and no time of writing, whether asked again or not."""
    site.post()
    site.publish()
    before = site.files()

    site.publish()
    assert site.files() == before
    site.now = "2026-11-24T23:00:00Z"
    site.publish()
    assert _changed(site, before) == STATUS
    site.refresh("--all")
    assert _changed(site, before) == STATUS


def _changed(site, before):
    after = site.files()
    return {path for path in before | after if before.get(path) != after.get(path)}


def test_a_refresh_touches_only_pages_whose_numbers_moved(site, platforms, keyed):
    """And what it leaves equals a build from nothing."""
    site.post("a")
    site.post("b", text="Also [over 9](stat:mastodon@b.example/post/7/likes).")
    site.publish()
    before = site.files()
    platforms.trouble["api.x.com"] = platforms.trouble["mastodon.social"] = 500
    platforms.trouble["api.gdeltproject.org"] = platforms.trouble["hn.algolia.com"] = (
        500
    )
    platforms.counts["post"] = 30_000

    assert site.refresh("--all") == 0, site.out

    after = site.files()
    changed = {path for path in after if after[path] != before[path]}
    # The list shows b's first figure, which stands still; the feed has all of b.
    assert changed == {"posts/b/index.html"} | FEEDS | STATUS | DATA
    moved = words(site.read("posts/b/index.html"))
    assert "over 9 (30,001 on b.example)" in moved
    assert "Readings of 24 November 2026. Shared" in moved
    assert site.from_scratch() == {path: digest for path, (digest, _) in after.items()}


def test_a_source_that_fails_shows_its_last_reading_and_its_age(site, platforms, keyed):
    """Three days without an answer: the number stays, and looks old."""
    site.post()
    site.publish()
    platforms.trouble["api.x.com"] = 500
    site.now = "2026-11-27T12:00:00Z"

    assert site.refresh() == 0, site.out

    html = site.read(ARTICLE)
    assert "over 21,000 (24,318, last reading 24 November 2026)" in words(html)
    assert 'data-state="stale"' in html
    assert "keeping" in site.out


def test_a_site_is_a_function_of_content_history_and_state(site, platforms, keyed):
    """Built offline years later, from nothing, it is the same to the byte."""
    site.post(text="[](stat:wikipedia/article/A) [](stat:all/tag/metoo)")
    site.publish()
    first = site.bytes()

    site.now = "2031-01-01T00:00:00Z"

    assert site.from_scratch() == first


def test_no_slot_and_no_scheme_is_left(site, platforms, keyed):
    """Every file is free of tokens, and no page shows an address of ours."""
    site.post(text="[500](stat:gdelt/tag/metoo)\n\n# [over 5](stat:hackernews/post/1)")
    site.publish()

    for path in site.files():
        if not path.endswith((".css", ".svg", ".sqlite3")):
            text = site.read(path)
            assert not slots.has_any(text), path
            assert "stat:" not in text, path


def test_pages_are_html_and_feeds_are_xml(site, platforms, keyed):
    """A strict parser finds nothing wrong with any page."""
    site.post(text="| a | b |\n|---|---|\n| x | [over 5](stat:x/post/1/likes) |")
    site.write("content/pages/p.md", "Title: P\nSlug: p\n\n[](stat:x/tag/metoo)\n")
    site.publish()

    for path in site.files():
        if path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(site.read(path))
        elif path.endswith((".xml", ".svg")):
            ElementTree.fromstring(site.read(path))


def test_a_summary_in_a_feed_leads_nowhere_wrong(site, platforms, keyed):
    """Readers of feeds know no page that an address could be relative to: a summary is
    its words, the number among them; the whole text has addresses from the root."""
    for slug in "ab":
        text = "See [the *other*]({filename}/posts/b.md), 1 < 2 & on: "
        text += "[over 21,000](stat:x/post/1/reposts)."
        place = f"content/posts/{slug}.md"
        site.write(place, f"Title: A\nDate: 2024-01-02\nSlug: {slug}\n\n{text}\n")
    site.publish()

    feed = ElementTree.fromstring(site.read("feeds/all.atom.xml"))
    entry = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}"
    atom = feed.find(f"{entry}summary").text
    rss = ElementTree.fromstring(site.read("feeds/all.rss.xml"))
    assert rss.find("channel/item/description").text == atom
    assert atom.startswith("See the other, 1 &lt; 2 &amp; on: ")
    assert "24,318" in atom and "href" not in atom
    (item, _) = json.loads(site.read("feeds/all.json"))["items"]
    assert item["summary"].startswith("See the other, 1 < 2 & on: over 21,000 (24,318")
    assert 'href="https://blog.example/posts/b/"' in feed.find(f"{entry}content").text


def test_secrets_stay_in_the_environment(site, platforms, keyed):
    """No file, no history, no state, no line on the terminal repeats a key."""
    site.post()
    platforms.trouble["api.x.com"] = 401
    site.publish()

    for path in site.folder.rglob("*"):
        if path.is_file():
            assert b"s3cret-token" not in path.read_bytes(), path
    assert "s3cret-token" not in site.out


def test_a_dotenv_file_is_read(site, platforms):
    """Credentials may lie in a file that git ignores."""
    site.write(".env", "X_BEARER_TOKEN=from-file\n")
    site.post()
    site.publish()

    assert "24,318" in site.read(ARTICLE)


def test_each_language_speaks_its_own_wherever_it_stands(site, platforms, keyed):
    """A German post has German figures, in its page, in the list and in the feed."""
    site.write(
        "content/posts/d.md",
        "Title: D\nDate: 2017-10-17\nCategory: N\nLang: de\nSlug: d\n\n"
        "[über 21.000](stat:x/post/1/reposts) mal, "
        "[knapp eine halbe Million](stat:x/post/1/likes#mode=replace).\n",
    )
    site.post()
    site.publish()
    said = "über 21.000 (24.318 am 24. November 2026) mal, knapp 25.000."

    assert said in words(site.read("posts/d/de/index.html"))
    assert said in words(site.read("index.html"))


def test_replace_follows_the_reading(site, platforms, keyed):
    """The author's own wording, true of today's number; refreshed, true again."""
    site.post(text="Liked [over 21,000](stat:x/post/1/likes#mode=replace) times.")
    site.publish()
    assert "Liked over 24,000 times." in words(site.read(ARTICLE))

    platforms.counts["post"] = 25_999
    site.refresh("--all")
    assert "Liked over 25,000 times." in words(site.read(ARTICLE))


def test_a_held_reading_can_be_accepted(site, platforms, keyed):
    """The author's word lets an implausible reading pass at the next refresh."""
    site.post()
    site.publish()
    platforms.counts["post"] = 100
    site.refresh("--all")
    assert "24,318" in site.read(ARTICLE) and "held" in site.out
    # What its author can do is said where the author looks, not to readers.
    assert "make accept" not in site.read("status/index.html")
    assert site.tell("stats") == 0 and "make accept ref=x/post/1/reposts" in site.out

    assert site.tell("accept", "x/post/1/reposts") == 0
    assert site.tell("stats") == 0 and "make accept" not in site.out
    assert "accepted: the next collection stores it" in site.out
    site.now = "2026-11-24T12:01:00Z"
    site.refresh()
    assert "over 21,000 (100 on 24 November 2026)" in words(site.read(ARTICLE))
    assert site.tell("accept", "x/post/1/reposts") == 1
    assert "no reading of it is held" in site.out


def test_a_held_reading_can_be_rejected(site, platforms, keyed):
    """By what stands in the post, or in the browser: the number stays, and there is no
    more to say, but for those who ask. Until the author thinks of it anew."""
    site.post()
    site.publish()
    platforms.counts["post"] = 100
    site.refresh("--all")
    assert "make reject ref=x/post/1/reposts" in site.out

    assert site.tell("reject", "stat:x/post/1") == 0, site.out
    assert "x/post/1/reposts: 100 is left out" in site.out
    site.now = "2026-11-24T13:30:00Z"
    assert site.refresh("--all") == 0, site.out
    assert "implausible" not in site.out and "reject" not in site.out
    assert "24,318" in site.read(ARTICLE)
    assert "implausible" not in site.read("status/status.json")
    site.tell("stats")
    assert "100 was rejected: left out; if it is right: make accept ref=" in site.out
    assert site.bytes() == site.from_scratch()

    post = "https://x.com/somebody/status/1"
    assert site.tell("accept", post) == 1
    assert "write one behind the address: …/reposts" in site.out
    assert site.tell("accept", f"[over 21,000]({post}/reposts)") == 0, site.out
    site.refresh()
    assert "over 21,000 (100 on 24 November 2026)" in words(site.read(ARTICLE))


def test_a_decision_waits_for_no_run_and_is_not_lost_to_one(site, platforms, keyed):
    """While another run is at work it says so, and changes nothing."""
    site.post()
    site.publish()
    platforms.counts["post"] = 100
    site.refresh("--all")
    data = site.folder / "content/data"
    before = {one: one.read_bytes() for one in data.rglob("*.jsonl")}

    with atomic_write.single_instance(site.folder / ".build"):
        for command in ("accept", "reject"):
            assert site.tell(command, "x/post/1/reposts") == 1
            assert "another publish or refresh is running here" in site.out

    assert {one: one.read_bytes() for one in data.rglob("*.jsonl")} == before
    assert site.tell("accept", "nothing/like/this") == 1
    assert site.tell("accept", "x/post/2") == 1
    assert site.out == (
        "x/post/2/reposts: no reading of it is held; held: x/post/1/reposts\n"
    )


def test_a_hashtag_may_have_any_letters(site, platforms):
    """Links are percent-encoded, files are not, and both lead to the same page."""
    text = "Title: T\nDate: 2017-10-17\nCategory: N\nHashtags: GrößeZählt\nSlug: t\n\nT"
    site.write("content/posts/t.md", text)

    assert site.publish() == 0, site.out
    assert "#GrößeZählt" in site.read("hashtags/größezählt/index.html")
    assert "hashtags/gr%C3%B6%C3%9Fez%C3%A4hlt/" in site.read("posts/t/index.html")
    assert ("mastodon.social", "/api/v1/tags/größezählt") in platforms.asked


def test_spellings_of_one_hashtag_are_one(site):
    """A letter with its mark, in one sign or two; capitals; letters of full width."""
    for slug, labels in (
        ("a", "Cafe\u0301, Ολυμπιακός, ＭｅＴｏｏ"),
        ("b", "Caf\u00e9, ΟΛΥΜΠΙΑΚΌΣ, metoo, हिन्दी"),
    ):
        text = (
            f"Title: T\nDate: 2017-10-17\nCategory: N\nHashtags: {labels}\nSlug: {slug}"
        )
        site.write(f"content/posts/{slug}.md", f"{text}\n\nT")

    assert site.publish("--offline") == 0, site.out

    pages = [
        name for name in site.files() if re.fullmatch("hashtags/.+/index.html", name)
    ]
    assert sorted(pages) == [
        "hashtags/caf\u00e9/index.html",
        "hashtags/metoo/index.html",
        "hashtags/ολυμπιακός/index.html",
        "hashtags/हिन्दी/index.html",
    ]
    for page in sorted(pages)[:3]:
        assert "posts/a/" in site.read(page) and "posts/b/" in site.read(page)


def test_a_hashtag_is_one_word_everywhere(site, platforms):
    """Front matter, address, pasted address and template mean the same page and
    question, and ß is no ss: no platform counts the two together."""
    uses = "[](stat:mastodon/tag/Fußball) [](stat:https://mastodon.social/tags/"
    site.write(
        "content/posts/t.md",
        "Title: T\nDate: 2017-10-17\nCategory: N\nHashtags: Fußball, Fussball\n"
        f"Slug: t\n\n{uses}Fu%C3%9Fball/posts)",
    )
    site.write(
        "theme/templates/404.html", '{{ stats.hashtag("FUßBALL").rows | length }} rows'
    )

    assert site.publish() == 0, site.out
    assert site.read("404.html") == "5 rows"
    asked = [path for host, path in platforms.asked if host == "mastodon.social"]
    assert sorted(asked) == ["/api/v1/tags/fussball", "/api/v1/tags/fußball"]
    assert "mastodon.social/tags/fu%C3%9Fball" in site.read("posts/t/index.html")
    for name in ("fussball", "fußball"):
        assert "posts/t/" in site.read(f"hashtags/{name}/index.html")


def test_another_usual_server_is_asked_and_named(site, platforms, monkeypatch):
    """MASTODON_INSTANCE moves the usual vantage point, in words and in the history."""
    monkeypatch.setenv("MASTODON_INSTANCE", "https://example.social/")
    site.post(text="[over 5](stat:mastodon/tag/metoo)")
    site.publish()

    assert "(621 on example.social in the 6 days" in words(site.read(ARTICLE))
    assert "mastodon.social" not in platforms.hosts()


def test_a_template_that_decides_is_rendered_again(site, platforms, keyed):
    """`{% if stats(…) > n %}` follows the number, also on a refresh."""
    site.post()
    page = site.folder / "theme/templates/page.html"
    page.write_text(
        "{% set n = stats('x/post/1/likes') %}"
        "{% if n > 30000 %}many{% elif n %}some{% else %}none{% endif %}: {{ n }}"
    )
    site.write("content/pages/p.md", "Title: P\nSlug: p\n\nText.\n")

    site.publish()
    assert "some: " in site.read("p/index.html")
    assert "24,319" in site.read("p/index.html")

    skeletons = site.folder / ".build/site"
    before = {path: path.stat().st_mtime_ns for path in skeletons.rglob("*.html")}
    platforms.counts["post"] = 40_000
    assert site.refresh("--all") == 0
    assert "many: " in site.read("p/index.html")
    assert "decide on changed: x/post/1/likes\n" in site.out
    # And no other page is rendered: each skeleton lies there as it did.
    after = {path: path.stat().st_mtime_ns for path in skeletons.rglob("*.html")}
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {skeletons / "p/index.html"}
    assert site.bytes() == site.from_scratch()


def test_a_converted_slot_is_its_value_and_never_zero(site, platforms, keyed):
    """`|int` on a number gives the number; with no reading it gives nothing."""
    site.post()
    page = site.folder / "theme/templates/page.html"
    page.write_text("[{{ stats('x/post/1/likes') | int }}] {{ '7' | int + 1 }}")
    site.write("content/pages/p.md", "Title: P\nSlug: p\n\nText.\n")

    site.publish("--offline")
    assert "[] 8" in site.read("p/index.html")
    site.publish()
    assert "[24319] 8" in site.read("p/index.html")


def test_a_site_without_posts_has_no_feed(site, platforms):
    """An empty feed would carry the time of the build."""
    site.write("content/pages/p.md", "Title: P\nSlug: p\n\nText.\n")

    assert site.publish() == 0, site.out
    assert "feeds/all.atom.xml" not in site.files()
    first = site.bytes()
    site.now = "2026-12-24T12:00:00Z"
    assert site.from_scratch() == first


def test_a_scheduled_post_appears_when_it_is_due(site, platforms):
    """A post dated in the future waits; a refresh after that publishes it."""
    site.post("a")
    site.post("later", date="2026-12-01 08:00")
    site.publish()
    assert "later" not in site.read("index.html")

    site.now = "2026-12-01T07:59:00Z"
    site.refresh()
    assert "later" not in site.read("index.html")

    site.now = "2026-12-01T08:01:00Z"
    site.refresh()
    assert "is due: publishing" in site.out
    assert "posts/later/" in site.read("index.html")


def test_a_refresh_of_what_is_no_address_any_more_publishes(site, platforms, keyed):
    """The site was built by a version that took more for a hashtag: posts say so."""
    site.post(text="[](stat:mastodon/tag/old)")
    assert site.publish() == 0, site.out
    index = SiteIndex.load(site.folder / ".build")
    series = [one.replace("/old/", "/o%3Fd/") for one in index.about.series]
    index.end(replace(index.about, series=series))
    index.save()
    index.close()
    site.post(text="[](stat:mastodon/tag/o%3Fd)")

    assert site.refresh() == 1
    assert "has another meaning than in the last build: publishing" in site.out
    assert 'a.md:8: stat:mastodon/tag/o%3Fd: "?" stands in no hashtag' in site.out


def test_a_refresh_without_a_site_publishes(site, platforms):
    """Nothing built yet, or .build/ lost: it says so and builds."""
    site.post()

    assert site.refresh() == 0
    assert "no site was built here yet: publishing" in site.out
    assert "over 21,000" in site.read(ARTICLE)


def test_no_page_of_the_theme_is_rendered_every_time(site, platforms):
    """Of each template it is known what it reads: a publish without news is short."""
    site.post()
    site.write(
        "content/pages/how.md",
        "Title: How\nSlug: how\nTemplate: how_we_count\n\nText.\n",
    )
    follow = {"label": "Follow us", "page": "https://x.com/you"}
    more = f"\nFOLLOW = [{follow}]\nLIVE_STATS_SHARE_IMAGES = SEARCH = True\n"
    site.write("conf.py", site_folder.SETTINGS + more)
    for minute in (0, 10, 20):  # the first has made folders, which the second finds
        site.now = f"2026-11-24T12:{minute:02}:00Z"
        assert site.publish("--offline") == 0, site.out

    assert "no post, page, template or setting has changed" in site.out
    assert "0 files written" in site.out


def test_a_skeleton_that_was_touched_is_made_again_when_it_is_needed(site, platforms):
    """Nothing is new, but a page is gone, and what it was made from is another."""
    site.post()
    site.publish()
    before = site.bytes()
    (site.folder / ".build/site" / ARTICLE).write_text("<p>by hand")
    (site.folder / "output" / ARTICLE).unlink()

    site.now = "2026-11-24T12:10:00Z"
    assert site.publish("--offline") == 0, site.out

    assert "a page of the last build was changed or removed: building" in site.out
    assert site.bytes() == before


def test_a_failed_publish_leaves_the_refresh_able(site, platforms, keyed):
    """A mistake in a new post stops the publishing, not the numbers of what is out."""
    site.post()
    site.publish()
    site.post("b", text="[many](stat:x/post/1)")
    assert site.publish() == 1
    platforms.counts["post"] = 26_000

    assert site.refresh("--all") == 0, site.out
    assert "26,000" in site.read(ARTICLE)


def test_two_runs_at_once_do_not_mix(site, platforms):
    """A refresh from cron waits for its turn while a publish is at work."""
    site.post()
    site.publish()
    before = site.files()

    with atomic_write.single_instance(site.folder / ".build") as alone:
        assert alone
        assert site.refresh("--all") == 1
    assert "another publish or refresh is running here" in site.out
    assert site.files() == before
    assert site.refresh("--all") == 0


def test_what_vanishes_is_removed(site, platforms):
    """A deleted post leaves no page behind; what git keeps there stays."""
    site.post("a")
    site.post("b")
    site.publish()
    site.write("output/.git/config", "[core]\n")
    (site.folder / "content/posts/b.md").unlink()

    site.publish()

    assert not (site.folder / "output/posts/b").exists()
    assert (site.folder / "output/.git/config").exists()


@pytest.mark.parametrize("after", [0, 1, 7])
def test_killed_while_filling_the_next_run_heals(site, platforms, monkeypatch, after):
    """Every file is whole at any moment, and the next run equals a clean one."""
    site.post()
    site.publish()
    site.post(text="And more.", title="Another title")
    known, count = atomic_write.write_if_changed, iter(range(after + 1))

    def killed(path, data, *over):
        path = Path(path)
        if "output" in path.parts and next(count, None) is None:
            path.with_name(f".{path.name}{atomic_write.PARTIAL_SUFFIX}").write_bytes(
                data[:9]
            )
            raise KeyboardInterrupt
        return known(path, data, *over)

    monkeypatch.setattr(atomic_write, "write_if_changed", killed)
    assert site.publish() == 130
    monkeypatch.setattr(atomic_write, "write_if_changed", known)

    assert site.publish() == 0
    healed = site.bytes()
    assert healed == site.from_scratch()
    assert not any(path.endswith(atomic_write.PARTIAL_SUFFIX) for path in healed)


def test_a_changed_number_resurrects_no_post(site, platforms, keyed):
    """Feed ids and dates, and the sitemap, follow the author and not the numbers."""

    def dated():
        feed = re.findall(
            r"<(?:id|updated|published)>.*?<", site.read("feeds/all.atom.xml")
        )
        return feed, site.read("sitemap.xml")

    site.post()
    site.publish()
    before = dated()
    platforms.counts["post"] = 26_000
    site.now = "2026-12-24T12:00:00Z"
    site.publish()

    assert "26,000" in site.read(ARTICLE)
    assert dated() == before
    assert "<lastmod>2017-10-17</lastmod>" in before[1]
    assert "2026" not in before[1]


def test_an_own_fragment_of_the_theme_wins(site, platforms, keyed):
    """Fragments are templates that a theme may override."""
    site.write("theme/templates/live_stats/figure.html", "<b>{{ s.value }}!</b>")
    site.post()
    site.publish()

    assert "Shared <b>24318!</b> times." in site.read(ARTICLE)


def test_numbers_that_are_too_old_end_with_an_error(site, platforms, keyed):
    """The site is complete, its status says why, and a scheduler notices."""
    site.post()
    assert site.publish() == 0, site.out
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + 'LIVE_STATS_FAIL_AFTER = {"x": 48}\n')
    platforms.trouble["api.x.com"] = 500
    site.now = "2026-11-27T12:00:00Z"

    assert site.publish() == 3, site.out

    assert "x/post/1/reposts: not confirmed since 2026-11-24" in site.out
    assert "over 21,000 (24,318, last reading 24 November 2026)" in words(
        site.read(ARTICLE)
    )
    status = {
        one["name"]: one
        for one in json.loads(site.read("status/status.json"))["platforms"]
    }
    assert status["x"]["condition"] == "failing"
    assert "reported an error" in status["x"]["failure"]
    assert status["hackernews"]["condition"] == "fresh"


def test_a_figure_that_waits_for_a_key_is_named(site, platforms):
    """Where it stands, and what to set; the build goes on."""
    site.post()

    assert site.publish() == 0
    assert "content/posts/a.md:8: this figure waits for a key of X" in site.out
    assert "set X_BEARER_TOKEN" in site.out


def test_a_share_image_follows_its_number(site, platforms, keyed):
    """A refresh draws it anew when the figure moves, and only then."""
    site.write("conf.py", site_folder.SETTINGS + "\nLIVE_STATS_SHARE_IMAGES = True\n")
    site.post()
    assert site.publish() == 0, site.out
    name = "posts/a/share.png"
    first = site.files()[name]
    assert f'content="https://blog.example/{name}"' in site.read(ARTICLE)

    assert site.refresh() == 0 and site.files()[name] == first
    platforms.counts["post"] = 30_000
    site.now = "2026-11-25T12:00:00Z"
    assert site.refresh() == 0, site.out

    assert site.files()[name][0] != first[0]
    assert site.from_scratch() == {p: digest for p, (digest, _) in site.files().items()}


def test_the_texts_can_be_searched_until_that_is_turned_off(site, platforms):
    """What was made for searching goes with the setting."""
    site.write("conf.py", site_folder.SETTINGS + "\nSEARCH = True\n")
    site.post()
    assert site.publish("--offline") == 0
    assert "search: 1 page indexed" in site.out
    assert "pagefind/pagefind.js" in site.files()
    assert site.publish("--offline") == 0 and "pagefind/pagefind.js" in site.files()

    site.write("conf.py", site_folder.SETTINGS)
    assert site.publish("--offline") == 0

    assert not [name for name in site.files() if name.startswith("pagefind/")]


def test_followers_stand_beside_the_way_to_follow(site, platforms, keyed):
    """A link at the foot of each page, its count a live figure."""
    follow = {"label": "Follow us", "page": "https://x.com/you"}
    follow["stat"] = "x/account/you/followers"
    site.write("conf.py", site_folder.SETTINGS + f"\nFOLLOW = [{follow}]\n")
    site.post()
    assert site.publish() == 0, site.out

    assert "Follow us followers: 5,000" in words(site.read(ARTICLE))

"""After any edits and readings, the site is the one that is built from nothing."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.publishing.figure_places import FigurePlaces
from pelican.plugins.live_stats.publishing.index import SiteIndex
from support.examples import examples
from support.large import large
from support.site_folder import Site

TAGS = ["MeToo", "Python"]
names = st.sampled_from("abc")
texts = st.sampled_from(
    [
        "Plain words.",
        "Used [over 900](stat:mastodon/tag/metoo/posts@6d) times.",
        "And [nearly 2,000](stat:mastodon/tag/python/posts@6d#mode=replace) here.",
        "A number alone: [](stat:x/post/1/likes).",
        "Seen:\n\nhttps://x.com/jack/status/1\n\nMuch.",
        "Words.\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n",
        "A [link]({filename}/posts/a.md) and [over 5](stat:x/post/1/replies).",
    ]
)
series = st.sampled_from(
    [
        "mastodon/tag/metoo/posts@6d",
        "mastodon/tag/python/posts@6d",
        "x/post/1/likes",
        "x/post/1/replies",
        "x/post/1/reposts",
    ]
)
DECIDES = '{% if stats("x/post/1/likes") > 1000 %}<p>Many</p>{% endif %}</article>'
edits = st.one_of(
    st.tuples(st.just("post"), names, texts, st.sampled_from(TAGS)),
    st.tuples(st.just("title"), names, texts, st.sampled_from(TAGS)),
    st.tuples(st.just("words"), names, st.sampled_from(["More.", "Of many."])),
    st.tuples(st.just("untagged"), names, texts),
    st.tuples(st.just("yaml"), names, texts, st.sampled_from(TAGS)),
    st.tuples(st.just("draft"), names),
    st.tuples(st.just("delete"), st.sampled_from("bc")),
    st.tuples(st.just("rename"), st.sampled_from("bc"), st.sampled_from("bc")),
    st.tuples(st.just("date"), names, st.sampled_from(["2016-03-04", "2017-10-17"])),
    st.tuples(st.just("reading"), series, st.integers(0, 9000)),
    st.tuples(st.just("template"), st.booleans()),
)


class Silent:
    """What a test of the command line hears; nobody reads it here."""

    out = err = ""

    def readouterr(self):
        return self


@settings(max_examples=examples(5, in_ci=3))
@given(
    steps=st.lists(st.tuples(edits, st.booleans()), min_size=2, max_size=6),
    many=st.booleans(),
)
def test_edits_and_readings_in_any_order(steps, many):
    """Refreshed or published, by whatever way it came there; on a large site too."""
    with large(many):
        edit_and_compare(steps)


def edit_and_compare(steps):
    before, folder = os.getcwd(), Path(tempfile.mkdtemp())
    os.chdir(folder)
    try:
        site = Site(folder, Silent())
        site.post("a")
        good = (folder / "theme/templates/article.html").read_text()
        assert site.publish("--offline") == 0
        for number, (edit, refreshes) in enumerate(steps):
            site.now = f"2026-11-24T12:{5 * number + 5:02}:00Z"
            apply(site, edit, good, number)
            only_numbers = edit[0] == "reading"
            run = site.refresh if refreshes and only_numbers else site.publish
            assert run("--offline") == 0
            assert (site.bytes(), asked(folder)) == anew(site, folder)
    finally:
        os.chdir(before)
        shutil.rmtree(folder)


def apply(site, edit, good, number):
    kind, *rest = edit
    posts = site.folder / "content/posts"
    match kind, rest:
        case "post" | "title" | "yaml", [name, text, tag]:
            write_post(site, kind, name, text, tag)
        case "words", [name, words] if (posts / f"{name}.md").exists():
            with open(posts / f"{name}.md", "a") as file:
                file.write(f"\n{words}\n")
        case "untagged", [name, text]:
            site.post(name, text=text)
            path = posts / f"{name}.md"
            path.write_text(path.read_text().replace("Hashtags: MeToo\n", "", 1))
        case "rename", [name, other] if (posts / f"{name}.md").exists():
            text = (posts / f"{name}.md").read_text()
            (posts / f"{name}.md").unlink()
            other = f"{other}{number}"
            (posts / f"{other}.md").write_text(text.replace("Slug: ", "Slug: re-", 1))
        case "date", [name, date] if (posts / f"{name}.md").exists():
            path = posts / f"{name}.md"
            path.write_text(
                path.read_text().replace("Date: ", f"Date: {date}\nWas: ", 1)
            )
        case "draft", [name] if (posts / f"{name}.md").exists() and name != "a":
            path = posts / f"{name}.md"
            path.write_text("Status: draft\n" + path.read_text())
        case "delete", [name]:
            (posts / f"{name}.md").unlink(missing_ok=True)
        case "reading", [series, value]:
            observe(site, series, value, number)
        case "template", [decides]:
            text = good.replace("</article>", DECIDES) if decides else good
            (site.folder / "theme/templates/article.html").write_text(text)


def write_post(site, kind, name, text, tag):
    """A post in Pelican's own form, or with YAML."""
    if kind == "yaml":
        head = f'---\ntitle: "A title: {tag}"\ndate: 2017-10-17\nSlug: {name}\n'
        head += f"hashtags:\n- {tag}\nmore: {{of: [1, {tag}]}}\n---\n"
        site.write(f"content/posts/{name}.md", f"{head}{text}\n")
        return
    title = "Another title" if kind == "title" else "A title"
    site.post(name, text=text, title=title)
    path = site.folder / f"content/posts/{name}.md"
    path.write_text(path.read_text().replace("MeToo", tag, 1))


def observe(site, series, value, number):
    """A line of the history, as a collection appends it."""
    window = "@" in series
    entry = {
        "exactness": "exact",
        "from": f"2026-11-{10 + number}" if window else None,
        "observed_at": f"2026-11-24T0{number}:00:00Z",
        "series": series,
        "source": "https://example.org/",
        "to": f"2026-11-{15 + number}" if window else None,
        "value": value,
    }
    path = site.folder / "content/data/observations/2026-11.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as file:
        file.write(json.dumps(entry, sort_keys=True, separators=(",", ":")) + "\n")


def asked(folder):
    """What is asked for on behalf of the site, and where it stands in a text first."""
    index = SiteIndex.load(folder / ".build")
    try:
        series = index.about.series
    finally:
        index.close()
    known = FigurePlaces(folder / ".build")
    return series, {one: known.of(one)[0] for one in series if known.of(one)}


def anew(site, folder):
    """Bytes, and `asked`, of the same site in a folder where nothing is remembered."""
    kept = {name: folder / f"{name}.kept" for name in ("output", ".build")}
    for name, place in kept.items():
        (folder / name).rename(place)
    try:
        assert site.publish("--offline") == 0
        return site.bytes(), asked(folder)
    finally:
        for name, place in kept.items():
            shutil.rmtree(folder / name)
            place.rename(folder / name)

"""All mistakes of all kinds are told in one run, and none that follows from another."""

import pytest

from support.pictures import put_picture

HEAD = "Title: {title}\nDate: 2017-10-17\nCategory: News\n\n"


def write(site, name, text, title=""):
    site.write(f"content/posts/{name}.md", HEAD.format(title=title or name) + text)


def told(site):
    assert site.publish("--offline") == 1
    assert "Traceback" not in site.out
    return [row for row in site.out.splitlines() if ": " in row and "/" in row]


def test_templates_figures_links_and_addresses_in_one_run(site, platforms):
    """What was published stays; mended, the next build is that of a fresh checkout."""
    site.post("good")
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    write(site, "a", "[many](stat:x/post/1) [x](/none/)\n")
    write(site, "b", "[x](#nix)\n", title="Same")
    write(site, "c", "![x]({static}/images/no.png)\n", title="Same")
    templates = [site.folder / f"theme/templates/{n}.html" for n in ("page", "search")]
    usual = [template.read_text() for template in templates]
    for template, text in zip(templates, usual, strict=True):
        wrong = "{{ nothing.of.this }}{% endblock %}"
        template.write_text(text.replace("{% endblock %}", wrong, 1))
    site.write("content/pages/p.md", "Title: P\n\n[x](/gone/)\n")

    places = [row.split(": ")[0] for row in told(site)]
    assert places[:6] == [
        "content/pages/p.md:3",
        "content/posts/a.md:5",
        "content/posts/a.md:5",
        "content/posts/b.md:5",
        "content/posts/c.md:1",
        "content/posts/c.md:5",
    ]
    assert [place.rpartition(":")[0] for place in places[6:]] == [
        "theme/templates/page.html",
        "theme/templates/search.html",
    ]
    assert site.files() == before

    for template, text in zip(templates, usual, strict=True):
        template.write_text(text)
    for name in ("a", "b", "c"):
        write(site, name, "Right.\n")
    site.write("content/pages/p.md", "Title: P\n\n[x](/posts/a/)\n")
    assert site.publish("--offline") == 0, site.out
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize(
    "link",
    ["{filename}bad.md", "/posts/a-bad-post/", "{category}Lost", "{tag}Only here"],
)
def test_a_link_to_a_mistaken_post_is_no_mistake(site, platforms, link):
    """It waits for the other mistake; if that was not the reason, it is told then."""
    bad = "Title: A bad post\nDate: soon\nCategory: Lost\nTags: Only here\n\nText.\n"
    site.write("content/posts/bad.md", bad)
    write(site, "to", f"[x]({link})\n")
    assert [row.split(": ")[0] for row in told(site)] == ["content/posts/bad.md:2"]

    site.write("content/posts/bad.md", bad.replace("soon", "2017-10-17"))
    assert site.publish("--offline") == 0, site.out
    site.write("content/posts/bad.md", HEAD.format(title="Another"))
    if link[:2] == "{c" or link[:2] == "{t":  # old addresses lead on
        (row,) = told(site)
        assert row.startswith("content/posts/to.md:5")


def test_a_heading_that_is_renamed_later_is_missed(site, platforms):
    """The post that links there did not change, and its line is named."""
    write(site, "a", "[x]({filename}b.md#part) [y](/posts/b/#part)\n")
    write(site, "b", "## Part\n\nText.\n")
    assert site.publish("--offline") == 0, site.out
    write(site, "b", "## Another\n\nText.\n")

    rows = told(site)
    assert [row.split(": ")[0] for row in rows] == ["content/posts/a.md:5"] * 2
    write(site, "b", "## Another {#part}\n\nText.\n")
    assert site.publish("--offline") == 0, site.out


@pytest.mark.parametrize(
    "line", ['LINKS = [("x", "/nix/")]', 'MENUITEMS = [("x", "/nix/")]']
)
def test_a_link_of_the_settings_is_named_there(site, platforms, line):
    """The theme shows it on each page, and no post is to blame."""
    conf = site.folder / "conf.py"
    conf.write_text(f"{conf.read_text()}{line}\n")
    base = site.folder / "theme/templates/base.html"
    show = "{% for _, to in LINKS + (MENUITEMS or []) %}<a href='{{ to }}'>x</a>"
    base.write_text(base.read_text().replace("<main", show + "{% endfor %}<main", 1))
    conf.write_text("LINKS = MENUITEMS = []\n" + conf.read_text())
    site.post("a")

    (row,) = told(site)
    number = conf.read_text().splitlines().index(line) + 1
    assert row.startswith(f"conf.py:{number}: {line.split()[0]} has ")
    assert "/nix/ leads to nothing" in row


ODD = ("a b.gif", "größe.gif", "#1.gif", "50%.gif", "a&b.gif", "q'x.gif", "😀 [x].gif")


def test_names_of_files_work_in_all_addresses(site, platforms):
    """Spaces and signs that mean something in an address are encoded everywhere."""
    from urllib.parse import quote
    from xml.etree import ElementTree

    for name in ODD:
        put_picture(site, f"content/images/{name}", 1, 1, "GIF")
    text = "\n\n".join(f"![x]({{static}}/images/{quote(name)})" for name in ODD)
    slug = "größe & mehr #1?"
    site.write(
        "content/posts/ü #.md",
        f"Title: Odd\nDate: 2017-10-17\nCategory: News\nSlug: {slug}\n\n{text}\n",
    )
    assert site.publish("--offline") == 0, site.out
    page = site.read(f"posts/{slug}/index.html")
    address = f"https://blog.example/posts/{quote(slug)}/"
    assert f'rel="canonical" href="{address}"' in page
    assert f'property="og:url" content="{address}"' in page
    for name in ODD:
        assert f'src="../../images/{quote(name)}"' in page, name
    for path in ("feeds/all.atom.xml", "feeds/all.rss.xml", "sitemap.xml"):
        ElementTree.fromstring(site.read(path))
        assert address in site.read(path)
    assert address in site.read("feeds/all.json")

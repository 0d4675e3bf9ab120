"""A broken link is named where its author wrote it, whichever pages show it."""

import pytest

from pelican.plugins.live_stats.cli.dev_app import PreviewApp
from pelican.plugins.live_stats.cli.dev_server import DevBuilder
from support.pictures import put_picture

HEAD = "Title: T\nDate: 2017-10-17\nCategory: N\nSlug: t\n"


def told(site):
    """What was said of links, sorted by place."""
    return [row for row in site.out.splitlines() if "leads to" in row]


@pytest.fixture
def around(site, platforms):
    """A published site with an image and a post, and four pages of lists."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", f"""{conf}POLICY_SOURCES = {{"object-src": ["'self'"]}}\n""")
    site.post()
    put_picture(site, "content/images/photo.png")
    assert site.publish("--offline") == 0, site.out
    return site


LINKS = [
    ("![x]({static}/images/nix.png)", "{static}/images/nix.png"),
    ("![x]({static}../images/nix.png)", "{static}../images/nix.png"),
    ("![x]({attach}nix.png)", "{attach}nix.png"),
    ("![x](../images/nix.png)", "../images/nix.png"),
    ("![x](/images/nix.png 'a title')", "/images/nix.png"),
    ("![x](</images/n ix.png>)", "/images/n ix.png"),
    ("![x](/images/n%20ix.png)", "/images/n%20ix.png"),
    ("[![x]({static}/images/photo.png)](/none/)", "/none/"),
    ("[x](/none_(one)/)", "/none_(one)/"),
    (r"[x](/no\_ne/)", "/no_ne/"),
    ("[x](/none/?a=1&amp;b=2)", "/none/?a=1&b=2"),
    ("[x]({filename}none.md)", "{filename}none.md"),
    ("[x](|filename|none.md)", "|filename|none.md"),
    ("[x]({filename}/posts/none.md#part)", "{filename}/posts/none.md#part"),
    ("[x]({tag}zebra)", "{tag}zebra"),
    ("[x]({category}zebra)", "{category}zebra"),
    ("[x]({nothing}zebra)", "{nothing}zebra"),
    ("[x](https://blog.example/none/)", "https://blog.example/none/"),
    ('<a href="/none/">x</a>', "/none/"),
    ("<p><a href=/none/>x</a></p>", "/none/"),
    ("<img alt='x' src='{static}/images/nix.png'>", "{static}/images/nix.png"),
    ('<img src="/images/photo.png" srcset="/n.png 1x,/n,n.png 2x">', "/n.png"),
    ('<img src="/images/photo.png" srcset="/n.png 1x, /n,m.png 2x">', "/n,m.png"),
    ('<video poster="/n.png" src="/images/photo.png"></video>', "/n.png"),
    ('<audio><source src="/n.mp3"></audio>', "/n.mp3"),
    ('<object data="/n.svg"></object>', "/n.svg"),
]


def test_every_form_of_a_link_is_named_at_its_line(around):
    """Never by a page of the output, though many show the text, and not in code."""
    before = around.files()
    code = "".join(f"`{one}`\n\n```\n{one}\n```\n\n" for one, _ in LINKS)
    text = f"{HEAD}Summary: Nothing.\n\n{code}"
    first = text.count("\n") + 1
    text += "\n\n".join(one for one, _ in LINKS)
    around.write("content/posts/t.md", text)

    assert around.publish("--offline") == 1
    found = {(int(row.split(":")[1]), row.split('"')[1]) for row in told(around)}
    expected = {(first + 2 * n, address) for n, (_, address) in enumerate(LINKS)}
    assert expected <= found
    assert {line for line, _ in found} == {line for line, _ in expected}
    assert "output/" not in around.out and "theme" not in around.out
    assert around.files() == before


def test_definitions_and_front_matter_have_their_own_lines(around):
    """The line to mend is that of the definition, and of what a template shows."""
    base = around.folder / "theme/templates/article.html"
    cover = '<img src="{{ article.cover }}">'
    base.write_text(base.read_text().replace("<h1", f"{cover}<h1", 1))
    more = "Cover: /images/cover.png\nSummary: Some [words](/nowhere/).\n"
    text = f"{HEAD}{more}\nSee [this][one].\n\n[one]: /none/\n"
    around.write("content/posts/t.md", text)
    other = HEAD.replace("Slug: t", "Slug: a")
    around.write("content/posts/a.md", f"Cover: /images/photo.png\n{other}")

    assert around.publish("--offline") == 1
    assert [row.split(" leads")[0] for row in told(around)] == [
        'content/posts/t.md:5: the link "/images/cover.png"',
        'content/posts/t.md:6: the link "/nowhere/"',
        'content/posts/t.md:10: the link "/none/"',
    ]


def test_each_place_of_a_link_is_named(around):
    """Two posts, and two lines of one: each is to be mended."""
    around.write("content/posts/t.md", f"{HEAD}\n[x](/none/)\n\n[y](/none/)\n")
    around.write("content/pages/p.md", "Title: P\n\n[x](/none/)\n")

    assert around.publish("--offline") == 1
    places = [row.split(": ")[0] for row in told(around)]
    posts = ["content/posts/t.md:6", "content/posts/t.md:8"]
    assert places == ["content/pages/p.md:3", *posts]


def test_a_link_that_only_its_own_page_can_follow(around):
    """A relative one leads elsewhere from the home page, which shows the text too."""
    around.write("content/posts/t.md", f"{HEAD}Summary: [x](../a/)\n\nText.\n")

    assert around.publish("--offline") == 1
    (said,) = {row.split(" on output")[0] for row in told(around)}
    assert said == 'content/posts/t.md:5: the link "../a/" leads to nothing'
    assert "write it with {filename}" in around.out


def test_the_theme_is_named_beside_an_author(around):
    """A link that no author wrote is the theme's."""
    base = around.folder / "theme/templates/base.html"
    base.write_text(base.read_text().replace("<main", '<a href="/gone/">x</a><main', 1))
    around.write("content/posts/t.md", f"{HEAD}\n![x]({{static}}/images/nix.png)\n")

    assert around.publish("--offline") == 1
    first, last = told(around)
    assert first.startswith("content/posts/t.md:6: ")
    assert last.startswith("theme/templates/base.html:") and '"/gone/"' in last


GUESSES = [
    ("![x]({static}/images/foto.png)", "{static}/images/photo.png"),
    ("![x]({static}../images/photo.jpg)", "{static}../images/photo.png"),
    ("![x](../images/photo.png)", "{static}../images/photo.png"),
    ("![x](/images/phot.png)", "/images/photo.png"),
    ("[x](other.md)", "{filename}other.md"),
    ("[x]({filename}othr.md#part)", "{filename}other.md#part"),
    ("[x](/posts/othr/)", "/posts/other/"),
    ("[x]({tag}mony)", "{tag}money"),
    ("[x]({tag}New Yorc)", "{tag}New York"),
]


def test_what_may_have_been_meant(around):
    """As the author would write it; written so, nothing is wrong any more."""
    other = HEAD.replace("Slug: t", "Slug: other\nTags: money, New York")
    around.write("content/posts/other.md", f"{other}\n## Part\n")
    text = "\n\n".join(written for written, _ in GUESSES)
    around.write("content/posts/t.md", f"{HEAD}Summary: Nothing.\n\n{text}\n")

    assert around.publish("--offline") == 1
    guessed = [row.split("; did you mean ")[1] for row in told(around)]
    assert guessed == [f'"{meant}"?' for _, meant in GUESSES]

    text = "\n\n".join(f"{one.split('(')[0]}({meant})" for one, meant in GUESSES)
    around.write("content/posts/t.md", f"{HEAD}Summary: Nothing.\n\n{text}\n")
    assert around.publish("--offline") == 0, around.out


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("Status: draft\n", "leads to a draft, content/posts/d.md; publish that, or"),
        ("Date: 2027-01-02\n", "leads to a post planned for 2027-01-02, content/posts"),
    ],
)
def test_a_link_to_what_is_not_published(around, head, what):
    """Readers would get what is not meant for them, or nothing; drafts may do so."""
    usual = HEAD.replace("Slug: t", "Slug: d").replace("Date: 2017-10-17\n", "")
    dated = head if "Date" in head else f"{head}Date: 2017-10-17\n"
    around.write("content/posts/d.md", f"{usual}{dated}\n[out]({{filename}}t.md)\n")
    around.write("content/posts/e.md", f"{usual}{dated}\nx".replace(": d", ": e", 1))
    text = f"{HEAD}\n[x]({{filename}}d.md)\n"
    around.write("content/posts/t.md", f"{HEAD}\nNo link.\n")
    assert around.publish("--offline") == 0, around.out
    around.write("content/posts/t.md", text)

    assert around.publish("--offline") == 1
    (said,) = told(around)
    assert said.startswith('content/posts/t.md:6: the link "{filename}d.md" leads')
    assert what in said


def test_a_post_that_becomes_a_draft_is_missed(around):
    """Also where the page that links to it would not be made anew."""
    around.write("content/posts/t.md", f"{HEAD}\n[x](/posts/a/)\n")
    assert around.publish("--offline") == 0, around.out
    file = around.folder / "content/posts/a.md"
    file.write_text(f"Status: draft\n{file.read_text()}")

    assert around.publish("--offline") == 1
    assert told(around)[0].startswith('content/posts/t.md:6: the link "/posts/a/"')


def test_the_author_s_server_shows_drafts_and_leads_to_them(site):
    """Where drafts are shown, a post may lead to one."""
    draft = HEAD.replace("Slug: t", "Slug: d\nStatus: draft")
    site.write("content/posts/d.md", f"{draft}\nText.\n")
    site.write("content/posts/t.md", f"{HEAD}\n[x]({{filename}}d.md)\n")
    desk = DevBuilder("conf.py", PreviewApp(site.folder / ".build/dev/output"))

    desk.build([])

    assert not desk.app.mistakes

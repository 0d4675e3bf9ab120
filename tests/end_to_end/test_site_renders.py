"""What an edit makes the shipped theme render: the pages that show it, no others."""

import shutil
from itertools import count

import pytest
from test_site_edits import Silent

from pelican.plugins.incremental import signals
from pelican.plugins.live_stats.cli import dev_server
from support.site_folder import Site

POSTS = 40
FEEDS = {"feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"}
"""Of the twenty newest posts: the numbers from 20 on."""
WORDS = " ".join(["Words"] + ["of", "many"] * 30)  # more than a summary has
HEADINGS = "".join(f"## Part {name}\n\nWords.\n\n" for name in "abcd")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory, request):
    """Forty posts in the shipped theme, which every test finds as they were first.

    Each has a figure, every other one a summary, and every third a hashtag.
    """
    site = Site(tmp_path_factory.mktemp("site"), Silent())
    with open(site.folder / "conf.py", "a") as file:
        file.write(f"RELATIVE_URLS = {request.param}\n")
    site.minutes = count()
    return site


def write(site, number):
    head = {
        "Title": f"Post {number}",
        "Date": f"{2015 + number // 10}-{number % 10 + 1:02}-05",
        "Category": ["News", "Views"][number % 2],
        "Tags": f"t{number % 3}",
        "Slug": f"p{number}",
    }
    if number % 2:
        head["Summary"] = "A summary of its own."
    if number % 3 == 0:
        head["Hashtags"] = "MeToo"
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    figure = f"[over {number + 1},000](stat:x/post/{number}/reposts)"
    body = f"{WORDS}.\n\nShared {figure} times.\n\n{HEADINGS}"
    site.write(f"content/posts/p{number}.md", f"{lines}\n{body}")


def page(number):
    return f"posts/p{number}/index.html"


def lists(number):
    """The pages of lists that show a post with its summary, its figure and its title.

    A list has ten posts on a page, the newest first.
    """
    place = POSTS - 1 - number
    parts = {
        "": place // 10,
        "author/digital-media-team/": place // 10,
        f"category/{['news', 'views'][number % 2]}/": place // 20,
        f"tag/t{number % 3}/": place // 30,
    }
    found = {f"archives/{2015 + number // 10}/index.html"}
    for base, part in parts.items():
        found.add(f"{base}page/{part + 1}/index.html" if part else f"{base}index.html")
    return found | ({"hashtags/metoo/index.html"} if number % 3 == 0 else set())


class Edits:
    """Edits posts and builds the files in `output`.

    Of the last build: `rendered` are the files that a template made, `asked` those
    whose fingerprint was worked out, `changed` those that have other bytes.
    """

    def __init__(self, site, output, build):
        self.site, self.output, self._build = site, output, build
        self.rendered, self.asked, self.changed = set(), set(), set()

    def edit(self, number, old, new):
        """Replace the first `old` of a post by `new`, and build."""
        path = self.site.folder / f"content/posts/p{number}.md"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        self.build(f"content/posts/p{number}.md")

    def build(self, *paths):
        before = self.files()
        self.rendered.clear()
        self.asked.clear()
        self._build(list(paths))
        after = self.files()
        self.changed = {n for n in before | after if before.get(n) != after.get(n)}

    def files(self):
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def edits(shipped, monkeypatch, request):
    """The site as `publish` builds it, or as the author's server does.

    When the test has ended, it is the one that is built from nothing.
    """
    monkeypatch.chdir(shipped.folder)
    for number in range(POSTS):
        write(shipped, number)
    served = request.param == "dev"
    output = shipped.folder / (".build/dev/output" if served else "output")
    desk = dev_server.DevBuilder("conf.py", dev_server.PreviewApp(output))

    def publish(paths):
        shipped.now = f"2026-11-24T12:{next(shipped.minutes):02}:00Z"
        assert shipped.publish("--offline") == 0, shipped.out

    found = Edits(shipped, output, desk.build if served else publish)

    def after_commit(tree, report):
        found.rendered |= set(report.rendered)
        found.asked |= set(report.compared)

    signals.after_commit.connect(after_commit, weak=False)
    found.build()
    yield found
    assert desk.app.mistakes == []
    built = found.files()
    shutil.rmtree(output.parent / ".build")
    shutil.rmtree(output)
    dev_server.DevBuilder("conf.py", dev_server.PreviewApp(output)).build(
        []
    ) if served else publish([])
    assert built == found.files()


published = pytest.mark.parametrize(
    "shipped, edits", [(True, "publish")], ids=["relative"], indirect=True
)
everywhere = pytest.mark.parametrize(
    "shipped, edits",
    [(True, "publish"), (True, "dev"), (False, "publish")],
    ids=["relative", "dev", "absolute"],
    indirect=True,
)


@everywhere
def test_a_text_behind_its_summary_is_on_its_own_page_alone(edits):
    """Whether the summary is the author's or the first words; and new ones in feeds."""
    for number in (3, 4, 8):
        edits.edit(number, "Shared", "Shared and shared")
        assert edits.rendered == edits.changed == {page(number)}
        assert edits.asked <= {page(number), *lists(number)}
    for number in (38, 39):
        edits.edit(number, "Shared", "Shared and shared")
        assert edits.rendered == edits.changed == {page(number), *FEEDS}


@everywhere
def test_first_words_are_in_lists_where_there_is_no_summary(edits):
    """In the parts of lists that have the post; and of new ones in feeds."""
    edits.edit(7, "Words", "Other words")
    assert edits.rendered == edits.changed == {page(7)}
    for number in (6, 8):
        edits.edit(number, "Words", "Other words")
        assert edits.rendered == edits.changed == {page(number), *lists(number)}
        assert edits.asked == edits.rendered
    edits.edit(38, "Words", "Other words")
    assert edits.rendered == edits.changed
    assert edits.rendered == {page(38), *lists(38), *FEEDS, "404.html"}


@everywhere
def test_the_contents_of_a_post_follow_its_headings(edits):
    """They are made of the text, and stand on the post's own page."""
    edits.edit(9, "Part c", "Chapter three")

    assert edits.rendered == edits.changed == {page(9)}
    said = (edits.output / page(9)).read_text()
    assert said.count("Chapter three") == 2 and "Part c" not in said


@published
def test_a_claim_or_a_summary_is_where_the_post_is_listed(edits):
    """And on its own page; what leads to the post from others is its title alone."""
    for number in (12, 13):
        edits.edit(number, ",000", ",777")
        assert edits.rendered == edits.changed == {page(number), *lists(number)}
    edits.edit(13, "A summary", "Another summary")
    assert edits.rendered == edits.changed == {page(13), *lists(13)}


@published
def test_a_title_is_where_the_post_is_linked(edits):
    """In lists, in the archives, and on the pages of posts that lead to it."""
    edits.edit(10, "Post 10", "Another title")

    assert edits.rendered == edits.changed
    posts = {name for name in edits.rendered if name.startswith("posts/")}
    assert posts == {page(9), page(10), page(11)}
    assert edits.rendered - posts == {*lists(10), "archives/index.html"}


@published
def test_a_tag_is_on_the_posts_page_and_moves_it_from_list_to_list(edits):
    """Where posts move on; and the map of the site shows how new a tag's posts are."""
    edits.edit(14, "Tags: t2", "Tags: t1")

    assert edits.rendered == edits.changed | {"sitemap.xml"}
    posts = {name for name in edits.rendered if name.startswith("posts/")}
    assert page(14) in posts
    parts = {f"tag/t{tag}/page/2/index.html" for tag in (1, 2)}
    firsts = {f"tag/t{tag}/index.html" for tag in (1, 2)}
    assert edits.changed - posts == {"tag/index.html", *firsts, *parts}

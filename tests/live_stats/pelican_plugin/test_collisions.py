"""Two things with one address, two words with one page: named where they stand."""

import pytest

HEAD = "Title: T\nDate: 2017-10-17\nCategory: N\n\n"


def place(said):
    """The place of each mistake, in order; how many there were stands in the end."""
    rows = [row for row in said.splitlines() if row.startswith("content/")]
    return [row.split(": ")[0] for row in rows]


def test_each_post_that_wants_an_address_again_is_named(site, platforms):
    """With the other file and the mend, beside all other mistakes, and no traceback."""
    for name in "abc":
        site.write(f"content/posts/{name}.md", f"{HEAD}[many](stat:x/post/1)\n")

    assert site.publish() == 1

    assert place(site.out)[1:4:2] == ["content/posts/b.md:1", "content/posts/c.md:1"]
    assert (
        'content/posts/c.md:1: the address "posts/t/" is also that of '
        "content/posts/a.md:1; give one of them a line Slug: of its own\n"
    ) in site.out
    assert "5 mistakes: nothing was published." in site.out
    assert "Traceback" not in site.out and "There are" not in site.out


PAGES = [
    ("Title: Search", "search/", 1),
    ("Title: P\nSlug: tag", "tag/", 2),
    ("Title: P\nSlug: tag/one", "tag/one/", 2),
    ("Title: P\nSlug: category/n", "category/n/", 2),
    ("Title: P\nSlug: author/digital-media-team", "author/digital-media-team/", 2),
    ("Title: P\nSlug: archives/2017", "archives/2017/", 2),
    ("Title: Status", "status/", 1),
    ("Title: P\nSlug: DATA", "DATA/", 2),
    ("Title: Hashtags", "hashtags/", 1),
    ("Title: P\nSlug: hashtags/metoo", "hashtags/metoo/", 2),
    ("Title: P\nSlug: embed/metoo", "embed/metoo/", 2),
    ("Title: P\nSlug: posts/a", "posts/a/", 2),
    ("Title: P\nSave_as: posts\nUrl: posts", "posts", 2),
    ("Title: Still", "still/", 1),
    ("Title: P\nSlug: robots.txt", "robots.txt/", 2),
    ("Title: P\nSave_as: feeds\nUrl: feeds", "feeds", 2),
]


def test_a_page_has_no_address_that_the_site_has(site, platforms):
    """Lists, pages of numbers, posts, files and folders: all are told of at once."""
    conf = site.folder / "conf.py"
    more = 'EXTRA_PATH_METADATA = {"images/a.png": {"path": "still/index.html"}}'
    conf.write_text(f"{conf.read_text()}{more}\n")
    site.write("content/images/a.png", "an image")
    site.post()
    site.write("content/posts/t.md", f"Tags: one\n{HEAD}Text.\n")
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    for number, (head, _, _) in enumerate(PAGES, 10):
        site.write(f"content/pages/{number}.md", f"{head}\n\nText.\n")

    assert site.publish("--offline") == 1

    said = [row.split('"')[0:2] for row in site.out.splitlines() if "address" in row]
    assert said == [
        [f"content/pages/{number}.md:{line}: the address ", address]
        for number, (_, address, line) in enumerate(PAGES, 10)
    ]
    assert site.out.endswith("16 mistakes: nothing was published.\n")
    assert site.files() == before


def test_a_page_that_would_lie_where_a_list_goes_on(site, platforms):
    """How many pages a list has is known when they are written: no traceback either."""
    conf = site.folder / "conf.py"
    conf.write_text(f"{conf.read_text()}DEFAULT_PAGINATION = 1\n")
    site.post("a")
    site.post("b")
    site.write("content/pages/p.md", "Title: P\nSlug: page/2\n\nText.\n")

    assert site.publish("--offline") == 1
    assert 'content/pages/p.md:2: the address "page/2/" is also that' in site.out
    assert "Traceback" not in site.out


def test_search_keeps_its_folder(site, platforms):
    """The index is written when the pages are, and would take their place."""
    conf = site.folder / "conf.py"
    conf.write_text(conf.read_text().replace("SEARCH = False", "SEARCH = True"))
    site.post()
    site.write("content/pages/p.md", "Title: Pagefind\n\nText.\n")

    assert site.publish("--offline") == 1
    assert 'p.md:1: the address "pagefind/" is also that of the search' in site.out


@pytest.mark.parametrize(
    ("one", "other"),
    [("Slug: News", "Slug: news"), ("Slug: caf\u00e9", "Slug: cafe\u0301")],
)
def test_addresses_that_some_disks_take_for_one(site, platforms, one, other):
    """Capitals, and accents composed or not."""
    site.write("content/posts/a.md", f"{one}\n{HEAD}Text.\n")
    site.write("content/posts/b.md", f"{other}\n{HEAD}Text.\n")

    assert site.publish("--offline") == 1
    assert place(site.out) == ["content/posts/b.md:1"]
    assert "that of content/posts/a.md:1, differ only in capitals" in site.out


def test_what_is_meant_is_no_mistake(site, platforms):
    """A translation, a draft, a page beside a post, a home page of one's own, a word
    in other capitals, a letter that is another one on every disk."""
    files = {
        "posts/a.md": f"Slug: s\nTags: Film noir\n{HEAD}",
        "posts/b.md": f"Slug: s\nLang: de\nTags: film-Noir\n{HEAD}",
        "posts/c.md": f"Slug: s\nStatus: draft\n{HEAD}",
        "posts/d.md": f"Slug: strasse\n{HEAD}",
        "posts/e.md": f"Slug: straße\n{HEAD}",
        "pages/s.md": "Title: S\n\n",
        "pages/home.md": "Title: H\nSave_as: index.html\nUrl:\n\n",
    }
    for name, head in files.items():
        site.write(f"content/{name}", f"{head}Text.\n")

    assert site.publish("--offline") == 0, site.out


def test_posts_of_one_slug_with_dates_in_their_addresses(site, platforms):
    """They are two pages; what Pelican says of their slugs is said."""
    conf = site.folder / "conf.py"
    address = 'ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%d}/{slug}.html"'
    conf.write_text(f"{conf.read_text()}{address}\n")
    site.write("content/posts/a.md", f"{HEAD}Text.\n")
    site.write("content/posts/b.md", f"{HEAD}Text.\n".replace("10-17", "10-18"))

    assert site.publish("--offline") == 0, site.out
    assert 'There are 2 original (not translated) items with slug "t"' in site.out


WORDS = [
    ("Tags: M+, x", 1, 'tag: "M+" would share the page "m" with "M" of content'),
    ("Category: M", 1, 'category: "M" would share the page "m" with "M+" of content'),
    ("Authors: Bo; Änn", 1, 'author: "Änn" would share the page "ann" with "Ann" of'),
    ("Tags: news, News", 1, 'tag: "News" is "news" once more; delete one of them'),
    ("Tags: !!!", 1, 'tag: no address can be made of "!!!"; write a word with'),
    ("Summary: S\nCategory: 🎉", 2, 'category: no address can be made of "🎉"'),
]


def test_words_that_would_share_a_page(site, platforms):
    """Both words, both files, at the line that says the second one."""
    head = HEAD.replace("Category: N\n", "")
    first = f"Tags: M\nAuthor: Ann\nCategory: M+\n{head}Text.\n"
    site.write("content/posts/00.md", first)
    for number, (line, _, _) in enumerate(WORDS, 10):
        text = f"{line}\nSlug: s{number}\n{head}Text.\n"
        site.write(f"content/posts/{number}.md", text)

    assert site.publish("--offline") == 1
    said = [row for row in site.out.splitlines() if row.startswith("content/")]
    assert len(said) == len(WORDS)
    for number, (row, (_, line, what)) in enumerate(zip(said, WORDS, strict=True), 10):
        assert row.startswith(f"content/posts/{number}.md:{line}: {what}")
        assert ("of content/posts/00.md:" in row) == ("share" in row)
    assert "Unable to generate" not in site.out


def test_words_are_told_apart_by_their_slugs(site, platforms):
    """The setting that a mistake names is the mend that it says it is."""
    conf = site.folder / "conf.py"
    more = r'SLUG_REGEX_SUBSTITUTIONS = [(r"\+", "-plus"), (r"[^\w\s-]", "")]'
    conf.write_text(f"{conf.read_text()}{more}\n")
    site.write("content/posts/a.md", f"Tags: M, M+\n{HEAD}Text.\n")

    assert site.publish("--offline") == 0, site.out
    assert "M+" in site.read("tag/m-plus/index.html")


def test_a_title_without_a_letter_needs_a_slug(site, platforms):
    """Else its page would lie where the lists of its kind do."""
    site.write("content/posts/p.md", HEAD.replace("T\n", "🎉\n", 1))

    assert site.publish("--offline") == 1
    said = 'content/posts/p.md:1: no address can be made of "🎉"; add a line Slug:'
    assert said in site.out


def test_the_line_is_that_of_the_front_matter(site, platforms):
    """A text may begin a line with the same words."""
    site.post()
    text = HEAD.replace("Title: T", "Title: A")
    site.write("content/posts/p.md", f"{text}Slug: no front matter.\n")

    assert site.publish("--offline") == 1
    assert 'content/posts/p.md:1: the address "posts/a/"' in site.out


def test_an_edited_address_collides_too(site, platforms):
    """A build that looks at little looks at addresses, unless texts alone differ."""
    site.post("a")
    site.post("b")
    assert site.publish("--offline") == 0, site.out
    site.post("b", text="More.")
    assert site.publish("--offline") == 0, site.out
    file = site.folder / "content/posts/b.md"
    file.write_text(file.read_text().replace("Slug: b", "Slug: a"))

    assert site.publish("--offline") == 1
    assert place(site.out) == ["content/posts/b.md:5"]

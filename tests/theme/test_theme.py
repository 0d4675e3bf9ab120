"""The theme: its style sheet, what its files name, and what its README promises."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, meta

THEME = Path(__file__).parents[2] / "theme"
FOLDERS = (THEME / "css", THEME / "templates")
README = (THEME / "README.md").read_text(encoding="utf-8")


def referenced(name):
    """The templates and style sheets that a template names."""
    env = Environment(loader=FileSystemLoader(FOLDERS))
    source = env.loader.get_source(env, name)[0]
    return [*meta.find_referenced_templates(env.parse(source))]


def below(folder, pattern):
    """The names of the files below a folder, as templates name them."""
    return [path.relative_to(folder).as_posix() for path in folder.rglob(pattern)]


def test_the_style_sheet_joins_every_css_file_once():
    """A file of css/ that nothing joins would be without effect."""
    assert sorted(referenced("style.html")) == sorted(below(THEME / "css", "*.css"))


def test_an_edit_of_a_css_file_writes_the_style_sheet_alone(site):
    """The incremental build knows that the style sheet depends on css/."""
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    site.write("theme/css/masthead.css", "@layer layout { .masthead { color: red } }")

    assert site.publish("--offline") == 0, site.out

    after = site.files()
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"theme/style.css"}
    assert ".masthead { color: red }" in site.read("theme/style.css")
    assert site.bytes() == site.from_scratch()


def test_one_style_sheet_is_published(site):
    """The files of css/ are its sources, and are not in the output."""
    site.post("a")
    assert site.publish("--offline") == 0, site.out

    sheets = [path for path in site.files() if path.endswith(".css")]
    assert sheets == ["theme/style.css"]
    assert "/*" not in site.read("theme/style.css")


def test_templates_name_templates_that_exist():
    """A piece that was moved or renamed has its new name wherever it is used."""
    for name in below(THEME / "templates", "*.html"):
        for used in referenced(name):
            assert any((folder / used).is_file() for folder in FOLDERS), (name, used)


def test_every_piece_is_used():
    """What lies in layouts/, partials/ and metadata/ is there for other templates."""
    templates = below(THEME / "templates", "*.html")
    used = {piece for name in templates for piece in referenced(name)}
    folders = ("layouts/", "partials/", "metadata/")

    assert {name for name in templates if name.startswith(folders)} <= used


def test_the_readme_has_every_folder():
    """Its table of folders is complete, and each of them exists."""
    named = set(re.findall(r"^\| `([a-z_/]+)/` \|", README, re.M))
    folders = {path.relative_to(THEME) for path in THEME.glob("*/") if path.is_dir()}
    folders |= {path.relative_to(THEME) for path in THEME.glob("templates/*/")}

    assert named == {folder.as_posix() for folder in folders}


def test_the_readme_has_every_token():
    """The custom properties of tokens.css, and no others."""
    tokens = (THEME / "css/tokens.css").read_text(encoding="utf-8")
    declared = set(re.findall(r"^ +(--[a-z0-9-]+):", tokens, re.M))

    assert set(re.findall(r"`(--[a-z0-9-]+)`", README)) == declared


def test_colours_of_the_screen_are_tokens():
    """Whoever changes tokens.css changes every colour."""
    for name in below(THEME / "css", "*.css"):
        if name not in ("tokens.css", "print.css"):
            text = (THEME / "css" / name).read_text(encoding="utf-8")
            assert not re.search(r": [^;]*(#[0-9a-f]{3,8}\b|rgba?\(|hsl)", text), name


def test_a_folder_of_ones_own_replaces_parts(site):
    """A token, a block and a fragment, with the theme as it is."""
    own = 'THEME_TEMPLATES_OVERRIDES = ["own", *THEME_TEMPLATES_OVERRIDES]\n'
    assert own in README
    site.write("conf.py", (site.folder / "conf.py").read_text() + own)
    tokens = (THEME / "css/tokens.css").read_text(encoding="utf-8")
    site.write("own/tokens.css", tokens.replace("--wide: 68rem", "--wide: 50rem"))
    site.write("own/live_stats/value.html", "<b>{{ s.as_of }}</b>")
    site.write(
        "own/article.html",
        '{% extends "!theme/article.html" %}\n{% block content %}{{ super() }}'
        '<p>Ours: {{ stats("x/post/1/likes") }}</p>{% endblock %}',
    )
    site.post("a")
    assert site.publish("--offline") == 0, site.out

    page = site.read("posts/a/index.html")
    assert "--wide: 50rem" in site.read("theme/style.css")
    assert '<div class="prose e-content">' in page and "<p>Ours: <b>" in page


def test_two_files_are_a_theme(site):
    """The other theme in the README is built as it stands there."""
    blocks = README.split("## Start another theme")[1]
    (html,) = re.findall(r"```html\n(.*?)```", blocks, re.S)
    (settings,) = re.findall(r"```python\n(.*?)```", blocks, re.S)
    files = re.findall(r"<!-- (\S+) -->\n(.*?)(?=<!-- |\Z)", html, re.S)
    for path, text in files:
        site.write(path, text)
    site.write("conf.py", (site.folder / "conf.py").read_text() + settings)
    site.post("a")
    assert site.publish("--offline") == 0, site.out

    page = site.read("posts/a/index.html")
    assert [path for path, _ in files] == [
        "mine/templates/base.html",
        "mine/templates/article.html",
    ]
    assert "<h1>A title</h1>" in page and 'class="figure"' in page
    assert 'class="panel"' in page
    assert {"index.html", "archives/index.html"} <= site.files().keys()


def test_what_is_in_another_language_says_so_wherever_it_is_listed(site):
    """Lists and archives mark the words of a post: its language, its direction."""
    site.post("a", title="First", date="2017-10-01")
    site.post("b", title="Second", date="2017-10-02")
    file = site.folder / "content/posts/a.md"
    file.write_text(f"Lang: ar\n{file.read_text()}")
    assert site.publish("--offline") == 0, site.out

    there = ' lang="ar" dir="rtl"'
    listed = f'<li class="post h-entry"{there}>'
    assert listed in site.read("index.html")
    assert listed in site.read("tag/index.html") + site.read("category/news/index.html")
    assert f"{there}>First</a>" in site.read("archives/index.html")
    assert '<html lang="ar" dir="rtl">' in site.read("posts/a/ar/index.html")

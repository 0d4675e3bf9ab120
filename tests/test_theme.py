"""The theme: its style sheet, and what its files name."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, meta

THEME = Path(__file__).parent.parent / "theme"
FOLDERS = (THEME / "css", THEME / "templates")


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

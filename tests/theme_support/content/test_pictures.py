"""What becomes of the pictures in a text."""

import re

import pytest

from pelican.plugins.theme_support.content import feeds, picture_sizes
from pelican.plugins.theme_support.content.pictures import Pictures
from support.pictures import picture


class Text:
    """A text beside pictures; `said` is what was reported of them."""

    def __init__(self, folder):
        self.folder = folder / "content"
        (self.folder / "posts").mkdir(parents=True)
        (self.folder / "images").mkdir()
        self.said = []

    def put(self, name, *size, **more):
        (self.folder / "images" / name).write_bytes(picture(*size, **more))

    def dressed(self, text):
        source = str(self.folder / "posts/a.md")
        report = lambda *arguments: self.said.append(arguments)  # noqa: E731
        self.pictures = Pictures(source, str(self.folder), report)
        return self.pictures.dressed(text)


@pytest.fixture
def text(tmp_path):
    return Text(tmp_path)


def test_a_title_is_the_caption_of_a_picture_that_stands_alone(text):
    """In a sentence it stays a title, without one no figure is made."""
    image = '<img alt="A" src="/a.png" title="Two &amp; &quot;three&quot; &lt;b>">'
    figure = '<figcaption>Two &amp; "three" &lt;b&gt;</figcaption></figure>'

    assert text.dressed(f"<p>{image}</p>").endswith(figure)
    assert text.dressed(f'<p><a href="/">{image}</a></p>').startswith(
        '<figure><a href="/"><img'
    )
    for kept in (f"<p>See {image}.</p>", f"<li>{image}</li>", f"<p>{image}{image}</p>"):
        found = text.dressed(kept)
        assert "<figure" not in found and "title=" in found
    assert "<figure" not in text.dressed('<p><img alt="A" src="/a.png"></p>')


@pytest.mark.parametrize(
    "address",
    [
        "{static}/images/a ö.png",
        "{static}/images/a%20%C3%B6.png",
        "{attach}../images/a ö.png",
        "|static|/images/a ö.png",
        "/images/a ö.png",
        "{static}/images/a ö.png?version=2",
    ],
)
def test_the_size_is_that_of_the_file(text, address):
    """However the address is written; so nothing moves while a page loads."""
    text.put("a ö.png", 40, 30)

    found = text.dressed(f'<p><img alt="" src="{address}"></p>')
    assert 'width="40" height="30"' in found and not text.said


@pytest.mark.parametrize(
    "address",
    ["https://a.example/images/a.png", "//a.example/a.png", "images/a.png", "", "{x}/"],
)
def test_pictures_of_others_are_shown_as_they_are(text, address):
    """Nothing is known of them, and nothing outside the content is opened."""
    text.put("a.png")
    found = text.dressed(f'<img alt="" src="{address}">')
    assert "width" not in found and "srcset" not in found

    (text.folder.parent / "secret.png").write_bytes(picture())
    assert "width" not in text.dressed('<img alt="" src="{static}/../secret.png">')


def test_what_the_author_has_written_is_kept(text):
    """Sizes, loading and sizes of screens are the author's if they are there."""
    text.put("a.jpg", 1600, 900, kind="JPEG", noise=True)
    own = '<img src="/images/a.jpg" width="10" srcset="/b.jpg 2x" loading="eager">'
    found = text.dressed(f"<img>{own}")

    assert 'width="10"' in found and "height" not in found
    assert 'srcset="/b.jpg 2x"' in found and 'loading="eager"' in found


def test_all_but_the_first_load_when_they_are_needed(text):
    """And none keeps the text waiting."""
    found = text.dressed('<img src="/a.png"><img src="/b.png"><img src="/c.png">')
    assert found.count('loading="lazy"') == 2 and found.count("decoding") == 3
    assert "lazy" not in found.split("/b.png")[0]


def test_a_large_picture_has_smaller_versions(text):
    """And itself, if it is not too large even for dense screens."""
    text.put("a.jpg", 1600, 900, kind="JPEG", noise=True)
    found = text.dressed('<img src="{static}/images/a.jpg">')
    sizes = re.findall(r"(\d+)w", found)

    assert sizes == ["480", "800", "1280", "1600"] and 'sizes="' in found
    assert [row[1] for row in text.pictures.scaled] == [480, 800, 1280]
    text.put("a.jpg", 3000, 900, kind="JPEG", noise=True)
    assert "3000w" not in text.dressed('<img src="{static}/images/a.jpg">')


@pytest.mark.parametrize(
    "name, more",
    [
        ("a.png", {"width": 1600, "height": 900}),  # few bytes: one colour
        ("a.png", {"width": 400, "height": 900, "noise": True}),
        ("a.gif", {"width": 1600, "height": 900, "kind": "GIF", "noise": True}),
        ("a.webp", {"width": 900, "height": 90, "kind": "WEBP", "frames": 2}),
    ],
)
def test_what_gains_nothing_is_not_scaled(text, name, more):
    """Small files, small pictures, GIF, and what moves."""
    text.put(name, **more)
    found = text.dressed(f'<img src="{{static}}/images/{name}">')
    assert "srcset" not in found and 'width="' in found and not text.said


def test_a_picture_that_lies_on_its_side_is_measured_upright(text):
    """As browsers turn it, by what the camera wrote into it."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    text.put("a.jpg", 40, 30, kind="JPEG", exif=exif)
    found = text.dressed('<img src="{static}/images/a.jpg">')
    assert 'width="30" height="40"' in found


def test_a_huge_picture_is_advice(text, monkeypatch):
    """It is shown; its author is told that readers wait."""
    monkeypatch.setattr(picture_sizes, "MANY_PIXELS", 1000)
    text.put("a.png", 40, 30)
    assert 'width="40"' in text.dressed('<img src="{static}/images/a.png">')
    [(address, what, _, advice)] = text.said
    assert advice and "a.png" in what and address == "{static}/images/a.png"


def test_without_pillow_pictures_are_shown_as_they_are(text, monkeypatch):
    """Only what needs no file is added."""
    monkeypatch.setattr(picture_sizes, "Image", None)
    text.put("a.png")
    found = text.dressed('<p><img src="{static}/images/a.png" title="A"></p>')
    assert "width" not in found and "<figcaption>A</figcaption>" in found


def test_comments_and_scripts_are_left_alone(text):
    """And so is what only looks like a tag."""
    for kept in (
        "<!-- <img src='/a.png'> -->",
        "<script>x = '<img src=\"/a.png\">'</script>",
        "<code>&lt;img src=x&gt;</code>",
        "<imgs src='a'>",
    ):
        assert text.dressed(f"{kept}<img src='/b.png'>").startswith(kept)


def test_a_video_has_one_address_a_tag(text):
    """Pelican resolves one in each: of two it forgets the first."""
    video = '<video src="{static}/a.mp4" poster="{static}/a.jpg" controls></video>'
    assert text.dressed(video) == (
        '<video poster="{static}/a.jpg" controls><source src="{static}/a.mp4"></video>'
    )
    alone = '<video src="{static}/a.mp4"></video>'
    assert text.dressed(alone) == alone


def test_feeds_have_tables_without_boxes_and_aligned_by_attribute():
    """No feed reader has the site's style sheet, and no reader's keys scroll there."""
    box = '<div class="table-scroll" role="region" aria-label="T" tabindex="0">'
    table = '<table><tr><td class="x align-right">\ue000 1</td></tr></table>'
    found = feeds.for_feeds(f'{box}{table}</div><pre tabindex="0">a</pre>')
    assert found == (
        '<table><tr><td class="x align-right" align="right">\ue000 1</td></tr></table>'
        "<pre>a</pre>"
    )

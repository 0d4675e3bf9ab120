"""The image of a post: it holds its words, and needs nothing of the machine."""

import base64
import struct
from datetime import date, timedelta
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import pytest
from resvg_py import svg_to_bytes

from live_stats import share
from live_stats.share import HEIGHT, MARGIN, PAPER, WIDTH, share_image

DAYS = [(date(2026, 1, 1) + timedelta(days=n), n * n % 17) for n in range(30)]
LONG = "When a sentence became a movement, and who was counting " * 9
WORD = "#WomenBoycottTwitter" * 20


def image(**changed):
    post = {
        "site": "Digital Media Team",
        "title": "How one hashtag showed what social media can do",
        "number": "13,517",
        "what": "posts in seven days",
        "as_of": "as of 24 November 2026",
        "points": DAYS,
    }
    return share_image(**post | changed)


def part(png, left, top, right, bottom):
    """A rectangle of an image, as bytes to compare; of bare paper for no image."""
    box = f'width="{right - left}" height="{bottom - top}"'
    data = base64.b64encode(png).decode()
    picture = (
        f'<image width="{WIDTH}" height="{HEIGHT}" image-rendering="optimizeSpeed" '
        f'href="data:image/png;base64,{data}"/>'
    )
    return svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" {box} '
        f'viewBox="{left} {top} {right - left} {bottom - top}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f"{picture if png else ''}</svg>"
    )


def is_paper(png, *box):
    return part(png, *box) == part(b"", *box)


def test_the_image_has_the_size_that_previews_ask_for():
    """It is a PNG of 1200 x 630 px."""
    png = image()

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">LL", png[16:24]) == (1200, 630)


def test_the_same_post_gives_the_same_bytes():
    """Nothing but the arguments is in the image: no time, no chance."""
    assert image() == image()


@pytest.mark.parametrize(
    "changed",
    [
        {"site": "Another team"},
        {"title": "How we count"},
        {"number": "13,518"},
        {"number": ""},
        {"what": "shares in seven days"},
        {"as_of": "as of 25 November 2026"},
        {"points": DAYS[:20]},
        {"breaks": [date(2026, 1, 20)]},
        {"each": "per day"},
    ],
    ids=str,
)
def test_all_that_is_given_is_seen(changed):
    """A change of any argument changes the image."""
    assert image(**changed) != image()


@pytest.mark.parametrize("number", ["13,517", ""])
@pytest.mark.parametrize("title", [LONG, WORD, "W" * 500, "i" * 5000, "A " + WORD])
def test_no_title_reaches_the_edges(title, number):
    """A title of any length, or of one word, stays inside the margins."""
    png = image(title=title, number=number)

    assert is_paper(png, WIDTH - MARGIN, 0, WIDTH, HEIGHT)
    assert is_paper(png, 0, HEIGHT - 36, WIDTH, HEIGHT)


@pytest.mark.parametrize("title", [LONG, WORD])
def test_no_title_reaches_the_figure(title):
    """Between the last line of the longest title and the number there is paper."""
    png = image(title=title, what=LONG, each=LONG)

    assert is_paper(png, 0, 368, WIDTH, 386)


def test_no_figure_reaches_the_line():
    """Long numbers become smaller, and what they count is cut, before the line."""
    png = image(number="1,234,567,890,123", what=LONG, as_of=LONG, each=LONG)

    assert is_paper(png, MARGIN + share.COLUMN + 4, 386, MARGIN + 540, HEIGHT)


def test_no_site_name_reaches_the_edge():
    """The capitals are measured with the space between them."""
    assert is_paper(image(site=LONG), WIDTH - MARGIN, 0, WIDTH, HEIGHT)


def test_titles_are_as_large_as_they_fit():
    """One short line reaches further down than the first line of a long title."""
    assert not is_paper(image(title="Ii", points=()), MARGIN, 190, WIDTH, 212)
    assert is_paper(image(title="I" * 60, points=()), MARGIN, 166, WIDTH, 172)


def test_no_single_word_is_left_below():
    """Lines are balanced: the first is no longer than the second needs it to be."""
    png = image(title="Nobody who counted at then", points=())

    assert is_paper(png, 800, 110, WIDTH, HEIGHT)


@pytest.mark.parametrize("name", ["site", "title", "number", "what", "as_of"])
def test_markup_is_text(name):
    """Signs of markup are drawn as they are, and change nothing around them."""
    text = "\"'</text><rect width='1200' height='630'/>&lt;<text>"

    png = image(**{name: text})

    assert png != image(**{name: ""})
    assert is_paper(png, WIDTH - MARGIN, 0, WIDTH, HEIGHT)


@pytest.mark.parametrize(
    "text", ["數字說話", "مرحبا", "🎉👩‍👩‍👧", "\x00\x1b", "\u200b\u00ad"]
)
def test_letters_that_no_font_has_are_left_out(text):
    """The rest of a text is drawn as if they were not there."""
    names = ["site", "title", "what", "as_of"]

    with_them = image(**{name: f"{text} Hello {text}" for name in names})

    assert with_them == image(**dict.fromkeys(names, "Hello"))
    assert image(**dict.fromkeys(names, text)) == image(**dict.fromkeys(names, ""))


def test_half_a_number_is_not_drawn():
    """A number with letters that the font lacks is none: its rest would be false."""
    assert image(number="1.3万") == image(number="")
    assert image(number="١٣٬٥١٧") == image(number="")


def test_spaces_of_every_kind_part_the_digits():
    """The narrow space of French numbers is a space, not a letter left out."""
    assert image(number="13\u202f517") == image(number="13\u00a0517")
    assert image(number="13\u202f517") != image(number="13517")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_line_needs_two_points(count):
    """One point is no line; beside a line of two the figure has its column."""
    png = image(points=DAYS[:count])

    assert is_paper(png, 600, 400, WIDTH, HEIGHT) == (count < 2)


def test_no_font_of_the_machine_is_used(monkeypatch):
    """Fonts come from packages that the project names, and system fonts are off."""
    given = {}
    monkeypatch.setattr(share, "svg_to_bytes", lambda **options: given.update(options))
    packages = [font_source_sans_pro, font_source_serif_pro]
    folders = [Path(package.__file__).parent for package in packages]

    image()

    assert given["skip_system_fonts"] is True
    assert given["font_files"]
    for file in map(Path, given["font_files"]):
        assert file.is_file()
        assert any(folder in file.parents for folder in folders)


def test_every_text_is_set_in_a_face_that_is_given(monkeypatch):
    """Each face is found by its name and weight: without its file the image changes."""
    whole, options = image(), {}
    monkeypatch.setattr(share, "svg_to_bytes", lambda **given: options.update(given))
    image()

    for file in options["font_files"]:
        fewer = [other for other in options["font_files"] if other != file]
        assert svg_to_bytes(**options | {"font_files": fewer}) != whole
    assert len(set(options["font_files"])) == 3

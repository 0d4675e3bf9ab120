"""The image of a post: it holds its words, and needs nothing of the machine."""

import io
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from pelican.plugins.incremental.system import process_pool
from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.rendering.exports import drawable
from pelican.plugins.live_stats.rendering.exports import share_image as share
from pelican.plugins.live_stats.rendering.exports.drawable import (
    drawable as can_be_drawn,
)
from pelican.plugins.live_stats.rendering.exports.share_image import (
    DATA,
    HEIGHT,
    INK,
    MARGIN,
    MUTED,
    PAPER,
    WIDTH,
    share_image,
)
from support import site_folder

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
    """A rectangle of an image."""
    return Image.open(io.BytesIO(png)).convert("RGB").crop((left, top, right, bottom))


def is_paper(png, *box):
    return part(png, *box).getcolors() == [(area(box), ImageColor.getrgb(PAPER))]


def area(box):
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def test_the_image_has_the_size_that_previews_ask_for():
    """It is a PNG of 1200 x 630 px."""
    drawn = Image.open(io.BytesIO(image()))

    assert (drawn.format, drawn.size) == ("PNG", (1200, 630))


def test_the_same_post_gives_the_same_bytes():
    """Nothing but the arguments is in the image: no time, no chance, no other image."""
    first = image()
    image(title="Another", site="Another", points=DAYS[:9])

    assert image() == first


def test_an_image_is_a_palette_of_its_inks():
    """A byte for each pixel, and no filter: less to paint, and half as much to send."""
    png = image()
    colours = part(png, 0, 0, WIDTH, HEIGHT).getcolors()

    assert png[25] == 3 and len(png) < 40_000  # 3: indexed
    assert len(colours) < 100
    assert {ImageColor.getrgb(ink) for ink in (PAPER, INK, MUTED, DATA)} <= {
        colour for _, colour in colours
    }


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


@pytest.mark.parametrize("text", ["\x00\x1b", "\u200b\u00ad", "\ufeff\u202a", "\ufe0f"])
def test_what_cannot_be_seen_is_no_letter(text):
    """The rest of a text is drawn as if it were not there."""
    names = ["site", "title", "what", "as_of"]

    with_them = image(**{name: f"{text}Hel{text}lo{text}" for name in names})

    assert with_them == image(**dict.fromkeys(names, "Hello"))
    assert image(**dict.fromkeys(names, text)) == image(**dict.fromkeys(names, ""))
    assert can_be_drawn(f"Hel{text}lo", what=f"Hel{text}lo")


@pytest.mark.parametrize(
    "text",
    ["数字が語る", "مرحبا", "שלום", "नमस्ते", "🎉", "\U0001fae8", "We ♥ data", "\ue123"],
)
def test_a_letter_that_the_fonts_lack_cannot_be_drawn(text):
    """Neither in a title or number nor in what stands beside."""
    assert not can_be_drawn(text)
    assert not can_be_drawn(f"Hello {text}")
    assert not can_be_drawn("Hello", number=f"{text} 1")
    assert not can_be_drawn("Hello", what=text)


@pytest.mark.parametrize(
    "text",
    [
        "Größe, l’œuvre, Łódź, İstanbul",
        "Ωμέγα и Москва",
        "Gro\u0308\u00dfe, q\u0303",
        "E\u2011Mail: “50 %” – 1\u202f000 € …",
    ],
)
def test_letters_that_the_fonts_have_can_be_drawn(text):
    """Also those that are written in two parts, and signs of typographers."""
    assert can_be_drawn(text, number=text, what=text)


@pytest.mark.parametrize("lang", ["en", "de-AT", "fr", "pl", "el", "ru", "vi", "xx"])
def test_numbers_and_dates_of_languages_can_be_drawn(lang):
    """A language that nobody knows is written as English."""
    assert can_be_drawn("2026", lang=lang)


@pytest.mark.parametrize("lang", ["ja", "zh-Hant", "ko", "ar", "fa", "he", "hi", "th"])
def test_dates_of_other_languages_cannot(lang):
    """Though the title may be in Latin letters; and without a number it is enough."""
    assert not can_be_drawn("2026", lang=lang)
    assert can_be_drawn("2026")


def test_half_a_number_is_not_drawn():
    """A number with letters that the font lacks is none: its rest would be false."""
    assert image(number="1.3万") == image(number="")
    assert image(number="١٣٬٥١٧") == image(number="")


def test_half_a_name_of_a_site_is_not_drawn():
    """What previews show beside the image says it whole."""
    assert image(site="数字 Team") == image(site="")


def test_spaces_of_every_kind_part_the_digits():
    """The narrow space of French numbers is a space, not a letter left out."""
    assert image(number="13\u202f517") == image(number="13\u00a0517")
    assert image(number="13\u202f517") != image(number="13517")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_line_needs_two_points(count):
    """One point is no line; beside a line of two the figure has its column."""
    png = image(points=DAYS[:count])

    assert is_paper(png, 600, 400, WIDTH, HEIGHT) == (count < 2)


MAPPED = """
import sys
from datetime import date
from pelican.plugins.live_stats.rendering.exports.share_image import share_image
share_image(site="A", title="Tiffany", number="1", what="b", as_of="c", points=[
    (date(2026, 1, 1), 1), (date(2026, 1, 2), 2)])
with open("/proc/self/maps") as maps:
    print(*(line[line.index("/") :] for line in maps if "/" in line), sep="")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_nothing_of_the_machine_is_drawn_with():
    """No font but those of packages; nothing that sets texts but what comes with them.

    Pillow would load a library of the machine if it were asked for letters.
    """
    ran = subprocess.run(
        [sys.executable, "-c", MAPPED],
        capture_output=True,
        text=True,
        check=True,
    )
    files = {Path(line) for line in ran.stdout.split("\n") if line.startswith("/")}
    fonts = {file for file in files if file.suffix in (".ttf", ".otf", ".ttc", ".pfb")}
    folders = {
        Path(find_spec(name).origin).resolve().parent for name in drawable.PACKAGES
    }

    assert len(fonts) == 3
    assert all(folders & set(font.resolve().parents) for font in fonts)
    for name in ("fribidi", "raqm", "freetype", "fontconfig", "pango", "cairo"):
        assert not [file for file in files if name in file.name]


# --- on a site ------------------------------------------------------------------------

SETTINGS = f"{site_folder.SETTINGS}\nLIVE_STATS_SHARE_IMAGES = True\n"
PLAIN = "Title: {title}\nDate: 2017-10-17\nCategory: News\nSlug: {slug}\n\nText.\n"


def images(site):
    return {name: digest for name, digest in site.bytes().items() if "share" in name}


def are_images(paths):
    return all(
        Image.open(io.BytesIO(path.read_bytes())).size == (WIDTH, HEIGHT)
        for path in paths
    )


def named(site, page):
    """Whether a page says where its image is."""
    text = site.read(page)
    assert ("og:image:width" in text) == ("og:image" in text)
    assert ("summary_large_image" in text) == ("og:image" in text)
    return "/share.png" in text


@pytest.mark.parametrize(
    "front",
    [
        "Title: 数字が語る",
        "Title: مرحبا",
        "Title: We won 🎉",
        "Title: A title\nLang: ja",
    ],
)
def test_no_image_rather_than_half_of_one(site, front):
    """Where the fonts lack a letter there is none, and no page names it."""
    site.write("conf.py", SETTINGS)
    more = "Date: 2017-10-17\nCategory: News\nSlug: a\nSummary: A summary."
    text = "Shared [over 21,000](stat:x/post/1/reposts#mode=beside) times."
    site.write("content/posts/a.md", f"{front}\n{more}\n\n{text}\n")
    site.post("b", title="Größe")

    assert site.publish("--offline") == 0, site.out

    assert set(images(site)) == {"posts/b/share.png", "hashtags/metoo/share.png"}
    pages = [name for name in site.bytes() if name.startswith("posts/a")]
    assert pages and not any("share.png" in site.read(name) for name in pages)
    assert not named(site, next(name for name in pages if name.endswith(".html")))
    assert named(site, "posts/b/index.html")


def test_a_figure_that_cannot_be_drawn_leaves_no_image(site):
    """What it counts, and the claim that stands for it until there is a reading."""
    site.write("conf.py", SETTINGS)
    site.post("a", text="")
    site.write(
        "content/posts/b.md",
        PLAIN.format(title="B", slug="b")
        + '\nRead [21,000](stat:x/post/1/reposts "数字") times.\n',
    )

    assert site.publish("--offline") == 0, site.out

    assert "posts/a/share.png" in images(site)
    assert "posts/b/share.png" not in images(site)


def test_a_hashtag_that_cannot_be_drawn_has_no_image(site):
    """Nor does its page say that it has one; the page itself is there."""
    site.write("conf.py", SETTINGS)
    text = PLAIN.format(title="A", slug="a")
    site.write("content/posts/a.md", f"Hashtags: 私も, MeToo\n{text}")

    assert site.publish("--offline") == 0, site.out

    assert set(images(site)) == {"posts/a/share.png", "hashtags/metoo/share.png"}
    assert not named(site, "hashtags/私も/index.html")
    assert named(site, "hashtags/metoo/index.html")


def test_an_image_goes_with_the_letters_of_its_title(site):
    """A new title has the image, or has none, as in a site built from nothing."""
    site.write("conf.py", SETTINGS)
    site.post(title="A title")
    assert site.publish("--offline") == 0, site.out
    assert "posts/a/share.png" in images(site)

    site.post(title="数字が語る")
    assert site.publish("--offline") == 0, site.out
    assert "posts/a/share.png" not in images(site)

    site.post(title="A title")
    assert site.publish("--offline") == 0, site.out
    assert "posts/a/share.png" in images(site)
    assert site.bytes() == site.from_scratch()


def test_images_of_other_versions_are_drawn_again(site, monkeypatch):
    """Of all packages and libraries that draw; nothing else is touched."""
    site.write("conf.py", SETTINGS)
    site.post()
    site.write("content/posts/b.md", PLAIN.format(title="B", slug="b"))
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    assert site.refresh("--offline") == 0 and "0 files written" in site.out

    assert parser.main(["explain", "output/posts/b/share.png"]) == 0
    assert "shows no number" in site.capsys.readouterr().out

    monkeypatch.setattr(drawable, "versions", lambda: "others")
    monkeypatch.setattr(share, "PAPER", "#ffffff")  # as if they drew otherwise
    share._headed.cache_clear()
    assert site.refresh("--offline") == 0, site.out
    share._headed.cache_clear()

    changed = {name for name, file in site.files().items() if file != before[name]}
    assert changed == set(images(site)) and len(changed) == 3
    assert "3 files written" in site.out


def test_versions_name_all_that_draws():
    """As they are installed, and the library of the machine that packs images."""
    said = drawable.versions()

    for name in ("pillow-", "uharfbuzz-", "font_source_sans_", "font_source_serif_"):
        assert name in said
    assert drawable.zlib.ZLIB_RUNTIME_VERSION in said.split()


@pytest.mark.parametrize("many", [30, 200])
def test_images_are_drawn_on_all_cores(site, monkeypatch, many):
    """As soon as it pays, also where nothing else has a slot; each is an image."""
    site.write("conf.py", SETTINGS)
    for n in range(many):
        text = PLAIN.format(title=f"Post {n}", slug=f"p{n}")
        site.write(f"content/posts/p{n}.md", text)
    beside, spread = [], process_pool.map_forked

    def spreading(work, jobs, *more):
        for job, result in spread(work, jobs, *more):
            if str(job).endswith(".png") and result and result[0] is True:
                beside.append(job)  # a file that was written
            yield job, result

    monkeypatch.setattr(process_pool, "map_forked", spreading)
    monkeypatch.setattr(process_pool, "cores", lambda: 2)
    assert site.publish("--offline") == 0, site.out
    assert sorted(beside) == sorted(images(site)) and len(beside) == many
    assert are_images((site.folder / "output").rglob("share.png"))

    on_two = images(site)
    monkeypatch.setattr(process_pool, "cores", lambda: 1)
    site.from_scratch()
    assert len(beside) == many and images(site) == on_two


def test_a_project_below_a_folder_with_brackets_builds(tmp_path):
    """Packages of fonts list their files by patterns, in which `p[b]` is a pattern."""
    folder = tmp_path / "p[b]"
    for name in ("src", "plugins", "theme", "content", "pelicanconf.py"):
        place = site_folder.ROOT / name
        if place.is_dir():
            shutil.copytree(place, folder / name, symlinks=True)
        else:
            shutil.copy(place, folder / name)
    for name in ("font_source_sans_pro", "font_source_serif_pro"):
        package = Path(find_spec(name).origin).parent
        shutil.copytree(package, folder / "packages" / name)
        info = next(package.parent.glob(f"{name}-*.dist-info"))
        shutil.copytree(info, folder / "packages" / info.name)
    paths = f"{folder / 'src'}{os.pathsep}{folder / 'packages'}"
    command = [sys.executable, "-m", "live_stats_command", "publish", "--offline"]
    command += ["--settings", "pelicanconf.py"]

    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (folder / "output/hashtags/metoo/share.png").is_file()
    assert are_images((folder / "output").rglob("share.png"))
